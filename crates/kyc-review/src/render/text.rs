//! A card as text for a terminal.

use std::borrow::Cow;

use comfy_table::{ContentArrangement, presets};
use kyc_policy::Style;
use textwrap::{Options, WordSplitter, wrap};

use super::flowing;
use crate::card::{Block, Card, Fact, Part, Table};

/// The widest lines that read well, in columns.
const MAX_WIDTH: usize = 100;
/// The narrowest that are tried; a narrower terminal breaks lines itself.
const MIN_WIDTH: usize = 30;
/// Below this width labels stand above their statements.
const SIDE_BY_SIDE: usize = 60;
const INDENT: &str = "  ";

/// How a text is laid out.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions {
    /// The width of the terminal in columns.
    pub width: usize,
    /// Whether each statement is followed by the key that it comes from.
    pub keys: bool,
    /// With or without colours.
    pub style: Style,
}

/// The card as text; lines are broken at spaces, and have no spaces at their ends.
pub fn to_text(card: &Card, options: TextOptions) -> String {
    let page = Page {
        width: options.width.clamp(MIN_WIDTH, MAX_WIDTH),
        keys: options.keys,
        is_coloured: matches!(options.style, Style::Coloured),
    };
    let mut lines = page.head(card);
    for part in &card.parts {
        lines.push(String::new());
        lines.extend(page.part(part));
    }
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    lines.join("\n")
}

struct Page {
    width: usize,
    keys: bool,
    is_coloured: bool,
}

impl Page {
    fn head(&self, card: &Card) -> Vec<String> {
        let mut lines = vec![self.strong(&card.name)];
        if let Some(description) = &card.description {
            lines.extend(self.wrapped(description, "", ""));
        }
        if let Some(revision) = &card.revision {
            let commit: String = revision.commit.chars().take(12).collect();
            lines.extend(self.wrapped(&format!("As of {} (commit {commit}).", revision.name), "", ""));
        }
        lines.push(String::new());
        lines.extend(self.wrapped(&card.summary.join(" "), "", ""));
        lines
    }

    fn part(&self, part: &Part) -> Vec<String> {
        let mut lines = vec![self.strong(part.heading)];
        if let Some(about) = part.about {
            lines.extend(self.wrapped(about, INDENT, INDENT).into_iter().map(|line| self.faint(&line)));
            lines.push(String::new());
        }
        for (index, block) in part.blocks.iter().enumerate() {
            if index > 0 {
                lines.push(String::new());
            }
            lines.extend(match block {
                Block::Facts(facts) => self.facts(facts),
                Block::Table(table) => self.table(table),
            });
        }
        lines
    }

    fn facts(&self, facts: &[Fact]) -> Vec<String> {
        let longest = facts.iter().filter_map(|fact| fact.label).map(str::len).max().unwrap_or_default();
        facts.iter().flat_map(|fact| self.fact(fact, longest)).collect()
    }

    fn fact(&self, fact: &Fact, longest_label: usize) -> Vec<String> {
        let key =
            fact.key.as_deref().filter(|_| self.keys).map(|key| format!(" [{key}]")).unwrap_or_default();
        let text = format!("{}{key}", flowing(fact));
        let Some(label) = fact.label else {
            let mut lines = self.wrapped(&text, "  - ", "    ");
            lines.extend(self.notes(fact, "    "));
            return lines;
        };
        let (mut lines, hang) = if self.width < SIDE_BY_SIDE {
            (vec![format!("{INDENT}{label}")], "    ".to_owned())
        } else {
            (Vec::new(), " ".repeat(INDENT.len() + longest_label + 2))
        };
        let first = if lines.is_empty() { format!("{INDENT}{label:longest_label$}  ") } else { hang.clone() };
        lines.extend(self.wrapped(&text, &first, &hang));
        if fact.is_alert {
            lines = lines.into_iter().map(|line| self.strong(&line)).collect();
        }
        lines.extend(self.notes(fact, &hang));
        lines
    }

    fn notes(&self, fact: &Fact, indent: &str) -> Vec<String> {
        let lines = fact.notes.iter().flat_map(|note| self.wrapped(note, indent, indent));
        lines.map(|line| self.faint(&line)).collect()
    }

    fn table(&self, table: &Table) -> Vec<String> {
        let mut drawn = comfy_table::Table::new();
        drawn.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        drawn.set_width(u16::try_from(self.width).unwrap_or(u16::MAX));
        drawn.set_header(table.columns.iter().map(|column| column.to_uppercase()));
        for row in &table.rows {
            let mut cells = row.cells.clone();
            if let Some(key) = row.key.as_deref().filter(|_| self.keys) {
                cells.push(format!("[{key}]"));
            }
            drawn.add_row(cells);
        }
        drawn.lines().map(|line| format!(" {line}")).collect()
    }

    fn wrapped(&self, text: &str, first: &str, rest: &str) -> Vec<String> {
        let options = Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .word_splitter(WordSplitter::NoHyphenation);
        wrap(text, options).into_iter().map(Cow::into_owned).collect()
    }

    fn strong(&self, text: &str) -> String {
        self.styled(text, "1")
    }

    fn faint(&self, text: &str) -> String {
        self.styled(text, "2")
    }

    fn styled(&self, text: &str, style: &str) -> String {
        if self.is_coloured { format!("\u{1b}[{style}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

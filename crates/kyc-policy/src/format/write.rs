//! A laid out document as text.

use super::layout::{Item, Items, Lead, Scalar, Style, Value};
use super::order::paragraphs;
use super::place::Place;
use super::scalar::{has_marks, key, scalar};

/// The longest line that a list, or a map of single values, is written on; in characters, without a comment behind it.
const FLOW_WIDTH: usize = 100;
/// The longest line that a map with lists in it is written on.
const NESTED_WIDTH: usize = 80;
/// The longest line of a text for people.
const TEXT_WIDTH: usize = 120;
/// The column of comments behind something, counted from 0, if there is room before it.
const COMMENT_COLUMN: usize = 38;
/// The spaces of one level.
const STEP: usize = 2;

/// The whole document.
pub(super) fn document(items: Items<'_>, place: Place) -> String {
    let mut writer = Writer { out: String::new() };
    let Items { mut items, tail } = items;
    let header = items.first_mut().map(|first| split_header(&mut first.lead)).unwrap_or_default();
    writer.lead(&header, 0);
    writer.map(Items { items, tail }, 0, place);
    let text = writer.out.trim_matches('\n');
    format!("{text}\n")
}

/// Takes off what stands at the beginning of the document and belongs to no key: comments before a blank line, and the
/// line by which editors find the schema.
fn split_header<'t>(lead: &mut Vec<Lead<'t>>) -> Vec<Lead<'t>> {
    let is_for_editors = |lead: &Lead<'_>| matches!(lead, Lead::Comment(text) if text.trim_start_matches(['#', ' ']).starts_with("yaml-language-server:"));
    let len = match lead.iter().rposition(|lead| *lead == Lead::Blank) {
        Some(blank) => blank + 1,
        None => lead.iter().take_while(|lead| is_for_editors(lead)).count(),
    };
    lead.drain(..len).collect()
}

struct Writer {
    out: String,
}

impl Writer {
    /// The entries of a map in blocks.
    fn map(&mut self, items: Items<'_>, indent: usize, place: Place) {
        self.items(items, indent, place, place.keys().as_deref(), Self::entry);
    }

    /// The items of a list in blocks.
    fn list(&mut self, items: Items<'_>, indent: usize, place: Place) {
        self.items(items, indent, place, None, Self::list_item);
    }

    fn items<'t>(
        &mut self,
        Items { items, tail }: Items<'t>,
        indent: usize,
        place: Place,
        keys: Option<&[&str]>,
        mut write: impl FnMut(&mut Self, Item<'t>, usize, Place),
    ) {
        for (index, paragraph) in paragraphs(items, keys).into_iter().enumerate() {
            if index > 0 {
                self.blank();
            }
            self.lead(&paragraph.above, indent);
            for item in paragraph.items {
                write(self, item, indent, place);
            }
        }
        self.lead(&tail, indent);
    }

    fn entry(&mut self, item: Item<'_>, indent: usize, place: Place) {
        let Item { lead, key: name, value, trail } = item;
        let name = name.unwrap_or_default();
        let inner = place.of(&name);
        self.lead(&lead, indent);
        let head = format!("{}{}:", " ".repeat(indent), key(&name, place.knows(&name)));
        self.value(head, value, trail, indent + STEP, inner);
    }

    fn list_item(&mut self, item: Item<'_>, indent: usize, place: Place) {
        let Item { lead, value, trail, .. } = item;
        self.lead(&lead, indent);
        let dash = format!("{}-", " ".repeat(indent));
        match value {
            Value::Map(items) if flow_map(&items, place).is_none() && !items.items.is_empty() => {
                let mut inside = Self { out: String::new() };
                inside.map(items, indent + STEP, place);
                // Comments above the first key stand above the hyphen.
                let prefix = " ".repeat(indent + STEP);
                let comments =
                    inside.out.split_inclusive('\n').take_while(|line| line.trim_start().starts_with('#'));
                let above: Vec<_> = comments.collect();
                let len = above.iter().map(|line| line.len()).sum();
                for line in above {
                    self.out.push_str(&" ".repeat(indent));
                    self.out.push_str(line.trim_start());
                }
                let rest = inside.out.get(len..).unwrap_or_default();
                if let Some(comment) = trail {
                    self.lead(&[Lead::Comment(comment)], indent);
                }
                self.out.push_str(&dash);
                self.out.push(' ');
                self.out.push_str(rest.strip_prefix(&prefix).unwrap_or(rest));
            }
            value => self.value(dash, value, trail, indent + STEP, place),
        }
    }

    /// What follows a key or a hyphen. What does not fit on its line stands below it, `indent` spaces in.
    fn value(&mut self, head: String, value: Value<'_>, trail: Option<&str>, indent: usize, place: Place) {
        let room = |width: usize, text: &str| head.chars().count() + 1 + text.chars().count() <= width;
        match value {
            Value::Nothing => self.line(&head, trail),
            Value::Scalar(value) => self.scalar(&head, &value, trail, indent, place),
            Value::List(items) => match flow_list(&items, place) {
                Some(line) if room(FLOW_WIDTH, &line) || items.items.is_empty() => {
                    self.lead(&items.tail, indent.saturating_sub(STEP));
                    self.line(&format!("{head} {line}"), trail);
                }
                _ => {
                    self.line(&head, trail);
                    self.list(items, indent, place);
                }
            },
            Value::Map(items) => match flow_map(&items, place) {
                Some((line, width)) if room(width, &line) || items.items.is_empty() => {
                    self.lead(&items.tail, indent.saturating_sub(STEP));
                    self.line(&format!("{head} {line}"), trail);
                }
                _ => {
                    self.line(&head, trail);
                    self.map(items, indent, place);
                }
            },
        }
    }

    fn scalar(&mut self, head: &str, value: &Scalar<'_>, trail: Option<&str>, indent: usize, place: Place) {
        if let Style::Block { mark, lines } = &value.style
            && let Some(mark) = block_mark(mark, &value.text)
            // Blanks at the ends of lines are part of the text, and nobody sees them: quotes show where it ends.
            && lines.iter().all(|line| !line.ends_with([' ', '\t']))
        {
            self.line(&format!("{head} {mark}"), trail);
            self.block(lines, indent);
            return;
        }
        let line = scalar(value, place.quotes());
        let is_too_long = head.chars().count() + 1 + line.chars().count() > TEXT_WIDTH;
        match folded(&value.text, TEXT_WIDTH.saturating_sub(indent)) {
            Some(lines) if is_too_long && place.is_prose() => {
                self.line(&format!("{head} >-"), trail);
                self.block(&lines, indent);
            }
            _ => self.line(&format!("{head} {line}"), trail),
        }
    }

    fn block(&mut self, lines: &[impl AsRef<str>], indent: usize) {
        for line in lines {
            let line = line.as_ref();
            if !line.is_empty() {
                self.out.push_str(&" ".repeat(indent));
                self.out.push_str(line);
            }
            self.out.push('\n');
        }
    }

    fn lead(&mut self, lead: &[Lead<'_>], indent: usize) {
        for lead in lead {
            match lead {
                Lead::Blank => self.blank(),
                Lead::Comment(comment) => {
                    self.out.push_str(&" ".repeat(indent));
                    self.line(comment, None);
                }
            }
        }
    }

    /// A blank line, unless there is one already. At the beginning it is taken off in the end.
    fn blank(&mut self) {
        if !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn line(&mut self, text: &str, trail: Option<&str>) {
        self.out.push_str(text);
        if let Some(comment) = trail {
            let len = text.chars().count();
            let gap = if len < COMMENT_COLUMN { COMMENT_COLUMN - len } else { STEP };
            self.out.push_str(&" ".repeat(gap));
            self.out.push_str(comment);
        }
        self.out.push('\n');
    }
}

/// A list on one line, if nothing but single values stands in it and no comment.
fn flow_list(items: &Items<'_>, place: Place) -> Option<String> {
    if items.items.is_empty() {
        return Some("[]".to_owned());
    }
    let words = items.items.iter().map(|item| flow_item(item, place).filter(|_| items.tail.is_empty()));
    Some(format!("[{}]", words.collect::<Option<Vec<_>>>()?.join(", ")))
}

/// A map on one line and how long the line may be, if nothing but single values and lists of them stands in it, no
/// comment, and no text of several words.
fn flow_map(items: &Items<'_>, place: Place) -> Option<(String, usize)> {
    if items.items.is_empty() {
        return Some(("{}".to_owned(), FLOW_WIDTH));
    }
    if !items.tail.is_empty() {
        return None;
    }
    let mut width = FLOW_WIDTH;
    let keys = place.keys();
    let mut entries = Vec::new();
    for item in &items.items {
        let name = item.key.as_deref()?;
        let inner = place.of(name);
        let value = match &item.value {
            Value::List(list) if item.trail.is_none() && is_bare(item) => {
                width = NESTED_WIDTH;
                flow_list(list, inner)?
            }
            _ => flow_item(item, inner).filter(|text| !text.contains(' '))?,
        };
        let rank = keys.as_ref().and_then(|keys| keys.iter().position(|known| *known == name));
        let rank = if keys.is_some() { rank.unwrap_or(usize::MAX) } else { 0 };
        entries.push((rank, format!("{}: {value}", key(name, place.knows(name)))));
    }
    entries.sort_by_key(|(rank, _)| *rank);
    let entries: Vec<_> = entries.into_iter().map(|(_, entry)| entry).collect();
    Some((format!("{{ {} }}", entries.join(", ")), width))
}

/// A single value that can stand in brackets.
fn flow_item(item: &Item<'_>, place: Place) -> Option<String> {
    let Value::Scalar(value) = &item.value else { return None };
    let text = scalar(value, place.quotes());
    let stands_in_brackets = match value.style {
        Style::Plain => text.starts_with('"') || !has_marks(&text),
        Style::Quoted => true,
        Style::Block { .. } => false,
    };
    (is_bare(item) && item.trail.is_none() && stands_in_brackets).then_some(text)
}

/// Whether no comment stands above.
fn is_bare(item: &Item<'_>) -> bool {
    item.lead.iter().all(|lead| *lead == Lead::Blank)
}

/// The mark with which the text of a block is read again from the same lines. Marks that keep line breaks at the end or
/// state the indentation are not kept.
fn block_mark(mark: &str, text: &str) -> Option<&'static str> {
    let ends_line = text.ends_with('\n');
    match mark {
        _ if text.trim().is_empty() => None,
        ">-" => Some(">-"),
        "|-" => Some("|-"),
        ">" => Some(if ends_line { ">" } else { ">-" }),
        "|" => Some(if ends_line { "|" } else { "|-" }),
        _ => None,
    }
}

/// The text in lines of at most `width` characters that are read as one, if it can be so.
fn folded(text: &str, width: usize) -> Option<Vec<String>> {
    let is_simple = text.split(' ').all(|word| !word.is_empty() && word.chars().count() <= width)
        && !text
            .chars()
            .any(|c| c.is_control() || kyc_core::is_invisible(c) || (c.is_whitespace() && c != ' '));
    if !is_simple {
        return None;
    }
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    Some(lines)
}

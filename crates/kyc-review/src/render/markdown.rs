//! A card as Markdown, fit for a comment on a change.

use std::fmt::Write;

use super::flowing;
use crate::card::{Block, Card, Fact, Part, Table};
use crate::escape::markdown as escaped;

/// The card as Markdown of the kind that GitHub and GitLab read. Nothing that a policy says is read as Markdown or HTML,
/// notifies anybody or becomes a link.
pub fn to_markdown(card: &Card) -> String {
    let mut page = format!("## {}\n\n", escaped(&card.name));
    if let Some(description) = &card.description {
        paragraph(&mut page, &escaped(description));
    }
    if let Some(revision) = &card.revision {
        let commit: String = revision.commit.chars().take(12).collect();
        paragraph(&mut page, &format!("As of {} (commit `{commit}`).", escaped(&revision.name)));
    }
    paragraph(&mut page, &escaped(&card.summary.join(" ")));
    for card_part in &card.parts {
        part(&mut page, card_part);
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

fn paragraph(page: &mut String, text: &str) {
    page.push_str(text);
    page.push_str("\n\n");
}

fn part(page: &mut String, part: &Part) {
    paragraph(page, &format!("### {}", part.heading));
    if let Some(about) = part.about {
        paragraph(page, &escaped(about));
    }
    for block in &part.blocks {
        match block {
            Block::Facts(facts) => facts.iter().for_each(|of| fact(page, of)),
            Block::Table(of) => table(page, of),
        }
        page.push('\n');
    }
}

fn fact(page: &mut String, fact: &Fact) {
    page.push_str("- ");
    if let Some(label) = fact.label {
        let _ = write!(page, "**{label}**: ");
    }
    if fact.is_alert {
        page.push_str("⚠ ");
    }
    page.push_str(&escaped(&flowing(fact)));
    for note in &fact.notes {
        page.push(' ');
        page.push_str(&escaped(note));
    }
    if let Some(key) = &fact.key {
        let _ = write!(page, " <sub>`{key}`</sub>");
    }
    page.push('\n');
}

fn table(page: &mut String, table: &Table) {
    let rule: Vec<&str> = table.columns.iter().map(|_| "---").collect();
    let _ = writeln!(page, "| {} |\n| {} |", table.columns.join(" | "), rule.join(" | "));
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().map(|cell| escaped(cell)).collect();
        let _ = writeln!(page, "| {} |", cells.join(" | "));
    }
}

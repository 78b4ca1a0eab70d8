//! A comparison for a terminal.

use textwrap::{Options, fill};

use super::{collects, consequences, headline, or_nothing, was_and_now};
use crate::diff::{Diff, Entry, PolicyDiff};
use crate::words::written;

/// The comparison as plain text, wrapped at `width` columns; the summary stands last.
pub fn text(diff: &Diff, width: usize) -> String {
    let mut lines = Vec::new();
    if !diff.set.is_empty() {
        lines.push("_set.yaml".to_owned());
        for change in &diff.set {
            lines.push(format!("  {}: {}", change.class, change.key));
            lines.push(labelled("was", or_nothing(change.was.as_deref()), width));
            lines.push(labelled("now", or_nothing(change.now.as_deref()), width));
        }
        lines.push(String::new());
    }
    for policy in &diff.policies {
        lines.extend(of_policy(policy, width));
        lines.push(String::new());
    }
    lines.push(fill(&diff.summary, width));
    lines.join("\n")
}

fn of_policy(policy: &PolicyDiff, width: usize) -> Vec<String> {
    let mut lines = vec![format!("{}: {}", written(&policy.name), headline(policy))];
    lines.extend(policy.means.iter().map(|phrase| wrapped("  ", phrase, width)));
    for entry in &policy.changes {
        lines.extend(of_entry(entry, width));
    }
    lines
}

fn of_entry(entry: &Entry, width: usize) -> Vec<String> {
    let data = collects(entry).map(|data| format!("; {data}")).unwrap_or_default();
    let mut lines = vec![format!("  {}: {}{data}", entry.class, entry.subject)];
    if let Some((was, now)) = was_and_now(entry) {
        lines.extend([labelled("was", was, width), labelled("now", now, width)]);
    }
    lines.extend(
        consequences(entry)
            .iter()
            .map(|(label, sentence)| labelled(label.unwrap_or_default(), sentence, width)),
    );
    lines
}

fn labelled(label: &str, text: &str, width: usize) -> String {
    wrapped("    ", &format!("{label:11} {text}"), width)
}

fn wrapped(indent: &str, text: &str, width: usize) -> String {
    let hanging = format!("{indent}            ");
    let hanging = if indent.len() > 2 { hanging.as_str() } else { "    " };
    fill(text, Options::new(width).initial_indent(indent).subsequent_indent(hanging).break_words(false))
}

//! A comparison for a pull request.

use super::{collects, consequences, headline, or_nothing, was_and_now};
use crate::diff::{Diff, Entry, PolicyDiff};
use crate::escape::{markdown as escape, sentence as ours};

/// The comparison as Markdown: the summary first, then a table for each policy that differs.
pub fn markdown(diff: &Diff) -> String {
    let what = if diff.is_empty() { "nothing has changed" } else { "what changes" };
    let mut lines =
        vec![format!("### Identity policies: {what}"), String::new(), format!("**{}**", ours(&diff.summary))];
    if !diff.set.is_empty() {
        lines.extend(heading("`_set.yaml`"));
        lines.extend(table(&["class", "key", "was", "now"]));
        lines.extend(diff.set.iter().map(|change| {
            let (was, now) = (or_nothing(change.was.as_deref()), or_nothing(change.now.as_deref()));
            format!("| {} | `{}` | {} | {} |", change.class, change.key, escape(was), escape(now))
        }));
    }
    lines.extend(diff.policies.iter().flat_map(of_policy));
    lines.join("\n") + "\n"
}

fn of_policy(policy: &PolicyDiff) -> Vec<String> {
    let mut lines = heading(&format!("{}: {}", escape(&policy.name), headline(policy))).to_vec();
    lines.extend(policy.means.iter().map(|phrase| format!("- {}", escape(phrase))));
    if !policy.changes.is_empty() {
        lines.extend(table(&["class", "part", "was", "now", "for people"]));
        lines.extend(policy.changes.iter().map(row));
    }
    lines
}

fn row(entry: &Entry) -> String {
    let class = match collects(entry) {
        Some(data) => format!("{}<br>{data}", entry.class),
        None => entry.class.to_string(),
    };
    let sentence = |(label, sentence): &(Option<&str>, String)| match label {
        Some(label) => format!("{label}: {}", ours(sentence)),
        None => ours(sentence),
    };
    let people: Vec<_> = consequences(entry).iter().map(sentence).collect();
    let (was, now) = was_and_now(entry).unwrap_or_default();
    format!("| {class} | `{}` | {} | {} | {} |", entry.subject, escape(was), escape(now), people.join("<br>"))
}

fn heading(text: &str) -> [String; 3] {
    [String::new(), format!("#### {text}"), String::new()]
}

fn table(columns: &[&str]) -> [String; 2] {
    [format!("| {} |", columns.join(" | ")), format!("|{}", "---|".repeat(columns.len()))]
}

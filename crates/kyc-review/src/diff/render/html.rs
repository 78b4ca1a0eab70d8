//! A comparison as one page of HTML that needs nothing else.

use askama::Template;

use super::{collects, consequences, headline, or_nothing, was_and_now};
use crate::diff::{Diff, Entry, PolicyDiff};
use crate::render::html::Shell;

/// The comparison as a page. Whoever wrote a policy cannot make it do anything: see [`crate::render::to_html`].
///
/// # Errors
///
/// Never for a comparison: writing to a string does not fail.
pub fn html(diff: &Diff) -> Result<String, askama::Error> {
    DiffPage { shell: Shell::new(), diff }.render()
}

#[derive(Template)]
#[template(path = "diff.html")]
struct DiffPage<'d> {
    shell: Shell,
    diff: &'d Diff,
}

#[expect(clippy::unused_self, reason = "a template calls what its page has")]
impl DiffPage<'_> {
    fn summary(&self) -> String {
        unmarked(&self.diff.summary)
    }

    fn headline(&self, policy: &PolicyDiff) -> String {
        unmarked(&headline(policy))
    }

    fn collects(&self, entry: &Entry) -> Option<String> {
        collects(entry)
    }

    fn was_and_now<'e>(&self, entry: &'e Entry) -> Option<(&'e str, &'e str)> {
        was_and_now(entry)
    }

    /// What is said of people, each with a label that begins a line.
    fn consequences(&self, entry: &Entry) -> Vec<(&'static str, String)> {
        let labelled = |(label, sentence): (Option<&'static str>, String)| {
            (label.map_or("For people", capital), sentence)
        };
        consequences(entry).into_iter().map(labelled).collect()
    }

    fn or_nothing<'t>(&self, text: Option<&'t str>) -> &'t str {
        or_nothing(text)
    }
}

/// Without the marks around keys, which mean nothing on a page.
fn unmarked(sentence: &str) -> String {
    sentence.replace('`', "")
}

fn capital(label: &'static str) -> &'static str {
    match label {
        "accepts too" => "Accepts too",
        "no longer" => "No longer",
        "lets in" => "Lets in",
        "shuts out" => "Shuts out",
        other => other,
    }
}

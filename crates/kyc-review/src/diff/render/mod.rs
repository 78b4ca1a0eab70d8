//! A comparison as text, Markdown and HTML. What policies say themselves is shown as data, never as markup.

mod html;
mod markdown;
mod text;

use super::{Entry, PolicyDiff, State};

pub use html::html;
pub use markdown::markdown;
pub use text::text;

/// What has become of a policy, for its heading.
fn headline(policy: &PolicyDiff) -> String {
    match policy.state {
        State::Changed if policy.changes.iter().all(|entry| entry.subject == "description") => {
            "other words".to_owned()
        }
        State::Changed => {
            let worst = worst(&policy.changes);
            let more = policy.changes.iter().any(|entry| entry.data.more);
            format!("{worst}{}", if more { ", collects more" } else { "" })
        }
        State::Added => "new".to_owned(),
        State::Removed => "gone".to_owned(),
        State::Renamed => {
            format!("was named `{}`, and means the same", policy.was_named.as_deref().unwrap_or_default())
        }
        State::WasBroken => "the older file has mistakes, so there is nothing to compare with".to_owned(),
        State::Broken => "the file has mistakes, so nobody knows what it means".to_owned(),
    }
}

/// The class of all changes together: what a reviewer must know first.
fn worst(entries: &[Entry]) -> &'static str {
    use kyc_policy::ChangeClass as C;
    let has = |class: C| entries.iter().any(|entry| entry.class == class);
    match (has(C::Looser), has(C::Tighter), has(C::Changed)) {
        (true, true, _) => "looser in some parts, tighter in others",
        (true, false, _) => "looser",
        (false, _, true) => "changed, and nobody can say whether it is stricter",
        (false, true, false) => "tighter",
        (false, false, false) if has(C::Routing) => "people or results are sent elsewhere",
        (false, false, false) if has(C::Operational) => "sessions run otherwise",
        (false, false, false) if has(C::Cosmetic) => "looks and words",
        (false, false, false) => "who answers for it, and why",
    }
}

/// What is said of people under an entry, each line with its label if it needs one.
fn consequences(entry: &Entry) -> Vec<(Option<&'static str>, String)> {
    let mut lines = Vec::new();
    lines.extend(entry.more.iter().map(|cell| (Some("accepts too"), cell.clone())));
    lines.extend(entry.less.iter().map(|cell| (Some("no longer"), cell.clone())));
    let people = [("lets in", &entry.lets_in), ("shuts out", &entry.shuts_out)];
    lines.extend(people.into_iter().filter_map(|(label, person)| {
        let person = person.as_ref()?;
        Some((Some(label), format!("{}: was {}, now {}", person.applicant, person.was, person.now)))
    }));
    lines.extend(entry.situation.iter().map(|sentence| (None, sentence.clone())));
    lines
}

/// The data axis, where something is to be said.
fn collects(entry: &Entry) -> Option<String> {
    let data = entry.data;
    (data.more || data.less).then(|| format!("collects {}", data.as_str()))
}

fn or_nothing(text: Option<&str>) -> &str {
    text.unwrap_or("nothing is said")
}

/// Old and new, unless neither says anything.
fn was_and_now(entry: &Entry) -> Option<(&str, &str)> {
    let is_said = entry.was.is_some() || entry.now.is_some();
    is_said.then(|| (or_nothing(entry.was.as_deref()), or_nothing(entry.now.as_deref())))
}

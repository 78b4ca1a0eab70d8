//! Keys that decide nobody's passing: how sessions run, where people are sent, what they read, who answers for it.

use std::borrow::Cow;
use std::fmt;

use jiff::civil;
use kyc_core::{Extra, Locale, StepText};

use super::change::{Change, ChangeClass, Subject};
use super::data::{DataChange, newly_accepted};
use crate::client::ClientFields;
use crate::duration::Duration;
use crate::field::{Direction, FIELDS, Field, Shape};
use crate::policy::Policy;
use crate::sections::{Loosening, ReverifyEvents, Sections, Token};
use crate::set::PolicySet;

pub(super) fn changes(new: &Sections, old: &Sections, set_of_old: &PolicySet, changes: &mut Vec<Change>) {
    let fields = if may_differ(new, old) { FIELDS } else { &[] };
    for field in fields {
        let Some(class) = class_of(field) else { continue };
        if value(new, field) != value(old, field) {
            let class = if exceeds_ceiling(new, field, set_of_old) { ChangeClass::Looser } else { class };
            changes.push(Change::plain(Subject::Key(field), class, DataChange::SAME));
        }
    }
    if step_texts(new) != step_texts(old)
        && let Some(field) = Field::find("steps")
    {
        changes.push(Change::plain(Subject::Key(field), ChangeClass::Cosmetic, DataChange::SAME));
    }
    let (gained, lost) = (newly_accepted(new, old), newly_accepted(old, new));
    let data = DataChange { more: gained != ClientFields::EMPTY, less: lost != ClientFields::EMPTY };
    if data != DataChange::SAME
        && let Some(field) = Field::find("client.accept")
    {
        changes.push(Change::plain(Subject::Key(field), ChangeClass::Operational, data));
    }
}

/// Whether it is worth looking at every key: most changes of a policy are in its sections.
fn may_differ(new: &Sections, old: &Sections) -> bool {
    let sessions = |sections: &Sections| {
        let Token { token_type: _, expires_in, session_length } = sections.token;
        (expires_in, session_length, sections.country_lock, sections.delivery, sections.reuse, sections.flags)
    };
    sessions(new) != sessions(old)
        || new.governance != old.governance
        || (&new.redirect, &new.special.webhook) != (&old.redirect, &old.special.webhook)
        || (&new.special.theme, &new.locale) != (&old.special.theme, &old.locale)
}

/// The class of every change of a key, if the key decides nothing.
fn class_of(field: &Field) -> Option<ChangeClass> {
    match field.direction {
        Direction::Operational => Some(ChangeClass::Operational),
        Direction::Routing => Some(ChangeClass::Routing),
        Direction::Cosmetic => Some(ChangeClass::Cosmetic),
        Direction::Governance => Some(ChangeClass::Governance),
        Direction::Acceptance | Direction::TrueIsTighter | Direction::MoreIsTighter | Direction::Changed => {
            None
        }
    }
}

/// Whether a lifetime is longer than the set of the older policy allowed.
fn exceeds_ceiling(new: &Sections, field: &Field, set_of_old: &PolicySet) -> bool {
    let (seconds, ceiling) = match field.key {
        "token.expires_in" => (new.token.expires_in.get(), set_of_old.max_expires_in),
        "token.session_length" => (new.token.session_length.get(), set_of_old.max_session_length),
        _ => return false,
    };
    ceiling.is_some_and(|ceiling| u64::from(seconds) > ceiling.seconds())
}

type Texts<'s> = Vec<&'s [(Locale, StepText)]>;

/// What clients read about each step. A step that came or went is another change.
fn step_texts(sections: &Sections) -> Option<Texts<'_>> {
    match &sections.extra {
        Extra::Steps(steps) => Some(steps.as_slice().iter().map(|(_, step)| step.texts.as_ref()).collect()),
        _ => None,
    }
}

/// A value as the key states it.
#[derive(PartialEq)]
enum Value<'s> {
    Text(&'s str),
    Seconds(u32),
    Every(Duration),
    Day(civil::Date),
    Switch(bool),
    Events(ReverifyEvents),
    /// Own and inherited ones.
    Loosen(&'s [Loosening], &'s [Loosening]),
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Seconds(seconds) => Duration::from_seconds(*seconds).fmt(f),
            Self::Every(duration) => duration.fmt(f),
            Self::Day(day) => day.fmt(f),
            Self::Switch(on) => on.fmt(f),
            Self::Events(events) => {
                let events: Vec<_> = events.iter().map(crate::sections::ReverifyEvent::as_str).collect();
                f.write_str(&events.join(", "))
            }
            Self::Loosen(own, inherited) => {
                let one = |of: &Loosening| format!("{} until {} ({})", of.key, of.until, of.reason);
                f.write_str(&own.iter().chain(*inherited).map(one).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

fn value<'s>(sections: &'s Sections, field: &Field) -> Option<Value<'s>> {
    let governance = &sections.governance;
    let text = |text: &'s Option<Cow<'static, str>>| text.as_deref().map(Value::Text);
    if let Shape::Flag(flag) = field.shape {
        return sections.flags.state(flag).map(Value::Switch);
    }
    match field.key {
        "description" => text(&governance.description),
        "owner" => text(&governance.owner),
        "rationale" => text(&governance.rationale),
        "legal_basis" => text(&governance.legal_basis),
        "review_by" => governance.review_by.map(Value::Day),
        "risk_tier" => governance.risk_tier.map(|tier| Value::Text(tier.as_str())),
        "extends" => text(&governance.special.extends),
        "loosen" => {
            let (own, inherited) = (&governance.special.loosen, &governance.special.inherited_loosen);
            Some(Value::Loosen(own, inherited)).filter(|_| !own.is_empty() || !inherited.is_empty())
        }
        "effective.from" => governance.special.effective.from.map(Value::Day),
        "effective.until" => governance.special.effective.until.map(Value::Day),
        "minors.rationale" => text(&governance.special.minors),
        "reverify.every" => governance.reverify.every.map(Value::Every),
        "reverify.on" => {
            Some(Value::Events(governance.reverify.on)).filter(|_| !governance.reverify.on.is_empty())
        }
        "country_lock" => Some(Value::Text(sections.country_lock.as_str())),
        "token.expires_in" => Some(Value::Seconds(sections.token.expires_in.get())),
        "token.session_length" => Some(Value::Seconds(sections.token.session_length.get())),
        "redirect.success" => sections.redirect.success.as_ref().map(|url| Value::Text(url.as_str())),
        "redirect.error" => sections.redirect.error.as_ref().map(|url| Value::Text(url.as_str())),
        "redirect.unverified" => sections.redirect.unverified.as_ref().map(|url| Value::Text(url.as_str())),
        "webhook.url" => sections.special.webhook.as_ref().map(|webhook| Value::Text(webhook.url.as_str())),
        "webhook.unjudged" => sections.special.webhook.as_ref().and_then(|webhook| text(&webhook.unjudged)),
        "delivery" => Some(Value::Text(sections.delivery.as_str())),
        "theme" => sections.special.theme.as_ref().map(|theme| Value::Text(theme.as_str())),
        "locale" => sections.locale.as_ref().map(|locale| Value::Text(locale.as_str())),
        "reuse" => Some(Value::Text(sections.reuse.as_str())),
        _ => None,
    }
}

impl Policy {
    /// What the policy states, or by default means, under a key that decides nobody's passing, such as
    /// `redirect.success`; `None` if there is nothing, or if the key is another one.
    pub fn stated(&self, field: &Field) -> Option<String> {
        class_of(field).and_then(|_| value(&self.sections, field)).map(|value| value.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;
    use crate::{check_policy, check_set};

    const BASE: &str = "name: p
countries: [LT, LV]
documents: [PASSPORT]
token: { expires_in: 1h, session_length: 10m, digit_code: true }
redirect: { success: https://app.example.com/ok, error: https://app.example.com/no }
steps: { ALL: { ALL: { BILL: { type: UPLOAD, texts: { en: { name: Bill, description: A recent bill. } } } } } }
client: { accept: [address] }
";

    fn policy(text: &str) -> Policy {
        let set = PolicySet::empty();
        let checked = check_policy(&mut SourceMap::default(), "p.yaml", Some("p"), text.as_bytes(), &set);
        checked.value.unwrap_or_else(|| panic!("{:?}\n{text}", checked.diagnostics))
    }

    /// The key and the class of each change.
    fn changes(new: &Policy, old: &Policy, set_of_old: &PolicySet) -> Vec<(&'static str, ChangeClass)> {
        new.changes_since(old, set_of_old)
            .iter()
            .map(|change| (change.subject.as_str(), change.class))
            .collect()
    }

    #[test]
    fn each_edit_of_a_key_is_one_change_of_its_class() {
        use ChangeClass::{Cosmetic, Governance, Operational, Routing};
        let base = policy(BASE);
        for (from, to, key, class) in [
            ("name: p\n", "name: p\ndescription: Other words.\n", "description", Cosmetic),
            ("name: p\n", "name: p\nowner: kyc@example.com\n", "owner", Governance),
            ("name: p\n", "name: p\neffective: { from: 2026-01-01 }\n", "effective.from", Governance),
            ("name: p\n", "name: p\nreverify: { every: 1y }\n", "reverify.every", Governance),
            ("name: p\n", "name: p\nreverify: { on: [name_change] }\n", "reverify.on", Governance),
            ("name: p\n", "name: p\ncountry_lock: omit\n", "country_lock", Operational),
            ("name: p\n", "name: p\nreuse: while_open\n", "reuse", Operational),
            ("name: p\n", "name: p\nlocale: lt\n", "locale", Cosmetic),
            ("name: p\n", "name: p\nshow_instructions: true\n", "show_instructions", Cosmetic),
            ("name: p\n", "name: p\ntheme: 1f8b0f0e-3f5a-4c8e-9d53-0c4f7a9f2b11\n", "theme", Cosmetic),
            (
                "name: p\n",
                "name: p\nwebhook: { url: https://hooks.example.com/x, unjudged: A test. }\n",
                "webhook",
                Routing,
            ),
            ("1h", "2h", "token.expires_in", Operational),
            ("10m", "20m", "token.session_length", Operational),
            (", digit_code: true", "", "token.digit_code", Operational),
            ("com/ok", "com/fine", "redirect.success", Routing),
            ("com/no", "com/sorry", "redirect.error", Routing),
            ("A recent bill.", "Not older than three months.", "steps", Cosmetic),
            ("[address]", "[address, sex]", "client.accept", Operational),
        ] {
            assert!(BASE.contains(from), "{from}");
            let edited = policy(&BASE.replacen(from, to, 1));
            for (new, old) in [(&edited, &base), (&base, &edited)] {
                let found = changes(new, old, &PolicySet::empty());
                let expected = if key == "webhook" {
                    vec![("webhook.url", class), ("webhook.unjudged", class)]
                } else {
                    vec![(key, class)]
                };
                assert_eq!(found, expected, "`{from}` to `{to}`");
            }
        }
        assert_eq!(changes(&base, &policy(BASE), &PolicySet::empty()), []);
        let plain = "name: p\ncountries: [LT]\ndocuments: [PASSPORT]\n";
        let framed = policy(&format!("{plain}delivery: iframe\n"));
        assert_eq!(changes(&framed, &policy(plain), &PolicySet::empty()), [("delivery", Routing)]);
    }

    #[test]
    fn a_lifetime_beyond_the_older_sets_ceiling_is_looser() {
        use ChangeClass::{Looser, Operational};
        let ceilings = b"ceilings: { expires_in: 2h, session_length: 20m }\n";
        let set = check_set(&mut SourceMap::default(), "_set.yaml", ceilings).0;
        let base = policy(BASE);
        for (from, to, key, class) in [
            ("1h", "2h", "token.expires_in", Operational),
            ("1h", "3h", "token.expires_in", Looser),
            ("10m", "20m", "token.session_length", Operational),
            ("10m", "21m", "token.session_length", Looser),
        ] {
            let edited = policy(&BASE.replacen(from, to, 1));
            assert_eq!(changes(&edited, &base, &set), [(key, class)], "`{from}` to `{to}`");
            assert_eq!(changes(&base, &edited, &set), [(key, Operational)], "back from `{to}`");
            assert_eq!(
                changes(&edited, &base, &PolicySet::empty()),
                [(key, Operational)],
                "without a ceiling"
            );
        }
    }
}

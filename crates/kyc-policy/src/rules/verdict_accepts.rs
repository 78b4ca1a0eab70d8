//! A verdict that accepts what may never be accepted.

use kyc_core::AgeBounds;

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};
use crate::sections::Outcome;
use crate::set::PolicySet;
use crate::tags::Tag;

pub(crate) static RULE: Rule = Rule {
    id: "verdict-accepts",
    kind: Kind::Error,
    summary: "the verdict accepts what may never be accepted",
    why: "A hit on a sanctions list, a blocked face or an unknown tag must be seen by a person.",
    bad: "verdict: { tags: { SANCTIONS_SUSPECTION: accept } }",
    good: "verdict: { tags: { SANCTIONS_SUSPECTION: review } }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let definition = context.written()?;
    for tag in definition.written.tags.iter().filter(|tag| tag.value.1 == Outcome::Accept) {
        let name = tag.value.0;
        let has_age = context.sections.age != AgeBounds::NONE;
        let Some(reason) = refusal(name, has_age, definition.set) else { continue };
        findings.push(
            Diagnostic::new(&RULE, tag.loc, format!("`{name}` cannot be accepted: {reason}"))
                .help("write `review` or `reject`"),
        );
    }
    for key in &definition.written.accepting_defaults {
        findings.push(
            Diagnostic::new(&RULE, key.loc, format!("`{}` cannot be `accept`", key.value)).help("write `review` or `reject`"),
        );
    }
    Ok(())
}

/// Why no policy under `set`, with or without age bounds, may accept a tag.
pub(crate) fn refusal(tag: Tag, has_age: bool, set: &PolicySet) -> Option<&'static str> {
    if tag.is_not_performed() {
        Some("it says that a check was not performed")
    } else if Tag::NEVER_ACCEPT.contains(&tag) {
        Some("it is about sanctions, blacklists, crime or spoofing")
    } else if matches!(tag, Tag::UnderAge | Tag::OverAge) && has_age {
        Some("it is about people outside the age bounds of this policy")
    } else if set.never_accept.contains(&tag) {
        Some("the set forbids it")
    } else {
        None
    }
}

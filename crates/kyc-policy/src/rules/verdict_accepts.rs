//! A verdict that accepts what may never be accepted.

use kyc_core::AgeBounds;

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};
use crate::sections::Outcome;
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
        let reason = if name.is_not_performed() {
            "it says that a check was not performed"
        } else if Tag::NEVER_ACCEPT.contains(&name) {
            "it is about sanctions, blacklists, crime or spoofing"
        } else if matches!(name, Tag::UnderAge | Tag::OverAge) && context.sections.age != AgeBounds::NONE {
            "it is about people outside the age bounds of this policy"
        } else if definition.set.never_accept.contains(&name) {
            "the set forbids it"
        } else {
            continue;
        };
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

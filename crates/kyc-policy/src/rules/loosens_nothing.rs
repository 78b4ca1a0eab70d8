//! Leave to be looser that nothing makes use of.

use crate::diagnostic::{Diagnostic, Findings};
use crate::family::loosened;
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};
use crate::sections::Loosening;

pub(crate) static RULE: Rule = Rule {
    id: "loosens-nothing",
    kind: Kind::Error,
    summary: "`loosen` names a key that is not looser",
    why: "An exception that nothing needs would let a later change pass that nobody approved.",
    bad: r"extends: baseline   # age: { min: 18 }
age: { min: 21 }
loosen: { age: { reason: Youth accounts., until: 2027-06-30 } }",
    good: r"extends: baseline   # age: { min: 18 }
age: { min: 21 }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let definition = context.written()?;
    let loosen = &context.sections.governance.special.loosen;
    if loosen.is_empty() {
        return Ok(());
    }
    let mut push = |one: &Loosening, message: String| {
        let place = definition.places.key(&format!("loosen.{}", one.key));
        let place = place.map_or_else(|| context.key("loosen"), Into::into);
        let mut found = Diagnostic::new(&RULE, place, message).help("leave the entry out");
        if let Some(heritage) = definition.heritage {
            found.add_related(heritage.extends, format!("compared with `{}`", heritage.parent));
        }
        findings.push(found);
    };
    let Some(heritage) = definition.heritage else {
        for one in loosen.iter() {
            push(one, format!("`{}` cannot be looser: the policy extends no other", one.key));
        }
        return Ok(());
    };
    context.need(&["loosen"])?;
    if !heritage.is_proven {
        return Ok(());
    }
    for one in loosened(heritage, loosen, definition.places, definition.set).idle {
        push(one, format!("`{}` is not looser than in `{}`", one.key, heritage.parent));
    }
    Ok(())
}

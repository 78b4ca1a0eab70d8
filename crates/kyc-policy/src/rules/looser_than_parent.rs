//! A policy that is looser than the one that it extends.

use crate::diagnostic::{Diagnostic, Findings};
use crate::family::{Difference, Notation, Heritage, Looser, loosened};
use crate::order::Class;
use crate::places::is_within;
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "looser-than-parent",
    kind: Kind::Error,
    summary: "a key is not as tight as in the policy that is extended",
    why: "A baseline holds for all that extend it; an exception has a reason and an end, and stands where it is \
          reviewed.",
    bad: r"extends: baseline   # age: { min: 18 }
age: { min: 16 }",
    good: r"extends: baseline   # age: { min: 18 }
age: { min: 16 }
loosen: { age: { reason: Youth accounts with consent., until: 2027-06-30 } }",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let definition = context.written()?;
    let Some(heritage) = definition.heritage else { return Ok(()) };
    context.need(&["loosen"])?;
    if !heritage.is_proven {
        return Ok(());
    }
    let loosen = &context.sections.governance.special.loosen;
    for looser in loosened(heritage, loosen, definition.places, definition.set).unallowed {
        findings.push(found(heritage, &looser, context));
    }
    Ok(())
}

fn found(heritage: &Heritage<'_>, looser: &Looser, context: &Context<'_>) -> Diagnostic {
    let (key, parent) = (&looser.key, heritage.parent);
    let how = match looser.class {
        Class::Changed => "neither tighter nor looser than",
        _ => "looser than",
    };
    let changes: Vec<_> = looser.differences.iter().map(change).collect();
    let message = match changes.as_slice() {
        [] => format!("`{key}` is {how} that of `{parent}`"),
        changes => format!("{how} `{parent}`: {}", changes.join("; ")),
    };
    let mut places: Vec<_> = looser.differences.iter().map(|difference| {
        let unset = || heritage.unset.iter().find(|unset| is_within(&difference.key(), &unset.key));
        let own = difference.new.as_ref().map(|new| new.loc);
        own.or_else(|| unset().map(|unset| unset.loc)).unwrap_or(heritage.extends)
    }).collect();
    // Whatever a section held is gone with the one word `none`.
    places.dedup();
    let mut places = places.into_iter();
    let place = places.next().unwrap_or(heritage.extends);
    let mut found = Diagnostic::new(&RULE, place, message);
    if let Some(about) = &looser.about {
        found.add_related(place, about);
    }
    for place in places {
        found.add_related(place, "and here");
    }
    for old in looser.differences.iter().filter_map(|difference| difference.old.as_ref()) {
        found.add_related(old.loc, format!("as it is in `{parent}`"));
    }
    let until = context.sections.governance.review_by.map_or_else(|| "YYYY-MM-DD".to_owned(), |day| day.to_string());
    found.help(format!("make it at least as tight, or say why it may differ and until when: {}", match heritage.notation {
        Notation::File => format!("`loosen: {{ {key}: {{ reason: \"…\", until: {until} }} }}`"),
        Notation::Tokens | Notation::Struct => {
            let key = if key.contains('.') { format!("\"{key}\"") } else { key.clone() };
            format!("`loosen({key}(reason = \"…\", until = \"{until}\"))`")
        }
    }))
}

/// Such as: `age.min` is `16` instead of `18`.
fn change(difference: &Difference) -> String {
    let key = difference.key();
    match (&difference.new, &difference.old) {
        (Some(new), Some(old)) => format!("`{key}` is `{}` instead of `{}`", new.text, old.text),
        (Some(new), None) => format!("`{key}` is `{}`, and is not stated there", new.text),
        (None, Some(old)) => format!("`{key}` is not stated, and is `{}` there", old.text),
        (None, None) => format!("`{key}` differs"),
    }
}

//! A policy that extends one that is not there.

use crate::diagnostic::{Diagnostic, shown};
use crate::family::Notation;
use crate::rule::{Kind, Rule};
use crate::rules::Check;
use crate::source::Loc;
use crate::suggest::nearest;

pub(crate) static RULE: Rule = Rule {
    id: "parent-missing",
    kind: Kind::Error,
    summary: "the policy that is extended is not in the folder",
    why: "What the policy says is not known without the keys that it would inherit.",
    bad: "extends: baselin   # beside `baseline.yaml`",
    good: "extends: baseline",
};

pub(crate) const CHECK: Option<Check> = None;

pub(crate) fn found<'a>(
    loc: Loc,
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    notation: Notation,
) -> Diagnostic {
    let is_alone = known.clone().next().is_none();
    let (name, near) = (shown(name), nearest(name, known));
    let (message, otherwise) = match notation {
        Notation::File => (
            format!("there is no policy `{name}` beside this one"),
            "a policy extends another file of its own folder, by its name without `.yaml`",
        ),
        Notation::Tokens | Notation::Struct if is_alone => (
            format!("there is no folder with a policy `{name}`"),
            "name the folder that holds the file: `set = \"policies\"`",
        ),
        Notation::Tokens | Notation::Struct => (
            format!("there is no policy `{name}` in the folder of the set"),
            "a policy extends a file of the folder that `set` names, by its name without `.yaml`",
        ),
    };
    let help = near.map_or_else(|| otherwise.to_owned(), |near| format!("did you mean `{near}`?"));
    Diagnostic::new(&RULE, loc, message).help(help)
}

//! A name that is not of the form of names.

use kyc_core::same_text;

use crate::diagnostic::{Diagnostic, Findings, shown};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "malformed-name",
    kind: Kind::Error,
    summary: "the name is not of the form of policy names",
    why: "Names stand in commands, addresses and file names, so their form is narrow.",
    bad: "name: EU Onboarding",
    good: "name: eu-onboarding",
};

pub(crate) const CHECK: Option<Check> = Some(check);

/// The longest name, in characters.
pub(crate) const MAX: usize = 63;
/// A name that means something else in the notation of Rust.
pub(crate) const TAKEN: &str = "self";

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let written = context.written()?.written;
    if let Some(name) = &written.name
        && !is_policy_name(&name.value)
    {
        findings.push(
            Diagnostic::new(&RULE, name.loc, format!("`{}` is not a policy name", shown(&name.value))).help(
                "write lower-case words of letters and digits joined by hyphens, at most 63 characters, \
                 such as `eu-onboarding`; `self` is taken",
            ),
        );
    }
    Ok(())
}

/// Whether the text is the name of a policy, `[a-z][a-z0-9]*(-[a-z0-9]+)*` of at most 63 characters and not `self`;
/// usable in constants.
pub const fn is_policy_name(text: &str) -> bool {
    let mut rest = text.as_bytes();
    if rest.len() > MAX || same_text(text, TAKEN) || !matches!(rest, [b'a'..=b'z', ..]) {
        return false;
    }
    loop {
        rest = match rest {
            [] => return true,
            // A hyphen joins two words.
            [b'-', b'a'..=b'z' | b'0'..=b'9', after @ ..] | [b'a'..=b'z' | b'0'..=b'9', after @ ..] => after,
            _ => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::is_policy_name;

    const IS_NAME: bool = is_policy_name("eu-onboarding");

    #[test]
    fn names_are_hyphenated_words() {
        assert_eq!([IS_NAME, is_policy_name("selfie")], [true, true]);
        for name in ["a", "eu-onboarding", "age21-sale", "x-1", &"a".repeat(63)] {
            assert!(is_policy_name(name), "{name}");
        }
        for name in ["", "1a", "-a", "a-", "a--b", "A", "a_b", "self", "ž", &"a".repeat(64)] {
            assert!(!is_policy_name(name), "{name}");
        }
    }
}

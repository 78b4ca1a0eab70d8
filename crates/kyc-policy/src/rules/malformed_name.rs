//! A name that is not of the form of names.

use crate::diagnostic::{Diagnostic, Findings, shown};
use crate::rule::{Rule, Severity};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "malformed-name",
    severity: Severity::Error,
    summary: "the name is not of the form of policy names",
    why: "Names stand in commands, addresses and file names, so their form is narrow.",
    bad: "name: EU Onboarding",
    good: "name: eu-onboarding",
};

pub(crate) const CHECK: Option<Check> = Some(check);

const MAX: usize = 63;

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let written = context.written()?.written;
    if let Some(name) = &written.name
        && !is_name(&name.value)
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

/// `[a-z][a-z0-9]*(-[a-z0-9]+)*`, at most 63 characters, and not `self`.
pub(crate) fn is_name(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.len() <= MAX
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.split('-').all(is_word)
        && text != "self"
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn names_are_hyphenated_words() {
        for name in ["a", "eu-onboarding", "age21-sale", "x-1"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "1a", "-a", "a-", "a--b", "A", "a_b", "self", "ž", &"a".repeat(64)] {
            assert!(!is_name(name), "{name}");
        }
    }
}

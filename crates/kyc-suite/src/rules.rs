//! The rules about test files that no policy has: mistakes of words and shape are those of the policy language.

use kyc_policy::{Diagnostic, Kind, Loc, Rule};

/// Every rule about test files alone.
pub static RULES: &[&Rule] =
    &[&CASE_NAMED_TWICE, &CASE_CONTRADICTS_ITSELF, &CASE_NEVER_RUNS, &TOO_MANY_COMBINATIONS];

static CASE_NAMED_TWICE: Rule = Rule {
    id: "case-named-twice",
    kind: Kind::Error,
    summary: "two cases of a test file have one name",
    why: "A report that names the case would leave open which of them failed.",
    bad: "cases:
  - { name: adults pass, facts: { age: 18 }, expect: accept }
  - { name: adults pass, facts: { age: 40 }, expect: accept }",
    good: "cases:
  - { name: adults pass from 18 on, facts: { age: 18 }, expect: accept }
  - { name: adults pass, facts: { age: 40 }, expect: accept }",
};

static CASE_CONTRADICTS_ITSELF: Rule = Rule {
    id: "case-contradicts-itself",
    kind: Kind::Error,
    summary: "a case says two things that exclude each other",
    why: "One of the two would be ignored, and the case would show something else than its author thinks.",
    bad: "cases:
  - { name: minors are refused, facts: { age: 17, birth: 2010-01-01 }, expect: review }",
    good: "cases:
  - { name: minors are refused, facts: { age: 17 }, expect: review }",
};

static CASE_NEVER_RUNS: Rule = Rule {
    id: "case-never-runs",
    kind: Kind::Error,
    summary: "a case has no combination",
    why: "A case that is never run never fails, and its author thinks that something is shown.",
    bad: "cases:
  - { name: no visa passes, each: { document: [VISA, -VISA] }, expect: review }",
    good: "cases:
  - { name: no visa passes, facts: { document: VISA }, expect: review }",
};

static TOO_MANY_COMBINATIONS: Rule = Rule {
    id: "too-many-combinations",
    kind: Kind::Error,
    summary: "the cases of a test file have more than 10,000 combinations",
    why: "Each is judged by itself, and under every mutant once more.",
    bad: "cases:
  - { name: nobody, each: { country: any, document: any, age: [1, 2, 3] }, expect: review }",
    good: "cases:
  - { name: nobody, each: { country: any, age: [1, 2, 3] }, expect: review }",
};

pub(crate) fn named_twice(loc: Loc, first: Loc) -> Diagnostic {
    Diagnostic::new(&CASE_NAMED_TWICE, loc, "another case of this file has the same name")
        .label("second time")
        .related(first, "first here")
        .help("say in the name what this case shows beyond the other")
}

pub(crate) fn contradicts(loc: Loc, other: Loc, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&CASE_CONTRADICTS_ITSELF, loc, message).related(other, "against this").help(help)
}

pub(crate) fn too_many_combinations(loc: Loc) -> Diagnostic {
    Diagnostic::new(&TOO_MANY_COMBINATIONS, loc, "with this, the cases have more than 10,000 combinations")
        .help("name fewer values: those at the edges of the policy, and one well inside")
}

pub(crate) fn never_runs(loc: Loc) -> Diagnostic {
    Diagnostic::new(&CASE_NEVER_RUNS, loc, "nothing is left of these values, so the case is never run")
        .help("`-X` leaves out of what is listed: write `[any, -X]` for all others")
}

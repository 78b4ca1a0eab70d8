//! What is inherited of exceptions, and what is said once only.

use jiff::Timestamp;

use super::*;
use crate::field::Field;
use crate::tree::Kind;

const BASELINE: &str = "name: baseline\ncountries: [LT, LV]\ndocuments: [PASSPORT]\nage: { min: 18 }\n";
const YOUTH: &str = "name: youth
extends: baseline
age: { min: 16 }
minors: { rationale: Consent of a parent. }
loosen: { age: { reason: Youth accounts., until: 2026-01-01 } }
";

/// The check of the last of these documents, which are named by their first lines.
fn check(texts: &[&str]) -> Checked<Policy> {
    let (mut family, mut sources) = (Family::new(), SourceMap::default());
    let name = |text: &str| text.lines().next().unwrap().trim_start_matches("name: ").to_owned();
    for text in texts {
        family.add(&mut sources, &format!("{}.yaml", name(text)), &name(text), text.as_bytes());
    }
    family.check(&name(texts.last().unwrap()), &PolicySet::empty())
}

fn proven(texts: &[&str]) -> Policy {
    let checked = check(texts);
    checked.value.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
}

fn at(day: &str) -> Timestamp {
    format!("{day}T12:00:00Z").parse().unwrap()
}

#[test]
fn an_exception_that_has_ended_binds_those_that_inherit_it_and_nobody_else() {
    let of = |own: &str| proven(&[BASELINE, YOUTH, &format!("name: child\nextends: youth\n{own}")]);
    for (own, inherits) in [
        ("", true),
        ("countries: [LT]\n", true),
        ("age: { min: 17 }\n", true),
        ("age: { min: 18 }\n", false),
        ("age: { min: 30 }\n", false),
    ] {
        let child = of(own);
        assert_eq!(child.governance().special.inherited_loosen.len(), usize::from(inherits), "{own}");
        assert!(child.governance().special.loosen.is_empty());
        let stated = child.stated(Field::find("loosen").unwrap());
        assert_eq!(stated.as_deref(), inherits.then_some("age until 2026-01-01 (Youth accounts.)"), "{own}");
        assert!(child.due(at("2026-01-01")).is_empty(), "{own}");
        assert_eq!(child.due(at("2026-01-02")).len(), usize::from(inherits), "{own}");
    }
    let grandchild = proven(&[
        BASELINE,
        YOUTH,
        "name: child\nextends: youth\n",
        "name: last\nextends: child\nage: { max: 17 }\n",
    ]);
    assert_eq!(grandchild.due(at("2026-01-02")).len(), 1);
}

#[test]
fn of_two_exceptions_the_one_is_inherited_that_the_policy_still_needs() {
    let baseline = format!("{BASELINE}checks: {{ aml: true }}\n");
    let middle = "name: middle
extends: baseline
age: { min: 16 }
checks: { aml: false }
minors: { rationale: Consent of a parent. }
loosen:
  age: { reason: Youth accounts., until: 2026-01-01 }
  checks.aml: { reason: Checked elsewhere., until: 2027-01-01 }
";
    for (own, needed) in [
        ("", &["age", "checks.aml"][..]),
        ("age: { min: 18 }\n", &["checks.aml"]),
        ("checks: { aml: true }\n", &["age"]),
        ("age: { min: 18 }\nchecks: { aml: true }\n", &[]),
    ] {
        let child = proven(&[&baseline, middle, &format!("name: child\nextends: middle\n{own}")]);
        let inherited = child.governance().special.inherited_loosen.iter();
        assert_eq!(inherited.map(|one| &*one.key).collect::<Vec<_>>(), needed, "{own}");
    }
}

/// The check of a struct's policy that extends the policy `baseline` with this client section.
fn check_struct(inherited: &str, own: &str) -> Checked<Policy> {
    let (mut family, mut sources) = (Family::new(), SourceMap::default());
    // A tree borrows its text for as long as the family lives.
    let leak = |text: String| &*Box::leak(text.into_boxed_str());
    let parent = leak(format!("{BASELINE}{inherited}"));
    family.add(&mut sources, "baseline.yaml", "baseline", parent.as_bytes());
    let own = leak(format!("name: child\nextends: baseline\n{own}"));
    let (_, tree) = read_yaml(&mut sources, "child.rs", own.as_bytes(), &mut Findings::default());
    family.check_tree(&tree.unwrap(), Notation::Struct, &PolicySet::empty())
}

#[test]
fn a_struct_requires_what_is_required_and_accepts_its_own_fields_alone() {
    for (inherited, own, whole) in [
        (
            "client: { require: [date_of_birth], accept: [locale] }",
            "",
            "client: { require: [date_of_birth] }",
        ),
        ("client: { accept: [locale] }", "", ""),
        (
            "client: { require: [date_of_birth], accept: [locale] }",
            "client: { accept: [nationality] }",
            "client: { require: [date_of_birth], accept: [nationality] }",
        ),
        // Of a name that is required, either part may be the one: a struct has a field for each.
        (
            "client: { require: [name] }",
            "client: { accept: [first_name, last_name] }",
            "client: { require: [name] }",
        ),
        (
            "client: { require: [name], accept: [sex] }",
            "client: { accept: [first_name, last_name, locale] }",
            "client: { require: [name], accept: [locale] }",
        ),
        (
            "client: { require: [name] }",
            "client: { require: [last_name], accept: [first_name] }",
            "client: { require: [last_name], accept: [first_name] }",
        ),
        (
            "client: { require: [name] }",
            "client: { require: [last_name] }",
            "client: { require: [last_name] }",
        ),
        (
            "client: { require: [date_of_birth] }",
            "client: { accept: [first_name, last_name] }",
            "client: { require: [date_of_birth], accept: [first_name, last_name] }",
        ),
    ] {
        let whole = proven(&[&format!("{BASELINE}{whole}\n")]);
        let checked = check_struct(inherited, own);
        assert!(checked.diagnostics.is_empty(), "{own}: {:?}", checked.diagnostics);
        assert_eq!(checked.value.unwrap().digest(), whole.digest(), "{inherited} {own}");
    }
}

#[test]
fn what_is_wrong_with_a_policy_is_not_said_of_those_that_extend_it() {
    let broken = BASELINE.replace("LV", "XX").replace("min: 18", "min: 90, max: 18");
    let child = "name: child\nextends: baseline\nnfc: sometimes\n";
    let checked = check(&[&broken, child]);
    let ids: Vec<_> = checked.diagnostics.iter().map(|found| found.rule().id).collect();
    assert_eq!(ids, ["unknown-word"]);
    assert!(checked.value.is_none(), "what stands on a mistake proves nothing");

    let checked = check(&[&broken, "name: child\nextends: baseline\n"]);
    assert!(checked.diagnostics.is_empty() && checked.value.is_none());
}

#[test]
fn what_does_not_fit_together_names_both_files() {
    let checked = check(&[BASELINE, "name: child\nextends: baseline\nage: { max: 17 }\n"]);
    let [found] = checked.diagnostics.as_slice() else { panic!("{:?}", checked.diagnostics) };
    assert_eq!(found.rule().id, "age-min-above-max");
    let related: Vec<_> = found.related_places().iter().map(|related| related.message.as_str()).collect();
    assert_eq!(related, ["the upper bound", "inherited from `baseline` here"]);
}

#[test]
fn the_mistakes_of_the_others_are_errors_and_not_those_of_the_one_that_is_asked_about() {
    let (mut family, mut sources) = (Family::new(), SourceMap::default());
    for (name, countries) in [("one", "[LT, XX]"), ("two", "[LV, YY]"), ("three", "[EE]")] {
        let text = format!(
            "name: {name}\ncountries: {countries}\ndocuments: [PASSPORT]\nvendor: {{ newSwitch: true }}\n"
        );
        // A tree borrows its text for as long as the family lives.
        family.add(&mut sources, &format!("{name}.yaml"), name, Box::leak(text.into_boxed_str()).as_bytes());
    }
    let set = PolicySet::empty();
    let mut count = |stem: Option<&str>| family.mistakes_of_others(stem, &set).len();
    assert_eq!((count(None), count(Some("one")), count(Some("three"))), (2, 1, 2));
    let other = family.mistakes_of_others(Some("one"), &set);
    assert!(other.iter().all(|found| found.to_string().contains("`YY`")), "{other:?}");
}

#[test]
fn a_tree_of_any_front_end_is_as_deep_as_a_file_may_be() {
    let mut sources = SourceMap::default();
    let file = sources.add_file("child.rs", "");
    let loc = sources.add_span(file, 0..0);
    let nested = |levels: usize| {
        (0..levels)
            .fold(Node { loc, kind: Kind::Refused }, |inner, _| Node { loc, kind: Kind::List(vec![inner]) })
    };
    let ids = |levels: usize| -> Vec<_> {
        let checked = Family::new().check_tree(&nested(levels), Notation::Tokens, &PolicySet::empty());
        checked.diagnostics.iter().map(|found| found.rule().id).collect()
    };
    assert_eq!(ids(MAX_DEPTH), ["wrong-type"]);
    assert_eq!(ids(MAX_DEPTH + 1), ["nesting-too-deep"]);
}

#[test]
fn a_misspelt_name_may_be_that_of_a_file_that_was_not_read() {
    let (mut family, mut sources) = (Family::new(), SourceMap::default());
    let text = "name: child\nextends: basline\n";
    family.add(&mut sources, "child.yaml", "child", text.as_bytes());
    let help = |family: &mut Family<'_>| {
        let found = family.check("child", &PolicySet::empty()).diagnostics;
        found.iter().filter_map(Diagnostic::help_text).any(|help| help.contains("`baseline`"))
    };
    assert!(!help(&mut family));
    family.add_name("baseline");
    assert!(help(&mut family));
}

#[test]
fn only_a_name_is_extended() {
    for (text, extended) in [
        ("name: child\nextends: baseline\n", Some("baseline")),
        ("name: child\n", None),
        ("extends: [baseline]\n", None),
        ("extends: Not a name\n", None),
        ("[]\n", None),
        ("extends: {\n", None),
    ] {
        assert_eq!(extended_by(text.as_bytes()).as_deref(), extended, "{text}");
    }
}

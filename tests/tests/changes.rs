//! Laws of what is said to be different between two policies: nothing is left out, both directions agree, and every
//! witness is true by the verdict.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use jiff::tz::TimeZone;
use kyc_core::{Country, CountrySet, DocumentType};
use kyc_policy::{
    Applicant, Birth, Change, ChangeClass, FIELDS, Family, OrderedSection, Policy, PolicySet, ResultTag,
    SourceMap, Subject, Tag, Today, Witness, check_policy,
};
use kyc_tests::generate::{self, Format, Value};
use proptest::prelude::*;

const PLAIN: Format =
    Format { flow: false, quotes: None, comments: false, crlf: false, mark: false, reversed: false };

fn check(text: &str) -> Policy {
    let checked =
        check_policy(&mut SourceMap::default(), "p.yaml", Some("p"), text.as_bytes(), &PolicySet::empty());
    checked.value.unwrap_or_else(|| panic!("{:?}\n{text}", checked.diagnostics))
}

fn policy(value: &Value) -> Policy {
    check(&generate::write(value, PLAIN))
}

fn changes(new: &Policy, old: &Policy) -> Vec<Change> {
    new.changes_since(old, &PolicySet::empty())
}

const fn mirrored(class: ChangeClass) -> ChangeClass {
    match class {
        ChangeClass::Tighter => ChangeClass::Looser,
        ChangeClass::Looser => ChangeClass::Tighter,
        same => same,
    }
}

/// Sections in which a loosening is a matter of facts, so that somebody can be named.
const JUDGED: [OrderedSection; 7] = [
    OrderedSection::Matrix,
    OrderedSection::Age,
    OrderedSection::Nationality,
    OrderedSection::IpCountry,
    OrderedSection::Expiry,
    OrderedSection::Verdict,
    OrderedSection::TokenType,
];

fn is_true(witness: &Witness, new: &Policy, old: &Policy) -> bool {
    let ruling = |policy: &Policy| policy.judge(&witness.facts, Today::default()).ruling();
    (ruling(new), ruling(old)) == (witness.now, witness.was) && witness.now != witness.was
}

/// Everything that must hold of the changes from `old` to `new`.
fn hold(new: &Policy, old: &Policy) {
    let (there, back) = (changes(new, old), changes(old, new));
    let subjects =
        |changes: &[Change]| changes.iter().map(|change| change.subject.as_str()).collect::<Vec<_>>();
    assert_eq!(subjects(&there), subjects(&back));
    for (change, reverse) in there.iter().zip(&back) {
        let subject = change.subject.as_str();
        assert_eq!(change.class, mirrored(reverse.class), "{subject}");
        assert_eq!(change.data, reverse.data.mirrored(), "{subject}");
        assert_eq!(change.gains.is_some(), reverse.loses.is_some(), "{subject}");
        assert_eq!(change.situation.is_empty(), reverse.situation.is_empty(), "{subject}");
        for witness in [&change.gains, &change.loses].into_iter().flatten() {
            assert!(is_true(witness, new, old), "{subject}: {witness}");
        }
        assert!(change.gains.as_ref().is_none_or(|witness| witness.now < witness.was), "{subject}");
        assert!(change.loses.as_ref().is_none_or(|witness| witness.now > witness.was), "{subject}");
        let Subject::Section(section) = change.subject else { continue };
        assert!(change.class != ChangeClass::Tighter || change.gains.is_none(), "{subject}");
        assert!(change.class != ChangeClass::Looser || change.loses.is_none(), "{subject}");
        assert!(change.class != ChangeClass::Looser || !change.excludes(), "{subject}");
        if JUDGED.contains(&section) {
            let gains = matches!(change.class, ChangeClass::Looser | ChangeClass::Changed);
            let loses = matches!(change.class, ChangeClass::Tighter | ChangeClass::Changed);
            assert_eq!((change.gains.is_some(), change.excludes()), (gains, loses), "{subject}");
        } else {
            assert!(
                change.gains.is_some() || change.loses.is_some() || !change.situation.is_empty(),
                "{subject}"
            );
        }
    }
    let has_a = |test: fn(ChangeClass) -> bool| there.iter().any(|change| test(change.class));
    if new.document_digest() != old.document_digest() {
        assert!(!there.is_empty(), "something differs");
    }
    if new.digest() == old.digest() {
        assert!(
            !has_a(|class| !matches!(class, ChangeClass::Governance | ChangeClass::Cosmetic)),
            "{there:?}"
        );
    } else {
        assert!(there.iter().any(
            |change| change.class != ChangeClass::Governance && change.subject.as_str() != "description"
        ));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_changes_of_two_policies_are_complete_mirrored_and_witnessed(a in generate::policy(), b in generate::policy()) {
        hold(&policy(&a), &policy(&b));
    }
}

/// Countries and ages on both sides of what generated policies say.
const COUNTRIES: [&str; 8] = ["LT", "NO", "LI", "CH", "KP", "IR", "MM", "US"];
const AGES: [u32; 8] = [0, 17, 18, 20, 21, 70, 71, 150];

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn under_every_single_loosening_nobody_fares_worse_and_its_witness_better(
        value in generate::policy(),
        country in 0..COUNTRIES.len(),
        document in 0..36_usize,
        age in 0..AGES.len(),
        tag in 0..80_usize,
    ) {
        let policy = policy(&value);
        let applicant = Applicant {
            country: COUNTRIES.get(country).and_then(|code| Country::from_alpha2(code)),
            document: DocumentType::ALL.get(document).copied(),
            birth: AGES.get(age).copied().map(Birth::Age),
            tags: Tag::ALL.get(tag).copied().map(ResultTag::Known).into_iter().collect(),
            ..Applicant::default()
        };
        let facts = applicant.facts(kyc_tests::now(), &TimeZone::UTC);
        let before = policy.judge(&facts, Today::default()).ruling();
        for mutant in policy.mutants(&PolicySet::empty(), CountrySet::EMPTY) {
            let change = mutant.change(&policy, &PolicySet::empty()).unwrap();
            let step = format!("{}: {}", mutant.key(), mutant.step());
            if change.class == ChangeClass::Looser {
                prop_assert!(mutant.judge(&facts, Today::default()).ruling() <= before, "{step}");
            }
            if let Some(witness) = change.gains {
                let (was, now) = (policy.judge(&witness.facts, Today::default()), mutant.judge(&witness.facts, Today::default()));
                prop_assert!(now.ruling() < was.ruling(), "{step}: {}", witness.applicant());
            }
        }
    }
}

/// Who fares better by a section, in words; nobody, if it is empty.
fn gains(new: &str, old: &str, section: OrderedSection) -> String {
    let with = |text: &str| check(&format!("name: p\n{text}\n"));
    let changes = changes(&with(new), &with(old));
    let is_it = |change: &&Change| matches!(change.subject, Subject::Section(of) if of == section);
    let change = changes.iter().find(is_it).unwrap_or_else(|| panic!("{changes:?}"));
    change.gains.as_ref().map(ToString::to_string).unwrap_or_default()
}

#[test]
fn a_witness_is_about_its_section_whatever_else_has_changed() {
    use OrderedSection::{Age, Checks, Matrix};
    const LT: &str = "countries: [LT]\ndocuments: [PASSPORT]";
    const LV: &str = "countries: [LV]\ndocuments: [PASSPORT]";
    let open = |documents: &str| format!("countries: any\ndocuments: {documents}");
    for (old, new, section, words) in [
        // Where all countries have the same types, nobody has to know the country.
        (
            open("{ any: [ID_CARD], LT: [ID_CARD] }"),
            open("[ID_CARD]"),
            Matrix,
            "somebody with an identity card of an unknown country: was review, now accept",
        ),
        // Whoever is still outside fares better too, by another section.
        (
            format!("{LT}\nage: {{ min: 18, max: 60 }}\nverdict: {{ outside: reject }}"),
            format!("{LT}\nage: {{ min: 18, max: 70 }}"),
            Age,
            "a 61-year-old with a passport of Lithuania: was reject, now accept",
        ),
        // No check is why somebody of another country passes: that one leaves no trace, and this one is not demanded.
        (
            format!("{LT}\nchecks: {{ face_blacklist: true }}"),
            format!("{LV}\nchecks: {{ face_blacklist: false }}"),
            Checks,
            "",
        ),
        (
            format!("{LT}\nchecks: {{ aml: false, liveness: true }}"),
            LV.to_owned(),
            Checks,
            "somebody with a passport of Latvia where nothing shows that `checks.liveness` was in force: was review, now accept",
        ),
        // Of two ranges of ages that have none in common, the one in which somebody passes.
        (
            format!("{LT}\nage: {{ min: 50 }}"),
            format!("{LV}\nage: {{ min: 18, max: 30 }}"),
            Matrix,
            "somebody with a passport of Latvia: was review, now accept",
        ),
    ] {
        assert_eq!(gains(&new, &old, section), words, "{old}\n{new}");
    }
}

#[test]
fn nothing_else_stands_against_a_witness_where_both_policies_allow_it() {
    const OLD: &str = "name: p\ncountries: [LT]\ndocuments: [PASSPORT]\n";
    const NEW: &str = "name: p\ncountries: [LT, LV]\ndocuments: [PASSPORT]\n";
    for (old, new) in [
        ("age: { min: 50 }", ""),
        ("", "age: { min: 50 }"),
        ("age: { max: 30 }", "age: { min: 20, max: 60 }"),
        ("expiry: { min_remaining: 3650d }", "expiry: { min_remaining: 30d }"),
        ("nationality: { deny: [AD, LV] }", "nationality: { review: [AE] }"),
        ("ip_country: { deny: [AD, LT] }", "ip_country: { review: [AE, LV] }"),
    ] {
        let (old, new) = (check(&format!("{OLD}{old}\n")), check(&format!("{NEW}{new}\n")));
        let changes = changes(&new, &old);
        let matrix = changes.iter().find(|change| change.subject.as_str() == "matrix").unwrap();
        let witness = matrix.gains.as_ref().unwrap();
        let reasons = old.judge(&witness.facts, Today::default()).reasons().to_vec();
        assert_eq!(reasons.len(), 1, "{witness}: {reasons:?}");
    }
}

/// A policy that states every key.
fn full() -> Policy {
    let baseline = kyc_tests::full::FULL_POLICY;
    let text = baseline.replace("name: full", "name: p\nextends: full").replace("min: 18", "min: 16");
    let text = text
        .replace("    locale, step_data", "    step_data")
        .replace("client:", "locale: lt\nclient:")
        .replace(
            "\ncountries:",
            "\nowner: risk@example.com
rationale: Why.
legal_basis: The law.
review_by: 2030-01-01
risk_tier: low
effective: { from: 2026-01-01, until: 2031-01-01 }
minors: { rationale: Youth accounts. }
reverify: { every: 5y, on: [document_expiry] }
reuse: while_open
loosen: { age: { reason: Youth accounts., until: 2030-01-01 } }
countries:",
        );
    let (mut family, mut sources) = (Family::new(), SourceMap::default());
    family.add(&mut sources, "full.yaml", "full", baseline.as_bytes());
    family.add(&mut sources, "p.yaml", "p", text.as_bytes());
    let checked = family.check("p", &PolicySet::empty());
    checked.value.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
}

#[test]
fn every_key_of_the_field_table_is_compared() {
    let full = full();
    for field in FIELDS {
        let (section, is_stated) = (field.section(), full.stated(field).is_some());
        assert!(is_stated || is_ordered(field.key) || is_heading(field.key), "{} of {section}", field.key);
    }
}

/// Keys that a section of the order compares; `each_edit_has_its_class_in_its_section_alone` edits them.
fn is_ordered(key: &str) -> bool {
    use kyc_policy::Direction as D;
    let field = kyc_policy::Field::find(key).unwrap_or_else(|| panic!("{key}"));
    matches!(field.direction, D::Acceptance | D::TrueIsTighter | D::MoreIsTighter | D::Changed)
}

/// Keys that hold nothing but other keys, and the name, by which policies are paired.
fn is_heading(key: &str) -> bool {
    matches!(key, "name" | "effective" | "minors" | "token" | "redirect" | "webhook" | "reverify")
}

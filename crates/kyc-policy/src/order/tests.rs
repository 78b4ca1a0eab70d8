//! Each section, one edit at a time.

use kyc_core::Flag;

use super::*;
use crate::sections::AmlList;
use crate::source::SourceMap;
use crate::tags::Tag;
use crate::{PolicySet, check_policy};

pub(super) const BASE: &str = "name: p
countries: [EE, LT, LV]
documents: { any: [PASSPORT, ID_CARD], EE: [PASSPORT] }
nationality: { deny: [KP], review: [IR] }
age: { min: 18, max: 75 }
expiry: { none: review, min_remaining: 30d }
manual_review: { successful: true, failed: false }
questionnaire: onboarding-v2
checks: { aml: true, liveness: false }
nfc: optional
steps: { ALL: { ALL: { BILL: { type: EXTRACT, fields: [address, name] } } } }
registry_countries: [LT]
face_threshold: 0.95
client: { require: [first_name, document_country] }
verdict: { outside: review, tags: { NAME: review }, aml: { sanctions: reject } }
";

pub(super) fn policy(text: &str) -> Policy {
    let checked =
        check_policy(&mut SourceMap::default(), "p.yaml", Some("p"), text.as_bytes(), &PolicySet::empty());
    checked.value.unwrap_or_else(|| panic!("{:?}\n{text}", checked.diagnostics))
}

/// What is replaced, by what, and what that is.
type Edit = (&'static str, &'static str, Option<(OrderedSection, Class)>);

/// The sections that differ, each with its class.
fn differing(new: &Policy, old: &Policy) -> Vec<(OrderedSection, Class)> {
    let classes = OrderedSection::ALL.iter().map(|section| (*section, section.compare(new, old)));
    classes.filter(|(_, class)| *class != Class::Equal).collect()
}

#[test]
fn each_edit_has_its_class_in_its_section_alone() {
    use Class::{Changed, Looser, Tighter};
    use OrderedSection as S;
    let cases: &[Edit] = &[
        ("countries: [EE, LT, LV]", "countries: [EE, LT]", Some((S::Matrix, Tighter))),
        ("countries: [EE, LT, LV]", "countries: [EE, LT, LV, PL]", Some((S::Matrix, Looser))),
        ("countries: [EE, LT, LV]", "countries: [EE, LT, PL]", Some((S::Matrix, Changed))),
        ("countries: [EE, LT, LV]", "countries: any", Some((S::Matrix, Looser))),
        ("any: [PASSPORT, ID_CARD]", "any: [PASSPORT]", Some((S::Matrix, Tighter))),
        ("EE: [PASSPORT]", "EE: [PASSPORT, ID_CARD]", Some((S::Matrix, Looser))),
        ("EE: [PASSPORT]", "EE: [ID_CARD]", Some((S::Matrix, Changed))),
        ("EE: [PASSPORT]", "LT: [PASSPORT]", Some((S::Matrix, Changed))),
        ("{ any: [PASSPORT, ID_CARD], EE: [PASSPORT] }", "any", Some((S::Matrix, Looser))),
        (
            "{ any: [PASSPORT, ID_CARD], EE: [PASSPORT] }",
            "{ EE: [PASSPORT], LT: [ID_CARD, PASSPORT], LV: [PASSPORT, ID_CARD] }",
            None,
        ),
        ("countries: [EE, LT, LV]", "countries: [LV, EE, LT]", None),
        ("nationality: {", "eid: [SMART_ID]\nnationality: {", Some((S::Matrix, Looser))),
        ("deny: [KP]", "deny: [KP, SY]", Some((S::Nationality, Tighter))),
        ("review: [IR]", "review: [IR, SY]", Some((S::Nationality, Tighter))),
        ("nationality: { deny: [KP], review: [IR] }\n", "", Some((S::Nationality, Looser))),
        ("age: {", "ip_country: { review: [RU] }\nage: {", Some((S::IpCountry, Tighter))),
        // Where what is outside goes to review, both lists say the same.
        ("deny: [KP], review: [IR]", "deny: [KP, IR]", None),
        ("min: 18", "min: 19", Some((S::Age, Tighter))),
        ("min: 18, max: 75", "min: 18", Some((S::Age, Looser))),
        ("min: 18, max: 75", "min: 19, max: 76", Some((S::Age, Changed))),
        ("age: { min: 18, max: 75 }", "age: any", Some((S::Age, Looser))),
        ("none: review", "none: accept", Some((S::Expiry, Looser))),
        ("none: review", "none: reject", Some((S::Expiry, Tighter))),
        ("30d", "60d", Some((S::Expiry, Tighter))),
        ("successful: true", "successful: false", Some((S::ManualReview, Looser))),
        ("successful: true, ", "", Some((S::ManualReview, Looser))),
        ("failed: false", "failed: true", Some((S::ManualReview, Changed))),
        ("onboarding-v2", "onboarding-v3", Some((S::Questionnaire, Changed))),
        ("questionnaire: onboarding-v2", "questionnaire: none", Some((S::Questionnaire, Looser))),
        ("onboarding-v2", "onboarding-v2\nquestionnaire_required: false", Some((S::Questionnaire, Looser))),
        ("onboarding-v2", "onboarding-v2\nquestionnaire_required: true", None),
        ("liveness: false", "liveness: true", Some((S::Checks, Tighter))),
        (", liveness: false", "", Some((S::Checks, Tighter))),
        ("aml: true, ", "", Some((S::Checks, Looser))),
        ("aml: true, liveness: false", "aml: false, liveness: true", Some((S::Checks, Changed))),
        ("nfc: optional", "nfc: required", Some((S::Nfc, Tighter))),
        ("nfc: optional", "nfc: off", Some((S::Nfc, Looser))),
        ("nfc: optional\n", "", Some((S::Nfc, Changed))),
        ("type: EXTRACT", "type: COMPARE", Some((S::Steps, Tighter))),
        ("type: EXTRACT, ", "", Some((S::Steps, Changed))),
        ("type: EXTRACT", "type: UPLOAD", Some((S::Steps, Looser))),
        ("[address, name]", "[address]", Some((S::Steps, Looser))),
        ("[address, name]", "[name, address]", None),
        ("} } } }\nregistry", "}, SELFIE: { type: UPLOAD } } } }\nregistry", Some((S::Steps, Tighter))),
        (
            "fields: [address, name] }",
            "fields: [address, name], settings: { can_upload: false } }",
            Some((S::Steps, Changed)),
        ),
        ("registry_countries: [LT]", "registry_countries: [LT, HU]", Some((S::Registries, Tighter))),
        ("registry_countries: [LT]\n", "", Some((S::Registries, Looser))),
        ("0.95", "0.96", Some((S::FaceThreshold, Changed))),
        (
            "client:",
            "risk_profile: 1f8b0f0e-3f5a-4c8e-9d53-0c4f7a9f2b12\nclient:",
            Some((S::RiskProfile, Changed)),
        ),
        ("client:", "vendor: { newSwitch: true }\nclient:", Some((S::Vendor, Changed))),
        (
            "[first_name, document_country]",
            "[first_name, last_name, document_country]",
            Some((S::Client, Tighter)),
        ),
        ("[first_name, document_country]", "[document_country]", Some((S::Client, Looser))),
        ("] }\nverdict", "], accept: [locale] }\nverdict", None),
        ("outside: review", "outside: review, default: reject", Some((S::Verdict, Tighter))),
        ("NAME: review", "NAME: accept", Some((S::Verdict, Looser))),
        ("tags: { NAME: review }, ", "", None),
        ("sanctions: reject", "sanctions: review", Some((S::Verdict, Looser))),
        (
            "name: p\n",
            "name: p\ndescription: Other words.\nshow_instructions: true\ntheme: 1f8b0f0e-3f5a-4c8e-9d53-0c4f7a9f2b11\n",
            None,
        ),
        ("name: p\n", "name: p\ntoken: { expires_in: 2h, digit_code: true }\nreuse: while_open\n", None),
        ("name: p\n", "name: p\nverify: { email: true }\n", Some((S::Verify, Tighter))),
        ("name: p\n", "name: p\nbank_card: { verification: true }\n", Some((S::BankCard, Tighter))),
        ("name: p\n", "name: p\nauto_aml_monitoring: true\n", Some((S::Switches, Tighter))),
    ];
    let base = policy(BASE);
    for (from, to, expected) in cases {
        assert!(BASE.contains(from), "{from}");
        let edited = policy(&BASE.replacen(from, to, 1));
        let expected: Vec<_> = expected.iter().copied().collect();
        assert_eq!(differing(&edited, &base), expected, "`{from}` to `{to}`");
        let mirrored: Vec<_> = expected.iter().map(|(section, class)| (*section, class.mirrored())).collect();
        assert_eq!(differing(&base, &edited), mirrored, "`{to}` to `{from}`");
        let whole = expected.first().map_or(Class::Equal, |(_, class)| *class);
        assert_eq!(edited.compare(&base), whole);
    }
    for section in S::ALL {
        let is_tested = cases.iter().any(|(_, _, expected)| expected.is_some_and(|(of, _)| of == *section));
        assert!(is_tested || matches!(section, S::TokenType | S::Timezone), "{section}");
    }
}

#[test]
fn a_document_alone_is_looser_than_document_and_face() {
    let both = policy("name: p\ncountries: [LT]\ndocuments: [ID_CARD]\n");
    let alone = policy("name: p\ncountries: [LT]\ndocuments: [ID_CARD]\ntoken: { type: DOCUMENT }\n");
    assert_eq!(differing(&alone, &both), [(OrderedSection::TokenType, Class::Looser)]);
}

#[test]
fn a_harsher_outcome_of_what_is_outside_tells_in_each_screen_that_it_decides() {
    let base = policy(BASE);
    let harsher = policy(&BASE.replace("outside: review", "outside: reject"));
    let expected = [(OrderedSection::Nationality, Class::Tighter), (OrderedSection::Verdict, Class::Tighter)];
    assert_eq!(differing(&harsher, &base), expected);
}

#[test]
fn classes_combine_and_mirror() {
    use Class::{Changed, Equal, Looser, Tighter};
    for class in [Equal, Tighter, Looser, Changed] {
        assert_eq!((Equal.and(class), class.and(Equal), class.and(class)), (class, class, class));
        assert_eq!(class.mirrored().mirrored(), class);
        assert_eq!(class.is_not_looser(), matches!(class, Equal | Tighter));
    }
    assert_eq!((Tighter.and(Looser), Looser.and(Tighter), Changed.and(Tighter)), (Changed, Changed, Changed));
}

#[test]
fn another_zone_is_neither_tighter_nor_looser() {
    let in_zone = |zone: &str| {
        let mut sources = SourceMap::default();
        let (set, _) = crate::check_set(&mut sources, "_set.yaml", format!("timezone: {zone}\n").as_bytes());
        check_policy(&mut sources, "p.yaml", Some("p"), BASE.as_bytes(), &set).value.unwrap()
    };
    let differing = differing(&in_zone("Pacific/Auckland"), &in_zone("Europe/Vilnius"));
    assert_eq!(differing, [(OrderedSection::Timezone, Class::Changed)]);
}

#[test]
fn the_same_profile_and_the_same_steps_of_a_country_are_no_change() {
    let text = BASE.replace("ALL: { ALL: { BILL", "LT: { ID_CARD: { BILL")
        + "risk_profile: 1f8b0f0e-3f5a-4c8e-9d53-0c4f7a9f2b12\n";
    assert_eq!(differing(&policy(&text), &policy(&text)), []);
    let elsewhere = policy(&text.replace("LT: { ID_CARD: { BILL", "LV: { ID_CARD: { BILL"));
    assert_eq!(differing(&elsewhere, &policy(&text)), [(OrderedSection::Steps, Class::Changed)]);
    let other = policy(&text.replace("2b12", "2b13"));
    assert_eq!(differing(&other, &policy(&text)), [(OrderedSection::RiskProfile, Class::Changed)]);
}

#[test]
fn the_vendors_proof_of_address_demands_more_than_the_account_and_the_account_more_than_none() {
    let with = |line: &str| policy(&format!("name: p\ncountries: [LT]\ndocuments: [ID_CARD]\n{line}"));
    let [off, account, on] = [with("utility_bill: false\n"), with(""), with("utility_bill: true\n")];
    let steps = with("steps: { ALL: { ALL: { BILL: { type: UPLOAD } } } }\n");
    for (tighter, looser) in
        [(&account, &off), (&on, &account), (&on, &off), (&steps, &off), (&steps, &account)]
    {
        assert_eq!(differing(tighter, looser), [(OrderedSection::Steps, Class::Tighter)]);
        assert_eq!(differing(looser, tighter), [(OrderedSection::Steps, Class::Looser)]);
    }
    assert_eq!(differing(&steps, &on), [(OrderedSection::Steps, Class::Changed)]);
    assert_eq!(differing(&on, &steps), [(OrderedSection::Steps, Class::Changed)]);
}

#[test]
fn a_step_of_another_document_is_another_step() {
    let of =
        |document: &str| policy(&BASE.replace("ALL: { ALL: { BILL", &format!("LT: {{ {document}: {{ BILL")));
    let (card, passport) = (of("ID_CARD"), of("PASSPORT"));
    assert_eq!(differing(&card, &passport), [(OrderedSection::Steps, Class::Changed)]);
}

#[test]
fn a_switch_that_is_neither_stricter_on_nor_off_counts_when_it_is_left_out() {
    let on = BASE.replace("failed: false", "failed: true");
    let silent = policy(&on.replace(", failed: true", ""));
    assert_eq!(differing(&silent, &policy(&on)), [(OrderedSection::ManualReview, Class::Changed)]);
}

#[test]
fn another_value_of_a_parameter_of_one_name_is_a_change() {
    let with = |vendor: &str| policy(&format!("{BASE}vendor: {{ {vendor} }}\n"));
    let base = with("newSwitch: true");
    for other in ["newSwitch: false", "otherSwitch: true", "newSwitch: true, otherSwitch: true"] {
        assert_eq!(differing(&with(other), &base), [(OrderedSection::Vendor, Class::Changed)], "{other}");
    }
    assert_eq!(differing(&with("newSwitch: true"), &base), []);
}

#[test]
fn tags_are_compared_one_by_one_and_those_that_nobody_knows_yet_too() {
    let with = |default: &str, tags: &str| {
        // Of every list something is said, so that the default is that of tags alone.
        let lists = AmlList::ALL.iter().map(|list| format!("{list}: review")).collect::<Vec<_>>().join(", ");
        let verdict = format!("verdict: {{ default: {default}, tags: {{ {tags} }}, aml: {{ {lists} }} }}");
        policy(&format!("name: p\ncountries: [LT]\ndocuments: [ID_CARD]\n{verdict}\n"))
    };
    let verdict = |new: &Policy, old: &Policy| OrderedSection::Verdict.compare(new, old);
    let (name, dob) = (with("review", "NAME: reject"), with("review", "SURNAME: reject"));
    assert_eq!((verdict(&name, &dob), verdict(&dob, &name)), (Class::Changed, Class::Changed));
    let every = Tag::ALL.iter().map(|tag| format!("{}: reject", tag.as_str())).collect::<Vec<_>>().join(", ");
    let [review, reject] = ["review", "reject"].map(|default| with(default, &every));
    assert_eq!((verdict(&reject, &review), verdict(&review, &reject)), (Class::Tighter, Class::Looser));
}

#[test]
fn the_switches_of_a_section_are_those_that_decide() {
    let all: Vec<_> = OrderedSection::ALL.iter().flat_map(|section| section.flags()).collect();
    for flag in [Flag::ReviewFailed, Flag::CheckAml, Flag::VerifyEmail, Flag::AutoAmlMonitoring] {
        assert_eq!(all.iter().filter(|of| **of == flag).count(), 1, "{flag:?}");
    }
    for flag in [Flag::ShowInstructions, Flag::GenerateDigitString] {
        assert!(!all.contains(&flag), "{flag:?}");
    }
}

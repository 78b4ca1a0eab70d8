//! Every mutant is one step looser, in one part of the policy alone, and no two are the same.

use std::collections::BTreeSet;

use kyc_core::Extra;

use super::*;
use crate::source::SourceMap;
use crate::{check_policy, check_set};

/// A policy that states something in every section that has an order.
const FULL: &str = "name: p
countries: [EE, LT, LV, BALTICS, -EE]
documents: { any: [PASSPORT, ID_CARD], LV: [PASSPORT] }
eid: [SMART_ID]
nationality: { deny: [KP], review: [IR] }
ip_country: { deny: [KP], review: [RU] }
age: { min: 18, max: 75 }
expiry: { none: reject, min_remaining: 30d }
manual_review: { successful: true, failed: false }
questionnaire: onboarding-v2
checks: { aml: true, liveness: true, lid: false }
verify: { email: true }
bank_card: { verification: true, pdf_upload: true }
auto_aml_monitoring: true
nfc: required
steps: { ALL: { ALL: { BILL: { type: COMPARE, fields: [address, name] }, SELFIE: { type: UPLOAD } } } }
registry_countries: [LT]
face_threshold: 0.95
risk_profile: 1f8b0f0e-3f5a-4c8e-9d53-0c4f7a9f2b12
vendor: { newSwitch: true, other: 1 }
client: { require: [name, date_of_birth, document_country, step_data] }
verdict:
  default: reject
  outside: reject
  tags: { NAME: review, UNDER_AGE: review, DUPLICATE_FACE: review, SURNAME: reject, FAKE_PHOTO: reject, DL_FAILED: review }
  aml: { sanctions: reject, pep: review, adverse_media: accept }
";

fn mutants(text: &str, set: &str) -> (Policy, Vec<Mutant>) {
    let mut sources = SourceMap::default();
    let (set, found) = check_set(&mut sources, "_set.yaml", set.as_bytes());
    assert!(found.is_empty(), "{found:?}");
    let checked = check_policy(&mut sources, "p.yaml", Some("p"), text.as_bytes(), &set);
    let policy = checked.value.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let mutants = policy.mutants(&set, checked.left_out);
    (policy, mutants)
}

fn full() -> (Policy, Vec<Mutant>) {
    let text = FULL.replace("[EE, LT, LV, BALTICS, -EE]", "[BALTICS, -EE]");
    mutants(&text, "groups: { BALTICS: [EE, LT, LV] }\ndeny: [KP]\nnever_accept: [DUPLICATE_FACE]\n")
}

/// Where the steps of `key` lead.
fn steps<'m>(mutants: &'m [Mutant], key: &str) -> Vec<&'m str> {
    mutants.iter().filter(|mutant| mutant.key() == key).map(Mutant::step).collect()
}

#[test]
fn each_is_one_step_looser_or_nobody_can_say() {
    let (policy, mutants) = full();
    let mut digests = BTreeSet::from([policy.digest().to_string()]);
    for mutant in &mutants {
        let (key, step) = (mutant.key(), mutant.step());
        assert!(matches!(mutant.compare(&policy), Class::Looser | Class::Changed), "{key}: {step}");
        assert!(digests.insert(mutant.policy.digest().to_string()), "{key}: {step}: twice");
        let differing = OrderedSection::ALL
            .iter()
            .filter(|section| section.compare(&mutant.policy, &policy) != Class::Equal)
            .count();
        // What is outside decides in the screens too.
        assert!(differing == 1 || key == "verdict.outside", "{key}: {step}");
        assert!(mutant.change(&policy, &PolicySet::empty()).is_some(), "{key}: {step}");
    }
}

#[test]
fn every_section_with_an_order_has_some() {
    let (_, mutants) = full();
    let sections: BTreeSet<_> = mutants.iter().map(Mutant::section).collect();
    for section in OrderedSection::ALL {
        assert!(sections.contains(section) || *section == OrderedSection::Timezone, "{section}");
    }
}

#[test]
fn steps_are_those_that_an_author_could_take() {
    let (_, all) = full();
    for (key, expected) in [
        ("countries", &["EE allowed", "AD allowed"][..]),
        ("documents.any", &["DRIVER_LICENSE accepted"]),
        ("documents.LV", &["ID_CARD accepted", "DRIVER_LICENSE accepted"]),
        ("eid", &["CLEAR accepted"]),
        ("nationality.deny", &["KP denied -> looked at"]),
        ("nationality.review", &["IR looked at -> passes"]),
        ("age.min", &["18 -> 17"]),
        ("age.max", &["75 -> 76"]),
        ("expiry.none", &["reject -> review"]),
        ("expiry.min_remaining", &["30d -> 29d"]),
        ("verdict.default", &["reject -> review"]),
        ("verdict.tags.NAME", &["review -> accept"]),
        ("verdict.tags.UNDER_AGE", &[]),
        ("verdict.tags.DUPLICATE_FACE", &[]),
        ("verdict.tags.DL_FAILED", &[]),
        ("verdict.tags.FAKE_PHOTO", &["reject -> review"]),
        ("verdict.aml.sanctions", &["reject -> review"]),
        ("verdict.aml.adverse_media", &[]),
        ("verdict.aml.false_positive", &["reject -> review"]),
        ("checks.liveness", &["true -> false"]),
        ("checks.lid", &[]),
        ("manual_review.failed", &["false -> true"]),
        ("nfc", &["required -> optional"]),
        ("questionnaire_required", &["true -> false"]),
        (
            "steps.ALL.ALL.BILL",
            &[
                "not asked for",
                "COMPARE -> EXTRACT",
                "without its field `address`",
                "without its field `name`",
            ],
        ),
        ("vendor.other", &["not sent"]),
        (
            "client.require",
            &[
                "`date_of_birth` may be missing",
                "`document_country` may be missing",
                "`step_data` may be missing",
                "`name` may be missing",
            ],
        ),
    ] {
        assert_eq!(steps(&all, key), expected, "{key}");
    }
}

#[test]
fn without_a_field_a_step_compares_the_others() {
    let (_, all) = full();
    let mutant = all.iter().find(|mutant| mutant.step() == "without its field `address`").unwrap();
    let Extra::Steps(steps) = &mutant.policy.sections.extra else { panic!("no steps") };
    let fields = steps.as_slice().iter().flat_map(|(_, step)| step.fields.iter());
    assert_eq!(fields.collect::<Vec<_>>(), ["name"]);
}

#[test]
fn where_there_is_nothing_to_loosen_there_is_no_mutant() {
    let open = "name: p\ncountries: any\ndocuments: any\ntoken: { type: DOCUMENT }\n\
                expiry: { none: accept }\nverdict: { aml: { pep: accept, adverse_media: accept, false_positive: accept } }\n";
    let (_, all) = mutants(open, "deny: [KP]\n");
    assert_eq!(all.iter().map(|mutant| mutant.key().to_owned()).collect::<Vec<_>>(), ["eid"]);
    let (_, all) = mutants(
        "name: p\ncountries: [any, -IR]\ndocuments: any\nage: { min: 1, max: 150 }\nminors: { rationale: a test }\n",
        "timezone: UTC\n",
    );
    assert_eq!(steps(&all, "countries"), ["IR allowed"]);
    assert_eq!((steps(&all, "age.min"), steps(&all, "age.max")), (vec!["1 -> none"], vec!["150 -> none"]));
    assert_eq!(steps(&all, "expiry.none"), ["review -> accept"]);
}

#[test]
fn where_what_is_outside_is_looked_at_a_denied_country_is_let_through() {
    let (_, all) =
        mutants("name: p\ncountries: any\ndocuments: any\nip_country: { deny: [KP] }\n", "timezone: UTC\n");
    assert_eq!(steps(&all, "ip_country.deny"), ["KP denied -> passes"]);
}

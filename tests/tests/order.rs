//! Laws of the order of policies, and that it says what the verdict does.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use jiff::civil;
use jiff::tz::TimeZone;
use kyc_core::{Country, DocumentType};
use kyc_policy::{
    Applicant, Birth, Class, Expires, Facts, OrderedSection, Policy, PolicySet, ReasonKind, ResultTag,
    Ruling, SourceMap, Tag, Today, check_policy, check_set,
};
use kyc_tests::generate::{self, Format, Value};
use kyc_tests::{now, shipped};
use proptest::prelude::*;

const PLAIN: Format =
    Format { flow: false, quotes: None, comments: false, crlf: false, mark: false, reversed: false };

fn policy(value: &Value) -> Policy {
    let text = generate::write(value, PLAIN);
    let checked =
        check_policy(&mut SourceMap::default(), "p.yaml", Some("p"), text.as_bytes(), &PolicySet::empty());
    checked.value.unwrap_or_else(|| panic!("{:?}\n{text}", checked.diagnostics))
}

/// A result that nothing stands against.
fn fine() -> Facts {
    let applicant = Applicant {
        country: Country::from_alpha2("LT"),
        document: Some(DocumentType::Passport),
        birth: Some(Birth::Age(40)),
        ..Applicant::default()
    };
    applicant.facts(now(), &TimeZone::UTC)
}

/// How bad the reasons of these kinds are: 0 if there is none.
fn badness(policy: &Policy, facts: &Facts, kinds: &[ReasonKind]) -> u32 {
    let judgement = policy.judge(facts, Today::default());
    let reasons = judgement.reasons().iter().filter(|reason| kinds.contains(&reason.kind));
    reasons.map(|reason| reason.outcome as u32 - Ruling::Accept as u32).max().unwrap_or(0)
}

/// The class by brute force: every case is judged under both policies.
fn by_verdict(
    new: &Policy,
    old: &Policy,
    cases: &[Facts],
    kinds: &[ReasonKind],
    is_yes_or_no: bool,
) -> Class {
    let level = |badness: u32| if is_yes_or_no { badness.min(1) } else { badness };
    cases.iter().fold(Class::Equal, |class, facts| {
        let (new, old) = (level(badness(new, facts, kinds)), level(badness(old, facts, kinds)));
        class.and(match new.cmp(&old) {
            std::cmp::Ordering::Less => Class::Looser,
            std::cmp::Ordering::Equal => Class::Equal,
            std::cmp::Ordering::Greater => Class::Tighter,
        })
    })
}

fn with(change: impl FnOnce(&mut Facts)) -> Facts {
    let mut facts = fine();
    change(&mut facts);
    facts
}

/// Every country, and an unknown one.
fn countries() -> impl Iterator<Item = Option<Country>> {
    Country::all().map(Some).chain([None])
}

/// Countries that some generated policy names, one that none does, and an unknown one.
fn few_countries() -> impl Iterator<Item = Option<Country>> {
    ["LT", "LV", "NO", "LI", "CH", "DE", "KP", "IR", "MM", "US"]
        .into_iter()
        .map(Country::from_alpha2)
        .chain([None])
}

fn matrix(countries: impl Iterator<Item = Option<Country>>) -> Vec<Facts> {
    let types = || DocumentType::ALL.iter().copied().filter(|document| document.can_result()).map(Some);
    let cases = countries.flat_map(|country| types().map(move |document| (country, document)));
    cases
        .map(|(country, document)| {
            with(|facts| (facts.issuing_country, facts.document_type) = (country, document))
        })
        .collect()
}

/// Every pair of the shipped policies, over every country, every document type and every age there is.
#[test]
fn the_shipped_policies_compare_as_every_single_case_is_judged() {
    use ReasonKind::{
        AgeUnknown, CountryOutside, CountryUnknown, DocumentOutside, DocumentUnknown, TooOld, TooYoung,
    };
    let names = [
        "eu-onboarding",
        "age-21-sale",
        "document-recheck",
        "driver-rental",
        "iframe-kiosk",
        "crypto-high-risk",
    ];
    let (set, _) = check_set(&mut SourceMap::default(), "_set.yaml", shipped("_set.yaml").as_bytes());
    let read = |name: &str| {
        let text = shipped(&format!("{name}.yaml"));
        check_policy(&mut SourceMap::default(), name, Some(name), text.as_bytes(), &set)
            .value
            .unwrap_or_else(|| panic!("{name}"))
    };
    let policies = names.map(read);
    let ages = (0..=151).map(Birth::Age).map(Some).chain([None]);
    let ages: Vec<_> = ages.map(|birth| with(|facts| facts.birth = birth)).collect();
    let documents = matrix(countries());
    let of_documents = [CountryUnknown, CountryOutside, DocumentUnknown, DocumentOutside];
    let of_ages = [AgeUnknown, TooOld, TooYoung];
    for (kinds, cases, section) in
        [(&of_documents[..], &documents, OrderedSection::Matrix), (&of_ages[..], &ages, OrderedSection::Age)]
    {
        let levels = policies
            .each_ref()
            .map(|policy| cases.iter().map(|facts| badness(policy, facts, kinds).min(1)).collect::<Vec<_>>());
        for (new, new_levels) in policies.iter().zip(&levels) {
            for (old, old_levels) in policies.iter().zip(&levels) {
                let has =
                    |more: fn(&u32, &u32) -> bool| new_levels.iter().zip(old_levels).any(|(a, b)| more(a, b));
                let judged = match (has(|new, old| new < old), has(|new, old| new > old)) {
                    (false, false) => Class::Equal,
                    (true, false) => Class::Looser,
                    (false, true) => Class::Tighter,
                    (true, true) => Class::Changed,
                };
                assert_eq!(section.compare(new, old), judged, "{section}: {} and {}", new.name(), old.name());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_is_a_preorder(a in generate::policy(), b in generate::policy(), c in generate::policy()) {
        let (a, b, c) = (policy(&a), policy(&b), policy(&c));
        prop_assert_eq!(a.compare(&a), Class::Equal);
        for section in OrderedSection::ALL {
            let (ab, ba) = (section.compare(&a, &b), section.compare(&b, &a));
            prop_assert_eq!(ab, ba.mirrored(), "{}", section);
            let (bc, ac) = (section.compare(&b, &c), section.compare(&a, &c));
            if ab.is_not_looser() && bc.is_not_looser() {
                prop_assert!(ac.is_not_looser(), "{section}: {ab:?} {bc:?} {ac:?}");
                // What is tighter somewhere stays so, whatever else is tighter too.
                prop_assert_eq!(ac == Class::Equal, ab == Class::Equal && bc == Class::Equal, "{}", section);
            }
        }
        if a.digest() == b.digest() {
            prop_assert_eq!(a.compare(&b), Class::Equal);
        }
    }

    #[test]
    fn matrices_compare_as_the_verdict_judges_every_case(a in generate::policy(), b in generate::policy()) {
        use ReasonKind::{CountryOutside, CountryUnknown, DocumentOutside, DocumentUnknown};
        let (a, b) = (policy(&a), policy(&b));
        let kinds = [CountryUnknown, CountryOutside, DocumentUnknown, DocumentOutside];
        let judged = by_verdict(&a, &b, &matrix(few_countries()), &kinds, true);
        prop_assert_eq!(OrderedSection::Matrix.compare(&a, &b), judged);
    }

    #[test]
    fn ages_compare_as_the_verdict_judges_every_age(a in generate::policy(), b in generate::policy()) {
        use ReasonKind::{AgeUnknown, TooOld, TooYoung};
        let (a, b) = (policy(&a), policy(&b));
        let ages = (0..=151).map(Birth::Age).map(Some).chain([None]);
        let cases: Vec<_> = ages.map(|birth| with(|facts| facts.birth = birth)).collect();
        let judged = by_verdict(&a, &b, &cases, &[AgeUnknown, TooOld, TooYoung], true);
        prop_assert_eq!(OrderedSection::Age.compare(&a, &b), judged);
    }

    #[test]
    fn nationalities_compare_as_the_verdict_judges_every_country(a in generate::policy(), b in generate::policy()) {
        use ReasonKind::{NationalityDenied, NationalityReview, NationalityUnknown};
        let (a, b) = (policy(&a), policy(&b));
        let cases: Vec<_> = countries().map(|country| with(|facts| facts.nationality = country)).collect();
        let kinds = [NationalityUnknown, NationalityDenied, NationalityReview];
        prop_assert_eq!(OrderedSection::Nationality.compare(&a, &b), by_verdict(&a, &b, &cases, &kinds, false));
    }

    #[test]
    fn expiries_compare_as_the_verdict_judges_every_day(a in generate::policy(), b in generate::policy()) {
        use ReasonKind::{DocumentExpired, ExpiresTooSoon, ExpiryNone, ExpiryUnknown};
        let (a, b) = (policy(&a), policy(&b));
        let first = civil::date(2026, 11, 1);
        let days = (0..120_i64).map(|day| first.checked_add(jiff::Span::new().days(day)).unwrap());
        let expiries = days.map(Expires::On).map(Some).chain([Some(Expires::Never), None]);
        let cases: Vec<_> = expiries.map(|expires| with(|facts| facts.expires = expires)).collect();
        let kinds = [ExpiryUnknown, ExpiryNone, DocumentExpired, ExpiresTooSoon];
        // What is outside is worse or not by `verdict.outside`, which is compared by itself.
        let same_outside = a.sections().verdict.outside == b.sections().verdict.outside;
        prop_assume!(same_outside);
        prop_assert_eq!(OrderedSection::Expiry.compare(&a, &b), by_verdict(&a, &b, &cases, &kinds, false));
    }

    #[test]
    fn verdicts_compare_as_the_verdict_judges_every_tag_and_list(a in generate::policy(), b in generate::policy()) {
        use kyc_policy::AmlStatus::{FalsePositive, Hit};
        let (a, b) = (policy(&a), policy(&b));
        let tags = Tag::ALL.iter().copied().map(ResultTag::Known).chain([ResultTag::from_word("BRAND_NEW")]);
        let mut cases: Vec<_> = tags.map(|tag| with(|facts| facts.tags = vec![tag])).collect();
        for status in [FalsePositive, Hit] {
            cases.push(with(|facts| facts.aml.sanctions = status));
            cases.push(with(|facts| facts.aml.pep = status));
            cases.push(with(|facts| facts.aml.adverse_media = status));
        }
        // Something outside, whose outcome is `verdict.outside` in every policy that has a lower age.
        let kinds = [ReasonKind::Tagged, ReasonKind::TagUnknown, ReasonKind::ListHit];
        let judged = by_verdict(&a, &b, &cases, &kinds, false);
        let outside = a.sections().verdict.outside.cmp(&b.sections().verdict.outside);
        let outside = match outside {
            std::cmp::Ordering::Less => Class::Looser,
            std::cmp::Ordering::Equal => Class::Equal,
            std::cmp::Ordering::Greater => Class::Tighter,
        };
        prop_assert_eq!(OrderedSection::Verdict.compare(&a, &b), judged.and(outside));
    }

    #[test]
    fn whoever_passes_a_tighter_policy_passes_the_looser_one(
        a in generate::policy(),
        b in generate::policy(),
        country in 0..11_usize,
        document in 0..36_usize,
        age in 0..100_u32,
        tag in 0..58_usize,
    ) {
        let (a, b) = (policy(&a), policy(&b));
        let facts = with(|facts| {
            facts.issuing_country = few_countries().nth(country).flatten();
            facts.document_type = DocumentType::ALL.get(document).copied();
            facts.birth = Some(Birth::Age(age));
            facts.tags = Tag::ALL.get(tag).map(|tag| ResultTag::Known(*tag)).into_iter().collect();
        });
        if a.compare(&b).is_not_looser() {
            let (a, b) = (a.judge(&facts, Today::default()), b.judge(&facts, Today::default()));
            prop_assert!(b.ruling() <= a.ruling(), "{a:?} {b:?}");
        }
    }
}

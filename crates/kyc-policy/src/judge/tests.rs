//! Each kind of reason, beside the nearest result that passes.

use kyc_core::{Country, Date, DocumentResult, DocumentType, FaceResult, Flag, Flags, SessionStatus};

use super::*;
use crate::source::SourceMap;
use crate::{PolicySet, check_policy};

fn policy(text: &str) -> Policy {
    let text = format!("name: p\n{text}");
    let checked =
        check_policy(&mut SourceMap::default(), "p.yaml", Some("p"), text.as_bytes(), &PolicySet::empty());
    checked.value.unwrap_or_else(|| panic!("{:?}\n{text}", checked.diagnostics))
}

const BALTIC: &str = "countries: [EE, LT, LV]\ndocuments: { any: [PASSPORT, ID_CARD], EE: [PASSPORT] }\neid: [SMART_ID]\n\
    nationality: { deny: [KP], review: [IR] }\nip_country: { deny: [KP], review: [RU] }\nage: { min: 18, max: 75 }\n\
    expiry: { none: accept, min_remaining: 30d }\nmanual_review: { successful: true }\n\
    checks: { aml: true, liveness: true, duplicate_faces: true }\nclient: { require: [document_country] }\n\
    verdict: { outside: reject, tags: { UNDER_AGE: reject, NAME: review, DOC_MOBILE_PHOTO: accept }, \
    aml: { sanctions: reject, false_positive: accept } }\n";

fn country(code: &str) -> Option<Country> {
    code.parse().ok()
}

/// A result that passes under every policy here.
fn fine() -> Facts {
    Facts {
        is_final: true,
        status: SessionStatus::Approved,
        document: Some(DocumentResult::Validated),
        face: Some(FaceResult::Match),
        issuing_country: country("LT"),
        document_type: Some(DocumentType::IdCard),
        nationality: country("LT"),
        ip_country: country("LT"),
        birth: Some(Birth::Day(Date::new(1990, 5, 15).unwrap())),
        expires: Some(Expires::On(civil::date(2030, 1, 1))),
        tags: Vec::new(),
        aml: Aml::default(),
        shown: [Flag::ReviewSuccessful, Flag::CheckAml, Flag::CheckLiveness]
            .into_iter()
            .fold(Flags::NONE, |flags, flag| flags.with(flag, true)),
        started: "2026-11-23T12:00:00Z".parse().unwrap(),
        finished: "2026-11-23T12:05:00Z".parse().unwrap(),
    }
}

fn changed(change: impl Fn(&mut Facts)) -> Facts {
    let mut facts = fine();
    change(&mut facts);
    facts
}

/// The ruling with the kinds and keys of the reasons.
fn judged(policy: &Policy, facts: &Facts) -> (Ruling, Vec<(ReasonKind, String)>) {
    let judgement = policy.judge(facts, Today::default());
    let reason = |reason: &Reason| (reason.kind, reason.key.clone().unwrap_or_default().into_owned());
    (judgement.ruling(), judgement.reasons().iter().map(reason).collect())
}

type Change = fn(&mut Facts);
type Expected = &'static [(ReasonKind, &'static str)];

#[test]
fn each_fact_outside_the_policy_is_a_reason_with_its_key() {
    use ReasonKind as K;
    use Ruling as R;
    let policy = policy(BALTIC);
    let cases: &[(Change, R, Expected)] = &[
        (|_| {}, R::Accept, &[]),
        (|f| f.is_final = false, R::Pending, &[(K::NotFinal, "")]),
        (|f| f.status = SessionStatus::Expired, R::Expired, &[(K::SessionExpired, "")]),
        (
            |f| (f.is_final, f.status) = (false, SessionStatus::Expired),
            R::Expired,
            &[(K::SessionExpired, "")],
        ),
        (|f| f.status = SessionStatus::Denied, R::Reject, &[(K::VendorDenied, "")]),
        (|f| f.status = SessionStatus::Suspected, R::Accept, &[]),
        (|f| f.status = SessionStatus::Reviewing, R::Review, &[(K::StatusInconclusive, "")]),
        (|f| f.status = SessionStatus::from_word("NEW"), R::Review, &[(K::StatusInconclusive, "")]),
        (
            |f| f.document = Some(DocumentResult::Fake),
            R::Review,
            &[(K::DocumentNotValidated, ""), (K::VendorOverride, "")],
        ),
        (|f| f.document = None, R::Review, &[(K::DocumentNotValidated, ""), (K::VendorOverride, "")]),
        (|f| f.face = None, R::Review, &[(K::FaceNotMatched, "token.type"), (K::VendorOverride, "")]),
        (
            |f| (f.status, f.face) = (SessionStatus::Suspected, Some(FaceResult::NotChecked)),
            R::Review,
            &[(K::FaceNotMatched, "token.type")],
        ),
        (|f| f.issuing_country = None, R::Review, &[(K::CountryUnknown, "countries")]),
        (|f| f.issuing_country = country("PL"), R::Reject, &[(K::CountryOutside, "countries")]),
        (|f| f.document_type = None, R::Review, &[(K::DocumentUnknown, "documents")]),
        (|f| f.document_type = Some(DocumentType::Visa), R::Reject, &[(K::DocumentOutside, "documents")]),
        (|f| f.issuing_country = country("EE"), R::Reject, &[(K::DocumentOutside, "documents")]),
        (
            |f| (f.issuing_country, f.document_type) = (country("EE"), Some(DocumentType::Passport)),
            R::Accept,
            &[],
        ),
        (|f| f.document_type = Some(DocumentType::SmartId), R::Accept, &[]),
        (|f| f.document_type = Some(DocumentType::MitId), R::Reject, &[(K::DocumentOutside, "eid")]),
        (|f| f.nationality = None, R::Review, &[(K::NationalityUnknown, "nationality")]),
        (|f| f.nationality = country("KP"), R::Reject, &[(K::NationalityDenied, "nationality.deny")]),
        (|f| f.nationality = country("IR"), R::Review, &[(K::NationalityReview, "nationality.review")]),
        (|f| f.ip_country = None, R::Review, &[(K::IpCountryUnknown, "ip_country")]),
        (|f| f.ip_country = country("KP"), R::Reject, &[(K::IpCountryDenied, "ip_country.deny")]),
        (|f| f.ip_country = country("RU"), R::Review, &[(K::IpCountryReview, "ip_country.review")]),
        (|f| f.birth = None, R::Review, &[(K::AgeUnknown, "age")]),
        (|f| f.birth = Some(Birth::Month(2000, 13)), R::Review, &[(K::AgeUnknown, "age")]),
        (|f| f.birth = Some(Birth::Age(17)), R::Reject, &[(K::TooYoung, "age.min")]),
        (|f| f.birth = Some(Birth::Age(18)), R::Accept, &[]),
        (|f| f.birth = Some(Birth::Age(75)), R::Accept, &[]),
        (|f| f.birth = Some(Birth::Age(76)), R::Reject, &[(K::TooOld, "age.max")]),
        (|f| f.birth = Some(Birth::Year(2008)), R::Reject, &[(K::TooYoung, "age.min")]),
        (|f| f.expires = None, R::Review, &[(K::ExpiryUnknown, "expiry")]),
        (|f| f.expires = Some(Expires::Never), R::Accept, &[]),
        (
            |f| f.expires = Some(Expires::On(civil::date(2026, 11, 22))),
            R::Reject,
            &[(K::DocumentExpired, "expiry")],
        ),
        (
            |f| f.expires = Some(Expires::On(civil::date(2026, 12, 22))),
            R::Reject,
            &[(K::ExpiresTooSoon, "expiry.min_remaining")],
        ),
        (|f| f.expires = Some(Expires::On(civil::date(2026, 12, 23))), R::Accept, &[]),
        (
            |f| f.tags = vec![ResultTag::from_word("UNDER_AGE")],
            R::Reject,
            &[(K::Tagged, "verdict.tags.UNDER_AGE")],
        ),
        (|f| f.tags = vec![ResultTag::from_word("SURNAME")], R::Review, &[(K::Tagged, "verdict.default")]),
        (|f| f.tags = vec![ResultTag::from_word("DOC_MOBILE_PHOTO")], R::Accept, &[]),
        (
            |f| f.tags = vec![ResultTag::from_word("BRAND_NEW")],
            R::Review,
            &[(K::TagUnknown, "verdict.default")],
        ),
        (|f| f.aml.sanctions = AmlStatus::Hit, R::Reject, &[(K::ListHit, "verdict.aml.sanctions")]),
        (|f| f.aml.pep = AmlStatus::Hit, R::Review, &[(K::ListHit, "verdict.default")]),
        (|f| f.aml.adverse_media = AmlStatus::FalsePositive, R::Accept, &[]),
        (|f| f.aml.sanctions = AmlStatus::Clear, R::Accept, &[]),
        (
            |f| f.shown = f.shown.with(Flag::CheckLiveness, false),
            R::Review,
            &[(K::EvidenceMissing, "checks.liveness")],
        ),
        (
            |f| f.shown = Flags::NONE,
            R::Review,
            &[
                (K::EvidenceMissing, "manual_review.successful"),
                (K::EvidenceMissing, "checks.aml"),
                (K::EvidenceMissing, "checks.liveness"),
            ],
        ),
        (
            |f| (f.birth, f.nationality) = (Some(Birth::Age(17)), None),
            R::Reject,
            &[(K::TooYoung, "age.min"), (K::NationalityUnknown, "nationality")],
        ),
    ];
    for (index, (change, ruling, reasons)) in cases.iter().enumerate() {
        let expected = reasons.iter().map(|(kind, key)| (*kind, (*key).to_owned())).collect();
        assert_eq!(judged(&policy, &changed(change)), (*ruling, expected), "case {index}");
    }
}

#[test]
fn every_kind_of_reason_is_reached_by_a_test() {
    let text = include_str!("tests.rs");
    for kind in ReasonKind::ALL {
        assert!(text.contains(&format!("K::{kind:?}")), "{kind}");
    }
}

#[test]
fn a_document_of_every_country_needs_no_known_country() {
    use ReasonKind as K;
    let open = policy("countries: any\ndocuments: [ID_CARD]\n");
    let unknown = changed(|facts| facts.issuing_country = None);
    assert_eq!(judged(&open, &unknown), (Ruling::Accept, vec![]));
    // Unless one is denied today: it could be that one.
    let deny = country("KP").into_iter().collect();
    let judgement = open.judge(&unknown, Today { deny });
    assert_eq!(judgement.reasons().iter().map(|reason| reason.kind).collect::<Vec<_>>(), [K::CountryUnknown]);
    let denied = changed(|facts| facts.issuing_country = country("KP"));
    assert_eq!(judged(&open, &denied), (Ruling::Accept, vec![]));
    let judgement = open.judge(&denied, Today { deny });
    assert_eq!(judgement.reasons().iter().map(|reason| reason.kind).collect::<Vec<_>>(), [K::CountryDenied]);
    assert_eq!(judgement.ruling(), Ruling::Review);
}

#[test]
fn a_document_without_an_expiry_date_is_looked_at_unless_the_policy_says_otherwise() {
    use ReasonKind as K;
    let never = changed(|facts| facts.expires = Some(Expires::Never));
    for (text, ruling) in [("", Ruling::Review), ("expiry: { none: reject }\n", Ruling::Reject)] {
        let policy = policy(&format!("countries: [LT]\ndocuments: [ID_CARD]\n{text}"));
        assert_eq!(judged(&policy, &never), (ruling, vec![(K::ExpiryNone, "expiry.none".to_owned())]));
    }
}

#[test]
fn of_a_document_alone_no_face_is_asked() {
    let recheck = policy("countries: [LT]\ndocuments: [ID_CARD]\ntoken: { type: DOCUMENT }\n");
    for face in [None, Some(FaceResult::NotChecked)] {
        assert_eq!(judged(&recheck, &changed(|facts| facts.face = face.clone())), (Ruling::Accept, vec![]));
    }
}

#[test]
fn days_are_those_of_the_policy_and_the_stricter_end_of_the_session_counts() {
    let mut sources = SourceMap::default();
    let (set, _) = crate::check_set(&mut sources, "_set.yaml", b"timezone: Pacific/Auckland\n");
    let text = "name: p\ncountries: [LT]\ndocuments: [ID_CARD]\nage: { min: 18, max: 20 }\n";
    let checked = check_policy(&mut sources, "p.yaml", None, text.as_bytes(), &set);
    let policy = checked.value.unwrap();
    // It is already the 24th there while the session runs past midnight to the 25th.
    let born = |year, day| {
        changed(|facts| {
            facts.birth = Some(Birth::Day(Date::new(year, 11, day).unwrap()));
            facts.started = "2026-11-24T10:55:00Z".parse().unwrap();
            facts.finished = "2026-11-24T11:05:00Z".parse().unwrap();
        })
    };
    assert_eq!(judged(&policy, &born(2008, 24)).0, Ruling::Accept);
    assert_eq!(judged(&policy, &born(2008, 25)).0, Ruling::Review, "18 only when the session ends");
    assert_eq!(judged(&policy, &born(2005, 26)).0, Ruling::Accept);
    assert_eq!(judged(&policy, &born(2005, 25)).0, Ruling::Review, "21 when the session ends");
}

#[test]
fn an_age_that_is_known_roughly_is_perhaps_outside() {
    let policy = policy("countries: [LT]\ndocuments: [ID_CARD]\nage: { min: 18, max: 75 }\n");
    for (birth, message) in [
        (Birth::Year(2009), Some("younger than 18")),
        (Birth::Year(2008), Some("perhaps younger than 18")),
        (Birth::Year(2007), None),
        (Birth::Year(1951), None),
        (Birth::Year(1950), Some("perhaps older than 75")),
        (Birth::Year(1949), Some("older than 75")),
        (Birth::Age(17), Some("younger than 18")),
        (Birth::Age(76), Some("older than 75")),
    ] {
        let judgement = policy.judge(&changed(|facts| facts.birth = Some(birth)), Today::default());
        let told: Vec<_> = judgement.reasons().iter().map(|reason| reason.message.as_str()).collect();
        assert_eq!(told, message.into_iter().collect::<Vec<&str>>());
    }
}

#[test]
fn no_message_tells_a_value_of_the_person() {
    let policy = policy(BALTIC);
    let facts = changed(|facts| {
        facts.issuing_country = country("PL");
        facts.nationality = country("KP");
        facts.ip_country = country("RU");
        facts.birth = Some(Birth::Day(Date::new(2012, 5, 15).unwrap()));
        facts.expires = Some(Expires::On(civil::date(2020, 3, 4)));
    });
    let judgement = policy.judge(&facts, Today::default());
    let told = format!("{judgement:?} {facts:?}");
    for value in ["PL", "KP", "RU", "2012", "2020", "14"] {
        assert!(!told.contains(value), "{value} in {told}");
    }
}

#[test]
fn a_recorded_policy_judges_as_the_policy_did() {
    let policy = policy(BALTIC);
    let recorded = crate::ArchivedPolicy::read(&policy.canonical(), policy.digest()).unwrap();
    let facts = changed(|facts| facts.birth = Some(Birth::Age(17)));
    assert_eq!(recorded.judge(&facts, Today::default()), policy.judge(&facts, Today::default()));
}

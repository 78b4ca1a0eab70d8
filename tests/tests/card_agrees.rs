//! What a card says of a policy agrees with the verdict: over every single thing that can be wrong with a result, and over
//! every document of every country.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::date;
use kyc::core::{Country, Date, DocumentResult, DocumentType, FaceResult, Flag, Flags, SessionStatus};
use kyc::policy::{Aml, AmlStatus, Birth, Expires, Facts, Reason, ReasonKind, ResultTag, Ruling, Tag, Today};
use kyc::{Folder, Policy};
use kyc_review::card::{Block, Fact};
use kyc_review::{Card, Context};
use kyc_tests::{cases, corpus};

/// Every valid policy of the corpus and of the shipped folder.
fn policies() -> Vec<Policy> {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies");
    let shipped = Folder::read(&shipped).unwrap().into_policies().unwrap();
    let corpus = cases(&corpus("valid")).into_iter().filter_map(|case| case.run().policy);
    let policies: Vec<Policy> = shipped.into_iter().chain(corpus).collect();
    assert!(policies.len() > 20, "{}", policies.len());
    policies
}

/// A result that the policy accepts, found by trying.
fn accepted(policy: &Policy) -> Option<Facts> {
    let sections = policy.sections();
    let noon = "2026-11-23T12:00:00Z".parse().unwrap();
    let youngest = sections.age.min().map_or(30, kyc::core::Age::get);
    let age = sections.age.max().map_or(youngest, |max| youngest.min(max.get()));
    let fine = Facts {
        is_final: true,
        status: SessionStatus::Approved,
        document: Some(DocumentResult::Validated),
        face: Some(FaceResult::Match),
        issuing_country: None,
        document_type: None,
        nationality: None,
        ip_country: None,
        birth: Some(Birth::Age(age)),
        expires: Some(Expires::On(date(2026, 11, 23).saturating_add(20.years()))),
        tags: Vec::new(),
        aml: Aml { sanctions: AmlStatus::Clear, pep: AmlStatus::Clear, adverse_media: AmlStatus::Clear },
        shown: Flag::ALL.iter().fold(Flags::NONE, |flags, flag| flags.with(*flag, true)),
        started: noon,
        finished: noon,
    };
    let screened = |deny: kyc::core::CountrySet, review: kyc::core::CountrySet| {
        Country::all().find(|country| !deny.contains(*country) && !review.contains(*country))
    };
    let nationality = screened(sections.nationality.deny, sections.nationality.review);
    let ip_country = screened(sections.ip_country.deny, sections.ip_country.review);
    let documents =
        policy.countries().iter().flat_map(|country| DocumentType::ALL.iter().map(move |of| (country, *of)));
    documents
        .map(|(country, document)| Facts {
            issuing_country: Some(country),
            document_type: Some(document),
            nationality,
            ip_country,
            ..fine.clone()
        })
        .find(|facts| policy.judge(facts, Today::default()).ruling() == Ruling::Accept)
}

/// The result with one thing changed, in every way that matters.
fn variations(fine: &Facts) -> Vec<Facts> {
    let mut all = Vec::new();
    let mut with = |change: &dyn Fn(&mut Facts)| {
        let mut facts = fine.clone();
        change(&mut facts);
        all.push(facts);
    };
    for country in Country::all().map(Some).chain([None]) {
        with(&|facts| facts.issuing_country = country);
        with(&|facts| facts.nationality = country);
        with(&|facts| facts.ip_country = country);
    }
    for document in DocumentType::ALL.iter().copied().map(Some).chain([None]) {
        with(&|facts| facts.document_type = document);
    }
    for age in 0..=151 {
        with(&|facts| facts.birth = Some(Birth::Age(age)));
    }
    with(&|facts| facts.birth = Some(Birth::Day(Date::new(2026, 11, 1).unwrap())));
    with(&|facts| facts.birth = None);
    for days in -1..=400 {
        with(&|facts| facts.expires = Some(Expires::On(date(2026, 11, 23).saturating_add(days.days()))));
    }
    with(&|facts| facts.expires = Some(Expires::Never));
    with(&|facts| facts.expires = None);
    for tag in Tag::ALL {
        with(&|facts| facts.tags = vec![ResultTag::Known(*tag)]);
    }
    with(&|facts| facts.tags = vec![ResultTag::from_word("NEWER_THAN_US")]);
    for status in [AmlStatus::Hit, AmlStatus::FalsePositive] {
        with(&|facts| facts.aml.sanctions = status);
        with(&|facts| facts.aml.pep = status);
        with(&|facts| facts.aml.adverse_media = status);
    }
    for status in ["DENIED", "SUSPECTED", "REVIEWING", "NEW"] {
        with(&|facts| facts.status = SessionStatus::from_word(status));
    }
    with(&|facts| facts.document = None);
    with(&|facts| facts.face = Some(FaceResult::NotChecked));
    for flag in Flag::ALL {
        with(&|facts| facts.shown = facts.shown.with(*flag, false));
    }
    all
}

/// The statements under review, or under refusal.
fn statements(card: &Card, ruling: Ruling) -> Vec<&Fact> {
    let id = if ruling == Ruling::Review { "review" } else { "refused" };
    let blocks = card.parts.iter().filter(|part| part.id == id).flat_map(|part| &part.blocks);
    let facts = blocks.filter_map(|block| match block {
        Block::Facts(facts) => Some(facts),
        Block::Table(_) => None,
    });
    facts.flatten().collect()
}

/// Whether the statement tells of this reason.
fn tells(fact: &Fact, reason: &Reason) -> bool {
    use ReasonKind as K;
    let key = fact.key.as_deref();
    let untold = |what: &str| {
        key.is_none() && fact.text.starts_with("Results that do not tell") && fact.text.contains(what)
    };
    let says = |text: &str| key.is_none() && fact.text.contains(text);
    match reason.kind {
        K::CountryUnknown => untold("issuing country"),
        K::DocumentUnknown => untold("kind of document"),
        K::AgeUnknown => untold("date of birth"),
        K::ExpiryUnknown => untold("expiry date"),
        K::NationalityUnknown => untold("nationality"),
        K::IpCountryUnknown => untold("country of the connection"),
        K::DocumentOutside => matches!(key, Some("documents" | "eid")),
        K::DocumentExpired | K::ExpiresTooSoon => key == Some("expiry"),
        K::EvidenceMissing => says("lack the trace"),
        K::VendorDenied => says("the vendor itself refuses"),
        K::StatusInconclusive => says("no conclusion"),
        K::DocumentNotValidated | K::FaceNotMatched | K::VendorOverride => says("did not pass"),
        _ => key.is_some() && key == reason.key.as_deref(),
    }
}

#[test]
fn whatever_stands_against_acceptance_is_told_with_its_outcome_and_nothing_else_is() {
    let mut judged = 0;
    for policy in policies() {
        let Some(fine) = accepted(&policy) else { continue };
        let card = Card::new(&policy, &Context::default());
        let mut told = BTreeSet::new();
        for facts in variations(&fine) {
            for reason in policy.judge(&facts, Today::default()).reasons() {
                // The card leaves out lists that nobody is asked for.
                if reason.kind == ReasonKind::ListHit
                    && policy.sections().flags.state(Flag::CheckAml) == Some(false)
                {
                    continue;
                }
                if reason.outcome == Ruling::Accept {
                    continue;
                }
                let statements = statements(&card, reason.outcome);
                let telling: Vec<_> = statements.iter().filter(|fact| tells(fact, reason)).collect();
                assert!(!telling.is_empty(), "{}: nothing tells of {reason:?}", policy.name());
                told.extend(telling.into_iter().map(|fact| (reason.outcome.as_str(), fact.text.clone())));
                judged += 1;
            }
        }
        for ruling in [Ruling::Review, Ruling::Reject] {
            for fact in statements(&card, ruling) {
                let is_told = told.contains(&(ruling.as_str(), fact.text.clone()));
                // Where every warning and list has a line of its own, nothing is left for the others but what is new.
                assert!(is_told, "{}: nothing is {ruling} for `{}`", policy.name(), fact.text);
            }
        }
    }
    assert!(judged > 10_000, "{judged}");
}

#[test]
fn the_map_accepts_what_the_verdict_does() {
    for policy in policies() {
        let Some(fine) = accepted(&policy) else { continue };
        let card = Card::new(&policy, &Context::default());
        for place in &card.countries {
            for document in DocumentType::ALL {
                let facts = Facts {
                    issuing_country: place.code.parse().ok(),
                    document_type: Some(*document),
                    ..fine.clone()
                };
                let is_accepted = policy.judge(&facts, Today::default()).ruling() == Ruling::Accept;
                let is_on_map = place.documents.contains(&document.as_str());
                assert_eq!(is_on_map, is_accepted, "{}: {document} of {}", policy.name(), place.code);
            }
        }
    }
}

//! Cases to paste: one that touches an edge, one that would notice a mutant.

use jiff::Timestamp;
use kyc_core::FaceResult;
use kyc_policy::{
    Applicant, ClientField, InputValue, Judgement, Mutant, ResultTag, Trait, Validity, Whence, Witness,
};

use crate::around::UnderTest;
use crate::coverage::input;
use crate::edges::{Edge, Probe};
use crate::made_up;
use crate::subject::{Body, Subject};
use crate::written;

/// A case that touches an edge.
pub(crate) fn of_edge(edge: &Edge, under: UnderTest<'_>, now: Timestamp) -> String {
    match &edge.probe {
        Probe::Facts { applicant, .. } => {
            let judgement = judged(under.policy, applicant, under, now);
            of_facts(&edge.what, applicant, &judgement)
        }
        Probe::Client { client, without, now: own, .. } => {
            let given = written::client(client, *without, *own);
            let expected = match under.policy.body(&input(client), own.unwrap_or(now)) {
                Ok(_) => "request".to_owned(),
                Err(problems) => written::problems(&problems),
            };
            written::case(&edge.what, &given, &expected)
        }
    }
}

/// A case that comes out otherwise under a mutant, and who it is about.
pub(crate) fn of_mutant(
    mutant: &Mutant,
    edges: &[Edge],
    under: UnderTest<'_>,
    now: Timestamp,
) -> Option<(String, String)> {
    let change = mutant.change(under.policy, under.set);
    let witness = change.as_ref().and_then(|change| change.gains.as_ref().or(change.loses.as_ref()));
    if let Some(witness) = witness
        && let Some(case) = by_facts(&witness.applicant(), &of_witness(witness), mutant, under, now)
    {
        return Some((case, witness.to_string()));
    }
    let situation = change.map(|change| change.situation).filter(|situation| !situation.is_empty());
    let who = situation.map_or_else(|| "every client".to_owned(), |situation| situation.join("; "));
    let by_fact = edges.iter().find_map(|edge| match &edge.probe {
        Probe::Facts { applicant, .. } => {
            Some((by_facts(&edge.what, applicant, mutant, under, now)?, edge.what.clone()))
        }
        Probe::Client { .. } => None,
    });
    by_fact.or_else(|| {
        let whole = made_up::client(under, now);
        let name = format!("{} is in the request", mutant.key());
        by_client(&name, &whole, None, mutant, under, now)
            .or_else(|| {
                edges.iter().find_map(|edge| match &edge.probe {
                    Probe::Client { client, without, now: None, .. } => {
                        by_client(&edge.what, client, *without, mutant, under, now)
                    }
                    Probe::Client { .. } | Probe::Facts { .. } => None,
                })
            })
            .map(|case| (case, who))
    })
}

fn judged(subject: &dyn Subject, applicant: &Applicant, under: UnderTest<'_>, now: Timestamp) -> Judgement {
    subject.judge(&applicant.facts(now, &subject.zone()), under.today())
}

fn of_facts(name: &str, applicant: &Applicant, judgement: &Judgement) -> String {
    written::case(name, &written::facts(applicant), &written::judgement(judgement))
}

/// The case, if the two make something different of the applicant.
fn by_facts(
    name: &str,
    applicant: &Applicant,
    mutant: &Mutant,
    under: UnderTest<'_>,
    now: Timestamp,
) -> Option<String> {
    let judgement = judged(under.policy, applicant, under, now);
    let other = judged(mutant, applicant, under, now);
    let kinds =
        |judgement: &Judgement| judgement.reasons().iter().map(|reason| reason.kind).collect::<Vec<_>>();
    let differs = judgement.ruling() != other.ruling() || kinds(&judgement) != kinds(&other);
    differs.then(|| of_facts(name, applicant, &judgement))
}

/// The case, if the two make something different of the client.
fn by_client(
    name: &str,
    client: &[(ClientField, InputValue)],
    without: Option<ClientField>,
    mutant: &Mutant,
    under: UnderTest<'_>,
    now: Timestamp,
) -> Option<String> {
    let (own, other) = (under.policy.body(&input(client), now), Subject::body(mutant, &input(client), now));
    let expected = match (own, other) {
        (Ok(own), Ok(other)) => differing(&own, &other)?,
        (Ok(_), Err(_)) => "request".to_owned(),
        (Err(problems), Ok(_)) => written::problems(&problems),
        (Err(problems), Err(others)) => {
            let (own, other) = (written::problems(&problems), written::problems(&others));
            (own != other).then_some(own)?
        }
    };
    Some(written::case(name, &written::client(client, without, None), &expected))
}

/// The fields in which two requests differ, as the first one has them. Personal ones do not count: they are the
/// client's, not the policy's.
fn differing(own: &Body, other: &Body) -> Option<String> {
    let is_plain = |name: &str| own.masked.get(name) == own.fields.get(name);
    let fields: Vec<_> = own
        .fields
        .iter()
        .filter(|(name, value)| is_plain(name) && other.fields.get(*name) != Some(*value))
        .map(|(name, value)| (name.as_str(), value))
        .collect();
    let absent: Vec<&str> =
        other.fields.keys().filter(|name| !own.fields.contains_key(*name)).map(String::as_str).collect();
    (!fields.is_empty() || !absent.is_empty()).then(|| written::request(&fields, &absent))
}

/// The applicant of a witness: what matters about them, and what they have anyway.
fn of_witness(witness: &Witness) -> Applicant {
    let facts = &witness.facts;
    let whence = |country: Option<kyc_core::Country>| match country {
        of if of == facts.issuing_country => Whence::Document,
        Some(country) => Whence::Of(country),
        None => Whence::Unknown,
    };
    let mut applicant = Applicant {
        country: facts.issuing_country,
        document: facts.document_type,
        birth: facts.birth,
        nationality: whence(facts.nationality),
        ip_country: whence(facts.ip_country),
        ..Applicant::default()
    };
    match witness.about {
        Trait::ValidFor(days) => applicant.expires = Validity::Days(days),
        Trait::NeverExpires => applicant.expires = Validity::Never,
        // In whatever year the cases happen.
        Trait::Expired => applicant.expires = Validity::On(jiff::civil::date(1999, 12, 31)),
        Trait::Tag(tag) => applicant.tags = vec![ResultTag::Known(tag)],
        Trait::UnknownTag => applicant.tags = vec![ResultTag::from_word("BRAND_NEW")],
        Trait::List(list) => applicant.aml = vec![list],
        Trait::FaceNotCompared => applicant.face_result = FaceResult::NotChecked,
        Trait::Untraced(flag) => applicant.untraced = vec![flag],
        Trait::Document(..) | Trait::Age(_) | Trait::Nationality(_) | Trait::IpCountry(_) => {}
    }
    applicant
}

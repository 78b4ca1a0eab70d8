//! The most ordinary applicant and client under a policy: whoever begins with them and changes one thing sees what that
//! thing decides.

use jiff::civil::Date as Day;
use jiff::{Timestamp, ToSpan};
use kyc_core::{Age, Country, CountrySet, Extra, StepType};
use kyc_policy::{Applicant, Birth, ClientField, InputValue, Policy, Whence};

use crate::around::UnderTest;

/// Somebody whom the policy accepts, if it accepts anybody.
pub(crate) fn applicant(under: UnderTest<'_>) -> Applicant {
    let country = country(under);
    let free = |screen: kyc_policy::Screen| {
        let stopped = screen.deny | screen.review;
        match country {
            Some(country) if stopped.contains(country) => {
                (CountrySet::ALL - stopped).iter().next().map_or(Whence::Document, Whence::Of)
            }
            _ => Whence::Document,
        }
    };
    let sections = under.policy.sections();
    let row = country.and_then(|country| sections.documents.row(country));
    let documents =
        row.map(kyc_policy::DocumentScope::effective).unwrap_or_default() | sections.documents.eid;
    Applicant {
        country,
        document: documents.iter().next(),
        birth: Some(Birth::Age(age(under.policy))),
        nationality: free(sections.nationality),
        ip_country: free(sections.ip_country),
        ..Applicant::default()
    }
}

/// A country of the policy, best one that no list looks at.
pub(crate) fn country(under: UnderTest<'_>) -> Option<Country> {
    let sections = under.policy.sections();
    let allowed = sections.countries.effective() - under.set.denied();
    let screened = [sections.nationality, sections.ip_country]
        .into_iter()
        .fold(CountrySet::EMPTY, |all, screen| all | screen.deny | screen.review);
    // One without a row of its own shows what holds for most.
    let rows: CountrySet = sections.documents.rows.iter().map(|(country, _)| *country).collect();
    let choices = [allowed - screened - rows, allowed - screened, allowed];
    choices.into_iter().find_map(|countries| countries.iter().next())
}

/// 40, or the nearest age that passes.
fn age(policy: &Policy) -> u32 {
    let age = policy.sections().age;
    40.clamp(age.min().map_or(0, Age::get), age.max().map_or(u32::MAX, Age::get))
}

/// A client with everything that the policy requires.
pub(crate) fn client(under: UnderTest<'_>, now: Timestamp) -> Vec<(ClientField, InputValue)> {
    let policy = under.policy;
    let mut fields: Vec<ClientField> = policy.required_fields().iter().collect();
    if policy.requires_name()
        && !fields.contains(&ClientField::FirstName)
        && !fields.contains(&ClientField::LastName)
    {
        fields.push(ClientField::FirstName);
    }
    fields.into_iter().filter_map(|field| Some((field, value(field, under, now)?))).collect()
}

/// A value of a field that the policy takes.
pub(crate) fn value(field: ClientField, under: UnderTest<'_>, now: Timestamp) -> Option<InputValue> {
    let sections = under.policy.sections();
    let today = sections.zone().to_datetime(now).date();
    let years = |count: i64| today.checked_add(count.years()).ok();
    let code = |country: Option<Country>| Some(country?.code().to_owned());
    let text = match field {
        ClientField::ClientId => "c-1".to_owned(),
        ClientField::ExternalRef => "ref-1".to_owned(),
        ClientField::FirstName => "Ann".to_owned(),
        ClientField::LastName => "Doe".to_owned(),
        ClientField::DateOfBirth => born(age(under.policy), today)?.to_string(),
        ClientField::Nationality => {
            let stopped = sections.nationality.deny | sections.nationality.review;
            let own = country(under).filter(|country| !stopped.contains(*country));
            code(own.or_else(|| (CountrySet::ALL - stopped).iter().next()))?
        }
        ClientField::DocumentNumber => "A1234567".to_owned(),
        ClientField::PersonalNumber => "1234567890".to_owned(),
        ClientField::Sex => "F".to_owned(),
        ClientField::DateOfExpiry => years(5)?.to_string(),
        ClientField::DateOfIssue => years(-1)?.to_string(),
        ClientField::Address => "1 Main Street".to_owned(),
        ClientField::DocumentCountry => code(country(under))?,
        ClientField::Locale => "en".to_owned(),
        ClientField::StepData => return step_data(under.policy),
    };
    Some(InputValue::Text(text.into()))
}

/// The day on which somebody was born who is so old today.
pub(crate) fn born(age: u32, today: Day) -> Option<Day> {
    today.checked_sub(i64::from(age).years()).ok()
}

/// Something for each step that compares.
fn step_data(policy: &Policy) -> Option<InputValue> {
    let Extra::Steps(steps) = &policy.sections().extra else { return None };
    let mut data: Vec<(String, InputValue)> = Vec::new();
    for (place, step) in steps.iter().filter(|(_, step)| step.kind == Some(StepType::Compare)) {
        let name = place.name.as_str();
        if data.iter().all(|(of, _)| of != name) {
            let field = |field: &std::borrow::Cow<'static, str>| {
                (field.to_string(), InputValue::Text("something".to_owned().into()))
            };
            data.push((name.to_owned(), InputValue::Map(step.fields.iter().map(field).collect())));
        }
    }
    (!data.is_empty()).then_some(InputValue::Map(data))
}

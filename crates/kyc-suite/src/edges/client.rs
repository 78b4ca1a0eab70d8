//! Edges of what the caller brings: what is missing, what may be given, what is refused before the vendor is asked.

use jiff::civil::Date as Day;
use kyc_core::CountrySet;
use kyc_policy::{ClientField, Diagnostic, InputValue, Place};

use super::{Edge, Edges, Probe};
use crate::made_up;
use crate::run::Came;

type Values = Vec<(ClientField, InputValue)>;

pub(super) fn clients(edges: &mut Edges<'_>) {
    let whole = made_up::client(edges.under, edges.now);
    add(edges, "client.require", "a client with all that is required", whole.clone(), None, |came| {
        matches!(came, Came::Requested(_))
    });
    missing(edges, &whole);
    for field in edges.policy().accepted_fields().iter() {
        given(edges, &whole, field);
    }
    refused(edges, &whole);
    effective(edges, &whole);
}

/// Each required field, missing.
fn missing(edges: &mut Edges<'_>, whole: &Values) {
    for field in edges.policy().required_fields().iter() {
        let rest = whole.iter().filter(|(of, _)| *of != field).cloned().collect();
        add(edges, "client.require", format!("a client without `{field}`"), rest, Some(field), move |came| {
            is_refused(came, "client-field-missing", field)
        });
    }
    if edges.policy().requires_name() {
        let is_name = |field: ClientField| matches!(field, ClientField::FirstName | ClientField::LastName);
        let rest = whole.iter().filter(|(of, _)| !is_name(*of)).cloned().collect();
        let first = ClientField::FirstName;
        add(edges, "client.require", "a client without a name", rest, Some(first), move |came| {
            is_refused(came, "client-field-missing", first)
        });
    }
}

/// A field that may be given, given.
fn given(edges: &mut Edges<'_>, whole: &Values, field: ClientField) {
    let Some(value) = made_up::value(field, edges.under, edges.now) else { return };
    let with = with(whole, field, value);
    let name = field.facts().wire.name();
    add(edges, "client.accept", format!("a client with `{field}`"), with, None, move |came| match came {
        // A value that the policy fixes is shown, and one of the client's is masked.
        Came::Requested(body) => {
            let value = body.fields.get(name);
            value.is_some() && (body.masked.get(name) != value || field == ClientField::Locale)
        }
        Came::Judged(_) | Came::Refused(_) => false,
    });
}

/// What the policy would refuse later is refused at once, if the caller brings it.
fn refused(edges: &mut Edges<'_>, whole: &Values) {
    let (policy, sections) = (edges.policy(), edges.policy().sections());
    let today = sections.zone().to_datetime(edges.now).date();
    if policy.takes(ClientField::DateOfBirth) {
        let ages = [
            sections.age.min().and_then(|min| min.get().checked_sub(1)).map(|age| (age, "age.min")),
            sections.age.max().map(|max| (max.get().saturating_add(1), "age.max")),
        ];
        for (age, key) in ages.into_iter().flatten() {
            let Some(born) = made_up::born(age, today) else { continue };
            let what = format!("a client who says to be {age}");
            refused_for(edges, whole, ClientField::DateOfBirth, &born.to_string(), key, what, "age-outside");
        }
    }
    let outside = CountrySet::ALL - sections.countries.effective();
    if let Some(country) = outside.iter().next().filter(|_| policy.takes(ClientField::DocumentCountry)) {
        let what = "a client who says to have a document of another country".to_owned();
        let (field, rule) = (ClientField::DocumentCountry, "document-country-outside");
        refused_for(edges, whole, field, country.code(), "countries", what, rule);
    }
    let denied = sections.nationality.deny.iter().next();
    if let Some(country) = denied.filter(|_| policy.takes(ClientField::Nationality)) {
        let what = "a client who says to be of a denied nationality".to_owned();
        let (field, rule) = (ClientField::Nationality, "nationality-denied");
        refused_for(edges, whole, field, country.code(), "nationality.deny", what, rule);
    }
    if let Ok(day) = today.yesterday()
        && policy.takes(ClientField::DateOfExpiry)
    {
        let what = "a client who says to have an expired document".to_owned();
        let (field, rule) = (ClientField::DateOfExpiry, "document-expired");
        refused_for(edges, whole, field, &day.to_string(), "expiry", what, rule);
    }
}

fn refused_for(
    edges: &mut Edges<'_>,
    whole: &Values,
    field: ClientField,
    value: &str,
    key: &'static str,
    what: String,
    rule: &'static str,
) {
    let with = with(whole, field, InputValue::Text(value.to_owned().into()));
    add(edges, key, what, with, None, move |came| is_refused(came, rule, field));
}

fn with(whole: &Values, field: ClientField, value: InputValue) -> Values {
    whole.iter().filter(|(of, _)| *of != field).cloned().chain([(field, value)]).collect()
}

fn is_refused(came: &Came, rule: &str, field: ClientField) -> bool {
    let is_it = |found: &Diagnostic| found.rule().id == rule && *found.place() == Place::Client(field);
    matches!(came, Came::Refused(found) if found.iter().any(is_it))
}

fn add(
    edges: &mut Edges<'_>,
    key: &'static str,
    what: impl Into<String>,
    client: Values,
    without: Option<ClientField>,
    stands: impl Fn(&Came) -> bool + 'static,
) {
    let stands = Box::new(move |came: &Came, _| stands(came));
    let probe = Probe::Client { client, without, now: None, stands };
    edges.found.push(Edge { key: key.to_owned(), what: what.into(), probe });
}

/// The first and the last day of the policy, and the days beyond them.
fn effective(edges: &mut Edges<'_>, whole: &Values) {
    let effective = edges.policy().governance().special.effective;
    let mut on = |key: &'static str, day: Option<Day>, what: &str, is_in_force: bool| {
        let Some(day) = day else { return };
        let noon =
            day.at(12, 0, 0, 0).to_zoned(edges.policy().sections().zone()).map(|noon| noon.timestamp());
        let stands = Box::new(move |came: &Came, of: Day| {
            of == day && if is_in_force { matches!(came, Came::Requested(_)) } else { is_not_effective(came) }
        });
        let probe = Probe::Client { client: whole.clone(), without: None, now: noon.ok(), stands };
        edges.found.push(Edge { key: key.to_owned(), what: format!("a client on {day}, {what}"), probe });
    };
    let before = effective.from.and_then(|day| day.yesterday().ok());
    on("effective.from", before, "the day before the first", false);
    on("effective.from", effective.from, "the first day", true);
    on("effective.until", effective.until, "the last day", true);
    let after = effective.until.and_then(|day| day.tomorrow().ok());
    on("effective.until", after, "the day after the last", false);
}

fn is_not_effective(came: &Came) -> bool {
    matches!(came, Came::Refused(found) if found.iter().any(|found| found.rule().id == "not-effective"))
}

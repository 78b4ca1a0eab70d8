//! The canonical form of a policy: groups expanded, sets sorted, durations in seconds, `any` kept as a word, and
//! whatever is at its neutral value left out, so that a key added by a later release changes no digest.

use std::collections::BTreeMap;

use kyc_core::{CountrySet, DocumentSet, ExpiryTime, Extra, Nfc, Questionnaire, SessionLength, TokenType};
use serde_json::{Map, Value, json};

use crate::client::ClientFields;
use crate::field::{FIELDS, Shape};
use crate::sections::{
    Countries, CountryLockMode, Delivery, DocumentScope, Outcome, Reuse, Screen, Sections, UTC,
};

type Object = Map<String, Value>;

/// Everything that reaches the vendor or the verdict.
pub(crate) fn meaning(sections: &Sections) -> Object {
    let mut object = Object::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            object.insert(key.to_owned(), value);
        }
    };
    put("countries", Some(countries(sections.countries)));
    put("documents", Some(documents(sections)));
    put("eid", (!sections.documents.eid.is_empty()).then(|| document_codes(sections.documents.eid)));
    put(
        "country_lock",
        unless(sections.country_lock, CountryLockMode::Auto).map(|mode| mode.as_str().into()),
    );
    put("nationality", screen(sections.nationality));
    put("ip_country", screen(sections.ip_country));
    put("age", age(sections));
    put("expiry", expiry(sections));
    put("token", token(sections));
    put("redirect", redirect(sections));
    put(
        "webhook",
        sections
            .webhook
            .as_ref()
            .map(|webhook| json!({ "url": webhook.url, "judged": webhook.unjudged.is_none() })),
    );
    put("delivery", unless(sections.delivery, Delivery::Redirect).map(|delivery| delivery.as_str().into()));
    put("flags", flags(sections));
    put("questionnaire", questionnaire(&sections.questionnaire));
    put("nfc", nfc(sections.nfc).map(Into::into));
    put("extra", extra(&sections.extra));
    put("theme", sections.theme.as_ref().map(|id| id.as_str().into()));
    put("risk_profile", sections.risk_profile.as_ref().map(|id| id.as_str().into()));
    let registries = sections.registry_countries;
    put("registry_countries", (!registries.is_empty()).then(|| country_codes(registries)));
    put("face_threshold_thousandths", sections.face_threshold.map(|threshold| threshold.get().into()));
    put("locale", sections.locale.as_ref().map(|locale| locale.as_str().into()));
    put("vendor", vendor(sections));
    put("client", Some(client(sections)));
    put("verdict", verdict(sections));
    put("reuse", unless(sections.reuse, Reuse::Never).map(|reuse| reuse.as_str().into()));
    put("timezone", (sections.timezone != UTC).then(|| sections.timezone.as_ref().into()));
    object
}

/// What the document says to people only.
pub(crate) fn governance(sections: &Sections) -> Object {
    let governance = &sections.governance;
    let text = |text: &Option<crate::sections::Text>| text.as_ref().map(|text| Value::from(text.as_ref()));
    let day = |day: Option<jiff::civil::Date>| day.map(|day| Value::from(day.to_string()));
    let on: Vec<_> = governance.reverify.on.iter().map(|event| event.as_str()).collect();
    let unjudged = sections.webhook.as_ref().and_then(|webhook| webhook.unjudged.clone());
    let entries = [
        ("name", Some(sections.name.as_ref().into())),
        ("description", text(&governance.description)),
        ("owner", text(&governance.owner)),
        ("rationale", text(&governance.rationale)),
        ("legal_basis", text(&governance.legal_basis)),
        ("review_by", day(governance.review_by)),
        ("risk_tier", governance.risk_tier.map(|tier| tier.as_str().into())),
        ("effective_from", day(governance.effective.from)),
        ("effective_until", day(governance.effective.until)),
        ("minors", text(&governance.minors)),
        ("reverify_every", governance.reverify.every.map(|every| every.seconds().into())),
        ("reverify_on", (!on.is_empty()).then(|| on.into())),
        ("unjudged", text(&unjudged)),
    ];
    entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

fn unless<T: PartialEq>(value: T, neutral: T) -> Option<T> {
    (value != neutral).then_some(value)
}

/// An object, unless it is empty.
fn object<const N: usize>(entries: [(&str, Option<Value>); N]) -> Option<Value> {
    let object: Object =
        entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect();
    (!object.is_empty()).then_some(Value::Object(object))
}

fn country_codes(countries: CountrySet) -> Value {
    countries.iter().map(kyc_core::Country::code).collect()
}

fn document_codes(documents: DocumentSet) -> Value {
    let mut codes: Vec<_> = documents.iter().map(kyc_core::DocumentType::as_str).collect();
    codes.sort_unstable();
    codes.into()
}

fn countries(countries: Countries) -> Value {
    match countries {
        Countries::Listed(set) => country_codes(set),
        Countries::AnyBut(except) if except.is_empty() => "any".into(),
        Countries::AnyBut(except) => json!({ "any_but": country_codes(except) }),
    }
}

/// Documents by country, however the rows were written: one scope if all countries share it, else each scope with
/// its countries. With `any` the countries are open-ended, and what differs from the row for all others is listed.
fn documents(sections: &Sections) -> Value {
    let documents = &sections.documents;
    let mut rows: BTreeMap<DocumentScope, Vec<&str>> = BTreeMap::new();
    for country in sections.countries.effective().iter() {
        let Some(row) = documents.row(country) else { continue };
        if matches!(sections.countries, Countries::AnyBut(_)) && Some(row) == documents.default {
            continue;
        }
        rows.entry(row).or_default().push(country.code());
    }
    let default = match sections.countries {
        Countries::AnyBut(_) => documents.default.map(scope),
        Countries::Listed(_) if rows.len() == 1 => rows.pop_first().map(|(row, _)| scope(row)),
        Countries::Listed(_) => None,
    };
    // Each country stands in one row, so the first ones order the rows whatever the types are called.
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by(|(_, a), (_, b)| a.cmp(b));
    let rows: Vec<Value> = rows
        .into_iter()
        .map(|(row, countries)| json!({ "documents": scope(row), "countries": countries }))
        .collect();
    match default {
        Some(default) if rows.is_empty() => default,
        default => json!({ "any": default, "rows": rows }),
    }
}

fn scope(scope: DocumentScope) -> Value {
    match scope {
        DocumentScope::Any => "any".into(),
        DocumentScope::Listed(set) => document_codes(set),
    }
}

fn screen(screen: Screen) -> Option<Value> {
    let codes = |set: CountrySet| (!set.is_empty()).then(|| country_codes(set));
    object([("deny", codes(screen.deny)), ("review", codes(screen.review))])
}

fn age(sections: &Sections) -> Option<Value> {
    let bound = |age: Option<kyc_core::Age>| age.map(|age| age.get().into());
    object([("min", bound(sections.age.min())), ("max", bound(sections.age.max()))])
}

fn expiry(sections: &Sections) -> Option<Value> {
    let expiry = sections.expiry;
    object([
        ("none", unless(expiry.none, Outcome::Review).map(|outcome| outcome.as_str().into())),
        ("min_remaining_days", unless(expiry.min_remaining_days, 0).map(Into::into)),
    ])
}

fn token(sections: &Sections) -> Option<Value> {
    let token = sections.token;
    object([
        ("type", unless(token.token_type, TokenType::Identification).map(|word| word.as_str().into())),
        ("expires_in", unless(token.expires_in, ExpiryTime::DEFAULT).map(|seconds| seconds.get().into())),
        (
            "session_length",
            unless(token.session_length, SessionLength::DEFAULT).map(|seconds| seconds.get().into()),
        ),
    ])
}

fn redirect(sections: &Sections) -> Option<Value> {
    let entries: Object =
        sections.redirect.templates().map(|(key, url)| (key.to_owned(), url.as_str().into())).collect();
    (!entries.is_empty()).then_some(Value::Object(entries))
}

fn flags(sections: &Sections) -> Option<Value> {
    let stated: Object = FIELDS
        .iter()
        .filter_map(|field| match field.shape {
            Shape::Flag(flag) => Some((field.key.to_owned(), sections.flags.state(flag)?.into())),
            _ => None,
        })
        .collect();
    (!stated.is_empty()).then_some(Value::Object(stated))
}

fn questionnaire(questionnaire: &Questionnaire) -> Option<Value> {
    match questionnaire {
        Questionnaire::Account => None,
        Questionnaire::None => Some(json!({ "none": true })),
        Questionnaire::Key { key, required } => {
            object([("key", Some(key.as_str().into())), ("required", required.map(Into::into))])
        }
    }
}

fn nfc(nfc: Nfc) -> Option<&'static str> {
    match nfc {
        Nfc::Account => None,
        Nfc::Off => Some("off"),
        Nfc::Optional => Some("optional"),
        Nfc::Required => Some("required"),
    }
}

fn extra(extra: &Extra) -> Option<Value> {
    match extra {
        Extra::Account => None,
        Extra::UtilityBill(on) => Some(json!({ "utility_bill": on })),
        Extra::Steps(steps) => Some(json!({ "steps": steps.to_json() })),
    }
}

fn vendor(sections: &Sections) -> Option<Value> {
    let entries: Object =
        sections.vendor.iter().map(|(name, value)| (name.to_owned(), value.clone())).collect();
    (!entries.is_empty()).then_some(Value::Object(entries))
}

fn client(sections: &Sections) -> Value {
    let client = sections.client;
    let names = |fields: ClientFields| -> Value {
        let mut names: Vec<_> = fields.iter().map(super::client::ClientField::as_str).collect();
        names.sort_unstable();
        names.into()
    };
    let mut object = Object::new();
    object.insert("require".to_owned(), names(client.require));
    object.insert("accept".to_owned(), names(client.accept));
    if client.require_name {
        object.insert("require_name".to_owned(), true.into());
    }
    Value::Object(object)
}

/// Entries that say what silence says mean nothing and are left out.
fn verdict(sections: &Sections) -> Option<Value> {
    let verdict = &sections.verdict;
    let tags: Object = verdict
        .tags
        .iter()
        .filter(|(tag, outcome)| *outcome != verdict.unstated_tag(*tag))
        .map(|(tag, outcome)| (tag.as_str().to_owned(), outcome.as_str().into()))
        .collect();
    let aml: Object = verdict
        .aml
        .iter()
        .filter(|(list, outcome)| *outcome != verdict.unstated_list(*list))
        .map(|(list, outcome)| (list.as_str().to_owned(), outcome.as_str().into()))
        .collect();
    object([
        ("default", unless(verdict.default, Outcome::Review).map(|outcome| outcome.as_str().into())),
        ("outside", unless(verdict.outside, Outcome::Review).map(|outcome| outcome.as_str().into())),
        ("tags", (!tags.is_empty()).then_some(Value::Object(tags))),
        ("aml", (!aml.is_empty()).then_some(Value::Object(aml))),
    ])
}

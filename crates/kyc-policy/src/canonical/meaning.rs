//! Everything that reaches the vendor or the verdict, in canonical form.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use kyc_core::{
    Country, CountrySet, DocumentSet, DocumentType, ExpiryTime, Extra, Flag, Nfc, Questionnaire,
    SessionLength, TokenType,
};

use super::json::{Object, object};
use crate::client::{ClientField, ClientFields};
use crate::field::{FIELDS, Shape};
use crate::sections::{
    Countries, CountryLockMode, Delivery, DocumentScope, Outcome, Reuse, Screen, Sections, UTC,
};
use crate::template::UrlTemplate;

/// The canonical form of the meaning.
pub(crate) fn meaning(sections: &Sections) -> Vec<u8> {
    object(1024, |object| {
        age(object, sections);
        client(object, sections);
        countries(object, sections.countries);
        let lock = unless(sections.country_lock, CountryLockMode::Auto);
        object.text_if("country_lock", lock.map(CountryLockMode::as_str));
        object.text_if("delivery", unless(sections.delivery, Delivery::Redirect).map(Delivery::as_str));
        documents(object, sections);
        if !sections.documents.eid.is_empty() {
            document_codes(object, "eid", sections.documents.eid);
        }
        expiry(object, sections);
        extra(object, &sections.extra);
        let threshold = sections.special.face_threshold.map(kyc_core::FaceThreshold::get);
        object.number_if("face_threshold_thousandths", threshold);
        flags(object, sections);
        screen(object, "ip_country", sections.ip_country);
        object.text_if("locale", sections.locale.as_ref().map(kyc_core::Locale::as_str));
        screen(object, "nationality", sections.nationality);
        object.text_if("nfc", nfc(sections.nfc));
        questionnaire(object, &sections.questionnaire);
        object.object_if_any("redirect", |object| {
            let redirect = &sections.redirect;
            object.text_if("redirect.error", redirect.error.as_ref().map(UrlTemplate::as_str));
            object.text_if("redirect.success", redirect.success.as_ref().map(UrlTemplate::as_str));
            object.text_if("redirect.unverified", redirect.unverified.as_ref().map(UrlTemplate::as_str));
        });
        if !sections.special.registry_countries.is_empty() {
            country_codes(object, "registry_countries", sections.special.registry_countries);
        }
        object.text_if("reuse", unless(sections.reuse, Reuse::Never).map(Reuse::as_str));
        object
            .text_if("risk_profile", sections.special.risk_profile.as_ref().map(kyc_core::VendorId::as_str));
        object.text_if("theme", sections.special.theme.as_ref().map(kyc_core::VendorId::as_str));
        object.text_if("timezone", (sections.timezone != UTC).then_some(&sections.timezone));
        token(object, sections);
        object.object_if_any("vendor", |object| {
            sections.special.vendor.iter().for_each(|field| object.raw(field.name(), field.json()));
        });
        verdict(object, sections);
        if let Some(webhook) = &sections.special.webhook {
            object.object("webhook", |object| {
                object.value("judged", &webhook.unjudged.is_none());
                object.text("url", webhook.url.as_str());
            });
        }
    })
}

fn unless<T: PartialEq>(value: T, neutral: T) -> Option<T> {
    (value != neutral).then_some(value)
}

fn country_codes(object: &mut Object<'_>, key: &str, countries: CountrySet) {
    object.codes(key, countries.iter().map(Country::code));
}

fn document_codes(object: &mut Object<'_>, key: &str, documents: DocumentSet) {
    let mut codes: Vec<_> = documents.iter().map(DocumentType::as_str).collect();
    codes.sort_unstable();
    object.codes(key, codes);
}

fn age(object: &mut Object<'_>, sections: &Sections) {
    object.object_if_any("age", |object| {
        object.number_if("max", sections.age.max().map(kyc_core::Age::get));
        object.number_if("min", sections.age.min().map(kyc_core::Age::get));
    });
}

fn client(object: &mut Object<'_>, sections: &Sections) {
    let names = |fields: ClientFields| {
        let mut names: Vec<_> = fields.iter().map(ClientField::as_str).collect();
        names.sort_unstable();
        names
    };
    object.object("client", |object| {
        object.codes("accept", names(sections.client.accept));
        object.codes("require", names(sections.client.require));
        if sections.client.require_name {
            object.value("require_name", &true);
        }
    });
}

fn countries(object: &mut Object<'_>, countries: Countries) {
    match countries {
        Countries::Listed(set) => country_codes(object, "countries", set),
        Countries::AnyBut(except) if except.is_empty() => object.text("countries", "any"),
        Countries::AnyBut(except) => {
            object.object("countries", |object| country_codes(object, "any_but", except));
        }
    }
}

/// Documents by country, however the rows were written: one scope if all countries share it, else each scope with
/// its countries. With `any` the countries are open-ended, and what differs from the row for all others is listed.
fn documents(object: &mut Object<'_>, sections: &Sections) {
    let documents = &sections.documents;
    let is_open_ended = matches!(sections.countries, Countries::AnyBut(_));
    if documents.rows.is_empty()
        && let Some(default) = documents.default
    {
        return scope(object, "documents", default);
    }
    let mut rows: BTreeMap<DocumentScope, CountrySet> = BTreeMap::new();
    for country in sections.countries.effective().iter() {
        let Some(row) = documents.row(country) else { continue };
        if !(is_open_ended && Some(row) == documents.default) {
            let countries = rows.entry(row).or_insert(CountrySet::EMPTY);
            *countries = countries.with(country);
        }
    }
    let default = match sections.countries {
        Countries::AnyBut(_) => documents.default,
        Countries::Listed(_) if rows.len() == 1 => rows.pop_first().map(|(row, _)| row),
        Countries::Listed(_) => None,
    };
    if let Some(default) = default.filter(|_| rows.is_empty()) {
        return scope(object, "documents", default);
    }
    // Each country stands in one row, so the first ones order the rows whatever the types are called.
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_key(|(_, countries)| countries.iter().next());
    object.object("documents", |object| {
        match default {
            Some(default) => scope(object, "any", default),
            None => object.raw("any", "null"),
        }
        object.objects("rows", rows, |object, (row, countries)| {
            country_codes(object, "countries", countries);
            scope(object, "documents", row);
        });
    });
}

fn scope(object: &mut Object<'_>, key: &str, scope: DocumentScope) {
    match scope {
        DocumentScope::Any => object.text(key, "any"),
        DocumentScope::Listed(set) => document_codes(object, key, set),
    }
}

fn expiry(object: &mut Object<'_>, sections: &Sections) {
    let expiry = sections.expiry;
    object.object_if_any("expiry", |object| {
        object.number_if("min_remaining_days", unless(expiry.min_remaining_days, 0));
        object.text_if("none", unless(expiry.none, Outcome::Review).map(Outcome::as_str));
    });
}

fn extra(object: &mut Object<'_>, extra: &Extra) {
    match extra {
        Extra::Account => {}
        Extra::UtilityBill(on) => object.object("extra", |object| object.value("utility_bill", on)),
        Extra::Steps(steps) => object.object("extra", |object| object.raw("steps", &steps.to_json())),
    }
}

/// The flags by key, sorted.
static FLAGS: LazyLock<Vec<(&str, Flag)>> = LazyLock::new(|| {
    let flag = |shape: Shape| if let Shape::Flag(flag) = shape { Some(flag) } else { None };
    let mut flags: Vec<_> = FIELDS.iter().filter_map(|field| Some((field.key, flag(field.shape)?))).collect();
    flags.sort_unstable();
    flags
});

fn flags(object: &mut Object<'_>, sections: &Sections) {
    object.object_if_any("flags", |object| {
        for (key, flag) in FLAGS.iter() {
            if let Some(on) = sections.flags.state(*flag) {
                object.value(key, &on);
            }
        }
    });
}

fn screen(object: &mut Object<'_>, key: &str, screen: Screen) {
    object.object_if_any(key, |object| {
        for (key, countries) in [("deny", screen.deny), ("review", screen.review)] {
            if !countries.is_empty() {
                country_codes(object, key, countries);
            }
        }
    });
}

fn nfc(nfc: Nfc) -> Option<&'static str> {
    match nfc {
        Nfc::Account => None,
        Nfc::Off => Some("off"),
        Nfc::Optional => Some("optional"),
        Nfc::Required => Some("required"),
    }
}

fn questionnaire(object: &mut Object<'_>, questionnaire: &Questionnaire) {
    match questionnaire {
        Questionnaire::Account => {}
        Questionnaire::None => object.object("questionnaire", |object| object.value("none", &true)),
        Questionnaire::Key { key, required } => object.object("questionnaire", |object| {
            object.text("key", key.as_str());
            if let Some(required) = required {
                object.value("required", required);
            }
        }),
    }
}

fn token(object: &mut Object<'_>, sections: &Sections) {
    let token = sections.token;
    object.object_if_any("token", |object| {
        object.number_if("expires_in", unless(token.expires_in, ExpiryTime::DEFAULT).map(ExpiryTime::get));
        let length = unless(token.session_length, SessionLength::DEFAULT);
        object.number_if("session_length", length.map(SessionLength::get));
        object.text_if("type", unless(token.token_type, TokenType::Identification).map(TokenType::as_str));
    });
}

/// Entries that say what silence says mean nothing and are left out.
fn verdict(object: &mut Object<'_>, sections: &Sections) {
    let verdict = &sections.verdict;
    let tags = verdict.tags.iter().filter(|(tag, outcome)| *outcome != verdict.unstated_tag(*tag));
    let tags = sorted(tags.map(|(tag, outcome)| (tag.as_str(), outcome.as_str())));
    let aml = verdict.aml.iter().filter(|(list, outcome)| *outcome != verdict.unstated_list(*list));
    let aml = sorted(aml.map(|(list, outcome)| (list.as_str(), outcome.as_str())));
    object.object_if_any("verdict", |object| {
        object.object_if_any("aml", |object| aml.iter().for_each(|(list, word)| object.text(list, word)));
        object.text_if("default", unless(verdict.default, Outcome::Review).map(Outcome::as_str));
        object.text_if("outside", unless(verdict.outside, Outcome::Review).map(Outcome::as_str));
        object.object_if_any("tags", |object| tags.iter().for_each(|(tag, word)| object.text(tag, word)));
    });
}

fn sorted<'w>(entries: impl Iterator<Item = (&'w str, &'w str)>) -> Vec<(&'w str, &'w str)> {
    let mut entries: Vec<_> = entries.collect();
    entries.sort_unstable();
    entries
}

//! What a value of each form looks like in JSON Schema.

use kyc_core::wire::{Bounds, Unit, WireField};
use kyc_core::{DocumentSet, DocumentType, QuestionnaireKey, Steps, VendorFields, WebUrl};

use super::definitions::reference;
use super::json::{Json, object, texts};
use super::pattern;
use crate::client::ClientField;
use crate::duration::Duration;
use crate::family::LOOSENABLE;
use crate::field::FIELDS;
use crate::form::{
    ACCOUNT, ANY, Form, MAX_ENTRIES, MAX_EXACT, MAX_INTERVAL_DAYS, MAX_REMAINING_DAYS, NAME, NONE, REASON,
    WAIVER_KEYS,
};
use crate::lints::SET;
use crate::rule::Level;
use crate::rules::rule_not_configurable::is_waivable;
use crate::rules::{lints, malformed_name};
use crate::sections::{AmlList, Outcome};
use crate::tags::Tag;

const DAY: u64 = 86_400;

/// The schema of a value of this form.
pub(super) fn schema(form: Form) -> Json {
    match form {
        Form::Name => matching(pattern::NAME)
            .with("maxLength", malformed_name::MAX)
            .with("not", object([("const", malformed_name::TAKEN.into())])),
        Form::Parent => schema(Form::Name),
        Form::Loosen => {
            table(reference("loosening")).with("propertyNames", one_of_words(LOOSENABLE.iter().copied()))
        }
        Form::Text(max) => text(max),
        Form::Day => matching(pattern::DAY).with("format", "date"),
        Form::Switch => object([("enum", switches().into())]),
        Form::SwitchOrAccount => object([("enum", [switches(), vec![ACCOUNT.into()]].concat().into())]),
        Form::Word(words) => one_of(words),
        Form::WordOrAccount(words) => object([("enum", texts(words.iter().copied().chain([ACCOUNT])))]),
        Form::Words(words) => list(one_of(words)),
        Form::Countries => {
            any_of([one_of(&[ANY]), list(any_of([one_of(&[ANY]), reference("countryEntry")]))])
        }
        Form::CountryList => reference("countryList"),
        Form::Documents => documents(),
        Form::Eids => list(documents_of(DocumentSet::EIDS)),
        Form::WholeDays => matching(&pattern::durations(0, MAX_REMAINING_DAYS * DAY)),
        Form::Interval => interval(),
        Form::Lifetime(parameter) => parameter_schema(parameter),
        Form::Address => {
            matching(&pattern::https()).with("minLength", WebUrl::MIN).with("maxLength", WebUrl::MAX)
        }
        Form::Questionnaire => any_of([
            one_of(&[NONE, ACCOUNT]),
            matching(pattern::VISIBLE_ASCII)
                .with("minLength", QuestionnaireKey::MIN)
                .with("maxLength", QuestionnaireKey::MAX),
        ]),
        Form::Steps => by_country_or_all(by_document_or_all(
            table(unsettable(reference("step"))).with("propertyNames", reference("stepName")),
        )),
        Form::ClientFields => {
            list(one_of_words(ClientField::WRITTEN.iter().copied().chain([NAME]))).with("uniqueItems", true)
        }
        Form::TagOutcomes => closed(Tag::ALL.iter().map(|tag| {
            let words = if tag.is_never_accepted() { Outcome::STRICT } else { Outcome::WRITTEN };
            (tag.as_str(), unsettable(one_of(words)))
        })),
        Form::AmlOutcomes => closed(AmlList::ALL.iter().map(|list| {
            let words = list.outcomes().iter().map(|outcome| outcome.as_str());
            (list.as_str(), unsettable(one_of_words(words)))
        })),
        Form::Vendor => vendor(),
        Form::Hosts => list(matching(pattern::HOST)),
        Form::Groups => table(reference("countryListOfASet")).with("propertyNames", reference("groupName")),
        Form::Snapshots => super::definitions::snapshots(),
        Form::PolicyKeys => list(one_of_words(FIELDS.iter().map(|field| field.key))),
        Form::Intervals(words) => closed(words.iter().map(|word| (*word, interval()))),
        Form::TimeZone => matching(pattern::TIME_ZONE),
        Form::Levels => closed(lints().map(|lint| (lint.id, one_of(Level::WRITTEN)))),
        Form::Waivers => list(waiver()),
    }
}

/// An exception from a lint.
fn waiver() -> Json {
    let policy = || any_of([one_of(&[SET]), schema(Form::Name)]);
    let key = |key: &str| match key {
        "lint" => one_of_words(lints().filter(|lint| is_waivable(lint)).map(|lint| lint.id)),
        "policy" => policy(),
        "key" => matching(pattern::KEY),
        "reason" => text(REASON),
        _ => schema(Form::Day),
    };
    let mandatory = WAIVER_KEYS.iter().copied().filter(|key| *key != "key");
    closed(WAIVER_KEYS.iter().map(|name| (*name, key(name)))).with("required", texts(mandatory))
}

/// The schema of what the vendor's parameter takes, as policies write it.
pub(super) fn parameter_schema(parameter: WireField) -> Json {
    match parameter.bounds() {
        Bounds::Number { min, max, unit: Unit::Years } => {
            object([("type", "integer".into()), ("minimum", min.into()), ("maximum", max.into())])
        }
        Bounds::Number { min, max, unit: Unit::Seconds } => {
            matching(&pattern::durations(min.into(), max.into()))
        }
        Bounds::Decimal { min, max } => any_of([
            object([
                ("type", "number".into()),
                ("minimum", Json::Thousandths(min)),
                ("maximum", Json::Thousandths(max)),
            ]),
            matching(pattern::DECIMAL),
        ]),
        // Languages are the only text that policies fix.
        Bounds::Text { min, max, .. } => matching(pattern::TAG).with("minLength", min).with("maxLength", max),
        Bounds::OneOf(words) => one_of(words),
        Bounds::Uuid => matching(pattern::UUID),
        // A placeholder is longer than what it may be filled with, so the length is for the reader.
        Bounds::Url { loopback: true, .. } => matching(&pattern::https_or_loopback()),
        // Each of these is written in a form of its own.
        _ => object([]),
    }
}

/// What the vendor's parameter takes, for people; nothing if the schema itself says it in so many words.
pub(super) fn parameter_words(parameter: WireField) -> Option<String> {
    match parameter.bounds() {
        Bounds::Number { min, max, unit: Unit::Seconds } => {
            Some(format!("{} to {}", Duration::from_seconds(min), Duration::from_seconds(max)))
        }
        Bounds::OneOf(_) => None,
        bounds => Some(bounds.to_string().replace('`', "")),
    }
}

/// A text for people. A number without quotes is one too.
pub(super) fn text(max: usize) -> Json {
    object([
        ("type", texts(["string", "number"])),
        ("minLength", 1_u32.into()),
        ("maxLength", max.into()),
        ("pattern", pattern::NOT_BLANK.into()),
    ])
}

/// A text of this pattern.
pub(super) fn matching(pattern: &str) -> Json {
    object([("type", "string".into()), ("pattern", pattern.into())])
}

/// One of these words.
pub(super) fn one_of(words: &[&str]) -> Json {
    one_of_words(words.iter().copied())
}

/// One of these words.
pub(super) fn one_of_words<'w>(words: impl Iterator<Item = &'w str>) -> Json {
    let words: Vec<_> = words.collect();
    match words.as_slice() {
        [word] => object([("const", (*word).into())]),
        words => object([("enum", texts(words.iter().copied()))]),
    }
}

/// Any of these.
pub(super) fn any_of<const N: usize>(schemas: [Json; N]) -> Json {
    object([("anyOf", Json::List(schemas.into()))])
}

/// This, or the word that unsets what a policy would inherit. Whether it inherits anything is for the check to say.
pub(super) fn unsettable(schema: Json) -> Json {
    let Json::Object(mut keys) = schema else { return schema };
    for (key, value) in &mut keys {
        match (key.as_str(), value) {
            ("enum", Json::List(words)) => {
                if !words.contains(&NONE.into()) {
                    words.push(NONE.into());
                }
                return Json::Object(keys);
            }
            ("anyOf", Json::List(schemas)) => {
                schemas.insert(0, one_of(&[NONE]));
                return Json::Object(keys);
            }
            _ => {}
        }
    }
    any_of([one_of(&[NONE]), Json::Object(keys)])
}

/// A list of one or more.
pub(super) fn list(items: Json) -> Json {
    object([
        ("type", "array".into()),
        ("items", items),
        ("minItems", 1_u32.into()),
        ("maxItems", MAX_ENTRIES.into()),
    ])
}

/// A table of one or more, with keys of the author's choice.
pub(super) fn table(values: Json) -> Json {
    object([
        ("type", "object".into()),
        ("additionalProperties", values),
        ("minProperties", 1_u32.into()),
        ("maxProperties", MAX_ENTRIES.into()),
    ])
}

/// A table of one or more of these keys.
pub(super) fn closed<'k>(keys: impl Iterator<Item = (&'k str, Json)>) -> Json {
    object([
        ("type", "object".into()),
        ("properties", Json::Object(keys.map(|(key, value)| (key.to_owned(), value)).collect())),
        ("additionalProperties", false.into()),
        ("minProperties", 1_u32.into()),
    ])
}

/// `true` and `false`.
pub(super) fn switches() -> Vec<Json> {
    vec![true.into(), false.into()]
}

/// Some document types.
pub(super) fn documents_of(documents: DocumentSet) -> Json {
    let documents: Vec<_> = documents.iter().map(DocumentType::as_str).collect();
    one_of(&documents)
}

fn interval() -> Json {
    matching(&pattern::durations(DAY, (MAX_INTERVAL_DAYS + 1) * DAY - 1))
}

fn documents() -> Json {
    let scope = || [one_of(&[ANY]), list(reference("document"))];
    let [any, some] = scope();
    any_of([
        any,
        some,
        table(unsettable(any_of(scope())))
            .with("propertyNames", any_of([one_of(&[ANY]), reference("country")])),
    ])
}

fn by_country_or_all(values: Json) -> Json {
    let all = one_of(&[crate::form::ALL]);
    table(unsettable(values)).with("propertyNames", any_of([all, reference("country")]))
}

fn by_document_or_all(values: Json) -> Json {
    let documents = Steps::DOCUMENTS.iter().map(|document| document.as_str());
    table(unsettable(values))
        .with("propertyNames", one_of_words([crate::form::ALL].into_iter().chain(documents)))
}

fn vendor() -> Json {
    let known = WireField::ALL.iter().map(|parameter| parameter.name());
    let known = known.chain(kyc_core::wire::LEGACY_NAMES.iter().copied());
    let names = matching(pattern::PARAMETER)
        .with("maxLength", VendorFields::MAX_NAME)
        .with("not", one_of_words(known));
    table(reference("vendorValue")).with("propertyNames", names)
}

/// A value of the escape hatch.
pub(super) fn vendor_value() -> Json {
    let own = || reference("vendorValue");
    object([
        ("type", texts(["null", "boolean", "integer", "string", "array", "object"])),
        ("minimum", (-MAX_EXACT).into()),
        ("maximum", MAX_EXACT.into()),
        ("items", own()),
        ("additionalProperties", own()),
        ("maxProperties", MAX_ENTRIES.into()),
    ])
}

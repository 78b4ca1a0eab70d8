//! Policies and clients made of fragments, for properties.

use std::fmt::Write;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// A value of a policy, with what may be done to its form without changing its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A word or number that must stand without quotes.
    Plain(String),
    /// A text that may be quoted.
    Text(String),
    /// A list whose order means nothing.
    Set(Vec<Value>),
    /// A map.
    Map(Vec<(String, Value)>),
}

/// How a policy is written.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says one independent thing about the form")]
pub struct Format {
    /// Maps and lists in brackets.
    pub flow: bool,
    /// Quotes around texts and keys.
    pub quotes: Option<char>,
    /// A comment behind each line of a block.
    pub comments: bool,
    /// CRLF line ends.
    pub crlf: bool,
    /// A byte order mark.
    pub mark: bool,
    /// Keys and entries from the last to the first.
    pub reversed: bool,
}

/// Every way in which a policy can be written.
pub fn format() -> impl Strategy<Value = Format> {
    let quotes = select(vec![None, Some('"'), Some('\'')]);
    (any::<bool>(), quotes, any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(flow, quotes, comments, crlf, mark, reversed)| Format {
            flow,
            quotes,
            comments,
            crlf,
            mark,
            reversed,
        },
    )
}

fn plain(text: impl Into<String>) -> Value {
    Value::Plain(text.into())
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn set(words: Vec<&'static str>) -> Value {
    Value::Set(words.into_iter().map(text).collect())
}

fn map(entries: Vec<(&str, Value)>) -> Value {
    Value::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

type Entries = Vec<(&'static str, Value)>;

fn one_of(key: &'static str, values: Vec<Value>) -> impl Strategy<Value = Entries> {
    proptest::option::of(select(values))
        .prop_map(move |value| value.map(|value| (key, value)).into_iter().collect())
}

const FLAGS: [&str; 6] =
    ["aml", "criminal", "lid", "ip_proxy", "doc_face_blacklist", "duplicate_personal_data"];
const CLIENT: [&str; 13] = [
    "external_ref",
    "first_name",
    "last_name",
    "date_of_birth",
    "nationality",
    "document_number",
    "personal_number",
    "sex",
    "date_of_expiry",
    "date_of_issue",
    "address",
    "document_country",
    "locale",
];

fn flags() -> impl Strategy<Value = Entries> {
    (subsequence(FLAGS.to_vec(), 0..=FLAGS.len()), any::<u8>()).prop_map(|(keys, bits)| {
        let flag = |index: usize| plain(if bits & (1 << index) == 0 { "false" } else { "true" });
        let flags: Entries = keys.into_iter().enumerate().map(|(index, key)| (key, flag(index))).collect();
        if flags.is_empty() { Vec::new() } else { vec![("checks", map(flags))] }
    })
}

fn client() -> impl Strategy<Value = Entries> {
    (subsequence(CLIENT.to_vec(), 0..=CLIENT.len()), any::<u16>()).prop_map(|(fields, bits)| {
        let (mut require, mut accept) = (vec!["client_id"], Vec::new());
        for (index, field) in fields.into_iter().enumerate() {
            if bits & (1 << index) == 0 { accept.push(field) } else { require.push(field) }
        }
        let mut section = vec![("require", set(require))];
        if !accept.is_empty() {
            section.push(("accept", set(accept)));
        }
        vec![("client", map(section))]
    })
}

/// A policy without mistakes, as the entries of its file.
pub fn policy() -> impl Strategy<Value = Value> {
    let countries = select(vec![
        plain("any"),
        set(vec!["LT"]),
        set(vec!["LT", "LV", "NO"]),
        set(vec!["EU"]),
        set(vec!["EEA", "CH", "-LI"]),
        Value::Set(vec![plain("any"), text("-KP"), text("-IR")]),
    ]);
    let rows = map(vec![("any", set(vec!["PASSPORT"])), ("LT", set(vec!["PASSPORT", "ID_CARD"]))]);
    let documents = select(vec![
        plain("any"),
        set(vec!["PASSPORT"]),
        set(vec!["PASSPORT", "ID_CARD", "VISA"]),
        map(vec![("any", plain("any")), ("LT", set(vec!["AADHAAR"]))]),
        rows,
    ]);
    let ages = vec![
        plain("any"),
        map(vec![("min", plain("18"))]),
        map(vec![("min", plain("21")), ("max", plain("70"))]),
        map(vec![("max", plain("150"))]),
    ];
    let tokens = vec![
        map(vec![("type", text("DOCUMENT")), ("expires_in", text("90s"))]),
        map(vec![
            ("expires_in", text("24h")),
            ("session_length", text("20m")),
            ("digit_code", plain("true")),
        ]),
        map(vec![("type", text("IDENTIFICATION")), ("session_length", text("1h"))]),
    ];
    let url = "https://app.example.com/ok?x=1#end";
    let addresses = vec![
        vec![("redirect", map(vec![("success", text(url)), ("error", text(url))]))],
        vec![("redirect", map(vec![("unverified", text("https://app.example.com/{client_id}"))]))],
        vec![("delivery", text("iframe"))],
        vec![("webhook", map(vec![("url", text(url)), ("unjudged", text("Migration: # until June"))]))],
        Vec::new(),
    ];
    let upload = map(vec![("type", text("COMPARE")), ("fields", set(vec!["address"]))]);
    let steps = map(vec![("ALL", map(vec![("ALL", map(vec![("UTILITY_BILL", upload)]))]))]);
    let extras = vec![
        vec![("utility_bill", plain("true"))],
        vec![("steps", steps)],
        vec![("questionnaire", plain("none"))],
        vec![("questionnaire", text("onboarding-v2")), ("questionnaire_required", plain("true"))],
        vec![("vendor", map(vec![("newField", map(vec![("b", plain("1")), ("a", plain("null"))]))]))],
        Vec::new(),
    ];
    let verdict = map(vec![
        ("default", text("reject")),
        ("tags", map(vec![("NAME", text("accept")), ("UNDER_AGE", text("review"))])),
        ("aml", map(vec![("pep", text("review")), ("sanctions", text("reject"))])),
    ]);
    let screen = map(vec![("deny", set(vec!["KP", "MM"])), ("review", set(vec!["IR"]))]);
    let first = (countries, documents, client(), flags(), select(addresses), select(extras));
    let second = (
        one_of("age", ages),
        one_of("token", tokens),
        one_of("country_lock", vec![text("auto"), text("array"), text("omit")]),
        one_of("nationality", vec![screen]),
        one_of("expiry", vec![map(vec![("none", text("reject")), ("min_remaining", text("30d"))])]),
        one_of("verdict", vec![verdict]),
        one_of("nfc", vec![text("off"), text("optional"), plain("account")]),
        one_of("reuse", vec![text("never"), text("while_open")]),
        one_of("owner", vec![text("Ž, ž & 李 # no comment"), text("plain")]),
        one_of("effective", vec![map(vec![("from", text("2026-01-01")), ("until", text("2030-01-01"))])]),
    );
    (first, second).prop_map(|(first, second)| {
        let (countries, documents, client, flags, addresses, extras) = first;
        // The tables have a row for LT, and for LT alone the row `any` would be out of reach.
        let is_lt_alone = countries == set(vec!["LT"]);
        let documents = match documents {
            Value::Map(_) if is_lt_alone => set(vec!["PASSPORT"]),
            documents => documents,
        };
        let mut entries = vec![("name", text("p")), ("countries", countries), ("documents", documents)];
        for more in [client, flags, addresses, extras] {
            entries.extend(more);
        }
        let (age, token, lock, nationality, expiry, verdict, nfc, reuse, owner, effective) = second;
        for more in [age, token, lock, nationality, expiry, verdict, nfc, reuse, owner, effective] {
            entries.extend(more);
        }
        map(entries)
    })
}

/// Writes a policy in one of its forms.
pub fn write(policy: &Value, format: Format) -> String {
    let mut out = String::new();
    if format.mark {
        out.push('\u{feff}');
    }
    if format.comments {
        out.push_str("# a comment: with { marks } and [ more ]\n\n");
    }
    // The outermost map is a block or, in brackets, one long line.
    if format.flow {
        out.push_str(&flow(policy, format));
        out.push('\n');
    } else {
        block(policy, format, 0, &mut out);
    }
    if format.crlf { out.replace('\n', "\r\n") } else { out }
}

fn quoted(text: &str, format: Format) -> String {
    match format.quotes {
        Some('\'') => format!("'{}'", text.replace('\'', "''")),
        Some(_) => format!("\"{text}\""),
        None if text.contains(['#', ':', '{', ',']) => format!("\"{text}\""),
        None => text.to_owned(),
    }
}

fn ordered<T>(items: &[T], format: Format) -> Box<dyn Iterator<Item = &T> + '_> {
    if format.reversed { Box::new(items.iter().rev()) } else { Box::new(items.iter()) }
}

fn flow(value: &Value, format: Format) -> String {
    match value {
        Value::Plain(text) => text.clone(),
        Value::Text(text) => quoted(text, format),
        Value::Set(items) => {
            let items: Vec<_> = ordered(items, format).map(|item| flow(item, format)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let entries: Vec<_> = ordered(entries, format)
                .map(|(key, value)| format!("{}: {}", quoted(key, format), flow(value, format)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

fn block(value: &Value, format: Format, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let comment = if format.comments { "   # why" } else { "" };
    match value {
        Value::Map(entries) => {
            for (key, value) in ordered(entries, format) {
                let _ = write!(out, "{indent}{}:", quoted(key, format));
                inner(value, format, depth + 1, comment, out);
            }
        }
        Value::Set(items) => {
            for item in ordered(items, format) {
                let _ = write!(out, "{indent}-");
                inner(item, format, depth + 1, comment, out);
            }
        }
        Value::Plain(_) | Value::Text(_) => out.push_str(&flow(value, format)),
    }
}

/// What follows a key or a hyphen: a value on the same line, or a block below.
fn inner(value: &Value, format: Format, depth: usize, comment: &str, out: &mut String) {
    let is_empty = match value {
        Value::Set(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Plain(_) | Value::Text(_) => true,
    };
    if is_empty {
        let _ = writeln!(out, " {}{comment}", flow(value, format));
    } else {
        let _ = writeln!(out, "{comment}");
        block(value, format, depth, out);
    }
}

/// A client's fields: mostly well formed, now and then not, now and then missing or repeated.
pub fn fields() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let value = (0..VALUES.len(), 0..8_usize).prop_map(|(index, pick)| {
        let (key, good, odd) = VALUES.get(index).copied().unwrap_or(("client_id", "user-1", "ž"));
        (key, if pick == 0 { odd } else { good }.to_owned())
    });
    (proptest::collection::vec(value, 0..20), 0..10_usize).prop_map(|(mut fields, pick)| {
        if pick > 0 {
            fields.insert(0, ("client_id", "user-1".to_owned()));
        }
        // A field twice is refused; mostly each stands once.
        if pick > 1 {
            let mut seen = std::collections::BTreeSet::new();
            fields.retain(|(key, _)| seen.insert(*key));
        }
        fields
    })
}

/// All fields, well formed.
pub fn good_fields() -> impl Iterator<Item = (&'static str, &'static str)> {
    VALUES.iter().map(|(key, good, _)| (*key, *good))
}

const VALUES: [(&str, &str, &str); 15] = [
    ("client_id", "user-123", "naïve"),
    ("external_ref", "žąsis / 7", "x\u{0}y"),
    ("first_name", "Žydrūnė Мария", "J0hn"),
    ("last_name", "O'Brien 李", "a_b"),
    ("date_of_birth", "1990-05-15", "2015-05-15"),
    ("nationality", "LT", "KP"),
    ("document_number", "LX 12345", ""),
    ("personal_number", "39005150000", " 1"),
    ("sex", "F", "female"),
    ("date_of_expiry", "2100-01-01", "2020-01-01"),
    ("date_of_issue", "2020-01-01", "2100-01-01"),
    ("address", "Gedimino pr. 1, Vilnius", "\n"),
    ("document_country", "LT", "KP"),
    ("locale", "lt", "lithuanian"),
    ("step_data", "a text", "x"),
];

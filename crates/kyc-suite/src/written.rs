//! Cases as text, in the form that test files have: to be pasted.

use jiff::Timestamp;
use kyc_core::{DocumentResult, FaceResult, SessionStatus};
use kyc_policy::{
    Applicant, Birth, ClientField, Diagnostic, Field, InputValue, Judgement, Place, ResultTag, Validity,
    Whence,
};
use serde_json::Value;

/// One case on one line, without the dash before it.
pub(crate) fn case(name: &str, given: &str, expected: &str) -> String {
    format!("{{ name: {}, {given}, expect: {expected} }}", text(name))
}

/// `facts: { country: LT, age: 17 }`.
pub(crate) fn facts(applicant: &Applicant) -> String {
    let mut facts: Vec<(&str, String)> = Vec::new();
    facts.extend([
        ("country", applicant.country.map_or("unknown", |country| country.code()).to_owned()),
        ("document", applicant.document.map_or("unknown", |document| document.as_str()).to_owned()),
    ]);
    facts.push(match applicant.birth {
        Some(Birth::Age(age)) => ("age", age.to_string()),
        Some(Birth::Day(day)) => ("birth", day.expose().to_string()),
        Some(Birth::Month(year, month)) => ("birth", format!("{year:04}-{month:02}")),
        Some(Birth::Year(year)) => ("birth", format!("{year:04}")),
        None => ("age", "unknown".to_owned()),
    });
    for (key, whence) in [("nationality", applicant.nationality), ("ip_country", applicant.ip_country)] {
        match whence {
            Whence::Document => {}
            Whence::Of(country) => facts.push((key, country.code().to_owned())),
            Whence::Unknown => facts.push((key, "unknown".to_owned())),
        }
    }
    match applicant.expires {
        Validity::Long => {}
        Validity::Days(days) => facts.push(("expires", format!("{days}d"))),
        Validity::On(day) => facts.push(("expires", day.to_string())),
        Validity::Never => facts.push(("expires", "never".to_owned())),
        Validity::Unknown => facts.push(("expires", "unknown".to_owned())),
    }
    let tags = applicant.tags.iter().map(|tag| match tag {
        ResultTag::Known(tag) => tag.as_str().to_owned(),
        ResultTag::Unknown(word) => text(word),
    });
    several(&mut facts, "tags", tags.collect());
    several(&mut facts, "aml", applicant.aml.iter().map(|list| list.as_str().to_owned()).collect());
    let key = |flag| Field::flags().find(|(_, of)| of == flag).map(|(key, _)| key.to_owned());
    several(&mut facts, "untraced", applicant.untraced.iter().filter_map(key).collect());
    if applicant.status != SessionStatus::Approved {
        facts.push(("status", text(applicant.status.as_str())));
    }
    if applicant.document_result != DocumentResult::Validated {
        facts.push(("document_result", text(applicant.document_result.as_str())));
    }
    if applicant.face_result != FaceResult::Match {
        facts.push(("face_result", text(applicant.face_result.as_str())));
    }
    format!("facts: {}", map(&facts))
}

fn several(facts: &mut Vec<(&str, String)>, key: &'static str, words: Vec<String>) {
    match words.as_slice() {
        [] => {}
        [word] => facts.push((key, word.clone())),
        _ => facts.push((key, format!("[{}]", words.join(", ")))),
    }
}

/// `client: { client_id: c-1 }`, `without` what a client of the file could have in addition, and perhaps at a moment of
/// its own.
pub(crate) fn client(
    values: &[(ClientField, InputValue)],
    without: Option<ClientField>,
    now: Option<Timestamp>,
) -> String {
    let values: Vec<_> = values.iter().map(|(field, of)| (field.as_str(), value(of))).collect();
    let client = (!values.is_empty()).then(|| format!("client: {}", map(&values)));
    let without = without.map(|field| format!("without: {field}"));
    let now = now.map(|now| format!("now: {now}"));
    now.into_iter().chain(client).chain(without).collect::<Vec<_>>().join(", ")
}

fn value(input: &InputValue) -> String {
    match input {
        InputValue::Text(of) => text(of),
        InputValue::Map(entries) => {
            let entries: Vec<_> = entries.iter().map(|(key, of)| (key.as_str(), value(of))).collect();
            map(&entries)
        }
        InputValue::Switch(_) | InputValue::Other(_) => String::new(),
    }
}

/// `accept`, or the outcome with its reasons.
pub(crate) fn judgement(judgement: &Judgement) -> String {
    let reasons: Vec<&str> = judgement.reasons().iter().map(|reason| reason.kind.as_str()).collect();
    if reasons.is_empty() {
        return judgement.ruling().to_string();
    }
    format!("{{ outcome: {}, reasons: [{}] }}", judgement.ruling(), reasons.join(", "))
}

/// The problems with the fields that they are about.
pub(crate) fn problems(problems: &[Diagnostic]) -> String {
    let one = |problem: &Diagnostic| match problem.place() {
        Place::Client(field) => format!("{{ {}: {field} }}", problem.rule().id),
        _ => problem.rule().id.to_owned(),
    };
    format!("{{ problems: [{}] }}", problems.iter().map(one).collect::<Vec<_>>().join(", "))
}

/// A request with these fields, and without those.
pub(crate) fn request(fields: &[(&str, &Value)], absent: &[&str]) -> String {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, json(value))).collect();
    let mut parts = Vec::new();
    if !fields.is_empty() {
        parts.push(format!("request: {}", map(&fields)));
    }
    if !absent.is_empty() {
        parts.push(format!("absent: [{}]", absent.join(", ")));
    }
    format!("{{ {} }}", parts.join(", "))
}

fn json(value: &Value) -> String {
    match value {
        Value::String(of) => text(of),
        Value::Array(values) => format!("[{}]", values.iter().map(json).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entries: Vec<_> = entries.iter().map(|(key, value)| (key.as_str(), json(value))).collect();
            map(&entries)
        }
        other => other.to_string(),
    }
}

fn map(entries: &[(&str, String)]) -> String {
    if entries.is_empty() {
        return "{}".to_owned();
    }
    let one = |(key, value): &(&str, String)| format!("{}: {value}", text(key));
    format!("{{ {} }}", entries.iter().map(one).collect::<Vec<_>>().join(", "))
}

/// A text that stands in a flow map: in quotes, unless it is plain.
pub(crate) fn text(of: &str) -> String {
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '\'' | '=' | '(' | ')');
    let begins = of.starts_with(|c: char| c.is_alphanumeric());
    let looks_like_other =
        ["true", "false", "null", "yes", "no", "on", "off", "none", "account"].contains(&of);
    if begins
        && !of.ends_with(' ')
        && of.chars().all(is_plain)
        && !looks_like_other
        && of.parse::<f64>().is_err()
    {
        return of.to_owned();
    }
    // JSON's quotes are YAML's too.
    Value::from(of).to_string()
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn what_is_not_plain_is_quoted() {
        for (of, written) in [
            ("a passport of LT", "a passport of LT"),
            ("c-1", "c-1"),
            ("18", "\"18\""),
            ("true", "\"true\""),
            ("a, b", "\"a, b\""),
            ("a: b", "\"a: b\""),
            ("-x", "\"-x\""),
            ("https://a.example/?b", "\"https://a.example/?b\""),
            ("", "\"\""),
            ("a \"b\"", "\"a \\\"b\\\"\""),
        ] {
            assert_eq!(text(of), written);
        }
    }
}

//! SARIF 2.1.0 (OASIS), the form in which code scanning takes findings.

use kyc::policy::{Kind, Level, Place, Position, Rule, Severity, SourceMap, Waiver};
use serde_json::{Value, json};

use super::path::uri;
use super::{Finding, Report, in_file, reason};

pub(super) fn render(report: &Report<'_>) -> String {
    let mut rules: Vec<&Rule> = report.findings.iter().map(|finding| finding.diagnostic.rule()).collect();
    rules.sort_by_key(|rule| rule.id);
    rules.dedup();
    let results: Vec<Value> = report.findings.iter().map(|finding| result(report, finding, &rules)).collect();
    let driver = json!({
        "name": "kyc",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            // Places are counted in characters, and not in units of UTF-16, the default.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn descriptor(rule: &Rule) -> Value {
    let Rule { id, summary, why, bad, good, .. } = rule;
    let level = match rule.kind {
        Kind::Error | Kind::Lint(Level::Deny) => "error",
        Kind::Lint(Level::Warn) | Kind::Notice => "warning",
        Kind::Lint(Level::Allow) => "none",
    };
    json!({
        "id": id,
        "shortDescription": { "text": summary },
        "fullDescription": { "text": why },
        "help": {
            "text": format!("{why}\n\nWrong:\n\n{bad}\n\nRight:\n\n{good}\n"),
            "markdown": format!("{why}\n\nWrong:\n\n```yaml\n{bad}\n```\n\nRight:\n\n```yaml\n{good}\n```\n"),
        },
        "defaultConfiguration": { "level": level },
        "properties": { "kind": rule.kind.as_str() },
    })
}

fn result(report: &Report<'_>, finding: &Finding<'_>, rules: &[&Rule]) -> Value {
    let diagnostic = finding.diagnostic;
    let id = diagnostic.rule().id;
    let text = match diagnostic.help_text() {
        Some(help) => format!("{}\nhelp: {help}", diagnostic.message()),
        None => diagnostic.message().to_owned(),
    };
    let related: Vec<Value> = diagnostic
        .related_places()
        .iter()
        .map(|related| location(report, finding.sources, &related.place, Some(&related.message)))
        .collect();
    let level = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let suppressions: Vec<Value> = finding.waiver.map(suppression).into_iter().collect();
    object([
        ("ruleId", Some(id.into())),
        ("ruleIndex", Some(rules.iter().position(|rule| rule.id == id).into())),
        ("level", Some(level.into())),
        ("message", Some(json!({ "text": text }))),
        ("locations", Some(json!([location(report, finding.sources, diagnostic.place(), None)]))),
        ("relatedLocations", Some(Value::Array(related)).filter(|list| *list != json!([]))),
        // An empty list says that it counts; no list would say that nobody knows.
        ("suppressions", Some(Value::Array(suppressions))),
    ])
}

fn suppression(waiver: &Waiver) -> Value {
    json!({
        "kind": "external",
        "status": "accepted",
        "justification": reason(waiver),
        "properties": { "until": waiver.until().to_string() },
    })
}

fn location(report: &Report<'_>, sources: &SourceMap, place: &Place, message: Option<&str>) -> Value {
    let message = ("message", message.map(|text| json!({ "text": text })));
    let Some(found) = in_file(sources, place) else {
        let name = json!([{ "fullyQualifiedName": outside(place) }]);
        return object([("logicalLocations", Some(name)), message]);
    };
    let artifact = json!({ "uri": uri(found.name, report.working_directory) });
    let physical = object([("artifactLocation", Some(artifact)), ("region", found.position.map(region))]);
    object([("physicalLocation", Some(physical)), message])
}

fn region(at: Position) -> Value {
    json!({
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
    })
}

/// The object with those of the fields that are there: the standard knows no null.
fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

/// What a place outside every file is called.
fn outside(place: &Place) -> String {
    match place {
        Place::Policy(key) => key.to_string(),
        Place::Client(field) => field.to_string(),
        Place::ClientKey(key) => key.clone(),
        Place::At(_) | Place::File(_) => String::new(),
    }
}

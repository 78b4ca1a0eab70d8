//! A report for programs.

use serde_json::{Value, json};

use super::Demanded;
use crate::run::{Because, CaseReport, Failure, Report};

/// The reports as JSON. Lines and columns count from 1.
pub fn to_json(reports: &[Report], demanded: Demanded<'_>) -> Value {
    reports
        .iter()
        .map(|report| {
            json!({
                "file": report.file,
                "policy": report.policy,
                "cases": report.cases.iter().map(|case| one(case, demanded)).collect::<Vec<_>>(),
            })
        })
        .collect()
}

fn one(case: &CaseReport, demanded: Demanded<'_>) -> Value {
    let at = demanded.sources.span(case.loc).map(|(file, bytes)| demanded.sources.position(file, &bytes));
    json!({
        "name": case.name,
        "line": at.map(|at| at.line),
        "column": at.map(|at| at.column),
        "combinations": case.runs,
        "failures": case.failures.iter().map(failure).collect::<Vec<_>>(),
    })
}

fn failure(failure: &Failure) -> Value {
    json!({
        "combination": failure.combination,
        "expected": failure.expected,
        "came": failure.came,
        "because": failure.because.iter().map(because).collect::<Vec<_>>(),
    })
}

fn because(because: &Because) -> Value {
    json!({ "kind": because.word, "id": because.id, "message": because.message, "key": because.key })
}

//! A report for programs.

use serde_json::{Value, json};

use super::{Demanded, Outcome};
use crate::coverage::Coverage;
use crate::mutation::Mutation;
use crate::run::{Because, CaseReport, Failure, Report};

/// The outcome as JSON. Lines and columns count from 1.
pub fn to_json(outcome: &Outcome, demanded: Demanded<'_>) -> Value {
    let reports = outcome.reports.iter().map(|report| {
        json!({
            "file": report.file,
            "policy": report.policy,
            "cases": report.cases.iter().map(|case| one(report, case, demanded)).collect::<Vec<_>>(),
        })
    });
    json!({
        "reports": reports.collect::<Vec<_>>(),
        "coverage": outcome.coverage.iter().map(coverage).collect::<Vec<_>>(),
        "mutation": outcome.mutation.iter().map(mutation).collect::<Vec<_>>(),
    })
}

fn coverage(coverage: &Coverage) -> Value {
    let untouched = coverage
        .untouched
        .iter()
        .map(|edge| json!({ "key": edge.key, "what": edge.what, "case": edge.case }));
    json!({
        "policy": coverage.policy,
        "edges": coverage.edges,
        "touched": coverage.touched(),
        "untouched": untouched.collect::<Vec<_>>(),
    })
}

fn mutation(mutation: &Mutation) -> Value {
    let survivors = mutation.survivors.iter().map(|survivor| {
        json!({ "key": survivor.key, "step": survivor.step, "who": survivor.who, "case": survivor.case })
    });
    let unobservable = mutation.unobservable.iter().map(|(key, step)| json!({ "key": key, "step": step }));
    json!({
        "policy": mutation.policy,
        "mutants": mutation.mutants,
        "noticed": mutation.noticed(),
        "survivors": survivors.collect::<Vec<_>>(),
        "unobservable": unobservable.collect::<Vec<_>>(),
    })
}

fn one(report: &Report, case: &CaseReport, demanded: Demanded<'_>) -> Value {
    let at = demanded.sources.span(case.loc).map(|(file, bytes)| demanded.sources.position(file, &bytes));
    json!({
        "name": case.name,
        "line": at.map(|at| at.line),
        "column": at.map(|at| at.column),
        "combinations": case.runs,
        "failures": case.failures.iter().map(|of| failure(report, of, demanded)).collect::<Vec<_>>(),
    })
}

fn failure(report: &Report, failure: &Failure, demanded: Demanded<'_>) -> Value {
    json!({
        "combination": failure.combination,
        "expected": failure.expected,
        "came": failure.came,
        "because": failure.because.iter().map(|of| because(report, of, demanded)).collect::<Vec<_>>(),
    })
}

fn because(report: &Report, because: &Because, demanded: Demanded<'_>) -> Value {
    json!({
        "kind": because.word,
        "id": because.id,
        "message": because.message,
        "key": because.key,
        "demanded": (demanded.by)(&report.policy, because.key.as_deref()),
    })
}

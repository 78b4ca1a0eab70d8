//! A report for people.

use super::{Demanded, Outcome, count, gaps};
use crate::run::{CaseReport, Failure, Report};

/// Failures of one case that are told in full; of the others only which combinations they are.
const TOLD: usize = 3;

/// The cases of each file with what came of them, every failure in full; then what no case touches or notices.
pub fn tree(outcome: &Outcome, demanded: Demanded<'_>) -> String {
    let mut lines = Vec::new();
    for report in &outcome.reports {
        lines.push(format!("{} ({})", report.policy, report.file));
        for case in &report.cases {
            lines.push(line(case, demanded));
            lines.extend(failures(report, case, demanded));
        }
        lines.push(String::new());
    }
    lines.push(summary(&outcome.reports));
    lines.extend(gaps::coverage(&outcome.coverage, demanded));
    lines.extend(gaps::mutation(&outcome.mutation, demanded));
    lines.iter().map(|line| visible(line)).collect::<Vec<_>>().join("\n")
}

/// The line with every character replaced that could forge lines of the report: names and values are the author's.
fn visible(line: &str) -> String {
    line.chars().map(|c| if kyc_core::is_invisible(c) { '\u{fffd}' } else { c }).collect()
}

fn line(case: &CaseReport, demanded: Demanded<'_>) -> String {
    let combinations = match (case.runs, case.failures.len()) {
        (1, _) => String::new(),
        (runs, 0) => format!(" ({runs})"),
        (runs, failed) => format!(" ({failed} of {runs})"),
    };
    if case.failures.is_empty() {
        format!("  ok    {}{combinations}", case.name)
    } else {
        format!("  FAIL  {}{combinations}  {}", case.name, demanded.place(case.loc))
    }
}

fn failures(report: &Report, case: &CaseReport, demanded: Demanded<'_>) -> Vec<String> {
    let told = case.failures.iter().take(TOLD);
    let mut lines: Vec<String> = told.flat_map(|failure| one(report, failure, demanded)).collect();
    let rest: Vec<&str> =
        case.failures.iter().skip(TOLD).filter_map(|failure| failure.combination.as_deref()).collect();
    if let [first, ..] = rest.as_slice() {
        let more =
            if rest.len() == 1 { String::new() } else { format!(" to {}", rest.last().unwrap_or(first)) };
        lines.push(format!("        and {} more: {first}{more}", rest.len()));
    }
    lines
}

/// The lines that tell one failure.
fn one(report: &Report, failure: &Failure, demanded: Demanded<'_>) -> Vec<String> {
    let indent = " ".repeat(8);
    let mut lines = Vec::new();
    if let Some(combination) = &failure.combination {
        lines.push(format!("{indent}{combination}"));
    }
    lines.push(format!("{indent}expected {}", failure.expected));
    lines.push(format!("{indent}came     {}", failure.came));
    let width = failure.because.iter().map(|because| because.id.len()).max().unwrap_or_default();
    for because in &failure.because {
        let [what, where_] = demanded.because(&report.policy, because, width);
        lines.push(format!("{indent}{what}"));
        lines.push(format!("{indent}{where_}"));
    }
    lines
}

/// `3 files, 40 cases (312 combinations), 2 failed`.
fn summary(reports: &[Report]) -> String {
    let cases: usize = reports.iter().map(|report| report.cases.len()).sum();
    let runs: usize = reports.iter().flat_map(|report| &report.cases).map(|case| case.runs).sum();
    let failed: usize = reports.iter().map(Report::failed).sum();
    let combinations = if runs == cases {
        String::new()
    } else {
        format!(" ({})", count(runs, "combination", "combinations"))
    };
    let outcome = if failed == 0 { "all as expected".to_owned() } else { format!("{failed} failed") };
    format!(
        "{}, {}{combinations}, {outcome}",
        count(reports.len(), "file", "files"),
        count(cases, "case", "cases")
    )
}

//! Findings for people, and how many there are.

use std::collections::BTreeSet;
use std::path::Path;

use kyc::SET_FILE;

use super::{Finding, Report, excuse};
use crate::files::{count, is_set};
use crate::problems;

pub(super) fn render(report: &Report<'_>, show_waived: bool) -> String {
    let told = report.findings.iter().filter(|finding| show_waived || finding.waiver.is_none());
    told.map(one).collect()
}

fn one(finding: &Finding<'_>) -> String {
    let text = problems::text(finding.sources, finding.diagnostic);
    match finding.waiver {
        None => format!("{text}\n\n"),
        Some(waiver) => format!("{text}\n{}\n\n", excuse(waiver)),
    }
}

/// `10 mistakes and 1 warning in 2 of 6 policies, 3 waived`.
pub(crate) fn summary(report: &Report<'_>) -> String {
    let findings = || report.findings.iter();
    let mistakes = findings().filter(|finding| finding.is_mistake()).count();
    let warnings = findings().filter(|finding| finding.is_warning()).count();
    let counted = counted(report, mistakes, warnings);
    match findings().filter(|finding| finding.waiver.is_some()).count() {
        0 => counted,
        waived => format!("{counted}, {waived} waived"),
    }
}

fn counted(report: &Report<'_>, mistakes: usize, warnings: usize) -> String {
    let policies: BTreeSet<&Path> = report.files.iter().copied().filter(|path| !is_set(path)).collect();
    let all = match policies.len() {
        0 => format!("`{SET_FILE}`"),
        some => count(some, "policy", "policies"),
    };
    let (errors, warned) = (count(mistakes, "mistake", "mistakes"), count(warnings, "warning", "warnings"));
    let found = match (mistakes, warnings) {
        (0, 0) => return format!("{all}, no mistakes"),
        (0, _) => format!("no mistakes and {warned}"),
        (_, 0) => errors,
        _ => format!("{errors} and {warned}"),
    };
    let told = report.findings.iter().filter(|finding| finding.waiver.is_none());
    let places: BTreeSet<&Path> =
        told.filter_map(Finding::in_file).map(|place| Path::new(place.name)).collect();
    let touched = places.intersection(&policies).count();
    match (touched, places.iter().any(|place| is_set(place))) {
        (0, true) => format!("{found} in `{SET_FILE}`"),
        (0, false) => format!("{found} beside {all}"),
        (some, true) => format!("{found} in {some} of {all} and `{SET_FILE}`"),
        (some, false) => format!("{found} in {some} of {all}"),
    }
}

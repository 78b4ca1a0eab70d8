//! JUnit XML: a suite for each file, a case in it for each rule that was broken. A warning fails no case.

use std::collections::BTreeMap;

use kyc::policy::{Style, to_text};
use quick_junit::{NonSuccessKind, Report as JunitReport, TestCase, TestCaseStatus, TestSuite};

use super::path::relative;
use super::{Finding, Report, excuse};

/// The suite of findings that are in no file.
const NO_FILE: &str = "policies";
/// The case of a file in which nothing is wrong: a suite without a case would look as if it had not been run.
const SOUND: &str = "no findings";

pub(super) fn render(report: &Report<'_>) -> String {
    let mut suites: BTreeMap<String, BTreeMap<&str, Vec<&Finding<'_>>>> = BTreeMap::new();
    for file in &report.files {
        suites.entry(relative(&file.to_string_lossy(), report.working_directory)).or_default();
    }
    for finding in &report.findings {
        let file = finding
            .in_file()
            .map_or_else(|| NO_FILE.to_owned(), |place| relative(place.name, report.working_directory));
        suites.entry(file).or_default().entry(finding.diagnostic.rule().id).or_default().push(finding);
    }
    let mut junit = JunitReport::new("kyc check");
    for (file, rules) in &suites {
        junit.add_test_suite(suite(file, rules));
    }
    let xml = junit.to_string().unwrap_or_default();
    // Writing to memory fails only where text is no text.
    if xml.ends_with('\n') { xml } else { xml + "\n" }
}

fn suite(file: &str, rules: &BTreeMap<&str, Vec<&Finding<'_>>>) -> TestSuite {
    let mut suite = TestSuite::new(file);
    if rules.is_empty() {
        suite.add_test_case(named(SOUND, TestCaseStatus::success(), file));
    }
    for (rule, findings) in rules {
        suite.add_test_case(case(file, rule, findings));
    }
    suite
}

fn case(file: &str, rule: &str, findings: &[&Finding<'_>]) -> TestCase {
    let mistakes: Vec<_> = findings.iter().copied().filter(|finding| finding.is_mistake()).collect();
    if let Some(first) = mistakes.first() {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status
            .set_message(first.diagnostic.message())
            .set_type(rule)
            .set_description(mistakes.iter().map(|finding| text(finding)).collect::<Vec<_>>().join("\n\n"));
        return named(rule, status, file);
    }
    let warned = findings.iter().any(|finding| finding.is_warning());
    let mut status = if warned { TestCaseStatus::success() } else { TestCaseStatus::skipped() };
    if let (false, Some(waiver)) = (warned, findings.iter().find_map(|finding| finding.waiver)) {
        status.set_message(excuse(waiver));
    }
    let mut case = named(rule, status, file);
    case.set_system_out(findings.iter().map(|finding| text(finding)).collect::<Vec<_>>().join("\n\n"));
    case
}

fn named(name: &str, status: TestCaseStatus, file: &str) -> TestCase {
    let mut case = TestCase::new(name, status);
    case.set_classname(file);
    case
}

fn text(finding: &Finding<'_>) -> String {
    let text = to_text(finding.sources, finding.diagnostic, Style::Plain);
    match finding.waiver {
        None => text,
        Some(waiver) => format!("{text}\n{}", excuse(waiver)),
    }
}

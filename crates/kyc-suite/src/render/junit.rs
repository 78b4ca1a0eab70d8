//! A report for build servers, as `JUnit` wrote it.

use quick_junit::{NonSuccessKind, Report as JUnit, TestCase, TestCaseStatus, TestSuite};

use super::Demanded;
use crate::run::{CaseReport, Failure, Report};

/// The reports as `JUnit` XML: a suite for each file, a case for each case. Equal reports give equal bytes: no time
/// stands in it.
///
/// # Errors
///
/// The text cannot be written as XML.
pub fn junit(reports: &[Report], demanded: Demanded<'_>) -> Result<String, quick_junit::SerializeError> {
    let mut xml = JUnit::new("kyc test");
    for report in reports {
        let mut suite = TestSuite::new(report.file.as_str());
        suite.add_property(("policy", report.policy.as_str()));
        for case in &report.cases {
            suite.add_test_case(one(report, case, demanded));
        }
        xml.add_test_suite(suite);
    }
    xml.to_string()
}

fn one(report: &Report, case: &CaseReport, demanded: Demanded<'_>) -> TestCase {
    let mut status = TestCaseStatus::success();
    if !case.failures.is_empty() {
        status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        let texts: Vec<String> =
            case.failures.iter().map(|failure| text(report, failure, demanded)).collect();
        status.set_message(headline(case));
        status.set_description(format!("{}\n{}", demanded.place(case.loc), texts.join("\n\n")));
    }
    let mut xml = TestCase::new(case.name.as_str(), status);
    xml.set_classname(report.policy.as_str());
    xml
}

fn headline(case: &CaseReport) -> String {
    let Some(first) = case.failures.first() else { return String::new() };
    let difference = format!("expected {}, came {}", first.expected, first.came);
    match case.failures.len() {
        1 => difference,
        some => format!("{difference} ({some} of {} combinations)", case.runs),
    }
}

fn text(report: &Report, failure: &Failure, demanded: Demanded<'_>) -> String {
    let mut lines: Vec<String> = failure.combination.iter().cloned().collect();
    lines.push(format!("expected {}", failure.expected));
    lines.push(format!("came     {}", failure.came));
    for because in &failure.because {
        lines.extend(demanded.because(&report.policy, because, because.id.len()));
    }
    lines.join("\n")
}

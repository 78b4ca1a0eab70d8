//! A report for build servers, as `JUnit` wrote it.

use quick_junit::{NonSuccessKind, Report as JUnit, TestCase, TestCaseStatus, TestSuite};

use super::{Demanded, Outcome};
use crate::coverage::Coverage;
use crate::mutation::Mutation;
use crate::run::{CaseReport, Failure, Report};

/// The outcome as `JUnit` XML: a suite for each file, a case for each case; an edge that no case touches is skipped, and a
/// mutant that none notices failed. Equal outcomes give equal bytes: no time stands in it.
///
/// # Errors
///
/// The text cannot be written as XML.
pub fn junit(outcome: &Outcome, demanded: Demanded<'_>) -> Result<String, quick_junit::SerializeError> {
    let mut xml = JUnit::new("kyc test");
    for report in &outcome.reports {
        let mut suite = TestSuite::new(report.file.as_str());
        suite.add_property(("policy", report.policy.as_str()));
        for case in &report.cases {
            suite.add_test_case(one(report, case, demanded));
        }
        xml.add_test_suite(suite);
    }
    outcome.coverage.iter().for_each(|coverage| {
        xml.add_test_suite(edges(coverage, demanded));
    });
    outcome.mutation.iter().for_each(|mutation| {
        xml.add_test_suite(mutants(mutation, demanded));
    });
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

/// The edges of a policy: an untouched one is skipped, since nobody has said that it must not be.
fn edges(coverage: &Coverage, demanded: Demanded<'_>) -> TestSuite {
    let mut suite = TestSuite::new(format!("coverage of {}", coverage.policy));
    suite.add_property(("edges", coverage.edges.to_string().as_str()));
    suite.add_property(("touched", coverage.touched().to_string().as_str()));
    for edge in &coverage.untouched {
        let mut status = TestCaseStatus::skipped();
        status.set_message("no case touches it");
        status.set_description(format!(
            "{}\n- {}",
            (demanded.by)(&coverage.policy, Some(&edge.key)),
            edge.case
        ));
        let mut xml = TestCase::new(format!("{}: {}", edge.key, edge.what), status);
        xml.set_classname(coverage.policy.as_str());
        suite.add_test_case(xml);
    }
    suite
}

/// The mutants of a policy that no case notices.
fn mutants(mutation: &Mutation, demanded: Demanded<'_>) -> TestSuite {
    let mut suite = TestSuite::new(format!("mutants of {}", mutation.policy));
    suite.add_property(("mutants", mutation.mutants.to_string().as_str()));
    suite.add_property(("noticed", mutation.noticed().to_string().as_str()));
    for survivor in &mutation.survivors {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message("no case notices it");
        let place = (demanded.by)(&mutation.policy, Some(&survivor.key));
        status.set_description(format!("{place}\n{}\n- {}", survivor.who, survivor.case));
        let mut xml = TestCase::new(format!("{}: {}", survivor.key, survivor.step), status);
        xml.set_classname(mutation.policy.as_str());
        suite.add_test_case(xml);
    }
    suite
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

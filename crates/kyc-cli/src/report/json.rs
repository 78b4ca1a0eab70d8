//! Findings for programs.

use kyc::policy::{Waived, to_json, waived_to_json};
use serde_json::Value;

use super::{Finding, Report};

pub(super) fn render(report: &Report<'_>) -> String {
    let findings: Vec<Value> = report.findings.iter().flat_map(objects).collect();
    format!("{:#}\n", Value::Array(findings))
}

fn objects(finding: &Finding<'_>) -> Vec<Value> {
    if let Some(waiver) = finding.waiver {
        let waived = Waived { diagnostic: finding.diagnostic.clone(), waiver: waiver.clone() };
        return vec![waived_to_json(finding.sources, &waived)];
    }
    match to_json(finding.sources, std::slice::from_ref(finding.diagnostic)) {
        Value::Array(array) => array,
        other => vec![other],
    }
}

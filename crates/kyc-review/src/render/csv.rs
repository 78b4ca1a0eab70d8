//! A register as CSV, for spreadsheets.

use crate::register::{Register, Registered};

/// The columns.
const COLUMNS: [&str; 14] = [
    "name",
    "description",
    "owner",
    "extends",
    "risk_tier",
    "legal_basis",
    "review_by",
    "review_overdue",
    "verified_again",
    "countries",
    "age",
    "digest",
    "document_digest",
    "has_mistakes",
];

/// The register as CSV (RFC 4180, UTF-8), with a heading. A spreadsheet takes no cell for a formula: one that begins like a
/// formula begins with an apostrophe instead.
///
/// # Errors
///
/// Never: writing to memory does not fail.
pub fn register_csv(register: &Register) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for policy in &register.policies {
        writer.write_record(row(policy).iter().map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn row(policy: &Registered) -> [String; COLUMNS.len()] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    // Of a file with mistakes nothing is known, not even what is no.
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let known = |cell: String| if policy.has_mistakes { String::new() } else { cell };
    [
        policy.name.clone(),
        text(&policy.description),
        text(&policy.owner),
        text(&policy.extends),
        policy.risk_tier.unwrap_or_default().to_owned(),
        text(&policy.legal_basis),
        text(&policy.review_by),
        known(yes_no(policy.is_overdue)),
        text(&policy.reverify),
        policy.countries.map(|count| count.to_string()).unwrap_or_default(),
        text(&policy.age),
        text(&policy.digest),
        text(&policy.document_digest),
        yes_no(policy.has_mistakes),
    ]
}

/// The cell as no spreadsheet computes it. Wide forms of the marks are read as the marks by some.
fn harmless(cell: &str) -> String {
    let begins_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if begins_formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_like_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "=cmd|' /C calc'!A0"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        for cell in ["", "a=1", "2026-11-23", "'=1", "Directive (EU) 2015/849"] {
            assert_eq!(harmless(cell), cell);
        }
    }
}

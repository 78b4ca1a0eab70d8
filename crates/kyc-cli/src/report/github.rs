//! Workflow commands of GitHub, one line for each finding: they become annotations of the lines that a change touches.

use std::fmt::Write as _;

use kyc::policy::Severity;

use super::path::relative;
use super::{Finding, Report, excuse};

pub(super) fn render(report: &Report<'_>, show_waived: bool) -> String {
    let told = report.findings.iter().filter(|finding| show_waived || finding.waiver.is_none());
    told.map(|finding| command(report, finding)).collect()
}

fn command(report: &Report<'_>, finding: &Finding<'_>) -> String {
    let diagnostic = finding.diagnostic;
    let name = match (finding.waiver, diagnostic.severity()) {
        (Some(_), _) => "notice",
        (None, Severity::Error) => "error",
        (None, Severity::Warning) => "warning",
    };
    let title = format!("kyc: {}", diagnostic.rule().id);
    let mut text = format!("::{name} ");
    if let Some(place) = finding.in_file() {
        let file = relative(place.name, report.working_directory);
        let _ = write!(text, "file={},", property(&file));
        if let Some(at) = place.position {
            let _ = write!(text, "line={},endLine={},", at.line, at.end_line);
            // Columns say nothing where several lines are meant.
            if at.line == at.end_line {
                let _ = write!(text, "col={},endColumn={},", at.column, at.end_column);
            }
        }
    }
    let mut message = diagnostic.message().to_owned();
    if let Some(help) = diagnostic.help_text() {
        let _ = write!(message, "\nhelp: {help}");
    }
    if let Some(waiver) = finding.waiver {
        let _ = write!(message, "\n{}", excuse(waiver));
    }
    let _ = writeln!(text, "title={}::{}", property(&title), data(&message));
    text
}

/// The text of a command: nothing in it ends the line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property: nothing in it ends the property or the list of them.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_command_or_a_property_is_escaped() {
        assert_eq!(data("50%\r\n::error::x,y"), "50%25%0D%0A::error::x,y");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}

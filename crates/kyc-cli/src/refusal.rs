//! Why there is no token, apart from diagnostics: for people on standard error, for programs as one JSON object.

use kyc::{IssueError, UnknownPolicy};
use serde_json::json;

use crate::client_data::DataError;
use crate::error::{CommandError, with_causes};
use crate::format::Format;
use crate::ui::Ui;

/// The name is part of what is asked for, as the data is; so this is no wrong use of the command.
pub(crate) fn unknown_policy(ui: &mut Ui, format: Format, error: &UnknownPolicy) -> CommandError {
    let refused = CommandError::wrong(error.to_string()).hint("`kyc list` shows the policies that there are");
    nothing_sent(ui, format, "unknown-policy", refused)
}

/// The client's data cannot be read.
pub(crate) fn data_error(ui: &mut Ui, format: Format, error: DataError) -> CommandError {
    match error {
        DataError::Command(error) => error,
        DataError::Json(error) => {
            let refused = CommandError::wrong(format!("{error}; nothing was sent"))
                .hint("write one JSON object: { \"client_id\": \"…\", \"first_name\": \"…\" }");
            nothing_sent(ui, format, "malformed-data", refused)
        }
    }
}

/// The vendor issued no usable token.
pub(crate) fn vendor_error(ui: &mut Ui, format: Format, error: &kyc::vendor::Error) -> CommandError {
    use kyc::vendor::Error as E;

    let kind = match error {
        E::Unreachable(_) => "unreachable",
        E::Refused(_) => "refused",
        E::Redirected(_) => "redirected",
        E::Failed(_) => "failed",
        E::Unanswered(_) => "unanswered",
        E::Unreadable(_) => "unreadable",
        E::IssuedWeaker(_) => "issued-weaker",
    };
    let scan_ref = match error {
        E::IssuedWeaker(weaker) => Some(weaker.scan_ref().as_str()),
        _ => None,
    };
    let refused = CommandError::vendor(error.to_string()).hint(error.hint());
    let facts = Facts {
        status: error.status(),
        identifier: error.identifier().map(kyc::vendor::Identifier::as_str),
        may_have_been_created: error.may_have_been_created(),
        retryable: error.is_retryable(),
        scan_ref,
    };
    told(ui, format, kind, refused, &facts)
}

/// An error of issuing that is neither the client's data nor an unknown policy.
pub(crate) fn issue_error(ui: &mut Ui, format: Format, error: &IssueError) -> CommandError {
    let scan_ref = match error {
        IssueError::NoAddress { scan_ref } => Some(scan_ref.as_str()),
        _ => None,
    };
    let refused = CommandError::vendor(with_causes(error))
        .hint("the session exists: look it up in the vendor's dashboard, and do not simply ask again");
    let facts = Facts { may_have_been_created: true, scan_ref, ..Facts::default() };
    told(ui, format, "no-address", refused, &facts)
}

fn nothing_sent(ui: &mut Ui, format: Format, kind: &str, refused: CommandError) -> CommandError {
    told(ui, format, kind, refused, &Facts::default())
}

/// What a program wants to know beside the text.
#[derive(Default)]
struct Facts<'a> {
    status: Option<u16>,
    identifier: Option<&'a str>,
    may_have_been_created: bool,
    retryable: bool,
    scan_ref: Option<&'a str>,
}

/// Writes the JSON object for programs, and hands the error on for people.
fn told(ui: &mut Ui, format: Format, kind: &str, refused: CommandError, facts: &Facts<'_>) -> CommandError {
    if format == Format::Json {
        // The error itself says more than that it could not be written.
        let _ = ui.json(&json!({
            "error": {
                "kind": kind,
                "message": refused.to_string(),
                "hint": refused.hint_text(),
                "status": facts.status,
                "identifier": facts.identifier,
                "may_have_been_created": facts.may_have_been_created,
                "retryable": facts.retryable,
                "scan_ref": facts.scan_ref,
            }
        }));
    }
    refused
}

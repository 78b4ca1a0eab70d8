//! What a refusal says, read from any of the shapes it has had.
//!
//! The shapes: `message`, `identifier`, `documentation` and `severity`; `identifier` and `message`; `message` alone;
//! `message`, `code` and `detail`. Messages are compared with known texts and searched for the names of parameters,
//! and are then dropped: they can repeat a personal value.

use kyc_core::wire::WireField;
use serde_json::Value;

use crate::error::{Identifier, RefusalKind};

/// What is kept of a refusal's body.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Envelope {
    pub(crate) identifier: Option<Identifier>,
    field: Option<WireField>,
    says: Option<Says>,
    /// Whether the message is about a session's reference.
    names_session: bool,
}

/// Known texts that tell apart what one identifier or status does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    NoFunds,
    Inactive,
    WrongEnvironment,
    TokenAlive,
}

impl Envelope {
    /// Reads the body of a refusal. One that is not JSON says nothing.
    pub(crate) fn read(body: &[u8]) -> Self {
        let Ok(Value::Object(json)) = serde_json::from_slice(body) else { return Self::default() };
        let text = |name: &str| json.get(name).and_then(Value::as_str).unwrap_or_default();
        let message = text("message");
        let says = if text("code") == "insufficient_finances" { Some(Says::NoFunds) } else { said(message) };
        Self {
            identifier: Identifier::new(text("identifier")),
            field: named_field(message),
            says,
            names_session: words(message).any(|word| word == "scanRef"),
        }
    }

    /// Why the request was refused. A status that means one thing goes first, then the identifier.
    pub(crate) fn kind(&self, status: u16) -> RefusalKind {
        let identifier = self.identifier.as_ref().map(Identifier::as_str);
        match (status, identifier) {
            (401, _) => RefusalKind::Unauthorized,
            (402, _) => RefusalKind::InsufficientFunds,
            (404, _) => RefusalKind::NotFound,
            (405, _) => RefusalKind::MethodNotAllowed,
            (409, _) => RefusalKind::Conflict,
            (429, _) | (_, Some("TOO_MANY_REQUESTS")) => RefusalKind::RateLimited,
            (_, Some("UNAUTHORIZED")) => RefusalKind::Unauthorized,
            (_, Some("BAD_VALUE" | "VALIDATION_ERROR")) if self.names_session => RefusalKind::UnknownSession,
            (_, Some("BAD_VALUE" | "VALIDATION_ERROR")) => RefusalKind::BadValue(self.field),
            (_, Some("MISSING_VALUE")) => RefusalKind::MissingValue(self.field),
            (_, Some("JSON_ERROR" | "ENCODING_ERROR")) => RefusalKind::Malformed,
            (_, Some("METHOD_NOT_ALLOWED")) => RefusalKind::MethodNotAllowed,
            (403, _) | (_, Some("PERMISSIONS_ERROR" | "PARTNER_CONTRACT_ERROR" | "PARTNER_ERROR")) => {
                self.says.map_or(RefusalKind::NotPermitted, Says::kind)
            }
            _ => self.says.map_or(RefusalKind::Other, Says::kind),
        }
    }

    /// Whether the vendor calls it its own failure, whatever the status.
    pub(crate) fn is_internal(&self) -> bool {
        self.identifier.as_ref().is_some_and(|identifier| identifier.as_str() == "INTERNAL_ERROR")
    }
}

impl Says {
    const fn kind(self) -> RefusalKind {
        match self {
            Self::NoFunds => RefusalKind::InsufficientFunds,
            Self::Inactive => RefusalKind::PartnerInactive,
            Self::WrongEnvironment => RefusalKind::WrongEnvironment,
            Self::TokenAlive => RefusalKind::TokenAlive,
        }
    }
}

fn said(message: &str) -> Option<Says> {
    match message.trim_end_matches('.') {
        "Partner reached token limit" | "Action not allowed due to lack of funds or exceeded limit" => {
            Some(Says::NoFunds)
        }
        "Partner inactive" => Some(Says::Inactive),
        "Token has not expired yet" => Some(Says::TokenAlive),
        text => text.starts_with("This endpoint is not available for ").then_some(Says::WrongEnvironment),
    }
}

/// The parameter that a message names: between quotes if one is, else anywhere.
fn named_field(message: &str) -> Option<WireField> {
    message.split(['\'', '"', '`']).skip(1).step_by(2).chain(words(message)).find_map(WireField::from_name)
}

fn words(message: &str) -> impl Iterator<Item = &str> {
    message.split(|c: char| !c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn kind(status: u16, body: &Value) -> RefusalKind {
        Envelope::read(body.to_string().as_bytes()).kind(status)
    }

    #[test]
    fn every_shape_is_read() {
        use RefusalKind as K;
        let limit = "Partner reached token limit.";
        let sandbox = "This endpoint is not available for PROD partners.";
        let country = "Field 'country' must be a valid ISO 3166-1 alpha-2 code.";
        for (status, body, expected) in [
            (
                400,
                json!({ "identifier": "BAD_VALUE", "message": country, "documentation": "", "severity": "NOT_SEVERE" }),
                K::BadValue(Some(WireField::Country)),
            ),
            (400, json!({ "identifier": "BAD_VALUE", "message": "no" }), K::BadValue(None)),
            (
                400,
                json!({ "identifier": "MISSING_VALUE", "message": "clientId is required" }),
                K::MissingValue(Some(WireField::ClientId)),
            ),
            (400, json!({ "identifier": "PERMISSIONS_ERROR", "message": limit }), K::InsufficientFunds),
            (400, json!({ "identifier": "PERMISSIONS_ERROR", "message": sandbox }), K::WrongEnvironment),
            (
                400,
                json!({ "identifier": "PERMISSIONS_ERROR", "message": "You are not allowed" }),
                K::NotPermitted,
            ),
            (400, json!({ "identifier": "PARTNER_CONTRACT_ERROR" }), K::NotPermitted),
            (400, json!({ "identifier": "UNAUTHORIZED" }), K::Unauthorized),
            (400, json!({ "identifier": "JSON_ERROR" }), K::Malformed),
            (400, json!({ "identifier": "ENCODING_ERROR" }), K::Malformed),
            (400, json!({ "identifier": "TOO_MANY_REQUESTS" }), K::RateLimited),
            (400, json!({ "identifier": "METHOD_NOT_ALLOWED" }), K::MethodNotAllowed),
            (400, json!({ "identifier": "TOKEN_NOT_VALID" }), K::Other),
            (400, json!({ "message": 5 }), K::Other),
            (401, json!({ "message": "Invalid authorization credentials" }), K::Unauthorized),
            (
                402,
                json!({ "message": "no", "code": "insufficient_finances", "detail": {} }),
                K::InsufficientFunds,
            ),
            (400, json!({ "code": "insufficient_finances" }), K::InsufficientFunds),
            (403, json!({ "message": "Partner inactive" }), K::PartnerInactive),
            (403, json!({ "message": sandbox }), K::WrongEnvironment),
            (403, json!({ "message": "no" }), K::NotPermitted),
            (
                400,
                json!({ "identifier": "PARTNER_ERROR", "message": "Token has not expired yet.", "documentation": "" }),
                K::TokenAlive,
            ),
            (400, json!({ "identifier": "PARTNER_ERROR" }), K::NotPermitted),
            (400, json!({ "identifier": "BAD_VALUE", "message": "Field 'scanRef' no" }), K::UnknownSession),
            (404, json!({}), K::NotFound),
            (405, json!({ "identifier": "METHOD_NOT_ALLOWED" }), K::MethodNotAllowed),
            (409, json!({ "message": "Client ID already exists" }), K::Conflict),
            (429, json!({ "identifier": "TOO_MANY_REQUESTS" }), K::RateLimited),
            (418, json!({ "identifier": "BRAND_NEW" }), K::Other),
        ] {
            assert_eq!(kind(status, &body), expected, "{status} {body}");
        }
    }

    #[test]
    fn a_body_that_is_not_json_leaves_the_status() {
        assert_eq!(Envelope::read(b"<html>"), Envelope::default());
        assert_eq!(Envelope::read(b"[]").kind(429), RefusalKind::RateLimited);
        assert_eq!(Envelope::read(b"\xff").kind(400), RefusalKind::Other);
    }

    #[test]
    fn nothing_else_of_a_message_is_kept() {
        let body =
            json!({ "identifier": "Zelda", "message": "Field 'firstName': Zelda is not a name. 'address'" });
        let envelope = Envelope::read(body.to_string().as_bytes());
        assert_eq!(envelope.field, Some(WireField::FirstName));
        assert!(!format!("{envelope:?}").contains("Zelda"));
    }
}

//! The vendor's answer to a token request, read leniently: its schema grows and its generations differ.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};
use thiserror::Error;

use crate::request::TokenRequest;
use crate::secret::{AuthToken, DigitCode, RedirectUrl};
use crate::session::ScanRef;
use crate::wire::{DataClass, Echo, WireField};

/// A token that was issued.
pub struct TokenResponse {
    /// The session's token: `authToken`, or `tokenString` in an older dialect.
    pub auth_token: AuthToken,
    /// The vendor's reference of the session: `scanRef`.
    pub scan_ref: ScanRef,
    /// The address to open; absent in older answers, so it may have to be built.
    pub redirect_url: Option<RedirectUrl>,
    /// The code for the mobile application; absent or null unless it was asked for.
    pub digit_code: Option<DigitCode>,
    /// Seconds that the unused token stays valid, as the vendor confirms it.
    pub expiry_time: Option<u32>,
    /// Seconds that the client has once the session is open, as the vendor confirms it.
    pub session_length: Option<u32>,
    /// The vendor's own words.
    pub message: Option<String>,
    echo: BTreeMap<WireField, Echoed>,
}

/// What the vendor echoed of a parameter. Personal values are dropped as they are read.
enum Echoed {
    Null,
    Personal,
    Plain(Value),
}

impl fmt::Debug for TokenResponse {
    /// An echoed address or country can be a client's, and the vendor's words can repeat a value: none is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenResponse")
            .field("scan_ref", &self.scan_ref)
            .field("expiry_time", &self.expiry_time)
            .field("session_length", &self.session_length)
            .finish_non_exhaustive()
    }
}

/// Why an answer is not a token response. It never holds the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ResponseError {
    /// Not JSON, or not an object.
    #[error("the answer is not a JSON object")]
    NotAnObject,
    /// A field is missing or has another type.
    #[error("the answer has no usable `{0}`")]
    Field(&'static str),
}

impl TokenResponse {
    /// Reads the body of a successful answer. Unknown fields are ignored.
    pub fn from_wire(body: &[u8]) -> Result<Self, ResponseError> {
        let Ok(Value::Object(mut json)) = serde_json::from_slice(body) else {
            return Err(ResponseError::NotAnObject);
        };
        let token = text(&mut json, "authToken").or_else(|| text(&mut json, "tokenString"));
        let auth_token =
            token.and_then(|token| AuthToken::new(token).ok()).ok_or(ResponseError::Field("authToken"))?;
        let scan_ref = text(&mut json, "scanRef")
            .and_then(|scan_ref| ScanRef::try_from(scan_ref).ok())
            .ok_or(ResponseError::Field("scanRef"))?;
        let redirect_url = optional(&mut json, "redirectUrl", |url| RedirectUrl::new(url).ok())?;
        let digit_code = optional(&mut json, "digitString", |code| DigitCode::new(code).ok())?;
        let message = text(&mut json, "message").map(|message| message.chars().take(200).collect());
        let seconds = |name: &str| json.get(name).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok());
        let (expiry_time, session_length) = (seconds("expiryTime"), seconds("sessionLength"));
        Ok(Self {
            auth_token,
            scan_ref,
            redirect_url,
            digit_code,
            expiry_time,
            session_length,
            message,
            echo: json.into_iter().filter_map(|(name, value)| echoed(&name, value)).collect(),
        })
    }

    /// The parameters whose echo is weaker than what was asked; empty for a faithful answer.
    ///
    /// What the vendor does not echo at all is not observable and therefore not weaker.
    pub fn weaker_than(&self, request: &TokenRequest) -> Vec<WireField> {
        let Ok(asked) = serde_json::from_slice::<Map<String, Value>>(&request.to_wire()) else {
            debug_assert!(false, "a request is a JSON object");
            return WireField::ALL.to_vec();
        };
        let is_weaker = |field: &&WireField| match (asked.get(field.name()), self.echo.get(field)) {
            (Some(asked), Some(echoed)) => is_weaker(**field, asked, echoed),
            _ => false,
        };
        WireField::ALL.iter().filter(is_weaker).copied().collect()
    }
}

fn text(json: &mut Map<String, Value>, name: &str) -> Option<String> {
    match json.remove(name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}

/// A field that may be absent or null, but not something else.
fn optional<T>(
    json: &mut Map<String, Value>,
    name: &'static str,
    read: impl FnOnce(String) -> Option<T>,
) -> Result<Option<T>, ResponseError> {
    match json.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => read(text).map(Some).ok_or(ResponseError::Field(name)),
        Some(_) => Err(ResponseError::Field(name)),
    }
}

fn echoed(name: &str, value: Value) -> Option<(WireField, Echoed)> {
    let field = WireField::from_name(name)?;
    let is_empty = match &value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    };
    let echoed = match (value, field.class()) {
        _ if is_empty => Echoed::Null,
        (_, DataClass::Personal) => Echoed::Personal,
        (value, DataClass::Plain) => Echoed::Plain(value),
    };
    Some((field, echoed))
}

fn is_weaker(field: WireField, asked: &Value, echoed: &Echoed) -> bool {
    let echoed = match echoed {
        Echoed::Plain(echoed) => echoed,
        Echoed::Personal => return false,
        // Null where something was asked for: nothing of it is in force.
        Echoed::Null => return !null_proves_nothing(field, asked),
    };
    match field.echo() {
        Echo::Never | Echo::Unordered | Echo::Given => false,
        Echo::TrueIsStronger => *asked == Value::Bool(true) && *echoed != Value::Bool(true),
        Echo::LessIsStronger => match (asked.as_f64(), echoed.as_f64()) {
            (Some(asked), Some(echoed)) => echoed > asked,
            _ => true,
        },
        Echo::Superset => {
            let (needed, given) = (codes(asked), codes(echoed));
            !needed.iter().all(|code| given.iter().any(|given| given.eq_ignore_ascii_case(code)))
        }
        Echo::Subset => {
            let (allowed, given) = (codes(asked), codes(echoed));
            given.is_empty() || !given.iter().all(|code| allowed.iter().any(|a| a.eq_ignore_ascii_case(code)))
        }
        Echo::Same => !same(asked, echoed),
    }
}

/// Whether nothing follows from a null: what comes back for some parameters is not documented.
fn null_proves_nothing(field: WireField, asked: &Value) -> bool {
    let asks_nothing = matches!(asked, Value::Null | Value::Bool(false));
    let is_list_of_countries = field == WireField::Country && asked.is_array();
    // The vendor documents no type for it: the step that it stands for may be echoed in its place.
    let is_bill = field == WireField::UtilityBill;
    asks_nothing || is_list_of_countries || is_bill || matches!(field.echo(), Echo::Never | Echo::Unordered)
}

fn codes(value: &Value) -> Vec<&str> {
    match value {
        Value::String(code) => vec![code],
        Value::Array(codes) => codes.iter().map(|code| code.as_str().unwrap_or("?")).collect(),
        _ => vec!["?"],
    }
}

/// Equality in which `1` and `1.0` are one number.
fn same(asked: &Value, echoed: &Value) -> bool {
    match (asked.as_f64(), echoed.as_f64()) {
        (Some(asked), Some(echoed)) => (asked - echoed).abs() < 1e-9,
        _ => asked == echoed,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::country::CountrySet;
    use crate::document::DocumentType;
    use crate::encode::EncodedSettings;
    use crate::flags::Flag;
    use crate::flags::Flags;
    use crate::request::{CountryLock, RequestedDocuments, Settings};
    use crate::{ClientId, Country, PersonName};

    fn response(extra: Value) -> Result<TokenResponse, ResponseError> {
        let mut body = json!({ "authToken": "t", "scanRef": "s-1", "tokenType": "IDENTIFICATION" });
        if let (Value::Object(body), Value::Object(extra)) = (&mut body, extra) {
            body.extend(extra);
        }
        TokenResponse::from_wire(body.to_string().as_bytes())
    }

    fn request() -> TokenRequest {
        let flags = Flags::NONE.with(Flag::CheckLiveness, true).with(Flag::CheckAml, false);
        let settings = EncodedSettings::new(&Settings {
            flags,
            registry_countries: CountrySet::EMPTY.with("LT".parse().unwrap()),
            extra: crate::Extra::UtilityBill(true),
            ..Settings::default()
        });
        let mut request = TokenRequest::new(settings, ClientId::new("user-1").unwrap());
        request.country = Some(CountryLock::one("LT".parse::<Country>().unwrap()));
        request.documents =
            RequestedDocuments::of([DocumentType::Passport, DocumentType::IdCard].into_iter().collect());
        request.person.first_name = Some(PersonName::new("John").unwrap());
        request
    }

    #[test]
    fn generations_of_the_answer_are_read_alike() {
        for body in [
            json!({ "authToken": "t", "scanRef": "s-1", "digitString": null }),
            json!({ "tokenString": "t", "scanRef": "s-1", "brandNew": { "a": [1] } }),
            json!({ "authToken": "t", "scanRef": "s-1", "digitString": "4823657", "redirectUrl": null }),
        ] {
            let response = TokenResponse::from_wire(body.to_string().as_bytes()).unwrap();
            assert_eq!(response.auth_token.expose_secret(), "t");
        }
    }

    #[test]
    fn what_cannot_be_used_is_an_error_without_the_answer() {
        let read = |body: &str| TokenResponse::from_wire(body.as_bytes()).unwrap_err();
        assert_eq!(read("<html>"), ResponseError::NotAnObject);
        assert_eq!(read("[]"), ResponseError::NotAnObject);
        assert_eq!(read(r#"{"scanRef":"s"}"#), ResponseError::Field("authToken"));
        assert_eq!(read(r#"{"authToken":"","scanRef":"s"}"#), ResponseError::Field("authToken"));
        assert_eq!(read(r#"{"authToken":"t","scanRef":"../x"}"#), ResponseError::Field("scanRef"));
        assert_eq!(response(json!({ "redirectUrl": 5 })).unwrap_err(), ResponseError::Field("redirectUrl"));
    }

    #[test]
    fn a_faithful_echo_is_not_weaker() {
        let echo = json!({
            "clientId": "user-1", "firstName": "JOHN", "country": "lt", "documents": ["ID_CARD"],
            "checkLiveness": true, "checkAml": true, "expiryTime": 3600, "sessionLength": 300,
            "successUrl": null, "theme": null, "tokenType": "IDENTIFICATION", "utilityBill": null,
            "registryCentersCountries": ["HU", "LT"],
        });
        assert_eq!(response(echo).unwrap().weaker_than(&request()), []);
        assert_eq!(response(json!({})).unwrap().weaker_than(&request()), []);
    }

    #[test]
    fn each_weaker_echo_is_named() {
        use WireField as F;
        for (echo, field) in [
            (json!({ "checkLiveness": false }), F::CheckLiveness),
            (json!({ "checkLiveness": null }), F::CheckLiveness),
            (json!({ "country": null }), F::Country),
            (json!({ "country": "LV" }), F::Country),
            (json!({ "country": ["LT", "LV"] }), F::Country),
            (json!({ "documents": ["PASSPORT", "VISA"] }), F::Documents),
            (json!({ "documents": [] }), F::Documents),
            (json!({ "documents": null }), F::Documents),
            (json!({ "expiryTime": 3601 }), F::ExpiryTime),
            (json!({ "tokenType": "DOCUMENT" }), F::TokenType),
            (json!({ "firstName": null }), F::FirstName),
            (json!({ "firstName": "" }), F::FirstName),
            (json!({ "registryCentersCountries": ["HU"] }), F::RegistryCentersCountries),
            (json!({ "utilityBill": false }), F::UtilityBill),
        ] {
            assert_eq!(response(echo.clone()).unwrap().weaker_than(&request()), [field], "{echo}");
        }
    }

    #[test]
    fn the_echo_of_a_list_of_countries_is_not_documented() {
        let mut request = request();
        request.country = CountryLock::array(CountrySet::ALL);
        assert_eq!(response(json!({ "country": null })).unwrap().weaker_than(&request), []);
    }

    #[test]
    fn nothing_personal_or_secret_prints() {
        let echo = json!({
            "firstName": "ZELDA", "digitString": "12345678", "country": "XK", "message": "MARTA",
            "successUrl": "https://app.example.com/ref-9",
        });
        let mut request = request();
        request.country = Some(CountryLock::of_client(crate::Personal::new("XK".parse().unwrap())));
        let shown = format!("{:?} {request:?}", response(echo).unwrap());
        for value in ["ZELDA", "12345678", "John", "user-1", "XK", "MARTA", "ref-9"] {
            assert!(!shown.contains(value), "{value} in {shown}");
        }
    }
}

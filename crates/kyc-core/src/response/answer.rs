//! A token that was issued.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use thiserror::Error;

use super::allowed_documents::AllowedDocuments;
use super::echo::TokenEcho;
use super::seen::Seen;
use super::vendor_text::VendorText;
use crate::secret::{AuthToken, DigitCode, RedirectUrl};
use crate::session::{ScanRef, lenient};
use crate::wire::WireField;

/// Characters that are kept of the vendor's own words; it documents at most 100.
const MAX_MESSAGE: usize = 200;

/// A token that was issued, and what the vendor says of its session.
///
/// Every field that the vendor documents is read, of all generations of its answer, except `personScanRef` (older
/// answers repeat the client's identifier in it) and `videoCallQuestions` (older answers have an empty list of them).
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
    /// The document types that the vendor says a client may choose.
    pub allowed_documents: Option<AllowedDocuments>,
    /// The vendor's own words; at most the first 200 characters.
    pub message: Option<VendorText>,
    /// What the vendor says is in force, parameter by parameter.
    pub echo: TokenEcho,
    unusable: Vec<&'static str>,
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
    ///
    /// # Errors
    ///
    /// There is no token or no reference of the session, or an address to open that is none: without the first two the
    /// session is lost, and another address than the vendor's must not be opened in place of the third. Anything else
    /// that cannot be used spoils only itself.
    pub fn from_wire(body: &[u8]) -> Result<Self, ResponseError> {
        let Fields { token, scan_ref, redirect_url, digits, allowed, message, echo } =
            serde_json::from_slice(body).map_err(|_| ResponseError::NotAnObject)?;
        let token = token.into_iter().flatten().find_map(text);
        let auth_token =
            token.and_then(|token| AuthToken::new(token).ok()).ok_or(ResponseError::Field("authToken"))?;
        let scan_ref = scan_ref.and_then(text).and_then(|text| ScanRef::new(text).ok());
        let scan_ref = scan_ref.ok_or(ResponseError::Field("scanRef"))?;
        let redirect_url = optional(redirect_url, |url| RedirectUrl::new(url).ok())
            .map_err(|_| ResponseError::Field("redirectUrl"))?;

        let mut unusable = Vec::new();
        // A number would have lost the zeros that a code begins with.
        let digit_code = optional(digits, |code| DigitCode::new(code).ok())
            .unwrap_or_else(|_| note(&mut unusable, "digitString"));
        let allowed_documents =
            AllowedDocuments::read(allowed).unwrap_or_else(|_| note(&mut unusable, "allowedDocuments"));
        let message = optional(message, |text| VendorText::cut(text, MAX_MESSAGE))
            .unwrap_or_else(|_| note(&mut unusable, "message"));

        Ok(Self {
            auth_token,
            scan_ref,
            redirect_url,
            digit_code,
            expiry_time: echo.whole(WireField::ExpiryTime),
            session_length: echo.whole(WireField::SessionLength),
            allowed_documents,
            message,
            echo,
            unusable,
        })
    }

    /// Names of fields beside the echo that hold something which cannot be used: of another type than documented, or
    /// too much of it. For them "the vendor sent none" would be wrong.
    pub fn unusable(&self) -> &[&'static str] {
        &self.unusable
    }
}

/// The fields of an answer, one by one.
struct Fields<'de> {
    /// By its name of today, then by an older one.
    token: [Option<Seen<'de>>; 2],
    scan_ref: Option<Seen<'de>>,
    redirect_url: Option<Seen<'de>>,
    digits: Option<Seen<'de>>,
    allowed: Option<Value>,
    message: Option<Seen<'de>>,
    echo: TokenEcho,
}

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ReadsFields)
    }
}

struct ReadsFields;

impl<'de> Visitor<'de> for ReadsFields {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
        let [mut today, mut older, mut scan_ref, mut redirect_url, mut digits, mut message] =
            [const { None }; 6];
        let (mut allowed, mut echo) = (None, TokenEcho::silent());
        while let Some(name) = map.next_key::<Seen<'de>>()? {
            let place = match name.as_text().unwrap_or_default() {
                "authToken" => &mut today,
                "tokenString" => &mut older,
                "scanRef" => &mut scan_ref,
                "redirectUrl" => &mut redirect_url,
                "digitString" => &mut digits,
                "message" => &mut message,
                "allowedDocuments" => {
                    allowed = Some(map.next_value()?);
                    continue;
                }
                other => {
                    echo.take(other, &mut map)?;
                    continue;
                }
            };
            *place = Some(map.next_value()?);
        }
        let token = [today, older];
        Ok(Fields { token, scan_ref, redirect_url, digits, allowed, message, echo })
    }
}

/// A field that matters only as a text.
fn text(value: Seen<'_>) -> Option<String> {
    match value {
        Seen::Text(text) if !text.is_empty() => Some(text.into_owned()),
        _ => None,
    }
}

/// A text that may be absent, null or empty.
fn optional<T>(
    value: Option<Seen<'_>>,
    read: impl FnOnce(String) -> Option<T>,
) -> Result<Option<T>, lenient::Unusable> {
    match value {
        None | Some(Seen::Null) => Ok(None),
        Some(Seen::Text(text)) if text.is_empty() => Ok(None),
        Some(Seen::Text(text)) => read(text.into_owned()).map(Some).ok_or(lenient::Unusable),
        Some(_) => Err(lenient::Unusable),
    }
}

fn note<T>(unusable: &mut Vec<&'static str>, name: &'static str) -> Option<T> {
    unusable.push(name);
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Country;
    use crate::document::DocumentType;
    use crate::response::{AllowedCountry, AllowedDocument, Echoed};

    fn read(body: &Value) -> Result<TokenResponse, ResponseError> {
        TokenResponse::from_wire(body.to_string().as_bytes())
    }

    #[test]
    fn the_current_answer_is_read() {
        let response = read(&json!({
            "message": "Token created successfully", "authToken": "pgYQX0z2T8mtcpNj9I20uWVCLKNuG0vgr12f0wAC",
            "scanRef": "7ad4c2ad-8da6-4a1f-9f0b-1c2d3e4f5a6b", "tokenType": "IDENTIFICATION", "clientId": "u-1",
            "redirectUrl": "https://ivs.idenfy.com/api/v2/redirect?authToken=pgYQX0z2", "personScanRef": "u-1",
            "firstName": "JOHN TOM", "successUrl": null, "country": ["lt", "US"], "documents": ["PASSPORT"],
            "allowedDocuments": { "ALL": ["PASSPORT"], "LT": ["ID_CARD", "NEW"] }, "digitString": "04823657",
            "expiryTime": 3600, "sessionLength": 600, "checkAml": true, "utilityBill": null, "brandNew": { "a": [1] },
        }))
        .unwrap();
        assert_eq!(response.redirect_url.as_ref().map(RedirectUrl::expose_secret).unwrap().len(), 57);
        assert_eq!(response.digit_code.as_ref().map(DigitCode::expose_secret), Some("04823657"));
        assert_eq!((response.expiry_time, response.session_length), (Some(3600), Some(600)));
        assert_eq!(response.message.as_ref().map(VendorText::expose), Some("Token created successfully"));
        let allowed = response.allowed_documents.as_ref().unwrap();
        let passport = AllowedDocument::Known(DocumentType::Passport);
        assert_eq!(allowed.of(&AllowedCountry::All), Some(&[passport][..]));
        let lt = AllowedCountry::Country("LT".parse::<Country>().unwrap());
        assert_eq!(allowed.of(&lt).unwrap().len(), 2);
        assert_eq!(response.echo.of(WireField::FirstName), Some(&Echoed::Given));
        assert_eq!(response.echo.of(WireField::SuccessUrl), Some(&Echoed::Null));
        assert_eq!(response.unusable(), [""; 0]);
    }

    #[test]
    fn generations_of_the_answer_are_read_alike() {
        for body in [
            json!({ "authToken": "t", "scanRef": "s-1", "digitString": null, "videoCallQuestions": [] }),
            json!({ "tokenString": "t", "scanRef": "s-1", "brandNew": { "a": [1] } }),
            json!({ "tokenString": "t", "authToken": null, "scanRef": "s-1", "message": "" }),
            // Documented as eight digits; samples have seven.
            json!({ "authToken": "t", "scanRef": "s-1", "digitString": "4823657", "redirectUrl": null }),
            json!({ "authToken": "t", "scanRef": "s-1", "digitString": "", "redirectUrl": "",
                "allowedDocuments": null }),
        ] {
            let response = read(&body).unwrap();
            assert_eq!(response.auth_token.expose_secret(), "t");
            assert!(response.redirect_url.is_none() && response.unusable().is_empty(), "{body}");
            assert_eq!(response.digit_code.is_some(), body["digitString"] == "4823657");
        }
    }

    #[test]
    fn what_cannot_be_used_is_an_error_without_the_answer() {
        let read_text = |body: &str| TokenResponse::from_wire(body.as_bytes()).unwrap_err();
        assert_eq!(read_text("<html>"), ResponseError::NotAnObject);
        assert_eq!(read_text("[]"), ResponseError::NotAnObject);
        assert_eq!(read_text(r#"{"scanRef":"s"}"#), ResponseError::Field("authToken"));
        assert_eq!(read_text(r#"{"authToken":"","scanRef":"s"}"#), ResponseError::Field("authToken"));
        assert_eq!(read_text(r#"{"authToken":"t"}"#), ResponseError::Field("scanRef"));
        assert_eq!(read_text(r#"{"authToken":"t","scanRef":"../x"}"#), ResponseError::Field("scanRef"));
        for url in [json!(5), json!("https://a b"), json!({ "url": "https://a" })] {
            let body = json!({ "authToken": "t", "scanRef": "s", "redirectUrl": url });
            assert_eq!(read(&body).unwrap_err(), ResponseError::Field("redirectUrl"), "{body}");
        }
    }

    #[test]
    fn what_else_cannot_be_used_is_named_and_spoils_nothing() {
        for (name, value) in [
            ("digitString", json!(4_823_657)),
            ("digitString", json!("4".repeat(33))),
            ("allowedDocuments", json!(["PASSPORT"])),
            ("message", json!({ "text": "x" })),
        ] {
            let mut body = json!({ "authToken": "t", "scanRef": "s-1", "expiryTime": "soon" });
            body[name] = value;
            let response = read(&body).unwrap();
            assert_eq!((response.unusable(), response.scan_ref.as_str()), (&[name][..], "s-1"));
            assert_eq!(response.expiry_time, None);
            assert_eq!(response.echo.of(WireField::ExpiryTime), Some(&Echoed::Unusable));
        }
        let long = json!({ "authToken": "t", "scanRef": "s-1", "message": "ž".repeat(5000) });
        assert_eq!(read(&long).unwrap().message.unwrap().expose().chars().count(), 200);
    }

    #[test]
    fn nothing_personal_or_secret_prints() {
        let body = json!({
            "authToken": "token-1", "scanRef": "s-1", "personScanRef": "ZELDA", "clientId": "ZELDA",
            "firstName": "ZELDA", "digitString": "12345678", "country": "XK", "message": "MARTA",
            "successUrl": "https://app.example.com/ref-9", "allowedDocuments": { "XK": ["PASSPORT"] },
        });
        let response = read(&body).unwrap();
        let shown = format!(
            "{response:?} {:?} {:?} {:?}",
            response.echo, response.allowed_documents, response.message
        );
        for value in ["token-1", "ZELDA", "12345678", "XK", "MARTA", "ref-9", "PASSPORT"] {
            assert!(!shown.contains(value), "{value} in {shown}");
        }
    }
}

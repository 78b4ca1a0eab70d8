//! `POST /api/v2/token` with `dummyStatus`: a session that is over as soon as it is created. Development only.

use kyc_core::{TokenRequest, TokenResponse, VendorText};
use zeroize::Zeroizing;

use crate::client::Client;
use crate::error::Error;

kyc_core::vocabulary! {
    /// How a dummy session ends, without anybody having gone through it.
    ///
    /// The vendor takes these in development environments only. Its current documentation lists these four; older
    /// revisions also `ACTIVE`.
    pub enum DummyStatus {
        /// As if every check had passed.
        Approved = "APPROVED",
        /// As if a check had failed.
        Denied = "DENIED",
        /// As if the checks had passed with something left to decide.
        Suspected = "SUSPECTED",
        /// As if the time had run out.
        Expired = "EXPIRED",
    }
}

/// The vendor's words about a dummy session, in every revision of its documentation.
const CONFIRMED: &str = "Dummy token and verification created successfully";

impl DummyStatus {
    /// Whether the vendor says that the session is a dummy one.
    ///
    /// An account that does not know the parameter could ignore it and create a session that is paid for.
    pub fn is_confirmed_by(answer: &TokenResponse) -> bool {
        answer
            .message
            .as_ref()
            .map(VendorText::expose)
            .is_some_and(|text| text.trim_end_matches('.') == CONFIRMED)
    }

    /// The body of the request with this status added. A client's data is in it: it is zeroed when dropped.
    fn added_to(self, request: &TokenRequest) -> Zeroizing<Vec<u8>> {
        let plain = request.to_wire();
        let last = format!(",\"dummyStatus\":\"{}\"}}", self.as_str());
        // The final capacity at once: a growing buffer would leave copies behind.
        let mut body = Zeroizing::new(Vec::with_capacity(plain.len() + last.len()));
        body.extend_from_slice(plain.strip_suffix(b"}").unwrap_or(&plain));
        body.extend_from_slice(last.as_bytes());
        body
    }
}

impl Client {
    /// Asks for a session that ends at once with this status, for tests of what comes after a verification.
    ///
    /// For development environments: anywhere else the vendor refuses, with
    /// [`RefusalKind::WrongEnvironment`](crate::RefusalKind::WrongEnvironment). No policy and no client's data can ask
    /// for it. In all else this is [`Client::create_token`]: what is compared, when it is attempted again, and that it
    /// may cost something.
    ///
    /// # Errors
    ///
    /// See [`Error`]; above all [`Error::may_have_been_created`].
    pub async fn create_dummy_token(
        &self,
        request: &TokenRequest,
        status: DummyStatus,
    ) -> Result<TokenResponse, Error> {
        self.create(request, status.added_to(request)).await.map(|recorded| recorded.response)
    }
}

#[cfg(test)]
mod tests {
    use kyc_core::{ClientId, EncodedSettings};
    use serde_json::Value;

    use super::*;

    #[test]
    fn the_body_has_one_more_parameter_and_nothing_else_changes() {
        let request = TokenRequest::new(EncodedSettings::default(), ClientId::new("u-1").unwrap());
        for status in DummyStatus::ALL {
            let body = status.added_to(&request);
            let mut body: Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(body.as_object_mut().unwrap().remove("dummyStatus").unwrap(), status.as_str());
            assert_eq!(body, serde_json::from_slice::<Value>(&request.to_wire()).unwrap());
        }
    }

    #[test]
    fn only_the_vendors_words_confirm_it() {
        for (message, confirmed) in [
            ("Dummy token and verification created successfully", true),
            ("Dummy token and verification created successfully.", true),
            ("Token created successfully", false),
            ("", false),
        ] {
            let body = serde_json::json!({ "authToken": "t", "scanRef": "s-1", "message": message });
            let answer = TokenResponse::from_wire(body.to_string().as_bytes()).unwrap();
            assert_eq!(DummyStatus::is_confirmed_by(&answer), confirmed, "{message}");
        }
    }
}

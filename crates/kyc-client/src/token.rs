//! `POST /api/v2/token`: a session for one client.

use std::fmt;

use kyc_core::{AuthToken, RedirectUrl, ResponseError, TokenRequest, TokenResponse, WebUrl};
use reqwest::Method;
use url::form_urlencoded::byte_serialize;
use zeroize::Zeroizing;

use crate::base::BaseUrl;
use crate::client::{Call, Client};
use crate::effect::Effect;
use crate::error::{BodyProblem, Error, IssuedWeaker, Unreadable};

/// Without a slash at its end: with one, the vendor finds nothing there.
const PATH: &str = "/api/v2/token";
const REDIRECT_PATH: &str = "/api/v2/redirect";

/// A session that was created, with the bytes that say so.
#[derive(Debug)]
pub struct Recorded {
    /// What was understood of the answer.
    pub response: TokenResponse,
    /// The answer as it came. It holds personal data and the token.
    pub answer: RawAnswer,
}

/// The bytes of an answer: they do not print, and leave memory zeroed.
pub struct RawAnswer(Zeroizing<Vec<u8>>);

impl RawAnswer {
    /// The bytes themselves. Whoever calls this answers for where they go.
    pub fn into_exposed(self) -> Zeroizing<Vec<u8>> {
        self.0
    }
}

impl fmt::Debug for RawAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RawAnswer(redacted)")
    }
}

impl Client {
    /// Asks for a session token.
    ///
    /// The answer always has a [`TokenResponse::redirect_url`]: the vendor's, or one built the way the vendor builds
    /// it. The vendor's echo of the request is compared with the request, and a session that is weaker in any
    /// parameter is an error: its token is not handed out.
    ///
    /// Each call can create a session that is paid for. A call is attempted again only while it certainly has not.
    /// Dropping the future abandons the call, after which a session may exist.
    ///
    /// # Errors
    ///
    /// See [`Error`]; above all [`Error::may_have_been_created`].
    pub async fn create_token(&self, request: &TokenRequest) -> Result<TokenResponse, Error> {
        self.create(request, request.to_wire()).await.map(|recorded| recorded.response)
    }

    /// Asks for a session token as [`Client::create_token`] does, and keeps the answer as it came, for those who have to
    /// prove later what was said.
    ///
    /// # Errors
    ///
    /// Those of [`Client::create_token`].
    pub async fn create_token_recorded(&self, request: &TokenRequest) -> Result<Recorded, Error> {
        self.create(request, request.to_wire()).await
    }

    /// Sends a body that asks for what `request` asks for, and compares the answer with it.
    pub(crate) async fn create(
        &self,
        request: &TokenRequest,
        body: Zeroizing<Vec<u8>>,
    ) -> Result<Recorded, Error> {
        let effect = Effect::Creates;
        let call = Call { effect, method: Method::POST, path: PATH, query: None, body: Some(body) };
        let accepted = self.send(call).await?;
        let status = accepted.status;
        let unreadable = |problem| Unreadable::new(effect, status, problem);
        let mut response = accepted.read(effect, TokenResponse::from_wire)?;
        let weaker = response.weaker_than(request);
        if !weaker.is_empty() {
            return Err(IssuedWeaker::new(status, weaker, response.scan_ref).into());
        }
        let redirect_url = match response.redirect_url.take() {
            Some(given) => is_safe(&given).then_some(given).ok_or(BodyProblem::RedirectUrl),
            None => redirect_url(self.base_url(), &response.auth_token)
                .ok_or(BodyProblem::Content(ResponseError::Field("authToken"))),
        };
        response.redirect_url = Some(redirect_url.map_err(unreadable)?);
        Ok(Recorded { response, answer: RawAnswer(accepted.body) })
    }
}

/// Whether a client can be sent there: https or this very machine, and nothing that a browser reads differently.
fn is_safe(url: &RedirectUrl) -> bool {
    WebUrl::new(url.expose_secret()).is_ok()
}

/// The address for a token, for answers that have none; `None` if it gets too long.
fn redirect_url(base: &BaseUrl, token: &AuthToken) -> Option<RedirectUrl> {
    let parts = [base.as_str(), REDIRECT_PATH, "?authToken="];
    // The final capacity at once: a growing text would leave copies of the token behind.
    let capacity = parts.iter().map(|part| part.len()).sum::<usize>() + 3 * token.expose_secret().len();
    let mut url = String::with_capacity(capacity);
    url.extend(parts);
    url.extend(byte_serialize(token.expose_secret().as_bytes()));
    RedirectUrl::new(url).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_escaped_in_the_address() {
        let base = BaseUrl::new("https://gate.example/kyc/").unwrap();
        let url = redirect_url(&base, &AuthToken::new("aZ9-&x=%/#+").unwrap()).unwrap();
        let expected = "https://gate.example/kyc/api/v2/redirect?authToken=aZ9-%26x%3D%25%2F%23%2B";
        assert_eq!(url.expose_secret(), expected);
        assert!(is_safe(&url));
    }

    #[test]
    fn a_client_is_not_sent_just_anywhere() {
        for (url, safe) in [
            ("https://ivs.idenfy.com/api/v2/redirect?authToken=a", true),
            ("http://127.0.0.1:8080/r?authToken=a", true),
            ("http://ivs.idenfy.com/r?authToken=a", false),
            ("https://ivs.idenfy.com@evil.example/r", false),
            ("javascript:alert(1)", false),
            ("//evil.example/r", false),
        ] {
            assert_eq!(is_safe(&RedirectUrl::new(url).unwrap()), safe, "{url}");
        }
    }
}

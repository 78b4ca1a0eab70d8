//! The address of the vendor's API.

use std::fmt;
use std::str::FromStr;

use kyc_core::{WebUrl, WebUrlError};
use thiserror::Error;
use url::Url;

/// Where the vendor's API is: https, or http to this very machine; without credentials, query and fragment.
///
/// A path prefix is allowed: the vendor's paths are appended to it.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

/// Why a text cannot be the address of the API. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// Not an address to send credentials to.
    #[error("the base URL {0}")]
    Address(#[from] WebUrlError),
    /// A query or a fragment, where a path is appended.
    #[error("the base URL has a query or a fragment")]
    QueryOrFragment,
    /// A path with `.` or `..`, which would be sent as another one.
    #[error("the base URL has a path that would be rewritten")]
    RewrittenPath,
}

impl BaseUrl {
    /// The vendor's own: one address for sandbox and production, which the credentials tell apart.
    pub const DEFAULT: &'static str = "https://ivs.idenfy.com";

    /// Reads an address. Slashes at its end are dropped.
    pub fn new(text: &str) -> Result<Self, BaseUrlError> {
        WebUrl::new(text)?;
        if text.contains(['?', '#']) {
            return Err(BaseUrlError::QueryOrFragment);
        }
        let text = text.trim_end_matches('/');
        let url = Url::parse(text).map_err(|_| WebUrlError::Malformed)?;
        let written =
            text.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        if url.path() != format!("/{written}") || url.path().contains("//") {
            return Err(BaseUrlError::RewrittenPath);
        }
        Ok(Self(url))
    }

    /// The address of a path, which begins with a slash.
    pub(crate) fn at(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{path}", self.0.path().trim_end_matches('/')));
        url
    }

    /// The address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }
}

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BaseUrl({self})")
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_appended() {
        for (base, joined) in [
            (BaseUrl::DEFAULT, "https://ivs.idenfy.com/api/v2/token"),
            ("https://ivs.idenfy.com/", "https://ivs.idenfy.com/api/v2/token"),
            ("https://gate.example/kyc", "https://gate.example/kyc/api/v2/token"),
            ("https://gate.example:8443/kyc//", "https://gate.example:8443/kyc/api/v2/token"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/v2/token"),
            ("http://[::1]:8080", "http://[::1]:8080/api/v2/token"),
            ("http://localhost", "http://localhost/api/v2/token"),
        ] {
            assert_eq!(BaseUrl::new(base).unwrap().at("/api/v2/token").as_str(), joined, "{base}");
        }
    }

    #[test]
    fn an_address_that_could_give_the_credentials_away_is_refused() {
        use BaseUrlError as E;
        for (base, error) in [
            ("http://ivs.idenfy.com", E::Address(WebUrlError::NotHttps)),
            ("http://127.0.0.1.evil.example", E::Address(WebUrlError::NotHttps)),
            ("https://user:pass@ivs.idenfy.com", E::Address(WebUrlError::Credentials)),
            ("ivs.idenfy.com", E::Address(WebUrlError::Malformed)),
            ("https://ivs.idenfy.com/?a=b", E::QueryOrFragment),
            ("https://ivs.idenfy.com/#a", E::QueryOrFragment),
            ("https://ivs.idenfy.com/a/../b", E::Address(WebUrlError::RewrittenPath)),
            ("https://ivs.idenfy.com/b/../b", E::Address(WebUrlError::RewrittenPath)),
            ("https://ivs.idenfy.com/a//b", E::RewrittenPath),
            ("https://ivs.idenfy.com//b", E::RewrittenPath),
        ] {
            assert_eq!(BaseUrl::new(base), Err(error), "{base}");
        }
    }
}

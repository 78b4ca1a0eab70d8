//! Addresses that the vendor sends people or results to, checked on the raw text.
//!
//! The URL standard repairs what it reads (`https://1.2.3` becomes `1.2.0.3`, a backslash becomes a slash). What a
//! reviewer reads must be what a browser opens, so every repaired text is refused.

use std::borrow::Cow;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use thiserror::Error;
use url::{Host, Url};

/// An absolute web address of 5 to 2048 ASCII characters: https, or http to this very machine.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct WebUrl {
    text: Cow<'static, str>,
    /// How many characters of the text, after the scheme, are the host.
    host_len: u16,
    port: Option<u16>,
    secure: bool,
    personal: bool,
}

/// Why a text is not an address that may be sent to the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WebUrlError {
    /// Shorter than [`WebUrl::MIN`] or longer than [`WebUrl::MAX`].
    #[error("must have {} to {} characters", WebUrl::MIN, WebUrl::MAX)]
    Length,
    /// A character outside ASCII: an internationalised host must be written in its `xn--` form.
    #[error("holds a character outside ASCII")]
    NotAscii,
    /// A control character or white space.
    #[error("holds white space or a control character")]
    Control,
    /// A backslash, which browsers read as a slash.
    #[error("holds a backslash, which browsers read as a slash")]
    Backslash,
    /// Not an absolute address.
    #[error("is not an absolute web address")]
    Malformed,
    /// Plain http to another machine, or another scheme.
    #[error("does not begin with `https://`")]
    NotHttps,
    /// A user name or a password.
    #[error("holds a user name or password")]
    Credentials,
    /// A host that ends with a dot, or is repaired by the URL standard.
    #[error("has a host that browsers would rewrite")]
    RewrittenHost,
    /// A character that the URL standard would encode, such as a brace.
    #[error("holds a character that must be percent-encoded")]
    Unencoded,
    /// A path with dot segments, or one that is repaired otherwise.
    #[error("has a path that browsers would rewrite")]
    RewrittenPath,
    /// A colon without a port.
    #[error("has an empty port")]
    EmptyPort,
}

impl WebUrl {
    /// The shortest length that the vendor takes, in characters. No https address is that short.
    pub const MIN: usize = 5;
    /// The longest length, in characters.
    pub const MAX: usize = 2_048;

    const HTTPS: &'static str = "https://";
    const HTTP: &'static str = "http://";

    /// Reads an address, refusing everything that a browser would read differently from a reviewer.
    pub fn new(text: &str) -> Result<Self, WebUrlError> {
        if !text.is_ascii() {
            return Err(WebUrlError::NotAscii);
        }
        if !(Self::MIN..=Self::MAX).contains(&text.len()) {
            return Err(WebUrlError::Length);
        }
        if text.bytes().any(|byte| byte.is_ascii_control() || byte == b' ') {
            return Err(WebUrlError::Control);
        }
        if text.contains('\\') {
            return Err(WebUrlError::Backslash);
        }
        if text.bytes().any(|byte| matches!(byte, b'{' | b'}' | b'<' | b'>' | b'"' | b'|' | b'^' | b'`')) {
            return Err(WebUrlError::Unencoded);
        }
        let url = Url::parse(text).map_err(|_| WebUrlError::Malformed)?;
        let (scheme, rest) = text.split_once("://").ok_or(match url.scheme() {
            "https" | "http" => WebUrlError::Malformed,
            _ => WebUrlError::NotHttps,
        })?;
        let secure = match scheme {
            "https" => true,
            "http" => false,
            _ => return Err(WebUrlError::NotHttps),
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(WebUrlError::Credentials);
        }
        let host = url.host().ok_or(WebUrlError::Malformed)?;
        if !secure && !is_loopback(&host) {
            return Err(WebUrlError::NotHttps);
        }
        let raw_host = authority.rsplit_once(':').filter(|(_, port)| !port.ends_with(']'));
        if raw_host.is_some_and(|(_, port)| port.is_empty()) {
            return Err(WebUrlError::EmptyPort);
        }
        let raw_host = raw_host.map_or(authority, |(host, _)| host);
        if raw_host != host.to_string() || raw_host.ends_with('.') {
            return Err(WebUrlError::RewrittenHost);
        }
        let raw_path = rest.strip_prefix(authority).unwrap_or_default();
        let raw_path = raw_path.split(['?', '#']).next().unwrap_or_default();
        if url.path() != raw_path && !raw_path.is_empty() {
            return Err(WebUrlError::RewrittenPath);
        }
        let host_len = u16::try_from(raw_host.len()).map_err(|_| WebUrlError::Length)?;
        let text = Cow::Owned(text.to_owned());
        Ok(Self { text, host_len, port: url.port(), secure, personal: false })
    }

    /// For generated code: the macro has checked the value with this very library.
    #[doc(hidden)]
    pub const fn proven(text: &'static str, host_len: u16, port: Option<u16>, secure: bool) -> Self {
        Self { text: Cow::Borrowed(text), host_len, port, secure, personal: false }
    }

    /// The address exactly as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The same address, marked as holding a value of a client: a masked body does not show it.
    #[must_use]
    pub fn with_personal_value(self) -> Self {
        Self { personal: true, ..self }
    }

    /// Whether the address holds a value of a client.
    pub const fn is_personal(&self) -> bool {
        self.personal
    }

    /// The host, such as `app.example.com`.
    pub fn host(&self) -> &str {
        let start = if self.secure { Self::HTTPS.len() } else { Self::HTTP.len() };
        self.text.get(start..start + usize::from(self.host_len)).unwrap_or_default()
    }

    /// The port, if one is written that is not the scheme's own.
    pub const fn port(&self) -> Option<u16> {
        self.port
    }

    /// Whether the scheme is https.
    pub const fn is_secure(&self) -> bool {
        self.secure
    }
}

/// A [`WebUrl`] that is https: where the vendor sends results.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HttpsUrl(WebUrl);

impl HttpsUrl {
    /// For generated code: the macro has checked the value with this very library.
    #[doc(hidden)]
    pub const fn proven(url: WebUrl) -> Self {
        Self(url)
    }

    /// The address, unless it is plain http to this very machine.
    pub fn new(url: WebUrl) -> Option<Self> {
        url.is_secure().then_some(Self(url))
    }

    /// The address.
    pub const fn as_web_url(&self) -> &WebUrl {
        &self.0
    }

    /// The address exactly as it was written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for WebUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Filled placeholders may carry a client's reference in the path or query: only the host is shown.
        write!(f, "WebUrl({}…)", self.host())
    }
}

/// Whether a host is this very machine: `localhost`, 127.0.0.0/8 or `[::1]`.
fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => Ipv4Addr::is_loopback(address),
        Host::Ipv6(address) => Ipv6Addr::is_loopback(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_addresses_are_kept_as_written() {
        for text in [
            "https://app.example.com/kyc/ok",
            "https://app.example.com",
            "https://app.example.com:8443/a?b=c#d",
            "http://localhost:3000/ok",
            "http://127.0.0.1/ok",
            "http://[::1]:3000/ok",
            "https://1.2.3.4/",
            "https://app.example.com/a@b",
        ] {
            assert_eq!(WebUrl::new(text).map(|url| url.as_str().to_owned()), Ok(text.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_a_browser_would_rewrite_is_refused() {
        use WebUrlError as E;
        for (text, error) in [
            ("http", E::Length),
            ("https://app.example.com/ž", E::NotAscii),
            ("https://app.example.com/a b", E::Control),
            ("https://app.example.com/\ta", E::Control),
            ("https://app.example.com\\@evil.example", E::Backslash),
            ("https:\\\\app.example.com", E::Backslash),
            ("/kyc/ok", E::Malformed),
            ("https:app.example.com", E::Malformed),
            ("https://", E::Malformed),
            ("http://app.example.com", E::NotHttps),
            ("ftp://app.example.com", E::NotHttps),
            ("HTTPS://app.example.com", E::NotHttps),
            ("javascript:alert(1)", E::NotHttps),
            ("https://user@app.example.com", E::Credentials),
            ("https://user:pass@app.example.com", E::Credentials),
            ("https://@app.example.com", E::Credentials),
            ("https://1.2.3/", E::RewrittenHost),
            ("https://0x7f.1/", E::RewrittenHost),
            ("https://App.example.com/", E::RewrittenHost),
            ("https://app.example.com./", E::RewrittenHost),
            ("https://app%2eexample.com/", E::RewrittenHost),
            ("https:///app.example.com/", E::RewrittenHost),
            ("https://app.example.com/a/../b", E::RewrittenPath),
            ("https://app.example.com/%2e%2e/b", E::RewrittenPath),
            ("https://app.example.com/{x}", E::Unencoded),
            ("https://app.example.com:/", E::EmptyPort),
            ("http://localhost.evil.example/", E::NotHttps),
        ] {
            assert_eq!(WebUrl::new(text), Err(error), "{text}");
        }
    }

    #[test]
    fn results_are_sent_by_https_only() {
        let https = |text| HttpsUrl::new(WebUrl::new(text).unwrap());
        assert!(https("https://localhost/").is_some());
        assert!(https("http://localhost/").is_none());
    }

    #[test]
    fn of_an_address_only_the_host_prints() {
        let url = WebUrl::new("https://app.example.com/ref-9?name=John").unwrap();
        assert_eq!(format!("{url:?}"), "WebUrl(app.example.com…)");
    }

    #[test]
    fn the_longest_address_has_2048_characters() {
        let stem = "https://app.example.com/";
        let longest = format!("{stem}{}", "a".repeat(WebUrl::MAX - stem.len()));
        assert!(WebUrl::new(&longest).is_ok());
        assert_eq!(WebUrl::new(&format!("{longest}a")), Err(WebUrlError::Length));
    }
}

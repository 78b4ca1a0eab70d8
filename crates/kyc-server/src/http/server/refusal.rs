//! What is said of requests that never become one: their head is malformed, too large or too slow. The HTTP library
//! answers those with a bare status; the guard of the connection sends these documents in their place.

use std::fmt::Write as _;

use crate::engine::{Code, Problem};
use crate::http::problem::{Document, PROBLEM_JSON, status_of};

/// An answer to what is no request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    code: Code,
    detail: &'static str,
}

impl Refusal {
    /// The head did not arrive in time.
    pub(super) const TOO_SLOW: Self =
        Self { code: Code::RequestTimeout, detail: "the head of the request did not arrive in time" };
    const MALFORMED: Self =
        Self { code: Code::MalformedRequest, detail: "the head of the request is not well-formed HTTP/1.1" };
    const TOO_LARGE: Self = Self {
        code: Code::HeadersTooLarge,
        detail: "the head of the request is larger than the service takes",
    };

    /// What to send in place of `bytes`, if they are a bare refusal of the library. The service's own answers carry a
    /// request id and come with a body, so they are never taken for one.
    pub(super) fn in_place_of(bytes: &[u8]) -> Option<Self> {
        let is_bare = bytes.len() < 256
            && bytes.ends_with(b"\r\n\r\n")
            && contains(bytes, b"content-length: 0\r\n")
            && !contains(bytes, b"x-request-id");
        let status = bytes.strip_prefix(b"HTTP/1.1 ").filter(|_| is_bare)?;
        match status.get(..3)? {
            b"400" => Some(Self::MALFORMED),
            b"414" | b"431" => Some(Self::TOO_LARGE),
            _ => None,
        }
    }

    /// The whole answer, as it is sent.
    pub(super) fn to_bytes(self) -> Vec<u8> {
        let problem = Problem::new(self.code, self.detail);
        let body = Document::new(&problem, None).to_json();
        let mut head = format!("HTTP/1.1 {}\r\n", status_of(self.code));
        for (name, value) in [
            ("content-type", PROBLEM_JSON),
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("connection", "close"),
        ] {
            // Writing to memory cannot fail.
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let _ = write!(head, "content-length: {}\r\n\r\n", body.len());
        [head.into_bytes(), body].concat()
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

//! The body of a request: declared as JSON, of bounded size, arriving in bounded time.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http_body::Body as _;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use tokio::time::timeout;

use crate::engine::{Code, Problem};

/// What a body may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyLimits {
    /// The largest body, in bytes.
    pub size: usize,
    /// How long a body may take to arrive.
    pub time: Duration,
}

impl Default for BodyLimits {
    fn default() -> Self {
        Self { size: 64 * 1024, time: Duration::from_secs(10) }
    }
}

/// Reads a body of JSON; what it holds is for others to read.
///
/// # Errors
///
/// The body is not declared as JSON, is encoded, too large, too slow, or sent in a way that breaks HTTP.
pub(super) async fn json(headers: &HeaderMap, body: Body, limits: BodyLimits) -> Result<Bytes, Problem> {
    if !is_json(headers) {
        let detail = "the content type of the body is not `application/json`";
        return Err(Problem::new(Code::UnsupportedMediaType, detail));
    }
    if headers.contains_key(CONTENT_ENCODING) {
        let detail = "the body has a content encoding, and is taken only as it is";
        return Err(Problem::new(Code::UnsupportedMediaType, detail));
    }
    let too_large =
        || Problem::new(Code::BodyTooLarge, format!("the body is larger than {} bytes", limits.size));
    // Whoever says beforehand that it is too large need not send it.
    if usize::try_from(body.size_hint().lower()).map_or(true, |size| size > limits.size) {
        return Err(too_large());
    }
    let Ok(read) = timeout(limits.time, Limited::new(body, limits.size).collect()).await else {
        return Err(Problem::new(Code::RequestTimeout, "the body of the request did not arrive in time"));
    };
    match read {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(_) => Err(Problem::new(
            Code::MalformedRequest,
            "the body of the request breaks off or is framed wrongly",
        )),
    }
}

/// Whether the body is declared once as JSON, in UTF-8 if it says so.
fn is_json(headers: &HeaderMap) -> bool {
    let mut declared = headers.get_all(CONTENT_TYPE).iter();
    let (Some(kind), None) = (declared.next(), declared.next()) else { return false };
    let Ok(kind) = kind.to_str() else { return false };
    let (kind, parameters) = kind.split_once(';').unwrap_or((kind, ""));
    let is_utf8 = |parameter: &str| {
        let parameter = parameter.trim();
        ["", "charset=utf-8", "charset=\"utf-8\""].iter().any(|known| parameter.eq_ignore_ascii_case(known))
    };
    kind.trim().eq_ignore_ascii_case("application/json") && parameters.split(';').all(is_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_declared_in_few_ways() {
        let is_json = |kinds: &[&'static str]| {
            is_json(&kinds.iter().map(|kind| (CONTENT_TYPE, kind.parse().unwrap())).collect())
        };
        for kind in
            ["application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""]
        {
            assert!(is_json(&[kind]), "{kind}");
        }
        for kind in [
            "text/json",
            "application/json; charset=latin1",
            "application/json5",
            "",
            "application/problem+json",
        ] {
            assert!(!is_json(&[kind]), "{kind}");
        }
        assert!(!is_json(&[]));
        assert!(!is_json(&["application/json", "application/json"]));
    }
}

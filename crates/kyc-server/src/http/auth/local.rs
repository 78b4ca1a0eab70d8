//! Until there is a key the service answers its own machine alone. A page of the web can make a browser send requests here under
//! a name of the page's choice (DNS rebinding), so the name under which the service is asked counts too. And what a proxy
//! on this machine passes on comes from elsewhere.

use std::net::{IpAddr, Ipv4Addr};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{FORWARDED, HOST, ORIGIN, VIA};
use http::uri::Authority;
use http::{HeaderMap, HeaderName, Uri};

use super::Door;
use crate::engine::{Code, Problem};

/// What proxies say of requests that they pass on.
const PASSED_ON: [HeaderName; 5] = [
    FORWARDED,
    VIA,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-real-ip"),
];

/// Refuses what was sent under another name than one of this machine, or passed on by a proxy, unless callers show keys.
pub(in crate::http) async fn only_this_machine(
    State(door): State<Door>,
    request: Request,
    next: Next,
) -> Response {
    if is_for_this_machine(request.uri(), request.headers()) {
        return next.run(request).await;
    }
    match door.asks_for_keys().await {
        Ok(true) => next.run(request).await,
        Ok(false) => {
            let detail =
                "the request was sent under a name that is none of this machine, or passed on by a proxy";
            Problem::new(Code::HostNotLocal, detail).into_response()
        }
        Err(problem) => problem.into_response(),
    }
}

fn is_for_this_machine(uri: &Uri, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().ok().and_then(|host| host.parse::<Authority>().ok()),
        // HTTP/1.1 has one, and a browser never leaves it out.
        _ => None,
    };
    let named = [host.as_ref(), uri.authority()];
    let origins = headers.get_all(ORIGIN).iter().all(|origin| {
        let origin = origin.to_str().ok().and_then(|origin| origin.parse::<Uri>().ok());
        origin.is_some_and(|origin| origin.authority().is_some_and(is_local))
    });
    let is_direct = !PASSED_ON.iter().any(|name| headers.contains_key(name));
    host.is_some() && named.into_iter().flatten().all(is_local) && origins && is_direct
}

fn is_local(authority: &Authority) -> bool {
    let host = authority.host();
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    match address.parse() {
        Ok(IpAddr::V4(address)) => address.is_loopback() && address != Ipv4Addr::UNSPECIFIED,
        Ok(IpAddr::V6(address)) => address.is_loopback(),
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(uri: &str, headers: &[(HeaderName, &str)]) -> bool {
        let headers = headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
        is_for_this_machine(&uri.parse().unwrap(), &headers)
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1", "127.9.9.9:1", "[::1]", "[::1]:8080"] {
            assert!(check("/x", &[(HOST, host)]), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "0.0.0.0",
            "10.0.0.1",
            "[::]",
            "localhost@evil.example",
            "user@localhost.example",
            "[fe80::1]",
        ] {
            assert!(!check("/x", &[(HOST, host)]), "{host}");
        }
        assert!(!check("/x", &[]));
        assert!(!check("/x", &[(HOST, "localhost"), (HOST, "localhost")]));
        assert!(!check("http://evil.example/x", &[(HOST, "localhost")]));
        assert!(check("http://localhost/x", &[(HOST, "localhost")]));
    }

    #[test]
    fn what_a_proxy_passes_on_is_not_answered() {
        for name in PASSED_ON {
            assert!(!check("/x", &[(HOST, "localhost"), (name.clone(), "192.0.2.1")]), "{name}");
        }
    }

    #[test]
    fn pages_of_other_sites_are_not_answered() {
        assert!(check("/x", &[(HOST, "localhost"), (ORIGIN, "http://localhost:8080")]));
        for origin in ["https://evil.example", "null", ""] {
            assert!(!check("/x", &[(HOST, "localhost"), (ORIGIN, origin)]), "{origin}");
        }
    }
}

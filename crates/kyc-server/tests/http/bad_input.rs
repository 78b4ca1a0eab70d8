//! Bad requests, byte by byte, each beside a near one that is answered: a 4xx with its code, and nothing of what was sent
//! is repeated.

use crate::raw::{listen, say};
use crate::service::{Key, Running};

/// What stands for something personal in every request.
const PLANTED: &str = "plantedvalue";

/// A request, as the table writes it.
struct Case {
    what: &'static str,
    head: String,
    body: Vec<u8>,
    expected: Expected,
}

enum Expected {
    Problem(u16, &'static str),
    /// Near the others, and right.
    Fine(u16),
}

use Expected::{Fine, Problem};

const TOKENS: &str = "/v1/policies/eu-open/tokens?dry_run=true";

/// A body for a dry run.
fn body(what: &'static str, body: impl AsRef<[u8]>, expected: Expected) -> Case {
    let body = body.as_ref().to_vec();
    let head = format!(
        "POST {TOKENS} HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: {}\r\n",
        body.len()
    );
    Case { what, head, body, expected }
}

/// A head with a good body behind it.
fn head(what: &'static str, lines: &str, expected: Expected) -> Case {
    let good = br#"{"client_id":"u-1"}"#.to_vec();
    let head = format!("{}\r\ncontent-length: {}\r\n", lines.replace('\n', "\r\n"), good.len());
    Case { what, head, body: good, expected }
}

/// A whole request without a body.
fn bare(what: &'static str, line: &str, expected: Expected) -> Case {
    Case { what, head: format!("{}\r\n", line.replace('\n', "\r\n")), body: Vec::new(), expected }
}

fn bodies() -> Vec<Case> {
    let json = "bad-json";
    let data = "client-data-invalid";
    let nested = |depth: usize| {
        format!(r#"{{"client_id":"u-1","step_data":{}{}}}"#, "[".repeat(depth), "]".repeat(depth))
    };
    let large = |size: usize| format!(r#"{{"client_id":"u-1","address":"{}"}}"#, "x".repeat(size));
    vec![
        body("a good one", r#"{"client_id":"u-1"}"#, Fine(200)),
        body("with a byte order mark", "\u{feff}{\"client_id\":\"u-1\"}", Fine(200)),
        body("nothing", "", Problem(400, json)),
        body("white space", " \n ", Problem(400, json)),
        body("a text", format!("{PLANTED:?}"), Problem(400, json)),
        body("a list", "[]", Problem(400, json)),
        body("null", "null", Problem(400, json)),
        body("a number", "1e999", Problem(400, json)),
        body("two objects", r#"{"client_id":"u-1"}{}"#, Problem(400, json)),
        body("an object that breaks off", format!(r#"{{"client_id":"{PLANTED}"#), Problem(400, json)),
        body("single quotes", format!("{{'client_id':'{PLANTED}'}}"), Problem(400, json)),
        body("a comma at the end", r#"{"client_id":"u-1",}"#, Problem(400, json)),
        body("a comment", "{/* */}", Problem(400, json)),
        body("invalid UTF-8", b"{\"client_id\":\"\xff\xfe\"}", Problem(400, json)),
        body("UTF-16", b"\xff\xfe{\0}\0", Problem(400, json)),
        body("half a surrogate", r#"{"client_id":"\ud800"}"#, Problem(400, json)),
        body("a control character", "{\"client_id\":\"a\u{1}\"}", Problem(400, json)),
        body("a null byte", b"{\"client_id\":\"a\0\"}", Problem(400, json)),
        body("an escaped null", r#"{"client_id":"a\u0000"}"#, Problem(422, data)),
        body("deep", nested(100_000 / 4), Problem(400, json)),
        body("just too deep", nested(128), Problem(400, json)),
        body("not too deep, and of the wrong type", nested(100), Problem(422, data)),
        body("larger than is taken", large(64 * 1024), Problem(413, "body-too-large")),
        body("as large as is taken", large(64 * 1024 - 36), Problem(422, data)),
        body("an empty object", "{}", Problem(422, data)),
        body("an unknown key", format!(r#"{{"client_id":"u-1","{PLANTED}":"x"}}"#), Problem(422, data)),
        body("a key of the vendor", r#"{"client_id":"u-1","dummyStatus":"APPROVED"}"#, Problem(422, data)),
        body("a key of the policy", r#"{"client_id":"u-1","documents":["PASSPORT"]}"#, Problem(422, data)),
        body("a key twice", format!(r#"{{"client_id":"u-1","client_id":"{PLANTED}"}}"#), Problem(422, data)),
        body("a key twice, one of them null", r#"{"client_id":null,"client_id":"u-1"}"#, Problem(422, data)),
        body("a number for a text", r#"{"client_id":1}"#, Problem(422, data)),
        body("a list for a text", r#"{"client_id":["u-1"]}"#, Problem(422, data)),
        body("a map for a text", r#"{"client_id":{"a":"b"}}"#, Problem(422, data)),
        body("a switch for a text", r#"{"client_id":true}"#, Problem(422, data)),
        body("null for what is required", r#"{"client_id":null}"#, Problem(422, data)),
        body("null for what is not", r#"{"client_id":"u-1","sex":null}"#, Fine(200)),
        body("blank", r#"{"client_id":" "}"#, Problem(422, data)),
        body("a line break in a value", r#"{"client_id":"u-1\r\nx-injected: 1"}"#, Problem(422, data)),
        body(
            "a date that is none",
            r#"{"client_id":"u-1","date_of_birth":"1990-02-30"}"#,
            Problem(422, data),
        ),
        body(
            "reissue as a text",
            format!(r#"{{"client_id":"u-1","reissue":"{PLANTED}"}}"#),
            Problem(422, data),
        ),
        body("reissue twice", r#"{"client_id":"u-1","reissue":true,"reissue":true}"#, Problem(422, data)),
        body("reissue as null", r#"{"client_id":"u-1","reissue":null}"#, Problem(422, data)),
    ]
}

fn heads() -> Vec<Case> {
    let post = |kind: &str| format!("POST {TOKENS} HTTP/1.1\n{kind}");
    let at = |path: &str| format!("POST {path} HTTP/1.1\ncontent-type: application/json");
    let (media, malformed) = ("unsupported-media-type", "malformed-request");
    vec![
        head("a good one", &post("content-type: application/json; charset=utf-8"), Fine(200)),
        head("no content type", &post("x: y"), Problem(415, media)),
        head("a form", &post("content-type: application/x-www-form-urlencoded"), Problem(415, media)),
        head("a text", &post("content-type: text/plain"), Problem(415, media)),
        head(
            "JSON in another encoding",
            &post("content-type: application/json; charset=utf-16"),
            Problem(415, media),
        ),
        head(
            "JSON, compressed",
            &post("content-type: application/json\ncontent-encoding: gzip"),
            Problem(415, media),
        ),
        head(
            "two content types",
            &post("content-type: application/json\ncontent-type: application/json"),
            Problem(415, media),
        ),
        head(
            "another name",
            &at(&format!("/v1/policies/{PLANTED}x%0d%0a/tokens")),
            Problem(404, "policy-not-found"),
        ),
        head(
            "a path out of the policies",
            &at("/v1/policies/../../etc/passwd/tokens"),
            Problem(404, "not-found"),
        ),
        head(
            "the same, encoded",
            &at("/v1/policies/..%2f..%2fetc%2fpasswd/tokens"),
            Problem(404, "policy-not-found"),
        ),
        head(
            "the same, encoded twice",
            &at("/v1/policies/%252e%252e%252f/tokens"),
            Problem(404, "policy-not-found"),
        ),
        head("backslashes", &at("/v1/policies/..%5c..%5cx/tokens"), Problem(404, "policy-not-found")),
        head(
            "a null byte in the name",
            &at("/v1/policies/eu-open%00/tokens"),
            Problem(404, "policy-not-found"),
        ),
        head("a name that is no UTF-8", &at("/v1/policies/%ff%fe/tokens"), Problem(404, "policy-not-found")),
        head("an empty name", &at("/v1/policies//tokens"), Problem(404, "policy-not-found")),
        head(
            "a long name",
            &at(&format!("/v1/policies/{}/tokens", "a".repeat(5_000))),
            Problem(404, "policy-not-found"),
        ),
        head("a name in capitals", &at("/v1/policies/EU-OPEN/tokens"), Problem(404, "policy-not-found")),
        head("a slash too many", &at("/v1/policies/eu-open/tokens/"), Problem(404, "not-found")),
        head(
            "a malformed switch",
            &at("/v1/policies/eu-open/tokens?dry_run=yes"),
            Problem(400, "query-invalid"),
        ),
        head(
            "a switch twice",
            &at("/v1/policies/eu-open/tokens?dry_run=true&dry_run=false"),
            Problem(400, "query-invalid"),
        ),
        head(
            "a parameter that is none",
            &at(&format!("/v1/policies/eu-open/tokens?{PLANTED}=1")),
            Problem(400, "query-invalid"),
        ),
        head(
            "a malformed parameter",
            &at("/v1/policies/eu-open/tokens?dry_run=%ff"),
            Problem(400, "query-invalid"),
        ),
        head(
            "no idempotency key",
            &at("/v1/policies/eu-open/tokens"),
            Problem(400, "idempotency-key-required"),
        ),
        head(
            "a blank idempotency key",
            &(at("/v1/policies/eu-open/tokens") + "\nidempotency-key:  "),
            Problem(400, "idempotency-key-invalid"),
        ),
        head(
            "a header that is injected",
            &post("content-type: application/json\nx: a\rx-injected: 1"),
            Problem(400, malformed),
        ),
        head(
            "a header on two lines",
            &post("content-type: application/json\n x-injected"),
            Problem(400, malformed),
        ),
        head(
            "a header without a name",
            &post("content-type: application/json\n: x"),
            Problem(400, malformed),
        ),
        head("a space before the colon", &post("content-type : application/json"), Problem(400, malformed)),
        head(
            "a giant header",
            &post(&format!("x: {}", PLANTED.repeat(3_000))),
            Problem(431, "headers-too-large"),
        ),
        head("many headers", &post(&"x: y\n".repeat(100)), Problem(431, "headers-too-large")),
        head(
            "two lengths",
            &post("content-type: application/json\ncontent-length: 5"),
            Problem(400, malformed),
        ),
        head(
            "a length and pieces",
            &post("content-type: application/json\ntransfer-encoding: chunked"),
            Problem(400, malformed),
        ),
    ]
}

fn methods() -> Vec<Case> {
    let none = "method-not-allowed";
    vec![
        bare("reading tokens", &format!("GET {TOKENS} HTTP/1.1"), Problem(405, none)),
        bare(
            "replacing a policy",
            "PUT /v1/policies/eu-open HTTP/1.1\ncontent-length: 0",
            Problem(405, none),
        ),
        bare("changing sessions", "PATCH /v1/sessions HTTP/1.1\ncontent-length: 0", Problem(405, none)),
        bare("asking what may be done", "OPTIONS /v1/policies HTTP/1.1", Problem(405, none)),
        bare("a trace", "TRACE /v1/policies HTTP/1.1", Problem(405, none)),
        bare("a method of one's own", &format!("{PLANTED} /v1/policies HTTP/1.1"), Problem(405, none)),
        bare("small letters", "get /v1/policies HTTP/1.1", Problem(405, none)),
        bare("a tunnel", "CONNECT example.com:443 HTTP/1.1", Problem(404, "not-found")),
        bare("an asterisk", "OPTIONS * HTTP/1.1", Problem(404, "not-found")),
        bare("no path", &format!("GET {PLANTED} HTTP/1.1"), Problem(404, "not-found")),
        bare("another version", "GET /v1/policies HTTP/3.0", Problem(400, "malformed-request")),
        bare("no version", "GET /v1/policies", Problem(400, "malformed-request")),
        bare("a path that does not exist", &format!("GET /{PLANTED} HTTP/1.1"), Problem(404, "not-found")),
        bare("a whole address", "GET http://x/v1/policies HTTP/1.1", Fine(200)),
        bare(
            "an id that is none",
            &format!("GET /v1/sessions/{PLANTED} HTTP/1.1"),
            Problem(404, "session-not-found"),
        ),
        bare(
            "a client that is none",
            "GET /v1/sessions?client_id=%0d%0a HTTP/1.1",
            Problem(400, "query-invalid"),
        ),
        bare(
            "a page that is none",
            &format!("GET /v1/policies?limit={PLANTED} HTTP/1.1"),
            Problem(400, "query-invalid"),
        ),
        bare(
            "an id of the request that does harm",
            "GET /v1/policies HTTP/1.1\nx-request-id: plantedvalue<script>",
            Fine(200),
        ),
    ]
}

#[tokio::test]
async fn whatever_is_wrong_is_a_problem_with_its_code() {
    let service = Running::start().await;
    let Key(key) = service.key().await;
    let address = listen(&service).await;
    let mut wrong = Vec::new();
    for Case { what, head, body, expected } in [bodies(), heads(), methods()].into_iter().flatten() {
        let more = format!("host: x\r\nauthorization: Bearer {key}\r\nconnection: close\r\n\r\n");
        let answer = say(address, &[head.as_bytes(), more.as_bytes(), &body].concat()).await;
        let is_expected = match expected {
            Fine(status) => answer.status == status,
            Problem(status, code) => {
                let is_problem = answer.header("content-type") == Some("application/problem+json");
                answer.status == status && is_problem && answer.json()["code"] == code
            }
        };
        let headers = format!("{:?}", answer.headers);
        // A name that was asked for is told as it is, and nothing else.
        let repeats = answer.text().contains(PLANTED) && !what.contains("another name");
        if !is_expected || repeats || headers.contains("injected") || headers.contains(PLANTED) {
            wrong.push(format!("{what}: {} {headers} {}", answer.status, answer.text()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // None of it was bought, and the service goes on.
    assert_eq!(service.bought(), 0);
    let answer = say(address, b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert_eq!(answer.status, 200);
}

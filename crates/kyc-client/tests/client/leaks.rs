//! Whatever goes wrong, nothing personal or secret is in an error or a log.

use std::error::Error as StdError;
use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use kyc_client::{ClientBuilder, Error};
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::server::{Act, Server};
use crate::support::{ISSUED, MARKERS, Other, answer, builder, request};

/// Keeps everything that any crate says through `tracing`, at every level.
#[derive(Clone, Default)]
struct Tape(Arc<Mutex<String>>);

impl Tape {
    fn text(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Subscriber for Tape {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Line(&mut self.0.lock().unwrap()));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Line(&mut self.0.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = self.0.lock().unwrap();
        write!(text, "\n{}", event.metadata().target()).unwrap();
        event.record(&mut Line(&mut text));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Keeps everything that any crate says through `log`, as `reqwest` does.
struct LogTape(Mutex<String>);

impl log::Log for LogTape {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        writeln!(self.0.lock().unwrap(), "{} {}", record.target(), record.args()).unwrap();
    }

    fn flush(&self) {}
}

fn log_tape() -> &'static LogTape {
    static TAPE: OnceLock<LogTape> = OnceLock::new();
    let tape = TAPE.get_or_init(|| LogTape(Mutex::default()));
    if log::set_logger(tape).is_ok() {
        log::set_max_level(log::LevelFilter::Trace);
    }
    tape
}

/// Every text that an error gives away.
fn texts(error: &Error) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}\n{}", error.hint());
    let mut source = error.source();
    while let Some(error) = source {
        write!(text, "\n{error}\n{error:?}").unwrap();
        source = error.source();
    }
    text
}

#[track_caller]
fn assert_clean(text: &str) {
    let text = text.to_lowercase();
    for marker in MARKERS {
        assert!(!text.contains(&marker.to_lowercase()), "{marker} in {text}");
    }
}

async fn serving(act: Act) -> ClientBuilder {
    builder(&Server::start(vec![act]).await.base()).attempt_timeout(Duration::from_millis(300))
}

#[tokio::test]
async fn no_error_and_no_log_holds_a_personal_value_or_a_secret() {
    let (tape, log) = (Tape::default(), log_tape());
    // For all threads, so that what the other tests of this program cause to be said is looked at too.
    tracing::subscriber::set_global_default(tape.clone()).unwrap();

    // The vendor repeats what it was sent, wherever it can.
    let chatty = String::from_utf8(request().to_wire().to_vec()).unwrap();
    let message = format!("Field 'firstName' has the value Firstmarker, messagemarker: {chatty}");
    let envelope = |identifier: &str| json!({ "identifier": identifier, "message": message }).to_string();
    let echo = |extra: serde_json::Value| {
        let mut body = json!({ "authToken": "tokenmarker", "digitString": "digitmarker", "scanRef": "s-1",
            "firstName": "Firstmarker", "message": "messagemarker" });
        if let (Some(body), serde_json::Value::Object(extra)) = (body.as_object_mut(), extra) {
            body.extend(extra);
        }
        body.to_string()
    };
    let moved = |status: u16| {
        format!(
            "HTTP/1.1 {status} X\r\nlocation: https://evil.example/?messagemarker\r\ncontent-length: 0\r\n\r\n"
        )
    };

    let mut cases = vec![
        builder("http://127.0.0.1:1"),
        builder("https://nowhere.invalid").attempts(1),
        builder(&Server::start(vec![Act::Reset]).await.base().replace("http:", "https:"))
            .attempts(1)
            .connect_timeout(Duration::from_millis(100)),
    ];
    for identifier in ["BAD_VALUE", "Firstmarker", "client-marker", "INTERNAL_ERROR", ""] {
        for status in [400, 401, 403, 404, 409, 418, 429, 500, 503] {
            cases.push(serving(Act::Send(answer(status, &envelope(identifier)))).await);
        }
    }
    for act in [
        Act::Reset,
        Act::Close,
        Act::ResetAtOnce,
        Act::SendAndHang(String::new()),
        Act::SendAndClose(format!("{chatty}\r\n\r\n")),
        Act::SendAndClose(format!("HTTP/1.1 201 {chatty}\r\nbad header messagemarker\r\n\r\n")),
        Act::SendAndClose(format!("HTTP/1.1 201 X\r\ncontent-length: 9999\r\n\r\n{ISSUED}")),
        Act::Send(answer(500, &chatty)),
        Act::Send(answer(200, &chatty)),
        Act::Send(answer(202, &echo(json!({})))),
        Act::Send(answer(201, &echo(json!({ "redirectUrl": "http://evil.example/tokenmarker" })))),
        Act::Send(answer(201, &echo(json!({ "redirectUrl": ["tokenmarker"] })))),
        Act::Send(answer(201, &echo(json!({ "scanRef": "client-marker/../messagemarker" })))),
        Act::Send(answer(201, &echo(json!({ "checkLiveness": false, "firstName": null })))),
        Act::Send(moved(302)),
        Act::Send(moved(308)),
    ] {
        cases.push(serving(act).await);
    }
    // Answers with everything that a session has to say.
    let told = json!({
        "scanRef": "s-1", "clientId": "client-marker", "status": "APPROVED", "docFirstName": "Firstmarker",
        "additionalData": { "BILL": { "address": { "value": "addressmarker", "status": "MATCH" } } },
        "count": 1, "next": "https://evil.example/?clientId=client-marker",
        "results": [{ "scanRef": "s-1", "status": "APPROVED" }],
    });
    let mut told_otherwise = told.clone();
    told_otherwise["scanRef"] = json!("s-2");
    told_otherwise["count"] = json!("messagemarker");
    let mut answered = 0;
    for told in [told, told_otherwise] {
        let client = serving(Act::Send(answer(200, &told.to_string()))).await.build().unwrap();
        for call in Other::ALL {
            match call.call(&client).await {
                Ok(shown) => {
                    answered += 1;
                    assert_clean(&shown);
                }
                Err(error) => assert_clean(&texts(&error)),
            }
        }
    }
    assert_eq!(answered, 5, "each call once, and the deletion twice");

    let mut kinds = std::collections::HashSet::new();
    for case in cases {
        assert_clean(&format!("{case:?}"));
        let client = case.attempts(1).build().unwrap();
        for call in Other::ALL {
            if let Err(error) = call.call(&client).await {
                assert_clean(&texts(&error));
            }
        }
        let error = client.create_token(&request()).await.unwrap_err();
        kinds.insert(std::mem::discriminant(&error));
        assert_clean(&texts(&error));
    }
    assert_eq!(kinds.len(), 7, "each kind of error has been looked at");

    // A token that is issued does not print either.
    let client = serving(Act::Send(answer(201, &echo(json!({}))))).await.build().unwrap();
    let token = client.create_token(&request()).await.unwrap();
    assert_clean(&format!("{client:?} {}", token.scan_ref));

    let said = tape.text();
    assert!(said.contains("kyc_client") && said.contains("may_have_been_created=true"), "{said}");
    assert_clean(&said);
    let said = log.0.lock().unwrap().clone();
    assert!(said.contains("reqwest"), "{said}");
    assert_clean(&said);
}

//! Values are planted in all that callers, the vendor and operators bring, and must be in no log line, no metric, no
//! error and no byte of the database.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use kyc_sandbox::Scenario;
use kyc_service_tests::binary::ROOT;
use kyc_service_tests::caller::Caller;
use kyc_service_tests::leaks::{Marker, Markers};
use kyc_service_tests::service::{API_KEY, API_SECRET, MASTER_KEY, Plan};
use kyc_service_tests::vendor::Mood;
use kyc_service_tests::world::World;
use kyc_test_postgres::{Cluster, Stop};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

/// Known to the database by intention, and to nobody else: sessions are listed by it until they are erased.
const CLIENT: &str = "leak-client-7f21c0";
const IDEMPOTENCY_KEY: &str = "leak-idempotency-55c1";
const PRESENTED_KEY: &str = "leak-presented-key-0a9d";
/// Of the client's data, by field.
const PERSONAL: [(&str, &str); 9] = [
    ("external_ref", "leak-order-5512"),
    ("first_name", "Žorvaldimanta"),
    ("last_name", "Quillfeatherby"),
    ("date_of_birth", "1987-03-09"),
    ("document_number", "QXZ7718820"),
    ("personal_number", "38703091234"),
    ("date_of_expiry", "2031-11-17"),
    ("date_of_issue", "2021-11-18"),
    ("address", "Gedimino pr. 9999, Vilnius"),
];

fn everything() -> Value {
    let mut data = json!({
        "client_id": CLIENT, "nationality": "LT", "sex": "M", "document_country": "LT", "locale": "lt",
        "step_data": { "UTILITY_BILL": { "address": PERSONAL[8].1 } },
    });
    for (field, value) in PERSONAL {
        data[field] = Value::from(value);
    }
    data
}

/// Everything but the client's identifier.
fn markers() -> Vec<Marker> {
    let mut markers: Vec<Marker> =
        PERSONAL.into_iter().map(|(field, value)| Marker::new(field, value)).collect();
    for (name, value) in [
        ("the idempotency key", IDEMPOTENCY_KEY),
        ("a presented key", PRESENTED_KEY),
        ("the vendor's key", API_KEY),
        ("the vendor's secret", API_SECRET),
        ("the vendor's key pair", &format!("{API_KEY}:{API_SECRET}")),
        ("the master key", MASTER_KEY),
    ] {
        markers.push(Marker::new(name, value));
    }
    markers
}

/// What was answered, apart from tokens.
#[derive(Default)]
struct Answers {
    texts: Vec<String>,
    tokens: Vec<Value>,
    statuses: Vec<u16>,
}

impl Answers {
    async fn take(&mut self, request: RequestBuilder) -> u16 {
        let shown = format!("{request:?}");
        let answer = request.send().await.unwrap_or_else(|error| panic!("{shown}: {error:?}"));
        let status = answer.status().as_u16();
        let headers = format!("{:?}", answer.headers());
        let body = answer.text().await.unwrap();
        self.statuses.push(status);
        let json: Value = serde_json::from_str(&body).unwrap_or_default();
        if json["auth_token"].is_string() {
            self.texts.push(headers);
            self.tokens.push(json);
        } else {
            self.texts.push(format!("{status}\n{headers}\n{body}"));
        }
        status
    }
}

struct Asker<'a> {
    caller: Caller,
    plan: &'a Plan,
}

impl Asker<'_> {
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.caller.http().request(method, format!("http://{}{path}", self.plan.address))
    }

    fn tokens(&self, key: &str, body: &Value) -> RequestBuilder {
        self.request(Method::POST, "/v1/policies/everything/tokens")
            .header("idempotency-key", key)
            .header("content-type", "application/json")
            .body(body.to_string())
    }
}

/// Requests that go wrong in every way that shows what was sent.
async fn ask_badly(asker: &Asker<'_>, answers: &mut Answers) {
    let all = everything().to_string();
    for (field, value) in PERSONAL {
        let mut wrong = everything();
        // No value of any field, and near what was planted.
        wrong[field] = json!({ value: [value] });
        let status = answers.take(asker.tokens(&format!("{IDEMPOTENCY_KEY}-{field}"), &wrong)).await;
        assert!((400..500).contains(&status), "{field}: {status}");
        wrong[field] = json!(format!("{value}\u{7}"));
        let status = answers.take(asker.tokens(&format!("{IDEMPOTENCY_KEY}-{field}"), &wrong)).await;
        assert!((400..500).contains(&status), "{field}: {status}");
    }
    let other_data =
        json!({ "client_id": CLIENT, "last_name": "Quillfeatherby", "date_of_birth": "1987-03-09" });
    let long = format!("{}{}", " ".repeat(80 * 1024), all);
    for (request, expected) in [
        (asker.tokens(IDEMPOTENCY_KEY, &other_data), 422),
        (asker.tokens(IDEMPOTENCY_KEY, &Value::Null).body(all.trim_end_matches('}').to_owned()), 400),
        (asker.tokens(IDEMPOTENCY_KEY, &Value::Null).body(long), 413),
        (asker.tokens(IDEMPOTENCY_KEY, &everything()).header("content-type", "text/plain"), 415),
        (asker.tokens(&"leak-idempotency-55c1".repeat(20), &everything()), 400),
        (asker.tokens(IDEMPOTENCY_KEY, &everything()).bearer_auth(PRESENTED_KEY), 401),
        (asker.request(Method::GET, &format!("/v1/{IDEMPOTENCY_KEY}?q=Quillfeatherby")), 404),
        (asker.request(Method::PUT, "/v1/policies/everything/tokens").body(all.clone()), 405),
        (asker.request(Method::GET, "/v1/sessions/38703091234"), 404),
    ] {
        let shown = format!("{request:?}");
        let status = answers.take(request).await;
        // Each is refused, and by the reason that it was made for; a service without keys looks at none.
        assert!(status == expected || (expected == 401 && status < 500), "{status} for {expected}: {shown}");
    }
}

/// Does everything with planted values that can be done, and gives what was answered.
async fn plant(world: &mut World, plan: &Plan) -> Answers {
    let asker = Asker { caller: Caller::default(), plan };
    let mut answers = Answers::default();
    assert_eq!(answers.take(asker.tokens(IDEMPOTENCY_KEY, &everything())).await, 201);
    assert_eq!(answers.take(asker.tokens(IDEMPOTENCY_KEY, &everything())).await, 200);
    let dry = asker.request(Method::POST, "/v1/policies/everything/tokens?dry_run=true");
    let dry = dry.header("content-type", "application/json").body(everything().to_string());
    assert_eq!(answers.take(dry).await, 200);
    ask_badly(&asker, &mut answers).await;
    for (number, scenario) in Scenario::ALL.iter().enumerate() {
        world.vendor.set(Mood { scenario: *scenario, ..Mood::default() });
        let mut data = everything();
        data["client_id"] = Value::from(format!("{CLIENT}-{number}"));
        answers.take(asker.tokens(&format!("{IDEMPOTENCY_KEY}-{number}"), &data)).await;
    }
    // Reconciliation looks for clients at the vendor, which is worth a few lines in the log.
    world.vendor.set(Mood::default());
    tokio::time::sleep(Duration::from_secs(3)).await;
    for path in [
        "/metrics",
        "/healthz",
        "/readyz",
        "/openapi.json",
        "/v1/policies",
        "/v1/policies/everything",
        &format!("/v1/sessions?client_id={CLIENT}"),
    ] {
        assert_eq!(answers.take(asker.request(Method::GET, path)).await, 200, "{path}");
    }
    let refused = answers.statuses.iter().filter(|status| **status >= 400).count();
    assert!(refused > 30, "{:?}", answers.statuses);
    assert!(answers.tokens.len() > 2);
    answers
}

/// What must be nowhere, the tokens that were answered among it.
fn forbidden(answers: &Answers) -> Vec<Marker> {
    let token = |issued: &Value| Marker::new("an auth token", issued["auth_token"].as_str().unwrap());
    markers().into_iter().chain(answers.tokens.iter().map(token)).collect()
}

fn planted(plan: Plan) -> Plan {
    let mut plan = plan.with("policies", format!("{ROOT}/tests/service/policies")).with("log.level", "debug");
    plan.environment.push(("RUST_LOG".to_owned(), "trace".to_owned()));
    plan
}

fn client() -> Marker {
    Marker::new("the client's identifier", CLIENT)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_planted_value_is_in_a_log_a_metric_an_error_or_the_database() {
    let mut world = World::with(Mood::default(), planted).await;
    world.start().await;
    let plan = world.plans[0].clone();
    let answers = plant(&mut world, &plan).await;
    let all = forbidden(&answers);
    let in_answers = Markers::new(&[all.clone(), vec![client()]].concat());
    let all = Markers::new(&all);
    let mut leaks: Vec<String> = Vec::new();
    for text in &answers.texts {
        let names = in_answers.found(text.as_bytes()).join(", ");
        if !names.is_empty() {
            leaks.push(format!("{names} in an answer: {text}"));
        }
    }
    // While it runs: the database with its log of writes, the heads, and what was printed.
    look(&plan, &all, &mut leaks);
    assert_finds_the_client(&plan.folder, "kyc.db");
    assert!(world.services.remove(0).stop().await.success());
    look(&plan, &all, &mut leaks);
    assert_finds_the_client(&plan.folder, "kyc.db");
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

/// Neither in its files nor in its log, though that tells of every statement with its values.
#[tokio::test(flavor = "multi_thread")]
async fn no_planted_value_is_sent_to_postgresql() {
    let everything = [
        ("log_statement", "all"),
        ("log_min_duration_statement", "0"),
        ("log_parameter_max_length", "-1"),
        ("log_parameter_max_length_on_error", "-1"),
        ("log_error_verbosity", "verbose"),
    ];
    let mut cluster = Cluster::start(&everything);
    let database = cluster.database("kyc");
    let mut world = World::with(Mood::default(), |plan| planted(plan).with("database", database)).await;
    world.start().await;
    let plan = world.plans[0].clone();
    let answers = plant(&mut world, &plan).await;
    let all = Markers::new(&forbidden(&answers));
    let mut leaks = Vec::new();
    look(&plan, &all, &mut leaks);
    assert!(world.services.remove(0).stop().await.success());
    look(&plan, &all, &mut leaks);
    cluster.stop(Stop::Fast);
    found_in(&all, cluster.folder(), &[], &mut leaks);
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    // Its tables, its log of writes, and the log of statements are read.
    assert_finds_the_client(&cluster.data().join("base"), "");
    assert_finds_the_client(&cluster.data().join("pg_wal"), "");
    assert_finds_the_client(cluster.folder(), "log");
}

/// Looks into every file of a service.
fn look(plan: &Plan, markers: &Markers, leaks: &mut Vec<String>) {
    let ours = [plan.folder.join("master-key"), plan.folder.join("node-1.yaml")];
    found_in(markers, &plan.folder, &ours, leaks);
    let log = fs::read(plan.log()).unwrap();
    if !Markers::new(&[client()]).found(&log).is_empty() {
        leaks.push("the client's identifier in the log".to_owned());
    }
    // What it wrote itself must be there, or the look would prove nothing: the log tells of these requests in detail.
    let text = String::from_utf8_lossy(&log);
    assert!(text.lines().any(|line| line.contains("DEBUG")), "{text}");
    assert!(text.contains("/v1/policies/{name}/tokens"), "the log is not the log");
}

/// Every file below a folder but `ours`.
fn found_in(markers: &Markers, folder: &Path, ours: &[PathBuf], leaks: &mut Vec<String>) {
    for (path, names) in markers.found_below(folder) {
        if !ours.contains(&path) && !names.is_empty() {
            leaks.push(format!("{} in {}", names.join(", "), path.display()));
        }
    }
}

/// The client's identifier is in some file whose name begins so: what is looked at is what the service has written.
fn assert_finds_the_client(folder: &Path, name: &str) {
    let mut files = Markers::new(&[client()]).found_below(folder).into_iter();
    let is_it = |(path, names): (PathBuf, Vec<&str>)| {
        !names.is_empty() && path.file_name().unwrap().to_string_lossy().starts_with(name)
    };
    assert!(files.any(is_it), "nothing of the service is in {}", folder.display());
}

#[test]
fn the_look_finds_what_is_planted() {
    let folder = tempfile::tempdir().unwrap();
    for marker in PERSONAL {
        fs::write(folder.path().join(marker.0), format!("{{\"{}\":\"{}\"}}", marker.0, marker.1)).unwrap();
    }
    let all = Markers::new(&markers()).found_below(folder.path());
    assert_eq!(all.len(), PERSONAL.len());
    for (path, names) in all {
        assert_eq!(names, [path.file_name().unwrap().to_str().unwrap()]);
    }
}

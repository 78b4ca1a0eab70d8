//! `kyc serve`: how it starts, what it says, what it refuses, and how it ends.

mod service;

use std::fs;
use std::net::TcpListener;

use serde_json::json;

use crate::support::{BROKEN, PERSONAL, Policies, SHOP, command, run};
use service::Service;

/// Secrets, and settings that name them.
fn settings(folder: &Policies) {
    let key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    fs::write(folder.path("master"), key).unwrap();
    fs::write(folder.path("secret"), "vendor-secret").unwrap();
    let text = "\
policies: .
database: sqlite:kyc.db
master_keys: [{ id: first, file: master }]
accounts:
  main: { environment: development, api_key: { file: secret }, api_secret: { file: secret } }
";
    fs::write(folder.path("kyc.conf"), text).unwrap();
}

#[test]
fn the_sandbox_needs_nothing_and_the_printed_request_gives_one_token_however_often_it_is_sent() {
    let folder = Policies::new(&[("shop.yaml", SHOP)]);
    let mut service = Service::start(&folder.path(""), &["--sandbox", "--policies", "."]);
    let (policy, key, body) = service.example();
    let first = service.issue(&policy, &key, &body);
    assert_eq!(first.status, 201, "{first:?}");
    for member in ["auth_token", "redirect_url", "scan_ref", "expires_at", "session_id", "policy"] {
        assert!(first.body.get(member).is_some(), "{member} is missing in {first:?}");
    }
    let again = service.issue(&policy, &key, &body);
    assert_eq!((again.status, &again.body), (200, &first.body));
    assert!(again.head.to_lowercase().contains("idempotent-replayed: true"), "{again:?}");
    let other = service.issue(&policy, "another", &body);
    assert_ne!(other.body["auth_token"], first.body["auth_token"]);
    assert_eq!(service.stop("-TERM"), Some(0));
}

#[test]
fn what_was_issued_is_known_after_a_restart() {
    let folder = Policies::new(&[("shop.yaml", SHOP)]);
    let args = ["--sandbox", "--policies", "."];
    let mut service = Service::start(&folder.path(""), &args);
    let (policy, key, body) = service.example();
    let first = service.issue(&policy, &key, &body);
    assert_eq!(service.stop("-INT"), Some(0));
    let service = Service::start(&folder.path(""), &args);
    let again = service.issue(&policy, &key, &body);
    assert_eq!((again.status, &again.body), (200, &first.body));
}

#[test]
fn the_first_key_closes_the_door_while_the_service_runs() {
    let folder = Policies::new(&[("shop.yaml", SHOP)]);
    let mut service = Service::start(&folder.path(""), &["--sandbox", "--policies", "."]);
    let (policy, key, body) = service.example();
    assert_eq!(service.issue(&policy, &key, &body).status, 201);
    let add = ["keys", "add", "--sandbox", "--name", "shop", "--policies", "*"];
    let added = run(command().current_dir(folder.path("")).args(add));
    service.until("the door closes", |service| service.issue(&policy, &key, &body).status == 401);
    let shown = format!("Authorization: Bearer {}\r\n", added.out.trim());
    let get = |headers: &str| service.send("GET /v1/policies HTTP/1.1", headers, "").status;
    assert_eq!((get(""), get(&shown)), (401, 200));
}

#[test]
fn no_value_of_a_client_is_logged_and_a_line_is_one_object() {
    let folder = Policies::new(&[("shop.yaml", SHOP)]);
    let args = ["--sandbox", "--policies", ".", "--log-format", "json", "--log-level", "debug"];
    let service = Service::start(&folder.path(""), &args);
    let body = json!({ "client_id": PERSONAL, "first_name": "Marta" }).to_string();
    let token = service.issue("shop", PERSONAL, &body);
    assert_eq!(token.status, 201, "{token:?}");
    let wrong = json!({ "client_id": "c", "first_name": "M4rta", "nothing": PERSONAL }).to_string();
    assert_eq!(service.issue("shop", "k-2", &wrong).status, 422);
    assert_eq!(service.get(&format!("/v1/sessions?client_id={PERSONAL}")).status, 200);
    let figures = service.get("/metrics").body.to_string();
    assert!(figures.contains("kyc_tokens_total"), "{figures}");
    assert_eq!(service.stop("-TERM"), Some(0));
    let log = fs::read_to_string(folder.path("log")).unwrap();
    let auth_token = token.body["auth_token"].as_str().unwrap();
    for secret in [PERSONAL, "Marta", "M4rta", auth_token] {
        assert!(!log.contains(secret) && !figures.contains(secret), "{secret} is in {log}{figures}");
    }
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.iter().any(|line| line["message"] == "serving"), "{log}");
}

#[cfg(unix)]
#[test]
fn policies_are_reloaded_and_a_mistake_changes_nothing() {
    let folder = Policies::new(&[("shop.yaml", SHOP)]);
    let service = Service::start(&folder.path(""), &["--sandbox", "--policies", "."]);
    let stale = |service: &Service| service.get("/readyz").body["policies"]["status"] == "stale";
    fs::write(folder.path("bar.yaml"), SHOP.replace("shop", "bar")).unwrap();
    service.until("the new policy", |service| service.get("/v1/policies/bar").status == 200);
    fs::write(folder.path("bar.yaml"), BROKEN).unwrap();
    service.until("the refusal", stale);
    let ready = service.get("/readyz");
    assert_eq!(ready.status, 200, "{ready:?}");
    assert_eq!(service.get("/v1/policies/bar").status, 200);
    fs::remove_file(folder.path("bar.yaml")).unwrap();
    service.signal("-HUP");
    service.until("the removal", |service| service.get("/v1/policies/bar").status == 404);
    assert!(!stale(&service));
    assert_eq!(service.stop("-TERM"), Some(0));
    let log = fs::read_to_string(folder.path("log")).unwrap();
    assert!(log.contains("the last good ones stay in force") && log.contains("PASPORT"), "{log}");
}

#[test]
fn everything_that_is_wrong_with_settings_is_told_before_anything_starts() {
    let folder = Policies::new(&[]);
    let mut serve = folder.command();
    let run = run(serve
        .args(["serve", "--limits-deadline", "soon", "--set", "listne=x"])
        .env("KYC_INSTANCE", "A b"));
    run.ends_with(2)
        .prints_nothing()
        .tells("limits.deadline=soon")
        .tells("did you mean `listen`?")
        .tells("KYC_INSTANCE=A b")
        .tells("`accounts` is missing")
        .tells("`master_keys` is missing")
        .tells("the settings have 5 mistakes");
}

#[test]
fn keys_credentials_and_policies_are_looked_at_together() {
    let folder = Policies::new(&[("shop.yaml", SHOP), ("broken.yaml", BROKEN)]);
    settings(&folder);
    fs::write(folder.path("master"), "short").unwrap();
    fs::remove_file(folder.path("secret")).unwrap();
    let check = |folder: &Policies| {
        run(command().args(["serve", "--check", "--config"]).arg(folder.path("kyc.conf")))
    };
    check(&folder)
        .ends_with(1)
        .prints_nothing()
        .tells("`master_keys`, `first`")
        .tells("accounts.main.api_key")
        .tells("accounts.main.api_secret")
        .tells("PASPORT");
    fs::remove_file(folder.path("broken.yaml")).unwrap();
    settings(&folder);
    check(&folder).ends_with(0).prints("`main` (development), 1 policy").prints("`first`");
    assert!(!folder.path("kyc.db").exists(), "a check changes nothing");
}

#[test]
fn others_are_not_answered_before_a_caller_has_a_key() {
    let folder = Policies::new(&[("shop.yaml", SHOP)]);
    settings(&folder);
    let config = folder.path("kyc.conf");
    let mut serve = command();
    run(serve.args(["serve", "--listen", "0.0.0.0:0", "--config"]).arg(config))
        .ends_with(2)
        .tells("kyc keys add");
}

#[test]
fn a_port_that_is_taken_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = Policies::new(&[("shop.yaml", SHOP)]);
    let address = taken.local_addr().unwrap().to_string();
    let mut serve = folder.command();
    run(serve.args(["serve", "--sandbox", "--listen", &address]).current_dir(folder.path("")))
        .ends_with(2)
        .tells(&format!("cannot listen on {address}"));
}

#[test]
fn a_service_is_probed() {
    let folder = Policies::new(&[("shop.yaml", SHOP)]);
    let service = Service::start(&folder.path(""), &["--sandbox", "--policies", "."]);
    settings(&folder);
    let probe = |address: &str| {
        let mut probe = command();
        run(probe.args(["serve", "--probe", "--listen", address, "--config"]).arg(folder.path("kyc.conf")))
    };
    let address = service.address.clone();
    probe(&address).ends_with(0).prints_nothing();
    assert_eq!(service.stop("-TERM"), Some(0));
    probe(&address).ends_with(2).tells("nothing answers");
}

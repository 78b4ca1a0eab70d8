use std::fs;
use std::path::PathBuf;

use kyc_sandbox::{Running, Sandbox, Scenario};
use serde_json::{Value, json};

use crate::support::{BROKEN, PERSONAL, Policies, Run, SHOP, keys, run};

const KEY: &str = "Keymarker";
const SECRET: &str = "Secretmarker";
const NAME: &str = "--set=first_name=Personalmarker";

fn shop() -> Policies {
    Policies::new(&[("shop.yaml", SHOP)])
}

async fn vendor(scenario: Scenario) -> Running {
    Sandbox::builder().credentials(KEY, SECRET).scenario(scenario).build().start().await.unwrap()
}

fn issue(folder: &Policies, vendor: &Running, args: &[&str]) -> Run {
    let mut command = folder.command();
    command.args(["issue", "shop", "--vendor-url", vendor.base_url()]).args(args);
    let issued = run(command.env("KYC_API_KEY", KEY).env("KYC_API_SECRET", SECRET));
    assert!(
        !issued.err.contains(KEY) && !issued.err.contains(SECRET),
        "a secret on standard error: {issued:?}"
    );
    assert!(
        !issued.out.contains(KEY) && !issued.out.contains(SECRET),
        "a secret on standard output: {issued:?}"
    );
    assert!(!issued.out.contains(PERSONAL), "{issued:?}");
    issued
}

#[test]
fn the_sandbox_needs_nothing() {
    let folder = shop();
    let text = folder.kyc(["issue", "shop", "--sandbox", "--client-id=c-1", NAME]).ends_with(0);
    for label in
        ["auth token ", "redirect URL ", "scan reference ", "expires at ", "policy ", "policy digest "]
    {
        assert_eq!(
            text.out.lines().filter(|line| line.starts_with(label)).count(),
            1 + usize::from(label == "policy ")
        );
    }
    assert!(text.err.starts_with("note: the token comes from the sandbox"), "{text:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dummy_session_ends_at_once() {
    let (folder, vendor) = (shop(), vendor(Scenario::Normal).await);
    for status in ["APPROVED", "DENIED", "SUSPECTED", "EXPIRED"] {
        let args = ["--client-id=c-1", NAME, "--format=json", "--dummy-status", status];
        let issued = issue(&folder, &vendor, &args).ends_with(0);
        assert!(
            issued.err.starts_with(&format!("note: a dummy session: it ended as {status}")),
            "{issued:?}"
        );
        assert!(issued.json()["scan_ref"].is_string());
    }
    let statuses: Vec<_> = vendor.received().iter().map(|one| one.body["dummyStatus"].clone()).collect();
    assert_eq!(statuses, ["APPROVED", "DENIED", "SUSPECTED", "EXPIRED"]);
    folder
        .kyc(["issue", "shop", "--sandbox", "--client-id=c-1", NAME, "--dummy-status=APPROVED"])
        .ends_with(0)
        .tells("nobody was verified")
        .prints("scan reference ");

    // Everything is checked first, as for any other session.
    issue(&folder, &vendor, &["--client-id=c-1", "--dummy-status=APPROVED"])
        .ends_with(1)
        .tells("nothing was sent");
    let other = Policies::new(&[("other.yaml", &SHOP.replace("shop", "other"))]);
    issue(&other, &vendor, &["--client-id=c-1", NAME, "--dummy-status=APPROVED"]).ends_with(1);
    assert_eq!(vendor.received().len(), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dummy_status_is_for_development_environments() {
    let folder = shop();
    let dummy = ["--client-id=c-1", NAME, "--format=json", "--dummy-status=APPROVED"];
    let production = vendor(Scenario::Production).await;
    let refused = issue(&folder, &production, &dummy).ends_with(3).tells("belongs to another environment");
    let json = refused.json();
    assert_eq!((&json["error"]["kind"], &json["error"]["status"]), (&json!("refused"), &json!(400)));
    assert_eq!(json["error"]["may_have_been_created"], json!(false));
    // Without the option the same account issues, and nothing is noted.
    let issued = issue(&folder, &production, &["--client-id=c-1", NAME]).ends_with(0);
    assert_eq!(issued.err, "");
    let asked: Vec<_> =
        production.received().iter().map(|one| one.body.get("dummyStatus").is_some()).collect();
    assert_eq!(asked, [true, false]);

    // Where the vendor may have created a session, nothing is sent again.
    let failing = vendor(Scenario::Reset).await;
    let failed = issue(&folder, &failing, &dummy).ends_with(3);
    assert_eq!(failed.json()["error"]["may_have_been_created"], json!(true));
    assert_eq!(failing.received().len(), 1);
}

#[test]
fn other_dummy_statuses_are_refused_with_a_suggestion() {
    let folder = shop();
    for (word, told) in [
        ("APROVED", "'APPROVED'"),
        ("ACTIVE", "[possible values: APPROVED, DENIED, SUSPECTED, EXPIRED]"),
        ("approved", "[possible values: APPROVED, DENIED, SUSPECTED, EXPIRED]"),
        ("", "[possible values: APPROVED, DENIED, SUSPECTED, EXPIRED]"),
    ] {
        let word = format!("--dummy-status={word}");
        folder
            .kyc(["issue", "shop", "--sandbox", "--client-id=c-1", NAME, &word])
            .ends_with(2)
            .prints_nothing()
            .tells(told);
    }
    folder
        .kyc(["issue", "--help"])
        .ends_with(0)
        .prints("--dummy-status")
        .prints("development environments only");
    // Neither a policy nor a client's data can ask for one.
    let hatch = SHOP.replace("shop\n", "shop\nvendor: { dummyStatus: APPROVED }\n");
    let hatched = Policies::new(&[("shop.yaml", &hatch)]);
    hatched.kyc(["check"]).ends_with(1).prints("dummyStatus");
    folder
        .kyc(["issue", "shop", "--sandbox", "--client-id=c-1", NAME, "--set=dummy_status=APPROVED"])
        .ends_with(1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_as_json_has_a_stable_shape() {
    let (folder, vendor) = (shop(), vendor(Scenario::Normal).await);
    let issued = issue(&folder, &vendor, &["--client-id=c-1", NAME, "--format=json"]).ends_with(0);
    assert_eq!(issued.err, "");
    let json = issued.json();
    let expected =
        ["auth_token", "digit_code", "expires_at", "policy", "redirect_url", "scan_ref", "warnings"];
    assert_eq!(keys(&json), expected);
    assert_eq!(keys(&json["policy"]), ["digest", "name"]);
    assert_eq!((&json["digit_code"], &json["warnings"]), (&Value::Null, &json!([])));
    assert_eq!(json["policy"]["digest"].as_str().unwrap().len(), 64);
    let expires_at = json["expires_at"].as_str().unwrap();
    assert!(expires_at.len() == "2026-01-01T00:00:00Z".len() && expires_at.ends_with('Z'), "{expires_at}");
    let received = vendor.received();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].body["firstName"], json!(PERSONAL));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_digit_code_is_printed() {
    let coded = SHOP.replace("shop\n", "shop\ntoken: { digit_code: true }\n");
    let (folder, vendor) = (Policies::new(&[("shop.yaml", &coded)]), vendor(Scenario::Normal).await);
    let issued = issue(&folder, &vendor, &["--client-id=c-1", NAME, "--format=json"]).ends_with(0);
    assert!(issued.json()["digit_code"].is_string(), "{issued:?}");
    issue(&folder, &vendor, &["--client-id=c-2", NAME]).ends_with(0).prints("\ndigit code      ");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_environment_names_the_vendor_and_files_hold_the_credentials() {
    let (folder, vendor) = (shop(), vendor(Scenario::Normal).await);
    let (key, secret) = (folder.path("key"), folder.path("secret"));
    fs::write(&key, format!("{KEY}\n")).unwrap();
    fs::write(&secret, format!("{SECRET}\r\n")).unwrap();
    let command = || {
        let mut command = folder.command();
        command.args(["issue", "shop", "--client-id=c-1", NAME]).env("KYC_VENDOR_URL", vendor.base_url());
        command
    };
    let files = |key: &PathBuf| [("KYC_API_KEY_FILE", key.clone()), ("KYC_API_SECRET_FILE", secret.clone())];
    run(command().envs(files(&key))).ends_with(0);
    run(command().arg("--api-key-file").arg(&key).arg("--api-secret-file").arg(&secret)).ends_with(0);
    assert_eq!(vendor.received().len(), 2);

    run(command().envs(files(&key)).env("KYC_API_KEY", KEY)).ends_with(2).tells("both `KYC_API_KEY` and");
    run(command().envs(files(&folder.path("missing")))).ends_with(2).tells("cannot read");
    fs::write(&key, "x".repeat(10_000)).unwrap();
    run(command().envs(files(&key))).ends_with(2).tells("does not hold a secret");
    run(&mut command()).ends_with(2).tells("the API key is missing").tells("KYC_API_KEY_FILE");
    let spaced = run(command().env("KYC_API_KEY", "Key marker").env("KYC_API_SECRET", SECRET)).ends_with(2);
    assert!(!spaced.err.contains("marker"), "{spaced:?}");
    assert_eq!(vendor.received().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_sent_while_anything_is_wrong() {
    let vendor = vendor(Scenario::Normal).await;
    let folder = shop();
    issue(&folder, &vendor, &["--client-id=c-1"]).ends_with(1).prints_nothing().tells("nothing was sent");
    let json = issue(&folder, &vendor, &["--client-id=c-1", "--format=json"]).ends_with(1).json();
    assert_eq!(json[0]["rule"], json!("client-field-missing"));
    issue(&folder, &vendor, &["--client-id=c-1", "--set=first_name=Personalmarker1"]).ends_with(1);
    issue(&folder, &vendor, &["--client-id=c-1", NAME, "--set=client_id=c-2"]).ends_with(1);
    issue(&folder, &vendor, &["--client-id=c-1", "--set=first_name=Ann", PERSONAL]).ends_with(2);
    let young = ["--client-id=c-1", NAME, "--set=date_of_birth=2020-01-01"];
    issue(&folder, &vendor, &young).ends_with(1).tells("shop.yaml:5:13");

    let mixed = Policies::new(&[("shop.yaml", SHOP), ("broken.yaml", BROKEN)]);
    issue(&mixed, &vendor, &["--client-id=c-1", NAME]).ends_with(1).tells("broken.yaml:2:17");
    let other = Policies::new(&[("other.yaml", &SHOP.replace("shop", "other"))]);
    issue(&other, &vendor, &["--client-id=c-1", NAME]).ends_with(1).tells("no policy is named `shop`");
    assert_eq!(vendor.received(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vendor_that_issues_nothing_ends_with_three() {
    let folder = shop();
    let cases = [
        (Scenario::Unauthorized, "refused", json!(401), false, false),
        (Scenario::InsufficientFunds, "refused", json!(402), false, false),
        (Scenario::Conflict, "refused", json!(409), false, false),
        (Scenario::ServerError, "failed", json!(500), true, false),
        (Scenario::Redirect, "redirected", json!(307), false, false),
        (Scenario::Garbage, "unreadable", json!(201), true, false),
        (Scenario::Weaker, "issued-weaker", json!(201), true, false),
    ];
    for (scenario, kind, status, may_exist, retryable) in cases {
        let vendor = vendor(scenario).await;
        let failed = issue(&folder, &vendor, &["--client-id=c-1", NAME, "--format=json"]).ends_with(3);
        assert!(failed.err.contains("error: ") && failed.err.contains("help: "), "{scenario}: {failed:?}");
        let json = failed.json();
        let error = &json["error"];
        let expected = [
            "hint",
            "identifier",
            "kind",
            "may_have_been_created",
            "message",
            "retryable",
            "scan_ref",
            "status",
        ];
        assert_eq!(keys(error), expected);
        assert_eq!((&error["kind"], &error["status"]), (&json!(kind), &status), "{scenario}");
        assert_eq!(error["may_have_been_created"], json!(may_exist), "{scenario}");
        assert_eq!(error["retryable"], json!(retryable), "{scenario}");
        assert_eq!(error["scan_ref"].is_string(), kind == "issued-weaker", "{scenario}");
        assert_eq!(vendor.received().len(), 1, "{scenario}");
    }
    let vendor = vendor(Scenario::ServerError).await;
    issue(&folder, &vendor, &["--client-id=c-1", NAME])
        .ends_with(3)
        .prints_nothing()
        .tells("INTERNAL_ERROR")
        .tells("a session may have been created");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_down_is_waited_for_and_told_when_asked() {
    let (folder, vendor) = (shop(), vendor(Scenario::RateLimitedOnce).await);
    issue(&folder, &vendor, &["--client-id=c-1", NAME, "-v"])
        .ends_with(0)
        .tells("token issued policy=\"shop\"");
    assert_eq!(vendor.received().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vendor_that_is_not_there_is_told_apart() {
    let (folder, vendor) = (shop(), vendor(Scenario::Normal).await);
    let gone = vendor.base_url().to_owned();
    vendor.shutdown().await;
    let mut command = folder.command();
    command.args(["issue", "shop", "--client-id=c-1", NAME, "--format=json", "--vendor-url", &gone]);
    let json = run(command.env("KYC_API_KEY", KEY).env("KYC_API_SECRET", SECRET)).ends_with(3).json();
    assert_eq!(json["error"]["kind"], json!("unreachable"));
    assert_eq!(json["error"]["retryable"], json!(true));
}

#[test]
fn credentials_go_nowhere_but_to_https_or_this_machine() {
    let folder = shop();
    for url in ["http://vendor.example", "https://user:Secretmarker@vendor.example", "vendor"] {
        let mut command = folder.command();
        command.args(["issue", "shop", "--client-id=c-1", NAME, "--vendor-url", url]);
        let refused = run(command.env("KYC_API_KEY", KEY).env("KYC_API_SECRET", SECRET)).ends_with(2);
        assert!(!refused.err.contains("marker"), "{refused:?}");
    }
    folder.kyc(["issue", "shop", "--sandbox", "--vendor-url=https://vendor.example"]).ends_with(2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_token_that_cannot_be_written_is_not_lost_in_silence() {
    use std::fs::OpenOptions;
    use std::process::Command;

    let folder = shop();
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_kyc"))
        .args(["issue", "shop", "--sandbox", "--client-id=c-1", NAME])
        .env("KYC_POLICIES", folder.path(""))
        .stdout(full)
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("was created, and cannot write to standard output"), "{err}");
}

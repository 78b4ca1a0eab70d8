//! `kyc ledger`, `kyc keys` and `kyc retention`: the records of a service, without the service.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use kyc::Timestamp;
use kyc::core::{AuthToken, ClientId, RedirectUrl, ScanRef};
use kyc_ledger::keys::{KeyId, KeyRing, MasterKey};
use kyc_ledger::{
    CallerId, Claim, Claimed, DatabaseUrl, Environment, Found, IdempotencyKey, Instance, IssuedToken, Ledger,
    LedgerOptions, Outcome, PolicyRecord, SessionId,
};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{PERSONAL, Run, SHOP, command, run};

const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eff";

/// A folder with settings, a master key, and policies whose set erases after two days.
struct Service(TempDir);

impl Service {
    fn new() -> Self {
        let service = Self(TempDir::new().unwrap());
        fs::create_dir(service.path("policies")).unwrap();
        service.write("policies/shop.yaml", SHOP);
        service.write("policies/_set.yaml", "retention: { keep: 1d, erase_after: 2d }\n");
        service.write("master", KEY);
        service.write(
            "kyc.yaml",
            "database: sqlite:kyc.db\npolicies: policies\nmaster_keys: [{ id: k1, file: master }]\n\
             history: { heads: heads.jsonl }\n",
        );
        service
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Runs `kyc` in the folder.
    fn kyc(&self, args: &[&str]) -> Run {
        run(command().current_dir(self.0.path()).args(args))
    }

    /// Has something done by the service itself.
    fn serve<T>(&self, body: impl AsyncFnOnce(&Ledger) -> T) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let ring =
                KeyRing::new(vec![(KeyId::new("k1").unwrap(), MasterKey::from_text(KEY).unwrap())]).unwrap();
            let options = LedgerOptions::new(Instance::new("node-1").unwrap());
            let url = DatabaseUrl::Sqlite(self.path("kyc.db"));
            let ledger = Ledger::open(&url, ring, options).await.unwrap();
            let done = body(&ledger).await;
            ledger.shut_down().await;
            done
        })
    }

    fn sql(&self, sql: &str) {
        let database = rusqlite::Connection::open(self.path("kyc.db")).unwrap();
        database.execute_batch(sql).unwrap();
    }
}

fn claim(client: &str) -> Claim {
    let policy = kyc::policy::check_policy(
        &mut kyc::policy::SourceMap::default(),
        "shop.yaml",
        None,
        SHOP.as_bytes(),
        &kyc::policy::PolicySet::empty(),
    );
    let policy = policy.value.unwrap();
    Claim {
        id: SessionId::new(),
        caller: CallerId::new("shop").unwrap(),
        key: IdempotencyKey::new(client).unwrap(),
        fingerprint: client.as_bytes().to_vec().into(),
        policy: PolicyRecord::new("shop", *policy.digest().as_bytes(), move || policy.canonical()),
        account: Arc::from("main"),
        environment: Environment::Development,
        client: ClientId::new(client).unwrap(),
        request: client.as_bytes().to_vec().into(),
        reuse: false,
        reissue: false,
    }
}

async fn settled(ledger: &Ledger, client: &str, outcome: &Outcome) -> SessionId {
    let lease = match ledger.claim(claim(client)).await.unwrap() {
        Claimed::Granted(lease) => Some(lease),
        _ => None,
    };
    ledger.settle(&lease.unwrap(), outcome).await.unwrap().id
}

fn issued(scan_ref: &str) -> Outcome {
    let token = IssuedToken {
        auth_token: AuthToken::new("token").unwrap(),
        redirect_url: RedirectUrl::new("https://ivs.example.com/").unwrap(),
        scan_ref: ScanRef::new(scan_ref).unwrap(),
        expires_at: Timestamp::now() + Duration::from_hours(1),
        digit_code: None,
    };
    Outcome::Issued { token, answer: b"{}".to_vec().into() }
}

const UNKNOWN: Outcome = Outcome::Unknown { scan_ref: None, reason: "timeout" };

/// A session of which two at the vendor may be it.
async fn ambiguous(ledger: &Ledger) -> SessionId {
    let id = settled(ledger, PERSONAL, &UNKNOWN).await;
    let found = || Found::Several(["s-8", "s-9"].map(|text| ScanRef::new(text).unwrap()).into());
    for unknown in ledger.unknowns(Duration::ZERO, 10).await.unwrap() {
        ledger.reconcile(unknown, found()).await.unwrap();
    }
    id
}

#[test]
fn a_key_is_shown_once_and_can_be_revoked() {
    let service = Service::new();
    let add = ["keys", "add", "--name", "shop", "--policies", "eu-*,shop", "--rate", "100/m"];
    let added = service.kyc(&add).ends_with(0).tells("shown this once");
    let key = added.out.trim();
    assert!(key.starts_with("kyc_") && !added.err.contains(key), "{added:?}");
    let name = key.split('_').nth(1).unwrap();
    assert!(added.err.contains(&format!("`{name}`")), "{added:?}");

    let list = service.kyc(&["keys", "list"]).ends_with(0).prints(name).prints("eu-*, shop").prints("100/m");
    assert!(!list.out.contains(key), "{list:?}");
    let json: Value = serde_json::from_str(&service.kyc(&["keys", "list", "--format", "json"]).out).unwrap();
    assert_eq!(json[0]["caller"], "shop");
    assert_eq!(json[0]["scopes"], serde_json::json!(["issue", "read"]));

    // The whole key names it too, and is not repeated.
    let revoked = service.kyc(&["keys", "revoke", key]).ends_with(0).prints(&format!("`{name}` is revoked"));
    assert!(!revoked.out.contains(key), "{revoked:?}");
    service.kyc(&["keys", "list"]).ends_with(0).prints_nothing().tells("no caller has a key in force");
    service.kyc(&["keys", "list", "--all"]).ends_with(0).prints(name);
    service.kyc(&["keys", "revoke", name]).ends_with(1).tells("no key");
    service.kyc(&["ledger", "verify"]).ends_with(0).prints("intact: ");
}

#[test]
fn wrong_callers_are_refused() {
    let service = Service::new();
    for (args, told) in [
        (&["--name", "Shop", "--policies", "*"][..], "Shop"),
        (&["--name", "shop", "--policies", "EU"], "pattern"),
        (&["--name", "shop"], "--policies"),
        (&["--name", "shop", "--policies", "*", "--scope", "all"], "issue"),
        (&["--name", "shop", "--policies", "*", "--rate", "100"], "100/m"),
        (&["--name", "shop", "--policies", "*", "--rate", "0/m"], "100/m"),
    ] {
        let args = [&["keys", "add"], args].concat();
        service.kyc(&args).ends_with(2).prints_nothing().tells(told);
    }
    assert!(!service.path("kyc.db").exists(), "nothing was made");
}

#[test]
fn an_edit_and_a_cut_are_found() {
    let service = Service::new();
    service.serve(async |ledger| settled(ledger, "ann", &issued("s-1")).await);
    service.kyc(&["ledger", "verify"]).ends_with(0).prints("1 session (0 erased)").tells("no heads");
    let heads = service.kyc(&["ledger", "heads"]).ends_with(0);
    service.write("heads.jsonl", &heads.out);
    let named = ["ledger", "verify", "--heads", "heads.jsonl"];
    service.kyc(&named).ends_with(0).prints("1 of 1 head found");

    service.write("torn.jsonl", &format!("{}{{\"inst", heads.out));
    let torn = service.kyc(&["ledger", "verify", "--heads", "torn.jsonl"]).ends_with(0);
    torn.tells("line 2: no head").prints("1 of 1 head found");
    service.kyc(&["ledger", "verify", "--heads", "nowhere.jsonl"]).ends_with(2).tells("nowhere.jsonl");

    service.sql("UPDATE sessions SET scan_ref = 's-2'");
    let found =
        service.kyc(&["ledger", "verify"]).ends_with(1).prints("[session-differs]").prints("`scan_ref`");
    found.prints("not intact").tells("1 finding");
    let json = service.kyc(&["ledger", "verify", "--format", "json"]).ends_with(1);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&json["intact"], &json["findings"][0]["kind"]), (&false.into(), &"session-differs".into()));
    service.sql("UPDATE sessions SET scan_ref = 's-1'; DELETE FROM history WHERE kind = 'issued'");
    service.kyc(&named).ends_with(1).prints("[head-missing]").prints("[session-differs]");
}

#[test]
fn a_session_is_shown_with_its_history_and_settled_by_hand() {
    let service = Service::new();
    let id = service.serve(async |ledger| ambiguous(ledger).await).to_string();
    let shown = service.kyc(&["ledger", "show", &id]).ends_with(0).prints("ambiguous").prints("timeout");
    assert!(!shown.out.contains(PERSONAL), "{shown:?}");
    let json: Value =
        serde_json::from_str(&service.kyc(&["ledger", "show", &id, "--format", "json"]).out).unwrap();
    assert_eq!(json["history"][2]["facts"]["scan_refs"], serde_json::json!(["s-8", "s-9"]));

    let resolve =
        |args: &[&str]| service.kyc(&[&["ledger", "resolve", &id, "--reason", PERSONAL], args].concat());
    resolve(&["--as", "lost"]).ends_with(2).tells("--scan-ref");
    resolve(&["--as", "absent", "--scan-ref", "s-8"]).ends_with(2).tells("goes with");
    resolve(&["--as", "lost", "--scan-ref", "s-1"]).ends_with(1).tells("`s-8`, `s-9`");
    resolve(&["--as", "lost", "--scan-ref", "s-9"]).ends_with(0).prints("issued_token_lost");
    resolve(&["--as", "absent"]).ends_with(1).tells("issued_token_lost");
    let shown = service.kyc(&["ledger", "show", &id]).ends_with(0).prints("operator");
    assert!(!shown.out.contains(PERSONAL), "{shown:?}");
    service.kyc(&["ledger", "verify"]).ends_with(0);
    let other = SessionId::new().to_string();
    service.kyc(&["ledger", "show", &other]).ends_with(1).tells("there is no session");
    service.kyc(&["ledger", "show", "x"]).ends_with(2);
}

#[test]
fn what_was_kept_long_enough_is_erased() {
    let service = Service::new();
    let old = service.serve(async |ledger| {
        let old = settled(ledger, PERSONAL, &issued("s-1")).await;
        settled(ledger, "ann", &issued("s-2")).await;
        old
    });
    // As if time had passed; what the history says is then another matter.
    service.sql(&format!("UPDATE sessions SET created_at = created_at - 3 * 86400000 WHERE id = '{old}'"));
    service.kyc(&["retention", "run", "--dry-run"]).ends_with(0).prints("1 session asked for before");
    service.kyc(&["retention", "run"]).ends_with(0).prints("erased the personal data of 1 session");
    service.kyc(&["retention", "run"]).ends_with(0).prints("erased the personal data of 0 sessions");
    service.kyc(&["ledger", "show", &old.to_string()]).ends_with(0).prints("erased").prints("retention");
    service.sql(&format!("UPDATE sessions SET created_at = created_at + 3 * 86400000 WHERE id = '{old}'"));
    service.kyc(&["ledger", "verify"]).ends_with(0).prints("2 sessions (1 erased)");
    let bytes = fs::read(service.path("kyc.db")).unwrap();
    assert!(!bytes.windows(PERSONAL.len()).any(|window| window == PERSONAL.as_bytes()), "it is in the file");

    service.write("policies/_set.yaml", "retention: { keep: 1d }\n");
    service.kyc(&["retention", "run"]).ends_with(1).tells("does not say when").tells("erase_after");
    service.write("policies/_set.yaml", "retention: { keep: 3d, erase_after: 1d }\n");
    service.kyc(&["retention", "run"]).ends_with(1).tells("nothing was erased");
}

#[test]
fn what_is_not_there_is_told_and_not_made() {
    let service = Service::new();
    for args in [
        &["ledger", "verify"][..],
        &["ledger", "heads"],
        &["keys", "list"],
        &["retention", "run", "--dry-run"],
    ] {
        service.kyc(args).ends_with(2).prints_nothing().tells("kyc.db").tells("--database");
    }
    assert!(!service.path("kyc.db").exists());
    fs::remove_file(service.path("master")).unwrap();
    service.kyc(&["ledger", "verify"]).ends_with(2).tells("`master_keys`, `k1`");
    fs::remove_file(service.path("kyc.yaml")).unwrap();
    service.kyc(&["ledger", "heads"]).ends_with(2).tells("`master_keys`").tells("--config");
    service.kyc(&["ledger", "verify", "--sandbox"]).ends_with(2).tells("kyc serve --sandbox");
    service.kyc(&["ledger", "heads", "--set", "secret"]).ends_with(2).tells("KEY=VALUE");
}

#[test]
fn another_key_is_not_taken_for_the_ledgers() {
    let service = Service::new();
    service.serve(async |ledger| settled(ledger, "ann", &issued("s-1")).await);
    service.write("master", &KEY.replace("ff", "fe"));
    service.kyc(&["keys", "add", "--name", "shop", "--policies", "*"]).ends_with(2).tells("master_keys");
    service.kyc(&["ledger", "verify"]).ends_with(1).prints("[key-differs]");
}

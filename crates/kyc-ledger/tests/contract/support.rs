//! Ledgers to test, and what is asked of them.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use kyc_core::{AuthToken, ClientId, RedirectUrl, ScanRef};
use kyc_ledger::keys::{KeyId, KeyRing, MasterKey};
use kyc_ledger::{
    CallerId, Claim, Claimed, DatabaseUrl, Environment, IdempotencyKey, Instance, IssuedToken, Lease, Ledger,
    LedgerOptions, OpenError, Outcome, PolicyRecord, Session, SessionId,
};
use secrecy::SecretBox;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

/// Declares tests that are run over every database.
macro_rules! contract {
    ($($(#[doc = $doc:literal])* async fn $name:ident($store:ident: Store) $body:block)+) => {$(
        $(#[doc = $doc])*
        async fn $name($store: $crate::support::Store) $body

        mod $name {
            use $crate::support::Store;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name(Store::sqlite()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$name(Store::postgres()).await;
            }
        }
    )+};
}

pub(crate) use contract;

/// A database for one test.
pub(crate) struct Store {
    pub(crate) url: DatabaseUrl,
    pub(crate) _folder: Option<TempDir>,
}

impl Store {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { url: DatabaseUrl::Sqlite(folder.path().join("kyc.db")), _folder: Some(folder) }
    }

    pub(crate) fn postgres() -> Self {
        Self { url: kyc_test_postgres::shared().parse().unwrap(), _folder: None }
    }

    /// Whether several instances can serve it at a time.
    pub(crate) fn is_shared(&self) -> bool {
        matches!(self.url, DatabaseUrl::Postgres(_))
    }

    /// Two ledgers that serve at a time: instances of their own where there can be several.
    pub(crate) async fn open_twice(&self) -> [Ledger; 2] {
        let first = self.open("node-1").await;
        let second = if self.is_shared() { self.open("node-2").await } else { first.clone() };
        [first, second]
    }

    /// Sees that nothing in it contradicts its history.
    pub(crate) async fn assert_intact(&self) {
        let report = kyc_ledger::verify(&self.url, None, &ring(&[("k1", 1)]), &[]).await.unwrap();
        assert!(report.is_intact(), "{:#?}", report.findings);
    }

    /// Carries out statements past the ledger.
    pub(crate) async fn sql(&self, statements: &str) {
        match &self.url {
            DatabaseUrl::Sqlite(path) => {
                rusqlite::Connection::open(path).unwrap().execute_batch(statements).unwrap();
            }
            DatabaseUrl::Postgres(url) => {
                let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
                tokio::spawn(connection);
                client.batch_execute(&format!("SET search_path = kyc; {statements}")).await.unwrap();
            }
        }
    }

    /// Opens the ledger as an instance of this name.
    pub(crate) async fn open(&self, instance: &str) -> Ledger {
        self.open_with(instance, |_| ()).await
    }

    pub(crate) async fn open_with(&self, instance: &str, change: impl FnOnce(&mut LedgerOptions)) -> Ledger {
        self.try_open(instance, ring(&[("k1", 1)]), change).await.unwrap()
    }

    pub(crate) async fn try_open(
        &self,
        instance: &str,
        ring: KeyRing,
        change: impl FnOnce(&mut LedgerOptions),
    ) -> Result<Ledger, OpenError> {
        let mut options = LedgerOptions::new(Instance::new(instance).unwrap());
        options.lease = Duration::from_secs(5);
        change(&mut options);
        Ledger::open(&self.url, ring, options).await
    }
}

/// Keys by name and seed.
pub(crate) fn ring(keys: &[(&str, u8)]) -> KeyRing {
    let key = |seed: u8| {
        let bytes: [u8; 32] =
            std::array::from_fn(|index| seed.wrapping_mul(37).wrapping_add(u8::try_from(index).unwrap()));
        MasterKey::new(SecretBox::new(Box::new(bytes))).unwrap()
    };
    KeyRing::new(keys.iter().map(|(name, seed)| (KeyId::new(*name).unwrap(), key(*seed))).collect()).unwrap()
}

pub(crate) fn caller(name: &str) -> CallerId {
    CallerId::new(name).unwrap()
}

pub(crate) fn client(name: &str) -> ClientId {
    ClientId::new(name).unwrap()
}

/// A claim of the caller `shop` under a key for a client, whose data are the client's name.
pub(crate) fn claim(key: &str, of_client: &str) -> Claim {
    let data = format!("policy {of_client}");
    Claim {
        id: SessionId::new(),
        caller: caller("shop"),
        key: IdempotencyKey::new(key).unwrap(),
        fingerprint: data.clone().into_bytes().into(),
        policy: policy("eu-onboarding"),
        account: Arc::from("main"),
        environment: Environment::Development,
        client: client(of_client),
        request: data.into_bytes().into(),
        reuse: false,
        reissue: false,
    }
}

/// A policy, whose digest is the one of its text.
pub(crate) fn policy(name: &str) -> PolicyRecord {
    let canonical = format!(r#"{{"countries":["{name}"]}}"#);
    let digest = Sha256::new().chain_update("kyc-policy/1\n").chain_update(&canonical).finalize().into();
    PolicyRecord::new(name, digest, move || canonical.clone())
}

pub(crate) fn token(scan_ref: &str) -> IssuedToken {
    IssuedToken {
        auth_token: AuthToken::new(format!("token-of-{scan_ref}")).unwrap(),
        redirect_url: RedirectUrl::new(format!("https://ivs.example.com/?authToken=token-of-{scan_ref}"))
            .unwrap(),
        scan_ref: ScanRef::new(scan_ref).unwrap(),
        expires_at: from_now(Duration::from_hours(1)),
        digit_code: None,
    }
}

pub(crate) fn issued(scan_ref: &str) -> Outcome {
    Outcome::Issued { token: token(scan_ref), answer: scan_ref.as_bytes().to_vec().into() }
}

pub(crate) fn refused() -> Outcome {
    Outcome::Refused { code: "vendor-refused".to_owned(), status: Some(400) }
}

pub(crate) const UNKNOWN: Outcome = Outcome::Unknown { scan_ref: None, reason: "timeout" };

pub(crate) fn from_now(duration: Duration) -> Timestamp {
    Timestamp::now() + duration
}

/// What is expected of a claim.
pub(crate) trait Expect {
    fn granted(self) -> Lease;
    fn known(self) -> Session;
}

impl Expect for Claimed {
    #[track_caller]
    fn granted(self) -> Lease {
        match self {
            Self::Granted(lease) => lease,
            other => panic!("granted was expected: {other:?}"),
        }
    }

    #[track_caller]
    fn known(self) -> Session {
        match self {
            Self::Known(session) => *session,
            other => panic!("known was expected: {other:?}"),
        }
    }
}

/// Claims, and settles what is granted.
pub(crate) async fn buy(ledger: &Ledger, claim: Claim, outcome: &Outcome) -> Session {
    let lease = ledger.claim(claim).await.unwrap().granted();
    ledger.settle(&lease, outcome).await.unwrap()
}

/// Waits until a lease has run out.
pub(crate) async fn run_out(lease: &Lease) {
    while Timestamp::now() <= lease.until() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // The database's clock can be a little behind.
    tokio::time::sleep(Duration::from_millis(20)).await;
}

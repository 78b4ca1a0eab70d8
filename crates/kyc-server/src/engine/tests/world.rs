//! Everything that a test of the engine needs: a vendor that misbehaves as told, a ledger, and a caller.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use kyc_client::{Client, Fault, FaultKind, HttpTransport, Sending, Transport};
use kyc_core::{
    ApiKey, ApiSecret, AuthToken, ClientId, EncodedSettings, Page, RedirectUrl, ScanRef, TokenRequest,
};
use kyc_ledger::keys::{KeyId, KeyRing, MasterKey};
use kyc_ledger::{
    Claim, Claimed, DatabaseUrl, Environment, IdempotencyKey, Instance, IssuedToken, Lease, Ledger,
    LedgerOptions, Outcome, Session, SessionId, State,
};
use kyc_policy::ClientInput;
use kyc_sandbox::{Running, SCENARIO_HEADER, Sandbox, Scenario};
use secrecy::SecretBox;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::time::sleep;

use crate::engine::issue::fingerprint;
use crate::engine::policies::record;
use crate::engine::testing::policy;
use crate::engine::{
    Account, Accounts, BreakerOptions, Caller, Engine, EngineOptions, PolicyGlobs, PolicySet, Problem,
    ReconcileOptions, Reply,
};

/// How late the slow vendor answers.
pub(crate) const SLOW: Duration = Duration::from_millis(600);

/// What the vendor does with the next requests for tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mood {
    As(Scenario),
    /// Nothing listens at its address.
    Refuses,
    /// As documented, once it is released.
    Held,
    /// As documented, but nobody hears of it until it is released.
    Late,
}

pub(crate) struct World {
    pub(crate) engine: Engine,
    pub(crate) ledger: Ledger,
    pub(crate) caller: Caller,
    pub(crate) vendor: Arc<Running>,
    mood: Arc<Mutex<Mood>>,
    lists: Arc<Mutex<Scenario>>,
    sent: Arc<AtomicUsize>,
    released: watch::Sender<bool>,
    /// The vendor as others use it, who are answered as documented.
    elsewhere: Client,
    /// Where PostgreSQL has the ledger.
    database: Option<String>,
    _folder: Option<TempDir>,
}

/// Options under which nothing but what a test is about gets in the way.
pub(crate) fn options() -> EngineOptions {
    EngineOptions {
        deadline: Duration::from_secs(20),
        concurrency: 16,
        queue: 1000,
        breaker: BreakerOptions {
            failures: u32::MAX,
            account_pause: Duration::ZERO,
            ..BreakerOptions::default()
        },
        reconcile: ReconcileOptions { quiet: Duration::ZERO, ..ReconcileOptions::default() },
        ..EngineOptions::default()
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(options(), 1_000_000).await
    }

    pub(crate) async fn with(options: EngineOptions, rate_per_hour: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::Sqlite(folder.path().join("kyc.db"));
        let vendor = Sandbox::builder().slow_delay(SLOW).build().start().await.unwrap();
        let ledger = open(&url, "node-1").await;
        let world = Self::over(ledger, Arc::new(vendor), options, rate_per_hour);
        Self { _folder: Some(folder), ..world }
    }

    /// Two instances over one database, before one vendor.
    pub(crate) async fn two() -> [Self; 2] {
        Self::two_with_rate(1_000_000).await
    }

    /// The same, with this hourly rate.
    pub(crate) async fn two_with_rate(rate_per_hour: u32) -> [Self; 2] {
        let database = kyc_test_postgres::shared();
        let url = database.parse().unwrap();
        let vendor = Arc::new(Sandbox::builder().build().start().await.unwrap());
        let ledgers = [open(&url, "node-1").await, open(&url, "node-2").await];
        ledgers.map(|ledger| Self {
            database: Some(database.clone()),
            ..Self::over(ledger, Arc::clone(&vendor), options(), rate_per_hour)
        })
    }

    fn over(ledger: Ledger, vendor: Arc<Running>, options: EngineOptions, rate_per_hour: u32) -> Self {
        let mood = Arc::new(Mutex::new(Mood::As(Scenario::Normal)));
        let sent = Arc::<AtomicUsize>::default();
        let lists = Arc::new(Mutex::new(Scenario::Normal));
        let (released, release) = watch::channel(false);
        let transport = Moody {
            inner: HttpTransport::new(Duration::from_secs(5)).unwrap(),
            mood: Arc::clone(&mood),
            lists: Arc::clone(&lists),
            sent: Arc::clone(&sent),
            release,
        };
        let client = || {
            let keys = (ApiKey::new("sandbox-key").unwrap(), ApiSecret::new("sandbox-secret").unwrap());
            Client::builder(keys.0, keys.1).base_url(vendor.base_url())
        };
        let account = Account {
            name: "main".to_owned(),
            environment: Environment::Development,
            client: client().transport(transport).build().unwrap(),
            policies: PolicyGlobs::all(),
            rate_per_hour,
        };
        let elsewhere = client().build().unwrap();
        let accounts = Accounts::new([account]).unwrap();
        let engine = Engine::new(ledger.clone(), accounts, policies(), options);
        let caller = Caller::local().unwrap();
        Self {
            engine,
            ledger,
            caller,
            vendor,
            mood,
            lists,
            sent,
            released,
            elsewhere,
            database: None,
            _folder: None,
        }
    }

    /// From now on the vendor answers requests for tokens like this.
    pub(crate) fn vendor_is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// From now on the vendor answers requests for lists like this.
    pub(crate) fn lists_are(&self, scenario: Scenario) {
        *self.lists.lock().unwrap() = scenario;
    }

    /// How many requests for tokens went out.
    pub(crate) fn sent(&self) -> usize {
        self.sent.load(Ordering::SeqCst)
    }

    /// Waits until so many requests for tokens have gone out.
    pub(crate) async fn has_sent(&self, requests: usize) {
        while self.sent() < requests {
            sleep(Duration::from_millis(2)).await;
        }
    }

    /// A vendor that is held answers.
    pub(crate) fn release(&self) {
        self.released.send_replace(true);
    }

    pub(crate) async fn issue(&self, key: &str, client: &str) -> Result<Reply, Problem> {
        self.ask("open", key, client, false).await
    }

    pub(crate) async fn ask(
        &self,
        policy: &str,
        key: &str,
        client: &str,
        reissue: bool,
    ) -> Result<Reply, Problem> {
        self.engine.issue(&self.caller, policy, &idempotency(key), data(client), reissue).await
    }

    /// The one session of a client.
    pub(crate) async fn session_of(&self, client: &str) -> Session {
        let sessions = self.sessions_of(client).await;
        let [session] = <[Session; 1]>::try_from(sessions).unwrap();
        session
    }

    /// The state of the one session of a client, once its call has been settled.
    pub(crate) async fn settled(&self, client: &str) -> State {
        loop {
            match self.sessions_of(client).await.first().map(|session| session.state) {
                None | Some(State::Intended) => sleep(Duration::from_millis(2)).await,
                Some(state) => return state,
            }
        }
    }

    /// What the ledger has of a client, latest first.
    pub(crate) async fn sessions_of(&self, client: &str) -> Vec<Session> {
        self.engine.sessions_of(&self.caller, &id(client), None, 1000).await.unwrap()
    }

    /// Claims a request as another instance would, and leaves it at that.
    pub(crate) async fn claim_elsewhere(&self, key: &str, client: &str) -> Lease {
        let set = self.engine.policies();
        let policy = set.registry().get("open").unwrap();
        let claim = Claim {
            id: SessionId::new(),
            caller: self.caller.id.clone(),
            key: idempotency(key),
            fingerprint: fingerprint(policy, &data(client)),
            policy: record(policy),
            account: "main".into(),
            environment: Environment::Development,
            client: id(client),
            request: Vec::new().into(),
            reuse: false,
            reissue: false,
        };
        match self.ledger.claim(claim).await.unwrap() {
            Claimed::Granted(lease) => lease,
            other => panic!("{other:?}"),
        }
    }

    /// Has all leases run out, as if their instances had stood still for longer.
    pub(crate) fn time_passes(&self) {
        kyc_test_postgres::ask(self.database.as_deref().unwrap(), "UPDATE kyc.sessions SET lease_until = 0");
    }

    /// Settles what was claimed elsewhere, after a while.
    pub(crate) async fn settle_elsewhere(&self, lease: &Lease) {
        sleep(Duration::from_millis(120)).await;
        let token = IssuedToken {
            auth_token: AuthToken::new("t").unwrap(),
            redirect_url: RedirectUrl::new("https://a.example/?t").unwrap(),
            scan_ref: ScanRef::new("s-elsewhere").unwrap(),
            expires_at: Timestamp::now() + Duration::from_hours(1),
            digit_code: None,
        };
        self.ledger.settle(lease, &Outcome::Issued { token, answer: Vec::new().into() }).await.unwrap();
    }

    /// Somebody buys a session for this client without this service.
    pub(crate) async fn buy_elsewhere(&self, client: &str) {
        let request = TokenRequest::new(EncodedSettings::default(), id(client));
        self.elsewhere.create_token(&request).await.unwrap();
    }

    /// What the vendor has of a client.
    pub(crate) async fn at_the_vendor(&self, client: &str) -> BTreeSet<ScanRef> {
        let mut page = Page::FIRST;
        let mut found = BTreeSet::new();
        loop {
            let list = self.elsewhere.identifications(&id(client), page).await.unwrap();
            found.extend(list.results.into_iter().map(|row| row.scan_ref));
            if !list.has_next {
                return found;
            }
            page = page.next().unwrap();
        }
    }

    /// Finds out unknown outcomes.
    pub(crate) async fn find_out(&self) {
        self.engine.parts.round().await.unwrap();
    }

    /// Whether the vendor has no session of the client but those that the ledger knows by name, and these.
    pub(crate) async fn agrees_about(&self, client: &str) -> bool {
        let known = self.sessions_of(client).await.into_iter().filter_map(|session| session.scan_ref);
        known.collect::<BTreeSet<_>>() == self.at_the_vendor(client).await
    }
}

async fn open(url: &DatabaseUrl, instance: &str) -> Ledger {
    let key = MasterKey::new(SecretBox::new(Box::new(Sha256::digest(b"a key of tests").into()))).unwrap();
    let keys = KeyRing::new(vec![(KeyId::new("k1").unwrap(), key)]).unwrap();
    Ledger::open(url, keys, LedgerOptions::new(Instance::new(instance).unwrap())).await.unwrap()
}

fn policies() -> PolicySet {
    let takes = "countries: any\ndocuments: any\nclient: { accept: [name, external_ref] }\n";
    let strict = "countries: any\ndocuments: [PASSPORT]\nchecks: { liveness: true }\n\
                  client: { accept: [date_of_birth] }\n";
    let policies = [
        policy("open", takes),
        policy("reusing", &format!("{takes}reuse: while_open\n")),
        policy("strict", strict),
    ];
    PolicySet::new(policies.into_iter().collect(), kyc_policy::PolicySet::empty())
}

pub(crate) fn data(client: &str) -> ClientInput {
    let mut data = ClientInput::default();
    data.text("client_id", client);
    data
}

pub(crate) fn idempotency(key: &str) -> IdempotencyKey {
    IdempotencyKey::new(key).unwrap()
}

pub(crate) fn id(client: &str) -> ClientId {
    ClientId::new(client).unwrap()
}

/// The session that a problem is about.
pub(crate) fn about(problem: &Problem) -> SessionId {
    problem.session().unwrap()
}

/// Counts requests for tokens, and tells the vendor how to answer.
struct Moody {
    inner: HttpTransport,
    mood: Arc<Mutex<Mood>>,
    lists: Arc<Mutex<Scenario>>,
    sent: Arc<AtomicUsize>,
    release: watch::Receiver<bool>,
}

impl Transport for Moody {
    fn send(&self, mut request: reqwest::Request) -> Sending<'_> {
        let is_like = |scenario: Scenario| scenario.name().parse().unwrap();
        if request.url().path() != "/api/v2/token" {
            request.headers_mut().insert(SCENARIO_HEADER, is_like(*self.lists.lock().unwrap()));
            return self.inner.send(request);
        }
        self.sent.fetch_add(1, Ordering::SeqCst);
        let mood = *self.mood.lock().unwrap();
        match mood {
            Mood::Refuses => Box::pin(async { Err(Fault::new(FaultKind::Refused)) }),
            Mood::Held => Box::pin(async move {
                self.release.clone().wait_for(|released| *released).await.unwrap();
                self.inner.send(request).await
            }),
            Mood::Late => Box::pin(async move {
                let answer = self.inner.send(request).await;
                self.release.clone().wait_for(|released| *released).await.unwrap();
                answer
            }),
            Mood::As(scenario) => {
                request.headers_mut().insert(SCENARIO_HEADER, is_like(scenario));
                self.inner.send(request)
            }
        }
    }
}

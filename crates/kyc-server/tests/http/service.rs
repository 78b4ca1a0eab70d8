//! A service of a test: its ledger in a folder of its own, its vendor in process.

use axum::Router;
use axum::body::Body;
use http::{Request, request};
use http_body_util::BodyExt as _;
use kyc::Registry;
use kyc_client::Client;
use kyc_core::{ApiKey, ApiSecret};
use kyc_ledger::keys::{KeyId, KeyRing, MasterKey};
use kyc_ledger::{CallerId, DatabaseUrl, Environment, Instance, Ledger, LedgerOptions, NewCaller, Scope};
use kyc_policy::{Policy, PolicySet as Set, SourceMap, check_policy, check_set};
use kyc_sandbox::Sandbox;
use kyc_server::engine::{Account, Accounts, Engine, EngineOptions, PolicyGlobs, PolicySet};
use kyc_server::http::{Access, BodyLimits, Service, Status, router};
use kyc_server::telemetry::Figures;
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::answer::Answer;
use crate::contract;

/// A policy that takes every field, one that demands some, and one for others.
pub(crate) const POLICIES: [(&str, &str); 3] = [
    (
        "eu-open",
        "description: Everything may be given.\ncountries: any\ndocuments: any\nclient: { accept: [external_ref, name, \
         date_of_birth, nationality, document_number, personal_number, sex, date_of_expiry, date_of_issue, address, \
         document_country, locale] }\n",
    ),
    (
        "eu-strict",
        "countries: [LT, LV]\ndocuments: [PASSPORT]\nage: { min: 18 }\nclient: { require: [name, date_of_birth] }\n",
    ),
    ("us-basic", "countries: [US]\ndocuments: any\n"),
];

const KEY: &str = "key";
const SECRET: &str = "secret";

pub(crate) struct Running {
    pub(crate) service: Service,
    pub(crate) engine: Engine,
    pub(crate) status: Status,
    pub(crate) vendor: kyc_sandbox::Running,
    router: Router,
    folder: TempDir,
}

/// A caller of a test.
pub(crate) struct Key(pub(crate) String);

impl Running {
    /// Callers need keys.
    pub(crate) async fn start() -> Self {
        Self::with(Access::Keys, "").await
    }

    /// With the shared settings of the policies that `set` says.
    pub(crate) async fn with(access: Access, set: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let vendor = Sandbox::builder().credentials(KEY, SECRET).build().start().await.unwrap();
        let ledger = ledger(&folder).await;
        let accounts = Accounts::new([Account {
            name: "main".to_owned(),
            environment: Environment::Development,
            client: client(&vendor),
            policies: PolicyGlobs::all(),
            rate_per_hour: 10_000,
        }])
        .unwrap();
        let registry: Registry = POLICIES.iter().map(|(name, text)| policy(name, text)).collect();
        let engine =
            Engine::new(ledger, accounts, PolicySet::new(registry, shared(set)), EngineOptions::default());
        let status = Status::default();
        let body = BodyLimits::default();
        let service = Service::new(engine.clone(), access, status.clone(), Figures::of_process(), body);
        Self { router: router(service.clone()), service, engine, status, vendor, folder }
    }

    /// The file of the ledger.
    pub(crate) fn database(&self) -> std::path::PathBuf {
        self.folder.path().join("kyc.db")
    }

    /// A key for everything.
    pub(crate) async fn key(&self) -> Key {
        self.key_for("tester", &["*"], &Scope::ALL, None).await
    }

    pub(crate) async fn key_for(
        &self,
        id: &str,
        policies: &[&str],
        scopes: &[Scope],
        rate: Option<u32>,
    ) -> Key {
        let new = NewCaller {
            id: CallerId::new(id).unwrap(),
            policies: policies.iter().map(|glob| (*glob).to_owned()).collect(),
            scopes: scopes.to_vec(),
            rate_per_minute: rate,
        };
        let key = self.engine.ledger().callers().add(new).await.unwrap();
        Key(key.expose_secret().to_owned())
    }

    /// The answer to a request, which is one that the description of the interface announces.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let (method, uri) = (request.method().clone(), request.uri().clone());
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        let answer = Answer { status: parts.status, headers: parts.headers, body };
        contract::check(&method, &uri, &answer);
        answer
    }

    pub(crate) async fn get(&self, key: &Key, path: &str) -> Answer {
        self.send(key.on(Request::get(path)).body(Body::empty()).unwrap()).await
    }

    /// Asks for a token.
    pub(crate) async fn issue(
        &self,
        key: &Key,
        policy: &str,
        idempotency_key: &str,
        body: impl ToString,
    ) -> Answer {
        let request = key
            .on(Request::post(format!("/v1/policies/{policy}/tokens")))
            .header("content-type", "application/json")
            .header("idempotency-key", idempotency_key)
            .body(Body::from(body.to_string()));
        self.send(request.unwrap()).await
    }

    /// How many sessions the vendor was asked for.
    pub(crate) fn bought(&self) -> usize {
        self.vendor.received().iter().filter(|received| received.path.ends_with("/token")).count()
    }
}

impl Key {
    /// The request, with the key shown.
    pub(crate) fn on(&self, request: request::Builder) -> request::Builder {
        request.header("authorization", format!("Bearer {}", self.0))
    }
}

async fn ledger(folder: &TempDir) -> Ledger {
    let url = DatabaseUrl::Sqlite(folder.path().join("kyc.db"));
    let keys = KeyRing::new(vec![(KeyId::new("test").unwrap(), MasterKey::generate().unwrap())]).unwrap();
    Ledger::open(&url, keys, LedgerOptions::new(Instance::new("test").unwrap())).await.unwrap()
}

fn client(vendor: &kyc_sandbox::Running) -> Client {
    let (key, secret) = (ApiKey::new(KEY).unwrap(), ApiSecret::new(SECRET).unwrap());
    Client::builder(key, secret).base_url(vendor.base_url()).build().unwrap()
}

fn shared(text: &str) -> Set {
    let (set, diagnostics) = check_set(&mut SourceMap::default(), "_set.yaml", text.as_bytes());
    assert!(diagnostics.is_empty() || text.is_empty(), "{diagnostics:?}");
    set
}

fn policy(name: &str, text: &str) -> Policy {
    let text = format!("name: {name}\n{text}");
    let mut sources = SourceMap::default();
    let checked = check_policy(&mut sources, name, Some(name), text.as_bytes(), &Set::empty());
    checked.value.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
}

//! The client: where the vendor is, who asks, and over what.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use kyc_core::{ApiKey, ApiSecret};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};
use reqwest::{Method, Request};
use zeroize::Zeroizing;

use crate::answer::Accepted;
use crate::attempts::{self, Limits};
use crate::base::BaseUrl;
use crate::body::{Payload, Taken};
use crate::builder::ClientBuilder;
use crate::effect::Effect;
use crate::error::Error;
use crate::transport::Transport;

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const AGENT: HeaderValue = HeaderValue::from_static(concat!("kyc/", env!("CARGO_PKG_VERSION")));

/// A client of the vendor's API. Cloning shares its connections.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    limits: Limits,
}

struct Inner {
    base: BaseUrl,
    authorization: HeaderValue,
    transport: Box<dyn Transport>,
}

/// One call of the vendor's API.
pub(crate) struct Call {
    /// Decides what may be sent again and how failures read.
    pub(crate) effect: Effect,
    pub(crate) method: Method,
    /// Begins with a slash.
    pub(crate) path: &'static str,
    /// Encoded, without the question mark. It may be personal.
    pub(crate) query: Option<Zeroizing<String>>,
    /// Only a call without effect may go without one: the body tells whether anything was sent.
    pub(crate) body: Option<Zeroizing<Vec<u8>>>,
}

impl Client {
    /// Starts to configure a client. The credentials also choose between the sandbox and production.
    pub fn builder(key: ApiKey, secret: ApiSecret) -> ClientBuilder {
        ClientBuilder::new(key, secret)
    }

    pub(crate) fn new(
        base: BaseUrl,
        authorization: HeaderValue,
        limits: Limits,
        transport: Box<dyn Transport>,
    ) -> Self {
        Self { inner: Arc::new(Inner { base, authorization, transport }), limits }
    }

    /// The same client for calls that are attempted once and take at most `limit` (or what this client allows, if that is
    /// less): for callers that decide themselves what is attempted again. It shares the connections.
    #[must_use]
    pub fn once_within(&self, limit: Duration) -> Self {
        let limits = Limits { attempts: 1, total: limit.min(self.limits.total), ..self.limits };
        Self { inner: Arc::clone(&self.inner), limits }
    }

    /// Where the vendor's API is.
    pub fn base_url(&self) -> &BaseUrl {
        &self.inner.base
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.inner.transport
    }

    /// Sends a call and reads what the vendor accepts it with.
    pub(crate) async fn send(&self, call: Call) -> Result<Accepted, Error> {
        attempts::run(self, call).await
    }

    /// The request of one attempt.
    pub(crate) fn request(
        &self,
        method: Method,
        path: &str,
        query: Option<&str>,
        payload: Option<&Payload>,
    ) -> (Request, Option<Taken>) {
        let mut url = self.inner.base.at(path);
        url.set_query(query);
        let mut request = Request::new(method, url);
        let taken = payload.map(|payload| {
            let (body, taken) = payload.once();
            *request.body_mut() = Some(body);
            request.headers_mut().insert(CONTENT_TYPE, JSON);
            taken
        });
        let headers = request.headers_mut();
        headers.insert(AUTHORIZATION, self.inner.authorization.clone());
        headers.insert(ACCEPT, JSON);
        headers.insert(USER_AGENT, AGENT);
        (request, taken)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base", &self.inner.base).finish_non_exhaustive()
    }
}

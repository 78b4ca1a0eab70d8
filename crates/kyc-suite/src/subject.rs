//! What cases are run against: a policy, or a mutant of one.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kyc_policy::{Client, ClientInput, Diagnostic, Facts, Judgement, Mutant, Policy, Today, merge};
use serde_json::{Map, Value};

/// Something that judges results and makes requests.
pub trait Subject {
    /// What it makes of a result.
    fn judge(&self, facts: &Facts, today: Today) -> Judgement;

    /// The request for a client.
    ///
    /// # Errors
    ///
    /// All problems of the client's data.
    fn body(&self, client: &ClientInput, now: Timestamp) -> Result<Body, Vec<Diagnostic>>;

    /// The zone whose calendar days count.
    fn zone(&self) -> TimeZone;
}

/// The body of a request. It does not print: it holds what a test file says about a client.
pub struct Body {
    pub(crate) fields: Map<String, Value>,
    /// The same body with every personal value masked.
    pub(crate) masked: Map<String, Value>,
    pub(crate) warnings: Vec<Diagnostic>,
}

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Body").field("masked", &self.masked).finish_non_exhaustive()
    }
}

impl Body {
    /// A body from its bytes, plain and masked.
    pub(crate) fn new(wire: &[u8], masked: &str, warnings: Vec<Diagnostic>) -> Self {
        Self { fields: object(wire), masked: object(masked.as_bytes()), warnings }
    }
}

/// The fields of a body, which is a JSON object by construction.
fn object(bytes: &[u8]) -> Map<String, Value> {
    serde_json::from_slice(bytes).unwrap_or_default()
}

impl Subject for Policy {
    fn judge(&self, facts: &Facts, today: Today) -> Judgement {
        Self::judge(self, facts, today)
    }

    fn body(&self, client: &ClientInput, now: Timestamp) -> Result<Body, Vec<Diagnostic>> {
        let merged = merge(self, Client::read(client), now)?;
        let request = merged.request();
        Ok(Body::new(&request.to_wire(), &request.to_masked_wire(), merged.warnings().to_vec()))
    }

    fn zone(&self) -> TimeZone {
        self.sections().zone()
    }
}

impl Subject for Mutant {
    fn judge(&self, facts: &Facts, today: Today) -> Judgement {
        Self::judge(self, facts, today)
    }

    fn body(&self, client: &ClientInput, now: Timestamp) -> Result<Body, Vec<Diagnostic>> {
        let body = Self::body(self, Client::read(client), now)?;
        Ok(Body::new(&body.wire, &body.masked, body.warnings))
    }

    fn zone(&self) -> TimeZone {
        Self::zone(self)
    }
}

//! The edges of a policy: facts and data at which it decides, each with somebody who stands there.

mod client;
mod documents;
mod lists;
mod person;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;
use kyc_policy::{Applicant, ClientField, Facts, InputValue, Judgement, Policy, ReasonKind, Ruling};

use crate::around::UnderTest;
use crate::made_up;
use crate::run::Came;

/// One edge.
pub(crate) struct Edge {
    /// The key that decides there.
    pub(crate) key: String,
    /// Who stands there, in plain words.
    pub(crate) what: String,
    pub(crate) probe: Probe,
}

/// Somebody who stands there, and how it is seen that a case does.
pub(crate) enum Probe {
    Facts {
        applicant: Applicant,
        by: Decided,
        stands: Box<dyn Fn(&Seen<'_>) -> bool>,
    },
    Client {
        client: Vec<(ClientField, InputValue)>,
        without: Option<ClientField>,
        /// A moment of its own.
        now: Option<Timestamp>,
        /// Whether a case stands there, by what came of it and on which day.
        stands: Box<StandsOn>,
    },
}

/// Whether a case stands at an edge, by what came of it and on which day.
type StandsOn = dyn Fn(&Came, civil::Date) -> bool;

/// What decides at an edge.
pub(crate) enum Decided {
    /// Nothing stands against whoever stands there.
    Accepted,
    /// This kind of reason has the outcome that came.
    Stopped(ReasonKind),
}

/// A result with the days on which it is judged.
pub(crate) struct Seen<'a> {
    pub(crate) facts: &'a Facts,
    first: civil::Date,
    last: civil::Date,
}

impl<'a> Seen<'a> {
    pub(crate) fn new(facts: &'a Facts, zone: &TimeZone) -> Self {
        let day = |moment: Timestamp| zone.to_datetime(moment).date();
        let (begin, end) = (day(facts.started), day(facts.finished));
        Self { facts, first: begin.min(end), last: begin.max(end) }
    }

    /// Youngest and oldest age that the person can have.
    fn ages(&self) -> Option<(u32, u32)> {
        self.facts.birth.and_then(|birth| birth.ages(self.first, self.last))
    }
}

impl Decided {
    fn of(judgement: &Judgement) -> Self {
        judgement.reasons().first().map_or(Self::Accepted, |reason| Self::Stopped(reason.kind))
    }

    pub(crate) fn is_seen_in(&self, judgement: &Judgement) -> bool {
        match self {
            Self::Accepted => judgement.ruling() == Ruling::Accept,
            Self::Stopped(kind) => {
                let decides = |reason: &kyc_policy::Reason| reason.outcome == judgement.ruling();
                judgement.reasons().iter().any(|reason| reason.kind == *kind && decides(reason))
            }
        }
    }
}

/// The edges that are being gathered.
struct Edges<'a> {
    under: UnderTest<'a>,
    now: Timestamp,
    /// Whom the policy accepts.
    ordinary: Applicant,
    found: Vec<Edge>,
}

impl<'a> Edges<'a> {
    fn policy(&self) -> &'a Policy {
        self.under.policy
    }

    /// An edge at which the ordinary applicant stands when `change` is done to them.
    fn add(
        &mut self,
        key: impl Into<String>,
        what: impl Into<String>,
        change: impl FnOnce(&mut Applicant),
        stands: impl Fn(&Seen<'_>) -> bool + 'static,
    ) {
        let mut applicant = self.ordinary.clone();
        change(&mut applicant);
        let zone = self.policy().sections().zone();
        let judgement = self.policy().judge(&applicant.facts(self.now, &zone), self.under.today());
        let probe = Probe::Facts { applicant, by: Decided::of(&judgement), stands: Box::new(stands) };
        self.found.push(Edge { key: key.into(), what: what.into(), probe });
    }

    /// Such an edge, if nobody is accepted who stands there: facts that the policy does not need to know are none.
    fn add_if_stopped(
        &mut self,
        key: &'static str,
        what: &str,
        change: impl FnOnce(&mut Applicant),
        stands: impl Fn(&Seen<'_>) -> bool + 'static,
    ) {
        self.add(key, what, change, stands);
        let is_accepted = |edge: &Edge| matches!(edge.probe, Probe::Facts { by: Decided::Accepted, .. });
        if self.found.last().is_some_and(is_accepted) {
            self.found.pop();
        }
    }
}

/// The edges of a policy at a moment.
pub(crate) fn edges(under: UnderTest<'_>, now: Timestamp) -> Vec<Edge> {
    let ordinary = made_up::applicant(under);
    let mut edges = Edges { under, now, ordinary, found: Vec::new() };
    documents::countries(&mut edges);
    documents::documents(&mut edges);
    person::age(&mut edges);
    person::expiry(&mut edges);
    person::screens(&mut edges);
    lists::tags(&mut edges);
    lists::aml(&mut edges);
    lists::evidence(&mut edges);
    client::clients(&mut edges);
    edges.found
}

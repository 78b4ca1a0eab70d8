//! The sessions that were created, so that they can be asked about and deleted; bounded.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Map, Value};

use crate::found;
use crate::outcome::{self, Outcome};

/// How many sessions are remembered; older ones are forgotten first.
pub const MAX_SESSIONS: usize = 10_000;

/// What is remembered of an answer to a token request: what a document could show.
const KEPT: [&str; 14] = [
    "firstName",
    "lastName",
    "dateOfBirth",
    "dateOfExpiry",
    "dateOfIssue",
    "nationality",
    "personalNumber",
    "documentNumber",
    "sex",
    "address",
    "country",
    "documents",
    "additionalData",
    "tokenType",
];

/// One session.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    scan_ref: String,
    client_id: String,
    given: Map<String, Value>,
    outcome: Option<Outcome>,
    /// When its token expires, on the stand-in's clock.
    expires: Duration,
    deleted: bool,
}

/// Why a session is not deleted.
pub(crate) enum NotDeleted {
    Unknown,
    TokenAlive,
}

impl Session {
    /// The session that an answer tells of.
    pub(crate) fn of(answer: &Map<String, Value>, request: &Value, now: Duration) -> Self {
        let text = |name: &str| answer.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let kept = |name: &&str| Some(((**name).to_owned(), answer.get(*name)?.clone()));
        let seconds = answer.get("expiryTime").and_then(Value::as_u64).unwrap_or_default();
        let dummy = request.get("dummyStatus").and_then(Value::as_str);
        Self {
            scan_ref: text("scanRef"),
            client_id: text("clientId"),
            given: KEPT.iter().filter_map(kept).collect(),
            outcome: dummy.and_then(Outcome::of_dummy),
            expires: now.saturating_add(Duration::from_secs(seconds)),
            deleted: false,
        }
    }

    /// Whether the token can still be used: its time is not over, and no dummy status has ended the session.
    fn is_alive(&self, now: Duration) -> bool {
        self.outcome.is_none() && now < self.expires
    }

    /// The vendor's vocabulary has both words for deleted data and says no more; read literally, the longer one is for
    /// a session that ran out.
    fn status_name(&self, now: Duration, archived: bool) -> &'static str {
        let outcome = self.outcome.unwrap_or(Outcome::Expired);
        match outcome {
            Outcome::Expired if self.deleted => "EXPIRED-DELETED",
            _ if self.deleted => "DELETED",
            _ if self.is_alive(now) => "ACTIVE",
            _ if archived => "ARCHIVED",
            outcome => outcome.status(),
        }
    }

    /// The outcome, while its data is there.
    fn result(&self) -> Option<Outcome> {
        self.outcome.filter(|outcome| outcome.has_result() && !self.deleted)
    }

    /// The answer of `/api/v2/status`.
    pub(crate) fn status(&self, now: Duration, archived: bool) -> Map<String, Value> {
        let document_only = self.given.get("tokenType").and_then(Value::as_str) == Some("DOCUMENT");
        let mut answer = outcome::checks(self.result(), document_only);
        answer.insert("status".to_owned(), Value::from(self.status_name(now, archived)));
        self.named(answer)
    }

    /// The answer of `/api/v2/data`.
    pub(crate) fn data(&self) -> Map<String, Value> {
        self.named(if self.result().is_some() { found::everything(&self.given) } else { found::nothing() })
    }

    /// The row of `/kyc/identifications/`.
    pub(crate) fn row(&self, now: Duration, archived: bool) -> Value {
        let fields = [
            ("scanRef", Value::from(self.scan_ref.as_str())),
            ("status", Value::from(self.status_name(now, archived))),
            ("suspected", Value::Bool(self.result() == Some(Outcome::Suspected))),
        ];
        fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn named(&self, mut answer: Map<String, Value>) -> Map<String, Value> {
        answer.insert("scanRef".to_owned(), Value::from(self.scan_ref.as_str()));
        answer.insert("clientId".to_owned(), Value::from(self.client_id.as_str()));
        answer
    }
}

#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<VecDeque<Session>>);

impl Sessions {
    pub(crate) fn add(&self, session: Session) {
        self.locked(|sessions| {
            sessions.push_back(session);
            if sessions.len() > MAX_SESSIONS {
                sessions.pop_front();
            }
        });
    }

    pub(crate) fn find(&self, scan_ref: &str) -> Option<Session> {
        self.locked(|sessions| sessions.iter().find(|session| session.scan_ref == scan_ref).cloned())
    }

    /// Drops the data of a session. The session itself stays known.
    pub(crate) fn delete(&self, scan_ref: &str, now: Duration) -> Result<(), NotDeleted> {
        self.locked(|sessions| {
            let session = sessions.iter_mut().find(|session| session.scan_ref == scan_ref);
            let session = session.ok_or(NotDeleted::Unknown)?;
            if session.is_alive(now) {
                return Err(NotDeleted::TokenAlive);
            }
            session.deleted = true;
            session.given.clear();
            Ok(())
        })
    }

    /// How many sessions a client has, and `size` of them after the first `skip`, newest first. All clients' without a
    /// `client_id`.
    pub(crate) fn page(&self, client_id: Option<&str>, skip: usize, size: usize) -> (usize, Vec<Session>) {
        self.locked(|sessions| {
            let of_client =
                || sessions.iter().rev().filter(|one| client_id.is_none_or(|id| id == one.client_id));
            (of_client().count(), of_client().skip(skip).take(size).cloned().collect())
        })
    }

    fn locked<T>(&self, act: impl FnOnce(&mut VecDeque<Session>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_oldest_is_forgotten_first() {
        let sessions = Sessions::default();
        for index in 0..=MAX_SESSIONS {
            let answer = json!({ "scanRef": index.to_string(), "clientId": "u-1" });
            sessions.add(Session::of(answer.as_object().unwrap(), &Value::Null, Duration::ZERO));
        }
        assert!(sessions.find("0").is_none() && sessions.find("1").is_some());
        assert_eq!(sessions.page(None, 0, 1).0, MAX_SESSIONS);
    }
}

//! What the stand-in received, for tests to look at; bounded.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::http::Method;
use serde_json::Value;

use crate::scenario::Scenario;

/// How many requests are remembered; older ones are forgotten first.
pub const MAX_RECORDED: usize = 1000;

/// How many bytes of request bodies are remembered, as they came over the wire; the newest request always is.
pub const MAX_RECORDED_BYTES: usize = 4 * 1024 * 1024;

/// One request as it arrived. Credentials are not kept.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Received {
    /// The verb, for example `POST`.
    pub method: String,
    /// The path without the query, which may hold a token.
    pub path: String,
    /// The body; null when it is empty, too large or not JSON.
    pub body: Value,
    /// The scenario that was in force.
    pub scenario: Scenario,
    /// The status of the answer; `None` while there is none, or when the caller left before.
    pub status: Option<u16>,
}

/// Names an entry until its answer is known.
#[derive(Clone, Copy)]
pub(crate) struct Entry(u64);

#[derive(Debug, Default)]
pub(crate) struct Journal(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    next: u64,
    bytes: usize,
    kept: VecDeque<(u64, usize, Received)>,
}

impl Journal {
    /// Remembers a request, and forgets old ones above the bounds. `body` is what came over the wire.
    pub(crate) fn arrived(&self, method: &Method, path: &str, body: &[u8], scenario: Scenario) -> Entry {
        let received = Received {
            method: method.to_string(),
            path: path.to_owned(),
            body: serde_json::from_slice(body).unwrap_or_default(),
            scenario,
            status: None,
        };
        let size = body.len() + path.len();
        self.locked(|entries| {
            let id = entries.next;
            entries.next += 1;
            entries.bytes += size;
            entries.kept.push_back((id, size, received));
            while entries.kept.len() > MAX_RECORDED
                || (entries.bytes > MAX_RECORDED_BYTES && entries.kept.len() > 1)
            {
                if let Some((_, size, _)) = entries.kept.pop_front() {
                    entries.bytes -= size;
                }
            }
            Entry(id)
        })
    }

    pub(crate) fn answered(&self, entry: Entry, status: u16) {
        self.locked(|entries| {
            if let Some((_, _, received)) = entries.kept.iter_mut().find(|(id, _, _)| *id == entry.0) {
                received.status = Some(status);
            }
        });
    }

    /// Oldest first.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.locked(|entries| entries.kept.iter().map(|(_, _, received)| received.clone()).collect())
    }

    fn locked<T>(&self, act: impl FnOnce(&mut Entries) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn count_and_bytes_are_bounded() {
        let journal = Journal::default();
        for _ in 0..MAX_RECORDED + 5 {
            journal.arrived(&Method::POST, "/", b"1", Scenario::Normal);
        }
        assert_eq!(journal.received().len(), MAX_RECORDED);
        let large = vec![b' '; MAX_RECORDED_BYTES];
        let entry = journal.arrived(&Method::POST, "/large", &large, Scenario::Normal);
        journal.answered(entry, 400);
        let received = journal.received();
        assert_eq!(received.len(), 1);
        assert_eq!((received[0].path.as_str(), received[0].status), ("/large", Some(400)));
    }
}

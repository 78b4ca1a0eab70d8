//! Rows, and how each is bound to the one before it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::event::{Event, MalformedEvent};
use crate::bytes32::bytes32;
use crate::keys::{KeyId, KeyMissing, KeyRing, Keys};

bytes32! {
    /// What authenticates a row: HMAC-SHA256 over all of it and over the one before.
    Mac
}

/// What a row is authenticated under, so that nothing else made with the key can be a row.
const DOMAIN: &[u8] = b"kyc-history/1";

/// What the first row of an epoch follows.
const NOTHING: Mac = Mac::new([0; 32]);

/// Where a chain of an instance stands: its last row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainState {
    /// The instance that writes the chain.
    pub instance: String,
    /// Its epoch, counted from 1.
    pub epoch: i64,
    /// The number of the last row in its epoch, counted from 0.
    pub seq: i64,
    /// What authenticates the last row.
    pub mac: Mac,
}

/// The last row of an epoch, as the first one of the next holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The epoch.
    pub epoch: i64,
    /// What authenticates its last row.
    pub mac: Mac,
    /// The number of that row.
    pub seq: i64,
}

/// The session that a row belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowSession {
    /// The session, in its text form.
    pub id: String,
    /// Which change of the session this is: 1 is its intent.
    pub step: i64,
}

/// A row of the history, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The instance that wrote it.
    pub instance: String,
    /// The instance's epoch.
    pub epoch: i64,
    /// Its number in the epoch, without gaps.
    pub seq: i64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The kind of the event.
    pub kind: String,
    /// The session that it belongs to, if it belongs to one.
    pub session: Option<RowSession>,
    /// The facts of the event in clear, as canonical JSON (RFC 8785).
    pub facts: String,
    /// The key that authenticates it.
    pub key_id: KeyId,
    /// What authenticates it.
    pub mac: Mac,
}

impl ChainState {
    /// The first row of an epoch. `previous` is where the instance's epoch before ended, if there is one.
    pub fn open(
        keys: &Keys,
        instance: &str,
        epoch: i64,
        at: Timestamp,
        version: &str,
        previous: Option<Link>,
    ) -> Row {
        let event = Event::Opened { version: version.to_owned(), key_check: keys.check(), previous };
        Row::new(keys, (instance, epoch, 0), at, None, &event, &NOTHING)
    }

    /// The row that follows: what happened at this time, and to which session.
    #[must_use]
    pub fn next(&self, keys: &Keys, at: Timestamp, session: Option<RowSession>, event: &Event) -> Row {
        Row::new(keys, (&self.instance, self.epoch, self.seq + 1), at, session, event, &self.mac)
    }

    /// The last row, as the next epoch holds it.
    pub const fn link(&self) -> Link {
        Link { epoch: self.epoch, seq: self.seq, mac: self.mac }
    }
}

impl Row {
    fn new(
        keys: &Keys,
        (instance, epoch, seq): (&str, i64, i64),
        at: Timestamp,
        session: Option<RowSession>,
        event: &Event,
        previous: &Mac,
    ) -> Self {
        let (kind, facts) = event.to_stored();
        let mut row = Self {
            instance: instance.to_owned(),
            epoch,
            seq,
            at: at.as_millisecond(),
            kind,
            session,
            facts,
            key_id: keys.id().clone(),
            mac: NOTHING,
        };
        row.mac = row.authenticate(keys, previous);
        row
    }

    /// Where its chain stands after it.
    pub fn state(&self) -> ChainState {
        ChainState { instance: self.instance.clone(), epoch: self.epoch, seq: self.seq, mac: self.mac }
    }

    /// What it says.
    pub fn event(&self) -> Result<Event, MalformedEvent> {
        Event::read(&self.kind, &self.facts)
    }

    /// Whether it is what was written by somebody with its key, after the row that `previous` authenticates; the first row
    /// of an epoch follows nothing.
    ///
    /// # Errors
    ///
    /// The key is not at hand, so nobody can say.
    pub fn is_authentic(&self, ring: &KeyRing, previous: Option<&Mac>) -> Result<bool, KeyMissing> {
        let keys = ring.of(&self.key_id)?;
        Ok(self.authenticate(keys, previous.unwrap_or(&NOTHING)) == self.mac)
    }

    /// All of the row in a fixed order, each part with its length; then the row before.
    fn authenticate(&self, keys: &Keys, previous: &Mac) -> Mac {
        let (session, step) = self.session.as_ref().map_or(("", 0), |session| (&*session.id, session.step));
        let mac = keys
            .history()
            .part(DOMAIN)
            .part(self.instance.as_bytes())
            .part(&self.epoch.to_be_bytes())
            .part(&self.seq.to_be_bytes())
            .part(&self.at.to_be_bytes())
            .part(self.kind.as_bytes())
            .part(session.as_bytes())
            .part(&step.to_be_bytes())
            .part(self.facts.as_bytes())
            .part(self.key_id.as_str().as_bytes())
            .part(previous.as_bytes());
        Mac::new(mac.finish())
    }
}

#[cfg(test)]
mod tests;

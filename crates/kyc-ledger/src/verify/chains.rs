//! Every chain, row by row: is each what was written, after the one before it, and is none missing.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{FindingKind as Kind, Findings};
use super::page::{self, Found, ROWS};
use crate::OpenError;
use crate::db::Database;
use crate::history::{Event, Head, Link, Mac, Row};
use crate::keys::{KeyId, KeyRing};

/// A caller's key, as the history says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KnownCaller {
    pub(super) added: Option<(Event, i64)>,
    pub(super) revoked_at: Option<i64>,
}

/// What is known of the chains read so far.
pub(super) struct Chains<'a> {
    ring: &'a KeyRing,
    /// Heads that were not come to yet.
    heads: BTreeMap<(String, i64, i64), BTreeSet<[u8; 32]>>,
    last: Option<Last>,
    /// Keys that are not the ones of their name which rows were written with.
    differing: BTreeSet<KeyId>,
    /// How many rows and tokens could not be checked, by the key that is not at hand.
    pub(super) unchecked: BTreeMap<KeyId, u64>,
    /// Keys that rows were written with.
    pub(super) keys: BTreeSet<KeyId>,
    pub(super) rows: u64,
    pub(super) count: u64,
    heads_found: u64,
    /// The latest epoch of each instance, and when it began.
    pub(super) opened: BTreeMap<String, (i64, i64)>,
    pub(super) callers: BTreeMap<String, KnownCaller>,
}

/// What a row must follow.
enum Before {
    /// It begins an epoch.
    Nothing,
    /// The row that this authenticates.
    Row(Mac),
    /// A row that cannot be read, so nobody can say.
    Unreadable,
}

/// The row before.
struct Last {
    instance: String,
    epoch: i64,
    seq: i64,
    /// Nothing if the row cannot be read.
    mac: Option<Mac>,
}

impl<'a> Chains<'a> {
    pub(super) fn new(ring: &'a KeyRing, heads: &[Head]) -> Self {
        let mut wanted: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for head in heads {
            let key = (head.instance.clone(), head.epoch, head.seq);
            wanted.entry(key).or_default().insert(*head.mac.as_bytes());
        }
        Self {
            ring,
            heads: wanted,
            last: None,
            differing: BTreeSet::new(),
            unchecked: BTreeMap::new(),
            keys: BTreeSet::new(),
            rows: 0,
            count: 0,
            heads_found: 0,
            opened: BTreeMap::new(),
            callers: BTreeMap::new(),
        }
    }

    /// Reads the whole history.
    pub(super) async fn read(
        &mut self,
        database: &mut Database,
        findings: &mut Findings,
    ) -> Result<(), OpenError> {
        let mut after = (String::new(), i64::MIN, i64::MIN);
        loop {
            let (instance, epoch, seq) = &after;
            let sql = concat!(
                "SELECT ",
                page::columns!(),
                " FROM history WHERE (instance, epoch, seq) > ($1, $2, $3) ORDER BY instance, epoch, seq LIMIT $4"
            );
            let values = [instance.into(), (*epoch).into(), (*seq).into(), ROWS.into()];
            let found = page::rows(database, sql, &values).await?;
            let Some(last) = found.last() else { return Ok(()) };
            after = (last.instance.clone(), last.epoch, last.seq);
            for found in found {
                self.take(found, findings);
            }
        }
    }

    /// Takes the next row, in the order of instance, epoch and number.
    fn take(&mut self, found: Found, findings: &mut Findings) {
        self.rows += 1;
        let Found { instance, epoch, seq, row } = found;
        let place = format!("row {seq} of epoch {epoch} of `{instance}`");
        let before = self.last.take();
        let is_next = before.as_ref().is_some_and(|last| last.instance == instance && last.epoch == epoch);
        self.count += u64::from(!is_next);
        let expected = if is_next { before.as_ref().map_or(0, |last| last.seq.saturating_add(1)) } else { 0 };
        if seq != expected {
            let place = format!("epoch {epoch} of `{instance}`");
            findings.add(
                Kind::RowsMissing,
                place,
                format!("rows {expected} to {} are gone", seq.saturating_sub(1)),
            );
        }
        let mac = row.as_ref().ok().map(|row| row.mac);
        self.meet_head(&instance, epoch, seq, mac);
        match row {
            Err(damaged) => {
                let what = format!("`{}` holds what is never written", damaged.0);
                findings.add(Kind::RowChanged, &place, what);
            }
            Ok(row) => {
                if !self.keys.contains(&row.key_id) {
                    self.keys.insert(row.key_id.clone());
                }
                if seq == expected {
                    let follows = match &before {
                        Some(last) if is_next => last.mac.map_or(Before::Unreadable, Before::Row),
                        _ => Before::Nothing,
                    };
                    self.authenticate(&row, follows, &place, findings);
                }
                let earlier = before.filter(|last| !is_next && last.instance == instance);
                self.read_event(&row, is_next, earlier, &place, findings);
            }
        }
        self.last = Some(Last { instance, epoch, seq, mac });
    }

    /// A head that was written down of this row must be what the row is.
    fn meet_head(&mut self, instance: &str, epoch: i64, seq: i64, mac: Option<Mac>) {
        let key = (instance.to_owned(), epoch, seq);
        if let Some(macs) = self.heads.get_mut(&key)
            && mac.is_some_and(|mac| macs.remove(mac.as_bytes()))
        {
            self.heads_found += 1;
            if macs.is_empty() {
                self.heads.remove(&key);
            }
        }
    }

    fn authenticate(&mut self, row: &Row, before: Before, place: &str, findings: &mut Findings) {
        let keys = match self.ring.of(&row.key_id) {
            Ok(keys) => keys,
            Err(missing) => return *self.unchecked.entry(missing.0).or_default() += 1,
        };
        if let Ok(Event::Opened { key_check, .. }) = row.event()
            && row.seq == 0
            && key_check != keys.check()
            && self.differing.insert(row.key_id.clone())
        {
            let what =
                format!("it was written with another key of the name `{}`, or was changed", row.key_id);
            findings.add(Kind::KeyDiffers, place, what);
        }
        let previous = match before {
            Before::Nothing => None,
            Before::Row(mac) => Some(mac),
            Before::Unreadable => return,
        };
        if self.differing.contains(&row.key_id) {
            return *self.unchecked.entry(row.key_id.clone()).or_default() += 1;
        }
        if row.is_authentic(self.ring, previous.as_ref()) != Ok(true) {
            let what = "it was changed, or is not the one that followed the row before";
            findings.add(Kind::RowChanged, place, what);
        }
    }

    fn read_event(
        &mut self,
        row: &Row,
        is_next: bool,
        earlier: Option<Last>,
        place: &str,
        findings: &mut Findings,
    ) {
        let Ok(event) = row.event() else {
            return findings.add(
                Kind::RowUnreadable,
                place,
                "it says nothing that this release of kyc knows",
            );
        };
        if event.is_of_session() != row.session.is_some() {
            findings.add(
                Kind::RowUnreadable,
                place,
                format!("a row of kind `{}` cannot stand here", row.kind),
            );
        }
        match event {
            Event::Opened { previous, .. } if !is_next && row.seq == 0 => {
                follows(row, previous, earlier, findings);
                self.opened.insert(row.instance.clone(), (row.epoch, row.at));
            }
            Event::Opened { .. } => {
                findings.add(Kind::RowUnreadable, place, "an epoch does not begin in its middle");
            }
            _ if row.seq == 0 => findings.add(Kind::RowUnreadable, place, "no epoch begins like this"),
            Event::CallerAdded { ref name, .. } => {
                let name = name.clone();
                let known = self.callers.entry(name).or_insert(KnownCaller { added: None, revoked_at: None });
                known.added = Some((event, row.at));
            }
            Event::CallerRevoked { name } => {
                let known = self.callers.entry(name).or_insert(KnownCaller { added: None, revoked_at: None });
                known.revoked_at = Some(row.at);
            }
            _ => {}
        }
    }

    /// Tells what is still open when all has been read. Says how many heads were found.
    pub(super) fn end(self, findings: &mut Findings) -> u64 {
        for (instance, epoch, seq) in self.heads.into_keys() {
            let place = format!("row {seq} of epoch {epoch} of `{instance}`");
            let what = "it was written down as a head, and is gone or another one";
            findings.add(Kind::HeadMissing, place, what);
        }
        for (key, count) in self.unchecked {
            let what = format!("{count} rows of the history and sealed tokens cannot be checked without it");
            findings.add(Kind::KeyMissing, format!("master key `{key}`"), what);
        }
        self.heads_found
    }
}

/// Whether an epoch begins where the one before it ended.
fn follows(row: &Row, previous: Option<Link>, earlier: Option<Last>, findings: &mut Findings) {
    let place = format!("`{}`", row.instance);
    let last_epoch = earlier.as_ref().map_or(0, |last| last.epoch);
    let previous_epoch = previous.map_or(0, |previous| previous.epoch);
    if previous_epoch > last_epoch {
        let what = format!("epochs {} to {previous_epoch} are gone", last_epoch.saturating_add(1));
        return findings.add(Kind::RowsMissing, place, what);
    }
    let (Some(last), Some(previous)) = (earlier, previous) else {
        if previous_epoch != last_epoch {
            let what = format!("epoch {} begins as if there had been none before", row.epoch);
            findings.add(Kind::RowsMissing, place, what);
        }
        return;
    };
    if previous.epoch == last.epoch && previous.seq > last.seq {
        let what = format!("rows {} to {} of epoch {} are gone", last.seq + 1, previous.seq, last.epoch);
        findings.add(Kind::RowsMissing, place, what);
    } else if previous.epoch != last.epoch || previous.seq != last.seq || Some(previous.mac) != last.mac {
        let what = format!("epoch {} does not end where epoch {} begins", last.epoch, row.epoch);
        findings.add(Kind::RowChanged, place, what);
    }
}

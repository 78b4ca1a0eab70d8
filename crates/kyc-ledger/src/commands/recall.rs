//! What a key stands for, without claiming it.

use super::stored::{Stored, columns};
use crate::claim::Recalled;
use crate::db::{Damaged, Database, Row};
use crate::keys::IndexTag;
use crate::work::{Query, Shared, Stop};
use crate::{CallerId, IdempotencyKey, PersonalBytes};

/// The session that a key of a caller stands for, and the fingerprint of its data unless it is erased.
pub(super) const UNDER_A_KEY: &str = concat!(
    "SELECT ",
    columns!(),
    ", p.fingerprint FROM idempotency AS i JOIN sessions ON sessions.id = i.session_id \
     LEFT JOIN people AS p ON p.session_id = i.session_id WHERE i.caller = $1 AND i.key_tag = $2"
);

/// Reads a row of [`UNDER_A_KEY`].
pub(super) fn read_under_a_key(mut row: Row) -> Result<(Stored, Option<IndexTag>), Damaged> {
    let stored = Stored::read(&mut row)?;
    let fingerprint = row.optional_bytes("people.fingerprint")?;
    let fingerprint = fingerprint.map(|bytes| IndexTag::try_from(&*bytes)).transpose();
    Ok((stored, fingerprint.map_err(|_| Damaged("people.fingerprint"))?))
}

/// What a key stands for.
pub(crate) struct Recall {
    caller: CallerId,
    tag: IndexTag,
    fingerprint: IndexTag,
}

impl Recall {
    pub(crate) fn new(
        shared: &Shared,
        caller: &CallerId,
        key: &IdempotencyKey,
        fingerprint: &PersonalBytes,
    ) -> Self {
        let tag = shared.tags.idempotency(caller, key);
        let fingerprint = shared.tags.fingerprint(caller, fingerprint.expose());
        Self { caller: caller.clone(), tag, fingerprint }
    }
}

impl Query for Recall {
    type Reply = Option<Recalled>;

    async fn run(&self, database: &mut Database) -> Result<Option<Recalled>, Stop> {
        let values = [self.caller.as_str().into(), self.tag.as_bytes().into()];
        let Some(row) = database.rows(UNDER_A_KEY, &values).await?.into_iter().next() else {
            return Ok(None);
        };
        Ok(Some(match read_under_a_key(row)? {
            (_, Some(fingerprint)) if fingerprint != self.fingerprint => Recalled::Mismatch,
            (stored, _) => Recalled::Session(Box::new(stored.session)),
        }))
    }
}

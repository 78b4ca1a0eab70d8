//! One transaction, and what commands do in it.

use std::collections::HashSet;

use super::Stop;
use super::open::Shared;
use crate::db::{Database, DbError, Now, Row, Value};
use crate::history::{ChainState, Event, RowSession};
use crate::{PolicyRecord, SessionId};

/// A transaction that is under way.
pub(crate) struct Work<'a> {
    database: &'a mut Database,
    /// What stays the same for as long as the ledger is open.
    pub(crate) shared: &'a Shared,
    /// What time it is.
    pub(crate) now: Now,
    /// Where the chain of this instance will stand if the transaction is committed.
    chain: ChainState,
    /// Digests of policies that are in the database for certain.
    known_policies: &'a HashSet<[u8; 32]>,
    new_policies: HashSet<[u8; 32]>,
    /// How many statements that write were sent.
    writes: u64,
    /// Whether personal data were deleted.
    erased: bool,
}

/// What a transaction leaves behind if it is committed.
pub(super) struct Left {
    pub(super) chain: ChainState,
    pub(super) policies: HashSet<[u8; 32]>,
    pub(super) erased: bool,
}

impl<'a> Work<'a> {
    pub(super) fn new(
        database: &'a mut Database,
        shared: &'a Shared,
        now: Now,
        chain: ChainState,
        known_policies: &'a HashSet<[u8; 32]>,
    ) -> Self {
        let new_policies = HashSet::new();
        Self { database, shared, now, chain, known_policies, new_policies, writes: 0, erased: false }
    }

    /// How many statements that write were sent so far.
    pub(super) const fn writes(&self) -> u64 {
        self.writes
    }

    pub(super) fn leave(self) -> Left {
        Left { chain: self.chain, policies: self.new_policies, erased: self.erased }
    }

    /// The rows that a statement gives.
    pub(crate) async fn rows(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<Vec<Row>, DbError> {
        self.database.rows(sql, values).await
    }

    /// The first row that a statement gives.
    pub(crate) async fn row(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<Option<Row>, DbError> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// Changes rows, and gives what the statement returns of them.
    pub(crate) async fn change(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<Option<Row>, DbError> {
        let row = self.row(sql, values).await?;
        // What changed nothing has written nothing.
        self.writes += u64::from(row.is_some());
        Ok(row)
    }

    /// Changes rows, and says how many.
    pub(crate) async fn run(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, DbError> {
        let changed = self.database.run(sql, values).await?;
        self.writes += changed;
        Ok(changed)
    }

    /// Changes rows, at the latest when the transaction is committed.
    pub(crate) async fn put(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<(), DbError> {
        self.writes += 1;
        self.database.put(sql, values).await
    }

    /// Records what happened to a session; `step` counts its changes, from 1.
    pub(crate) async fn record(&mut self, id: SessionId, step: i64, event: &Event) -> Result<(), Stop> {
        self.record_row(Some(RowSession { id: id.to_string(), step }), event).await
    }

    /// Records what happened to no session.
    pub(crate) async fn record_apart(&mut self, event: &Event) -> Result<(), Stop> {
        self.record_row(None, event).await
    }

    async fn record_row(&mut self, session: Option<RowSession>, event: &Event) -> Result<(), Stop> {
        let row = self.chain.next(self.shared.ring.newest(), self.now.timestamp(), session, event);
        self.writes += 1;
        insert_history(self.database, &row).await?;
        self.chain = row.state();
        Ok(())
    }

    /// Keeps the canonical form of a policy, unless it is kept already.
    pub(crate) async fn keep_policy(&mut self, policy: &PolicyRecord) -> Result<(), DbError> {
        let digest = &policy.digest;
        if self.known_policies.contains(digest) || !self.new_policies.insert(*digest) {
            return Ok(());
        }
        let canonical = policy.canonical();
        self.put(
            "INSERT INTO policies (digest, canonical) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            &[digest.into(), (&canonical).into()],
        )
        .await
    }

    /// Notes that personal data were deleted.
    pub(crate) const fn has_erased(&mut self) {
        self.erased = true;
    }
}

/// Writes a row of the history.
pub(super) async fn insert_history(
    database: &mut Database,
    row: &crate::history::Row,
) -> Result<(), DbError> {
    let (session, step) = match &row.session {
        Some(session) => (Some(&session.id), Some(session.step)),
        None => (None, None),
    };
    database
        .put(
            "INSERT INTO history (instance, epoch, seq, at, kind, session_id, step, facts, key_id, mac) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            &[
                (&row.instance).into(),
                row.epoch.into(),
                row.seq.into(),
                row.at.into(),
                (&row.kind).into(),
                session.into(),
                step.into(),
                (&row.facts).into(),
                row.key_id.as_str().into(),
                row.mac.as_bytes().into(),
            ],
        )
        .await
}

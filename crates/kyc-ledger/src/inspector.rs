//! Looking at a ledger without opening it: nothing is written, so the ledger may be served meanwhile.

use jiff::Timestamp;
use secrecy::SecretString;

use crate::commands::{AllCallers, DueSessions, OneSession};
use crate::db::{Damaged, Database, DbError, check_version};
use crate::history::{Head, Mac};
use crate::verify::rows_of_session;
use crate::work::{Query, Stop};
use crate::{
    CallerKey, DatabaseUrl, Due, Instance, LedgerError, LedgerOptions, OpenError, Session, SessionId,
};

/// A connection that only reads.
pub struct Inspector(Database);

/// One row of a session's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Which change of the session it is; 1 is its intent.
    pub step: i64,
    /// When it happened.
    pub at: Timestamp,
    /// Which instance wrote it.
    pub instance: String,
    /// What happened, in a word.
    pub kind: String,
    /// The facts, as JSON. None is personal.
    pub facts: String,
}

impl Inspector {
    /// Connects. `password` is that of PostgreSQL, if the address holds none.
    ///
    /// # Errors
    ///
    /// The database cannot be read, or is no ledger of this release.
    pub async fn open(url: &DatabaseUrl, password: Option<SecretString>) -> Result<Self, OpenError> {
        let reader =
            Instance::new("inspect").map_err(|error| OpenError::NotALedger { what: error.to_string() })?;
        let options = LedgerOptions { password, ..LedgerOptions::new(reader) };
        let mut database = Database::open_to_read(url, &options).await?;
        check_version(&mut database).await?;
        Ok(Self(database))
    }

    /// One session, whoever's it is.
    pub async fn session(&mut self, id: SessionId) -> Result<Option<Session>, LedgerError> {
        self.ask(OneSession(id)).await
    }

    /// What happened to a session, in its order. Whether it is true only [`verify`](crate::verify()) says.
    pub async fn history_of(&mut self, id: SessionId) -> Result<Vec<HistoryEntry>, LedgerError> {
        let rows = rows_of_session(&mut self.0, &id.to_string()).await.map_err(unavailable)?;
        let entries = rows.into_iter().map(|row| {
            let row = row?;
            let step = row.session.map_or(0, |session| session.step);
            let at = crate::db::timestamp(row.at);
            Ok(HistoryEntry { step, at, instance: row.instance, kind: row.kind, facts: row.facts })
        });
        entries.collect::<Result<_, Damaged>>().map_err(LedgerError::from)
    }

    /// Where the chain of each instance stands.
    pub async fn heads(&mut self) -> Result<Vec<Head>, LedgerError> {
        let sql = "SELECT h.instance, h.epoch, h.seq, h.mac FROM instances AS i JOIN history AS h ON h.instance = i.instance \
                   WHERE h.epoch = (SELECT MAX(epoch) FROM history WHERE instance = i.instance) \
                   AND h.seq = (SELECT MAX(seq) FROM history WHERE instance = i.instance AND epoch = h.epoch) ORDER BY h.instance";
        let rows = self.0.rows(sql, &[]).await.map_err(unavailable)?;
        let at = Timestamp::now();
        let heads = rows.into_iter().map(|mut row| {
            let (instance, epoch) = (row.text("history.instance")?, row.int("history.epoch")?);
            let seq = row.int("history.seq")?;
            let mac = Mac::try_from(&*row.bytes("history.mac")?).map_err(|_| Damaged("history.mac"))?;
            Ok(Head { instance, epoch, seq, mac, at })
        });
        heads.collect::<Result<_, Damaged>>().map_err(LedgerError::from)
    }

    /// All keys of callers that were ever made, oldest first.
    pub async fn callers(&mut self) -> Result<Vec<CallerKey>, LedgerError> {
        Ok(self.ask(AllCallers).await?.into_iter().map(|(key, _)| key).collect())
    }

    /// As [`Ledger::due`](crate::Ledger::due).
    pub async fn due(
        &mut self,
        before: Timestamp,
        after: Option<SessionId>,
        limit: u32,
    ) -> Result<Vec<Due>, LedgerError> {
        self.ask(DueSessions { before, after, limit }).await
    }

    async fn ask<Q: Query>(&mut self, query: Q) -> Result<Q::Reply, LedgerError> {
        query.run(&mut self.0).await.map_err(|stop| match stop {
            Stop::Refused(error) => error,
            Stop::Database(error) => unavailable(error),
        })
    }
}

impl std::fmt::Debug for Inspector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Inspector")
    }
}

fn unavailable(error: DbError) -> LedgerError {
    LedgerError::Unavailable { reason: error.to_string() }
}

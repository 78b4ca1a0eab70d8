//! The databases, behind one set of calls: the rules of the ledger are written once over it.
//!
//! Statements are the same text for both. Values are `$1`, `$2` and so on, and must first occur in ascending order,
//! since SQLite numbers them by their occurrence.

mod checkpointer;
mod clock;
mod error;
mod migrate;
mod postgres;
mod sqlite;
#[cfg(test)]
mod tests;
mod tls;
mod value;

pub(crate) use checkpointer::Checkpointer;
pub(crate) use clock::{Now, timestamp};
pub(crate) use error::DbError;
pub(crate) use migrate::{check_version, migrate};
pub(crate) use sqlite::Serving;
pub(crate) use value::{Damaged, Row, Value};

use postgres::Postgres;
use sqlite::Sqlite;

use crate::{DatabaseUrl, LedgerOptions, OpenError};

/// A connection to a database.
pub(crate) enum Database {
    Sqlite(Sqlite),
    Postgres(Box<Postgres>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Write,
    Read,
}

/// Does the same with either database.
macro_rules! either {
    ($self:ident: $sqlite:ident => $at_once:expr, $postgres:ident => $later:expr) => {
        match $self {
            Self::Sqlite($sqlite) => $at_once,
            Self::Postgres($postgres) => $later.await,
        }
    };
}

/// What a test does before each statement that changes something.
#[cfg(test)]
pub(crate) type Probe = Box<dyn FnMut(&str) + Send>;

impl Database {
    /// Has `probe` told of each statement that changes something, before it is carried out.
    #[cfg(test)]
    pub(crate) fn set_probe(&mut self, probe: Probe) {
        match self {
            Self::Sqlite(sqlite) => sqlite.probe = Some(probe),
            Self::Postgres(_) => panic!("its files are out of reach"),
        }
    }

    /// A connection that writes. The schema is not looked at yet.
    pub(crate) async fn open(url: &DatabaseUrl, options: &LedgerOptions) -> Result<Self, OpenError> {
        Self::connect(url, Mode::Write, options).await
    }

    /// A connection that only reads.
    pub(crate) async fn open_to_read(url: &DatabaseUrl, options: &LedgerOptions) -> Result<Self, OpenError> {
        Self::connect(url, Mode::Read, options).await
    }

    async fn connect(url: &DatabaseUrl, mode: Mode, options: &LedgerOptions) -> Result<Self, OpenError> {
        match url {
            DatabaseUrl::Sqlite(path) => Sqlite::open(path, mode).map(Self::Sqlite),
            DatabaseUrl::Postgres(url) => {
                Ok(Self::Postgres(Box::new(Postgres::open(url, mode, options).await?)))
            }
        }
    }

    /// A new connection in place of one that is lost.
    pub(crate) async fn reconnect(&mut self) -> Result<(), DbError> {
        either!(self: db => db.reconnect(), db => db.reconnect())
    }

    /// Begins a transaction that no other writer overlaps with, and says what time it is in it.
    pub(crate) async fn begin(&mut self) -> Result<Now, DbError> {
        either!(self: db => db.begin(), db => db.begin())
    }

    /// Begins a transaction that only reads, and sees everything as it is now for as long as it lasts.
    pub(crate) async fn snapshot(&mut self) -> Result<(), DbError> {
        let begin = match self {
            Self::Sqlite(_) => "BEGIN",
            Self::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        self.script(begin).await
    }

    /// Makes everything since [`Self::begin`] durable.
    pub(crate) async fn commit(&mut self) -> Result<(), DbError> {
        either!(self: db => db.commit(), db => db.commit())
    }

    /// Undoes everything since [`Self::begin`].
    pub(crate) async fn rollback(&mut self) -> Result<(), DbError> {
        either!(self: db => db.rollback(), db => db.rollback())
    }

    /// The rows that a statement gives.
    pub(crate) async fn rows(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<Vec<Row>, DbError> {
        either!(self: db => db.query(sql, values), db => db.query(sql, values))
    }

    /// Carries out a statement, and says how many rows it has changed.
    pub(crate) async fn run(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, DbError> {
        either!(self: db => db.execute(sql, values), db => db.execute(sql, values))
    }

    /// Has a statement carried out at the latest before the next one that is waited for. Whether it failed is told by
    /// that one.
    pub(crate) async fn put(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<(), DbError> {
        either!(self: db => db.execute(sql, values).map(|_| ()), db => db.send(sql, values))
    }

    /// Waits until all that was put is carried out.
    pub(crate) async fn flush(&mut self) -> Result<(), DbError> {
        either!(self: _db => Ok(()), db => db.flush())
    }

    /// Carries out statements without values.
    pub(crate) async fn script(&mut self, sql: &str) -> Result<(), DbError> {
        either!(self: db => db.script(sql), db => db.script(sql))
    }

    /// Sees that what was deleted is not left behind in the database's files, as far as it can be asked to.
    pub(crate) fn forget(&mut self) -> Result<(), DbError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.forget(),
            // Its vacuum does so in its own time.
            Self::Postgres(_) => Ok(()),
        }
    }
}

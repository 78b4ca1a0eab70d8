//! The databases, behind one set of calls: the rules of the ledger are written once over it.
//!
//! Statements are the same text for both. Values are `$1`, `$2` and so on, and must first occur in ascending order,
//! since SQLite numbers them by their occurrence.

mod clock;
mod error;
mod migrate;
mod sqlite;
mod value;

pub(crate) use clock::{Now, timestamp};
pub(crate) use error::DbError;
pub(crate) use migrate::{check_version, migrate};
pub(crate) use sqlite::{Serving, Sqlite};
pub(crate) use value::{Damaged, Row, Value};

use sqlite::Mode;

use crate::{DatabaseUrl, LedgerOptions, OpenError};

/// A connection to a database.
pub(crate) enum Database {
    Sqlite(Sqlite),
}

/// Calls the same method of the database that it is.
macro_rules! either {
    ($self:ident, $db:ident => $sqlite:expr) => {
        match $self {
            Self::Sqlite($db) => $sqlite,
        }
    };
}

#[expect(clippy::unused_async, reason = "SQLite answers at once")]
impl Database {
    /// A connection that writes. The schema is not looked at yet.
    pub(crate) async fn open(url: &DatabaseUrl, _options: &LedgerOptions) -> Result<Self, OpenError> {
        match url {
            DatabaseUrl::Sqlite(path) => Sqlite::open(path, Mode::Write).map(Self::Sqlite),
            DatabaseUrl::Postgres(_) => {
                Err(OpenError::Unavailable { reason: "PostgreSQL is not built in".to_owned() })
            }
        }
    }

    /// A connection that only reads.
    pub(crate) async fn open_to_read(url: &DatabaseUrl, _options: &LedgerOptions) -> Result<Self, OpenError> {
        match url {
            DatabaseUrl::Sqlite(path) => Sqlite::open(path, Mode::Read).map(Self::Sqlite),
            DatabaseUrl::Postgres(_) => {
                Err(OpenError::Unavailable { reason: "PostgreSQL is not built in".to_owned() })
            }
        }
    }

    /// A new connection in place of one that is lost.
    pub(crate) async fn reconnect(&mut self) -> Result<(), DbError> {
        either!(self, db => db.reconnect())
    }

    /// Begins a transaction that no other writer overlaps with, and says what time it is in it.
    pub(crate) async fn begin(&mut self) -> Result<Now, DbError> {
        either!(self, db => db.begin())
    }

    /// Makes everything since [`Self::begin`] durable.
    pub(crate) async fn commit(&mut self) -> Result<(), DbError> {
        either!(self, db => db.commit())
    }

    /// Undoes everything since [`Self::begin`].
    pub(crate) async fn rollback(&mut self) -> Result<(), DbError> {
        either!(self, db => db.rollback())
    }

    /// The rows that a statement gives.
    pub(crate) async fn rows(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<Vec<Row>, DbError> {
        either!(self, db => db.query(sql, values))
    }

    /// Carries out a statement, and says how many rows it has changed.
    pub(crate) async fn run(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, DbError> {
        either!(self, db => db.execute(sql, values))
    }

    /// Has a statement carried out at the latest before the next one that is waited for. Whether it failed is told by
    /// that one.
    pub(crate) async fn put(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<(), DbError> {
        either!(self, db => db.execute(sql, values).map(|_| ()))
    }

    /// Carries out statements without values.
    pub(crate) async fn script(&mut self, sql: &str) -> Result<(), DbError> {
        either!(self, db => db.script(sql))
    }

    /// Sees that what was deleted is not left behind in the database's files, as far as it can be asked to.
    pub(crate) async fn forget(&mut self) -> Result<(), DbError> {
        either!(self, db => db.forget())
    }
}

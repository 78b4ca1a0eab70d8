//! SQLite: one file, one connection that writes, in a thread of its own.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql};

use super::Mode;
use super::clock::Now;
use super::error::DbError;
use super::value::{Cell, Row, Value};
use crate::OpenError;

/// How long a statement waits for another process that writes.
const BUSY: Duration = Duration::from_secs(5);
const BRIEFLY: Duration = Duration::from_millis(50);
/// Pages of the log of changes, 16 MiB, after which the writer itself takes them into the file, if nobody has done so before.
const CHECKPOINT: u32 = 4096;
/// More than the ledger has statements.
const STATEMENTS: usize = 128;

/// A connection to a file.
pub(crate) struct Sqlite {
    connection: Connection,
    path: PathBuf,
    mode: Mode,
    /// The wall clock and the steady one, read together.
    anchor: (Timestamp, Instant),
    /// Told of each statement before it is carried out.
    #[cfg(test)]
    pub(super) probe: Option<super::Probe>,
}

impl Sqlite {
    pub(super) fn open(path: &Path, mode: Mode) -> Result<Self, OpenError> {
        if mode == Mode::Write {
            create_private(path).map_err(|error| unavailable(path, &error))?;
        }
        let connection = connect(path, mode).map_err(|error| unavailable(path, &text_of(&error)))?;
        if mode == Mode::Write {
            assert_durable(&connection)?;
        }
        let path = path.to_owned();
        Ok(Self {
            connection,
            path,
            mode,
            anchor: (Timestamp::now(), Instant::now()),
            #[cfg(test)]
            probe: None,
        })
    }

    /// A connection in place of the one that failed.
    pub(super) fn reconnect(&mut self) -> Result<(), DbError> {
        // The old one is closed first: what it did not commit must be gone before anybody reads.
        self.connection = Connection::open_in_memory()?;
        self.connection = connect(&self.path, self.mode).map_err(|error| DbError::Lost(text_of(&error)))?;
        Ok(())
    }

    pub(super) fn begin(&mut self) -> Result<Now, DbError> {
        self.execute("BEGIN IMMEDIATE", &[])?;
        // Leases run by a clock that nobody sets, or setting it would end calls that are under way.
        let (wall, steady) = self.anchor;
        let elapsed = i64::try_from(steady.elapsed().as_millis()).unwrap_or(i64::MAX);
        Ok(Now {
            wall: Timestamp::now().as_millisecond(),
            lease: wall.as_millisecond().saturating_add(elapsed),
        })
    }

    pub(super) fn commit(&mut self) -> Result<(), DbError> {
        self.execute("COMMIT", &[]).map(|_| ())
    }

    pub(super) fn rollback(&mut self) -> Result<(), DbError> {
        // After some errors SQLite has done so already.
        if self.connection.is_autocommit() { Ok(()) } else { self.execute("ROLLBACK", &[]).map(|_| ()) }
    }

    pub(super) fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64, DbError> {
        #[cfg(test)]
        if let Some(probe) = &mut self.probe {
            probe(sql);
        }
        let mut statement = self.connection.prepare_cached(sql)?;
        for (index, value) in values.iter().enumerate() {
            statement.raw_bind_parameter(index + 1, value)?;
        }
        Ok(statement.raw_execute()? as u64)
    }

    pub(super) fn query(&mut self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>, DbError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        for (index, value) in values.iter().enumerate() {
            statement.raw_bind_parameter(index + 1, value)?;
        }
        let columns = statement.column_count();
        let mut found = Vec::new();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            let cells = (0..columns).map(|column| Ok(cell(row.get_ref(column)?)));
            found.push(Row::new(cells.collect::<Result<_, rusqlite::Error>>()?));
        }
        Ok(found)
    }

    /// Runs statements that take no values.
    pub(super) fn script(&mut self, sql: &str) -> Result<(), DbError> {
        Ok(self.connection.execute_batch(sql)?)
    }

    /// Takes what was erased out of the log of changes too, as far as no reader is in its way.
    pub(super) fn forget(&mut self) -> Result<(), DbError> {
        // Whoever reads for long must not keep the writer waiting.
        self.connection.busy_timeout(BRIEFLY)?;
        let truncated = self.query("PRAGMA wal_checkpoint(TRUNCATE)", &[]);
        self.connection.busy_timeout(BUSY)?;
        let busy = truncated?.into_iter().next().and_then(|mut row| row.int("wal_checkpoint").ok());
        if busy == Some(0) { Ok(()) } else { Err(DbError::Again("somebody reads the database".to_owned())) }
    }
}

/// The right to serve a file, for as long as it is not dropped. The system takes it back from a process that dies.
pub(crate) struct Serving {
    lock: File,
}

impl Serving {
    /// Takes it, unless another process has it.
    pub(crate) fn take(path: &Path) -> Result<Self, OpenError> {
        // A file of its own: closing any handle of the database's would end SQLite's own locks on it.
        let mut lock_path = path.as_os_str().to_owned();
        lock_path.push("-serving");
        let lock = private().truncate(false).write(true).create(true).open(&lock_path);
        let lock = lock.map_err(|error| unavailable(path, &error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { lock }),
            Err(TryLockError::WouldBlock) => Err(OpenError::InUse { path: path.display().to_string() }),
            Err(TryLockError::Error(error)) => Err(unavailable(path, &error)),
        }
    }
}

impl Drop for Serving {
    /// Closing the file is not enough: a process that is being started has a copy of it for a moment.
    fn drop(&mut self) {
        if let Err(error) = self.lock.unlock() {
            tracing::warn!(%error, "the right to serve the file is given back only when the process ends");
        }
    }
}

/// A connection that takes changes from the log into the file.
pub(super) fn connect_to_checkpoint(path: &Path) -> Result<Connection, OpenError> {
    connect(path, Mode::Write).map_err(|error| unavailable(path, &text_of(&error)))
}

fn connect(path: &Path, mode: Mode) -> rusqlite::Result<Connection> {
    let access = match mode {
        Mode::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Mode::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Or some statements are planned anew for each value.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    if mode == Mode::Write {
        // Answers with the mode that it is now in.
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        connection.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; \
             PRAGMA trusted_schema = OFF; PRAGMA cache_size = -8192;",
        )?;
        connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT)?;
    } else {
        connection.execute_batch("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF;")?;
    }
    Ok(connection)
}

/// What was set is asked for again: a file system without shared memory, for one, has no write-ahead log.
fn assert_durable(connection: &Connection) -> Result<(), OpenError> {
    let ask = |sql: &str| connection.query_row(sql, [], |row| Ok(cell(row.get_ref(0)?)));
    for (setting, sql, wanted) in [
        ("journal_mode", "PRAGMA journal_mode", Cell::Text("wal".to_owned())),
        ("synchronous", "PRAGMA synchronous", Cell::Int(2)),
        ("foreign_keys", "PRAGMA foreign_keys", Cell::Int(1)),
        ("secure_delete", "PRAGMA secure_delete", Cell::Int(1)),
    ] {
        let found = ask(sql).map_err(|error| OpenError::Unavailable { reason: text_of(&error) })?;
        if found != wanted {
            let found = match found {
                Cell::Int(number) => number.to_string(),
                Cell::Text(text) => text,
                Cell::Null | Cell::Bytes(_) => String::new(),
            };
            return Err(OpenError::NotDurable { setting, found });
        }
    }
    Ok(())
}

/// Makes the file so that nobody else reads it, unless it is there. SQLite gives its other files the same access.
fn create_private(path: &Path) -> std::io::Result<()> {
    if fs::exists(path)? {
        return Ok(());
    }
    match private().write(true).create_new(true).open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(|_| ()),
    }
}

#[cfg(unix)]
fn private() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;

    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

#[cfg(not(unix))]
fn private() -> OpenOptions {
    OpenOptions::new()
}

fn unavailable(path: &Path, error: &dyn std::fmt::Display) -> OpenError {
    OpenError::Unavailable { reason: format!("`{}`: {error}", path.display()) }
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Int(number),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_owned()),
        // No column holds such numbers, so whoever asks for it finds it damaged.
        ValueRef::Real(_) => Cell::Bytes(Vec::new()),
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        let reason = text_of(&error);
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Again(reason),
            Some(
                ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::ReadOnly,
            ) => Self::Lost(reason),
            _ => Self::Failed(reason),
        }
    }
}

/// What SQLite says. It names tables and columns, never values.
fn text_of(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(code, Some(text)) => format!("{text} ({})", code.extended_code),
        error => error.to_string(),
    }
}

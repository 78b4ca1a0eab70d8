//! PostgreSQL: one session, in which statements that need no answer are sent without waiting for one.

use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use secrecy::ExposeSecret as _;
use tokio::time::timeout;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, Config, NoTls, Statement};

use super::Mode;
use super::clock::Now;
use super::error::DbError;
use super::tls;
use super::value::{Cell, Row, Value};
use crate::{LedgerOptions, OpenError};

/// How long the server may take for one statement, after which the connection counts as lost.
const PATIENCE: Duration = Duration::from_secs(15);
const CONNECT: Duration = Duration::from_secs(5);

/// What a session is told first. A session that is stuck must not keep the others waiting for long: the server ends it.
const SESSION: &str = "SET search_path = kyc; SET statement_timeout = '10s'; SET lock_timeout = '4s'; \
    SET idle_in_transaction_session_timeout = '5s'; SET default_transaction_isolation = 'read committed'";

/// A session that writes waits for the disk, whatever the server, the database or the role says; stronger ways to commit
/// are the operator's choice. It is set in any case, since what was not set in a session changes with the server's settings
/// while it lasts.
const DURABLE: &str = "SELECT set_config('synchronous_commit', \
    CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)";

/// Who writes holds this lock until the transaction ends. So the rules need no thought of what another instance does at
/// the same time, no transaction is given up for the sake of another, and whoever has it knows that nothing of its own
/// is left under way from a connection that was lost.
const BEGIN: &str = "BEGIN; SELECT pg_advisory_xact_lock(7740561859301)";
const CLOCK: &str = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

type Sent = Pin<Box<dyn Future<Output = Result<u64, tokio_postgres::Error>> + Send>>;

/// A session.
pub(crate) struct Postgres {
    config: Config,
    mode: Mode,
    client: Arc<Client>,
    statements: HashMap<&'static str, Statement>,
    /// Statements that were sent, whose answers were not looked at yet.
    sent: Vec<Sent>,
}

impl Postgres {
    pub(super) async fn open(url: &str, mode: Mode, options: &LedgerOptions) -> Result<Self, OpenError> {
        let unavailable = |reason: String| OpenError::Unavailable { reason };
        let mut config: Config =
            url.parse().map_err(|error: tokio_postgres::Error| unavailable(text_of(&error)))?;
        if let (None, Some(password)) = (config.get_password(), &options.password) {
            config.password(password.expose_secret());
        }
        config.application_name(format!("kyc-ledger {}", options.instance));
        config.connect_timeout(CONNECT).tcp_user_timeout(PATIENCE);
        let client = connect(&config, mode).await.map_err(|error| unavailable(error.to_string()))?;
        let (statements, sent) = (HashMap::new(), Vec::new());
        let mut session = Self { config, mode, client, statements, sent };
        if mode == Mode::Write {
            session.assert_durable().await?;
            session.make_schema().await.map_err(|error| unavailable(error.to_string()))?;
        }
        Ok(session)
    }

    /// Committing means that it is on disk, for the server as for this session.
    async fn assert_durable(&mut self) -> Result<(), OpenError> {
        for (setting, sql) in [("fsync", "SHOW fsync"), ("synchronous_commit", "SHOW synchronous_commit")] {
            let rows = self.query(sql, &[]).await;
            let rows = rows.map_err(|error| OpenError::Unavailable { reason: error.to_string() })?;
            let found = rows.into_iter().next().and_then(|mut row| row.text(setting).ok());
            let found = found.unwrap_or_default();
            if found == "off" {
                return Err(OpenError::NotDurable { setting, found });
            }
        }
        Ok(())
    }

    /// Makes the schema, unless it is there: whoever may only use it need not be allowed to make it.
    async fn make_schema(&mut self) -> Result<(), DbError> {
        const IS_THERE: &str = "SELECT 1 FROM pg_namespace WHERE nspname = 'kyc'";
        if !self.query(IS_THERE, &[]).await?.is_empty() {
            return Ok(());
        }
        match self.script("CREATE SCHEMA kyc").await {
            // Another instance was faster.
            Err(DbError::Failed(_)) if !self.query(IS_THERE, &[]).await?.is_empty() => Ok(()),
            made => made,
        }
    }

    pub(super) async fn reconnect(&mut self) -> Result<(), DbError> {
        self.sent.clear();
        self.statements.clear();
        self.client = connect(&self.config, self.mode).await?;
        Ok(())
    }

    pub(super) async fn begin(&mut self) -> Result<Now, DbError> {
        let clock = self.statement(CLOCK).await?;
        let client = &self.client;
        // Sent in this order, and answered in it.
        let both = async { tokio::join!(client.batch_execute(BEGIN), client.query_one(&clock, &[])) };
        let (began, clock) = patiently(both).await?;
        began?;
        let now = clock?.try_get(0)?;
        Ok(Now { wall: now, lease: now })
    }

    pub(super) async fn commit(&mut self) -> Result<(), DbError> {
        self.flush().await?;
        Ok(patiently(self.client.batch_execute("COMMIT")).await??)
    }

    pub(super) async fn rollback(&mut self) -> Result<(), DbError> {
        // What they say does not matter any more.
        self.sent.clear();
        Ok(patiently(self.client.batch_execute("ROLLBACK")).await??)
    }

    pub(super) async fn query(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<Vec<Row>, DbError> {
        let statement = self.statement(sql).await?;
        let parameters: Vec<&(dyn ToSql + Sync)> =
            values.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
        let rows = answered(&mut self.sent, self.client.query(&statement, &parameters)).await?;
        rows.iter().map(read).collect()
    }

    pub(super) async fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, DbError> {
        let statement = self.statement(sql).await?;
        let parameters: Vec<&(dyn ToSql + Sync)> =
            values.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
        answered(&mut self.sent, self.client.execute(&statement, &parameters)).await
    }

    /// Sends a statement; its answer is looked at with the next one's.
    pub(super) async fn send(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<(), DbError> {
        let statement = self.statement(sql).await?;
        let values: Vec<Cell> = values.iter().map(|value| value.to_cell()).collect();
        let client = Arc::clone(&self.client);
        let mut sending: Sent = Box::pin(async move { client.execute_raw(&statement, values).await });
        if let Some(done) = sent(sending.as_mut()).await {
            sending = Box::pin(std::future::ready(done));
        }
        self.sent.push(sending);
        Ok(())
    }

    /// Waits for all that was sent.
    pub(super) async fn flush(&mut self) -> Result<(), DbError> {
        answered(&mut self.sent, async { Ok(()) }).await
    }

    pub(super) async fn script(&mut self, sql: &str) -> Result<(), DbError> {
        answered(&mut self.sent, self.client.batch_execute(sql)).await
    }

    async fn statement(&mut self, sql: &'static str) -> Result<Statement, DbError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = answered(&mut self.sent, self.client.prepare(sql)).await?;
        self.statements.insert(sql, statement.clone());
        Ok(statement)
    }
}

/// Sends something, and waits for the answers to all that was sent before it and then for its own.
async fn answered<T>(
    sent_before: &mut Vec<Sent>,
    last: impl Future<Output = Result<T, tokio_postgres::Error>>,
) -> Result<T, DbError> {
    let mut last = pin!(last);
    patiently(async {
        let done = sent(last.as_mut()).await;
        let mut first_error = None;
        for earlier in sent_before.drain(..) {
            if let Err(error) = earlier.await {
                // Those after it only say that there was an error.
                first_error.get_or_insert(error);
            }
        }
        let last = match done {
            Some(done) => done,
            None => last.await,
        };
        Ok(first_error.map_or(last, Err)?)
    })
    .await?
}

/// Sends what a future sends at first, and gives its answer if it is there already.
async fn sent<F: Future + ?Sized>(mut future: Pin<&mut F>) -> Option<F::Output> {
    poll_fn(|context| {
        Poll::Ready(match future.as_mut().poll(context) {
            Poll::Ready(done) => Some(done),
            Poll::Pending => None,
        })
    })
    .await
}

async fn patiently<T>(future: impl Future<Output = T>) -> Result<T, DbError> {
    timeout(PATIENCE, future).await.map_err(|_| DbError::Lost("the database does not answer".to_owned()))
}

async fn connect(config: &Config, mode: Mode) -> Result<Arc<Client>, DbError> {
    let client = match tls::connector(config)? {
        None => {
            let (client, connection) = patiently(config.connect(NoTls)).await??;
            // Ends with the client; why is what the client's calls say.
            tokio::spawn(async move { drop(connection.await) });
            client
        }
        Some((config, tls)) => {
            let (client, connection) = patiently(config.connect(tls)).await??;
            tokio::spawn(async move { drop(connection.await) });
            client
        }
    };
    patiently(client.batch_execute(SESSION)).await??;
    let mode = match mode {
        Mode::Write => DURABLE,
        Mode::Read => "SET default_transaction_read_only = on",
    };
    patiently(client.batch_execute(mode)).await??;
    Ok(Arc::new(client))
}

fn read(row: &tokio_postgres::Row) -> Result<Row, DbError> {
    let cells = (0..row.len()).map(|column| Ok(row.try_get::<_, Cell>(column)?));
    Ok(Row::new(cells.collect::<Result<_, DbError>>()?))
}

impl<'a> FromSql<'a> for Cell {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        match *kind {
            Type::INT8 => i64::from_sql(kind, raw).map(Self::Int),
            Type::INT4 => i32::from_sql(kind, raw).map(|number| Self::Int(number.into())),
            Type::BYTEA => <&[u8]>::from_sql(kind, raw).map(|bytes| Self::Bytes(bytes.to_owned())),
            _ => <&str>::from_sql(kind, raw).map(|text| Self::Text(text.to_owned())),
        }
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT8 | Type::INT4 | Type::BYTEA) || <&str as FromSql>::accepts(kind)
    }
}

impl Value<'_> {
    fn to_cell(self) -> Cell {
        match self {
            Self::Null => Cell::Null,
            Self::Int(number) => Cell::Int(number),
            Self::Text(text) => Cell::Text(text.to_owned()),
            Self::Bytes(bytes) => Cell::Bytes(bytes.to_owned()),
        }
    }
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut bytes::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) => number.to_sql_checked(kind, out),
            Self::Text(text) => text.to_sql_checked(kind, out),
            Self::Bytes(bytes) => bytes.to_sql_checked(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        <Cell as FromSql>::accepts(kind)
    }

    to_sql_checked!();
}

impl ToSql for Cell {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut bytes::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        let value = match self {
            Self::Null => Value::Null,
            Self::Int(number) => Value::Int(*number),
            Self::Text(text) => Value::Text(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
        };
        value.to_sql(kind, out)
    }

    fn accepts(kind: &Type) -> bool {
        <Self as FromSql>::accepts(kind)
    }

    to_sql_checked!();
}

impl std::fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Value(redacted)")
    }
}

impl std::fmt::Debug for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cell(redacted)")
    }
}

impl From<tokio_postgres::Error> for DbError {
    fn from(error: tokio_postgres::Error) -> Self {
        let reason = text_of(&error);
        let Some(code) = error.code() else { return Self::Lost(reason) };
        match *code {
            SqlState::T_R_SERIALIZATION_FAILURE
            | SqlState::T_R_DEADLOCK_DETECTED
            | SqlState::LOCK_NOT_AVAILABLE
            | SqlState::QUERY_CANCELED => Self::Again(reason),
            SqlState::ADMIN_SHUTDOWN
            | SqlState::CRASH_SHUTDOWN
            | SqlState::CANNOT_CONNECT_NOW
            | SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT
            | SqlState::READ_ONLY_SQL_TRANSACTION
            | SqlState::TOO_MANY_CONNECTIONS => Self::Lost(reason),
            _ => Self::Failed(reason),
        }
    }
}

/// What the server says. Its details hold values of rows, so they are left out.
fn text_of(error: &tokio_postgres::Error) -> String {
    use std::error::Error as _;

    match (error.as_db_error(), error.source()) {
        (Some(said), _) => format!("{} ({})", said.message(), said.code().code()),
        (None, Some(source)) => format!("{error}: {source}"),
        (None, None) => error.to_string(),
    }
}

//! Opening a ledger: a new epoch of the instance, and what earlier ones left behind.

use std::time::Duration;

use jiff::Timestamp;

use super::batch::insert_history;
use super::tags::Tags;
use crate::db::{Checkpointer, Damaged, Database, DbError, Serving, migrate};
use crate::history::{ChainState, Link, Mac};
use crate::keys::KeyRing;
use crate::{DatabaseUrl, LedgerOptions, OpenError, Role};

/// What stays the same for as long as a ledger is open.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) ring: KeyRing,
    pub(crate) tags: Tags,
    pub(crate) options: LedgerOptions,
    pub(crate) epoch: i64,
}

impl Shared {
    /// How long a call may take until its outcome counts as unknown, in milliseconds.
    pub(crate) fn lease(&self) -> i64 {
        milliseconds(self.options.lease)
    }

    /// How long whoever was given an unknown session has for it, in milliseconds.
    pub(crate) fn finding(&self) -> i64 {
        milliseconds(self.options.finding)
    }

    /// How long a token is handed out again, in milliseconds.
    pub(crate) fn replay(&self) -> i64 {
        milliseconds(self.options.replay)
    }
}

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// A ledger that was opened.
pub(crate) struct Opened {
    pub(super) database: Database,
    pub(super) shared: Shared,
    pub(super) chain: ChainState,
    /// Whose calls that are under way nobody will settle any more.
    pub(crate) orphans: Orphans,
    pub(super) serving: Option<Serving>,
    pub(super) checkpointer: Option<Checkpointer>,
}

/// Whose intents nobody can settle any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Orphans {
    /// Those of all instances: there was but one process, and it is gone.
    All,
    /// Those of this instance: whoever had its name is fenced out.
    OfInstance,
    /// Nobody's.
    None,
}

/// Makes or updates the schema, takes the instance over, and records that.
pub(crate) async fn open(
    url: &DatabaseUrl,
    ring: KeyRing,
    options: LedgerOptions,
) -> Result<Opened, OpenError> {
    let (orphans, serving) = match (url, options.role) {
        (_, Role::Tool) => (Orphans::None, None),
        (DatabaseUrl::Sqlite(path), Role::Serve) => (Orphans::All, Some(Serving::take(path)?)),
        (DatabaseUrl::Postgres(_), Role::Serve) => (Orphans::OfInstance, None),
    };
    let mut database = Database::open(url, &options).await?;
    migrate(&mut database).await?;
    let checkpointer = match (url, options.role) {
        (DatabaseUrl::Sqlite(path), Role::Serve) => Some(Checkpointer::begin(path)?),
        _ => None,
    };
    let (tags, chain) = take_over(&mut database, &ring, &options).await?;
    let shared = Shared { ring, tags, epoch: chain.epoch, options };
    Ok(Opened { database, shared, chain, orphans, serving, checkpointer })
}

async fn take_over(
    database: &mut Database,
    ring: &KeyRing,
    options: &LedgerOptions,
) -> Result<(Tags, ChainState), OpenError> {
    let failed = |error: DbError| OpenError::Unavailable { reason: error.to_string() };
    let damaged = |damaged: Damaged| OpenError::Ledger(damaged.into());
    let now = database.begin().await.map_err(failed)?;
    let tags = Tags::load(database, ring).await?;
    let instance = options.instance.as_str();
    let epoch = database
        .rows(
            "INSERT INTO instances (instance, epoch, opened_at) VALUES ($1, 1, $2) \
             ON CONFLICT (instance) DO UPDATE SET epoch = instances.epoch + 1, opened_at = excluded.opened_at \
             RETURNING epoch",
            &[instance.into(), now.wall.into()],
        )
        .await
        .map_err(failed)?;
    let epoch = epoch.into_iter().next().map(|mut row| row.int("instances.epoch"));
    let epoch = epoch.unwrap_or(Err(Damaged("instances.epoch"))).map_err(damaged)?;
    let previous = last_row(database, instance).await.map_err(failed)?.map_err(damaged)?;
    let version = env!("CARGO_PKG_VERSION");
    let at: Timestamp = now.timestamp();
    let row = ChainState::open(ring.newest(), instance, epoch, at, version, previous);
    insert_history(database, &row).await.map_err(failed)?;
    database.commit().await.map_err(failed)?;
    Ok((tags, row.state()))
}

/// Where the chain of an instance stands in the database.
pub(super) async fn last_row(
    database: &mut Database,
    instance: &str,
) -> Result<Result<Option<Link>, Damaged>, DbError> {
    let rows = database
        .rows(
            "SELECT epoch, seq, mac FROM history WHERE instance = $1 ORDER BY epoch DESC, seq DESC LIMIT 1",
            &[instance.into()],
        )
        .await?;
    Ok(rows.into_iter().next().map(link).transpose())
}

fn link(mut row: crate::db::Row) -> Result<Link, Damaged> {
    let (epoch, seq) = (row.int("history.epoch")?, row.int("history.seq")?);
    let mac = Mac::try_from(&*row.bytes("history.mac")?).map_err(|_| Damaged("history.mac"))?;
    Ok(Link { epoch, mac, seq })
}

//! Verification: whether the ledger is what it was written as.
//!
//! It finds what somebody changed who lacks the master keys: rows of the history that were edited, moved, inserted or
//! deleted; sessions, callers, policies, slots and idempotency keys that are not what the history says; personal data and
//! tokens that are not those it commits to; and a history that ends before a head that was written down elsewhere.
//!
//! It claims no more. Whoever has a master key can write a history anew. What was cut off behind the last head that was
//! written down is not missed if sessions, slots and instances were cut accordingly. Columns that decide no outcome
//! (leases, rate budgets, times of the schema) are not in the history; `DATA.md` names them.

mod chains;
mod finding;
mod idempotency;
mod page;
mod people;
mod replay;
mod sessions;
mod slots;
mod tables;

use secrecy::SecretString;

pub use finding::{Finding, FindingKind};
pub(crate) use page::rows_of_session;

use chains::Chains;
use finding::Findings;

use crate::db::{Damaged, Database, DbError, check_version};
use crate::history::Head;
use crate::keys::KeyRing;
use crate::{DatabaseUrl, Instance, LedgerOptions, OpenError};

/// What was verified, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows of the history.
    pub rows: u64,
    /// Chains, each an epoch of an instance.
    pub chains: u64,
    /// Sessions.
    pub sessions: u64,
    /// How many of them are erased: nobody can say any more whose they were.
    pub erased: u64,
    /// Heads that were written down and are in the history.
    pub heads: u64,
    /// What is wrong; at most 1,000 findings.
    pub findings: Vec<Finding>,
    /// How many findings there are beside.
    pub more: u64,
}

impl Report {
    /// Whether nothing is wrong, and everything could be checked.
    pub const fn is_intact(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Verifies a ledger, as it is at one moment, against itself and against heads that were written down. It reads only, so
/// the ledger may be served meanwhile. `password` is that of PostgreSQL, if the address holds none.
///
/// # Errors
///
/// The database cannot be read, or is no ledger of this release.
pub async fn verify(
    url: &DatabaseUrl,
    password: Option<SecretString>,
    ring: &KeyRing,
    heads: &[Head],
) -> Result<Report, OpenError> {
    let reader =
        Instance::new("verify").map_err(|error| OpenError::NotALedger { what: error.to_string() })?;
    let options = LedgerOptions { password, ..LedgerOptions::new(reader) };
    let mut database = Database::open_to_read(url, &options).await?;
    check_version(&mut database).await?;
    database.snapshot().await.map_err(unavailable)?;
    let report = verify_snapshot(&mut database, ring, heads).await?;
    database.rollback().await.map_err(unavailable)?;
    Ok(report)
}

async fn verify_snapshot(
    database: &mut Database,
    ring: &KeyRing,
    heads: &[Head],
) -> Result<Report, OpenError> {
    let mut findings = Findings::default();
    let mut chains = Chains::new(ring, heads);
    chains.read(database, &mut findings).await?;
    let mut report = Report { rows: chains.rows, chains: chains.count, ..Report::default() };
    tables::instances(database, &chains.opened, &mut findings).await?;
    tables::callers(database, &chains.callers, &mut findings).await?;
    tables::tag_keys(database, ring, &chains.keys, &mut findings).await?;
    let sessions = sessions::read(database, ring, &mut chains.unchecked, &mut findings).await?;
    (report.sessions, report.erased) = (sessions.count, sessions.erased);
    tables::policies(database, &sessions.digests, &mut findings).await?;
    report.heads = chains.end(&mut findings);
    (report.findings, report.more) = (findings.kept, findings.more);
    Ok(report)
}

fn unavailable(error: DbError) -> OpenError {
    OpenError::Unavailable { reason: error.to_string() }
}

fn damaged(damaged: Damaged) -> OpenError {
    OpenError::Ledger(damaged.into())
}

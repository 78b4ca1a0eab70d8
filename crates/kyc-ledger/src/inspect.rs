//! Looking at where a ledger is kept before it is served: nothing is made, changed or taken over.

use std::path::Path;

use secrecy::SecretString;

use crate::db::{Database, DbError, Value, check_version};
use crate::keys::{KeyId, KeyRing};
use crate::{DatabaseUrl, Instance, LedgerOptions, OpenError};

/// What is found where a ledger is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inspected {
    /// Nothing yet: the ledger is made when it is first served.
    Nothing,
    /// A ledger that one of the keys opens.
    Ledger {
        /// How many callers' keys are in force.
        callers: u64,
    },
}

/// Looks at a database: whether it can be reached, is a ledger of this release, and was kept under one of the keys.
/// `password` is that of PostgreSQL, if the address holds none.
///
/// # Errors
///
/// It cannot be reached, is something else or another release's, or none of the keys is its own.
pub async fn inspect(
    url: &DatabaseUrl,
    password: Option<SecretString>,
    ring: &KeyRing,
) -> Result<Inspected, OpenError> {
    if let DatabaseUrl::Sqlite(path) = url
        && !path.exists()
    {
        return no_file(path);
    }
    let reader =
        Instance::new("inspect").map_err(|error| OpenError::NotALedger { what: error.to_string() })?;
    let options = LedgerOptions { password, ..LedgerOptions::new(reader) };
    let mut database = Database::open_to_read(url, &options).await?;
    let tables = match url {
        DatabaseUrl::Sqlite(_) => "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'kyc_schema'",
        DatabaseUrl::Postgres(_) => {
            "SELECT COUNT(*) FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_name = 'kyc_schema'"
        }
    };
    let others = "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table'";
    if count(&mut database, tables).await? == 0 {
        let is_other = matches!(url, DatabaseUrl::Sqlite(_)) && count(&mut database, others).await? > 0;
        let what = || OpenError::NotALedger { what: "it has other tables".to_owned() };
        return if is_other { Err(what()) } else { Ok(Inspected::Nothing) };
    }
    check_version(&mut database).await?;
    let mut known = Vec::new();
    for mut row in database.rows("SELECT key_id FROM tag_keys", NO_VALUES).await.map_err(unavailable)? {
        known.push(row.text("tag_keys.key_id").map_err(|damaged| OpenError::Ledger(damaged.into()))?);
    }
    let is_ours = |id: &String| KeyId::new(id.as_str()).is_ok_and(|id| ring.of(&id).is_ok());
    if !known.is_empty() && !known.iter().any(is_ours) {
        return Err(OpenError::WrongKeys { known });
    }
    let callers = count(&mut database, "SELECT COUNT(*) FROM callers WHERE revoked_at IS NULL").await?;
    Ok(Inspected::Ledger { callers })
}

const NO_VALUES: &[Value<'static>] = &[];

fn no_file(path: &Path) -> Result<Inspected, OpenError> {
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    if folder.is_dir() {
        return Ok(Inspected::Nothing);
    }
    Err(OpenError::Unavailable { reason: format!("there is no folder `{}`", folder.display()) })
}

async fn count(database: &mut Database, sql: &'static str) -> Result<u64, OpenError> {
    let rows = database.rows(sql, NO_VALUES).await.map_err(unavailable)?;
    let counted = rows.into_iter().next().and_then(|mut row| row.int("a count").ok());
    Ok(counted.and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
}

fn unavailable(error: DbError) -> OpenError {
    OpenError::Unavailable { reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::keys::tests::ring;
    use crate::{CallerId, Ledger, NewCaller, Scope};

    #[tokio::test]
    async fn a_file_is_looked_at_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::Sqlite(folder.path().join("kyc.db"));
        let (ours, others) = (ring("ours", 1), ring("others", 9));
        assert_eq!(inspect(&url, None, &ours).await.unwrap(), Inspected::Nothing);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "a look makes nothing");

        let options = LedgerOptions::new(Instance::new("main").unwrap());
        let ledger = Ledger::open(&url, ring("ours", 1), options).await.unwrap();
        let new = NewCaller {
            id: CallerId::new("shop").unwrap(),
            policies: vec!["*".to_owned()],
            scopes: vec![Scope::Issue],
            rate_per_minute: None,
        };
        ledger.callers().add(new).await.unwrap();
        let head = ledger.head();
        // Beside a ledger that is served.
        assert_eq!(inspect(&url, None, &ours).await.unwrap(), Inspected::Ledger { callers: 1 });
        assert_eq!(ledger.head(), head);
        ledger.shut_down().await;

        let error = inspect(&url, None, &others).await.unwrap_err();
        assert!(matches!(error, OpenError::WrongKeys { .. }), "{error}");
    }

    #[tokio::test]
    async fn what_is_no_ledger_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let ring = ring("ours", 1);
        let none = DatabaseUrl::Sqlite(folder.path().join("nowhere/kyc.db"));
        assert!(matches!(inspect(&none, None, &ring).await, Err(OpenError::Unavailable { .. })));
        let path = folder.path().join("other.db");
        let other = rusqlite::Connection::open(&path).unwrap();
        other.execute_batch("CREATE TABLE other (a)").unwrap();
        drop(other);
        let other = DatabaseUrl::Sqlite(path);
        assert!(matches!(inspect(&other, None, &ring).await, Err(OpenError::NotALedger { .. })));
    }
}

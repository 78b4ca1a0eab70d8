//! The schema: made, or brought up to date, by statements that are part of the program.

use super::{Database, DbError};
use crate::OpenError;

/// A step of the schema.
struct Migration {
    version: i64,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migrations {
    ($($version:literal: $name:literal),+ $(,)?) => {
        &[$(Migration {
            version: $version,
            sqlite: include_str!(concat!("../../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../../migrations/postgres/", $name, ".sql")),
        }),+]
    };
}

/// All steps there are, in their order.
const MIGRATIONS: &[Migration] = migrations![1: "001_ledger"];

const VERSIONS: &str =
    "CREATE TABLE IF NOT EXISTS kyc_schema (version BIGINT NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)";

/// Makes or updates the schema, all in one transaction.
pub(crate) async fn migrate(database: &mut Database) -> Result<(), OpenError> {
    let failed = |error: DbError| OpenError::Unavailable { reason: error.to_string() };
    let now = database.begin().await.map_err(failed)?;
    if let Some(table) = foreign_table(database).await.map_err(failed)? {
        database.rollback().await.map_err(failed)?;
        return Err(OpenError::NotALedger { what: format!("it has a table `{table}`") });
    }
    database.script(VERSIONS).await.map_err(failed)?;
    let found = version(database).await.map_err(failed)?;
    let known = latest();
    if found > known {
        database.rollback().await.map_err(failed)?;
        return Err(OpenError::Newer { found, known });
    }
    for migration in MIGRATIONS.iter().filter(|migration| migration.version > found) {
        let sql = match database {
            Database::Sqlite(_) => migration.sqlite,
            Database::Postgres(_) => migration.postgres,
        };
        database.script(sql).await.map_err(failed)?;
        database
            .run(
                "INSERT INTO kyc_schema (version, applied_at) VALUES ($1, $2)",
                &[migration.version.into(), now.wall.into()],
            )
            .await
            .map_err(failed)?;
    }
    database.commit().await.map_err(failed)
}

/// A table of a file that is some other program's. In PostgreSQL the ledger has a schema of its own.
async fn foreign_table(database: &mut Database) -> Result<Option<String>, DbError> {
    if !matches!(database, Database::Sqlite(_)) {
        return Ok(None);
    }
    let sql =
        "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name <> 'kyc_schema', name LIMIT 1";
    let first = database.rows(sql, &[]).await?.into_iter().next();
    let name = first.and_then(|mut row| row.text("sqlite_schema.name").ok());
    Ok(name.filter(|name| name != "kyc_schema"))
}

/// Sees that the schema is the one that this release reads.
pub(crate) async fn check_version(database: &mut Database) -> Result<(), OpenError> {
    let known = latest();
    let what = |error: DbError| OpenError::NotALedger { what: error.to_string() };
    match version(database).await.map_err(what)? {
        found if found > known => Err(OpenError::Newer { found, known }),
        found if found < known => Err(OpenError::NotALedger {
            what: format!(
                "version {found} of the schema, which the service brings to {known} when it starts"
            ),
        }),
        _ => Ok(()),
    }
}

async fn version(database: &mut Database) -> Result<i64, DbError> {
    let rows = database.rows("SELECT COALESCE(MAX(version), 0) FROM kyc_schema", &[]).await?;
    let version = rows.into_iter().next().map(|mut row| row.int("kyc_schema.version"));
    version.and_then(Result::ok).ok_or_else(|| DbError::Failed("`kyc_schema` is not the ledger's".to_owned()))
}

fn latest() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

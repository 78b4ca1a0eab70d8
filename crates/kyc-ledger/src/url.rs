//! Where a ledger is kept.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use thiserror::Error;

/// Where a ledger is kept: `sqlite:PATH` or `postgres://USER@HOST/DATABASE`.
///
/// It prints without the password.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file of this machine, which one process at a time serves. A local disk: SQLite's locks need one.
    Sqlite(PathBuf),
    /// A PostgreSQL database, which any number of instances serve. The text is what libpq takes, as an address.
    Postgres(String),
}

/// Why a text is no address of a database. It never holds the text, which can hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DatabaseUrlError {
    /// Neither scheme.
    #[error("begins with neither `sqlite:` nor `postgres://`")]
    Scheme,
    /// No path.
    #[error("names no file")]
    NoPath,
    /// SQLite in memory, which would forget every intent.
    #[error("a ledger in memory would forget what was bought")]
    InMemory,
    /// Not an address that the PostgreSQL client takes.
    #[error("is no address of a PostgreSQL database")]
    Postgres,
}

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    fn from_str(text: &str) -> Result<Self, DatabaseUrlError> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return match path {
                "" => Err(DatabaseUrlError::NoPath),
                ":memory:" => Err(DatabaseUrlError::InMemory),
                path => Ok(Self::Sqlite(PathBuf::from(path))),
            };
        }
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            return Err(DatabaseUrlError::Scheme);
        }
        text.parse::<tokio_postgres::Config>().map_err(|_| DatabaseUrlError::Postgres)?;
        Ok(Self::Postgres(text.to_owned()))
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(text) => f.write_str(&without_password(text)),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The address with user, host and database only: a password can be a parameter too.
fn without_password(text: &str) -> String {
    let address = text.split(['?', '#']).next().unwrap_or_default();
    let (scheme, rest) = address.split_once("://").unwrap_or(("postgres", address));
    let (user, host) = rest.rsplit_once('@').unwrap_or(("", rest));
    match user.split(':').next() {
        None | Some("") => format!("{scheme}://{host}"),
        Some(user) => format!("{scheme}://{user}@{host}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_print_no_password() {
        for (text, shown) in [
            ("sqlite:kyc.db", "sqlite:kyc.db"),
            ("sqlite:///var/lib/kyc.db", "sqlite:/var/lib/kyc.db"),
            ("postgres://kyc@db.example.com/kyc", "postgres://kyc@db.example.com/kyc"),
            ("postgres://kyc:s3cret@db:5433/kyc?sslmode=require", "postgres://kyc@db:5433/kyc"),
            ("postgresql://db/kyc?user=kyc&password=s3cret", "postgresql://db/kyc"),
            ("postgres://kyc:s%40cret@db/kyc", "postgres://kyc@db/kyc"),
        ] {
            let url: DatabaseUrl = text.parse().unwrap();
            assert_eq!((url.to_string(), format!("{url:?}")), (shown.to_owned(), shown.to_owned()));
        }
    }

    #[test]
    fn what_is_no_address_is_refused_without_repeating_it() {
        for (text, error) in [
            ("kyc.db", DatabaseUrlError::Scheme),
            ("mysql://db/kyc", DatabaseUrlError::Scheme),
            ("sqlite:", DatabaseUrlError::NoPath),
            ("sqlite::memory:", DatabaseUrlError::InMemory),
            ("postgres://db:notaport/kyc", DatabaseUrlError::Postgres),
        ] {
            assert_eq!(text.parse::<DatabaseUrl>().unwrap_err(), error, "{text}");
        }
    }
}

//! Where a secret is, and fetching it from there.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use thiserror::Error;
use zeroize::Zeroizing;

/// Longer than any secret, and short enough to read a wrong file in vain.
const MAX_BYTES: u64 = 4096;

/// Where a secret is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretSource {
    /// In a variable of the environment.
    Variable(String),
    /// In a file, alone; white space around it does not count.
    File(PathBuf),
}

/// Why a secret cannot be had. It never holds the secret.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SecretError {
    /// The variable is not set.
    #[error("the variable `{0}` is not set")]
    NotSet(String),
    /// The file cannot be read.
    #[error("cannot read `{path}`: {error}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// Nothing but white space.
    #[error("{0} is empty")]
    Empty(SecretSource),
    /// Not UTF-8, or longer than 4 KiB.
    #[error("{0} holds no secret: it is longer than 4 KiB, or no text")]
    NoText(SecretSource),
}

impl SecretSource {
    /// Fetches the secret.
    ///
    /// # Errors
    ///
    /// The variable is not set, the file cannot be read, or there is no secret in it.
    pub fn fetch(&self) -> Result<Zeroizing<String>, SecretError> {
        let text = match self {
            Self::Variable(name) => {
                let value = std::env::var_os(name).ok_or_else(|| SecretError::NotSet(name.clone()))?;
                Zeroizing::new(value.into_string().map_err(|_| SecretError::NoText(self.clone()))?)
            }
            Self::File(path) => {
                let unreadable = |error| SecretError::Unreadable { path: path.clone(), error };
                // Growing a buffer would leave copies behind.
                let mut bytes = Zeroizing::new(Vec::with_capacity(4096 + 64));
                let file = File::open(path).map_err(unreadable)?;
                file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
                let text = std::str::from_utf8(&bytes).map_err(|_| SecretError::NoText(self.clone()))?;
                Zeroizing::new(text.to_owned())
            }
        };
        if u64::try_from(text.len()).is_ok_and(|length| length > MAX_BYTES) {
            return Err(SecretError::NoText(self.clone()));
        }
        match text.trim() {
            "" => Err(SecretError::Empty(self.clone())),
            secret => Ok(Zeroizing::new(secret.to_owned())),
        }
    }
}

impl fmt::Display for SecretSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable(name) => write!(f, "the variable `{name}`"),
            Self::File(path) => write!(f, "`{}`", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn secrets_come_from_where_they_are_and_errors_hold_none() {
        let folder = tempfile::tempdir().unwrap();
        let at = |text: &[u8]| {
            let path = folder.path().join("secret");
            fs::write(&path, text).unwrap();
            SecretSource::File(path).fetch()
        };
        assert_eq!(*at(b" s3cret\n").unwrap(), "s3cret");
        assert!(matches!(at(b"\n"), Err(SecretError::Empty(_))));
        for bad in [b"\xff\xfe".to_vec(), vec![b's'; 4097]] {
            let error = at(&bad).unwrap_err();
            assert!(matches!(error, SecretError::NoText(_)), "{error}");
            assert!(!format!("{error} {error:?}").contains("sss"));
        }
        let missing = SecretSource::File(folder.path().join("none")).fetch().unwrap_err();
        assert!(missing.to_string().contains("none"), "{missing}");
        let unset = SecretSource::Variable("KYC_TEST_NOT_SET".into()).fetch().unwrap_err();
        assert_eq!(unset.to_string(), "the variable `KYC_TEST_NOT_SET` is not set");
    }
}

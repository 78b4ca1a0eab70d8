//! The callers of a ledger.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use subtle::ConstantTimeEq as _;

use super::{ApiKeyText, Caller, CallerKey, KeyName, NewCaller};
use crate::LedgerError;
use crate::commands::{AddCaller, AllCallers, RevokeCaller};
use crate::work::{Queue, Reader};

/// After this a key that was made or revoked elsewhere is known here.
const FRESH: Duration = Duration::from_secs(2);
/// How long keys that were read hold while the database cannot be used.
const STALE: Duration = Duration::from_mins(1);

/// The callers of a ledger, and their keys.
///
/// Keys are read at most every two seconds, so one that is revoked is in force for as long on other instances; while the
/// database cannot be used, those that were read last hold for a minute.
pub struct Callers {
    queue: Arc<Queue>,
    reader: Arc<Reader>,
    read: Mutex<Option<Read>>,
    /// Held by whoever reads the keys anew.
    reading: tokio::sync::Mutex<()>,
}

/// The keys in force, and when they were read.
#[derive(Clone)]
struct Read {
    at: Instant,
    keys: Arc<HashMap<String, (Caller, [u8; 32])>>,
}

impl Callers {
    pub(crate) fn new(queue: Arc<Queue>, reader: Arc<Reader>) -> Self {
        Self { queue, reader, read: Mutex::default(), reading: tokio::sync::Mutex::default() }
    }

    /// Makes a key for a caller. It is shown this once, and only its hash is kept.
    pub async fn add(&self, new: NewCaller) -> Result<ApiKeyText, LedgerError> {
        let no_randomness = |error: getrandom::Error| LedgerError::Unavailable { reason: error.to_string() };
        let key = ApiKeyText::generate().map_err(no_randomness)?;
        self.queue.insist(AddCaller { name: key.name().clone(), hash: key.hash(), new }).await?;
        self.forget();
        Ok(key)
    }

    /// All keys that were ever made, oldest first.
    pub async fn list(&self) -> Result<Vec<CallerKey>, LedgerError> {
        Ok(self.reader.ask(AllCallers).await?.into_iter().map(|(key, _)| key).collect())
    }

    /// Takes a key out of force.
    ///
    /// # Errors
    ///
    /// [`LedgerError::NoKey`] if there is none of this name in force.
    pub async fn revoke(&self, name: &str) -> Result<(), LedgerError> {
        self.queue.insist(RevokeCaller(name.to_owned())).await?;
        self.forget();
        Ok(())
    }

    /// Whose key somebody shows; nobody's if it is not in force.
    pub async fn authenticate(&self, presented: &str) -> Result<Option<Caller>, LedgerError> {
        let Ok(key) = ApiKeyText::read(presented) else { return Ok(None) };
        let keys = self.in_force().await?;
        let Some((caller, hash)) = keys.get(key.name().as_str()) else { return Ok(None) };
        Ok(bool::from(key.hash().ct_eq(hash)).then(|| caller.clone()))
    }

    /// Whether any key is in force.
    pub async fn is_any_in_force(&self) -> Result<bool, LedgerError> {
        Ok(!self.in_force().await?.is_empty())
    }

    async fn in_force(&self) -> Result<Arc<HashMap<String, (Caller, [u8; 32])>>, LedgerError> {
        let known = self.known();
        if let Some(read) = known.as_ref().filter(|read| read.at.elapsed() < FRESH) {
            return Ok(Arc::clone(&read.keys));
        }
        let usable = known.filter(|read| read.at.elapsed() < STALE);
        // One reads; the others go on with what there is.
        let _reading = match (self.reading.try_lock(), &usable) {
            (Ok(reading), _) => reading,
            (Err(_), Some(read)) => return Ok(Arc::clone(&read.keys)),
            (Err(_), None) => self.reading.lock().await,
        };
        if let Some(read) = self.known().filter(|read| read.at.elapsed() < FRESH) {
            return Ok(read.keys);
        }
        let at = Instant::now();
        match (self.reader.ask(AllCallers).await, usable) {
            (Ok(all), _) => {
                let in_force = all.into_iter().filter(|(key, _)| key.revoked_at.is_none());
                let keys = in_force.map(|(key, hash)| {
                    let KeyName(name) = key.name;
                    (name, (key.caller, hash))
                });
                let read = Read { at, keys: Arc::new(keys.collect()) };
                *self.read.lock().unwrap_or_else(PoisonError::into_inner) = Some(read.clone());
                Ok(read.keys)
            }
            (Err(error), Some(read)) => {
                tracing::warn!(%error, "callers' keys cannot be read; those that were read last hold");
                Ok(read.keys)
            }
            (Err(error), None) => Err(error),
        }
    }

    fn known(&self) -> Option<Read> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Has the keys read anew before the next one is looked for.
    fn forget(&self) {
        *self.read.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl fmt::Debug for Callers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callers").finish_non_exhaustive()
    }
}

//! New policies without a restart. Whatever happens to the folder, a set is in force that was checked as a whole: the new
//! one, or the last good one.
//!
//! The folder is looked at when the system hints at a change, on SIGHUP, and now and then. A look waits until the files
//! have been at rest for a moment, and one that saw them change under its eyes is taken again. Files should be replaced
//! by renaming: the beginning of a policy that is written slowly may be a policy too.

mod events;
mod load;
mod signature;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use metrics::{counter, gauge};
use tokio::time::{Instant, sleep};
use tracing::{info, warn};

pub use load::{NotTaken, check, load};

use crate::engine::{Accounts, PolicySet};
use events::Events;
use signature::Signature;

/// How long files have to be at rest before they are read.
const REST: Duration = Duration::from_millis(200);
/// How long is waited for files to come to rest.
const UNREST: Duration = Duration::from_secs(5);
/// How often the folder is looked at without a hint: network file systems give none.
const NOW_AND_THEN: Duration = Duration::from_secs(30);

/// What reloads the policies.
pub struct Reload {
    folder: PathBuf,
    accounts: Accounts,
    events: Events,
    /// The digest of the set in force.
    in_force: [u8; 32],
    /// The files of the last look, if they could be listed.
    seen: Option<Signature>,
}

/// What became of a look at files that have changed.
#[derive(Debug)]
pub enum News {
    /// There is a new set, to be put in force.
    Replaced(PolicySet),
    /// The files have changed, and the policies have not.
    Unchanged,
    /// The folder has mistakes: the last good set stays in force.
    Refused {
        /// When they were found.
        at: Timestamp,
        /// How many; 0 if the folder cannot be read at all.
        mistakes: usize,
    },
}

impl Reload {
    /// Loads the policies of `folder` for the first time, and is ready to load them again. It takes a while and reads
    /// files: not for a thread that answers requests.
    ///
    /// # Errors
    ///
    /// Why the folder is not taken, with every mistake.
    pub fn begin(folder: &Path, accounts: &Accounts) -> Result<(Self, PolicySet), NotTaken> {
        // Watching and the signature come first: what changes from here on is noticed.
        let mut events = Events::new(folder);
        events.follow();
        let seen = Signature::of(folder).ok();
        let set = load(folder, accounts)?;
        told(&set);
        gauge!("kyc_reload_refused").set(0.0);
        let (folder, accounts) = (folder.to_owned(), accounts.clone());
        Ok((Self { folder, accounts, events, in_force: *set.digest(), seen }, set))
    }

    /// Looks whenever there is a reason, and gives the news to `tell`. It never ends by itself.
    ///
    /// # Errors
    ///
    /// The signal cannot be waited for.
    pub async fn run(mut self, tell: impl Fn(News)) -> std::io::Result<()> {
        let mut hangup = Hangup::new()?;
        loop {
            let is_asked = tokio::select! {
                () = hangup.recv() => true,
                () = self.events.hint() => false,
                () = sleep(NOW_AND_THEN) => false,
            };
            if let Some(news) = self.look(is_asked).await {
                tell(news);
            }
            self.events.follow();
        }
    }

    /// Looks once; at files that have not changed only if asked to.
    pub async fn look(&mut self, is_asked: bool) -> Option<News> {
        let files = at_rest(&self.folder).await;
        // A folder that is still gone is told of once: the log itself may lie beside it, and each line is a hint.
        if !is_asked && files == self.seen {
            return None;
        }
        let begun = Instant::now();
        let loaded = loop {
            let before = signature(&self.folder).await;
            let (folder, accounts) = (self.folder.clone(), self.accounts.clone());
            let loaded = tokio::task::spawn_blocking(move || load(&folder, &accounts)).await;
            self.seen = signature(&self.folder).await;
            if self.seen == before || begun.elapsed() > UNREST {
                break loaded;
            }
            at_rest(&self.folder).await;
        };
        Some(match loaded {
            Ok(Ok(set)) if *set.digest() == self.in_force => {
                taken("unchanged");
                News::Unchanged
            }
            Ok(Ok(set)) => {
                self.in_force = *set.digest();
                told(&set);
                taken("replaced");
                info!(policies = set.registry().len(), "the policies were replaced");
                News::Replaced(set)
            }
            Ok(Err(error)) => refused(&error, error.count()),
            // It panicked, and the log tells where; the next change is another try.
            Err(_) => refused(&"the check of the policies has a mistake of its own", 0),
        })
    }
}

impl std::fmt::Debug for Reload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reload").field("folder", &self.folder).finish_non_exhaustive()
    }
}

fn taken(outcome: &'static str) {
    gauge!("kyc_reload_refused").set(0.0);
    counter!("kyc_reloads_total", "outcome" => outcome).increment(1);
}

fn refused(why: &dyn std::fmt::Display, mistakes: usize) -> News {
    gauge!("kyc_reload_refused").set(1.0);
    counter!("kyc_reloads_total", "outcome" => "refused").increment(1);
    warn!(mistakes, %why, "the policies on disk are refused; the last good ones stay in force");
    News::Refused { at: Timestamp::now(), mistakes }
}

/// Tells which set is in force.
fn told(set: &PolicySet) {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a figure for people; it is exact far beyond any folder and any year"
    )]
    {
        gauge!("kyc_policies").set(set.registry().len() as f64);
        gauge!("kyc_policies_loaded_timestamp_seconds").set(Timestamp::now().as_second() as f64);
    }
}

/// The files once they have been at rest, or as they are after a while of unrest.
async fn at_rest(folder: &Path) -> Option<Signature> {
    let begun = Instant::now();
    let mut before = signature(folder).await;
    loop {
        sleep(REST).await;
        let now = signature(folder).await;
        if now == before || begun.elapsed() > UNREST {
            return now;
        }
        before = now;
    }
}

async fn signature(folder: &Path) -> Option<Signature> {
    let folder = folder.to_owned();
    tokio::task::spawn_blocking(move || Signature::of(&folder).ok()).await.ok().flatten()
}

/// SIGHUP, by which operators ask for a look.
#[cfg(unix)]
struct Hangup(tokio::signal::unix::Signal);

#[cfg(unix)]
impl Hangup {
    fn new() -> std::io::Result<Self> {
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).map(Self)
    }

    async fn recv(&mut self) {
        if self.0.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
    }
}

/// There is no such signal here.
#[cfg(not(unix))]
struct Hangup;

#[cfg(not(unix))]
impl Hangup {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn recv(&mut self) {
        std::future::pending::<()>().await;
    }
}

#[cfg(test)]
mod tests;

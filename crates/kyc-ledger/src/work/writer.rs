//! The writer: everything that waits is carried out in one transaction and made durable by one commit.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use metrics::{counter, histogram};
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use super::batch::{Left, Work};
use super::command::{AnyCommand, Stop};
use super::open::{Shared, last_row};
use crate::LedgerError;
use crate::db::{Checkpointer, Database, DbError, Serving};
use crate::history::ChainState;

/// How often a transaction is tried that the database gave up or lost.
const ATTEMPTS: u32 = 3;
/// How long the outcome of a commit is looked for after the connection was lost in it.
const RESOLVING: Duration = Duration::from_secs(10);
/// The pause after a connection that could not be made; it doubles up to [`MAX_PAUSE`].
const MIN_PAUSE: Duration = Duration::from_millis(50);
const MAX_PAUSE: Duration = Duration::from_secs(2);

pub(super) struct Writer {
    database: Database,
    shared: Arc<Shared>,
    /// Where the chain of this instance stands, as far as it is durable.
    chain: ChainState,
    policies: HashSet<[u8; 32]>,
    head: watch::Sender<ChainState>,
    connection: Connection,
    /// Ends before the right to serve the file is given back.
    _checkpointer: Option<Checkpointer>,
    _serving: Option<Serving>,
}

/// Whether the connection can be used.
enum Connection {
    Up,
    /// Not before then is it tried again.
    Down {
        since: String,
        until: Instant,
        pause: Duration,
    },
    /// Another process has taken the instance over.
    Superseded,
}

/// Why a transaction is not durable.
enum Failure {
    /// It can be tried again: nothing of it is durable.
    Again(String),
    /// Something in it fails.
    Failed(Stop),
    /// The database cannot be used; nothing of it is durable.
    Unavailable(LedgerError),
    /// It is durable completely or not at all, and nobody knows which.
    Uncertain,
}

type Verdicts = Vec<Option<LedgerError>>;

impl Writer {
    pub(super) fn new(
        database: Database,
        shared: Arc<Shared>,
        chain: ChainState,
        checkpointer: Option<Checkpointer>,
        serving: Option<Serving>,
    ) -> Self {
        let head = watch::Sender::new(chain.clone());
        let policies = HashSet::new();
        Self {
            database,
            shared,
            chain,
            policies,
            head,
            connection: Connection::Up,
            _checkpointer: checkpointer,
            _serving: serving,
        }
    }

    pub(super) fn head(&self) -> watch::Receiver<ChainState> {
        self.head.subscribe()
    }

    /// Carries out commands and answers them. What one of them runs into is no other's trouble.
    pub(super) async fn carry_out(&mut self, mut batch: Vec<Box<dyn AnyCommand>>) {
        batch.retain(|command| !command.is_abandoned());
        if batch.is_empty() {
            return;
        }
        match self.transact(&mut batch).await {
            Ok(verdicts) => answer(batch, verdicts),
            Err(Failure::Failed(_)) if batch.len() > 1 => {
                for command in batch {
                    let mut alone = vec![command];
                    match self.transact(&mut alone).await {
                        Ok(verdicts) => answer(alone, verdicts),
                        Err(failure) => refuse(alone, &failure),
                    }
                }
            }
            Err(failure) => refuse(batch, &failure),
        }
    }

    async fn transact(&mut self, batch: &mut [Box<dyn AnyCommand>]) -> Result<Verdicts, Failure> {
        let begun = Instant::now();
        let done = self.try_often(batch).await;
        count(begun, batch.len(), done.is_ok());
        done
    }

    async fn try_often(&mut self, batch: &mut [Box<dyn AnyCommand>]) -> Result<Verdicts, Failure> {
        let mut reason = String::new();
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                sleep(MIN_PAUSE * 4_u32.pow(attempt - 1)).await;
            }
            match self.try_once(batch).await {
                Err(Failure::Again(why)) => reason = why,
                result => return result,
            }
        }
        Err(Failure::Unavailable(LedgerError::Unavailable { reason }))
    }

    async fn try_once(&mut self, batch: &mut [Box<dyn AnyCommand>]) -> Result<Verdicts, Failure> {
        self.connect().await?;
        let now = match self.database.begin().await {
            Ok(now) => now,
            Err(error) => return Err(self.failed(error).await),
        };
        match self.is_superseded().await {
            Ok(false) => {}
            Ok(true) => {
                self.connection = Connection::Superseded;
                return Err(self.failed(DbError::Failed(String::new())).await);
            }
            Err(error) => return Err(self.failed(error).await),
        }
        let mut work = Work::new(&mut self.database, &self.shared, now, self.chain.clone(), &self.policies);
        let mut verdicts = Vec::with_capacity(batch.len());
        let alone = batch.len() == 1;
        for command in batch {
            let before = work.writes();
            match command.run(&mut work).await {
                Ok(()) => verdicts.push(None),
                Err(Stop::Refused(error)) if work.writes() == before => verdicts.push(Some(error)),
                Err(Stop::Refused(error)) if alone => {
                    self.undo().await;
                    return Ok(vec![Some(error)]);
                }
                Err(stop @ Stop::Refused(_)) => {
                    self.undo().await;
                    return Err(Failure::Failed(stop));
                }
                Err(Stop::Database(error)) => return Err(self.failed(error).await),
            }
        }
        let left = work.leave();
        if let Err(error) = self.database.flush().await {
            return Err(self.failed(error).await);
        }
        match self.database.commit().await {
            Ok(()) => {
                self.accept(left);
                Ok(verdicts)
            }
            Err(error) => self.resolve(left, error).await.map(|()| verdicts),
        }
    }

    /// Undoes the transaction because of an error, and says what becomes of it.
    async fn failed(&mut self, error: DbError) -> Failure {
        if matches!(self.connection, Connection::Superseded) {
            self.undo().await;
            return Failure::Unavailable(self.superseded());
        }
        match error {
            DbError::Lost(reason) => {
                self.lost(reason.clone());
                Failure::Again(reason)
            }
            DbError::Again(reason) => {
                self.undo().await;
                Failure::Again(reason)
            }
            error @ DbError::Failed(_) => {
                self.undo().await;
                Failure::Failed(Stop::Database(error))
            }
        }
    }

    async fn undo(&mut self) {
        if let Err(error) = self.database.rollback().await {
            self.lost(error.to_string());
        }
    }

    /// Makes what a transaction left behind the state of the writer: it is durable.
    fn accept(&mut self, left: Left) {
        self.policies.extend(left.policies);
        if self.chain != left.chain {
            self.chain = left.chain;
            self.head.send_replace(self.chain.clone());
        }
        if left.erased {
            // It is erased from the tables in any case; what is left in other files goes with time.
            if let Err(error) = self.database.forget() {
                tracing::warn!(%error, "what was erased is not yet gone from all files of the database");
            }
        }
    }

    /// Finds out whether a commit that failed is durable: the chain in the database tells.
    async fn resolve(&mut self, left: Left, error: DbError) -> Result<(), Failure> {
        let reason = error.to_string();
        tracing::warn!(reason, "a commit failed; looking whether it is durable");
        let before = self.chain.clone();
        self.lost(reason.clone());
        let end = Instant::now() + RESOLVING;
        loop {
            match self.reconnect().await {
                Ok(()) if left.chain == before || self.chain == before => return Err(Failure::Again(reason)),
                Ok(()) if self.chain == left.chain => {
                    self.accept(left);
                    return Ok(());
                }
                Ok(()) => return Err(Failure::Uncertain),
                Err(_) if matches!(self.connection, Connection::Superseded) => {
                    return Err(Failure::Uncertain);
                }
                Err(_) if Instant::now() >= end => return Err(Failure::Uncertain),
                Err(_) => sleep(MIN_PAUSE * 4).await,
            }
        }
    }

    fn lost(&mut self, reason: String) {
        if !matches!(self.connection, Connection::Superseded) {
            self.connection = Connection::Down { since: reason, until: Instant::now(), pause: MIN_PAUSE };
        }
    }

    /// Sees that there is a connection.
    async fn connect(&mut self) -> Result<(), Failure> {
        match &self.connection {
            Connection::Up => Ok(()),
            Connection::Superseded => Err(Failure::Unavailable(self.superseded())),
            Connection::Down { since, until, .. } if *until > Instant::now() => {
                Err(Failure::Unavailable(LedgerError::Unavailable { reason: since.clone() }))
            }
            Connection::Down { .. } => self.reconnect().await,
        }
    }

    /// Makes a connection in place of the one that was lost, and reads where the chain stands.
    async fn reconnect(&mut self) -> Result<(), Failure> {
        let pause = match &self.connection {
            Connection::Down { pause, .. } => *pause,
            Connection::Up | Connection::Superseded => MIN_PAUSE,
        };
        match self.read_chain_anew().await {
            Ok(true) => {
                tracing::info!("the database can be used again");
                self.connection = Connection::Up;
                Ok(())
            }
            Ok(false) => {
                self.connection = Connection::Superseded;
                Err(Failure::Unavailable(self.superseded()))
            }
            Err(error) => {
                let since = error.to_string();
                self.connection = Connection::Down {
                    since: since.clone(),
                    until: Instant::now() + pause,
                    pause: MAX_PAUSE.min(pause * 2),
                };
                Err(Failure::Again(since))
            }
        }
    }

    /// Reads where the chain stands once nothing of this instance is under way; false if it is another's by now.
    async fn read_chain_anew(&mut self) -> Result<bool, DbError> {
        self.database.reconnect().await?;
        self.database.begin().await?;
        if self.is_superseded().await? {
            self.database.rollback().await?;
            return Ok(false);
        }
        let last = last_row(&mut self.database, self.shared.options.instance.as_str()).await?;
        self.database.rollback().await?;
        let last = last.ok().flatten().filter(|last| last.epoch == self.shared.epoch);
        let last = last.ok_or_else(|| DbError::Failed("the history of this instance is gone".to_owned()))?;
        (self.chain.seq, self.chain.mac) = (last.seq, last.mac);
        self.policies.clear();
        Ok(true)
    }

    async fn is_superseded(&mut self) -> Result<bool, DbError> {
        let instance = self.shared.options.instance.as_str();
        let rows =
            self.database.rows("SELECT epoch FROM instances WHERE instance = $1", &[instance.into()]).await?;
        let epoch = rows.into_iter().next().and_then(|mut row| row.int("instances.epoch").ok());
        Ok(epoch != Some(self.shared.epoch))
    }

    fn superseded(&self) -> LedgerError {
        LedgerError::Superseded { instance: self.shared.options.instance.to_string() }
    }
}

/// Counts one transaction, however often it was tried.
fn count(begun: Instant, commands: usize, is_durable: bool) {
    let outcome = if is_durable { "durable" } else { "failed" };
    histogram!("kyc_ledger_commit_seconds", "outcome" => outcome).record(begun.elapsed().as_secs_f64());
    counter!("kyc_ledger_commands_total", "outcome" => outcome).increment(commands as u64);
}

fn answer(batch: Vec<Box<dyn AnyCommand>>, verdicts: Verdicts) {
    for (command, verdict) in batch.into_iter().zip(verdicts) {
        match verdict {
            None => command.answer(),
            Some(error) => command.refuse(error),
        }
    }
}

fn refuse(batch: Vec<Box<dyn AnyCommand>>, failure: &Failure) {
    let error = match failure {
        Failure::Again(reason) => LedgerError::Unavailable { reason: reason.clone() },
        Failure::Failed(Stop::Database(error)) => LedgerError::Unavailable { reason: error.to_string() },
        Failure::Failed(Stop::Refused(error)) | Failure::Unavailable(error) => error.clone(),
        Failure::Uncertain => LedgerError::Uncertain,
    };
    for command in batch {
        command.refuse(error.clone());
    }
}

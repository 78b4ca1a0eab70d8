//! Commands: what is done in one piece, or not at all.

use std::future::Future;
use std::pin::Pin;

use tokio::sync::oneshot;

use super::Work;
use crate::LedgerError;
use crate::db::{Damaged, DbError};

/// Something to be done in a transaction, together with others that know nothing of it.
///
/// It may be run several times until one run is committed, so all that it does is done through [`Work`].
pub(crate) trait Command: Send + 'static {
    /// What it answers once it is durable.
    type Reply: Send + 'static;

    /// Whether it is done even if nobody waits for its answer any more.
    const UNHEARD: bool = true;

    /// Does it.
    fn run(&self, work: &mut Work<'_>) -> impl Future<Output = Result<Self::Reply, Stop>>;
}

/// Why a command was not done.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The database did not do what it was told.
    Database(DbError),
    /// A rule forbids it.
    Refused(LedgerError),
}

impl From<DbError> for Stop {
    fn from(error: DbError) -> Self {
        Self::Database(error)
    }
}

impl From<LedgerError> for Stop {
    fn from(error: LedgerError) -> Self {
        Self::Refused(error)
    }
}

impl From<Damaged> for Stop {
    fn from(damaged: Damaged) -> Self {
        Self::Refused(damaged.into())
    }
}

/// A command of any kind, with whoever waits for its answer.
pub(crate) trait AnyCommand: Send {
    /// Runs it and keeps the answer back.
    fn run<'a>(&'a mut self, work: &'a mut Work<'_>) -> Pin<Box<dyn Future<Output = Result<(), Stop>> + 'a>>;

    /// Gives the answer that was kept back.
    fn answer(self: Box<Self>);

    /// Says why there is none.
    fn refuse(self: Box<Self>, error: LedgerError);

    /// Whether nobody waits for the answer, and it need not be done.
    fn is_abandoned(&self) -> bool;
}

pub(crate) struct Waiting<C: Command> {
    command: C,
    reply: Option<C::Reply>,
    to: oneshot::Sender<Result<C::Reply, LedgerError>>,
}

impl<C: Command> Waiting<C> {
    pub(crate) fn new(command: C) -> (Self, oneshot::Receiver<Result<C::Reply, LedgerError>>) {
        let (to, answer) = oneshot::channel();
        (Self { command, reply: None, to }, answer)
    }
}

impl<C: Command> AnyCommand for Waiting<C> {
    fn run<'a>(&'a mut self, work: &'a mut Work<'_>) -> Pin<Box<dyn Future<Output = Result<(), Stop>> + 'a>> {
        Box::pin(async {
            self.reply = Some(self.command.run(work).await?);
            Ok(())
        })
    }

    fn answer(self: Box<Self>) {
        if let Some(reply) = self.reply {
            // Whoever asked may have gone away.
            let _gone = self.to.send(Ok(reply));
        }
    }

    fn refuse(self: Box<Self>, error: LedgerError) {
        let _gone = self.to.send(Err(error));
    }

    fn is_abandoned(&self) -> bool {
        !C::UNHEARD && self.to.is_closed()
    }
}

//! Reading, beside the writer and on a connection of its own.

use std::future::Future;
use std::pin::Pin;

use tokio::sync::{mpsc, oneshot};

use super::Stop;
use super::queue::in_a_thread;
use crate::db::{Database, DbError, check_version};
use crate::{DatabaseUrl, LedgerError, LedgerOptions, OpenError};

/// How many questions wait at most.
const WAITING: usize = 1024;

/// Something to be read. It sees what was committed when it began, statement by statement.
pub(crate) trait Query: Send + 'static {
    /// What it finds.
    type Reply: Send + 'static;

    /// Reads it. It may be run twice.
    fn run(&self, database: &mut Database) -> impl Future<Output = Result<Self::Reply, Stop>>;
}

trait AnyQuery: Send {
    /// Reads and answers; an error is one of a connection that is lost.
    fn run<'a>(
        &'a mut self,
        database: &'a mut Database,
    ) -> Pin<Box<dyn Future<Output = Result<(), DbError>> + 'a>>;

    fn refuse(self: Box<Self>, error: LedgerError);
}

struct Asked<Q: Query> {
    query: Q,
    to: Option<oneshot::Sender<Result<Q::Reply, LedgerError>>>,
}

impl<Q: Query> AnyQuery for Asked<Q> {
    fn run<'a>(
        &'a mut self,
        database: &'a mut Database,
    ) -> Pin<Box<dyn Future<Output = Result<(), DbError>> + 'a>> {
        Box::pin(async {
            let reply = match self.query.run(database).await {
                Ok(reply) => Ok(reply),
                Err(Stop::Refused(error)) => Err(error),
                Err(Stop::Database(DbError::Failed(reason))) => Err(LedgerError::Unavailable { reason }),
                Err(Stop::Database(error)) => return Err(error),
            };
            if let Some(to) = self.to.take() {
                // Whoever asked may have gone away.
                let _gone = to.send(reply);
            }
            Ok(())
        })
    }

    fn refuse(self: Box<Self>, error: LedgerError) {
        if let Some(to) = self.to {
            let _gone = to.send(Err(error));
        }
    }
}

/// The way to the connection that reads.
pub(crate) struct Reader(mpsc::Sender<Box<dyn AnyQuery>>);

impl Reader {
    /// Connects in a thread of its own.
    pub(crate) async fn begin(url: DatabaseUrl, options: LedgerOptions) -> Result<Self, OpenError> {
        let (queries, mut asked) = mpsc::channel::<Box<dyn AnyQuery>>(WAITING);
        let (tell, told) = oneshot::channel();
        in_a_thread("kyc-ledger-read", async move || {
            let mut database = match Database::open_to_read(&url, &options).await {
                Ok(database) => database,
                Err(error) => return drop(tell.send(Err(error))),
            };
            if let Err(error) = check_version(&mut database).await {
                return drop(tell.send(Err(error)));
            }
            let _gone = tell.send(Ok(()));
            while let Some(query) = asked.recv().await {
                answer(&mut database, query).await;
            }
        })?;
        let ended_early = || OpenError::Unavailable { reason: "the thread of the ledger ended".to_owned() };
        told.await.map_err(|_| ended_early())??;
        Ok(Self(queries))
    }

    pub(crate) async fn ask<Q: Query>(&self, query: Q) -> Result<Q::Reply, LedgerError> {
        let (to, answer) = oneshot::channel();
        self.0.try_send(Box::new(Asked { query, to: Some(to) })).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => LedgerError::Overloaded,
            mpsc::error::TrySendError::Closed(_) => LedgerError::ShutDown,
        })?;
        answer.await.unwrap_or(Err(LedgerError::ShutDown))
    }
}

/// Reads once more on a new connection if the first is lost.
async fn answer(database: &mut Database, mut query: Box<dyn AnyQuery>) {
    let Err(first) = query.run(database).await else { return };
    if matches!(first, DbError::Lost(_))
        && let Err(error) = database.reconnect().await
    {
        return query.refuse(LedgerError::Unavailable { reason: error.to_string() });
    }
    if let Err(error) = query.run(database).await {
        query.refuse(LedgerError::Unavailable { reason: error.to_string() });
    }
}

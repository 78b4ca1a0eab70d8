//! Waiting for the call of a twin: told at once if it is made in this process, by looking now and then if it is not.

use std::time::Duration;

use kyc_ledger::{SessionId, State};
use tokio::time::{Instant, sleep, timeout_at};

use super::answer::in_progress;
use super::caller::Caller;
use super::code::Code;
use super::gate::ledger_failed;
use super::problem::Problem;
use super::reply::Reply;
use super::running::Parts;

/// The pause before another look, which doubles from the first to the longest.
const FIRST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_millis(500);

impl Parts {
    /// The answer of the call for this session, or that it is in progress at `until`.
    pub(super) async fn wait_for(
        &self,
        id: SessionId,
        caller: &Caller,
        until: Instant,
    ) -> Result<Reply, Problem> {
        let mut pause = FIRST;
        loop {
            let next = Instant::now() + pause;
            let is_told = tokio::select! {
                biased;
                () = self.closing.cancelled() => return Err(stopping(id)),
                told = timeout_at(until, self.flights.end_of(id)) => told.unwrap_or(false),
            };
            let session = self.ledger.session(id).await.map_err(|error| ledger_failed(&error))?;
            let Some(session) = session else {
                return Err(Problem::new(Code::Internal, "a claimed session is not there").of_session(id));
            };
            if session.state != State::Intended {
                return self.answer(&session, caller).await;
            }
            if Instant::now() >= until {
                return Err(in_progress(id));
            }
            // Told of an end that is not in the ledger: its outcome could not be recorded yet.
            let next = if is_told { Instant::now() + pause } else { next };
            tokio::select! {
                biased;
                () = self.closing.cancelled() => return Err(stopping(id)),
                () = sleep(next.min(until).saturating_duration_since(Instant::now())) => {}
            }
            pause = LONGEST.min(pause * 2);
        }
    }
}

fn stopping(id: SessionId) -> Problem {
    Problem::new(Code::ShuttingDown, "the service is stopping while the call for this key is under way")
        .of_session(id)
        .retry_after(Duration::from_secs(1))
}

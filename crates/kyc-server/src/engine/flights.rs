//! The calls that are under way in this process, so that twins of a request learn at once when one has ended.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kyc_ledger::SessionId;
use tokio::sync::watch;

type Ends = HashMap<SessionId, watch::Receiver<()>>;

/// The calls that are under way in this process.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flights(Arc<Mutex<Ends>>);

/// A call under way: it has ended when this is dropped, however that comes.
#[derive(Debug)]
pub(crate) struct Flight {
    flights: Flights,
    id: SessionId,
    /// Whoever waits hears that it is gone.
    _under_way: watch::Sender<()>,
}

impl Flights {
    /// A call begins.
    pub(crate) fn begin(&self, id: SessionId) -> Flight {
        let (under_way, end) = watch::channel(());
        self.lock().insert(id, end);
        Flight { flights: self.clone(), id, _under_way: under_way }
    }

    /// Waits for the end of a call. Says `false` at once if it is not under way in this process.
    pub(crate) async fn end_of(&self, id: SessionId) -> bool {
        let end = self.lock().get(&id).cloned();
        match end {
            Some(mut end) => {
                // Nothing is ever sent, so this ends when the sender is gone.
                while end.changed().await.is_ok() {}
                true
            }
            None => false,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Ends> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.flights.lock().remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn all_who_wait_hear_of_the_end() {
        let (flights, id) = (Flights::default(), SessionId::new());
        let flight = flights.begin(id);
        let mut waiting = [Box::pin(flights.end_of(id)), Box::pin(flights.end_of(id))];
        assert!(waiting.iter_mut().all(|one| one.now_or_never().is_none()));
        drop(flight);
        for one in waiting {
            assert!(one.await);
        }
    }

    #[tokio::test]
    async fn a_call_of_another_process_is_not_waited_for() {
        let (flights, id) = (Flights::default(), SessionId::new());
        assert!(!flights.end_of(id).await);
        drop(flights.begin(id));
        assert!(!flights.end_of(id).await);
    }
}

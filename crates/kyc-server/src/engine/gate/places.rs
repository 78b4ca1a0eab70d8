//! Only so many calls at once, and only so many that wait for one of them to end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

/// Places for calls, with a queue before them.
#[derive(Debug)]
pub(crate) struct Places {
    free: Arc<Semaphore>,
    waiting: AtomicUsize,
    queue: usize,
}

/// A place, free again when dropped.
pub(crate) type Place = OwnedSemaphorePermit;

/// There is no place, and none to wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Full {
    /// As many wait as may.
    Queue,
    /// None became free in time.
    Time,
}

impl Places {
    pub(crate) fn new(places: usize, queue: usize) -> Self {
        let free = Arc::new(Semaphore::new(places.clamp(1, Semaphore::MAX_PERMITS)));
        Self { free, waiting: AtomicUsize::new(0), queue }
    }

    /// Whether whoever comes now would have to wait.
    pub(crate) fn is_full(&self) -> bool {
        self.free.available_permits() == 0
    }

    /// Takes a place, after whoever waits for one already, or gives up at `until`.
    pub(crate) async fn take(&self, until: Instant) -> Result<Place, Full> {
        if let Ok(place) = Arc::clone(&self.free).try_acquire_owned() {
            return Ok(place);
        }
        let _waiting = Waiting::begin(self).ok_or(Full::Queue)?;
        match timeout_at(until, Arc::clone(&self.free).acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            // The semaphore is never closed.
            Ok(Err(_)) | Err(_) => Err(Full::Time),
        }
    }
}

/// One who waits, as long as it is not dropped.
struct Waiting<'p>(&'p Places);

impl<'p> Waiting<'p> {
    fn begin(places: &'p Places) -> Option<Self> {
        let add = |waiting: usize| (waiting < places.queue).then_some(waiting + 1);
        let added = places.waiting.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
        added.is_ok().then(|| Self(places))
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::FutureExt;
    use tokio::time::advance;

    use super::*;

    fn later(seconds: u64) -> Instant {
        Instant::now() + Duration::from_secs(seconds)
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_gets_the_next_place_in_turn() {
        let places = Places::new(1, 2);
        assert!(!places.is_full());
        let first = places.take(later(9)).await.unwrap();
        assert!(places.is_full());
        let mut second = Box::pin(places.take(later(9)));
        let mut third = Box::pin(places.take(later(9)));
        assert!((&mut second).now_or_never().is_none());
        assert!((&mut third).now_or_never().is_none());
        assert_eq!(places.take(later(9)).await.unwrap_err(), Full::Queue);
        drop(first);
        assert!((&mut third).now_or_never().is_none());
        let second = second.await.unwrap();
        drop(second);
        assert!(third.await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn waiting_ends_in_time_and_makes_room_for_others() {
        let places = Places::new(1, 1);
        let _first = places.take(later(9)).await.unwrap();
        assert_eq!(places.take(later(1)).await.unwrap_err(), Full::Time);
        let mut gone = Box::pin(places.take(later(9)));
        assert!((&mut gone).now_or_never().is_none());
        assert_eq!(places.take(later(1)).await.unwrap_err(), Full::Queue);
        drop(gone);
        assert_eq!(places.take(later(1)).await.unwrap_err(), Full::Time);
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_queue_nobody_waits() {
        let places = Places::new(2, 0);
        let both = (places.take(later(1)).await.unwrap(), places.take(later(1)).await.unwrap());
        assert_eq!(places.take(later(1)).await.unwrap_err(), Full::Queue);
        drop(both);
        advance(Duration::from_secs(1)).await;
        assert!(places.take(Instant::now()).await.is_ok());
    }
}

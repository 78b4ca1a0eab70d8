//! What commands do to each other, which is nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tempfile::TempDir;
use tokio::sync::{Semaphore, oneshot};

use super::Work;
use super::command::{Command, Stop};
use super::queue::{Begun, Queue};
use crate::history::Event;
use crate::keys::KeyRing;
use crate::keys::tests::{id, master};
use crate::{DatabaseUrl, Instance, LedgerError, LedgerOptions, SessionId};

/// What a [`Note`] does after it has written.
#[derive(Clone, Copy, PartialEq)]
enum Then {
    Succeed,
    FailInTheDatabase,
    Refuse,
}

/// Writes a row and records it.
struct Note {
    name: &'static str,
    then: Then,
    runs: Arc<AtomicU32>,
}

impl Command for Note {
    type Reply = ();

    const UNHEARD: bool = false;

    async fn run(&self, work: &mut Work<'_>) -> Result<(), Stop> {
        self.runs.fetch_add(1, Ordering::SeqCst);
        let insert = "INSERT INTO rate (account, at, granted) VALUES ($1, 1, 1)";
        work.put(insert, &[self.name.into()]).await?;
        work.record_apart(&Event::CallerRevoked { name: self.name.to_owned() }).await?;
        match self.then {
            Then::Succeed => Ok(()),
            // The row is there already.
            Then::FailInTheDatabase => Ok(work.put(insert, &[self.name.into()]).await?),
            Then::Refuse => Err(LedgerError::NoKey { id: self.name.to_owned() }.into()),
        }
    }
}

/// Refuses before it has written anything.
struct RefuseAtOnce;

impl Command for RefuseAtOnce {
    type Reply = ();

    async fn run(&self, _: &mut Work<'_>) -> Result<(), Stop> {
        Err(LedgerError::NoSession { id: SessionId::new() }.into())
    }
}

/// Keeps the writer busy until it is let go.
struct Hold {
    began: std::sync::Mutex<Option<oneshot::Sender<()>>>,
    gate: Arc<Semaphore>,
}

impl Command for Hold {
    type Reply = ();

    async fn run(&self, _: &mut Work<'_>) -> Result<(), Stop> {
        if let Some(began) = self.began.lock().unwrap().take() {
            began.send(()).unwrap();
        }
        let _passed = self.gate.acquire().await.unwrap();
        Ok(())
    }
}

/// Lets the file grow to at most so many pages.
struct PagesAtMost(&'static str);

impl Command for PagesAtMost {
    type Reply = ();

    async fn run(&self, work: &mut Work<'_>) -> Result<(), Stop> {
        work.rows(self.0, &[]).await?;
        Ok(())
    }
}

/// All that is written, by name.
struct Names;

impl Command for Names {
    type Reply = Vec<String>;

    async fn run(&self, work: &mut Work<'_>) -> Result<Vec<String>, Stop> {
        let rows = work.rows("SELECT account FROM rate ORDER BY account", &[]).await?;
        rows.into_iter().map(|mut row| Ok(row.text("rate.account")?)).collect()
    }
}

struct Written {
    queue: Arc<Queue>,
    begun_head: tokio::sync::watch::Receiver<crate::history::ChainState>,
    _folder: TempDir,
}

async fn begin(url: Option<String>) -> Written {
    let folder = tempfile::tempdir().unwrap();
    let url = match url {
        Some(url) => url.parse().unwrap(),
        None => DatabaseUrl::Sqlite(folder.path().join("kyc.db")),
    };
    let ring = KeyRing::new(vec![(id("k1"), master(1))]).unwrap();
    let options = LedgerOptions::new(Instance::new("node-1").unwrap());
    let Begun { queue, head, .. } = Queue::begin(url, ring, options).await.unwrap();
    Written { queue: Arc::new(queue), begun_head: head, _folder: folder }
}

impl Written {
    /// Keeps the writer busy, so that what is asked from here on is carried out together.
    async fn hold(&self) -> Arc<Semaphore> {
        let (tell, told) = oneshot::channel();
        let gate = Arc::new(Semaphore::new(0));
        let (queue, hold) = (self.queue.clone(), Hold { began: Some(tell).into(), gate: gate.clone() });
        tokio::spawn(async move { queue.ask(hold).await });
        told.await.unwrap();
        gate
    }
}

async fn neighbours_do_not_notice(url: Option<String>) {
    let written = begin(url).await;
    let gate = written.hold().await;
    let runs = Arc::new(AtomicU32::new(0));
    let note = |name, then| written.queue.ask(Note { name, then, runs: runs.clone() });
    let all = async {
        tokio::join!(
            note("a", Then::Succeed),
            note("b", Then::FailInTheDatabase),
            note("c", Then::Succeed),
            note("d", Then::Refuse),
            written.queue.ask(RefuseAtOnce),
            note("e", Then::Succeed),
            async { gate.add_permits(1) },
        )
    };
    let (first, failed, second, late, refused, third, ()) = all.await;
    assert_eq!((first, second, third), (Ok(()), Ok(()), Ok(())));
    assert!(matches!(failed, Err(LedgerError::Unavailable { .. })), "{failed:?}");
    assert_eq!(late, Err(LedgerError::NoKey { id: "d".to_owned() }));
    assert!(matches!(refused, Err(LedgerError::NoSession { .. })));
    assert_eq!(written.queue.ask(Names).await.unwrap(), ["a", "c", "e"]);
    // The opening and one row for each that succeeded: nothing of the others is in the chain.
    assert_eq!(written.begun_head.borrow().seq, 3);
}

#[tokio::test]
async fn a_command_that_fails_is_no_trouble_for_its_neighbours() {
    neighbours_do_not_notice(None).await;
    neighbours_do_not_notice(Some(kyc_test_postgres::shared())).await;
}

/// What refuses before it writes costs the others nothing.
#[tokio::test]
async fn a_refusal_by_rule_runs_nothing_twice() {
    let written = begin(None).await;
    let gate = written.hold().await;
    let runs = Arc::new(AtomicU32::new(0));
    let note = |name| written.queue.ask(Note { name, then: Then::Succeed, runs: runs.clone() });
    let refuse = written.queue.ask(RefuseAtOnce);
    let (a, refused, b, ()) = tokio::join!(note("a"), refuse, note("b"), async { gate.add_permits(1) });
    assert!(a.is_ok() && b.is_ok() && refused.is_err());
    assert_eq!(runs.load(Ordering::SeqCst), 2);
}

/// What nobody waits for any more is not begun, unless it matters all the same.
#[tokio::test]
async fn what_was_abandoned_in_the_queue_is_not_begun() {
    let written = begin(None).await;
    let gate = written.hold().await;
    let runs = Arc::new(AtomicU32::new(0));
    let note = Note { name: "a", then: Then::Succeed, runs: runs.clone() };
    let abandoned = tokio::time::timeout(std::time::Duration::from_millis(10), written.queue.ask(note));
    assert!(abandoned.await.is_err());
    gate.add_permits(1);
    assert!(written.queue.ask(Names).await.unwrap().is_empty());
    assert_eq!(runs.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_full_queue_is_said_to_be_full() {
    let written = begin(None).await;
    let gate = written.hold().await;
    let overloaded = Arc::new(AtomicU32::new(0));
    let asked: Vec<_> = (0..1100)
        .map(|_| {
            let (queue, overloaded) = (written.queue.clone(), overloaded.clone());
            tokio::spawn(async move {
                let is_full = queue.ask(RefuseAtOnce).await == Err(LedgerError::Overloaded);
                overloaded.fetch_add(u32::from(is_full), Ordering::SeqCst);
            })
        })
        .collect();
    // What insists waits for room instead.
    let insisting = {
        let queue = written.queue.clone();
        tokio::spawn(async move { queue.insist(Names).await })
    };
    while overloaded.load(Ordering::SeqCst) < 76 {
        tokio::task::yield_now().await;
    }
    gate.add_permits(1);
    for asked in asked {
        asked.await.unwrap();
    }
    insisting.await.unwrap().unwrap();
    assert_eq!(overloaded.load(Ordering::SeqCst), 76);
}

/// A disk that is full is nobody's fault and spoils nothing.
#[tokio::test]
async fn when_the_disk_is_full_nothing_is_half_written() {
    const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
    let written = begin(None).await;
    let runs = Arc::new(AtomicU32::new(0));
    written.queue.ask(PagesAtMost("PRAGMA max_page_count = 1")).await.unwrap();
    let mut succeeded = Vec::new();
    let mut failed = 0;
    for round in 0..200 {
        for name in NAMES {
            let name: &'static str = format!("{name}-{round}").leak();
            match written.queue.ask(Note { name, then: Then::Succeed, runs: runs.clone() }).await {
                Ok(()) => succeeded.push(name),
                Err(LedgerError::Unavailable { reason }) => {
                    assert!(reason.contains("full"), "{reason}");
                    failed += 1;
                }
                Err(error) => panic!("{error}"),
            }
        }
        if failed > 3 {
            break;
        }
    }
    assert!(failed > 3 && !succeeded.is_empty());
    written.queue.ask(PagesAtMost("PRAGMA max_page_count = 1000000")).await.unwrap();
    written.queue.ask(Note { name: "z", then: Then::Succeed, runs }).await.unwrap();
    succeeded.push("z");
    succeeded.sort_unstable();
    assert_eq!(written.queue.ask(Names).await.unwrap(), succeeded);
    assert_eq!(written.begun_head.borrow().seq, i64::try_from(succeeded.len()).unwrap());
}

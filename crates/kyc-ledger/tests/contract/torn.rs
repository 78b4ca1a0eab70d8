//! Connections that are lost, at the worst moments: a proxy in front of PostgreSQL cuts them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use kyc_ledger::{Claimed, LedgerError, State};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{Expect as _, Store, buy, claim, issued};

/// What the proxy does with the next commit.
const NOTHING: u8 = 0;
const CUT_BEFORE_COMMIT: u8 = 1;
const CUT_AFTER_COMMIT: u8 = 2;
/// Cuts after the commit, and lets nobody connect any more.
const CUT_AND_STAY_AWAY: u8 = 3;
const AWAY: u8 = 4;
const CUT_IN_BETWEEN: u8 = 5;

struct Proxy {
    store: Store,
    mode: Arc<AtomicU8>,
}

impl Proxy {
    async fn new() -> Self {
        let url = kyc_test_postgres::shared();
        let (front, rest) = url.split_once('@').unwrap();
        let (address, database) = rest.split_once('/').unwrap();
        let (address, mode) = (address.to_owned(), Arc::new(AtomicU8::new(NOTHING)));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let url = format!("{front}@127.0.0.1:{port}/{database}");
        let of_listener = mode.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if of_listener.load(Ordering::SeqCst) != AWAY {
                    let server = TcpStream::connect(&address).await.unwrap();
                    tokio::spawn(pass(client, server, of_listener.clone()));
                }
            }
        });
        Self { store: Store { url: url.parse().unwrap(), ..Store::sqlite() }, mode }
    }

    fn set(&self, mode: u8) {
        self.mode.store(mode, Ordering::SeqCst);
    }
}

async fn pass(mut client: TcpStream, mut server: TcpStream, mode: Arc<AtomicU8>) {
    let (mut asked, mut answered) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        tokio::select! {
            read = client.read(&mut asked) => {
                let Ok(length @ 1..) = read else { return };
                let bytes = &asked[..length];
                let commits = bytes.windows(7).any(|window| window == b"COMMIT\0");
                let now = mode.load(Ordering::SeqCst);
                let cut = matches!(
                    (now, commits),
                    (CUT_BEFORE_COMMIT | CUT_AFTER_COMMIT | CUT_AND_STAY_AWAY, true) | (CUT_IN_BETWEEN, false)
                );
                if cut {
                    mode.store(if now == CUT_AND_STAY_AWAY { AWAY } else { NOTHING }, Ordering::SeqCst);
                }
                if cut && matches!(now, CUT_BEFORE_COMMIT | CUT_IN_BETWEEN) {
                    return;
                }
                if server.write_all(bytes).await.is_err() {
                    return;
                }
                if cut {
                    // The server has committed when it answers.
                    let _answer = server.read(&mut answered).await;
                    return;
                }
            }
            read = server.read(&mut answered) => {
                let Ok(length @ 1..) = read else { return };
                if client.write_all(&answered[..length]).await.is_err() {
                    return;
                }
            }
        }
    }
}

/// Whether or not the commit had come through: the ledger finds out, and every intent is there once.
#[tokio::test]
async fn a_commit_that_was_cut_off_is_found_out() {
    let proxy = Proxy::new().await;
    let ledger = proxy.store.open("node-1").await;
    for (number, mode) in [CUT_BEFORE_COMMIT, CUT_AFTER_COMMIT, CUT_IN_BETWEEN].into_iter().enumerate() {
        let name = format!("c-{number}");
        proxy.set(mode);
        let lease = ledger.claim(claim(&name, &name)).await.unwrap().granted();
        let Claimed::InFlight { id, .. } = ledger.claim(claim(&name, &name)).await.unwrap() else { panic!() };
        assert_eq!(id, lease.id());
        proxy.set(mode);
        let session = ledger.settle(&lease, &issued(&name)).await.unwrap();
        assert_eq!(session.state, State::Issued);
        assert_eq!(ledger.claim(claim(&name, &name)).await.unwrap().known(), session);
    }
    assert_eq!(proxy.mode.load(Ordering::SeqCst), NOTHING);
    // The chain has no gap: the opening, and two rows for each.
    assert_eq!(ledger.head().seq, 6);
    proxy.store.assert_intact().await;
}

/// As long as nobody can find out, that is what is said; and nobody may call the vendor.
#[tokio::test]
async fn what_cannot_be_found_out_is_uncertain() {
    let proxy = Proxy::new().await;
    let ledger = proxy.store.open("node-1").await;
    proxy.set(CUT_AND_STAY_AWAY);
    assert_eq!(ledger.claim(claim("k", "ann")).await.unwrap_err(), LedgerError::Uncertain);
    let error = ledger.claim(claim("k-2", "bob")).await.unwrap_err();
    assert!(matches!(error, LedgerError::Unavailable { .. }), "{error}");
    proxy.set(NOTHING);
    // It had been committed after all.
    let found = async {
        loop {
            match ledger.claim(claim("k", "ann")).await {
                Ok(Claimed::InFlight { .. } | Claimed::Known(_)) => return,
                Ok(other) => panic!("{other:?}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(30), found).await.unwrap();
    buy(&ledger, claim("k-2", "bob"), &issued("s-2")).await;
}

/// Those whose batch is lost are carried out on the next connection, and each once.
#[tokio::test]
async fn many_whose_connection_is_lost_are_all_served_once() {
    let proxy = Proxy::new().await;
    let ledger = proxy.store.open("node-1").await;
    for round in 0..6 {
        proxy.set([CUT_BEFORE_COMMIT, CUT_AFTER_COMMIT, CUT_IN_BETWEEN][round % 3]);
        let bought: Vec<_> = (0..40)
            .map(|number| {
                let (ledger, name) = (ledger.clone(), format!("c-{round}-{number}"));
                tokio::spawn(async move { buy(&ledger, claim(&name, &name), &issued(&name)).await })
            })
            .collect();
        for session in bought {
            assert_eq!(session.await.unwrap().state, State::Issued);
        }
    }
    assert_eq!(ledger.head().seq, 2 * 6 * 40);
    proxy.store.assert_intact().await;
}

/// A settlement waits for the database to come back, as long as its lease holds.
#[tokio::test]
async fn an_outcome_is_recorded_when_the_database_is_back() {
    let mut cluster = kyc_test_postgres::Cluster::start(&[]);
    let store = Store { url: cluster.database("kyc").parse().unwrap(), ..Store::sqlite() };
    let ledger = store.open_with("node-1", |options| options.lease = Duration::from_mins(2)).await;
    let lease = ledger.claim(claim("k", "ann")).await.unwrap().granted();
    cluster.stop(kyc_test_postgres::Stop::Immediate);
    assert!(ledger.ping().await.is_err());
    let error = ledger.claim(claim("k-2", "bob")).await.unwrap_err();
    assert!(matches!(error, LedgerError::Unavailable { .. }), "{error}");
    let settling = {
        let ledger = ledger.clone();
        tokio::spawn(async move { ledger.settle(&lease, &issued("s-1")).await })
    };
    tokio::time::sleep(Duration::from_millis(300)).await;
    cluster.start_again();
    let session = settling.await.unwrap().unwrap();
    assert_eq!(session.state, State::Issued);
    assert_eq!(ledger.session(session.id).await.unwrap(), Some(session));
    ledger.ping().await.unwrap();
    store.assert_intact().await;
}

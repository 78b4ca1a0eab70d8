//! Opening a ledger: whose it is, under which keys, and what was left behind in it.

use kyc_ledger::{Answer, DatabaseUrl, LedgerError, OpenError, Role, State};

use crate::support::{Expect as _, Store, buy, caller, claim, contract, issued, ring};

contract! {
    async fn what_was_under_way_is_unknown_after_the_process_ended(store: Store) {
        let ledger = store.open("node-1").await;
        let lease = ledger.claim(claim("k", "ann")).await.unwrap().granted();
        ledger.shut_down().await;
        let ledger = store.open("node-1").await;
        let session = ledger.claim(claim("k", "ann")).await.unwrap().known();
        assert_eq!((session.id, session.state), (lease.id(), State::Unknown));
        let error = ledger.settle(&lease, &issued("s-1")).await.unwrap_err();
        assert_eq!(error, LedgerError::LeaseLost { id: lease.id() });
    }

    async fn a_database_of_a_newer_release_is_refused(store: Store) {
        store.open("node-1").await.shut_down().await;
        store.sql("INSERT INTO kyc_schema (version, applied_at) VALUES (99, 0)").await;
        let error = store.try_open("node-1", ring(&[("k1", 1)]), |_| ()).await.unwrap_err();
        assert!(matches!(error, OpenError::Newer { found: 99, .. }), "{error}");
    }

    async fn other_master_keys_are_refused(store: Store) {
        store.open("node-1").await.shut_down().await;
        for keys in [&[("k2", 2)][..], &[("k1", 9)]] {
            let error = store.try_open("node-1", ring(keys), |_| ()).await.unwrap_err();
            assert!(matches!(&error, OpenError::WrongKeys { known } if known == &["k1"]), "{error}");
        }
    }

    /// A master key that is renewed and then taken away changes no key of a request; only what it sealed stays shut.
    async fn a_renewed_master_key_keeps_every_request_known(store: Store) {
        let ledger = store.open("node-1").await;
        let old = buy(&ledger, claim("k-1", "ann"), &issued("s-1")).await;
        ledger.shut_down().await;
        let ledger = store.try_open("node-1", ring(&[("k2", 2), ("k1", 1)]), |_| ()).await.unwrap();
        assert_eq!(ledger.claim(claim("k-1", "ann")).await.unwrap().known(), old);
        assert!(matches!(ledger.answer_of(old.id, &caller("shop")).await.unwrap(), Answer::Token(_)));
        let new = buy(&ledger, claim("k-2", "ann"), &issued("s-2")).await;
        ledger.shut_down().await;
        let ledger = store.try_open("node-1", ring(&[("k2", 2)]), |_| ()).await.unwrap();
        assert_eq!(ledger.claim(claim("k-1", "ann")).await.unwrap().known(), old);
        let answer = ledger.answer_of(old.id, &caller("shop")).await.unwrap();
        assert!(matches!(&answer, Answer::KeyMissing(key) if key.as_str() == "k1"), "{answer:?}");
        assert!(matches!(ledger.answer_of(new.id, &caller("shop")).await.unwrap(), Answer::Token(_)));
    }

    async fn after_shutting_down_nothing_is_taken(store: Store) {
        let ledger = store.open("node-1").await;
        ledger.clone().shut_down().await;
        assert!(matches!(ledger.claim(claim("k", "ann")).await, Err(LedgerError::ShutDown)));
    }

    /// What tidies up works beside what serves.
    async fn a_tool_leaves_alone_what_is_under_way(store: Store) {
        let ledger = store.open("node-1").await;
        let settled = buy(&ledger, claim("k-1", "ann"), &issued("s-1")).await;
        let lease = ledger.claim(claim("k-2", "ann")).await.unwrap().granted();
        let tool = store.open_with("tool", |options| options.role = Role::Tool).await;
        tool.erase(settled.id, kyc_ledger::EraseReason::Request, None).await.unwrap();
        tool.shut_down().await;
        assert_eq!(ledger.settle(&lease, &issued("s-2")).await.unwrap().state, State::Issued);
        assert!(ledger.claim(claim("k-1", "ann")).await.unwrap().known().erased_at.is_some());
    }
}

#[tokio::test]
async fn a_file_is_served_once() {
    let store = Store::sqlite();
    let ledger = store.open("node-1").await;
    let error = store.try_open("node-2", ring(&[("k1", 1)]), |_| ()).await.unwrap_err();
    assert!(matches!(error, OpenError::InUse { .. }), "{error}");
    ledger.shut_down().await;
    store.open("node-2").await;
}

#[tokio::test]
async fn a_file_of_another_program_is_left_alone() {
    let store = Store::sqlite();
    store.sql("CREATE TABLE recipes (name TEXT)").await;
    let error = store.try_open("node-1", ring(&[("k1", 1)]), |_| ()).await.unwrap_err();
    assert!(matches!(&error, OpenError::NotALedger { what } if what.contains("`recipes`")), "{error}");

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    std::fs::write(&path, "not a database, but a text of some length ".repeat(100)).unwrap();
    let text = Store { url: DatabaseUrl::Sqlite(path.clone()), ..Store::sqlite() };
    let error = text.try_open("node-1", ring(&[("k1", 1)]), |_| ()).await.unwrap_err();
    assert!(error.to_string().contains("notes.txt"), "{error}");
    let missing = Store { url: DatabaseUrl::Sqlite(folder.path().join("no/kyc.db")), ..Store::sqlite() };
    let error = missing.try_open("node-1", ring(&[("k1", 1)]), |_| ()).await.unwrap_err();
    assert!(
        matches!(error, OpenError::Unavailable { .. }) && error.to_string().contains("no/kyc.db"),
        "{error}"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_reads_the_files() {
    use std::os::unix::fs::PermissionsExt as _;

    let store = Store::sqlite();
    let DatabaseUrl::Sqlite(path) = &store.url else { panic!() };
    let ledger = store.open("node-1").await;
    buy(&ledger, claim("k", "ann"), &issued("s-1")).await;
    for file in std::fs::read_dir(path.parent().unwrap()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.file_name());
    }
}

/// An empty database is made a ledger once, however many find it empty.
#[tokio::test]
async fn instances_that_start_together_share_one_schema() {
    let store = std::sync::Arc::new(Store::postgres());
    let opened: Vec<_> = (0..6)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move { store.open(&format!("node-{number}")).await })
        })
        .collect();
    for (number, ledger) in opened.into_iter().enumerate() {
        let name = format!("c-{number}");
        buy(&ledger.await.unwrap(), claim(&name, &name), &issued(&name)).await;
    }
    store.assert_intact().await;
}

/// Whoever opens the ledger as an instance takes it over; who had it is told so and writes nothing more.
#[tokio::test]
async fn the_same_instance_twice_is_taken_over() {
    let store = Store::postgres();
    let first = store.open("node-1").await;
    let lease = first.claim(claim("k", "ann")).await.unwrap().granted();
    let second = store.open("node-1").await;
    let superseded = LedgerError::Superseded { instance: "node-1".to_owned() };
    assert_eq!(first.settle(&lease, &issued("s-1")).await.unwrap_err(), superseded);
    assert_eq!(first.claim(claim("k-2", "bob")).await.unwrap_err(), superseded);
    assert_eq!(second.claim(claim("k", "ann")).await.unwrap().known().state, State::Unknown);
}

#[tokio::test]
async fn a_server_that_does_not_write_what_it_commits_is_refused() {
    let cluster = kyc_test_postgres::Cluster::start(&[("fsync", "off")]);
    let store = Store { url: cluster.database("kyc").parse().unwrap(), ..Store::sqlite() };
    let error = store.try_open("node-1", ring(&[("k1", 1)]), |_| ()).await.unwrap_err();
    assert!(matches!(error, OpenError::NotDurable { setting: "fsync", .. }), "{error}");
}

/// Even while other processes are being started, which have copies of everything that is open for a moment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_can_be_served_again_as_soon_as_it_was_let_go() {
    let done = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let starting = {
        let done = done.clone();
        std::thread::spawn(move || {
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                std::process::Command::new("true").status().unwrap();
            }
        })
    };
    let store = Store::sqlite();
    for _ in 0..100 {
        store.open("node-1").await.shut_down().await;
    }
    done.store(true, std::sync::atomic::Ordering::Relaxed);
    starting.join().unwrap();
}

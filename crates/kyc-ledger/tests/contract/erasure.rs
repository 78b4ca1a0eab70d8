//! Erasing personal data.

use std::fs;
use std::time::Duration;

use kyc_ledger::{Answer, Due, EraseReason, LedgerError, State};

use crate::support::{
    Expect as _, Store, UNKNOWN, buy, caller, claim, client, contract, from_now, issued, refused,
};

contract! {
    async fn what_is_erased_leaves_a_tombstone_and_its_key_is_no_new_one(store: Store) {
        let ledger = store.open("node-1").await;
        let session = buy(&ledger, claim("k", "ann"), &issued("s-1")).await;
        let erased = ledger.erase(session.id, EraseReason::Request, None).await.unwrap();
        assert!(erased.now);
        let again = ledger.erase(session.id, EraseReason::Retention, None).await.unwrap();
        assert_eq!((again.now, again.at), (false, erased.at));
        let known = ledger.claim(claim("k", "ann")).await.unwrap().known();
        assert_eq!((known.id, known.state, known.erased_at), (session.id, State::Issued, Some(erased.at)));
        assert!(matches!(ledger.answer_of(session.id, &caller("shop")).await.unwrap(), Answer::Erased));
        assert!(ledger.sessions_of(&caller("shop"), &client("ann"), None, 10).await.unwrap().is_empty());
    }

    async fn what_has_to_be_kept_or_is_not_settled_is_not_erased(store: Store) {
        let ledger = store.open("node-1").await;
        let settled = buy(&ledger, claim("k-1", "ann"), &issued("s-1")).await;
        let until = from_now(Duration::from_hours(1));
        let error = ledger.erase(settled.id, EraseReason::Request, Some(until)).await.unwrap_err();
        assert_eq!(error, LedgerError::Retained { id: settled.id, until });
        let past = settled.created_at - Duration::from_hours(1);
        assert!(ledger.erase(settled.id, EraseReason::Request, Some(past)).await.unwrap().now);

        let lease = ledger.claim(claim("k-2", "ann")).await.unwrap().granted();
        let error = ledger.erase(lease.id(), EraseReason::Request, None).await.unwrap_err();
        assert_eq!(error, LedgerError::WrongState { id: lease.id(), state: State::Intended });
        ledger.settle(&lease, &UNKNOWN).await.unwrap();
        let error = ledger.erase(lease.id(), EraseReason::Request, None).await.unwrap_err();
        assert_eq!(error, LedgerError::WrongState { id: lease.id(), state: State::Unknown });
        let nobody = kyc_ledger::SessionId::new();
        let error = ledger.erase(nobody, EraseReason::Request, None).await.unwrap_err();
        assert_eq!(error, LedgerError::NoSession { id: nobody });
    }

    async fn what_is_due_comes_in_order_and_once(store: Store) {
        let ledger = store.open("node-1").await;
        let mut ids = Vec::new();
        for number in 0..5 {
            let name = format!("c-{number}");
            ids.push(buy(&ledger, claim(&name, &name), &refused()).await.id);
        }
        ledger.claim(claim("open", "open")).await.unwrap().granted();
        ledger.erase(ids[1], EraseReason::Request, None).await.unwrap();
        let later = from_now(Duration::from_hours(1));
        let of = |due: Vec<Due>| due.into_iter().map(|due| due.id).collect::<Vec<_>>();
        assert_eq!(of(ledger.due(later, None, 2).await.unwrap()), [ids[0], ids[2]]);
        assert_eq!(of(ledger.due(later, Some(ids[2]), 10).await.unwrap()), [ids[3], ids[4]]);
        let earlier = later - Duration::from_hours(2);
        assert!(ledger.due(earlier, None, 10).await.unwrap().is_empty());
    }

    async fn sessions_of_a_client_are_its_callers_alone_and_come_in_pages(store: Store) {
        let ledger = store.open("node-1").await;
        let mut ids = Vec::new();
        for number in 0..5 {
            ids.push(buy(&ledger, claim(&format!("k-{number}"), "ann"), &refused()).await.id);
        }
        ids.reverse();
        let page = |before, limit| {
            let ledger = ledger.clone();
            async move {
                let page = ledger.sessions_of(&caller("shop"), &client("ann"), before, limit).await.unwrap();
                page.into_iter().map(|session| session.id).collect::<Vec<_>>()
            }
        };
        assert_eq!(page(None, 3).await, ids[..3]);
        assert_eq!(page(Some(ids[2]), 3).await, ids[3..]);
        assert!(ledger.sessions_of(&caller("other"), &client("ann"), None, 3).await.unwrap().is_empty());
        assert!(ledger.sessions_of(&caller("shop"), &client("bob"), None, 3).await.unwrap().is_empty());
    }
}

/// Neither in the file nor in the logs beside it is a byte of the person left, though the ledger is still open.
#[tokio::test]
async fn nothing_of_the_person_is_left_in_the_files() {
    let store = Store::sqlite();
    let kyc_ledger::DatabaseUrl::Sqlite(path) = &store.url else { panic!() };
    let ledger = store.open("node-1").await;
    let name = "zelda-petraityte-1990";
    let is_somewhere = || {
        let files = fs::read_dir(path.parent().unwrap()).unwrap().map(|file| file.unwrap().path());
        files
            .map(|file| fs::read(file).unwrap())
            .any(|bytes| bytes.windows(name.len()).any(|window| window == name.as_bytes()))
    };
    let session = buy(&ledger, claim("k", name), &issued("s-1")).await;
    for number in 0..50 {
        let other = format!("c-{number}");
        buy(&ledger, claim(&other, &other), &issued(&other)).await;
    }
    assert!(is_somewhere());
    ledger.erase(session.id, EraseReason::Request, None).await.unwrap();
    assert!(!is_somewhere());

    // Somebody who reads all the while keeps it in the log of changes, and nobody waiting; the next erasure takes it.
    let session = buy(&ledger, claim("k-2", name), &issued("s-2")).await;
    let reading = rusqlite::Connection::open(path).unwrap();
    reading.execute_batch("BEGIN; SELECT 1 FROM sessions").unwrap();
    ledger.erase(session.id, EraseReason::Request, None).await.unwrap();
    let next = buy(&ledger, claim("k-3", "ann"), &issued("s-3")).await;
    drop(reading);
    ledger.erase(next.id, EraseReason::Request, None).await.unwrap();
    assert!(!is_somewhere());
}

//! Finding out what became of calls.

use std::time::Duration;

use kyc_core::ScanRef;
use kyc_ledger::{
    Claim, EraseReason, Found, LedgerError, Outcome, PersonalBytes, Resolution, State, Unknown,
};

use crate::support::{Expect as _, UNKNOWN, buy, claim, client, contract, issued};

fn scan_ref(text: &str) -> ScanRef {
    ScanRef::new(text).unwrap()
}

async fn the_unknown(ledger: &kyc_ledger::Ledger) -> Unknown {
    let [unknown] = <[_; 1]>::try_from(ledger.unknowns(Duration::ZERO, 10).await.unwrap()).unwrap();
    unknown
}

fn reissue(key: &str, of_client: &str) -> Claim {
    Claim { reissue: true, ..claim(key, of_client) }
}

contract! {
    async fn nothing_found_is_absent_and_may_be_bought_again(store: Store) {
        let ledger = store.open("node-1").await;
        let session = buy(&ledger, claim("k", "ann"), &UNKNOWN).await;
        let unknown = the_unknown(&ledger).await;
        assert_eq!((unknown.id(), &*unknown.account, unknown.client.expose()), (session.id, "main", "ann"));
        let absent = ledger.reconcile(unknown, Found::Nothing).await.unwrap();
        assert_eq!((absent.id, absent.state, absent.scan_ref), (session.id, State::Absent, None));
        let next = buy(&ledger, claim("k", "ann"), &issued("s-1")).await;
        assert_eq!((next.attempt, next.replaces), (2, Some(session.id)));
    }

    async fn one_found_is_adopted_and_paid_for_again_only_when_told(store: Store) {
        let ledger = store.open("node-1").await;
        let session = buy(&ledger, claim("k", "ann"), &UNKNOWN).await;
        let unknown = the_unknown(&ledger).await;
        let lost = ledger.reconcile(unknown, Found::One(scan_ref("s-1"))).await.unwrap();
        assert_eq!((lost.state, lost.scan_ref.clone()), (State::IssuedTokenLost, Some(scan_ref("s-1"))));
        assert_eq!(ledger.claim(claim("k", "ann")).await.unwrap().known(), lost);
        let again = buy(&ledger, reissue("k", "ann"), &issued("s-2")).await;
        assert_eq!((again.attempt, again.replaces), (2, Some(session.id)));
        // Told again, it is the replay of that.
        assert_eq!(ledger.claim(reissue("k", "ann")).await.unwrap().known(), again);
        let known = ledger.known_scan_refs("main", &client("ann")).await.unwrap();
        assert_eq!(known, [scan_ref("s-1"), scan_ref("s-2")]);
        assert!(ledger.known_scan_refs("second", &client("ann")).await.unwrap().is_empty());
    }

    async fn several_found_are_for_a_human(store: Store) {
        let ledger = store.open("node-1").await;
        for (key, resolution, state, found) in [
            ("k-1", Resolution::Absent, State::Absent, None),
            ("k-2", Resolution::Lost(scan_ref("s-4")), State::IssuedTokenLost, Some(scan_ref("s-4"))),
        ] {
            let session = buy(&ledger, claim(key, key), &UNKNOWN).await;
            let unknown = the_unknown(&ledger).await;
            let several = Found::Several(vec![scan_ref("s-3"), scan_ref("s-4")]);
            let ambiguous = ledger.reconcile(unknown, several).await.unwrap();
            assert_eq!((ambiguous.state, ambiguous.scan_ref.clone()), (State::Ambiguous, None));
            assert_eq!(ledger.claim(reissue(key, key)).await.unwrap().known(), ambiguous);
            let note = || PersonalBytes::from(b"asked the vendor".to_vec());
            let settled = ledger.resolve(session.id, resolution.clone(), note()).await.unwrap();
            assert_eq!((settled.state, settled.scan_ref), (state, found));
            let error = ledger.resolve(session.id, resolution, note()).await.unwrap_err();
            assert_eq!(error, LedgerError::WrongState { id: session.id, state });
        }
    }

    /// Even those whose client nobody knows any more.
    async fn sessions_that_are_known_are_not_found_again(store: Store) {
        let ledger = store.open("node-1").await;
        let erased = buy(&ledger, claim("k-1", "ann"), &issued("s-1")).await;
        ledger.erase(erased.id, EraseReason::Request, None).await.unwrap();
        buy(&ledger, claim("k-2", "ann"), &issued("s-2")).await;
        buy(&ledger, claim("k-3", "ann"), &UNKNOWN).await;
        let listed = vec![scan_ref("s-2"), scan_ref("s-1"), scan_ref("s-3"), scan_ref("s-3")];
        let lost = ledger.reconcile(the_unknown(&ledger).await, Found::from(listed)).await.unwrap();
        assert_eq!(lost.scan_ref, Some(scan_ref("s-3")));

        buy(&ledger, claim("k-4", "ann"), &UNKNOWN).await;
        let listed = vec![scan_ref("s-1"), scan_ref("s-2"), scan_ref("s-3")];
        let absent = ledger.reconcile(the_unknown(&ledger).await, Found::from(listed)).await.unwrap();
        assert_eq!(absent.state, State::Absent);
    }

    async fn each_is_given_to_one_and_not_before_its_time(store: Store) {
        let ledgers = store.open_twice().await;
        for number in 0..6 {
            let name = format!("c-{number}");
            buy(&ledgers[number % 2], claim(&name, &name), &UNKNOWN).await;
        }
        assert!(ledgers[0].unknowns(Duration::from_hours(1), 10).await.unwrap().is_empty());
        let first = ledgers[0].unknowns(Duration::ZERO, 4).await.unwrap();
        let second = ledgers[1].unknowns(Duration::ZERO, 4).await.unwrap();
        assert_eq!((first.len(), second.len()), (4, 2));
        let mut ids: Vec<_> = first.iter().chain(&second).map(Unknown::id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 6);
        assert!(ledgers[0].unknowns(Duration::ZERO, 10).await.unwrap().is_empty());
    }

    async fn a_token_that_is_withheld_is_lost_at_once(store: Store) {
        let ledger = store.open("node-1").await;
        let withheld = Outcome::Unknown { scan_ref: Some(scan_ref("s-1")), reason: "weaker-than-asked" };
        let session = buy(&ledger, claim("k", "ann"), &withheld).await;
        assert_eq!((session.state, session.scan_ref.clone()), (State::IssuedTokenLost, Some(scan_ref("s-1"))));
        assert_eq!(ledger.claim(claim("k", "ann")).await.unwrap().known(), session);
        assert!(ledger.unknowns(Duration::ZERO, 10).await.unwrap().is_empty());
        buy(&ledger, reissue("k", "ann"), &issued("s-2")).await;
    }
}

contract! {
    /// A right to find out that has gone to somebody else settles nothing.
    async fn whoever_was_too_slow_settles_nothing(store: Store) {
        let ledger = store.open_with("node-1", |options| options.finding = Duration::ZERO).await;
        buy(&ledger, claim("k", "ann"), &UNKNOWN).await;
        let slow = the_unknown(&ledger).await;
        let id = slow.id();
        ledger.reconcile(the_unknown(&ledger).await, Found::Nothing).await.unwrap();
        let error = ledger.reconcile(slow, Found::One(scan_ref("s-1"))).await.unwrap_err();
        assert_eq!(error, LedgerError::LeaseLost { id });
    }
}

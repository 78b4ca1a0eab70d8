//! One call for one client of one account is under way.

use std::sync::Arc;
use std::time::Duration;

use kyc_core::ScanRef;
use kyc_ledger::{Claimed, Found, Ledger, Outcome, SessionId};

use crate::support::{Expect as _, UNKNOWN, buy, caller, claim, contract, issued, refused};

async fn busy(ledger: &Ledger, key: &str) -> Option<Option<SessionId>> {
    match ledger.claim(claim(key, "ann")).await.unwrap() {
        Claimed::Busy { id, .. } => Some(id),
        Claimed::Granted(lease) => {
            ledger.settle(&lease, &refused()).await.unwrap();
            None
        }
        other => panic!("{other:?}"),
    }
}

contract! {
    async fn a_call_keeps_others_for_the_client_out_until_it_is_settled(store: Store) {
        let ledger = store.open("node-1").await;
        let lost = Outcome::Unknown { scan_ref: Some(ScanRef::new("s-w").unwrap()), reason: "weaker" };
        for (number, outcome) in [issued("s-1"), refused(), lost].iter().enumerate() {
            let lease = ledger.claim(claim(&format!("k-{number}"), "ann")).await.unwrap().granted();
            assert_eq!(busy(&ledger, "other").await, Some(Some(lease.id())));
            ledger.settle(&lease, outcome).await.unwrap();
            assert_eq!(busy(&ledger, "other").await, None);
        }
    }

    async fn an_unknown_outcome_keeps_others_out_until_it_is_found_out(store: Store) {
        let ledger = store.open("node-1").await;
        let scan_ref = |text: &str| ScanRef::new(text).unwrap();
        for (number, found) in [
            Found::Nothing,
            Found::One(scan_ref("s-1")),
            Found::Several(vec![scan_ref("s-2"), scan_ref("s-3")]),
        ]
        .into_iter()
        .enumerate()
        {
            let session = buy(&ledger, claim(&format!("k-{number}"), "ann"), &UNKNOWN).await;
            assert_eq!(busy(&ledger, "other").await, Some(Some(session.id)));
            let [unknown] = <[_; 1]>::try_from(ledger.unknowns(Duration::ZERO, 10).await.unwrap()).unwrap();
            ledger.reconcile(unknown, found).await.unwrap();
            assert_eq!(busy(&ledger, "other").await, None);
        }
    }

    async fn other_accounts_and_clients_are_apart_and_other_callers_are_told_nothing(store: Store) {
        let ledger = store.open("node-1").await;
        ledger.claim(claim("k-1", "ann")).await.unwrap().granted();
        ledger.claim(claim("k-2", "bob")).await.unwrap().granted();
        let mut elsewhere = claim("k-3", "ann");
        elsewhere.account = Arc::from("second");
        ledger.claim(elsewhere).await.unwrap().granted();
        let mut foreign = claim("k-1", "ann");
        foreign.caller = caller("other");
        assert!(matches!(ledger.claim(foreign).await.unwrap(), Claimed::Busy { id: None, .. }));
    }
}

//! Leases that run out.

use std::time::Duration;

use kyc_ledger::{Claimed, LedgerError, State};

use crate::support::{Expect as _, claim, contract, issued, run_out};

const SHORT: Duration = Duration::from_millis(30);

contract! {
    async fn an_outcome_after_the_lease_was_taken_back_is_refused(store: Store) {
        let ledger = store.open_with("node-1", |options| options.lease = SHORT).await;
        let lease = ledger.claim(claim("k", "ann")).await.unwrap().granted();
        run_out(&lease).await;
        assert_eq!(ledger.expire_leases().await.unwrap(), 1);
        assert_eq!(ledger.expire_leases().await.unwrap(), 0);
        let error = ledger.settle(&lease, &issued("s-1")).await.unwrap_err();
        assert_eq!(error, LedgerError::LeaseLost { id: lease.id() });
        let session = ledger.session(lease.id()).await.unwrap().unwrap();
        assert_eq!((session.state, session.refusal.unwrap().code.as_str()), (State::Unknown, "lease-expired"));
    }

    /// Nobody has missed it yet, so the better outcome counts.
    async fn an_outcome_that_is_only_late_is_taken(store: Store) {
        let ledger = store.open_with("node-1", |options| options.lease = SHORT).await;
        let lease = ledger.claim(claim("k", "ann")).await.unwrap().granted();
        run_out(&lease).await;
        assert_eq!(ledger.settle(&lease, &issued("s-1")).await.unwrap().state, State::Issued);
        assert_eq!(ledger.expire_leases().await.unwrap(), 0);
    }

    async fn whoever_asks_again_finds_it_unknown(store: Store) {
        let ledger = store.open_with("node-1", |options| options.lease = SHORT).await;
        let lease = ledger.claim(claim("k", "ann")).await.unwrap().granted();
        run_out(&lease).await;
        assert!(matches!(ledger.claim(claim("k-2", "ann")).await.unwrap(), Claimed::Busy { .. }));
        let known = ledger.claim(claim("k", "ann")).await.unwrap().known();
        assert_eq!((known.id, known.state), (lease.id(), State::Unknown));
    }

    async fn what_runs_is_left_alone(store: Store) {
        let ledger = store.open("node-1").await;
        let lease = ledger.claim(claim("k", "ann")).await.unwrap().granted();
        assert_eq!(ledger.expire_leases().await.unwrap(), 0);
        assert!(ledger.unknowns(Duration::ZERO, 10).await.unwrap().is_empty());
        ledger.settle(&lease, &issued("s-1")).await.unwrap();
    }
}

//! Leases that run out.

use std::time::{Duration, Instant};

use kyc_core::ScanRef;
use kyc_ledger::{Claim, Claimed, Found, LedgerError, State};

use crate::support::{Expect as _, UNKNOWN, claim, contract, issued, refused, run_out};

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

    /// Somebody else has found out meanwhile what the call was for; the token that comes too late is nobody's.
    async fn an_outcome_after_somebody_else_found_it_out_is_refused(store: Store) {
        let slow = store.open_with("node-1", |options| options.lease = SHORT).await;
        let other = if store.is_shared() { store.open("node-2").await } else { slow.clone() };
        let lease = slow.claim(claim("k", "ann")).await.unwrap().granted();
        run_out(&lease).await;
        assert_eq!(other.expire_leases().await.unwrap(), 1);
        let [unknown] = <[_; 1]>::try_from(other.unknowns(Duration::ZERO, 10).await.unwrap()).unwrap();
        let late = slow.settle(&lease, &issued("s-1")).await.unwrap_err();
        assert_eq!(late, LedgerError::LeaseLost { id: lease.id() });
        let found = other.reconcile(unknown, Found::One(ScanRef::new("s-1").unwrap())).await.unwrap();
        assert_eq!(found.state, State::IssuedTokenLost);
        for outcome in [issued("s-1"), issued("s-2"), refused(), UNKNOWN] {
            let late = slow.settle(&lease, &outcome).await.unwrap_err();
            assert_eq!(late, LedgerError::LeaseLost { id: lease.id() });
        }
        assert_eq!(slow.session(lease.id()).await.unwrap().unwrap(), found);
        let next = other.claim(Claim { reissue: true, ..claim("k", "ann") }).await.unwrap().granted();
        let late = slow.settle(&lease, &issued("s-1")).await.unwrap_err();
        assert_eq!(late, LedgerError::LeaseLost { id: lease.id() });
        assert_eq!(other.settle(&next, &issued("s-2")).await.unwrap().state, State::Issued);
        store.assert_intact().await;
    }

    /// What holds by the clock that nobody sets runs out no later than by the database's.
    async fn a_lease_holds_as_long_as_it_says(store: Store) {
        let ledger = store.open_with("node-1", |options| options.lease = Duration::from_millis(400)).await;
        let before = Instant::now();
        let lease = ledger.claim(claim("k", "ann")).await.unwrap().granted();
        assert!(lease.ends() >= before + Duration::from_millis(399));
        assert!(lease.ends() <= Instant::now() + Duration::from_millis(400));
        while ledger.expire_leases().await.unwrap() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(Instant::now() >= lease.ends(), "it was taken back before its time");
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

//! Requests that come at the same time, on one instance and on several.

use kyc_ledger::{Claimed, State};

use crate::support::{claim, contract, issued};

contract! {
    /// However many ask under one key at once, on whichever instance, the vendor may be called once.
    async fn one_of_many_twins_is_granted(store: Store) {
        let ledgers = store.open_twice().await;
        for round in 0..8 {
            let key = format!("k-{round}");
            let asked: Vec<_> = (0..16)
                .map(|number| {
                    let (ledger, claim) = (ledgers[number % 2].clone(), claim(&key, &key));
                    tokio::spawn(async move { ledger.claim(claim).await.unwrap() })
                })
                .collect();
            let mut leases = Vec::new();
            let mut flying = Vec::new();
            for claimed in asked {
                match claimed.await.unwrap() {
                    Claimed::Granted(lease) => leases.push(lease),
                    Claimed::InFlight { id, .. } => flying.push(id),
                    other => panic!("{other:?}"),
                }
            }
            assert_eq!((leases.len(), flying.len()), (1, 15));
            assert!(flying.iter().all(|id| *id == leases[0].id()));
            let session = ledgers[round % 2].settle(&leases[0], &issued(&key)).await.unwrap();
            for ledger in &ledgers {
                let Claimed::Known(known) = ledger.claim(claim(&key, &key)).await.unwrap() else { panic!() };
                assert_eq!(*known, session);
                assert_eq!(ledger.session(session.id).await.unwrap().unwrap().state, State::Issued);
            }
        }
        store.assert_intact().await;
    }

    /// However many keys ask for one client at once, one call is under way.
    async fn one_call_for_a_client_is_under_way(store: Store) {
        let ledgers = store.open_twice().await;
        let asked: Vec<_> = (0..24)
            .map(|number| {
                let (ledger, claim) = (ledgers[number % 2].clone(), claim(&format!("k-{number}"), "ann"));
                tokio::spawn(async move { ledger.claim(claim).await.unwrap() })
            })
            .collect();
        let (mut leases, mut busy) = (Vec::new(), Vec::new());
        for claimed in asked {
            match claimed.await.unwrap() {
                Claimed::Granted(lease) => leases.push(lease),
                Claimed::Busy { id, .. } => busy.push(id),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!((leases.len(), busy.len()), (1, 23));
        assert!(busy.iter().all(|id| *id == Some(leases[0].id())));
    }

    /// Many different ones at once are all granted, and none is lost.
    async fn strangers_do_not_hinder_each_other(store: Store) {
        let ledgers = store.open_twice().await;
        let asked: Vec<_> = (0..200)
            .map(|number| {
                let (ledger, name) = (ledgers[number % 2].clone(), format!("c-{number}"));
                tokio::spawn(async move {
                    let Claimed::Granted(lease) = ledger.claim(claim(&name, &name)).await.unwrap() else { panic!() };
                    ledger.settle(&lease, &issued(&name)).await.unwrap()
                })
            })
            .collect();
        for (number, session) in asked.into_iter().enumerate() {
            let session = session.await.unwrap();
            assert_eq!(session.scan_ref.unwrap().as_str(), format!("c-{number}"));
        }
        store.assert_intact().await;
    }
}

//! The rate budget that all instances share.

use std::time::Duration;

use crate::support::contract;

contract! {
    async fn no_more_is_given_out_than_there_is(store: Store) {
        let ledgers = store.open_twice().await;
        let mut granted = 0;
        let taken: Vec<_> = (0..10)
            .map(|number| {
                let ledger = ledgers[number % 2].clone();
                tokio::spawn(async move { ledger.rate_slice("main", 30, 250).await.unwrap() })
            })
            .collect();
        for slice in taken {
            let slice = slice.await.unwrap();
            assert!(slice.granted <= 30);
            assert_eq!(slice.within == Duration::from_mins(3), slice.granted > 0, "{slice:?}");
            granted += slice.granted;
        }
        assert_eq!(granted, 250);
        let none = ledgers[0].rate_slice("main", 1, 250).await.unwrap();
        assert_eq!(none.granted, 0);
        let wait = none.within.as_secs();
        assert!((3500..=3790).contains(&wait), "{wait}");
        // Other accounts have budgets of their own, and a greater budget has something left.
        assert_eq!(ledgers[1].rate_slice("second", 30, 250).await.unwrap().granted, 30);
        assert_eq!(ledgers[1].rate_slice("main", 30, 260).await.unwrap().granted, 10);
        assert_eq!(ledgers[1].rate_slice("main", 30, 0).await.unwrap().granted, 0);
    }

    async fn what_was_spent_an_hour_ago_is_there_again(store: Store) {
        let ledger = store.open("node-1").await;
        assert_eq!(ledger.rate_slice("main", 50, 50).await.unwrap().granted, 50);
        store.sql("UPDATE rate SET at = at - 3700000").await;
        assert_eq!(ledger.rate_slice("main", 50, 50).await.unwrap().granted, 0);
        store.sql("UPDATE rate SET at = at - 3700000").await;
        assert_eq!(ledger.rate_slice("main", 50, 50).await.unwrap().granted, 50);
    }
}

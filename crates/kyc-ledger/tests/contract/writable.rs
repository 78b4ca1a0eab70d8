//! A database that can be read and takes no changes, as one on a full disk.

use kyc_ledger::{DatabaseUrl, LedgerError};

use crate::support::contract;

contract! {
    async fn that_no_change_is_taken_is_told_and_that_it_is_again(store: Store) {
        let ledger = store.open("node-1").await;
        let head = ledger.head();
        ledger.probe().await.unwrap();
        let [refuse, allow] = match &store.url {
            DatabaseUrl::Sqlite(_) => [
                "CREATE TRIGGER full BEFORE UPDATE ON instances BEGIN SELECT RAISE(ABORT, 'full'); END",
                "DROP TRIGGER full",
            ],
            DatabaseUrl::Postgres(_) => [
                "ALTER TABLE instances ADD CONSTRAINT full_disk CHECK (epoch < 0) NOT VALID",
                "ALTER TABLE instances DROP CONSTRAINT full_disk",
            ],
        };
        store.sql(refuse).await;
        let error = ledger.probe().await.unwrap_err();
        assert!(matches!(error, LedgerError::Unavailable { .. }), "{error}");
        ledger.ping().await.unwrap();
        store.sql(allow).await;
        ledger.probe().await.unwrap();
        // The history knows nothing of it.
        assert_eq!(ledger.head(), head);
        store.assert_intact().await;
    }
}

//! Callers and their keys.

use kyc_ledger::{ApiKeyText, LedgerError, NewCaller, Scope};

use crate::support::{caller, contract};

fn shop() -> NewCaller {
    NewCaller {
        id: caller("shop"),
        policies: vec!["eu-*".to_owned(), "a b".to_owned()],
        scopes: vec![Scope::Issue, Scope::Read],
        rate_per_minute: Some(600),
    }
}

contract! {
    async fn a_key_is_its_callers_until_it_is_revoked(store: Store) {
        let ledger = store.open("node-1").await;
        let callers = ledger.callers();
        assert!(callers.list().await.unwrap().is_empty());
        let old = callers.add(shop()).await.unwrap();
        let new = callers.add(NewCaller { rate_per_minute: None, ..shop() }).await.unwrap();
        for (key, rate) in [(&old, Some(600)), (&new, None)] {
            let shown = callers.authenticate(key.expose_secret()).await.unwrap().unwrap();
            assert_eq!((shown.id, shown.key.as_ref()), (caller("shop"), Some(key.name())));
            assert_eq!((shown.policies, shown.scopes), (shop().policies, shop().scopes));
            assert_eq!(shown.rate_per_minute, rate);
        }
        callers.revoke(old.name().as_str()).await.unwrap();
        assert_eq!(callers.authenticate(old.expose_secret()).await.unwrap(), None);
        assert!(callers.authenticate(new.expose_secret()).await.unwrap().is_some());
        let listed = callers.list().await.unwrap();
        assert_eq!(listed.iter().map(|key| key.revoked_at.is_some()).collect::<Vec<_>>(), [true, false]);
        for name in [old.name().as_str(), "nobody"] {
            let error = callers.revoke(name).await.unwrap_err();
            assert_eq!(error, LedgerError::NoKey { id: name.to_owned() });
        }
    }

    async fn what_is_no_key_is_nobodys(store: Store) {
        let ledger = store.open("node-1").await;
        let key = ledger.callers().add(shop()).await.unwrap();
        let text = key.expose_secret();
        let last = if text.ends_with('A') { "B" } else { "A" };
        let almost = format!("{}{last}", text.get(..text.len() - 1).unwrap());
        let other = ApiKeyText::generate().unwrap();
        for wrong in ["", "kyc_", &almost, other.expose_secret(), &text.to_uppercase()] {
            assert_eq!(ledger.callers().authenticate(wrong).await.unwrap(), None);
        }
    }

    /// Another instance knows within its time.
    async fn a_key_is_known_on_all_instances(store: Store) {
        let [first, second] = store.open_twice().await;
        assert_eq!(second.callers().authenticate("kyc_x").await.unwrap(), None);
        let key = first.callers().add(shop()).await.unwrap();
        let known = async {
            while second.callers().authenticate(key.expose_secret()).await.unwrap().is_none() {
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(30), known).await.unwrap();
    }
}

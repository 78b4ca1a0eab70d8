//! The same key, once more.

use std::time::Duration;

use kyc_ledger::{Answer, Claimed, LedgerError, Recalled, State};

use crate::support::{Expect as _, UNKNOWN, caller, claim, contract, from_now, issued, refused, token};

contract! {
    /// An intent is granted once, settled once, and its token is handed out again.
    async fn a_token_is_bought_once_and_answered_again(store: Store) {
        let ledger = store.open("node-1").await;
        let first = claim("k", "ann");
        let id = first.id;
        let lease = ledger.claim(first).await.unwrap().granted();
        assert_eq!(lease.id(), id);
        assert_eq!(ledger.session(id).await.unwrap().unwrap().state, State::Intended);

        let settled = ledger.settle(&lease, &issued("s-1")).await.unwrap();
        assert_eq!((settled.state, settled.scan_ref.as_ref().unwrap().as_str()), (State::Issued, "s-1"));
        let known = ledger.claim(claim("k", "ann")).await.unwrap().known();
        assert_eq!(known, settled);
        let Answer::Token(again) = ledger.answer_of(id, &caller("shop")).await.unwrap() else { panic!() };
        assert_eq!(again.auth_token.expose_secret(), token("s-1").auth_token.expose_secret());
        assert_eq!(again.redirect_url.expose_secret(), token("s-1").redirect_url.expose_secret());

        let foreign = ledger.answer_of(id, &caller("other")).await.unwrap_err();
        assert_eq!(foreign, LedgerError::NoSession { id });
    }

    async fn a_key_with_another_body_is_no_replay(store: Store) {
        let ledger = store.open("node-1").await;
        let lease = ledger.claim(claim("k", "ann")).await.unwrap().granted();
        assert!(matches!(ledger.claim(claim("k", "bob")).await.unwrap(), Claimed::Mismatch));
        ledger.settle(&lease, &issued("s-1")).await.unwrap();
        assert!(matches!(ledger.claim(claim("k", "bob")).await.unwrap(), Claimed::Mismatch));
        // The same key of another caller is another key.
        let mut other = claim("k", "bob");
        other.caller = caller("other");
        ledger.claim(other).await.unwrap().granted();
    }

    async fn a_key_is_recalled_without_being_claimed(store: Store) {
        let ledger = store.open("node-1").await;
        let shop = caller("shop");
        let (asked, other) = (claim("k", "ann"), claim("k", "bob"));
        assert_eq!(ledger.recall(&shop, &asked.key, &asked.fingerprint).await.unwrap(), None);
        let lease = ledger.claim(asked.clone()).await.unwrap().granted();
        let recalled = ledger.recall(&shop, &asked.key, &asked.fingerprint).await.unwrap();
        let Some(Recalled::Session(session)) = recalled else { panic!("{recalled:?}") };
        assert_eq!((session.id, session.state), (lease.id(), State::Intended));
        let settled = ledger.settle(&lease, &issued("s-1")).await.unwrap();
        let recalled = ledger.recall(&shop, &asked.key, &asked.fingerprint).await.unwrap();
        assert_eq!(recalled, Some(Recalled::Session(Box::new(settled))));
        let mismatch = ledger.recall(&shop, &other.key, &other.fingerprint).await.unwrap();
        assert_eq!(mismatch, Some(Recalled::Mismatch));
        assert_eq!(ledger.recall(&caller("other"), &asked.key, &asked.fingerprint).await.unwrap(), None);
    }

    async fn what_was_refused_is_granted_anew_under_the_same_key(store: Store) {
        let ledger = store.open("node-1").await;
        let lease = ledger.claim(claim("k", "ann")).await.unwrap().granted();
        let before = ledger.settle(&lease, &refused()).await.unwrap();
        assert_eq!(before.refusal.as_ref().unwrap().status, Some(400));
        let lease = ledger.claim(claim("k", "ann")).await.unwrap().granted();
        let session = ledger.settle(&lease, &issued("s-1")).await.unwrap();
        assert_eq!((session.attempt, session.replaces), (2, Some(before.id)));
        assert_eq!(ledger.claim(claim("k", "ann")).await.unwrap().known(), session);
    }

    async fn an_unknown_outcome_is_the_answer(store: Store) {
        let ledger = store.open("node-1").await;
        let lease = ledger.claim(claim("k", "ann")).await.unwrap().granted();
        let session = ledger.settle(&lease, &UNKNOWN).await.unwrap();
        assert_eq!(session.state, State::Unknown);
        assert_eq!(ledger.claim(claim("k", "ann")).await.unwrap().known(), session);
        assert!(matches!(ledger.answer_of(session.id, &caller("shop")).await.unwrap(), Answer::None));
    }

    async fn settling_twice_changes_nothing(store: Store) {
        let ledger = store.open("node-1").await;
        let lease = ledger.claim(claim("k", "ann")).await.unwrap().granted();
        let first = ledger.settle(&lease, &issued("s-1")).await.unwrap();
        let head = ledger.head();
        assert_eq!(ledger.settle(&lease, &issued("s-1")).await.unwrap(), first);
        assert_eq!(ledger.head(), head);
        let other = ledger.settle(&lease, &refused()).await.unwrap_err();
        assert_eq!(other, LedgerError::LeaseLost { id: lease.id() });
    }

    async fn replay_ends_with_time_expiry_and_the_first_result(store: Store) {
        let ledger = store.open_with("node-1", |options| options.replay = Duration::from_mins(50)).await;
        let shop = caller("shop");
        let lease = ledger.claim(claim("k", "ann")).await.unwrap().granted();
        let session = ledger.settle(&lease, &issued("s-1")).await.unwrap();
        assert!(matches!(ledger.answer_of(session.id, &shop).await.unwrap(), Answer::Token(_)));
        let scan_ref = session.scan_ref.clone().unwrap();
        assert!(ledger.close(&scan_ref, from_now(Duration::ZERO)).await.unwrap());
        assert!(!ledger.close(&scan_ref, from_now(Duration::ZERO)).await.unwrap());
        assert!(matches!(ledger.answer_of(session.id, &shop).await.unwrap(), Answer::Closed));
        assert!(ledger.claim(claim("k", "ann")).await.unwrap().known().closed_at.is_some());

        let lease = ledger.claim(claim("k2", "ann")).await.unwrap().granted();
        let mut expired = token("s-2");
        expired.expires_at = from_now(Duration::ZERO);
        let outcome = kyc_ledger::Outcome::Issued { token: expired, answer: vec![1].into() };
        let session = ledger.settle(&lease, &outcome).await.unwrap();
        assert!(matches!(ledger.answer_of(session.id, &shop).await.unwrap(), Answer::Expired));
        ledger.shut_down().await;

        let ledger = store.open_with("node-1", |options| options.replay = Duration::ZERO).await;
        let lease = ledger.claim(claim("k3", "ann")).await.unwrap().granted();
        let session = ledger.settle(&lease, &issued("s-3")).await.unwrap();
        assert!(matches!(ledger.answer_of(session.id, &shop).await.unwrap(), Answer::Expired));
        assert_eq!(ledger.claim(claim("k3", "ann")).await.unwrap().known(), session);
    }
}

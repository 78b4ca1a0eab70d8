//! An open session in place of a new one.

use std::sync::Arc;
use std::time::Duration;

use kyc_ledger::{Answer, Claim, Claimed, EraseReason, Outcome, State};

use crate::support::{Expect as _, buy, caller, claim, contract, from_now, issued, policy, refused, token};

fn again(key: &str) -> Claim {
    Claim { reuse: true, ..claim(key, "ann") }
}

contract! {
    async fn an_open_session_is_given_under_the_new_key_too(store: Store) {
        let ledger = store.open("node-1").await;
        let first = buy(&ledger, again("k-1"), &issued("s-1")).await;
        let second = ledger.claim(again("k-2")).await.unwrap().known();
        assert_eq!(second, first);
        // The new key stands for it from now on, whether or not reuse is asked for.
        assert_eq!(ledger.claim(claim("k-2", "ann")).await.unwrap().known(), first);
        assert!(matches!(ledger.claim(claim("k-2", "bob")).await.unwrap(), Claimed::Mismatch));
        assert!(matches!(ledger.answer_of(first.id, &caller("shop")).await.unwrap(), Answer::Token(_)));
    }

    async fn whoever_does_not_ask_for_it_buys(store: Store) {
        let ledger = store.open("node-1").await;
        let first = buy(&ledger, again("k-1"), &issued("s-1")).await;
        assert_ne!(buy(&ledger, claim("k-2", "ann"), &issued("s-2")).await.id, first.id);
    }

    async fn another_caller_account_policy_or_other_data_is_another_session(store: Store) {
        let ledger = store.open("node-1").await;
        buy(&ledger, again("k-1"), &issued("s-1")).await;
        let different: [fn(&mut Claim); 4] = [
            |claim| claim.caller = caller("other"),
            |claim| claim.account = Arc::from("second"),
            |claim| claim.policy = policy("another"),
            |claim| claim.fingerprint = b"other data".to_vec().into(),
        ];
        for (number, change) in different.into_iter().enumerate() {
            let mut claim = again(&format!("k-{}", number + 2));
            change(&mut claim);
            buy(&ledger, claim, &refused()).await;
        }
    }

    async fn what_is_closed_erased_or_expired_is_not_open(store: Store) {
        let ledger = store.open("node-1").await;
        let first = buy(&ledger, again("k-1"), &issued("s-1")).await;
        ledger.close(&first.scan_ref.unwrap(), from_now(Duration::ZERO)).await.unwrap();
        let second = buy(&ledger, again("k-2"), &issued("s-2")).await;
        ledger.erase(second.id, EraseReason::Request, None).await.unwrap();
        let mut expired = token("s-3");
        expired.expires_at = from_now(Duration::ZERO);
        buy(&ledger, again("k-3"), &Outcome::Issued { token: expired, answer: vec![1].into() }).await;
        let last = buy(&ledger, again("k-4"), &issued("s-4")).await;
        assert_eq!(last.state, State::Issued);
        // A key keeps what it stands for, open or not.
        assert_eq!(ledger.claim(again("k-3")).await.unwrap().known().scan_ref.unwrap().as_str(), "s-3");
        assert_eq!(ledger.claim(again("k-5")).await.unwrap().known(), last);
    }

    async fn after_a_refusal_an_open_session_of_another_key_is_as_good(store: Store) {
        let ledger = store.open("node-1").await;
        buy(&ledger, again("k-1"), &refused()).await;
        let open = buy(&ledger, again("k-2"), &issued("s-2")).await;
        assert_eq!(ledger.claim(again("k-1")).await.unwrap().known(), open);
    }
}

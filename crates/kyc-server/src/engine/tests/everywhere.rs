//! Every way in which the vendor misbehaves, under load: afterwards the vendor has no session that the ledger does not
//! know, no key has two, and everything is settled.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use futures_util::{StreamExt, stream};
use kyc_ledger::State;
use kyc_sandbox::Scenario;

use super::world::{Mood, World};
use crate::engine::Code;

const CALLS: usize = 50;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_bought_twice_and_nothing_is_lost() {
    let moods = Scenario::ALL.iter().copied().map(Mood::As).chain([Mood::Refuses]);
    let checked: Vec<_> = stream::iter(moods).map(check).buffer_unordered(2).collect().await;
    assert_eq!(checked.len(), Scenario::ALL.len() + 1);
}

/// Each of two thirds of the clients has a twin of its request under way.
async fn check(mood: Mood) {
    let world = World::new().await;
    world.vendor_is(mood);
    let clients: Vec<_> = (0..CALLS).map(|index| format!("u-{}", index * 2 / 3)).collect();
    let results = join_all(clients.iter().map(|client| world.ask("strict", client, client, false))).await;
    let codes: BTreeSet<_> =
        results.iter().filter_map(|result| Some(result.as_ref().err()?.code())).collect();
    assert!(codes.iter().all(|code| explained(*code)), "{mood:?}: {codes:?}");
    world.find_out().await;

    for client in clients.iter().collect::<BTreeSet<_>>() {
        let states: Vec<_> = world.sessions_of(client).await.iter().map(|session| session.state).collect();
        let settled = [State::Issued, State::Refused, State::Absent, State::IssuedTokenLost];
        assert!(states.iter().all(|state| settled.contains(state)), "{mood:?}, {client}: {states:?}");
        // While calls are paused nothing is written.
        assert!(!states.is_empty() || codes.contains(&Code::Overloaded), "{mood:?}, {client}");
        assert!(world.at_the_vendor(client).await.len() <= 1, "{mood:?}, {client}");
        assert!(world.agrees_about(client).await, "{mood:?}, {client}");
    }
}

/// What the vendor's moods may lead to. Nobody is told of a mistake of ours.
fn explained(code: Code) -> bool {
    matches!(
        code,
        Code::VendorRefused
            | Code::VendorBusy
            | Code::VendorUnreachable
            | Code::VendorOutcomeUnknown
            | Code::SessionWeaker
            | Code::Overloaded
    )
}

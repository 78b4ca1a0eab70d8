//! Rows follow each other, no part of one can be changed, and their bytes never do.

use super::*;
use crate::keys::tests::{id, keys, ring};

fn at(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap()
}

fn session(step: i64) -> RowSession {
    RowSession { id: "01930000000070008000000000000001".to_owned(), step }
}

/// A chain of three rows.
fn chain() -> [Row; 3] {
    let keys = keys("2026-11", 0);
    let opened = ChainState::open(&keys, "node-1", 1, at(1_800_000_000_000), "0.0.0", None);
    let refused = Event::Refused { code: "bad".to_owned(), status: Some(400) };
    let refused = opened.state().next(&keys, at(1_800_000_000_001), Some(session(2)), &refused);
    let closed = refused.state().next(
        &keys,
        at(1_800_000_000_002),
        Some(session(3)),
        &Event::Closed { closed_at: 1_800_000_000_002 },
    );
    [opened, refused, closed]
}

fn is_authentic(row: &Row, previous: Option<&Row>) -> bool {
    row.is_authentic(&ring("2026-11", 0), previous.map(|row| &row.mac)).unwrap()
}

#[test]
fn each_row_follows_the_one_before_and_no_other() {
    let [opened, refused, closed] = &chain();
    assert!(is_authentic(opened, None));
    assert!(is_authentic(refused, Some(opened)));
    assert!(is_authentic(closed, Some(refused)));
    assert!(!is_authentic(closed, Some(opened)));
    assert!(!is_authentic(closed, None));
    assert!(!is_authentic(opened, Some(refused)));
    assert_eq!((opened.seq, refused.seq, closed.seq), (0, 1, 2));
}

#[test]
fn a_change_of_any_part_is_noticed() {
    let [opened, refused, _] = chain();
    let moved = |change: fn(&mut Row)| {
        let mut row = refused.clone();
        change(&mut row);
        assert_ne!(row, refused);
        assert!(!is_authentic(&row, Some(&opened)), "{row:?}");
    };
    moved(|row| row.instance.push('2'));
    moved(|row| row.epoch = 2);
    moved(|row| row.seq = 2);
    moved(|row| row.at += 1);
    moved(|row| row.kind = "closed".to_owned());
    moved(|row| row.session = None);
    moved(|row| row.session = Some(RowSession { id: "x".to_owned(), step: 2 }));
    moved(|row| row.session = Some(session(3)));
    moved(|row| row.facts.push(' '));
    moved(|row| row.mac = Mac::new([0; 32]));
}

#[test]
fn parts_do_not_run_into_each_other() {
    let [opened, refused, _] = chain();
    let mut row = refused;
    // The last letter of the kind, moved to the session.
    row.kind = "refuse".to_owned();
    row.session = Some(RowSession { id: "d01930000000070008000000000000001".to_owned(), step: 2 });
    assert!(!is_authentic(&row, Some(&opened)));
}

#[test]
fn without_the_key_nobody_can_say() {
    let [opened, ..] = &chain();
    let missing = opened.is_authentic(&ring("2026-12", 0), None).unwrap_err();
    assert_eq!(missing, KeyMissing(id("2026-11")));
    assert!(!opened.is_authentic(&ring("2026-11", 1), None).unwrap(), "another key of that name");
}

#[test]
fn an_epoch_begins_with_where_the_one_before_ended() {
    let [.., closed] = chain();
    let keys = keys("2026-12", 1);
    let previous = closed.state().link();
    let opened = ChainState::open(&keys, "node-1", 2, at(1_800_000_100_000), "0.0.0", Some(previous));
    assert_eq!((opened.epoch, opened.seq, &opened.session), (2, 0, &None));
    assert!(opened.is_authentic(&ring("2026-12", 1), None).unwrap());
    let Ok(Event::Opened { previous: Some(found), key_check, .. }) = opened.event() else { panic!() };
    assert_eq!(found, previous);
    assert_eq!(key_check, keys.check());
}

/// Computed apart, by Python's `hmac`.
#[test]
fn the_bytes_never_change() {
    let found = chain().map(|row| row.mac.to_string());
    assert_eq!(
        found,
        [
            "b2b06cdd5b8d6cf7f1bdf55c6db4e24c4e68bcae0d94e57a2ca2faea40945a50",
            "1d9dc8aee16d5780889a8a7b599bdb485e7c0ab14341f8f772bb25d8f6dd37c6",
            "3f636834bc15c7d44b010ada306d119052ddda80378f14bd41771d366b3cd0a4"
        ]
    );
}

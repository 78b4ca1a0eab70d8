//! What is stored of each kind of event never changes.

use super::super::chain::Mac;
use super::*;

/// One event of each kind, and of each optional fact one with it and one without; what is stored of them.
fn examples() -> Vec<(Event, &'static str, &'static str)> {
    let some = Commitment::new([0xcc; 32]);
    let text = str::to_owned;
    let previous = Link { epoch: 3, seq: 41, mac: Mac::new([0xaa; 32]) };
    let opened = |previous| Event::Opened { version: text("0.0.0"), key_check: text("0011"), previous };
    let intended = |replaces: Option<&str>| Event::Intended {
        caller: text("shop"),
        policy: text("eu-onboarding"),
        digest: PolicyDigest::new([0xdd; 32]),
        account: text("main"),
        environment: text("production"),
        attempt: 1,
        replaces: replaces.map(text),
        key: some,
        data: some,
        client: some,
        request: some,
    };
    let lost =
        |scan_ref: Option<&str>, by, note| Event::IssuedTokenLost { scan_ref: scan_ref.map(text), by, note };
    let added = |rate_per_minute| Event::CallerAdded {
        name: text("AbCdEfGhIjKl"),
        caller: text("shop"),
        hash: KeyHash::new([0xdd; 32]),
        policies: vec![text("eu-*")],
        scopes: vec![text("issue"), text("read")],
        rate_per_minute,
    };
    vec![
        (opened(None), "opened", r#"{"key_check":"0011","version":"0.0.0"}"#),
        (
            opened(Some(previous)),
            "opened",
            r#"{"key_check":"0011","previous":{"epoch":3,"mac":"AA","seq":41},"version":"0.0.0"}"#,
        ),
        (
            intended(None),
            "intended",
            r#"{"account":"main","attempt":1,"caller":"shop","client":"CC","data":"CC","digest":"DD","environment":"production","key":"CC","policy":"eu-onboarding","request":"CC"}"#,
        ),
        (
            intended(Some("0193")),
            "intended",
            r#"{"account":"main","attempt":1,"caller":"shop","client":"CC","data":"CC","digest":"DD","environment":"production","key":"CC","policy":"eu-onboarding","replaces":"0193","request":"CC"}"#,
        ),
        (Event::Joined { key: some, replaces: None }, "joined", r#"{"key":"CC"}"#),
        (
            Event::Joined { key: some, replaces: Some(text("0193")) },
            "joined",
            r#"{"key":"CC","replaces":"0193"}"#,
        ),
        (
            Event::Issued { scan_ref: text("s-1"), expires_at: 1_800_000_000_123, answer: some, token: some },
            "issued",
            r#"{"answer":"CC","expires_at":1800000000123,"scan_ref":"s-1","token":"CC"}"#,
        ),
        (
            Event::Refused { code: text("bad"), status: Some(400) },
            "refused",
            r#"{"code":"bad","status":400}"#,
        ),
        (Event::Refused { code: text("down"), status: None }, "refused", r#"{"code":"down"}"#),
        (
            Event::Unknown { reason: text("lease-expired"), scan_ref: None },
            "unknown",
            r#"{"reason":"lease-expired"}"#,
        ),
        (
            Event::Unknown { reason: text("answer"), scan_ref: Some(text("s-1")) },
            "unknown",
            r#"{"reason":"answer","scan_ref":"s-1"}"#,
        ),
        (Event::Absent { by: By::Reconciliation, note: None }, "absent", r#"{"by":"reconciliation"}"#),
        (Event::Absent { by: By::Operator, note: Some(some) }, "absent", r#"{"by":"operator","note":"CC"}"#),
        (lost(Some("s-1"), By::Call, None), "issued_token_lost", r#"{"by":"call","scan_ref":"s-1"}"#),
        (lost(None, By::Operator, Some(some)), "issued_token_lost", r#"{"by":"operator","note":"CC"}"#),
        (
            Event::Ambiguous { scan_refs: vec![text("s-1"), text("s-2")] },
            "ambiguous",
            r#"{"scan_refs":["s-1","s-2"]}"#,
        ),
        (Event::Closed { closed_at: 1_800_000_000_456 }, "closed", r#"{"closed_at":1800000000456}"#),
        (Event::Erased { reason: text("request") }, "erased", r#"{"reason":"request"}"#),
        (
            added(Some(100)),
            "caller_added",
            r#"{"caller":"shop","hash":"DD","name":"AbCdEfGhIjKl","policies":["eu-*"],"rate_per_minute":100,"scopes":["issue","read"]}"#,
        ),
        (
            added(None),
            "caller_added",
            r#"{"caller":"shop","hash":"DD","name":"AbCdEfGhIjKl","policies":["eu-*"],"scopes":["issue","read"]}"#,
        ),
        (Event::CallerRevoked { name: text("AbCdEfGhIjKl") }, "caller_revoked", r#"{"name":"AbCdEfGhIjKl"}"#),
    ]
}

#[test]
fn what_is_stored_never_changes_and_reads_back() {
    for (event, kind, facts) in examples() {
        let facts = facts
            .replace("AA", &"aa".repeat(32))
            .replace("CC", &"cc".repeat(32))
            .replace("DD", &"dd".repeat(32));
        let (found_kind, found_facts) = event.to_stored();
        assert_eq!((&*found_kind, &found_facts), (kind, &facts));
        let read: Value = serde_json::from_str(&facts).unwrap();
        assert_eq!(serde_json_canonicalizer::to_string(&read).unwrap(), facts);
        assert_eq!(Event::read(kind, &facts), Ok(event));
    }
}

/// Texts are written as RFC 8785 has them too, whatever is in them.
#[test]
fn any_text_is_canonical() {
    let text: String = (0..0x2ff).filter_map(char::from_u32).chain("\u{2028}𐐷\u{e000}".chars()).collect();
    let (_, facts) = Event::Refused { code: text, status: None }.to_stored();
    let read: Value = serde_json::from_str(&facts).unwrap();
    assert_eq!(serde_json_canonicalizer::to_string(&read).unwrap(), facts);
}

#[test]
fn what_this_release_does_not_know_is_refused() {
    for (kind, facts) in [
        ("vanished", "{}"),
        ("closed", r#"{"closed_at":1,"why":"x"}"#),
        ("closed", "{}"),
        ("closed", "[]"),
        ("closed", ""),
        ("erased", "{}"),
        ("erased", r#"{"reason":"request","who":"x"}"#),
        ("erased", r#"{"reason":5}"#),
        ("absent", r#"{"by":"chance"}"#),
        ("joined", r#"{"key":"CC"}"#),
    ] {
        assert_eq!(Event::read(kind, facts), Err(MalformedEvent), "{kind} {facts}");
    }
}

#[test]
fn all_but_three_kinds_are_steps_of_a_session() {
    let others: Vec<_> = examples().into_iter().filter(|(event, ..)| !event.is_of_session()).collect();
    let kinds: std::collections::BTreeSet<_> = others.iter().map(|(_, kind, _)| *kind).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["caller_added", "caller_revoked", "opened"]);
}

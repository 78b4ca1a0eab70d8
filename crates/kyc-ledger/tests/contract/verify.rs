//! Verification: whatever somebody changes who lacks the keys is found.

use std::time::Duration;

use jiff::Timestamp;
use kyc_core::ScanRef;
use kyc_ledger::history::{Head, Heads};
use kyc_ledger::{
    Claim, DatabaseUrl, EraseReason, FindingKind, Found, NewCaller, OpenError, Outcome, Report, Resolution,
    Role, Scope, SessionId, verify,
};

use crate::raw::{Class, Column, Raw, is_row};
use crate::support::{Expect as _, Store, UNKNOWN, caller, claim, contract, issued, refused, ring};

fn scan_ref(text: &str) -> ScanRef {
    ScanRef::new(text).unwrap()
}

/// A ledger in which everything has happened that can.
async fn eventful(store: &Store) -> SessionId {
    let ledger = store.open("node-1").await;
    let callers = ledger.callers();
    let new = NewCaller {
        id: caller("shop"),
        policies: vec!["eu-*".to_owned()],
        scopes: vec![Scope::Issue, Scope::Read],
        rate_per_minute: Some(100),
    };
    callers.add(new.clone()).await.unwrap();
    let second = callers.add(NewCaller { rate_per_minute: None, ..new }).await.unwrap();
    ledger.rate_slice("main", 20, 10_000).await.unwrap();

    // Issued, used again under another key, and closed.
    let lease = ledger.claim(claim("k1", "ann")).await.unwrap().granted();
    ledger.settle(&lease, &issued("s-1")).await.unwrap();
    let again = Claim { reuse: true, ..claim("k2", "ann") };
    ledger.claim(again).await.unwrap().known();
    ledger.close(&scan_ref("s-1"), Timestamp::now()).await.unwrap();
    // Refused, then issued under the same key, and erased.
    let lease = ledger.claim(claim("k3", "bob")).await.unwrap().granted();
    ledger.settle(&lease, &refused()).await.unwrap();
    let lease = ledger.claim(claim("k3", "bob")).await.unwrap().granted();
    let erased = lease.id();
    ledger.settle(&lease, &issued("s-2")).await.unwrap();
    ledger.erase(erased, EraseReason::Request, None).await.unwrap();
    // Lost in the call itself; asked for anew.
    let lease = ledger.claim(claim("k4", "cem")).await.unwrap().granted();
    let lost = Outcome::Unknown { scan_ref: Some(scan_ref("s-3")), reason: "weaker" };
    ledger.settle(&lease, &lost).await.unwrap();
    let lease = ledger.claim(Claim { reissue: true, ..claim("k4", "cem") }).await.unwrap().granted();
    ledger.settle(&lease, &issued("s-4")).await.unwrap();
    // Lost, and not asked for anew.
    let lease = ledger.claim(claim("k5", "dan")).await.unwrap().granted();
    ledger.settle(&lease, &UNKNOWN).await.unwrap();
    // Ambiguous, and settled by hand.
    let lease = ledger.claim(claim("k6", "eve")).await.unwrap().granted();
    let ambiguous = lease.id();
    ledger.settle(&lease, &UNKNOWN).await.unwrap();
    for unknown in ledger.unknowns(Duration::ZERO, 10).await.unwrap() {
        let found = if unknown.id() == ambiguous {
            Found::Several(vec![scan_ref("s-6"), scan_ref("s-7")])
        } else {
            Found::One(scan_ref("s-5"))
        };
        ledger.reconcile(unknown, found).await.unwrap();
    }
    let note = b"Ann from support looked it up".to_vec().into();
    ledger.resolve(ambiguous, Resolution::Lost(scan_ref("s-6")), note).await.unwrap();
    // Absent, and one that is ambiguous still.
    for (key, client) in [("k7", "fay"), ("k8", "gil")] {
        let lease = ledger.claim(claim(key, client)).await.unwrap().granted();
        ledger.settle(&lease, &UNKNOWN).await.unwrap();
    }
    let mut unknowns = ledger.unknowns(Duration::ZERO, 10).await.unwrap().into_iter();
    ledger.reconcile(unknowns.next().unwrap(), Found::Nothing).await.unwrap();
    let several = Found::Several(vec![scan_ref("s-8"), scan_ref("s-9")]);
    ledger.reconcile(unknowns.next().unwrap(), several).await.unwrap();
    // Unknown, and refused without an answer.
    let lease = ledger.claim(claim("k9", "hal")).await.unwrap().granted();
    ledger.settle(&lease, &UNKNOWN).await.unwrap();
    let lease = ledger.claim(claim("k10", "ina")).await.unwrap().granted();
    let down = Outcome::Refused { code: "vendor-unreachable".to_owned(), status: None };
    ledger.settle(&lease, &down).await.unwrap();
    ledger.shut_down().await;

    // Another epoch under a new key; a tool beside it.
    let ledger = store.try_open("node-1", ring(&[("k2", 2), ("k1", 1)]), |_| ()).await.unwrap();
    let tool = store.try_open("tool", ring(&[("k2", 2), ("k1", 1)]), |options| options.role = Role::Tool);
    let tool = tool.await.unwrap();
    tool.callers().revoke(second.name().as_str()).await.unwrap();
    tool.shut_down().await;
    let lease = ledger.claim(claim("k11", "jon")).await.unwrap().granted();
    ledger.settle(&lease, &issued("s-10")).await.unwrap();
    // Under way for ever.
    let open = ledger.claim(claim("k12", "kim")).await.unwrap().granted();
    ledger.shut_down().await;
    open.id()
}

async fn report(store: &Store, heads: &[Head]) -> Result<Report, OpenError> {
    verify(&store.url, None, &ring(&[("k2", 2), ("k1", 1)]), heads).await
}

async fn kinds(store: &Store, heads: &[Head]) -> Vec<FindingKind> {
    let mut kinds: Vec<_> =
        report(store, heads).await.unwrap().findings.into_iter().map(|found| found.kind).collect();
    kinds.dedup();
    kinds
}

/// Columns that verification makes no claim about, with the reason. `DATA.md` names them too.
pub(crate) const OUTSIDE: &[(&str, &str, &str)] = &[
    ("sessions", "lease_epoch", "it decides nothing once the call has ended"),
    ("sessions", "lease_until", "it decides nothing once the call has ended"),
    ("rate", "account", "a budget, which the vendor keeps too"),
    ("rate", "at", "a budget, which the vendor keeps too"),
    ("rate", "granted", "a budget, which the vendor keeps too"),
    ("kyc_schema", "applied_at", "for people who look after the database"),
];

/// What is not found although its column is: after erasing nobody can say which keys the session's were.
fn is_excepted(column: &Column, row: &[String], erased: &str) -> bool {
    (&*column.table, &*column.name) == ("idempotency", "key_tag")
        && row.iter().any(|literal| literal.contains(erased))
}

/// What verification says of an edit: whether it notices anything.
async fn notices(store: &Store) -> bool {
    match report(store, &[]).await {
        Ok(report) => !report.is_intact(),
        // A schema of another version, or a value that no release has ever written.
        Err(OpenError::Newer { .. } | OpenError::NotALedger { .. } | OpenError::Ledger(_)) => true,
        Err(error) => panic!("{error}"),
    }
}

async fn every_edit_is_noticed(store: &Store) {
    eventful(store).await;
    let intact = report(store, &[]).await.unwrap();
    assert_eq!(intact.findings, []);
    let raw = Raw::open(&store.url).await;
    let erased = raw.rows("SELECT id FROM sessions WHERE erased_at IS NOT NULL").await.concat().concat();
    let schema = raw.schema().await;
    let mut tables: Vec<_> = schema.iter().map(|column| column.table.clone()).collect();
    tables.dedup();
    let mut missed = Vec::new();
    for table in &tables {
        let columns: Vec<Column> = schema.iter().filter(|column| column.table == *table).cloned().collect();
        let rows = raw.literals(&columns).await;
        assert!(!rows.is_empty(), "nothing is in `{table}`");
        // The same code reads both databases, and a server takes its time: of its rows a part is enough.
        let part = if matches!(raw, Raw::Sqlite(_)) { 1 } else { 5 };
        for row in rows.iter().step_by(part) {
            for (index, column) in columns.iter().enumerate() {
                let is_outside =
                    OUTSIDE.iter().any(|(table, name, _)| (*table, *name) == (&*column.table, &*column.name));
                for other in raw.others(column, &row[index]) {
                    let mut edited = row.clone();
                    edited[index].clone_from(&other);
                    let set = |value: &str, row: &[String]| {
                        format!(
                            "UPDATE {table} SET {} = {value} WHERE {}",
                            column.name,
                            is_row(&columns, row)
                        )
                    };
                    // Where the database itself refuses it, nobody can.
                    if raw.run(&set(&other, row)).await != Ok(1) {
                        continue;
                    }
                    let is_noticed = notices(store).await;
                    if is_noticed == (is_outside || is_excepted(column, row, &erased)) {
                        missed.push(format!(
                            "{table}.{}: {} to {other}: {is_noticed}",
                            column.name, row[index]
                        ));
                    }
                    assert_eq!(raw.run(&set(&row[index], &edited)).await, Ok(1), "{table}.{}", column.name);
                }
            }
            assert_eq!(raw.run(&format!("DELETE FROM {table} WHERE {}", is_row(&columns, row))).await, Ok(1));
            if notices(store).await == (table == "rate") {
                missed.push(format!("{table}: {row:?} deleted"));
            }
            let names: Vec<_> = columns.iter().map(|column| &*column.name).collect();
            let insert = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), row.join(", "));
            assert_eq!(raw.run(&insert).await, Ok(1), "{insert}");
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert_eq!(report(store, &[]).await.unwrap(), intact, "all is as it was");
    for (table, name, _) in OUTSIDE {
        assert!(
            schema.iter().any(|column| (&*column.table, &*column.name) == (*table, *name)),
            "{table}.{name}"
        );
    }
}

contract! {
    async fn an_eventful_ledger_is_intact(store: Store) {
        eventful(&store).await;
        let report = report(&store, &[]).await.unwrap();
        assert_eq!(report.findings, []);
        assert!(report.is_intact());
        assert_eq!((report.chains, report.sessions, report.erased), (3, 13, 1));
    }

    /// Each value of each row of each table, one after the other, and each row as a whole.
    async fn whatever_is_changed_is_noticed(store: Store) {
        every_edit_is_noticed(&store).await;
    }

    /// Who knows all the rules and lacks the keys can cut the end off, and only a head that was written down tells.
    async fn what_is_cut_off_is_noticed_by_a_head(store: Store) {
        let open = eventful(&store).await;
        let raw = Raw::open(&store.url).await;
        let last = raw.rows("SELECT epoch, seq, mac FROM history WHERE kind = 'intended' ORDER BY epoch DESC, seq DESC LIMIT 1");
        let (epoch, seq) = match &*last.await {
            [row] => (row[0].parse::<i64>().unwrap(), row[1].parse::<i64>().unwrap()),
            rows => panic!("{rows:?}"),
        };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("heads.jsonl");
        let ledger = store.try_open("node-1", ring(&[("k2", 2), ("k1", 1)]), |options| {
            options.heads = Some(path.clone());
        });
        let ledger = ledger.await.unwrap();
        ledger.export_head().await.unwrap();
        ledger.shut_down().await;
        let heads = Heads::read(&path).unwrap().heads;
        let intact = report(&store, &heads).await.unwrap();
        assert_eq!((&*intact.findings, intact.heads), (&[][..], 1));

        // The last epochs of the instance, with all that hangs on them.
        for sql in [
            format!("DELETE FROM history WHERE instance = 'node-1' AND (epoch > {epoch} OR (epoch = {epoch} AND seq >= {seq}))"),
            format!("DELETE FROM people WHERE session_id = '{open}'"),
            format!("DELETE FROM idempotency WHERE session_id = '{open}'"),
            format!("DELETE FROM slots WHERE session_id = '{open}'"),
            format!("DELETE FROM sessions WHERE id = '{open}'"),
            format!("UPDATE instances SET epoch = {epoch}, opened_at = (SELECT at FROM history WHERE instance = 'node-1' AND epoch = {epoch} AND seq = 0) WHERE instance = 'node-1'"),
        ] {
            assert!(raw.run(&sql).await.unwrap() > 0, "{sql}");
        }
        assert_eq!(kinds(&store, &[]).await, [], "it claims no more");
        assert_eq!(kinds(&store, &heads).await, [FindingKind::HeadMissing]);
    }

    async fn an_epoch_that_is_gone_is_noticed(store: Store) {
        for round in 0..4 {
            let ledger = store.open("node-1").await;
            let lease = ledger.claim(claim(&format!("k{round}"), "ann")).await.unwrap().granted();
            ledger.settle(&lease, &refused()).await.unwrap();
            ledger.shut_down().await;
        }
        let raw = Raw::open(&store.url).await;
        let history = "DELETE FROM history WHERE instance = 'node-1' AND epoch =";
        // With the sessions of the epoch, so that nothing but the chain can tell.
        let delete = async |epoch: &str| {
            let ids = raw.rows(&format!("SELECT DISTINCT session_id FROM history WHERE session_id IS NOT NULL AND epoch = {epoch}")).await.concat();
            for (table, column) in [("people", "session_id"), ("idempotency", "session_id"), ("sessions", "id")] {
                raw.run(&format!("DELETE FROM {table} WHERE {column} = '{}'", ids[0])).await.unwrap();
            }
            raw.run(&format!("{history} {epoch}")).await.unwrap();
        };
        delete("2").await;
        assert_eq!(kinds(&store, &[]).await, [FindingKind::RowsMissing]);
        delete("1").await;
        assert_eq!(kinds(&store, &[]).await, [FindingKind::RowsMissing]);
        delete("4").await;
        assert_eq!(kinds(&store, &[]).await, [FindingKind::RowsMissing, FindingKind::InstanceDiffers]);
    }

    async fn keys_that_are_missing_or_others_are_told(store: Store) {
        eventful(&store).await;
        let kinds = async |keys: &[(&str, u8)]| {
            let report = verify(&store.url, None, &ring(keys), &[]).await.unwrap();
            let mut kinds: Vec<_> = report.findings.iter().map(|found| found.kind).collect();
            kinds.sort_unstable();
            kinds.dedup();
            kinds
        };
        assert_eq!(kinds(&[("k2", 2)]).await, [FindingKind::KeyMissing]);
        assert_eq!(kinds(&[("k3", 3)]).await, [FindingKind::KeyMissing]);
        let others = kinds(&[("k2", 2), ("k1", 9)]).await;
        assert!(others.contains(&FindingKind::KeyDiffers) && !others.contains(&FindingKind::RowChanged), "{others:?}");
    }

    /// Texts, tokens and rows that are each right, and in each other's place.
    async fn what_is_exchanged_is_noticed(store: Store) {
        eventful(&store).await;
        let raw = Raw::open(&store.url).await;
        let issued = raw.rows("SELECT s.id FROM sessions AS s JOIN people AS p ON p.session_id = s.id WHERE s.state = 'issued' ORDER BY s.id").await.concat();
        let [one, two, ..] = &*issued else { panic!("{issued:?}") };
        let columns: Vec<_> = raw.schema().await.into_iter().filter(|column| column.table == "people").collect();
        let rows = raw.literals(&columns).await;
        let row_of = |id: &str| rows.iter().find(|row| row[0].contains(id)).unwrap();
        for (index, column) in columns.iter().enumerate().filter(|(_, column)| column.class != Class::Int).skip(1) {
            let set = async |id: &str, from: &str| {
                let update = format!("UPDATE people SET {} = {} WHERE session_id = '{id}'", column.name, row_of(from)[index]);
                assert_eq!(raw.run(&update).await, Ok(1));
            };
            set(one, two).await;
            set(two, one).await;
            let is_same = row_of(one)[index] == row_of(two)[index];
            assert_eq!(report(&store, &[]).await.unwrap().is_intact(), is_same, "{}", column.name);
            set(one, one).await;
            set(two, two).await;
        }
        assert!(report(&store, &[]).await.unwrap().is_intact());
    }

    async fn nothing_that_is_told_is_personal(store: Store) {
        eventful(&store).await;
        let raw = Raw::open(&store.url).await;
        raw.run("UPDATE people SET client_id = 'zelda', note = 'zelda'").await.unwrap();
        raw.run("UPDATE slots SET client_id = 'zelda' || client_id").await.unwrap();
        let report = report(&store, &[]).await.unwrap();
        let text = format!("{report:?}");
        assert!(report.findings.len() > 10 && !text.contains("zelda") && !text.contains("token-of"), "{text}");
    }

    async fn a_database_that_is_no_ledger_is_an_error(store: Store) {
        let error = report(&store, &[]).await.unwrap_err();
        assert!(matches!(error, OpenError::Unavailable { .. } | OpenError::NotALedger { .. }), "{error:?}");
        if let DatabaseUrl::Sqlite(path) = &store.url {
            assert!(!path.exists(), "reading makes no file");
        }
    }
}

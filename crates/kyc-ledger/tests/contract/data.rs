//! `DATA.md` describes the real schema, column by column.

use std::collections::BTreeMap;

use crate::raw::Raw;
use crate::support::contract;
use crate::verify::OUTSIDE;

const DOCUMENT: &str = include_str!("../../DATA.md");

/// What the document says of each column: the cells after its name.
fn described() -> BTreeMap<(String, String), Vec<String>> {
    let mut described = BTreeMap::new();
    let mut table = String::new();
    for line in DOCUMENT.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            heading.trim_matches('`').clone_into(&mut table);
        }
        let Some(cells) = line.strip_prefix("| `").and_then(|rest| rest.strip_suffix(" |")) else { continue };
        let mut cells = cells.split(" | ");
        let column = cells.next().unwrap().trim_end_matches('`').to_owned();
        let before = described.insert((table.clone(), column.clone()), cells.map(str::to_owned).collect());
        assert_eq!(before, None, "{table}.{column} twice");
    }
    described
}

contract! {
    async fn each_column_is_described_and_no_other(store: Store) {
        store.open("node-1").await.shut_down().await;
        let described: Vec<_> = described().into_keys().collect();
        let schema = Raw::open(&store.url).await.schema().await;
        let mut columns: Vec<_> = schema.into_iter().map(|column| (column.table, column.name)).collect();
        columns.sort();
        assert_eq!(described, columns);
    }
}

#[test]
fn every_cell_says_something_and_claims_are_those_that_are_tested() {
    for ((table, column), cells) in described() {
        let [purpose, data, kept, goes_away_by, verified] = &*cells else {
            panic!("{table}.{column}: {cells:?}")
        };
        assert!([purpose, kept, goes_away_by].iter().all(|cell| !cell.trim().is_empty()), "{table}.{column}");
        let kinds = ["personal", "pseudonymous", "secret", "business", "technical"];
        assert!(kinds.iter().any(|kind| data.starts_with(kind)), "{table}.{column}: {data}");
        let reason = OUTSIDE.iter().find(|(of, name, _)| (*of, *name) == (&*table, &*column));
        match reason {
            Some((_, _, reason)) => assert_eq!(*verified, format!("no: {reason}"), "{table}.{column}"),
            None => assert!(verified.starts_with("yes"), "{table}.{column}: {verified}"),
        }
    }
}

/// Whatever is personal goes away, and with it whatever opens commitments or the token.
#[test]
fn what_is_personal_does_not_stay() {
    for ((table, column), cells) in described() {
        let (data, goes_away_by) = (&cells[1], &cells[3]);
        if data.starts_with("personal") || table == "people" {
            assert!(["erasing", "settling"].contains(&&**goes_away_by), "{table}.{column}");
        }
    }
}

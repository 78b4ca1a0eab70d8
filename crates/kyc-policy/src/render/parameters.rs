//! The table of the vendor's parameters and the table of what can come back, as a Markdown document.

use kyc_core::wire::{DataClass, Echo, WireField};
use kyc_core::{COMES_BACK, ComesBack};

use crate::client::{ClientFacts, ClientField};
use crate::field::{Data, Direction, Evidence, Field};

const HEAD: &str = "\
<!-- Written by `cargo xtask generate`. Do not edit: change the tables of the code. -->

# Parameters

All parameters of the vendor's token request, in the order of its OpenAPI document, as this release knows them.

* **stated as**: the key of a policy, or the field that each client brings (`client.require`, `client.accept`).
* **takes**: what is sent, with bounds, all inclusive. In a policy a length of time has a unit, such as `10m`. What a
  policy may hold beyond that is in [README.md](README.md).
* **direction**: what makes a policy stricter. *acceptance*: a smaller set; *true*: `true` demands more than silence,
  silence more than `false`; *more*: more of it, or requiring it; *changed*: nobody can say; *operational*, *routing*,
  *cosmetic*: it does not decide who gets in.
* **data**: *personal*: the value belongs to a person and is never logged; *collects*: personal data is collected or
  looked up; *plain*: neither.
* **echo**: which echoed value is weaker than what was asked, so that the token is withheld.
* **evidence**: where it shows afterwards that the parameter was in force.
* **source**: the vendor's documents and, after the arrow, what was chosen where they contradict each other or are
  silent.

| parameter | stated as | takes | direction | data | echo | evidence | source |
|---|---|---|---|---|---|---|---|
";

const RESULTS: &str = "
## What can come back

Which document type a result may carry when a type was requested. Policies speak of what comes back. No document of the
vendor states the relation; equal words are related, and nothing else unless a row says so.

| requested | comes back as | source |
|---|---|---|
";

/// The document `policies/PARAMETERS.md`.
pub fn parameters() -> String {
    let mut text = HEAD.to_owned();
    for parameter in WireField::ALL {
        push_row(&mut text, &parameter_row(*parameter));
    }
    text.push_str(RESULTS);
    for row in COMES_BACK {
        push_row(&mut text, &result_row(row));
    }
    text
}

fn push_row<const N: usize>(text: &mut String, cells: &[String; N]) {
    for cell in cells {
        text.push_str("| ");
        // A bar ends a cell, in code too.
        text.push_str(&cell.replace('|', "\\|"));
        text.push(' ');
    }
    text.push_str("|\n");
}

fn parameter_row(parameter: WireField) -> [String; 8] {
    let facts = Facts::of(parameter);
    let source = parameter.source();
    [
        format!("`{}`", parameter.name()),
        facts.homes.join("; "),
        parameter.bounds().to_string(),
        distinct(facts.directions.into_iter().map(direction)),
        facts.data.to_owned(),
        echo(parameter.echo()).to_owned(),
        distinct(facts.evidence.into_iter()),
        match source.reading {
            Some(reading) => format!("{} → {reading}", source.stated),
            None => source.stated.to_owned(),
        },
    ]
}

/// What the policy key and the client's field of one parameter say together.
struct Facts {
    homes: Vec<String>,
    directions: Vec<Direction>,
    data: &'static str,
    evidence: Vec<String>,
}

impl Facts {
    fn of(parameter: WireField) -> Self {
        let (key, client) = (Field::of(parameter), ClientField::of(parameter));
        let facts = client.map(ClientField::facts);
        let collects = key.map_or(ClientFacts::DATA, |key| key.data) == Data::Collects;
        Self {
            homes: key
                .map(|key| format!("`{}`", key.key))
                .into_iter()
                .chain(client.map(|field| format!("client: `{field}`")))
                .collect(),
            directions: key
                .map(|key| key.direction)
                .into_iter()
                .chain(facts.map(|facts| facts.direction))
                .collect(),
            data: match parameter.class() {
                DataClass::Personal => "personal",
                DataClass::Plain if collects => "collects",
                DataClass::Plain if client.is_some() => "plain; personal from the client",
                DataClass::Plain => "plain",
            },
            evidence: key
                .map(|key| evidence(key.evidence).to_owned())
                .into_iter()
                .chain(facts.as_ref().map(client_evidence))
                .collect(),
        }
    }
}

fn client_evidence(facts: &ClientFacts) -> String {
    let seen = evidence(facts.evidence);
    let tags: Vec<_> = facts.tags.iter().map(|tag| format!("`{tag}`")).collect();
    if tags.is_empty() { seen.to_owned() } else { format!("{seen}; if it differs {}", tags.join(", ")) }
}

fn result_row(row: &ComesBack) -> [String; 3] {
    [
        row.requested
            .map_or_else(|| "never by name: e-ID or wallet".to_owned(), |requested| format!("`{requested}`")),
        format!("`{}`", row.resulting),
        format!("{}{}", row.source, if row.inferred { " → inferred" } else { "" }),
    ]
}

/// The words without repetitions.
fn distinct(words: impl Iterator<Item = impl Into<String>>) -> String {
    let mut distinct: Vec<String> = Vec::new();
    for word in words.map(Into::into) {
        if !distinct.contains(&word) {
            distinct.push(word);
        }
    }
    distinct.join("; ")
}

const fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Acceptance => "acceptance",
        Direction::TrueIsTighter => "true",
        Direction::MoreIsTighter => "more",
        Direction::Changed => "changed",
        Direction::Operational => "operational",
        Direction::Routing => "routing",
        Direction::Cosmetic => "cosmetic",
        Direction::Governance => "governance",
    }
}

const fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Result => "result",
        Evidence::Echo => "echo",
        Evidence::TagsOnly => "tags only",
        Evidence::Ours => "ours",
        Evidence::NotObservable => "none",
    }
}

const fn echo(echo: Echo) -> &'static str {
    match echo {
        Echo::TrueIsStronger => "`false` for `true`",
        Echo::LessIsStronger => "a larger number",
        Echo::Subset => "a code that was not asked for",
        Echo::Superset => "a code that is missing",
        Echo::Same => "any other value",
        Echo::Given => "null",
        Echo::Unordered => "not compared",
        Echo::Never => "not echoed",
    }
}

//! What a service brings about a person before the session.

use kyc_policy::{ClientField, Sections};

use super::{Fact, Part, Row, Table, cell};
use crate::words;

pub(super) fn part(sections: &Sections) -> Part {
    let client = &sections.client;
    let required = words::join(words::required_fields(client));
    let mut facts = vec![Fact::new("Required", "client.require", &required)];
    let accepted = words::accepted_fields(client);
    if !accepted.is_empty() {
        facts.push(Fact::new("May be brought", "client.accept", &words::join(accepted)));
    }
    Part::new("client", "What our service brings")
        .about(
            "What a service of ours states about a person when it asks for a session. Anything else is refused, and \
             never reaches the vendor.",
        )
        .facts(facts)
        .table(Table {
            caption: "Compared with the document",
            columns: vec!["What we stated", "If the document says something else"],
            rows: compared(sections).collect(),
        })
}

/// The fields whose difference from the document the vendor reports, with what becomes of the result.
fn compared(sections: &Sections) -> impl Iterator<Item = Row> {
    let taken = sections.client.require.union(sections.client.accept);
    let fields = ClientField::ALL.iter().filter(move |field| taken.contains(**field));
    fields.filter_map(|field| {
        let tags = field.facts().tags.iter();
        let worst = tags.map(|tag| sections.verdict.outcome_of_tag(*tag)).max()?;
        let cells = vec![cell(words::client_field(*field)), cell(words::outcome(worst))];
        Some(Row { cells, key: Some(field.as_str().into()) })
    })
}

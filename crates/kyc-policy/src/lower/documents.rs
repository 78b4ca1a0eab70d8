//! Document types: for all countries, or by country.

use kyc_core::{Country, DocumentSet, DocumentType};

use super::Lowering;
use super::reader::{Section, dotted, kept};
use crate::rules::unknown_country;
use crate::sections::DocumentScope;
use crate::tree::{Kind, Node};
use crate::written::{At, DocumentList};

const KEY: &str = "documents";
const WHAT: &str = "a document type";

pub(super) fn lower(lowering: &mut Lowering<'_>, document: &Section<'_>) {
    if let Some(node) = document.get(KEY) {
        match &node.kind {
            Kind::Map(_) => table(lowering, node),
            _ => lowering.sections.documents.default = scope(lowering, node, KEY),
        }
    }
    if let Some(node) = document.get("eid") {
        eid(lowering, node);
    }
}

fn table(lowering: &mut Lowering<'_>, node: &Node<'_>) {
    let Some(table) = lowering.reader.table(node, KEY) else { return };
    let mut rows = Vec::new();
    for entry in table.iter() {
        let key = dotted(KEY, &entry.key);
        lowering.reader.places.add(key.clone(), entry.key_loc, entry.value.loc);
        let scope = scope(lowering, &entry.value, &key);
        if entry.key == "any" {
            lowering.sections.documents.default = scope;
            lowering.written.document_any_row = Some(entry.key_loc);
        } else if let Ok(country) = entry.key.parse::<Country>() {
            lowering.written.document_rows.push(At { value: country, loc: entry.key_loc });
            rows.extend(scope.map(|scope| (country, scope)));
        } else {
            let groups: Vec<&str> = lowering.set.group_names().collect();
            lowering.reader.findings.push(unknown_country::in_table(entry.key_loc, &entry.key, &groups));
            lowering.reader.places.add_broken(KEY);
        }
    }
    if table.get("any").is_none() {
        lowering.written.table_without_default = Some(node.loc);
    }
    rows.sort_unstable_by_key(|(country, _)| *country);
    lowering.sections.documents.rows = kept(rows);
}

fn scope(lowering: &mut Lowering<'_>, node: &Node<'_>, key: &str) -> Option<DocumentScope> {
    if node.is_word("any") {
        return Some(DocumentScope::Any);
    }
    let nodes = lowering.reader.any_list(node, key, "a list of document types, or `any`")?;
    let entries = documents(lowering, nodes, key, WHAT);
    let set: DocumentSet = entries.iter().map(|entry| entry.value).collect();
    let is_partial = entries.len() < nodes.len();
    lowering.written.document_lists.push(DocumentList { loc: node.loc, entries, is_partial });
    Some(DocumentScope::Listed(set))
}

fn eid(lowering: &mut Lowering<'_>, node: &Node<'_>) {
    let Some(nodes) = lowering.reader.list(node, "eid", "a list of e-IDs") else { return };
    let entries = documents(lowering, nodes, "eid", "an e-ID or wallet");
    lowering.sections.documents.eid = entries.iter().map(|entry| entry.value).collect();
    lowering.written.eid = entries;
}

fn documents(
    lowering: &mut Lowering<'_>,
    nodes: &[Node<'_>],
    key: &str,
    what: &str,
) -> Vec<At<DocumentType>> {
    let read = |node: &Node<'_>| Some(At { value: lowering.reader.word(node, key, what)?, loc: node.loc });
    nodes.iter().filter_map(read).collect()
}

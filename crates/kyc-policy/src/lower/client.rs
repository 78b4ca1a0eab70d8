//! What the caller brings about the client.

use super::Lowering;
use super::reader::Section;
use crate::client::{ClientField, ClientFields};
use crate::form::NAME;
use crate::rules::unknown_word;
use crate::sections::ClientSection;
use crate::tree::Node;
use crate::written::{At, ClientWord};

pub(super) fn lower(lowering: &mut Lowering<'_>, document: &Section<'_>) {
    if let Some(node) = document.get("client")
        && let Some(section) = lowering.reader.section(node, "client")
    {
        lowering.written.client_require = words(lowering, section.get("require"), "client.require");
        lowering.written.client_accept = words(lowering, section.get("accept"), "client.accept");
    }
    let require = &lowering.written.client_require;
    let accept = &lowering.written.client_accept;
    let required = fields(require).with(ClientField::ClientId);
    lowering.sections.client = ClientSection {
        require: required,
        accept: fields(accept).union(names(require)).union(names(accept)).without(required),
        require_name: require.iter().any(|word| word.value == ClientWord::Name),
    };
}

fn words(lowering: &mut Lowering<'_>, node: Option<&Node<'_>>, key: &str) -> Vec<At<ClientWord>> {
    let Some(nodes) = node.and_then(|node| lowering.reader.list(node, key, "a list of client fields")) else {
        return Vec::new();
    };
    let mut words = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Some(text) = lowering.reader.scalar(node, key, "names of client fields") else { continue };
        if let Some(value) = word(text) {
            words.push(At { value, loc: node.loc });
        } else {
            let known = ClientField::ALL.iter().map(|field| field.as_str()).chain([NAME]);
            lowering.reader.findings.push(unknown_word::found(node.loc, text, "a client field", known));
            lowering.reader.places.add_broken(key);
        }
    }
    words
}

fn word(text: &str) -> Option<ClientWord> {
    if text == NAME {
        return Some(ClientWord::Name);
    }
    ClientField::from_word(text).map(ClientWord::Field)
}

fn fields(words: &[At<ClientWord>]) -> ClientFields {
    words.iter().fold(ClientFields::EMPTY, |fields, word| match word.value {
        ClientWord::Field(field) => fields.with(field),
        ClientWord::Name => fields,
    })
}

/// Both name fields, where `name` stands for them.
fn names(words: &[At<ClientWord>]) -> ClientFields {
    if words.iter().any(|word| word.value == ClientWord::Name) {
        ClientFields::EMPTY.with(ClientField::FirstName).with(ClientField::LastName)
    } else {
        ClientFields::EMPTY
    }
}

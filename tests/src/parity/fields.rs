//! The `client` section as fields of a struct: the client's id aside, each field with whether it is required.

use kyc_policy::tree::{Entry, Kind, Node};
use kyc_policy::{ClientField, Policy};

use super::tokens::Unwritable;

/// A field, and whether it is no `Option`.
pub(super) type StructField = (ClientField, bool);

/// The word that stands for both names, of which one is required. No field of a struct does.
const NAME: &str = "name";

/// The fields that state the `client` section of the document.
///
/// # Errors
///
/// Fields of a struct cannot state it.
pub(super) fn stating(tree: &Node<'_>) -> Result<Vec<StructField>, Unwritable> {
    let Kind::Map(entries) = &tree.kind else { return Err(Unwritable::NoMap) };
    let sections: Vec<_> = entries.iter().filter(|entry| entry.key == "client").collect();
    let lists = match sections.as_slice() {
        [] => return Ok(Vec::new()),
        [Entry { value: Node { kind: Kind::Map(lists), .. }, .. }] if !lists.is_empty() => lists,
        _ => return Err(Unwritable::NoFields),
    };
    let mut fields: Vec<StructField> = Vec::new();
    for list in lists {
        let required = list.key == "require";
        let Kind::List(words) = &list.value.kind else { return Err(Unwritable::NoFields) };
        if words.is_empty() || !(required || list.key == "accept") {
            return Err(Unwritable::NoFields);
        }
        for word in words {
            let field = field(word).filter(|field| *field != ClientField::ClientId);
            let is_new = |of: &ClientField| fields.iter().all(|(field, _)| field != of);
            fields.push((field.filter(is_new).ok_or(Unwritable::NoFields)?, required));
        }
    }
    Ok(fields)
}

/// The fields of a struct that agrees with `policy`.
pub(super) fn agreeing(policy: &Policy) -> Vec<StructField> {
    let taken = ClientField::ALL.iter().filter(|field| policy.takes(**field));
    let fields = taken.map(|field| (*field, policy.required_fields().contains(*field)));
    fields.filter(|(field, _)| *field != ClientField::ClientId).collect()
}

/// The fields of a struct that agrees with the `client` section of a document with mistakes, as far as it is one.
pub(super) fn understood(tree: &Node<'_>) -> Vec<StructField> {
    let words = |key: &str| -> Vec<&Node<'_>> {
        let list = get(tree, "client").and_then(|section| get(section, key)).map(|list| &list.kind);
        if let Some(Kind::List(words)) = list { words.iter().collect() } else { Vec::new() }
    };
    let (require, accept) = (words("require"), words("accept"));
    let is_required = |of: ClientField| require.iter().any(|word| field(word) == Some(of));
    let is_accepted = |of: ClientField| {
        let is_name = matches!(of, ClientField::FirstName | ClientField::LastName);
        let names = |word: &&Node<'_>| is_name && word.scalar().is_some_and(|word| word.text == NAME);
        accept.iter().any(|word| field(word) == Some(of)) || require.iter().chain(&accept).any(names)
    };
    let others = ClientField::ALL.iter().copied().filter(|field| *field != ClientField::ClientId);
    let taken = others.filter(|field| is_required(*field) || is_accepted(*field));
    taken.map(|field| (field, is_required(field))).collect()
}

/// The value of the first entry with this key.
fn get<'n>(node: &'n Node<'n>, key: &str) -> Option<&'n Node<'n>> {
    let Kind::Map(entries) = &node.kind else { return None };
    entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
}

fn field(word: &Node<'_>) -> Option<ClientField> {
    ClientField::from_word(&word.scalar()?.text)
}

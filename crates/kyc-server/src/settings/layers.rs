//! File, environment and flags in one tree: what counts more replaces what counts less, and keeps its place.

use std::borrow::Cow;

use kyc_policy::tree::{Entry, Kind, Node, Scalar};
use kyc_policy::{Diagnostic, FileId, Loc, SourceMap, read_tree};

use crate::settings::input::Input;
use crate::settings::key::{Form, VARIABLES};
use crate::settings::mask::{find, mask, mask_password};
use crate::settings::table::KEYS;

/// What the environment is called where a value of it is shown.
pub(super) const ENVIRONMENT: &str = "environment";
const COMMAND_LINE: &str = "command line";

/// The tree of everything that was written.
#[derive(Debug)]
pub(super) struct Layers {
    pub(super) tree: Node<'static>,
    /// The settings file.
    pub(super) file: Option<FileId>,
    /// Where what was never written would belong: the settings file, or the place of the one that is not there.
    pub(super) nowhere: FileId,
    /// Names of variables that are no setting.
    pub(super) other_variables: Vec<String>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

pub(super) fn layers(sources: &mut SourceMap, input: &Input) -> Layers {
    let mut diagnostics = Vec::new();
    let (file, tree) = match &input.file {
        Some(file) => {
            let (id, tree, found) = settings_file(sources, &file.path.to_string_lossy(), &file.bytes);
            diagnostics.extend(found);
            (Some(id), tree)
        }
        None => (None, None),
    };
    let nowhere = file.unwrap_or_else(|| sources.add_file("no settings file", ""));
    let loc = sources.add_span(nowhere, 0..0);
    let tree = tree.unwrap_or(Node { loc, kind: Kind::Map(Vec::new()) });
    let mut layers = Layers { tree, file, nowhere, other_variables: Vec::new(), diagnostics };
    for (variable, value) in &input.variables {
        match key_of(variable) {
            Some(key) => layers.variable(sources, variable, &key, value),
            None => layers.other_variables.push(variable.clone()),
        }
    }
    for (key, value) in &input.flags {
        layers.flag(sources, key, value);
    }
    layers
}

/// The file with its secrets covered: what is covered is refused anyway.
fn settings_file(
    sources: &mut SourceMap,
    name: &str,
    bytes: &[u8],
) -> (FileId, Option<Node<'static>>, Vec<Diagnostic>) {
    // An empty file, or one of comments alone, says nothing, and that is no mistake here.
    let says_nothing =
        |text: &str| text.lines().all(|line| line.trim().is_empty() || line.trim().starts_with('#'));
    let masked = match std::str::from_utf8(bytes) {
        Ok(text) if says_nothing(text) => return (sources.add_file(name, text), None, Vec::new()),
        Ok(text) => Cow::Owned(mask(text, "").into_bytes()),
        Err(_) => Cow::Borrowed(b"\xff".as_slice()),
    };
    // The reader adds one file, and this is how its id is known.
    let (tree, diagnostics) = read_tree(sources, name, &masked);
    let loc = tree.as_ref().map(|tree| tree.loc);
    let id = loc.and_then(|loc| sources.span(loc)).map(|(file, _)| file);
    (id.unwrap_or_else(|| sources.add_file(name, "")), tree.map(owned), diagnostics)
}

/// The key that a variable stands for, in the words of the file.
fn key_of(variable: &str) -> Option<String> {
    let name = variable.strip_prefix(VARIABLES)?;
    let parts: Vec<String> = name.split("__").map(str::to_lowercase).collect();
    let key = KEYS.iter().find(|key| {
        let known: Vec<_> = key.name.split('.').collect();
        known.len() >= parts.len()
            && known.iter().zip(&parts).all(|(known, part)| *known == "*" || known == part)
    });
    match key {
        Some(key) => {
            // Names of the operator's choice have dashes, and variables none.
            let part = |(known, part): (&str, &String)| {
                if known == "*" { part.replace('_', "-") } else { part.clone() }
            };
            Some(key.name.split('.').zip(&parts).map(part).collect::<Vec<_>>().join("."))
        }
        // Others name variables that begin with `KYC_` too, but hardly with two underscores.
        None if parts.len() > 1 => Some(parts.join(".")),
        None => None,
    }
}

impl Layers {
    fn variable(&mut self, sources: &mut SourceMap, variable: &str, key: &str, value: &str) {
        let is_secret = find(key).is_some_and(|key| matches!(key.form, Form::Secret));
        if is_secret && !value.trim_start().starts_with('{') {
            // The variable holds the secret itself.
            let reference = format!("{{ env: {variable} }}");
            return self.overlay(sources, ENVIRONMENT, variable, key, &reference);
        }
        self.overlay(sources, ENVIRONMENT, variable, key, value);
    }

    fn flag(&mut self, sources: &mut SourceMap, key: &str, value: &str) {
        self.overlay(sources, COMMAND_LINE, key, key, value);
    }

    /// Puts one value into the tree. `written` is the word by which it was given.
    fn overlay(&mut self, sources: &mut SourceMap, name: &str, written: &str, key: &str, value: &str) {
        let (key_loc, node) = if value.trim_start().starts_with(['{', '[', '"', '\'']) {
            self.structured(sources, name, written, key, value)
        } else {
            plain(sources, name, written, key, value)
        };
        let parts: Vec<&str> = key.split('.').collect();
        set(&mut self.tree, &parts, key_loc, node);
    }

    /// A value in the notation of the file.
    fn structured(
        &mut self,
        sources: &mut SourceMap,
        name: &str,
        written: &str,
        key: &str,
        value: &str,
    ) -> (Loc, Node<'static>) {
        let text = format!("{written}: {}\n", mask(value.trim(), key));
        let (tree, found) = read_tree(sources, name, text.as_bytes());
        let entry = tree.and_then(|tree| match tree.kind {
            Kind::Map(entries) => entries.into_iter().next(),
            _ => None,
        });
        self.diagnostics.extend(found);
        if let Some(entry) = entry {
            return (entry.key_loc, owned(entry.value));
        }
        let file = sources.add_file(name, text);
        let loc = sources.add_span(file, 0..written.len());
        (loc, Node { loc, kind: Kind::Refused })
    }
}

/// A value as it is, whatever characters are in it.
fn plain(sources: &mut SourceMap, name: &str, written: &str, key: &str, value: &str) -> (Loc, Node<'static>) {
    let shown = match find(key).map(|key| key.form) {
        Some(Form::Database | Form::Url) => mask_password(value),
        Some(Form::Secret | Form::MasterKeys) | None => "…".to_owned(),
        Some(_) => value.to_owned(),
    };
    let file = sources.add_file(name, format!("{written}={shown}"));
    let key_loc = sources.add_span(file, 0..written.len());
    let begin = written.len() + 1;
    let loc = sources.add_span(file, begin..begin + shown.len());
    let scalar = |text: &str| Kind::Scalar(Scalar { text: Cow::Owned(text.to_owned()), quoted: false });
    let kind = match find(key).map(|key| key.form) {
        // One name is a list of one.
        Some(Form::Policies) => {
            let names = value.split(',').map(|name| Node { loc, kind: scalar(name.trim()) });
            Kind::List(names.collect())
        }
        _ => scalar(value),
    };
    (key_loc, Node { loc, kind })
}

/// Replaces the value under `parts`, making the sections on the way.
fn set(node: &mut Node<'static>, parts: &[&str], key_loc: Loc, value: Node<'static>) {
    let [first, rest @ ..] = parts else {
        *node = value;
        return;
    };
    if !matches!(node.kind, Kind::Map(_)) {
        *node = Node { loc: key_loc, kind: Kind::Map(Vec::new()) };
    }
    let Kind::Map(entries) = &mut node.kind else { return };
    if let Some(entry) = entries.iter_mut().find(|entry| entry.key == *first) {
        if rest.is_empty() {
            entry.key_loc = key_loc;
        }
        return set(&mut entry.value, rest, key_loc, value);
    }
    let mut inner = Node { loc: key_loc, kind: Kind::Map(Vec::new()) };
    set(&mut inner, rest, key_loc, value);
    entries.push(Entry { key: Cow::Owned((*first).to_owned()), key_loc, value: inner });
}

fn owned(node: Node<'_>) -> Node<'static> {
    let kind = match node.kind {
        Kind::Scalar(Scalar { text, quoted }) => {
            Kind::Scalar(Scalar { text: Cow::Owned(text.into_owned()), quoted })
        }
        Kind::List(items) => Kind::List(items.into_iter().map(owned).collect()),
        Kind::Map(entries) => Kind::Map(entries.into_iter().map(owned_entry).collect()),
        Kind::Refused => Kind::Refused,
    };
    Node { loc: node.loc, kind }
}

fn owned_entry(entry: Entry<'_>) -> Entry<'static> {
    let Entry { key, key_loc, value } = entry;
    Entry { key: Cow::Owned(key.into_owned()), key_loc, value: owned(value) }
}

/// Whether a name is that of a key or of a section, for advice about variables.
pub(super) fn top_names() -> impl Iterator<Item = &'static str> + Clone {
    KEYS.iter().filter_map(|key| key.name.split('.').next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_stand_for_keys() {
        for (variable, key) in [
            ("KYC_LISTEN", Some("listen")),
            ("KYC_LIMITS__DEADLINE", Some("limits.deadline")),
            ("KYC_LIMITS", Some("limits")),
            ("KYC_ACCOUNTS__MAIN_EU__API_KEY", Some("accounts.main-eu.api_key")),
            ("KYC_MASTER_KEYS", Some("master_keys")),
            ("KYC_LIMTS__DEADLINE", Some("limts.deadline")),
            ("KYC_API_KEY", None),
            ("KYC_SERVICE_HOST", None),
            ("KYC_PORT_8080_TCP_ADDR", None),
        ] {
            assert_eq!(key_of(variable).as_deref(), key, "{variable}");
        }
        assert!(KEYS.iter().all(|key| key_of(&key.variable()).is_some_and(|name| find(&name).is_some())));
    }
}

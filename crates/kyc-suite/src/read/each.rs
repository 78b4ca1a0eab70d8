//! Matrices: values by key, and every combination of them.

use kyc_core::{Country, DocumentSet};
use kyc_policy::reading::Section;
use kyc_policy::tree::{Kind, Node};
use kyc_policy::{ClientField, InputValue, Loc, Whence};

use super::client;
use super::{File, label, one_or_more};
use crate::facts::{Fact, FactKey};
use crate::rules;

/// The word for what nobody knows.
const UNKNOWN: &str = "unknown";

/// What one value of a matrix sets.
#[derive(Clone)]
pub(super) enum Setting {
    Fact(Fact),
    WithoutFact(FactKey),
    Client(ClientField, InputValue),
    WithoutClient(ClientField),
}

/// A key of a matrix with its values, each by the word that a report shows.
pub(super) struct Axis {
    pub(super) key: String,
    pub(super) values: Vec<(String, Setting)>,
}

/// Every combination of the axes, the last one changing fastest, with its label: at most `max`, and one more if there
/// are more. Without axes there is one.
pub(super) fn combinations(axes: &[Axis], max: usize) -> Vec<(Option<String>, Vec<&Setting>)> {
    let mut all: Vec<(Option<String>, Vec<&Setting>)> = vec![(None, Vec::new())];
    for axis in axes {
        let more = all.iter().flat_map(|(begun, settings)| {
            axis.values.iter().enumerate().map(move |(index, (_, setting))| {
                let word = label(axis, index).unwrap_or_default();
                let label = match begun {
                    Some(begun) => format!("{begun} {word}"),
                    None => word,
                };
                (Some(label), settings.iter().copied().chain([setting]).collect())
            })
        });
        all = more.take(max + 1).collect();
    }
    all
}

impl File<'_, '_> {
    /// The axes of a matrix of facts.
    pub(super) fn fact_axes(&mut self, node: &Node<'_>, own: Option<&Node<'_>>) -> Vec<Axis> {
        let known = FactKey::ALL.iter().map(|key| key.as_str()).chain(["without"]);
        let Some(section) = self.reader.keys(node, "each", known) else { return Vec::new() };
        self.refuse_empty(&section);
        let mut axes = Vec::new();
        for entry in section.iter() {
            let values = match FactKey::from_word(&entry.key) {
                Some(key) => {
                    self.refuse_fixed(key.as_str(), entry.key_loc, own);
                    self.fact_values(key, &entry.value)
                }
                None => self.without_facts(Some(&entry.value)).into_iter().map(named).collect(),
            };
            axes.push(Axis { key: entry.key.to_string(), values });
        }
        axes
    }

    /// The axes of a matrix of client's data. Its values are not told, but counted.
    pub(super) fn client_axes(&mut self, node: &Node<'_>, own: Option<&Node<'_>>) -> Vec<Axis> {
        let known = ClientField::ALL.iter().map(|field| field.as_str()).chain(["without"]);
        let Some(section) = self.reader.keys(node, "each", known) else { return Vec::new() };
        self.refuse_empty(&section);
        let mut axes = Vec::new();
        for entry in section.iter() {
            let values = match ClientField::from_word(&entry.key) {
                Some(field) => {
                    self.refuse_fixed(field.as_str(), entry.key_loc, own);
                    let one = |(index, node): (usize, &Node<'_>)| {
                        (format!("#{}", index + 1), Setting::Client(field, client::value(node)))
                    };
                    one_or_more(&entry.value).iter().enumerate().map(one).collect()
                }
                None => self.without_client(Some(&entry.value)).into_iter().map(named).collect(),
            };
            axes.push(Axis { key: entry.key.to_string(), values });
        }
        axes
    }

    /// A matrix without a value would be a case that is never run.
    fn refuse_empty(&mut self, section: &Section<'_>) {
        for entry in section.iter() {
            let is_empty = matches!(&entry.value.kind, Kind::List(items) if items.is_empty());
            // What is left out is read like the key of a case, which says so itself.
            if is_empty && entry.key != "without" {
                self.reader.list(&entry.value, &format!("each.{}", entry.key), "a list of values");
            }
        }
    }

    /// A key that the case itself fixes, and that the matrix changes at `loc`.
    fn refuse_fixed(&mut self, key: &str, loc: Loc, own: Option<&Node<'_>>) {
        let Some(Kind::Map(entries)) = own.map(|own| &own.kind) else { return };
        if let Some(entry) = entries.iter().find(|entry| entry.key == key) {
            self.reader.report(rules::contradicts(
                loc,
                entry.key_loc,
                "the case fixes this key, and `each` changes it",
                "leave the key out of one of the two",
            ));
        }
    }

    fn fact_values(&mut self, key: FactKey, node: &Node<'_>) -> Vec<(String, Setting)> {
        match key {
            FactKey::Country => self.countries(key, node, Fact::Country),
            FactKey::Nationality => self.countries(key, node, |of| Fact::Nationality(whence(of))),
            FactKey::IpCountry => self.countries(key, node, |of| Fact::IpCountry(whence(of))),
            FactKey::Document => {
                let (known, unknown) = split_unknown(node);
                let documents = self.document_set(&known, node.loc, &format!("each.{key}"));
                let known = documents.iter().map(|document| (document.as_str().to_owned(), Some(document)));
                let all = known.chain(unknown.then(|| (UNKNOWN.to_owned(), None)));
                all.map(|(word, document)| (word, Setting::Fact(Fact::Document(document)))).collect()
            }
            _ => {
                let one = |node: &Node<'_>| Some((words(node), Setting::Fact(self.fact(key, node)?)));
                one_or_more(node).iter().filter_map(one).collect()
            }
        }
    }

    /// Countries as policies write them, and `unknown`.
    fn countries(
        &mut self,
        key: FactKey,
        node: &Node<'_>,
        fact: impl Fn(Option<Country>) -> Fact,
    ) -> Vec<(String, Setting)> {
        let (known, unknown) = split_unknown(node);
        let (name, set) = (format!("each.{key}"), self.around.set);
        // A list of the word alone holds no country, and is not empty.
        let is_some = !known.is_empty() || !unknown;
        let countries = if is_some { self.reader.country_set(&known, node.loc, &name, set) } else { None };
        let countries = countries.unwrap_or_default();
        let known = countries.iter().map(|country| (country.code().to_owned(), Some(country)));
        let all = known.chain(unknown.then(|| (UNKNOWN.to_owned(), None)));
        all.map(|(word, country)| (word, Setting::Fact(fact(country)))).collect()
    }

    /// Document types, `any` for every one but e-IDs, and `-X` to leave one out.
    fn document_set(&mut self, nodes: &[Node<'_>], loc: Loc, key: &str) -> DocumentSet {
        let (mut listed, mut excluded) = (DocumentSet::EMPTY, DocumentSet::EMPTY);
        let mut is_partial = false;
        for node in nodes {
            match self.document_entry(node, key) {
                Some((documents, true)) => excluded = excluded | documents,
                Some((documents, false)) => listed = listed | documents,
                None => is_partial = true,
            }
        }
        let left = listed - excluded;
        if left.is_empty() && !is_partial && !nodes.is_empty() {
            self.reader.report(rules::never_runs(loc));
        }
        left
    }

    /// The types of one entry, and whether it leaves them out.
    fn document_entry(&mut self, node: &Node<'_>, key: &str) -> Option<(DocumentSet, bool)> {
        let text = self.reader.scalar(node, key, "document types, or `any`")?;
        if text == "any" {
            return Some((DocumentSet::PHYSICAL, false));
        }
        let word = text.strip_prefix('-');
        let document = self.document_word(node, word.unwrap_or(text))?;
        Some((DocumentSet::EMPTY.with(document), word.is_some()))
    }

    pub(super) fn without_facts(&mut self, node: Option<&Node<'_>>) -> Vec<Setting> {
        let known = || FactKey::ALL.iter().map(|key| key.as_str());
        let mut settings = Vec::new();
        for node in node.and_then(|node| self.one_or_more(node, "without")).unwrap_or_default() {
            let Some(text) = self.reader.scalar(node, "without", "keys of `facts`") else { continue };
            match FactKey::from_word(text) {
                Some(key) => settings.push(Setting::WithoutFact(key)),
                None => self.reader.unknown_word(node.loc, text, "a key of `facts`", known()),
            }
        }
        settings
    }

    pub(super) fn without_client(&mut self, node: Option<&Node<'_>>) -> Vec<Setting> {
        let known = || ClientField::ALL.iter().map(|field| field.as_str());
        let mut settings = Vec::new();
        for node in node.and_then(|node| self.one_or_more(node, "without")).unwrap_or_default() {
            let Some(text) = self.reader.scalar(node, "without", "fields of the client") else { continue };
            match ClientField::from_word(text) {
                Some(field) => settings.push(Setting::WithoutClient(field)),
                None => self.reader.unknown_word(node.loc, text, "a field of the client", known()),
            }
        }
        settings
    }
}

/// The values that are known, and whether `unknown` is one of them.
fn split_unknown<'t>(node: &Node<'t>) -> (Vec<Node<'t>>, bool) {
    let (unknown, known): (Vec<_>, Vec<_>) =
        one_or_more(node).iter().cloned().partition(|node| node.is_word(UNKNOWN));
    (known, !unknown.is_empty())
}

fn whence(country: Option<Country>) -> Whence {
    country.map_or(Whence::Unknown, Whence::Of)
}

fn named(setting: Setting) -> (String, Setting) {
    let word = match &setting {
        Setting::WithoutFact(key) => key.as_str(),
        Setting::WithoutClient(field) | Setting::Client(field, _) => field.as_str(),
        Setting::Fact(_) => "",
    };
    (word.to_owned(), setting)
}

/// A value of a fact as it was written.
fn words(node: &Node<'_>) -> String {
    one_or_more(node)
        .iter()
        .filter_map(|node| node.scalar())
        .map(|scalar| scalar.text.as_ref())
        .collect::<Vec<_>>()
        .join("+")
}

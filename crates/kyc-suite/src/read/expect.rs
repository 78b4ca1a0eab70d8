//! What a case expects.

use kyc_core::wire::WireField;
use kyc_policy::reading::Section;
use kyc_policy::tree::{Kind, Node};
use kyc_policy::{ClientField, FIELDS, Policy, RULES, ReasonKind, Ruling, nearest};

use super::File;
use crate::model::{Expected, Named, Want};
use crate::rules;

const KEYS: [&str; 6] = ["outcome", "reasons", "request", "absent", "problems", "warnings"];

/// The word for a request of whatever content.
const REQUEST: &str = "request";

impl File<'_, '_> {
    pub(super) fn expected(&mut self, node: &Node<'_>, policy: Option<&Policy>) -> Option<Expected> {
        let Kind::Map(_) = node.kind else { return self.expected_word(node) };
        let keys = self.reader.keys(node, "expect", KEYS.into_iter())?;
        let kinds = [&["outcome", "reasons"][..], &["problems"], &["request", "absent", "warnings"]];
        let stated: Vec<_> =
            kinds.iter().filter_map(|kind| kind.iter().find_map(|key| keys.get(key))).collect();
        if let [first, second, ..] = stated.as_slice() {
            self.reader.report(rules::contradicts(
                second.loc,
                first.loc,
                "of one case comes an outcome, or a request, or problems",
                "make a case of each",
            ));
            return None;
        }
        if keys.get("outcome").is_some() || keys.get("reasons").is_some() {
            return self.expected_outcome(&keys, node);
        }
        if let Some(problems) = keys.get("problems") {
            return self.problems(problems, "problems").map(Expected::Problems);
        }
        self.expected_request(&keys, policy)
    }

    /// `accept`, or `request`.
    fn expected_word(&mut self, node: &Node<'_>) -> Option<Expected> {
        let text = self.reader.scalar(node, "expect", "an outcome, `request`, or a map")?;
        if text == REQUEST {
            return Some(Expected::Request { fields: Vec::new(), absent: Vec::new(), warnings: None });
        }
        let outcome = self.outcome(node, text, &[REQUEST])?;
        Some(Expected::Outcome { outcome, reasons: None })
    }

    fn expected_outcome(&mut self, keys: &Section<'_>, node: &Node<'_>) -> Option<Expected> {
        let reasons = match keys.get("reasons") {
            Some(node) => Some(self.reasons(node)?),
            None => None,
        };
        let Some(outcome) = keys.get("outcome") else {
            self.reader.missing(
                super::begin(node),
                "outcome",
                "say what follows from the reasons, such as `review`",
            );
            return None;
        };
        let text = self.reader.scalar(outcome, "outcome", "an outcome")?;
        Some(Expected::Outcome { outcome: self.outcome(outcome, text, &[])?, reasons })
    }

    fn outcome(&mut self, node: &Node<'_>, text: &str, others: &[&str]) -> Option<Ruling> {
        let outcome = Ruling::from_word(text);
        if outcome.is_none() {
            let known = Ruling::ALL.iter().map(|ruling| ruling.as_str()).chain(others.iter().copied());
            self.reader.unknown_word(node.loc, text, "an outcome", known);
        }
        outcome
    }

    fn reasons(&mut self, node: &Node<'_>) -> Option<Vec<Named>> {
        let is_reason = |word: &str| ReasonKind::from_word(word).is_some();
        let is_key = |key: &str| {
            let in_table = ["verdict.tags.", "verdict.aml."].iter().any(|table| key.starts_with(table));
            in_table || FIELDS.iter().any(|field| field.key == key)
        };
        let reasons = ReasonKind::ALL.iter().map(|kind| kind.as_str());
        let keys = FIELDS.iter().map(|field| field.key);
        self.names(
            node,
            "reasons",
            (&is_reason, "a reason", &reasons.collect::<Vec<_>>()),
            (&is_key, "a key of policies", &keys.collect::<Vec<_>>()),
        )
    }

    fn problems(&mut self, node: &Node<'_>, key: &str) -> Option<Vec<Named>> {
        let is_rule = |word: &str| RULES.iter().any(|rule| rule.id == word);
        let is_field = |word: &str| ClientField::from_word(word).is_some();
        let rules = RULES.iter().map(|rule| rule.id);
        let fields = ClientField::ALL.iter().map(|field| field.as_str());
        self.names(
            node,
            key,
            (&is_rule, "a rule", &rules.collect::<Vec<_>>()),
            (&is_field, "a field of the client", &fields.collect::<Vec<_>>()),
        )
    }

    /// Ids, each alone or with what it is about: `[too-young, { tagged: verdict.tags.NAME }]`.
    fn names(
        &mut self,
        node: &Node<'_>,
        key: &str,
        of_id: Words<'_>,
        of_about: Words<'_>,
    ) -> Option<Vec<Named>> {
        let mut names = Vec::new();
        let nodes = match &node.kind {
            Kind::Scalar(_) => std::slice::from_ref(node),
            _ => self.reader.any_list(node, key, "a list of ids")?,
        };
        // Each is looked at, so that all mistakes are told.
        for node in nodes {
            names.push(self.name(node, key, of_id, of_about));
        }
        names.into_iter().collect()
    }

    fn name(&mut self, node: &Node<'_>, key: &str, of_id: Words<'_>, of_about: Words<'_>) -> Option<Named> {
        let Kind::Map(entries) = &node.kind else {
            let id = self.reader.scalar(node, key, "an id")?;
            self.known(node.loc, id, of_id)?;
            return Some(Named { id: id.to_owned(), about: None });
        };
        let [entry] = entries.as_slice() else {
            self.reader.wrong_type(node, key, "an id, or one id with what it is about");
            return None;
        };
        let id = self.known(entry.key_loc, &entry.key, of_id);
        let about = self.reader.scalar(&entry.value, key, of_about.1)?;
        self.known(entry.value.loc, about, of_about)?;
        id.map(|()| Named { id: entry.key.to_string(), about: Some(about.to_owned()) })
    }

    fn known(&mut self, loc: kyc_policy::Loc, word: &str, (is_known, what, known): Words<'_>) -> Option<()> {
        if is_known(word) {
            return Some(());
        }
        self.reader.unknown_word(loc, word, what, known.iter().copied());
        None
    }

    fn expected_request(&mut self, keys: &Section<'_>, policy: Option<&Policy>) -> Option<Expected> {
        let mut fields = Vec::new();
        if let Some(node) = keys.get("request").filter(|node| !node.is_word(REQUEST)) {
            for entry in self.reader.any_table(node, "request")?.iter() {
                self.parameter(entry.key_loc, &entry.key, policy);
                fields.extend(self.want(&entry.value, &entry.key).map(|want| (entry.key.to_string(), want)));
            }
        }
        let mut absent = Vec::new();
        if let Some(node) = keys.get("absent") {
            for node in self.one_or_more(node, "absent")? {
                let Some(name) = self.reader.scalar(node, "absent", "the name of a field") else { continue };
                self.parameter(node.loc, name, policy);
                absent.push(name.to_owned());
            }
        }
        let warnings = match keys.get("warnings") {
            Some(node) => Some(self.problems(node, "warnings")?),
            None => None,
        };
        Some(Expected::Request { fields, absent, warnings })
    }

    /// Whether a field of requests has this name: one of the vendor's, or one of the policy's escape hatch.
    fn parameter(&mut self, loc: kyc_policy::Loc, name: &str, policy: Option<&Policy>) {
        let is_hatch = policy
            .is_some_and(|policy| policy.sections().special.vendor.iter().any(|field| field.name() == name));
        let known = WireField::ALL.iter().map(|field| field.name());
        // Of a policy that is not known, nobody can say what its escape hatch holds.
        let may_be_hatch = policy.is_none() && nearest(name, known.clone()).is_none();
        if WireField::from_name(name).is_none() && !is_hatch && !may_be_hatch {
            self.reader.unknown_word(loc, name, "a field of the vendor's request", known);
        }
    }

    fn want(&mut self, node: &Node<'_>, key: &str) -> Option<Want> {
        match &node.kind {
            Kind::Scalar(_) => {
                self.reader.scalar(node, key, "a value")?;
                let scalar = node.scalar()?;
                Some(Want::Text { text: scalar.text.to_string(), quoted: scalar.quoted })
            }
            Kind::List(items) => {
                items.iter().map(|item| self.want(item, key)).collect::<Option<_>>().map(Want::List)
            }
            Kind::Map(_) => {
                let table = self.reader.any_table(node, key)?;
                let want = |entry: &kyc_policy::tree::Entry<'_>| {
                    Some((entry.key.to_string(), self.want(&entry.value, &entry.key)?))
                };
                table.iter().map(want).collect::<Option<_>>().map(Want::Map)
            }
            Kind::Refused => None,
        }
    }
}

/// Whether a word is known, what it would be, and all that are.
type Words<'a> = (&'a dyn Fn(&str) -> bool, &'a str, &'a [&'a str]);

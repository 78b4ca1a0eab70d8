//! From the text of a test file to its cases. All mistakes of a file are found at once, each with its place.

mod client;
mod each;
mod expect;
mod facts;

use jiff::Timestamp;
use kyc_policy::reading::{Findings, Reader, Section};
use kyc_policy::tree::{Kind, Node};
use kyc_policy::{Applicant, ClientInput, Diagnostic, Loc, Policy, PolicySet, SourceMap, read_tree};

use crate::model::{Case, Expected, Given, Run, Suite};
use crate::rules;
use client::ClientValues;
use each::{Axis, Setting};
use facts::FactValues;

/// Most combinations of one file, as the rule says.
const MAX_RUNS: usize = 10_000;

const KEYS: [&str; 5] = ["policy", "now", "facts", "client", "cases"];
const CASE_KEYS: [&str; 7] = ["name", "now", "facts", "client", "without", "each", "expect"];

/// What a test file can refer to.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The policies of the folder.
    pub policies: &'a [&'a Policy],
    /// What they share.
    pub set: &'a PolicySet,
}

/// Reads one test file. `name` is what diagnostics call it. Without a suite, the diagnostics say why.
pub fn read(
    sources: &mut SourceMap,
    name: &str,
    bytes: &[u8],
    around: Surroundings<'_>,
) -> (Option<Suite>, Vec<Diagnostic>) {
    let (tree, mut diagnostics) = read_tree(sources, name, bytes);
    let Some(tree) = tree else { return (None, diagnostics) };
    let mut findings = Findings::default();
    let suite = File { reader: Reader::beside_policies(&mut findings), around }.suite(&tree, name);
    let is_whole = !findings.has_errors() && !diagnostics.iter().any(is_error);
    diagnostics.extend(findings.into_sorted());
    (suite.filter(|_| is_whole), diagnostics)
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity() == kyc_policy::Severity::Error
}

/// One file while it is read.
struct File<'f, 'a> {
    reader: Reader<'f>,
    around: Surroundings<'a>,
}

/// What cases begin with.
struct Base {
    /// The moment of the file, if it could be read.
    now: Option<Timestamp>,
    facts: FactValues,
    client: ClientValues,
}

/// What the cases before have used up.
struct Seen {
    names: Vec<(String, Loc)>,
    /// How many combinations are left.
    left: usize,
}

impl File<'_, '_> {
    fn suite(&mut self, tree: &Node<'_>, name: &str) -> Option<Suite> {
        let file = self.reader.keys(tree, "", KEYS.into_iter())?;
        let begin = begin(tree);
        let policy = self.policy(&file, begin);
        let now = self.now(&file, begin);
        let base = Base {
            now,
            facts: file.get("facts").map(|node| self.facts(node, "facts")).unwrap_or_default(),
            client: file.get("client").map(|node| self.client(node, "client")).unwrap_or_default(),
        };
        let Some(cases) = file.get("cases") else {
            let help = "list the cases: a name, `facts` or `client`, and what to `expect`";
            self.missing(&file, begin, "cases", help);
            return None;
        };
        let known =
            policy.as_deref().and_then(|name| self.around.policies.iter().find(|of| of.name() == name));
        let cases = self.cases(cases, &base, known.copied());
        Some(Suite { file: name.to_owned(), policy: policy?, now: now?, cases })
    }

    fn policy(&mut self, file: &Section<'_>, begin: Loc) -> Option<String> {
        let Some(node) = file.get("policy") else {
            self.missing(file, begin, "policy", "name the policy that the cases are about");
            return None;
        };
        let name = self.reader.scalar(node, "policy", "the name of a policy")?;
        if !self.around.policies.iter().any(|policy| policy.name() == name) {
            let known: Vec<&str> = self.around.policies.iter().map(|policy| policy.name()).collect();
            self.reader.unknown_word(node.loc, name, "a policy of this folder", known.iter().copied());
        }
        Some(name.to_owned())
    }

    fn now(&mut self, file: &Section<'_>, begin: Loc) -> Option<Timestamp> {
        let Some(node) = file.get("now") else {
            let help = "write the moment at which every case happens, such as 2026-05-15T12:00:00Z; with the real clock, a \
                        case that passes today could fail tomorrow";
            self.missing(file, begin, "now", help);
            return None;
        };
        self.moment(node, "now")
    }

    /// Reports a missing key, unless it is a misspelt one that has been reported.
    fn missing(&mut self, section: &Section<'_>, begin: Loc, key: &str, help: &str) {
        if !section.is_misspelt(key) {
            self.reader.missing(begin, key, help);
        }
    }

    /// A moment with its offset.
    fn moment(&mut self, node: &Node<'_>, key: &str) -> Option<Timestamp> {
        const WANTED: &str = "a moment with its offset, such as 2026-05-15T12:00:00Z";
        let text = self.reader.scalar(node, key, WANTED)?;
        let moment = text.parse().ok();
        if moment.is_none() {
            self.reader.malformed(node, key, WANTED, text);
        }
        moment
    }

    fn cases(&mut self, node: &Node<'_>, base: &Base, policy: Option<&Policy>) -> Vec<Case> {
        let mut cases: Vec<Case> = Vec::new();
        let mut seen = Seen { names: Vec::new(), left: MAX_RUNS };
        for node in self.reader.list(node, "cases", "a list of cases").unwrap_or_default() {
            cases.extend(self.case(node, base, policy, &mut seen));
        }
        cases
    }

    fn case(
        &mut self,
        node: &Node<'_>,
        base: &Base,
        policy: Option<&Policy>,
        seen: &mut Seen,
    ) -> Option<Case> {
        let keys = self.reader.keys(node, "case", CASE_KEYS.into_iter())?;
        let begin = begin(node);
        let name = self.case_name(&keys, begin, seen);
        let expected = self.case_expectation(&keys, begin, policy);
        self.refuse_both(&keys);
        let is_result = match &expected {
            Some((expected, loc)) => {
                let is_result = matches!(expected, Expected::Outcome { .. });
                self.refuse_other_kind(&keys, is_result, *loc);
                is_result
            }
            None => keys.get("client").is_none(),
        };
        let runs = if is_result { self.results(&keys, base) } else { self.clients(&keys, base) };
        self.count(&keys, runs.len(), &mut seen.left)?;
        let now = match keys.get("now") {
            Some(node) => self.moment(node, "now"),
            None => base.now,
        };
        let ((name, loc), (expected, _)) = (name?, expected?);
        Some(Case { name, loc, now: now?, runs, expected })
    }

    fn case_name(&mut self, keys: &Section<'_>, begin: Loc, seen: &mut Seen) -> Option<(String, Loc)> {
        let Some(node) = keys.get("name") else {
            self.missing(keys, begin, "name", "say in a few words what the case shows");
            return None;
        };
        let name = self.reader.text(node, "name", 200)?;
        self.refuse_twice(&name, node.loc, seen);
        Some((name, node.loc))
    }

    fn case_expectation(
        &mut self,
        keys: &Section<'_>,
        begin: Loc,
        policy: Option<&Policy>,
    ) -> Option<(Expected, Loc)> {
        let Some(node) = keys.get("expect") else {
            let help = "say what must come of it: an outcome such as `accept`, `request`, or `problems`";
            self.missing(keys, begin, "expect", help);
            return None;
        };
        Some((self.expected(node, policy)?, node.loc))
    }

    fn refuse_twice(&mut self, name: &str, loc: Loc, seen: &mut Seen) {
        match seen.names.iter().find(|(earlier, _)| earlier == name) {
            Some((_, first)) => self.reader.report(rules::named_twice(loc, *first)),
            None => seen.names.push((name.to_owned(), loc)),
        }
    }

    /// The entries of a list, which is not empty, or a single value as the only one.
    fn one_or_more<'n, 't>(&mut self, node: &'n Node<'t>, key: &str) -> Option<&'n [Node<'t>]>
    where
        't: 'n,
    {
        match &node.kind {
            Kind::List(items) if !items.is_empty() => Some(items),
            Kind::Scalar(_) => Some(std::slice::from_ref(node)),
            _ => {
                self.reader.list(node, key, "one value or a list of them");
                None
            }
        }
    }

    /// Facts are of a result, and a client's data comes before there is one.
    fn refuse_both(&mut self, keys: &Section<'_>) {
        if let (Some(facts), Some(client)) = (keys.get("facts"), keys.get("client")) {
            self.reader.report(rules::contradicts(
                client.loc,
                facts.loc,
                "a case has either `facts` of a result or the data of a `client`",
                "make two cases of it",
            ));
        }
    }

    fn refuse_other_kind(&mut self, keys: &Section<'_>, is_result: bool, expected: Loc) {
        let (other, message, help) = if is_result {
            let message = "no outcome follows from the data of a `client` alone";
            ("client", message, "expect `request` or `problems`, or give the `facts` of a result")
        } else {
            let message = "no request follows from the `facts` of a result";
            ("facts", message, "expect an outcome such as `accept`, or give the data of a `client`")
        };
        if let Some(node) = keys.get(other)
            && keys.get(if is_result { "facts" } else { "client" }).is_none()
        {
            self.reader.report(rules::contradicts(expected, node.loc, message, help));
        }
    }

    fn count(&mut self, keys: &Section<'_>, runs: usize, left: &mut usize) -> Option<()> {
        if let Some(rest) = left.checked_sub(runs) {
            *left = rest;
            return Some(());
        }
        // Once is enough: what follows is measured against the same bound.
        if let Some(each) = keys.get("each").filter(|_| *left > 0) {
            self.reader.report(rules::too_many_combinations(each.loc));
        }
        *left = 0;
        None
    }

    /// Every combination of a case about results.
    fn results(&mut self, keys: &Section<'_>, base: &Base) -> Vec<Run> {
        let own = keys.get("facts").map(|node| self.facts(node, "facts")).unwrap_or_default();
        let without = self.without_facts(keys.get("without"));
        let axes = keys.get("each").map(|node| self.fact_axes(node, keys.get("facts"))).unwrap_or_default();
        let mut applicant = Applicant::default();
        base.facts.apply(&mut applicant);
        own.apply(&mut applicant);
        for setting in &without {
            setting.facts(&mut applicant);
        }
        each::combinations(&axes, MAX_RUNS)
            .into_iter()
            .map(|(label, settings)| {
                let mut applicant = applicant.clone();
                for setting in settings {
                    setting.facts(&mut applicant);
                }
                Run { label, given: Given::Facts(applicant) }
            })
            .collect()
    }

    /// Every combination of a case about clients.
    fn clients(&mut self, keys: &Section<'_>, base: &Base) -> Vec<Run> {
        let own = keys.get("client").map(|node| self.client(node, "client")).unwrap_or_default();
        let without = self.without_client(keys.get("without"));
        let axes =
            keys.get("each").map(|node| self.client_axes(node, keys.get("client"))).unwrap_or_default();
        let mut values = base.client.clone();
        values.replace(&own);
        for setting in &without {
            setting.client(&mut values);
        }
        each::combinations(&axes, MAX_RUNS)
            .into_iter()
            .map(|(label, settings)| {
                let mut values = values.clone();
                for setting in settings {
                    setting.client(&mut values);
                }
                Run { label, given: Given::Client(ClientInput::from(values)) }
            })
            .collect()
    }
}

impl Setting {
    fn facts(&self, applicant: &mut Applicant) {
        match self {
            Self::Fact(fact) => fact.apply(applicant),
            Self::WithoutFact(key) => crate::facts::Fact::forget(*key, applicant),
            Self::Client(..) | Self::WithoutClient(_) => {}
        }
    }

    fn client(&self, values: &mut ClientValues) {
        match self {
            Self::Client(field, value) => values.set(*field, value.clone()),
            Self::WithoutClient(field) => values.remove(*field),
            Self::Fact(_) | Self::WithoutFact(_) => {}
        }
    }
}

/// A short place at the beginning of a map.
fn begin(node: &Node<'_>) -> Loc {
    match &node.kind {
        Kind::Map(entries) => entries.first().map_or(node.loc, |entry| entry.key_loc),
        _ => node.loc,
    }
}

/// The entries of a list, or a single value as the only one.
fn one_or_more<'n, 't>(node: &'n Node<'t>) -> &'n [Node<'t>] {
    match &node.kind {
        Kind::List(items) => items,
        _ => std::slice::from_ref(node),
    }
}

/// How an axis is called in the name of a combination.
fn label(axis: &Axis, index: usize) -> Option<String> {
    axis.values.get(index).map(|(word, _)| format!("{}={word}", axis.key))
}

//! From text to a checked policy: read, lower, run every rule. The only door to a [`Policy`].

use kyc_core::CountrySet;

use crate::diagnostic::{Diagnostic, Findings};
use crate::family::{Family, Heritage, Notation, inherited_loosen};
use crate::lints::{SET, Waived};
use crate::lower::{Draft, kept, lower_part, lower_policy, lower_set};
use crate::places::Places;
use crate::policy::Policy;
use crate::read::read_yaml;
use crate::rules::{self, Context, Waiting};
use crate::sections::ClientSection;
use crate::set::PolicySet;
use crate::source::SourceMap;
use crate::together::{self, UsedGroup};
use crate::tree::Node;

/// What came of checking one document.
#[derive(Debug)]
pub struct Checked<T> {
    /// The checked value, if no mistake was found.
    pub value: Option<T>,
    /// Mistakes and warnings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Where each key was written.
    pub places: Places,
    /// What the caller brings, as far as it was understood, mistakes or not.
    pub client: ClientSection,
    /// Findings that a waiver of the set excuses.
    pub waived: Vec<Waived>,
    /// The built-in groups of countries that the policy names, each once.
    pub groups: Vec<UsedGroup>,
    /// Countries that the policy leaves out in so many words, as `-LI` does.
    pub left_out: CountrySet,
}

impl<T> Checked<T> {
    /// Nothing was understood.
    pub(crate) fn unread(mut findings: Findings, stem: Option<&str>, set: &PolicySet) -> Self {
        let waived = findings.settle(&set.lints, stem.unwrap_or_default(), &Places::default());
        let diagnostics = findings.into_sorted();
        Self {
            value: None,
            diagnostics,
            places: Places::default(),
            client: ClientSection::NONE,
            waived,
            groups: Vec::new(),
            left_out: CountrySet::EMPTY,
        }
    }
}

/// Checks one policy in YAML that stands alone. `name` is what diagnostics call the file; `stem` is the file's name
/// without `.yaml`, with which the policy's own name must agree. A policy that extends another is checked by a
/// [`Family`].
pub fn check_policy(
    sources: &mut SourceMap,
    name: &str,
    stem: Option<&str>,
    bytes: &[u8],
    set: &PolicySet,
) -> Checked<Policy> {
    Family::new().check_leaf(sources, name, stem, bytes, set)
}

/// Reads one document in YAML without checking it. Without a tree it cannot be looked at any further, and the
/// diagnostics say why.
pub fn read_tree<'t>(
    sources: &mut SourceMap,
    name: &str,
    bytes: &'t [u8],
) -> (Option<Node<'t>>, Vec<Diagnostic>) {
    let mut findings = Findings::default();
    let (_, tree) = read_yaml(sources, name, bytes, &mut findings);
    (tree, findings.into_sorted())
}

/// Checks one policy that another front end has read, and that stands alone.
pub fn check_tree(tree: &Node<'_>, notation: Notation, set: &PolicySet) -> Checked<Policy> {
    Family::new().check_tree(tree, notation, set)
}

/// What a document is checked as.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    /// The name of its file without `.yaml`, if it comes from one.
    pub(crate) stem: Option<&'a str>,
    pub(crate) set: &'a PolicySet,
    pub(crate) notation: Notation,
}

/// A document after every rule was run.
pub(crate) struct Examined<'t> {
    pub(crate) draft: Draft,
    pub(crate) findings: Findings,
    /// The document with what it inherits, if it inherits anything.
    pub(crate) whole: Option<Node<'t>>,
    /// Whether all that it inherits from is proven.
    pub(crate) is_based: bool,
    waiting: Waiting,
}

impl Subject<'_> {
    /// Runs every rule over a whole document.
    pub(crate) fn examine<'t>(
        &self,
        tree: &Node<'_>,
        heritage: Option<&Heritage<'_>>,
        mut findings: Findings,
    ) -> Examined<'t> {
        let mut draft = lower_policy(tree, self.stem, self.set, &mut findings);
        if let Some(heritage) = heritage {
            let inherited = kept(inherited_loosen(heritage, &draft.places, self.set));
            draft.sections.governance.special.change(|special| special.inherited_loosen = inherited);
        }
        let context = Context::definition(&draft, self.set, heritage);
        let waiting = rules::run_all(&context, &mut findings);
        Examined { draft, findings, whole: None, is_based: true, waiting }
    }

    /// Finds mistakes of shape in a document of which nobody knows what it inherits.
    pub(crate) fn examine_alone<'t>(&self, tree: &Node<'_>, mut findings: Findings) -> Examined<'t> {
        let draft = lower_part(tree, self.stem, self.set, &mut findings);
        Examined { draft, findings, whole: None, is_based: false, waiting: Waiting::default() }
    }
}

impl Examined<'_> {
    /// What the set makes of the findings, which of them it waives, and whether the document is proven.
    pub(crate) fn settle(&mut self, subject: &Subject<'_>) -> (Vec<Waived>, bool) {
        let name = subject.stem.unwrap_or(&self.draft.sections.name);
        let waived = self.findings.settle(&subject.set.lints, name, &self.draft.places);
        (waived, !self.findings.has_errors() && !subject.set.has_errors && self.is_based)
    }

    pub(crate) fn into_checked(mut self, subject: &Subject<'_>) -> Checked<Policy> {
        let (waived, is_proven) = self.settle(subject);
        let Self { draft: Draft { sections, places, written }, findings, waiting, .. } = self;
        let client = sections.client;
        let groups = together::groups_used(&written.country_lists);
        let left_out = written.left_out();
        let value = is_proven.then(|| Policy::proven(sections, waiting));
        Checked { value, diagnostics: findings.into_sorted(), places, client, waived, groups, left_out }
    }
}

/// Checks the settings of a policy set in YAML. A set with mistakes is still returned as far as it could be read, so
/// that the policies beside it can be checked too; but no policy is proven under it.
pub fn check_set(sources: &mut SourceMap, name: &str, bytes: &[u8]) -> (PolicySet, Vec<Diagnostic>) {
    let mut findings = Findings::default();
    let (_, tree) = read_yaml(sources, name, bytes, &mut findings);
    let mut set = match tree {
        Some(tree) => lower_set(&tree, &mut findings),
        None => PolicySet::unreadable(),
    };
    set.waived = findings.settle(&set.lints, SET, &set.places);
    set.has_errors = findings.has_errors();
    (set, findings.into_sorted())
}

/// What is said of a file that stands beside the policies and is not read.
pub(crate) fn ignored_file(sources: &mut SourceMap, name: &str) -> Diagnostic {
    let file = sources.add_file(name, "");
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name).to_ascii_lowercase();
    if matches!(stem.as_str(), "_set.yaml" | "_set.yml" | "set.yml") {
        rules::set_misnamed::found(file)
    } else {
        rules::file_ignored::found(file, name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn under_an_unreadable_set_nothing_is_said_of_what_it_may_hold() {
        let mut sources = SourceMap::default();
        let (set, mistakes) = check_set(&mut sources, "_set.yaml", b"hosts: [app.example.com\ngroups: {");
        assert_eq!(mistakes.len(), 1, "{mistakes:?}");
        let text = "name: a\ncountries: any\ndocuments: any\nredirect: { success: https://other.example.com/ok }\n\
                    webhook: https://hooks.example.com/x\n";
        let checked = check_policy(&mut sources, "a.yaml", None, text.as_bytes(), &set);
        assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
        assert!(checked.value.is_none(), "a set with a mistake proves no policy");
    }

    #[test]
    fn a_pinned_snapshot_decides_who_is_in_a_group_and_others_keep_their_newest() {
        let mut sources = SourceMap::default();
        let countries = |set: &PolicySet, group: &str| {
            let text = format!("name: a\ncountries: [{group}]\ndocuments: any\n");
            let checked = check_policy(&mut SourceMap::default(), "a.yaml", None, text.as_bytes(), set);
            checked.value.unwrap().countries().len()
        };
        let (pinned, _) = check_set(&mut sources, "_set.yaml", b"snapshots: { EU: 2013-07-01 }\n");
        let newest = PolicySet::empty();
        assert_eq!((countries(&pinned, "EU"), countries(&newest, "EU")), (28, 27));
        assert_eq!(countries(&pinned, "EFTA"), countries(&newest, "EFTA"));
    }
}

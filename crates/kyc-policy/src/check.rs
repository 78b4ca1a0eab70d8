//! From text to a checked policy: read, lower, run every rule. The only door to a [`Policy`].

use kyc_core::CountrySet;

use crate::diagnostic::{Diagnostic, Findings};
use crate::lints::{SET, Waived};
use crate::lower::{lower_policy, lower_set};
use crate::places::Places;
use crate::policy::Policy;
use crate::read::{MAX_DEPTH, read_yaml};
use crate::rules::{self, Context, nesting_too_deep};
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
    fn unread(mut findings: Findings, stem: Option<&str>, set: &PolicySet) -> Self {
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

/// Checks one policy in YAML. `name` is what diagnostics call the file; `stem` is the file's name without `.yaml`,
/// with which the policy's own name must agree.
pub fn check_policy(
    sources: &mut SourceMap,
    name: &str,
    stem: Option<&str>,
    bytes: &[u8],
    set: &PolicySet,
) -> Checked<Policy> {
    let mut findings = Findings::default();
    let (_, tree) = read_yaml(sources, name, bytes, &mut findings);
    let Some(tree) = tree else {
        return Checked::unread(findings, stem, set);
    };
    check_node(&tree, stem, set, findings)
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

/// Checks one policy that another front end has read.
pub fn check_tree(tree: &Node<'_>, stem: Option<&str>, set: &PolicySet) -> Checked<Policy> {
    let mut findings = Findings::default();
    if let Some(loc) = tree.deeper_than(MAX_DEPTH) {
        findings.push(nesting_too_deep::found(loc));
        return Checked::unread(findings, stem, set);
    }
    check_node(tree, stem, set, findings)
}

fn check_node(
    tree: &Node<'_>,
    stem: Option<&str>,
    set: &PolicySet,
    mut findings: Findings,
) -> Checked<Policy> {
    let draft = lower_policy(tree, stem, set, &mut findings);
    let context = Context::definition(&draft.sections, &draft.written, &draft.places, set);
    let waiting = rules::run_all(&context, &mut findings);
    let name = stem.unwrap_or(&draft.sections.name);
    let waived = findings.settle(&set.lints, name, &draft.places);
    let is_proven = !findings.has_errors() && !set.has_errors;
    let client = draft.sections.client;
    let groups = together::groups_used(&draft.written.country_lists);
    let left_out = draft.written.left_out();
    let value = is_proven.then(|| Policy::proven(draft.sections, waiting));
    let diagnostics = findings.into_sorted();
    Checked { value, diagnostics, places: draft.places, client, waived, groups, left_out }
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

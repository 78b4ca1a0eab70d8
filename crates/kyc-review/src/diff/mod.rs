//! What has changed between two policies, or two folders of them, in words: the class of each change, old and new, who
//! now gets in and who is shut out.

mod entry;
mod matrix;
mod render;
mod summary;

use std::collections::BTreeMap;

use kyc_policy::{Policy, PolicySet, SetChange};
use serde::Serialize;

use crate::words::{self, Groups};

pub use entry::{Entry, Person};
pub use render::{html as diff_html, markdown as diff_markdown, text as diff_text};
pub use summary::Trigger;

/// One side of a comparison: what the policies share, and each policy by name; `None` for one with mistakes, of which
/// nobody knows what it means.
#[derive(Clone, Debug)]
pub struct Side<'p> {
    /// What the policies share.
    pub set: &'p PolicySet,
    /// The policies.
    pub policies: BTreeMap<&'p str, Option<&'p Policy>>,
}

/// Everything that has changed.
#[derive(Clone, Debug, Serialize)]
pub struct Diff {
    /// The change in one line.
    pub summary: String,
    /// What `_set.yaml` says otherwise.
    pub set: Vec<SetChange>,
    /// The policies that differ, by name.
    pub policies: Vec<PolicyDiff>,
    /// How many policies are the same on both sides.
    pub unchanged: usize,
}

/// What has become of one policy.
#[derive(Clone, Debug, Serialize)]
pub struct PolicyDiff {
    /// Its name on the newer side.
    pub name: String,
    /// Its name on the older side, if that is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was_named: Option<String>,
    /// What has become of it.
    pub state: State,
    /// Digest on the older side.
    pub digest_was: Option<String>,
    /// Digest on the newer side.
    pub digest_now: Option<String>,
    /// What it means, if it stands on one side only: who passes, in a phrase for each part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub means: Vec<String>,
    /// Each part that differs.
    pub changes: Vec<Entry>,
}

/// What has become of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is on both sides, and differs.
    Changed,
    /// It is new. Whoever passes under it has passed under no policy of this name.
    Added,
    /// It is gone.
    Removed,
    /// It means the same under another name.
    Renamed,
    /// The older side has mistakes, so nobody knows what it is compared with: as good as new.
    WasBroken,
    /// The newer side has mistakes, so nobody knows what it means.
    Broken,
}

/// Compares two sides, policy by policy.
pub fn diff(old: &Side<'_>, new: &Side<'_>) -> Diff {
    let mut policies = Vec::new();
    let mut unchanged = 0;
    let context = Context {
        old_set: old.set,
        old_groups: Groups::of_set(old.set),
        new_groups: Groups::of_set(new.set),
    };
    for (name, policy) in &new.policies {
        let before = old.policies.get(name).copied();
        let state = match (policy, before) {
            (None, _) => State::Broken,
            (Some(_), None) => State::Added,
            (Some(_), Some(None)) => State::WasBroken,
            (Some(_), Some(Some(_))) => State::Changed,
        };
        match context.of(name, state, *policy, before.flatten()) {
            Some(diff) => policies.push(diff),
            None => unchanged += 1,
        }
    }
    let gone = old.policies.iter().filter(|(name, _)| !new.policies.contains_key(*name));
    policies.extend(gone.map(|(name, policy)| context.removed(name, *policy)));
    join_renamed(&mut policies);
    policies.sort_by(|a, b| a.name.cmp(&b.name));
    let mut diff = Diff { summary: String::new(), set: new.set.changes_since(old.set), policies, unchanged };
    diff.summary = summary::line(&diff);
    diff
}

/// What countries are called on each side, and what the older one's policies shared.
struct Context<'a> {
    old_set: &'a PolicySet,
    old_groups: Groups,
    new_groups: Groups,
}

impl Context<'_> {
    /// What has become of a policy of the newer side; `None` if nothing has.
    fn of(&self, name: &str, state: State, new: Option<&Policy>, old: Option<&Policy>) -> Option<PolicyDiff> {
        let mut diff = PolicyDiff::new(name, state);
        diff.digest_now = new.map(|policy| policy.digest().to_string());
        diff.digest_was = old.map(|policy| policy.digest().to_string());
        match (new, old) {
            (Some(new), Some(old)) => {
                if new.document_digest() == old.document_digest() {
                    return None;
                }
                let changes = new.changes_since(old, self.old_set);
                let entry = |change| Entry::new(change, (new, &self.new_groups), (old, &self.old_groups));
                diff.changes = changes.into_iter().map(entry).collect();
            }
            (Some(new), None) => diff.means = meaning(new, &self.new_groups),
            (None, _) => {}
        }
        Some(diff)
    }

    fn removed(&self, name: &str, policy: Option<&Policy>) -> PolicyDiff {
        let mut diff = PolicyDiff::new(name, State::Removed);
        diff.digest_was = policy.map(|policy| policy.digest().to_string());
        diff.means = policy.map(|policy| meaning(policy, &self.old_groups)).unwrap_or_default();
        diff
    }
}

impl PolicyDiff {
    fn new(name: &str, state: State) -> Self {
        Self {
            name: name.to_owned(),
            was_named: None,
            state,
            digest_was: None,
            digest_now: None,
            means: Vec::new(),
            changes: Vec::new(),
        }
    }
}

/// Who passes, in short: for a policy that is compared with nothing.
fn meaning(policy: &Policy, groups: &Groups) -> Vec<String> {
    use kyc_policy::OrderedSection as S;
    [S::Matrix, S::Age, S::Expiry, S::Checks].map(|section| words::section(policy, section, groups)).into()
}

/// A policy that is gone and one that is new with the same digest are one that was renamed.
fn join_renamed(policies: &mut Vec<PolicyDiff>) {
    let mut gone: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for diff in policies.iter().filter(|diff| diff.state == State::Removed) {
        if let Some(digest) = &diff.digest_was {
            gone.entry(digest.clone()).or_default().push(diff.name.clone());
        }
    }
    let mut joined = Vec::new();
    for diff in policies.iter_mut().filter(|diff| diff.state == State::Added) {
        let digest = diff.digest_now.clone().unwrap_or_default();
        let Some(name) = gone.get_mut(&digest).and_then(Vec::pop) else { continue };
        joined.push(name.clone());
        diff.state = State::Renamed;
        diff.was_named = Some(name);
        diff.digest_was = Some(digest);
        diff.means = Vec::new();
    }
    policies.retain(|diff| !(diff.state == State::Removed && joined.contains(&diff.name)));
}

//! What tests of several files need.

use kyc::Registry;
use kyc_policy::{Policy, PolicySet, SourceMap, check_policy};

/// The policy of this text.
pub(crate) fn policy(name: &str, text: &str) -> Policy {
    let text = format!("name: {name}\n{text}");
    let mut sources = SourceMap::default();
    let checked = check_policy(&mut sources, name, Some(name), text.as_bytes(), &PolicySet::empty());
    checked.value.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
}

/// Policies of these names that take everybody.
pub(crate) fn registry(names: &[&str]) -> Registry {
    names.iter().map(|name| policy(name, "countries: any\ndocuments: any\n")).collect()
}

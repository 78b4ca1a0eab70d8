//! The generated program: it compares each policy that was compiled in with the same one that it reads from its file,
//! and prints one line of JSON for each declaration.

use std::path::Path;

use kyc::policy::Policy;
use serde_json::{Value, json};

use super::facts::facts;

/// What one declaration has become.
#[derive(Clone, Copy, Debug)]
pub struct Compiled {
    /// The folder of the declaration's files, relative to the package.
    pub folder: &'static str,
    /// How it was declared.
    pub route: &'static str,
    /// The policies that it declares.
    pub policies: &'static [&'static Policy],
}

/// The lines.
///
/// # Errors
///
/// A folder cannot be read.
pub fn lines(all: &[Compiled], now: kyc::Timestamp) -> Result<String, kyc::LoadError> {
    let mut lines = String::new();
    for Compiled { folder, route, policies } in all {
        let path = Path::new(folder);
        let read = kyc::Folder::read(path)?;
        let client = std::fs::read(path.join("client.json")).ok();
        let facts: Vec<Value> = policies.iter().map(|policy| facts(policy, client.as_deref(), now)).collect();
        let differing: Vec<Value> = policies
            .iter()
            .filter_map(|policy| {
                let read = read.file(policy.name()).and_then(|file| file.policy.as_ref());
                let sections = format!("{:#?}", policy.sections());
                let is_same = read.is_some_and(|read| read.sections() == policy.sections());
                (!is_same).then(
                    || json!({ "compiled": sections, "read": format!("{:#?}", read.map(Policy::sections)) }),
                )
            })
            .collect();
        let line = json!({ "folder": folder, "route": route, "facts": facts, "differing": differing });
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    Ok(lines)
}

//! A folder of many policies.

use std::fs;
use std::path::Path;

use crate::binary::ROOT;
use crate::people::POLICY;

/// Writes so many policies, alike but for their names: `policy-0`, `policy-1` and so on.
pub(super) fn many_policies(folder: &Path, count: usize) {
    fs::create_dir_all(folder).unwrap();
    let shipped = |name: &str| fs::read_to_string(format!("{ROOT}/policies/{name}.yaml")).unwrap();
    fs::write(folder.join("_set.yaml"), shipped("_set")).unwrap();
    let text = shipped(POLICY);
    for number in 0..count {
        let name = format!("policy-{number}");
        let renamed = text.replace(&format!("name: {POLICY}"), &format!("name: {name}"));
        assert!(renamed != text);
        fs::write(folder.join(format!("{name}.yaml")), renamed).unwrap();
    }
}

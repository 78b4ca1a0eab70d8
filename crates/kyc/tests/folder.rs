//! A folder of policies is read as a whole or not at all.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use kyc::{Folder, Registry};
use tempfile::TempDir;

const SHOP: &str = "name: shop\ncountries: any\ndocuments: [PASSPORT]\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn refusal(folder: &Path) -> String {
    let error = Registry::open(folder).unwrap_err();
    format!(
        "{error}{}",
        std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default()
    )
}

#[test]
fn policies_are_found_by_the_names_of_their_files() {
    let folder = folder(&[("shop.yaml", SHOP), ("README.md", "# hello"), (".hidden.yaml", "not: read")]);
    let registry = Registry::open(folder.path()).unwrap();
    assert_eq!(registry.len(), 1);
    assert!(registry.policy("shop").is_ok());
    assert_eq!(registry.policy("shpo").unwrap_err().suggestion(), Some("shop"));
}

#[test]
fn one_mistake_refuses_the_whole_folder() {
    let folder =
        folder(&[("shop.yaml", SHOP), ("other.yaml", "name: other\ncountries: []\ndocuments: any\n")]);
    let refusal = refusal(folder.path());
    assert!(
        refusal.contains("the policies have 1 mistake") && refusal.contains("countries-empty"),
        "{refusal}"
    );
}

#[test]
fn nothing_is_proven_under_a_set_with_a_mistake() {
    let folder = folder(&[("shop.yaml", SHOP), ("_set.yaml", "deny: [KPP]\n")]);
    let read = Folder::read(folder.path()).unwrap();
    assert!(read.has_errors());
    assert!(read.files().iter().all(|file| file.policy.is_none()));
}

#[test]
fn shared_settings_under_another_name_are_a_mistake() {
    let folder = folder(&[("shop.yaml", SHOP), ("_set.yml", "deny: [KP]\n")]);
    assert!(refusal(folder.path()).contains("set-misnamed"));
}

#[cfg(unix)]
#[test]
fn what_bears_the_name_of_a_policy_must_be_a_file() {
    use std::os::unix::fs::symlink;

    for name in ["gone.yaml", "_set.yaml"] {
        let folder = folder(&[("shop.yaml", SHOP)]);
        symlink(folder.path().join("nowhere"), folder.path().join(name)).unwrap();
        assert!(refusal(folder.path()).contains("cannot read"), "{name}");
    }
    let folder = folder(&[("shop.yaml", SHOP)]);
    fs::create_dir(folder.path().join("folder.yaml")).unwrap();
    assert!(refusal(folder.path()).contains("cannot read"));
}

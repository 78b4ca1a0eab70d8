//! A folder at a revision reads as it would have been read from disk then.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use kyc_folder::{Folder, RevisionError};
use tempfile::TempDir;

const SHOP: &str = "name: shop\ncountries: [LT]\ndocuments: [PASSPORT]\nage: { min: 18 }\n";

/// A repository of its own, untouched by the configuration of whoever runs the tests.
struct Repository(TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn commit(&self) -> &Self {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message=x"]);
        self
    }

    fn git(&self, arguments: &[&str]) -> String {
        git(self.0.path(), arguments)
    }
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let own = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "protocol.file.allow=always"];
    let output = Command::new("git")
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .args(own)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("these tests need git: {error}"));
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Each policy's name and youngest age, and the first line of each diagnostic.
fn summary(folder: &Folder) -> (Vec<(String, Option<u32>)>, Vec<String>) {
    let policies = folder.files().iter().map(|file| {
        let min = file.policy.as_ref().and_then(|policy| policy.sections().age.min());
        (file.name.clone(), min.map(kyc_core::Age::get))
    });
    let diagnostics = folder.diagnostics().iter().map(|found| found.rule().id.to_owned());
    (policies.collect(), diagnostics.collect())
}

#[track_caller]
fn refused(folder: &Path, revision: &str) -> RevisionError {
    Folder::read_at(folder, revision).unwrap_err()
}

#[test]
fn a_revision_is_what_was_committed() {
    let repository = Repository::new();
    repository.write("policies/shop.yaml", SHOP).commit();
    repository.write("policies/shop.yaml", &SHOP.replace("18", "21")).write("policies/bar.yaml", "").commit();
    repository.git(&["tag", "v2"]);
    repository.write("policies/shop.yaml", &SHOP.replace("18", "30"));
    let folder = repository.path("policies");

    let old = Folder::read_at(&folder, "HEAD~1").unwrap();
    assert_eq!(summary(&old), (vec![("shop".to_owned(), Some(18))], vec![]));
    let commit = old.commit().unwrap();
    assert_eq!(
        (commit.revision(), commit.id()),
        ("HEAD~1", repository.git(&["rev-parse", "HEAD~1"]).as_str())
    );

    for revision in ["v2", "main", "HEAD", "@", &repository.git(&["rev-parse", "--short", "HEAD"])] {
        let new = Folder::read_at(&folder, revision).unwrap();
        assert_eq!(summary(&new).0, [("bar".to_owned(), None), ("shop".to_owned(), Some(21))], "{revision}");
        assert!(new.has_errors());
    }
    assert_eq!(summary(&Folder::read(&folder).unwrap()).0.last().unwrap().1, Some(30));
}

#[test]
fn both_sources_find_the_same() {
    let repository = Repository::new();
    repository
        .write("policies/_set.yaml", "deny: [KP]\nhosts: [app.example.com]\n")
        .write("policies/good.yaml", &SHOP.replace("shop", "good"))
        .write("policies/bad.yaml", "name: bad\ncountries: [UK]\n")
        .write("policies/ignored.yml", SHOP)
        .write("policies/.hidden.yaml", SHOP)
        .write("policies/notes.txt", "x")
        .write("policies/deeper/shop.yaml", SHOP)
        .commit();
    let folder = repository.path("policies");
    let (disk, tree) = (Folder::read(&folder).unwrap(), Folder::read_at(&folder, "main").unwrap());
    assert_eq!(summary(&disk), summary(&tree));
    assert_eq!(disk.set().denied(), tree.set().denied());
    let paths = |folder: &Folder| folder.files().iter().map(|file| file.path.clone()).collect::<Vec<_>>();
    assert_eq!((paths(&disk), disk.set_path()), (paths(&tree), tree.set_path()));
    let digests = |folder: Folder| folder.file("good").unwrap().policy.as_ref().unwrap().document_digest();
    assert_eq!(digests(disk), digests(tree));
}

#[test]
fn places_name_the_revision() {
    let repository = Repository::new();
    repository.write("policies/shop.yaml", "name: shop\ncountries: [UK]\n").commit();
    let read = Folder::read_at(&repository.path("policies"), "main").unwrap();
    let (file, _) = read.sources().span(read.files()[0].places.value("countries").unwrap()).unwrap();
    let name = read.sources().name(file);
    assert!(name.starts_with("main:") && name.ends_with("policies/shop.yaml"), "{name}");
}

#[test]
fn the_folder_need_not_be_there_any_more() {
    let repository = Repository::new();
    repository.write("risk/policies/shop.yaml", SHOP).commit();
    fs::remove_dir_all(repository.path("risk")).unwrap();
    for folder in ["risk/policies", "risk/./policies/"] {
        assert_eq!(Folder::read_at(&repository.path(folder), "main").unwrap().files().len(), 1, "{folder}");
    }
    assert!(matches!(
        refused(&repository.path("risk/../risk/policies"), "main"),
        RevisionError::NoFolder { .. }
    ));
}

#[test]
fn the_root_a_subfolder_a_worktree_and_a_bare_repository_will_do() {
    let repository = Repository::new();
    repository.write("shop.yaml", SHOP).write("a/b/shop.yaml", SHOP).commit();
    repository.git(&["worktree", "add", "--quiet", "other-tree", "-b", "other"]);
    repository.git(&["clone", "--quiet", "--bare", ".", "bare.git"]);
    let other = repository.path("other-tree");
    for folder in
        [repository.path(""), repository.path("a/b"), other.join("a/b"), repository.path("bare.git/a/b")]
    {
        let read = Folder::read_at(&folder, "main").unwrap();
        assert_eq!(summary(&read).0, [("shop".to_owned(), Some(18))], "{}", folder.display());
    }
}

#[test]
fn what_is_no_revision_is_refused_before_git_sees_it() {
    let repository = Repository::new();
    repository.write("policies/shop.yaml", SHOP).commit();
    let long = "x".repeat(251);
    for revision in [
        "",
        " ",
        "-",
        "--help",
        "--output=/tmp/x",
        "^HEAD",
        "HEAD..main",
        "HEAD:policies",
        ":/x",
        "a\nb",
        "a\u{202e}b",
        &long,
    ] {
        let error = refused(&repository.path("policies"), revision);
        assert!(matches!(error, RevisionError::Malformed { .. }), "{revision:?}: {error}");
        assert!(!error.to_string().contains(['\n', '\u{202e}']), "{error}");
    }
    for revision in
        ["nobody", "HEAD~7", "HEAD^{tree}", "0000000000000000000000000000000000000000", "é", "a b", "$(x)"]
    {
        let error = refused(&repository.path("policies"), revision);
        assert!(matches!(error, RevisionError::NoCommit { .. }), "{revision:?}: {error}");
    }
}

#[test]
fn no_repository_and_no_folder_are_told_apart() {
    let nowhere = tempfile::tempdir().unwrap();
    let error = refused(&nowhere.path().join("policies"), "main");
    assert!(matches!(error, RevisionError::NoRepository { .. }), "{error}");
    assert!(error.to_string().contains("not a git repository"), "{error}");

    let empty = Repository::new();
    assert!(matches!(refused(&empty.path("policies"), "HEAD"), RevisionError::NoCommit { .. }));

    let repository = Repository::new();
    repository.write("policies", "a file").write("real/shop.yaml", SHOP).commit();
    for folder in ["absent", "policies", "policies/deeper"] {
        let error = refused(&repository.path(folder), "main");
        assert!(matches!(error, RevisionError::NoFolder { .. }), "{folder}: {error}");
    }
}

#[test]
fn what_bears_a_policys_name_is_a_regular_file() {
    for (name, mode) in
        [("shop.yaml", "120000"), ("shop.yaml", "160000"), ("_set.yaml", "120000"), ("odd.yml", "160000")]
    {
        let repository = Repository::new();
        repository.write("policies/real.yaml", &SHOP.replace("shop", "real")).commit();
        let id = repository.git(&["rev-parse", "HEAD:policies/real.yaml"]);
        repository.git(&["update-index", "--add", "--cacheinfo", &format!("{mode},{id},policies/{name}")]);
        repository.git(&["commit", "--quiet", "--message=x"]);
        let error = refused(&repository.path("policies"), "HEAD");
        let RevisionError::Load(error) = error else { panic!("{name} {mode}: {error}") };
        assert!(error.to_string().contains(name), "{error}");
        assert!(std::error::Error::source(&error).unwrap().to_string().contains("not a regular file"));
    }
    let folder = Repository::new();
    folder.write("policies/shop.yaml/x", "x").commit();
    assert!(matches!(refused(&folder.path("policies"), "HEAD"), RevisionError::Load(_)));
    // Where the folder itself is a link, its target is what a revision holds of it: not a folder.
    let link = Repository::new();
    link.write("real/shop.yaml", SHOP).commit();
    let target = link.git(&["hash-object", "-w", "real/shop.yaml"]);
    link.git(&["update-index", "--add", "--cacheinfo", &format!("120000,{target},policies")]);
    link.git(&["commit", "--quiet", "--message=x"]);
    assert!(matches!(refused(&link.path("policies"), "HEAD"), RevisionError::NoFolder { .. }));
}

#[test]
fn a_large_file_is_bounded_and_the_next_ones_are_read() {
    let repository = Repository::new();
    repository
        .write("policies/large.yaml", &"#\n".repeat(kyc_policy::MAX_BYTES * 2))
        .write("policies/empty.yaml", "")
        .write("policies/shop.yaml", SHOP)
        .commit();
    let read = Folder::read_at(&repository.path("policies"), "HEAD").unwrap();
    let (policies, diagnostics) = summary(&read);
    assert_eq!(policies.last().unwrap(), &("shop".to_owned(), Some(18)));
    assert!(diagnostics.contains(&"file-too-large".to_owned()), "{diagnostics:?}");
}

#[test]
fn odd_names_are_read_and_shown_without_harm() {
    let repository = Repository::new();
    repository
        .write("policies/a b.yaml", "name: x\n")
        .write("policies/two\nlines.yaml", "name: x\n")
        .write("policies/ž\t.yaml", "name: x\n")
        .commit();
    let read = Folder::read_at(&repository.path("policies"), "HEAD").unwrap();
    let names: Vec<_> = read.files().iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["a b", "two\nlines", "ž\t"]);
    for file in read.files() {
        let (id, _) = read.sources().span(file.places.value("name").unwrap()).unwrap();
        assert!(!read.sources().name(id).contains(['\n', '\t']));
    }
}

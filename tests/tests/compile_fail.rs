//! Compiles `ui/`: what must not compile, and what the compiler says about it; and what must compile and run.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Once;

use kyc_tests::{entries, file_name};

#[test]
fn mistakes_are_reported_each_in_its_place() {
    link_policies();
    let cases = trybuild::TestCases::new();
    for topic in topics().filter(|topic| !is_pass(topic)) {
        cases.compile_fail(format!("ui/{topic}/*.rs"));
    }
}

#[test]
fn sound_programs_compile_and_run() {
    link_policies();
    let cases = trybuild::TestCases::new();
    for topic in topics().filter(|topic| is_pass(topic)) {
        cases.pass(format!("ui/{topic}/*.rs"));
    }
}

/// The folders of cases.
fn topics() -> impl Iterator<Item = String> {
    let folders = entries(Path::new("ui")).into_iter().map(|path| file_name(&path));
    folders.filter(|folder| folder != POLICIES)
}

fn is_pass(topic: &str) -> bool {
    topic.ends_with("-pass")
}

/// The folder of files that cases name.
const POLICIES: &str = "policies";

/// Copies the files that cases name to where the compiler looks for them: beside the `Cargo.toml` that `trybuild` writes.
fn link_policies() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
        let package = target.join("tests/trybuild").join(env!("CARGO_PKG_NAME"));
        for (from, to) in
            [(Path::new("ui").join(POLICIES), POLICIES), ("corpus/invalid".into(), "corpus/invalid")]
        {
            copy(&from, &package.join(to));
        }
    });
}

/// Makes `to` a copy of the folder `from`. Files that did not change keep their time.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    let kept: Vec<PathBuf> = entries(from).iter().map(|path| to.join(file_name(path))).collect();
    for stale in entries(to).into_iter().filter(|path| !kept.contains(path)) {
        if stale.is_dir() { fs::remove_dir_all(stale) } else { fs::remove_file(stale) }.expect("a deletion");
    }
    for (path, to) in entries(from).iter().zip(&kept) {
        if path.is_dir() {
            copy(path, to);
            continue;
        }
        let bytes = fs::read(path).expect("a file");
        if fs::read(to).ok().as_ref() != Some(&bytes) {
            fs::write(to, bytes).expect("a file that can be written");
        }
    }
}

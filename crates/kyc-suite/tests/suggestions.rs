//! What is suggested does what it is suggested for: a case touches its edge, or notices its loosening, and passes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;
use kyc_folder::{Folder, PolicyFile};
use kyc_policy::{Policy, SourceMap, Style, to_text};
use kyc_suite::{Suite, Surroundings, UnderTest, coverage, mutate, read, run};

const NOW: &str = "2026-05-15T22:30:00Z";

fn folders() -> Vec<Folder> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let paths = ["tests/fixtures/passing", "tests/fixtures/unusual"];
    paths.iter().map(|path| Folder::read(&root.join(path)).unwrap()).collect()
}

fn under<'f>(folder: &'f Folder, file: &'f PolicyFile) -> UnderTest<'f> {
    assert!(file.policy.is_some(), "{:?}", folder.diagnostics());
    UnderTest { policy: file.policy.as_ref().unwrap(), set: folder.set(), left_out: file.left_out }
}

/// A test file with these cases alone.
fn pasted<'c>(cases: impl IntoIterator<Item = &'c String>, under: UnderTest<'_>) -> Suite {
    let cases: BTreeSet<_> = cases.into_iter().map(|case| format!("  - {case}\n")).collect();
    let cases: String = cases.into_iter().collect();
    let text = format!("policy: {}\nnow: {NOW}\ncases:\n{cases}", under.policy.name());
    let mut sources = SourceMap::default();
    let policies: [&Policy; 1] = [under.policy];
    let (suite, found) =
        read(&mut sources, "t.yaml", text.as_bytes(), Surroundings { policies: &policies, set: under.set });
    let shown: Vec<_> = found.iter().map(|found| to_text(&sources, found, Style::Plain)).collect();
    assert!(shown.is_empty(), "{}\n{text}", shown.join("\n"));
    let suite = suite.unwrap();
    let report = run(&suite, under.policy, under.today(), |_| true);
    assert!(report.is_fine(), "{report:?}\n{text}");
    suite
}

#[test]
fn a_case_that_is_suggested_for_an_edge_touches_it() {
    let now: Timestamp = NOW.parse().unwrap();
    for folder in folders() {
        for file in folder.files() {
            let under = under(&folder, file);
            let bare = coverage(&[], under, now);
            assert!(bare.edges > 10 && bare.touched() == 0 && bare.percent() == 0, "{}", file.name);
            for edge in &bare.untouched {
                let with = coverage(&[pasted([&edge.case], under)], under, now);
                let is_left =
                    with.untouched.iter().any(|left| (&left.key, &left.what) == (&edge.key, &edge.what));
                assert!(!is_left, "{}: {edge:?}", file.name);
            }
        }
    }
}

#[test]
fn a_case_that_is_suggested_for_a_loosening_notices_it() {
    let now: Timestamp = NOW.parse().unwrap();
    for folder in folders() {
        for file in folder.files() {
            let under = under(&folder, file);
            let bare = mutate(&[], under, now);
            assert!(bare.mutants > 2 && bare.noticed() == 0, "{}", file.name);
            assert_eq!(bare.unobservable, [], "{}", file.name);
            for survivor in &bare.survivors {
                let with = mutate(&[pasted([&survivor.case], under)], under, now);
                let is_left = with
                    .survivors
                    .iter()
                    .any(|left| (&left.key, &left.step) == (&survivor.key, &survivor.step));
                assert!(!is_left, "{}: {survivor:?}", file.name);
            }
        }
    }
}

#[test]
fn all_that_is_suggested_leaves_nothing_open_in_the_shipped_policies() {
    let now: Timestamp = NOW.parse().unwrap();
    let folder = Folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies")).unwrap();
    for file in folder.files() {
        let under = under(&folder, file);
        let edges = coverage(&[], under, now).untouched;
        let touching = pasted(edges.iter().map(|edge| &edge.case), under);
        assert_eq!(coverage(&[touching], under, now).untouched, [], "{}", file.name);
        let loosenings = mutate(&[], under, now).survivors;
        let noticing = pasted(loosenings.iter().map(|survivor| &survivor.case), under);
        assert_eq!(mutate(&[noticing], under, now).survivors, [], "{}", file.name);
    }
}

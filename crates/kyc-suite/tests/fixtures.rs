//! Folders of policies with tests, and what comes of running them: reports for people and build servers, or mistakes.
//!
//! `UPDATE_CORPUS=1` writes what differs; look at each change.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kyc_folder::{Folder, read_tests};
use kyc_policy::{Diagnostic, Policy, SourceMap, Style, Today, to_text};
use kyc_suite::{
    Demanded, Outcome, RULES, Report, Suite, Surroundings, UnderTest, coverage, junit, mutate, read, run,
    to_json, tree,
};

/// Of a client, and never to be seen.
const PERSONAL: &str = "ersonalmarker";

struct Fixture {
    path: PathBuf,
    folder: Folder,
}

/// What came of reading the tests of a fixture.
struct Read {
    sources: SourceMap,
    suites: Vec<Suite>,
    found: Vec<Diagnostic>,
}

fn fixtures() -> Vec<Fixture> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut paths: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let fixture = |path: PathBuf| {
        let folder = Folder::read(&path).unwrap();
        assert!(!folder.has_errors(), "{:?}", folder.diagnostics());
        Fixture { path, folder }
    };
    paths.into_iter().map(fixture).collect()
}

impl Fixture {
    fn policies(&self) -> Vec<&Policy> {
        self.folder.files().iter().filter_map(|file| file.policy.as_ref()).collect()
    }

    fn read(&self) -> Read {
        let policies = self.policies();
        let around = Surroundings { policies: &policies, set: self.folder.set() };
        let (mut sources, mut suites, mut found) = (SourceMap::default(), Vec::new(), Vec::new());
        for file in read_tests(&self.path).unwrap() {
            let (suite, diagnostics) = read(&mut sources, &self.relative(&file.name), &file.bytes, around);
            suites.extend(suite);
            found.extend(diagnostics);
        }
        Read { sources, suites, found }
    }

    fn relative(&self, name: &str) -> String {
        name.replace(&format!("{}/", self.path.display()), "")
    }

    fn run(&self, suites: &[Suite]) -> Vec<Report> {
        let policies = self.policies();
        let today = Today { deny: self.folder.set().denied() };
        let one = |suite: &Suite| {
            let policy = policies.iter().find(|policy| policy.name() == suite.policy).unwrap();
            run(suite, *policy, today, |_| true)
        };
        suites.iter().map(one).collect()
    }

    fn under(&self) -> Vec<UnderTest<'_>> {
        fn under<'f>(folder: &'f Folder, file: &'f kyc_folder::PolicyFile) -> UnderTest<'f> {
            let policy = file.policy.as_ref().unwrap();
            UnderTest { policy, set: folder.set(), left_out: file.left_out }
        }
        self.folder.files().iter().map(|file| under(&self.folder, file)).collect()
    }

    /// Coverage and mutants.
    fn gaps(&self, suites: &[Suite]) -> Outcome {
        let now = suites.first().unwrap().now;
        Outcome {
            reports: Vec::new(),
            coverage: self.under().into_iter().map(|under| coverage(suites, under, now)).collect(),
            mutation: self.under().into_iter().map(|under| mutate(suites, under, now)).collect(),
        }
    }

    /// Where a key stands, as the command shows it.
    fn demanded(&self, policy: &str, key: Option<&str>) -> String {
        let file = self.folder.file(policy).unwrap();
        let place =
            key.and_then(|key| file.places.value(key)).and_then(|loc| self.folder.sources().span(loc));
        match (key, place) {
            (Some(key), Some((file, bytes))) => {
                let at = self.folder.sources().position(file, &bytes);
                format!(
                    "{}:{}:{} `{key}`",
                    self.relative(self.folder.sources().name(file)),
                    at.line,
                    at.column
                )
            }
            _ => "under every policy".to_owned(),
        }
    }

    fn compare(&self, name: &str, text: &str) {
        assert!(!text.contains(PERSONAL), "a client's value in {text}");
        let path = self.path.join(name);
        let known = fs::read_to_string(&path).unwrap_or_default();
        if known != text {
            assert!(std::env::var_os("UPDATE_CORPUS").is_some(), "{}: now\n{text}", path.display());
            fs::write(path, text).unwrap();
        }
    }
}

#[test]
fn every_fixture_comes_out_as_recorded() {
    for fixture in fixtures() {
        let Read { sources, suites, found } = fixture.read();
        if !found.is_empty() {
            let texts: Vec<_> = found.iter().map(|found| to_text(&sources, found, Style::Plain)).collect();
            fixture.compare("mistakes.txt", &(texts.join("\n\n") + "\n"));
            continue;
        }
        let reports = fixture.run(&suites);
        let by = |policy: &str, key: Option<&str>| fixture.demanded(policy, key);
        let at = Demanded { sources: &sources, by: &by };
        let outcome = Outcome { reports, ..fixture.gaps(&suites) };
        fixture.compare("tree.txt", &(tree(&outcome, at) + "\n"));
        fixture.compare("junit.xml", &junit(&outcome, at).unwrap());
        fixture.compare("report.json", &format!("{:#}\n", to_json(&outcome, at)));
    }
}

#[test]
fn a_case_of_the_passing_fixture_passes_and_each_of_the_failing_one_fails_but_the_first() {
    for fixture in fixtures() {
        let name = fixture.path.file_name().unwrap().to_owned();
        let failed: Vec<bool> = fixture
            .run(&fixture.read().suites)
            .iter()
            .flat_map(|report| &report.cases)
            .map(|case| !case.failures.is_empty())
            .collect();
        match name.to_str().unwrap() {
            "unusual" => assert_eq!(failed, [false]),
            "passing" => assert!(failed.len() > 20 && failed.iter().all(|failed| !failed), "{failed:?}"),
            "failing" => {
                let (first, rest) = failed.split_first().unwrap();
                assert!(!first && rest.len() > 10 && rest.iter().all(|failed| *failed), "{failed:?}");
            }
            _ => assert!(failed.is_empty(), "{name:?}: a malformed file is not run"),
        }
    }
}

#[test]
fn rules_about_test_files_are_described_and_each_is_broken_by_a_fixture() {
    let found: BTreeSet<_> =
        fixtures().iter().flat_map(|fixture| fixture.read().found).map(|found| found.rule().id).collect();
    for rule in RULES {
        assert!(found.contains(rule.id), "{}", rule.id);
        assert!(kyc_policy::Rule::find(rule.id).is_none(), "{} is a rule about policies too", rule.id);
        assert!(
            !rule.summary.ends_with('.') && rule.why.ends_with('.') && rule.bad != rule.good,
            "{}",
            rule.id
        );
    }
}

//! Documents that must move with the code.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

const DOCUMENTS: [&str; 12] = [
    "README.md",
    "crates/README.md",
    "crates/kyc-server/METRICS.md",
    "crates/kyc-server/PROBLEMS.md",
    "crates/kyc-server/SETTINGS.md",
    "policies/README.md",
    "policies/PARAMETERS.md",
    "tests/README.md",
    "examples/policy-in-code/README.md",
    "examples/quickstart/README.md",
    "examples/service/README.md",
    "examples/yaml-policy/README.md",
];

#[test]
fn the_readme_is_short() {
    assert!(read("README.md").lines().count() < 200);
}

#[test]
fn every_crate_has_its_line_in_both_tables() {
    let crates: BTreeSet<String> = fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    for document in ["README.md", "crates/README.md"] {
        let text = read(document);
        for name in &crates {
            assert!(text.contains(&format!("`{name}`")), "{document} does not name {name}");
        }
    }
}

#[test]
fn links_to_files_lead_somewhere() {
    for document in DOCUMENTS {
        let text = read(document);
        let folder = root().join(document).parent().unwrap().to_owned();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = link.split('#').next().unwrap();
            if !path.is_empty() && !path.contains("://") {
                assert!(folder.join(path).exists(), "{document}: {link}");
            }
        }
    }
}

#[test]
fn every_key_of_the_language_is_in_the_guide() {
    let guide = read("policies/README.md");
    for field in kyc_policy::FIELDS {
        let is_section = field.shape.is_section();
        assert!(is_section || guide.contains(&format!("`{}`", field.key)), "{} is missing", field.key);
    }
    for field in kyc_policy::SET_FIELDS {
        let is_section = field.form.is_none();
        assert!(is_section || guide.contains(&format!("| `{}` |", field.key)), "{} is missing", field.key);
    }
}

#[test]
fn the_table_of_parameters_is_fresh() {
    assert!(read("policies/PARAMETERS.md") == kyc_policy::parameters(), "run `cargo xtask generate`");
}

#[test]
fn the_shown_policy_is_part_of_the_shipped_one() {
    let readme = read("README.md");
    let shown = readme.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let shipped = read("policies/eu-onboarding.yaml");
    let shortened =
        ["redirect: { success: https://app.example.com/kyc/ok }", "checks: { aml: true, liveness: true }"];
    for line in shown.lines().filter(|line| !line.trim().is_empty() && !shortened.contains(line)) {
        assert!(shipped.lines().any(|other| content(other) == content(line)), "{line}");
    }
}

#[test]
fn the_shown_compiler_errors_are_about_lines_of_the_example() {
    let source = read("examples/policy-in-code/src/policies.rs");
    let slips = [("DRIVERS_LICENSE", "DRIVER_LICENSE"), ("exmaple", "example"), ("45d", "30m")];
    let mut shown_at_all = 0;
    for document in ["README.md", "examples/policy-in-code/README.md"] {
        let text = read(document);
        // The place of an error, and the line that the compiler shows below it.
        let places = text.split("--> examples/policy-in-code/src/policies.rs:").skip(1);
        for place in places.clone() {
            let number: usize = place.split(':').next().unwrap().parse().unwrap();
            let shown = place.lines().nth(2).unwrap().split_once(" | ").unwrap().1;
            let meant = slips.iter().fold(shown.to_owned(), |line, (slip, meant)| line.replace(slip, meant));
            assert_eq!(source.lines().nth(number - 1), Some(&*meant), "{document}");
        }
        shown_at_all += places.count();
    }
    assert!(shown_at_all > 0, "no document shows an error");
}

/// The places that documents show in shipped policies are those that the commands tell.
#[test]
fn shown_places_are_places_of_the_shipped_policies() {
    let mut shown = 0;
    for document in DOCUMENTS {
        let text = read(document);
        for place in text.split("policies/eu-onboarding.yaml:").skip(1) {
            let line: usize = place.split(':').next().unwrap().parse().unwrap();
            let shipped = read("policies/eu-onboarding.yaml");
            let shipped = shipped.lines().nth(line - 1).unwrap();
            // A key is told by its name, and a compiler error by the line, with a slip in its value.
            let key = place.split('`').nth(1).filter(|_| place.lines().next().unwrap().contains('`'));
            let key = key.map(|key| key.rsplit('.').next().unwrap());
            let shown_key = || place.split(" | ").nth(1).unwrap().split(':').next().unwrap();
            assert!(
                shipped.contains(&format!("{}:", key.unwrap_or_else(shown_key))),
                "{document}: {place:.80}"
            );
            shown += 1;
        }
        for place in text.split("policies/_set.yaml:").skip(1).filter(|place| place.contains("hosts")) {
            let line: usize = place.split(':').next().unwrap().parse().unwrap();
            assert!(
                read("policies/_set.yaml").lines().nth(line - 1).unwrap().starts_with("hosts:"),
                "{document}"
            );
            shown += 1;
        }
    }
    assert!(shown >= 6, "{shown}");
}

/// A line without its comment.
fn content(line: &str) -> &str {
    line.split_once(" #").map_or(line, |(content, _)| content).trim_end()
}

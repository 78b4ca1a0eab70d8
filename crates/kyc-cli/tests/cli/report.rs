//! The forms in which programs take findings. Each case is a folder under `tests/reports/` with `policies` (or what else
//! it checks) and what comes of it in each form; `UPDATE_CORPUS=1` writes that anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::{Policies, Run, SHOP, command, run};

const FORMS: [(&str, &str); 4] =
    [("text", "text.txt"), ("github", "github.txt"), ("sarif", "sarif.json"), ("junit", "junit.xml")];

/// The case, what is checked in it, and the exit code.
const CASES: [(&str, &str, i32); 3] =
    [("findings", "policies", 1), ("sound", "policies", 0), ("odd-names", "a b, 100%: x", 1)];

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports").join(name)
}

fn check(folder: &Path, path: &str, form: &str) -> Run {
    run(command().current_dir(folder).args(["check", path, "--show-waived", "--format", form]))
}

#[test]
fn each_form_of_each_case_is_as_it_was() {
    for (name, path, code) in CASES {
        for (form, file) in FORMS {
            let found = check(&case(name), path, form).ends_with(code).out;
            let snapshot = case(name).join(file);
            if std::env::var_os("UPDATE_CORPUS").is_some() {
                fs::write(&snapshot, &found).unwrap();
            }
            let known = fs::read_to_string(&snapshot).unwrap_or_default();
            assert_eq!(found, known, "{}", snapshot.display());
        }
    }
}

/// What follows from the findings does not follow from the form in which they are told.
#[test]
fn all_forms_agree_on_the_exit_code_and_the_summary() {
    for (name, path, code) in CASES {
        let text = check(&case(name), path, "text").ends_with(code);
        for form in ["json", "github", "sarif", "junit"] {
            let other = check(&case(name), path, form).ends_with(code);
            assert_eq!(other.err, text.err, "{name} as {form}");
        }
    }
}

#[test]
fn paths_are_relative_to_the_working_directory() {
    let folder = Policies::new(&[("shop.yaml", &SHOP.replace("[LT, LV]", "[LT, LT]"))]);
    // Where temporary folders are behind a link, the command sees the folder that it leads to.
    let root = fs::canonicalize(folder.path("")).unwrap();
    let path = root.join("shop.yaml");
    let path = path.to_str().unwrap();
    let inside = |form| check(&root, path, form).out;
    assert!(inside("github").starts_with("::warning file=shop.yaml,line=3,"), "{}", inside("github"));
    assert!(inside("sarif").contains("\"uri\": \"shop.yaml\""));
    assert!(inside("junit").contains("<testsuite name=\"shop.yaml\""));
    let outside = |form| check(Path::new("/"), path, form).out;
    assert!(outside("github").contains(&format!("file={},", path.trim_start_matches('/'))));
    let elsewhere = check(&case("sound"), path, "sarif").out;
    assert!(elsewhere.contains(&format!("\"uri\": \"file://{path}\"")), "{elsewhere}");
}

/// No finding breaks out of its line, however its text and its file are written.
#[test]
fn each_finding_is_one_workflow_command() {
    for (name, path, _) in CASES {
        let findings = check(&case(name), path, "json").json();
        let commands = check(&case(name), path, "github").out;
        assert_eq!(commands.lines().count(), findings.as_array().unwrap().len());
        for command in commands.lines() {
            let (head, data) = command.strip_prefix("::").unwrap().split_once("::").unwrap();
            let (kind, properties) = head.split_once(' ').unwrap();
            assert!(["error", "warning", "notice"].contains(&kind), "{command}");
            let names: Vec<_> =
                properties.split(',').map(|property| property.split_once('=').unwrap().0).collect();
            assert!(names.first() == Some(&"file") && names.last() == Some(&"title"), "{command}");
            assert!(!properties.contains("::") && !data.is_empty(), "{command}");
        }
    }
}

#[test]
fn junit_xml_is_well_formed_and_counts_right() {
    for (name, path, code) in CASES {
        let xml = check(&case(name), path, "junit").out;
        let document = roxmltree::Document::parse(&xml).unwrap();
        let count =
            |tag: &str| document.descendants().filter(|node| node.has_tag_name(tag)).count().to_string();
        let root = document.root_element();
        assert_eq!(root.attribute("tests"), Some(&*count("testcase")));
        assert_eq!(root.attribute("failures"), Some(&*count("failure")));
        assert_eq!(root.attribute("skipped"), Some(&*count("skipped")));
        assert_eq!(count("failure") != "0", code == 1, "{name}");
        for suite in root.children().filter(|node| node.has_tag_name("testsuite")) {
            assert!(suite.children().any(|node| node.has_tag_name("testcase")), "{suite:?}");
        }
    }
}

#[test]
fn sarif_is_valid_by_the_schema_of_its_standard() {
    let mut schema: Value = serde_json::from_slice(&fs::read(sarif_schema()).unwrap()).unwrap();
    // The standard's pattern of a language has a bracket too many, which not every reader of patterns takes.
    for definition in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][definition]["properties"]["language"];
        language.as_object_mut().unwrap().remove("pattern").unwrap();
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (name, path, _) in CASES {
        let log = check(&case(name), path, "sarif").json();
        let problems: Vec<_> = validator.iter_errors(&log).map(|problem| problem.to_string()).collect();
        assert!(problems.is_empty(), "{name}: {problems:?}");
    }
    let mut broken = check(&case("findings"), "policies", "sarif").json();
    broken["runs"][0]["columnKind"] = "bytes".into();
    assert!(!validator.is_valid(&broken), "the schema refuses nothing");
}

/// The schema that the crate `serde-sarif` ships, where cargo keeps its source.
fn sarif_schema() -> PathBuf {
    // What other machines would need has not been fetched.
    let about = Command::new("rustc").arg("-vV").output().unwrap();
    let about = String::from_utf8(about.stdout).unwrap();
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let packages = metadata.get("packages").and_then(Value::as_array).unwrap();
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    Path::new(package["manifest_path"].as_str().unwrap()).with_file_name("src").join("schema.json")
}

#[test]
fn sarif_says_what_is_found_and_what_is_waived() {
    let log = check(&case("findings"), "policies", "sarif").json();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    let ids: BTreeSet<_> = results.iter().map(|result| result["ruleId"].as_str().unwrap()).collect();
    assert_eq!(rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect::<BTreeSet<_>>(), ids);
    let waived = |result: &&Value| !result["suppressions"].as_array().unwrap().is_empty();
    let waived: Vec<_> = results.iter().filter(waived).collect();
    assert_eq!(waived.len(), 2);
    for result in waived {
        assert_eq!(result["ruleId"], "account-decides");
        assert_eq!(result["suppressions"][0]["properties"]["until"], "2999-12-31");
    }
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    // Behind `token: { digit_code: "🦢ž", `, of which each character is one column.
    let at_edge = results.iter().find(|result| result["ruleId"] == "session-length-at-edge").unwrap();
    assert_eq!(at_edge["locations"][0]["physicalLocation"]["region"]["startColumn"], 44);
}

//! The action and the hooks: their scripts are run by bash, as GitHub and pre-commit run them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_yaml::Value;
use tempfile::TempDir;

use crate::support::SHOP;

const KYC: &str = env!("CARGO_BIN_EXE_kyc");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn yaml(path: &str) -> Value {
    serde_yaml::from_str(&fs::read_to_string(root().join(path)).unwrap()).unwrap()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A repository with policies, in which the action runs.
struct Repository {
    folder: TempDir,
    runner: TempDir,
}

/// What became of the action.
#[derive(Debug)]
struct Ran {
    /// The exit code of the first step that failed.
    code: i32,
    out: String,
    outputs: BTreeMap<String, String>,
    summary: String,
}

impl Repository {
    /// The policies of `base` in a first commit, and those of `head` in a second one.
    fn new(base: &[(&str, &str)], head: &[(&str, &str)]) -> Self {
        let repository = Self { folder: TempDir::new().unwrap(), runner: TempDir::new().unwrap() };
        repository.git(&["init", "--quiet"]);
        repository.commit(base);
        repository.commit(head);
        repository
    }

    fn commit(&self, files: &[(&str, &str)]) {
        for (name, text) in files {
            let path = self.folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message=policies"]);
    }

    fn git(&self, args: &[&str]) -> String {
        let identity = ["-c", "user.name=kyc", "-c", "user.email=kyc@example.com"];
        let output =
            Command::new("git").current_dir(self.folder.path()).args(identity).args(args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn base(&self) -> String {
        self.git(&["rev-parse", "HEAD~1"])
    }

    /// Runs the action, with these inputs beside its defaults, and this base of the pull request.
    fn run(&self, inputs: &[(&str, &str)], pull_request_base: &str) -> Ran {
        let action = yaml(".github/actions/kyc-policies/action.yml");
        let mut known = BTreeMap::new();
        for (name, input) in action.get("inputs").and_then(Value::as_mapping).unwrap() {
            known.insert(format!("inputs.{}", name.as_str().unwrap()), text(input, "default").to_owned());
        }
        for (name, value) in [("kyc", KYC)].iter().chain(inputs) {
            let before = known.insert(format!("inputs.{name}"), (*value).to_owned());
            assert!(before.is_some(), "the action has no input `{name}`");
        }
        known.insert("github.event.pull_request.base.sha".to_owned(), pull_request_base.to_owned());
        let (mut code, mut out) = (0, String::new());
        let steps =
            action.get("runs").and_then(|runs| runs.get("steps")).and_then(Value::as_sequence).unwrap();
        for step in steps {
            let (status, printed, outputs) = self.step(step, &known);
            out.push_str(&printed);
            for (name, value) in outputs {
                known.insert(format!("steps.{}.outputs.{name}", text(step, "id")), value);
            }
            if status != 0 {
                code = status;
                break;
            }
        }
        let mut outputs = BTreeMap::new();
        for (name, output) in action.get("outputs").and_then(Value::as_mapping).unwrap() {
            outputs.insert(name.as_str().unwrap().to_owned(), evaluated(text(output, "value"), &known));
        }
        let summary = fs::read_to_string(self.runner.path().join("summary")).unwrap_or_default();
        Ran { code, out, outputs, summary }
    }

    fn step(&self, step: &Value, known: &BTreeMap<String, String>) -> (i32, String, Vec<(String, String)>) {
        assert_eq!(text(step, "shell"), "bash", "{step:?}");
        let (script, output) = (self.runner.path().join("script.sh"), self.runner.path().join("output"));
        fs::write(&script, text(step, "run")).unwrap();
        fs::write(&output, "").unwrap();
        let mut command = Command::new("bash");
        // What GitHub runs for `shell: bash`.
        command.args(["--noprofile", "--norc", "-e", "-o", "pipefail"]).arg(&script);
        command
            .current_dir(self.folder.path())
            .env_remove("KYC_POLICIES")
            .env("GITHUB_ACTION_PATH", root().join(".github/actions/kyc-policies"))
            .env("GITHUB_OUTPUT", &output)
            .env("GITHUB_STEP_SUMMARY", self.runner.path().join("summary"))
            .env("RUNNER_TEMP", self.runner.path())
            .stdin(Stdio::null());
        for (name, value) in step.get("env").and_then(Value::as_mapping).into_iter().flatten() {
            command.env(name.as_str().unwrap(), evaluated(value.as_str().unwrap(), known));
        }
        let ran = command.output().unwrap();
        let printed = String::from_utf8([ran.stdout, ran.stderr].concat()).unwrap();
        let outputs = fs::read_to_string(&output).unwrap();
        let outputs = outputs.lines().map(|line| line.split_once('=').unwrap());
        let outputs = outputs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        (ran.status.code().unwrap(), printed, outputs)
    }

    fn comment(&self, ran: &Ran) -> String {
        let path = Path::new(ran.outputs.get("comment").unwrap());
        assert!(path.starts_with(self.runner.path()));
        let comment = fs::read_to_string(path).unwrap();
        assert_eq!(comment, ran.summary);
        assert!(comment.starts_with("<!-- kyc-policies -->\n### Identity policies: check\n\n"), "{comment}");
        comment
    }
}

/// The value of `${{ a || b }}`: the first that is not empty.
fn evaluated(text: &str, known: &BTreeMap<String, String>) -> String {
    let Some(inner) = text.strip_prefix("${{ ").and_then(|text| text.strip_suffix(" }}")) else {
        assert!(!text.contains("${{"), "{text}");
        return text.to_owned();
    };
    let values = inner.split(" || ").map(|name| known.get(name).cloned().unwrap_or_default());
    values.into_iter().find(|value| !value.is_empty()).unwrap_or_default()
}

#[test]
fn a_sound_change_that_loosens_nothing_passes() {
    let stricter = SHOP.replace("min: 18", "min: 21");
    let repository = Repository::new(&[("policies/shop.yaml", SHOP)], &[("policies/shop.yaml", &stricter)]);
    let ran = repository.run(&[], &repository.base());
    assert_eq!((ran.code, &*ran.outputs["check"], &*ran.outputs["diff"]), (0, "0", "0"), "{ran:?}");
    let comment = repository.comment(&ran);
    assert!(comment.contains("1 policy, no mistakes\n"), "{comment}");
    assert!(comment.contains("shop: tighter") && comment.contains("a 20-year-old"), "{comment}");
}

#[test]
fn a_loosening_fails_with_4_and_is_told_in_the_comment() {
    let looser = SHOP.replace("age: { min: 18 }", "age: { min: 16 }\nminors:\n  rationale: Youth accounts.");
    let repository = Repository::new(&[("policies/shop.yaml", SHOP)], &[("policies/shop.yaml", &looser)]);
    let ran = repository.run(&[], &repository.base());
    assert_eq!((ran.code, &*ran.outputs["diff"]), (4, "4"), "{ran:?}");
    assert!(repository.comment(&ran).contains("looser"), "{ran:?}");
    let agreed = repository.run(&[("fail-on", "none")], &repository.base());
    assert_eq!((agreed.code, &*agreed.outputs["diff"]), (0, "0"), "{agreed:?}");
}

#[test]
fn a_mistake_fails_with_1_and_is_annotated() {
    let broken = SHOP.replace("PASSPORT", "PASPORT");
    let repository = Repository::new(&[("policies/shop.yaml", SHOP)], &[("policies/shop.yaml", &broken)]);
    let sarif = repository.runner.path().join("kyc.sarif");
    let ran = repository.run(&[("sarif", sarif.to_str().unwrap())], &repository.base());
    assert_eq!((ran.code, &*ran.outputs["check"]), (1, "1"), "{ran:?}");
    assert!(ran.out.contains("::error file=policies/shop.yaml,line=4,"), "{ran:?}");
    assert!(repository.comment(&ran).contains("1 mistake in 1 of 1 policy\n"), "{ran:?}");
    assert!(fs::read_to_string(sarif).unwrap().contains("\"unknown-word\""));
}

const CASES: &str = "policy: shop\nnow: 2026-05-15T12:00:00Z\ncases:\n  - name: adults pass\n    \
    facts: { country: LT, document: PASSPORT, age: 18 }\n    expect: accept\n";

#[test]
fn tests_are_run_where_there_are_some_and_a_failure_is_told_in_the_comment() {
    let stricter = SHOP.replace("min: 18", "min: 21");
    let tested = [("policies/shop.yaml", SHOP), ("policies/tests/shop.yaml", CASES)];
    let repository = Repository::new(&tested, &[("policies/shop.yaml", &stricter)]);
    let junit = repository.runner.path().join("kyc.xml");
    let ran = repository.run(&[("junit", junit.to_str().unwrap())], &repository.base());
    assert_eq!((ran.code, &*ran.outputs["test"], &*ran.outputs["diff"]), (1, "1", "0"), "{ran:?}");
    let comment = repository.comment(&ran);
    assert!(comment.contains("\n### Identity policies: tests\n\n```text\n"), "{comment}");
    assert!(comment.contains("  FAIL  adults pass  policies/tests/shop.yaml:4:11\n"), "{comment}");
    assert!(fs::read_to_string(junit).unwrap().contains("failures=\"1\""));

    let repository = Repository::new(&tested, &[]);
    let ran = repository.run(&[], &repository.base());
    assert_eq!((ran.code, &*ran.outputs["test"]), (0, "0"), "{ran:?}");
    assert!(repository.comment(&ran).contains("1 file, 1 case, all as expected\n"), "{ran:?}");
    let repository = Repository::new(&tested, &[]);
    let ran = repository.run(&[("mutate", "true")], &repository.base());
    assert_eq!((ran.code, &*ran.outputs["test"]), (1, "1"), "{ran:?}");
    assert!(repository.comment(&ran).contains("  unnoticed  age.min: 18 -> 17\n"), "{ran:?}");
}

/// The text block of the comment ends where it should, whatever a case is called.
#[test]
fn a_name_of_a_case_forges_no_line() {
    let forged = CASES.replace("adults pass", "\"a\\n```\\n<b>x</b>\"").replace("age: 18", "age: 1");
    let files = [("policies/shop.yaml", SHOP), ("policies/tests/shop.yaml", &forged)];
    let repository = Repository::new(&files, &[]);
    let ran = repository.run(&[], &repository.base());
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(!repository.comment(&ran).lines().any(|line| line.starts_with("<b>")), "{ran:?}");
}

#[test]
fn another_layout_fails_with_1() {
    let shifted = SHOP.replace("[LT, LV]", "[ LT,LV ]");
    let repository = Repository::new(&[("policies/shop.yaml", SHOP)], &[("policies/shop.yaml", &shifted)]);
    let ran = repository.run(&[], &repository.base());
    assert_eq!((ran.code, &*ran.outputs["check"], &*ran.outputs["diff"]), (1, "0", "0"), "{ran:?}");
    assert!(repository.comment(&ran).contains("The layout is not that of `kyc fmt`.\n"), "{ran:?}");
}

#[test]
fn without_a_base_nothing_is_compared() {
    let repository = Repository::new(&[("rules/shop.yaml", SHOP)], &[]);
    let ran = repository.run(&[("policies", "rules")], "");
    assert_eq!((ran.code, &*ran.outputs["check"], &*ran.outputs["diff"]), (0, "0", ""), "{ran:?}");
    assert!(repository.comment(&ran).ends_with("1 policy, no mistakes\n"), "{ran:?}");
}

#[test]
fn a_folder_that_is_not_there_fails_with_2_and_says_so() {
    let repository = Repository::new(&[("policies/shop.yaml", SHOP)], &[]);
    let ran = repository.run(&[("policies", "polices")], &repository.base());
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(repository.comment(&ran).contains("cannot read `polices`"), "{ran:?}");
}

/// What stands in an input is a value, and never a part of a script or an option.
#[test]
fn inputs_are_not_run() {
    let repository = Repository::new(&[("policies/shop.yaml", SHOP)], &[("policies/shop.yaml", SHOP)]);
    let base = repository.base();
    for hostile in ["$(touch pwned)", "`touch pwned`", "\"; touch pwned; \"", "--help", "x\ntouch pwned", "*"]
    {
        let ran = repository.run(&[("policies", hostile)], &base);
        assert_eq!(ran.code, 2, "{hostile}: {ran:?}");
        for input in ["base", "fail-on"] {
            let ran = repository.run(&[(input, hostile)], &base);
            assert_ne!(ran.code, 0, "{input}: {hostile}: {ran:?}");
        }
        repository.run(&[("sarif", hostile)], &base);
    }
    assert!(!repository.folder.path().join("pwned").exists());
    let action = fs::read_to_string(root().join(".github/actions/kyc-policies/action.yml")).unwrap();
    let steps = yaml(".github/actions/kyc-policies/action.yml");
    let steps = steps.get("runs").and_then(|runs| runs.get("steps")).and_then(Value::as_sequence).unwrap();
    assert!(action.contains("${{ inputs."));
    for step in steps {
        assert!(!text(step, "run").contains("${{"), "{step:?}");
    }
}

#[test]
fn a_comment_is_never_longer_than_a_comment_may_be() {
    let many: Vec<(String, String)> = (0..400)
        .map(|number| {
            let name = format!("shop-{number}");
            (format!("policies/{name}.yaml"), SHOP.replace("name: shop", &format!("name: {name}")))
        })
        .collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(path, text)| (&**path, &**text)).collect();
    let repository = Repository::new(
        &[("policies/_set.yaml", "lints: { policies-identical: allow }\n"), ("policies/shop.yaml", SHOP)],
        &many,
    );
    let ran = repository.run(&[("fail-on", "none")], &repository.base());
    assert_eq!(ran.code, 0, "{}", ran.out);
    let comment = repository.comment(&ran);
    assert!(comment.len() < 65_536, "{}", comment.len());
    assert!(comment.ends_with("The rest is cut off; `kyc diff` shows all of it.\n"), "{}", comment.len());
}

/// Each hook runs a command that there is, on a folder, and by the script that builds it.
#[test]
fn hooks_run_on_the_shipped_policies() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hooks = hooks.as_sequence().unwrap();
    assert!(!hooks.is_empty());
    for hook in hooks {
        let command = text(hook, "entry").strip_prefix(".ci/kyc ").unwrap();
        let args =
            hook.get("args").and_then(Value::as_sequence).unwrap().iter().map(|arg| arg.as_str().unwrap());
        let ran = Command::new(KYC)
            .current_dir(root())
            .env_remove("KYC_POLICIES")
            .args(command.split(' ').chain(args))
            .output()
            .unwrap();
        assert!(ran.status.success(), "{hook:?}: {ran:?}");
        assert_eq!(
            (text(hook, "language"), hook.get("pass_filenames")),
            ("script", Some(&Value::Bool(false)))
        );
    }
    let script = fs::metadata(root().join(".ci/kyc")).unwrap();
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&script.permissions()) & 0o111, 0o111);
    #[cfg(not(unix))]
    assert!(script.is_file());
}

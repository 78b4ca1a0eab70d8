//! Files that macros have read are part of the program: an edit is seen by the next build.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Output;

use kyc_tests::parity::Package;

const POLICY: &str = "name: one\ncountries: any\ndocuments: [PASSPORT]\n";
const SET: &str = "deny: [KP]\n";

/// Every way to read a file: a folder, a policy of a struct, the set of tokens.
const MAIN: &str = r#"
use kyc::{ClientId, Policy, TypedPolicy};

kyc::policies!("policies");

#[derive(Policy)]
#[policy(file = "policies/one.yaml")]
struct One {
    client_id: ClientId,
}

const TOKENS: &Policy = kyc::policy! { set = "policies", name = "tokens", countries = any, documents = [PASSPORT] };

fn main() {
    for policy in policies::ALL.iter().copied().chain([One::POLICY, TOKENS]) {
        println!("{} {}", policy.name(), policy.canonical());
    }
}
"#;

/// What the documentation tells people to write, so that files that are added are known.
const BUILD: &str = "fn main() {\n    println!(\"cargo::rerun-if-changed=policies\");\n}\n";

/// A fresh package with one policy and a set.
fn package(name: &str) -> Package {
    let package = Package::new(Path::new(env!("CARGO_TARGET_TMPDIR")), name);
    package.lay_out("src", &[("main.rs".into(), MAIN.into())].into());
    package
        .lay_out("policies", &[("one.yaml".into(), POLICY.into()), ("_set.yaml".into(), SET.into())].into());
    package.remove("build.rs");
    package
}

/// What the built program prints, or the compiler's errors.
fn built(package: &Package) -> Result<Vec<String>, String> {
    let Output { status, stdout, stderr } = package.cargo("run", &[]);
    let lines = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if status.success() {
        Ok(lines(&stdout).lines().map(str::to_owned).collect())
    } else {
        Err(lines(&stderr))
    }
}

/// Builds and runs the program: it must print the policies as the files state them now. Its lines, of which the last
/// are the tokens.
fn as_the_files_state(package: &Package) -> Vec<String> {
    let lines = built(package).unwrap_or_else(|error| panic!("{error}"));
    let folder =
        kyc::Folder::read(&package.root().join("policies")).unwrap_or_else(|error| panic!("{error}"));
    let policies = folder.into_policies().unwrap_or_else(|folder| panic!("{:?}", folder.diagnostics()));
    let of_folder = policies.iter();
    let of_struct = policies.iter().filter(|policy| policy.name() == "one");
    let expected: Vec<_> = of_folder
        .chain(of_struct)
        .map(|policy| format!("{} {}", policy.name(), policy.canonical()))
        .collect();
    let (_tokens, of_files) = lines.split_last().expect("lines");
    assert_eq!(of_files, expected);
    lines
}

#[test]
fn an_edited_file_is_checked_again() {
    let package = package("edited");
    let first = as_the_files_state(&package);

    package.write("policies/_set.yaml", b"deny: [KP, IR]\n");
    let denied = as_the_files_state(&package);
    assert!(first.iter().zip(&denied).all(|(before, after)| before != after), "{denied:?}");

    package.write("policies/one.yaml", format!("{POLICY}age: {{ min: 21 }}\n").as_bytes());
    let aged = as_the_files_state(&package);
    assert_ne!(aged.first(), denied.first());

    package.write("policies/one.yaml", format!("{POLICY}age: {{ min: 70, max: 18 }}\n").as_bytes());
    let error = built(&package).expect_err("a mistake in the policy");
    assert_eq!(error.matches("[age-min-above-max]").count(), 2, "{error}");
    assert!(error.contains("policies/one.yaml:4:"), "{error}");

    package.write("policies/one.yaml", POLICY.as_bytes());
    package.write("policies/_set.yaml", b"deny: [UK]\n");
    let error = built(&package).expect_err("a mistake in the set");
    assert_eq!(error.matches("[unknown-country]").count(), 3, "{error}");

    package.write("policies/_set.yaml", SET.as_bytes());
    assert_eq!(as_the_files_state(&package), first);
}

/// A policy of a file and one of tokens, both on a file that nothing else names.
const EXTENDING: &str = r#"
use kyc::{ClientId, Policy, TypedPolicy};

#[derive(Policy)]
#[policy(file = "policies/two.yaml")]
struct Two {
    client_id: ClientId,
}

const TOKENS: &Policy = kyc::policy! { set = "policies", name = "tokens", extends = one, age(min = 21) };

fn main() {
    for policy in [Two::POLICY, TOKENS] {
        println!("{}", policy.digest());
    }
}
"#;

#[test]
fn an_edited_file_is_checked_again_with_all_that_extend_it() {
    let package = Package::new(Path::new(env!("CARGO_TARGET_TMPDIR")), "extending");
    package.lay_out("src", &[("main.rs".into(), EXTENDING.into())].into());
    let two = "name: two\nextends: one\nage: { min: 21 }\n";
    let files = [("one.yaml", POLICY), ("two.yaml", two), ("_set.yaml", SET)];
    package.lay_out("policies", &files.map(|(name, text)| (name.into(), text.into())).into());
    let first = built(&package).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(first.first(), first.last(), "a file and tokens that say the same");

    package.write("policies/one.yaml", format!("{POLICY}checks: {{ aml: true }}\n").as_bytes());
    let second = built(&package).unwrap_or_else(|error| panic!("{error}"));
    assert!(first.iter().zip(&second).all(|(before, after)| before != after), "{second:?}");

    package.write("policies/one.yaml", format!("{POLICY}age: {{ min: 30 }}\n").as_bytes());
    let error = built(&package).expect_err("both are looser than the file now");
    assert_eq!(error.matches("[looser-than-parent]").count(), 2, "{error}");
    assert!(error.contains("policies/one.yaml:4:13"), "{error}");

    package.write("policies/one.yaml", POLICY.as_bytes());
    assert_eq!(built(&package), Ok(first));
}

/// The generated test fails, and says that `policies` are missing.
fn assert_missing(package: &Package, policies: &str) {
    let Output { status, stdout, .. } = package.cargo("test", &[]);
    let output = String::from_utf8_lossy(&stdout);
    assert!(!status.success() && output.contains("every_file_of_the_folder_is_compiled_in"), "{output}");
    assert!(output.contains(&format!("not compiled in as they are now: {policies}")), "{output}");
}

#[test]
fn an_added_set_fails_the_generated_test() {
    let package = Package::new(Path::new(env!("CARGO_TARGET_TMPDIR")), "governed");
    package.lay_out(
        "src",
        &[("main.rs".into(), "kyc::policies!(\"policies\");\n\nfn main() {}\n".into())].into(),
    );
    package.lay_out("policies", &[("one.yaml".into(), POLICY.into())].into());
    assert!(package.cargo("test", &[]).status.success());

    package.write("policies/_set.yaml", SET.as_bytes());
    assert_missing(&package, "[\"one\"]");
}

#[test]
fn an_added_file_fails_the_generated_test_and_is_known_to_a_build_script() {
    let package = package("added");
    assert!(package.cargo("test", &[]).status.success());

    let added = |name: &str| format!("name: {name}\ncountries: [LT]\ndocuments: [PASSPORT]\n");
    package.write("policies/two.yaml", added("two").as_bytes());
    assert_missing(&package, "[\"two\"]");

    package.write("build.rs", BUILD.as_bytes());
    assert!(package.cargo("test", &[]).status.success());
    as_the_files_state(&package);

    package.write("policies/three.yaml", added("three").as_bytes());
    as_the_files_state(&package);
    assert!(package.cargo("test", &[]).status.success());
}

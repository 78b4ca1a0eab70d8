use std::path::Path;

use serde_json::json;

use crate::support::{BROKEN, Policies, SHOP, command, keys, run};

#[test]
fn good_policies_are_counted() {
    let folder = Policies::new(&[
        ("shop.yaml", SHOP),
        ("other.yaml", &SHOP.replace("shop", "other").replace("LV", "EE")),
    ]);
    let checked = folder.kyc(["check"]).ends_with(0).prints_nothing();
    assert_eq!(checked.err, "2 policies, no mistakes\n");
}

#[test]
fn every_mistake_is_shown_with_its_place() {
    let folder = Policies::new(&[("shop.yaml", SHOP), ("broken.yaml", BROKEN)]);
    let checked = folder
        .kyc(["check"])
        .ends_with(1)
        .prints("error[unknown-country]")
        .prints("error[unknown-word]")
        .prints("error[unknown-key]")
        .prints("broken.yaml:2:17");
    assert_eq!(checked.err, "3 mistakes in 1 of 2 policies\n");
}

#[test]
fn warnings_alone_do_not_fail() {
    let warned = format!("{SHOP}questionnaire: account\n");
    let folder = Policies::new(&[("shop.yaml", &warned)]);
    folder
        .kyc(["check"])
        .ends_with(0)
        .prints("warning[account-decides]")
        .tells("no mistakes and 1 warning in 1 of 1 policy");
}

#[test]
fn a_file_is_checked_under_the_set_beside_it_and_its_mistakes_are_told_once() {
    let files = [
        ("shop.yaml", SHOP),
        ("other.yaml", &SHOP.replace("shop", "other")),
        ("_set.yaml", "must_state: [verdict]\nhost: [a.example]\n"),
    ];
    let folder = Policies::new(&files);
    let (shop, other) = (folder.path("shop.yaml"), folder.path("other.yaml"));
    folder.kyc([Path::new("check"), &shop]).ends_with(1).prints("error[must-state]");
    let both = folder.kyc([Path::new("check"), &shop, &other]).ends_with(1);
    assert_eq!(both.out.matches("error[unknown-key]").count(), 1, "{both:?}");
    assert_eq!(both.err, "3 mistakes in 2 of 2 policies and `_set.yaml`\n");
    folder
        .kyc([Path::new("check"), &folder.path("_set.yaml")])
        .ends_with(1)
        .tells("1 mistake in `_set.yaml`");
}

#[test]
fn json_is_an_array_over_all_paths() {
    let (one, two) = (Policies::new(&[("broken.yaml", BROKEN)]), Policies::new(&[("broken.yaml", BROKEN)]));
    let args = [Path::new("check"), Path::new("--format=json"), &one.path(""), &two.path("")];
    let json = run(command().args(args)).ends_with(1).json();
    let found = json.as_array().unwrap();
    assert_eq!(found.len(), 6);
    let expected = [
        "column",
        "end_column",
        "end_line",
        "field",
        "file",
        "help",
        "line",
        "message",
        "related",
        "rule",
        "severity",
        "waived",
    ];
    assert_eq!(keys(&found[0]), expected);
    assert_eq!((&found[0]["rule"], &found[0]["line"]), (&json!("unknown-country"), &json!(2)));

    let good = Policies::new(&[("shop.yaml", SHOP)]);
    assert_eq!(good.kyc(["check", "--format", "json"]).ends_with(0).json(), json!([]));
}

#[test]
fn what_cannot_be_checked_is_wrong_use() {
    let empty = Policies::new(&[("README.md", "text")]);
    empty.kyc(["check"]).ends_with(2).prints_nothing().tells("holds no policy").tells("help: ");
    empty.kyc([Path::new("check"), &empty.path("README.md")]).ends_with(2).tells("does not end in `.yaml`");
    empty.kyc([Path::new("check"), &empty.path("no.yaml")]).ends_with(2).tells("cannot read").tells("help: ");
}

#[test]
fn a_reader_that_leaves_is_no_error_of_ours() {
    use std::io::Read;
    use std::process::{Command, Stdio};

    let folder = Policies::new(&[("broken.yaml", BROKEN)]);
    for args in [&["check"][..], &["explain"], &["list"], &["completions", "zsh"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut child = Command::new(env!("CARGO_BIN_EXE_kyc"))
            .args(args)
            .env("KYC_POLICIES", folder.path(""))
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        let code = child.wait().unwrap().code();
        let wrong = matches!(args[0], "check" | "list");
        assert_eq!(code, Some(i32::from(wrong)), "{args:?}: {err}");
        assert!(!err.contains("pipe") && !err.contains("panicked"), "{args:?}: {err}");
    }
}

/// A set that denies what `account` leaves open, and makes one exception until `until`.
fn with_waiver(until: &str) -> Policies {
    let set = format!(
        "lints: {{ account-decides: deny }}\nwaivers:\n  - lint: account-decides\n    policy: shop\n    key: nfc\n    \
         reason: The switch is under change control.\n    until: {until}\n"
    );
    let shop = format!("{SHOP}nfc: account\n");
    Policies::new(&[("_set.yaml", &set), ("shop.yaml", &shop)])
}

#[test]
fn what_is_waived_is_counted_and_shown_on_request() {
    let folder = with_waiver("2999-12-31");
    let checked = folder.kyc(["check"]).ends_with(0).prints_nothing();
    assert_eq!(checked.err, "1 policy, no mistakes, 1 waived\n");
    folder
        .kyc(["check", "--show-waived"])
        .ends_with(0)
        .prints("warning[account-decides]")
        .prints("waived until 2999-12-31: The switch is under change control.");
    let json = folder.kyc(["check", "--format=json"]).ends_with(0).json();
    assert_eq!(json.as_array().unwrap().len(), 1);
    assert_eq!(json[0]["severity"], "warning");
    let waived = json!({ "reason": "The switch is under change control.", "until": "2999-12-31" });
    assert_eq!(json[0]["waived"], waived);
}

#[test]
fn a_denied_lint_fails_once_its_waiver_has_run_out() {
    let folder = with_waiver("2020-12-31");
    let checked = folder
        .kyc(["check"])
        .ends_with(1)
        .prints("error[account-decides]")
        .prints("denied by the set")
        .prints("warning[waiver-expired]");
    assert_eq!(checked.err, "1 mistake and 1 warning in 1 of 1 policy and `_set.yaml`\n");
    let json = folder.kyc(["check", "--format=json"]).ends_with(1).json();
    assert_eq!((&json[0]["severity"], &json[0]["waived"]), (&json!("error"), &json!(null)));
    // What goes on working is what was built: only the check looks at the day.
    folder.kyc(["request", "shop", "--client-id=c-1", "--set=first_name=Ann"]).ends_with(0);
}

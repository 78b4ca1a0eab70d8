use crate::support::{command, run};

const COMMANDS: [&str; 16] = [
    "check",
    "explain",
    "fmt",
    "list",
    "new",
    "can",
    "test",
    "request",
    "issue",
    "keys",
    "ledger",
    "retention",
    "sandbox",
    "serve",
    "schema",
    "completions",
];

#[test]
fn every_command_helps_with_examples() {
    for name in COMMANDS {
        run(command().args([name, "--help"])).ends_with(0).prints("Usage: kyc ").prints("Examples:\n  ");
        run(command().arg("--help")).ends_with(0).prints(&format!("\n  {name} "));
    }
}

#[test]
fn exit_codes_are_documented() {
    for flag in ["-h", "--help"] {
        let help = run(command().arg(flag)).ends_with(0);
        for code in 0..=3 {
            assert!(help.out.contains(&format!("\n  {code}  ")), "{help:?}");
        }
    }
}

#[test]
fn help_shows_no_value_of_the_environment() {
    let help =
        run(command().args(["issue", "--help"]).env("KYC_POLICIES", "marker").env("KYC_API_KEY", "marker"));
    assert!(!help.ends_with(0).out.contains("marker"));
}

#[test]
fn wrong_use_ends_with_two() {
    for args in [&[][..], &["chek"], &["check", "--nope"], &["issue"], &["explain", "tab", "--all"]] {
        run(command().args(args)).ends_with(2).prints_nothing();
    }
    run(command().arg("--version")).ends_with(0).prints("kyc ");
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(command().args(["completions", shell])).ends_with(0);
        for name in COMMANDS {
            assert!(script.out.contains(name), "{shell}: {name}");
        }
    }
    run(command().args(["completions", "nosuchshell"])).ends_with(2);
}

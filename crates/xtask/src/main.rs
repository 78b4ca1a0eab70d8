//! Development tasks: `cargo xtask test`, `cargo xtask lint`, `cargo xtask ci`, `cargo xtask generate`,
//! `cargo xtask browser`, `cargo xtask schemathesis`, `cargo xtask soak`, `cargo xtask bench-service`.

mod browser;
mod generate;
mod packages;
mod schemathesis;
mod service;

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use schemathesis::Length;

/// The repository.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// One command of a task: what it is for, its arguments to cargo, and what it needs in the environment.
struct Step {
    purpose: &'static str,
    arguments: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
}

const TEST: &[Step] = &[
    Step { purpose: "all tests", arguments: &["test", "--workspace", "--locked"], environment: &[] },
    Step {
        purpose: "the shipped policies, by the command that users run",
        arguments: &["run", "--quiet", "--locked", "--package", "kyc-cli", "--", "check", "policies"],
        environment: &[],
    },
    Step {
        purpose: "the tests of the shipped policies: they pass, touch every edge, and notice every loosening",
        arguments: &[
            "run",
            "--quiet",
            "--locked",
            "--package",
            "kyc-cli",
            "--",
            "test",
            "policies",
            "--fail-under",
            "100",
            "--mutate",
        ],
        environment: &[],
    },
    Step {
        purpose: "the examples",
        arguments: &["run", "--quiet", "--locked", "--package", "policy-in-code"],
        environment: &[],
    },
    Step {
        purpose: "the examples",
        arguments: &["run", "--quiet", "--locked", "--package", "quickstart"],
        environment: &[],
    },
    Step {
        purpose: "the examples",
        arguments: &["run", "--quiet", "--locked", "--package", "service", "--", "--with-curl"],
        environment: &[],
    },
    Step {
        purpose: "the examples",
        arguments: &["run", "--quiet", "--locked", "--package", "yaml-policy"],
        environment: &[],
    },
];

const LINT: &[Step] = &[
    Step { purpose: "formatting", arguments: &["fmt", "--all", "--check"], environment: &[] },
    Step {
        purpose: "formatting of the shipped policies",
        arguments: &[
            "run",
            "--quiet",
            "--locked",
            "--package",
            "kyc-cli",
            "--",
            "fmt",
            "--check",
            "policies",
        ],
        environment: &[],
    },
    Step {
        purpose: "lints",
        arguments: &["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"],
        environment: &[],
    },
    Step {
        purpose: "documentation",
        arguments: &["doc", "--workspace", "--no-deps", "--locked", "--document-private-items"],
        environment: &[("RUSTDOCFLAGS", "--deny warnings")],
    },
];

const USAGE: &str = "\
cargo xtask TASK

  test   everything that must hold: unit tests, policy tests, corpus, end to end over HTTP, the service under kills
         and faults, compile-fail, examples
  lint   formatting, lints and documentation, warnings denied
  ci     test, then lint
  generate           writes the files that are made from tables of the code
  generate --check   fails if one of them is stale
  browser            installs the browser in which pages are tested, if it is missing; test does so too
  schemathesis       the service against the description of its interface; test does so too, and soak for longer
  soak               the long form of the tests of the service, as it is shipped: 200 kills, every fault for longer
  bench-service      figures of the service beside nginx and a bare forwarder; --quick for one short round
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let steps: Vec<&Step> = match arguments.as_slice() {
        ["test"] => TEST.iter().collect(),
        ["lint"] => LINT.iter().collect(),
        ["ci"] => TEST.iter().chain(LINT).collect(),
        ["soak"] => service::SOAK.iter().collect(),
        ["bench-service", rest @ ..] => return ended(service::bench(rest)),
        ["browser"] => return ended(browser::run()),
        ["schemathesis"] => return ended(schemathesis::run(Length::Brief)),
        ["generate"] => return generated(false),
        ["generate", "--check"] => return generated(true),
        _ => {
            say(USAGE);
            return ExitCode::from(2);
        }
    };
    let tools = match arguments.as_slice() {
        ["lint"] => Ok(()),
        ["soak"] => service::tools(),
        _ => browser::run().and_then(|()| service::tools()),
    };
    if tools.is_err() {
        return ended(tools);
    }
    for step in steps {
        if let Err(problem) = run(step) {
            say(&format!("failed: {}: {problem}\n", step.purpose));
            return ExitCode::FAILURE;
        }
    }
    ended(match arguments.as_slice() {
        ["test" | "ci"] => schemathesis::run(Length::Brief),
        ["soak"] => schemathesis::run(Length::Long),
        _ => Ok(()),
    })
}

fn generated(check: bool) -> ExitCode {
    ended(generate::run(Path::new(ROOT), check))
}

fn ended(outcome: Result<(), String>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            say(&format!("{problem}\n"));
            ExitCode::FAILURE
        }
    }
}

fn run(step: &Step) -> Result<(), String> {
    say(&format!("==> {}: cargo {}\n", step.purpose, step.arguments.join(" ")));
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(step.arguments)
        .envs(step.environment.iter().copied())
        .current_dir(ROOT)
        .stdin(Stdio::null())
        .status()
        .map_err(|error| format!("cargo does not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(status.to_string()) }
}

fn say(text: &str) {
    // Nobody is left to tell when standard error is closed.
    let _ = io::stderr().write_all(text.as_bytes());
}

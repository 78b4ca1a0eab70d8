//! A folder of policies, the command, and what came out of it.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

/// A policy without a mistake and without a warning.
pub(crate) const SHOP: &str = "\
name: shop
description: Customers of the shop.
countries: [LT, LV]
documents: [PASSPORT]
age: { min: 18 }
client: { require: [name], accept: [date_of_birth, document_country] }
";

/// A policy with three mistakes.
pub(crate) const BROKEN: &str = "\
name: broken
countries: [LT, XX]
documents: [PASPORT]
agee: { min: 18 }
";

/// Beside policies, as `_set.yaml`, demanding what well-governed folders demand.
pub(crate) const STRICT_SET: &str = "\
hosts: [app.example.com]
must_state: [age, checks.aml, manual_review, verdict]
governance:
  require: [description, owner, rationale, review_by, risk_tier]
";

/// Of a client, and never to be seen on standard error.
pub(crate) const PERSONAL: &str = "Personalmarker";

/// A temporary folder of policies.
pub(crate) struct Policies(TempDir);

/// What came out of one run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Policies {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        Self(folder)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs `kyc` with this folder as `KYC_POLICIES`.
    pub(crate) fn kyc(&self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
        run(self.command().args(args))
    }

    pub(crate) fn command(&self) -> assert_cmd::Command {
        let mut command = command();
        command.env("KYC_POLICIES", self.0.path());
        command
    }
}

/// `kyc` without any setting of the surroundings.
pub(crate) fn command() -> assert_cmd::Command {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_kyc"));
    for name in ["POLICIES", "API_KEY", "API_SECRET", "API_KEY_FILE", "API_SECRET_FILE", "VENDOR_URL"] {
        command.env_remove(format!("KYC_{name}"));
    }
    command.env_remove("CLICOLOR_FORCE").env_remove("RUST_LOG");
    command
}

pub(crate) fn run(command: &mut assert_cmd::Command) -> Run {
    let output = command.output().unwrap();
    let run = Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    };
    assert!(!run.err.contains("panicked"), "{run:?}");
    assert!(!run.err.contains(PERSONAL), "a client's value on standard error: {run:?}");
    assert!(
        !run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'),
        "colours without a terminal: {run:?}"
    );
    run
}

impl Run {
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        self
    }

    /// Standard error holds this.
    #[track_caller]
    pub(crate) fn tells(self, text: &str) -> Self {
        assert!(self.err.contains(text), "`{text}` is not in {self:?}");
        self
    }

    /// Standard output holds this.
    #[track_caller]
    pub(crate) fn prints(self, text: &str) -> Self {
        assert!(self.out.contains(text), "`{text}` is not in {self:?}");
        self
    }

    #[track_caller]
    pub(crate) fn prints_nothing(self) -> Self {
        assert_eq!(self.out, "", "{self:?}");
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

/// The keys of an object, sorted.
#[track_caller]
pub(crate) fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

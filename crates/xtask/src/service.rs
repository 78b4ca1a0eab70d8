//! What the service is tested and measured beside.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::packages::{is_program, provide};
use crate::{ROOT, Step, run as run_step};

/// Folders of libraries; the tests look into the same ones.
const LIBRARIES: [&str; 4] =
    ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];

/// Tests that take long.
pub(crate) const SOAK: &[Step] = &[Step {
    purpose: "the service under kills and faults, in the long form",
    arguments: &[
        "test",
        "--release",
        "--locked",
        "--package",
        "kyc-service-tests",
        "--test",
        "kill",
        "--test",
        "instances",
        "--test",
        "faults",
        "--test",
        "leaks",
        "--",
        "--nocapture",
    ],
    environment: &[
        ("KYC_KILLS", "200"),
        ("KYC_STOPS", "25"),
        ("KYC_RESTARTS", "10"),
        ("KYC_FAULT_MILLISECONDS", "10000"),
    ],
}];

const BUILD: Step = Step {
    purpose: "the service and those beside it, as they are shipped",
    arguments: &["build", "--release", "--locked", "--package", "kyc-cli", "--package", "kyc-service-tests"],
    environment: &[],
};

/// Sees that there is what tests of the service need.
pub(crate) fn tools() -> Result<(), String> {
    let is_there =
        || LIBRARIES.iter().any(|folder| Path::new(folder).join("faketime/libfaketimeMT.so.1").exists());
    provide("libfaketime, by which the clock of the service jumps", &["libfaketime"], is_there)?;
    provide("curl, by which an example asks the service", &["curl"], || is_program("curl"))?;
    provide("PostgreSQL, which tests start clusters of", &["postgresql"], has_postgres)
}

/// Debian keeps the server's programs off the PATH, in a folder for each version.
fn has_postgres() -> bool {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok);
    is_program("initdb") || versions.into_iter().any(|version| version.path().join("bin/initdb").exists())
}

/// Measures the service.
pub(crate) fn bench(arguments: &[&str]) -> Result<(), String> {
    provide("PostgreSQL, one of the databases", &["postgresql"], has_postgres)?;
    provide("nginx, which the service is measured beside", &["nginx-light"], || is_program("nginx"))?;
    run_step(&BUILD)?;
    let target =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| Path::new(ROOT).join("target"), PathBuf::from);
    let status = Command::new(target.join("release/bench-service"))
        .args(arguments)
        .status()
        .map_err(|error| format!("bench-service does not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(status.to_string()) }
}

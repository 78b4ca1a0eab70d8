//! Files that are written from the tables of the code.

use std::fs;
use std::io;
use std::path::Path;

/// One such file: its path in the repository and how it is written.
struct Generated {
    path: &'static str,
    write: fn() -> String,
}

const FILES: &[Generated] = &[
    Generated { path: "crates/kyc-server/METRICS.md", write: kyc_server::telemetry::metrics_document },
    Generated { path: "crates/kyc-server/PROBLEMS.md", write: kyc_server::http::problems_document },
    Generated { path: "crates/kyc-server/SETTINGS.md", write: kyc_server::settings::settings_document },
    Generated { path: "policies/PARAMETERS.md", write: kyc_policy::parameters },
    Generated { path: "policies/policy.schema.json", write: kyc_policy::policy_schema },
    Generated { path: "policies/set.schema.json", write: kyc_policy::set_schema },
    Generated { path: "policies/tests/tests.schema.json", write: kyc_suite::schema },
];

/// Writes every file under `root`; with `check` set only compares, and fails for one that is stale.
pub(crate) fn run(root: &Path, check: bool) -> Result<(), String> {
    for Generated { path, write } in FILES {
        let text = write();
        let whole = root.join(path);
        if fs::read_to_string(&whole).is_ok_and(|known| known == text) {
            continue;
        }
        if check {
            return Err(format!("{path} is stale; run `cargo xtask generate`"));
        }
        fs::write(&whole, text).map_err(|error: io::Error| format!("{path}: {error}"))?;
    }
    Ok(())
}

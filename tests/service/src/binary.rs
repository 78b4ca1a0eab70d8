//! The command under test, as cargo builds it.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::SystemTime;

/// The repository.
pub const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Where the command `kyc` is, in the profile in which this program was built. Whoever tests the whole workspace has
/// it already; for others it is built first if it is missing or older than what it is made of. The variable `KYC_BINARY`
/// names another one, such as that of a package.
pub fn kyc() -> &'static Path {
    static KYC: OnceLock<PathBuf> = OnceLock::new();
    KYC.get_or_init(|| {
        if let Some(binary) = std::env::var_os("KYC_BINARY") {
            return binary.into();
        }
        let own = std::env::current_exe().unwrap();
        // Programs lie in the folder of their profile, tests in `deps` below it.
        let mut folder = own.parent().unwrap();
        if folder.ends_with("deps") {
            folder = folder.parent().unwrap();
        }
        let binary = folder.join("kyc");
        if !is_fresh(&binary) {
            let profile = match folder.file_name().unwrap().to_str().unwrap() {
                "debug" => "dev",
                name => name,
            };
            // Past what tests keep to themselves: nothing else tells why nothing happens for minutes.
            let _ = writeln!(io::stderr(), "building the command kyc, which these tests start");
            let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
            let built = Command::new(cargo)
                .args(["build", "--quiet", "--locked", "--package", "kyc-cli", "--profile", profile])
                .current_dir(ROOT)
                .status()
                .unwrap();
            assert!(built.success(), "kyc does not build");
        }
        binary
    })
}

/// Whether none of the files that cargo says it was made of is newer.
fn is_fresh(binary: &Path) -> bool {
    let changed = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    let (Some(built), Ok(made_of)) = (changed(binary), fs::read_to_string(binary.with_extension("d"))) else {
        return false;
    };
    let files = made_of.split_once(": ").map_or("", |(_, files)| files).split_whitespace();
    files.map(Path::new).all(|file| changed(file).is_some_and(|time: SystemTime| time <= built))
}

//! The service against the description of its own interface, by schemathesis: requests of every kind that the description
//! allows, and of many that it does not.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use kyc_ledger::keys::{KeyId, KeyRing, MasterKey};
use kyc_ledger::{CallerId, DatabaseUrl, Instance, Ledger, LedgerOptions, NewCaller, Scope};

use crate::packages::provide;
use crate::{ROOT, Step, run as run_step, say};

/// Configuration, hooks, policies, and the release that is used.
const FOLDER: &str = "tests/schemathesis";

const BUILD: Step = Step {
    purpose: "the service, whose interface is tested",
    arguments: &["build", "--locked", "--package", "kyc-cli"],
    environment: &[],
};

/// How long it looks for answers that the description does not announce.
#[derive(Clone, Copy)]
pub(crate) enum Length {
    /// About a minute.
    Brief,
    /// Until something is found, or about half an hour.
    Long,
}

/// Starts a service with a stand-in of the vendor, and tests it.
pub(crate) fn run(length: Length) -> Result<(), String> {
    run_step(&BUILD)?;
    let target =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| Path::new(ROOT).join("target"), PathBuf::from);
    let target = target.canonicalize().map_err(|error| error.to_string())?;
    let schemathesis = schemathesis(&target.join("schemathesis/venv"))?;
    let folder = target.join("schemathesis/run");
    // What an earlier run left would be read again.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let kyc = target.join("debug/kyc");
    // The database comes into being with the service, and callers are asked for keys from the start after one was made on.
    Service::start(&kyc, &folder)?.stop()?;
    let key = key(&folder)?;
    let service = Service::start(&kyc, &folder)?;
    let tested = test(&schemathesis, &service.address, &key, &folder, length);
    service.stop()?;
    tested
}

/// The program, which is installed if it is missing or of another release.
fn schemathesis(venv: &Path) -> Result<PathBuf, String> {
    let has_venv = || {
        let tried =
            Command::new("python3").args(["-c", "import ensurepip, venv"]).stderr(Stdio::null()).status();
        tried.is_ok_and(|status| status.success())
    };
    provide("Python, which schemathesis runs on", &["python3-venv"], has_venv)?;
    let requirements = Path::new(ROOT).join(FOLDER).join("requirements.txt");
    let wanted = std::fs::read_to_string(&requirements).map_err(|error| error.to_string())?;
    let installed = venv.join("installed.txt");
    let program = venv.join("bin/schemathesis");
    if std::fs::read_to_string(&installed).is_ok_and(|installed| installed == wanted) && program.is_file() {
        return Ok(program);
    }
    say("==> installing schemathesis, which tests the interface of the service\n");
    command(Command::new("python3").args(["-m", "venv"]).arg(venv))?;
    command(
        Command::new(venv.join("bin/pip")).args(["install", "--quiet", "--requirement"]).arg(&requirements),
    )?;
    std::fs::write(&installed, wanted).map_err(|error| error.to_string())?;
    Ok(program)
}

fn test(program: &Path, address: &str, key: &str, folder: &Path, length: Length) -> Result<(), String> {
    let tests = Path::new(ROOT).join(FOLDER).canonicalize().map_err(|error| error.to_string())?;
    let bounds: &[&str] = match length {
        Length::Brief => &["--max-examples", "40", "--max-time", "60"],
        Length::Long => &["--max-examples", "2000", "--max-time", "1800"],
    };
    say(&format!(
        "==> the interface of the service against its description: schemathesis run {address}/openapi.json\n"
    ));
    command(
        Command::new(program)
            .arg("--config-file")
            .arg(tests.join("schemathesis.toml"))
            .args(["run", &format!("{address}/openapi.json"), "--checks", "all", "--continue-on-failure"])
            .args(["--header", &format!("Authorization: Bearer {key}")])
            // Erasing takes the personal data of a session and leaves that there was one, so it can still be asked for.
            .args(["--exclude-checks", "use_after_free"])
            .args(bounds)
            .env("SCHEMATHESIS_HOOKS", tests.join("hooks.py"))
            .current_dir(folder),
    )
}

/// A service that runs.
struct Service {
    process: Child,
    address: String,
}

impl Service {
    fn start(kyc: &Path, folder: &Path) -> Result<Self, String> {
        let policies = Path::new(ROOT)
            .join(FOLDER)
            .join("policies")
            .canonicalize()
            .map_err(|error| error.to_string())?;
        let mut process = Command::new(kyc)
            .args(["serve", "--sandbox", "--listen", "127.0.0.1:0", "--policies"])
            .arg(policies)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log(folder)?)
            .spawn()
            .map_err(|error| format!("{}: {error}", kyc.display()))?;
        let lines = process.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines);
        let address = lines.map_while(Result::ok).find_map(|line| address(&line));
        match address {
            Some(address) => Ok(Self { process, address }),
            None => {
                Err(format!("`kyc serve --sandbox` does not start; see {}/service.log", folder.display()))
            }
        }
    }

    /// Ends the service as an operator does.
    fn stop(mut self) -> Result<(), String> {
        let id = self.process.id().to_string();
        command(Command::new("kill").args(["-TERM", &id]))?;
        let status = self.process.wait().map_err(|error| error.to_string())?;
        if status.success() { Ok(()) } else { Err(format!("the service ended with {status}")) }
    }
}

fn log(folder: &Path) -> Result<std::fs::File, String> {
    let log = std::fs::OpenOptions::new().create(true).append(true).open(folder.join("service.log"));
    log.map_err(|error| error.to_string())
}

/// The address in a line that tells where the service is.
fn address(line: &str) -> Option<String> {
    let (_, port) = line.split_once("http://127.0.0.1:")?;
    let port: String = port.chars().take_while(char::is_ascii_digit).collect();
    Some(format!("http://127.0.0.1:{port}"))
}

/// A key for everything, made in the service's ledger while nobody serves it.
fn key(folder: &Path) -> Result<String, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(made(folder)).map_err(|error| error.to_string())
}

async fn made(folder: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let master = MasterKey::from_text(&std::fs::read_to_string(folder.join("kyc-sandbox.key"))?)?;
    let keys = KeyRing::new(vec![(KeyId::new("sandbox")?, master)])?;
    let database = DatabaseUrl::Sqlite(folder.join("kyc-sandbox.db"));
    let ledger = Ledger::open(&database, keys, LedgerOptions::new(Instance::new("contract")?)).await?;
    let everything = NewCaller {
        id: CallerId::new("contract")?,
        policies: vec!["*".to_owned()],
        scopes: Scope::ALL.to_vec(),
        rate_per_minute: None,
    };
    let key = ledger.callers().add(everything).await?;
    ledger.shut_down().await;
    Ok(key.expose_secret().to_owned())
}

fn command(command: &mut Command) -> Result<(), String> {
    let status = command.stdin(Stdio::null()).status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(status.to_string()) }
}

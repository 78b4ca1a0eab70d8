//! A real PostgreSQL for tests: a cluster in a temporary folder, on a free port of this machine, that goes with the
//! process that started it, however that ends.

#![expect(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a test fails by panicking")]

mod port;
mod programs;
mod shared;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::programs::{given_to_the_server, program, server_program};

pub use crate::port::free_port;
pub use crate::shared::shared;

/// The user to connect as; it needs no password and may do everything.
pub const USER: &str = "kyc";

/// Runs the server until standard input says how it is to be stopped. If nothing is said and standard input ends, its
/// owner has ended too, and nobody needs the folder any more.
const KEEPER: &str = r#"
folder=$1; shift
"$@" & server=$!
read how
kill "-${how:-QUIT}" "$server"
wait "$server"
[ -n "$how" ] || rm -rf "$folder"
"#;

/// How a server is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Connections are closed at once, and what was committed is written.
    Fast,
    /// As after a loss of power: everything ends, and the next start recovers.
    Immediate,
}

/// A server with its data. Dropping it stops the server and removes the data.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    port: u16,
    keeper: Option<Child>,
}

impl Cluster {
    /// Makes a cluster with these settings, such as `("fsync", "off")`, and starts its server.
    ///
    /// # Panics
    ///
    /// If PostgreSQL is not installed; `cargo xtask test` installs it.
    pub fn start(settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::Builder::new().prefix("kyc-postgres-").tempdir().unwrap().keep();
        given_to_the_server(&folder);
        let port = free_port();
        let mut cluster = Self { folder, port, keeper: None };
        let made = server_program("initdb")
            .args(["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--username", USER])
            .arg("--pgdata")
            .arg(cluster.data())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        let mut configuration =
            File::options().append(true).open(cluster.data().join("postgresql.conf")).unwrap();
        let own =
            [("listen_addresses", "127.0.0.1"), ("unix_socket_directories", ""), ("max_connections", "200")];
        for (name, value) in own.iter().chain(settings) {
            writeln!(configuration, "{name} = '{value}'").unwrap();
        }
        cluster.start_again();
        cluster
    }

    /// Starts the server of a cluster that was stopped, on the same port.
    pub fn start_again(&mut self) {
        assert!(self.keeper.is_none(), "it runs already");
        let log = File::options().create(true).append(true).open(self.log()).unwrap();
        let server = server_program("postgres");
        let keeper = Command::new("sh")
            .args(["-c", KEEPER, "sh"])
            .arg(&self.folder)
            .arg(server.get_program())
            .args(server.get_args())
            .args(["-p", &self.port.to_string(), "-D"])
            .arg(self.data())
            // What started this has locks and pipes of its own, which must not stay open.
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn();
        self.keeper = Some(keeper.unwrap());
        let end = Instant::now() + Duration::from_mins(1);
        while !self.client("pg_isready").arg("--quiet").status().unwrap().success() {
            assert!(Instant::now() < end, "{}", fs::read_to_string(self.log()).unwrap_or_default());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Stops the server; the data stay.
    pub fn stop(&mut self, how: Stop) {
        let mut keeper = self.keeper.take().unwrap();
        let signal = match how {
            Stop::Fast => "INT",
            Stop::Immediate => "QUIT",
        };
        writeln!(keeper.stdin.take().unwrap(), "{signal}").unwrap();
        keeper.wait().unwrap();
    }

    /// Makes an empty database, and gives its address.
    pub fn database(&self, name: &str) -> String {
        let made = self.client("createdb").arg(name).output().unwrap();
        assert!(made.status.success(), "createdb: {}", String::from_utf8_lossy(&made.stderr));
        self.address(name)
    }

    /// Asks a database, as `psql` does, and gives the rows without any decoration.
    pub fn ask(&self, database: &str, sql: &str) -> String {
        ask(&self.address(database), sql)
    }

    fn address(&self, database: &str) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/{database}", self.port)
    }

    /// The folder of the data.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// What the server prints.
    pub fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// The folder that holds all of it.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn client(&self, name: &str) -> Command {
        let mut command = Command::new(program(name));
        command.args(["--host", "127.0.0.1", "--port", &self.port.to_string(), "--username", USER]);
        command.stdin(Stdio::null());
        command
    }
}

/// Asks the database at an address, as `psql` does, and gives the rows without any decoration.
pub fn ask(address: &str, sql: &str) -> String {
    let mut psql = Command::new(program("psql"));
    psql.args(["--no-psqlrc", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1"]);
    let asked = psql.args(["--dbname", address, "--command", sql]).stdin(Stdio::null()).output().unwrap();
    assert!(asked.status.success(), "psql: {}", String::from_utf8_lossy(&asked.stderr));
    String::from_utf8(asked.stdout).unwrap().trim().to_owned()
}

impl Drop for Cluster {
    fn drop(&mut self) {
        match self.keeper.take() {
            // Its standard input ends.
            Some(mut keeper) => {
                drop(keeper.stdin.take());
                let _ = keeper.wait();
            }
            None => {
                let _ = fs::remove_dir_all(&self.folder);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_committed_is_there_after_either_stop() {
        let mut cluster = Cluster::start(&[]);
        let url = cluster.database("one");
        assert!(url.starts_with("postgres://kyc@127.0.0.1:") && url.ends_with("/one"), "{url}");
        cluster.ask("one", "create table t (n int); insert into t values (7)");
        for how in [Stop::Fast, Stop::Immediate] {
            cluster.stop(how);
            assert!(!cluster.client("pg_isready").arg("--quiet").status().unwrap().success());
            cluster.start_again();
            assert_eq!(cluster.ask("one", "select n from t"), "7", "{how:?}");
        }
        let folder = cluster.folder().to_owned();
        drop(cluster);
        assert!(!folder.exists());
    }

    #[test]
    fn settings_are_in_force_and_commits_are_durable_by_default() {
        let cluster = Cluster::start(&[("work_mem", "7MB")]);
        assert_eq!(cluster.ask("postgres", "show work_mem"), "7MB");
        assert_eq!(cluster.ask("postgres", "show fsync"), "on");
        assert_eq!(cluster.ask("postgres", "show synchronous_commit"), "on");
    }
}

//! A service in a process of its own, and requests to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A running `kyc serve`. Dropping it kills it.
pub(super) struct Service {
    child: Child,
    out: BufReader<ChildStdout>,
    /// `127.0.0.1:41234`.
    pub(super) address: String,
}

/// What a service answers.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: Value,
}

impl Service {
    /// Starts one in `folder`, on a free port, and waits until it says where it serves.
    pub(super) fn start(folder: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kyc"))
            .arg("serve")
            .args(args)
            .args(["--listen", "127.0.0.1:0"])
            .env_remove("KYC_POLICIES")
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(folder.join("log")).unwrap())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        let log = std::fs::read_to_string(folder.join("log")).unwrap();
        assert!(first.contains("://"), "it does not serve: {log}");
        let (_, after) = first.split_once("://").unwrap();
        let address = after.split(',').next().unwrap().to_owned();
        Self { child, out, address }
    }

    /// The line that the service prints to be pasted, as its policy, key and body.
    pub(super) fn example(&mut self) -> (String, String, String) {
        let mut line = String::new();
        while !line.starts_with("curl ") {
            line.clear();
            assert_ne!(self.out.read_line(&mut line).unwrap(), 0, "no line to be pasted");
        }
        let between = |from: &str, to: char| {
            let (_, rest) = line.split_once(from).unwrap();
            rest.split(to).next().unwrap().to_owned()
        };
        assert_eq!(between("http://", '/'), self.address);
        (between("/v1/policies/", '/'), between("Idempotency-Key: ", '\''), between("-d '", '\''))
    }

    pub(super) fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1"), "", "")
    }

    pub(super) fn issue(&self, policy: &str, key: &str, body: &str) -> Answer {
        let headers = format!("Idempotency-Key: {key}\r\nContent-Type: application/json\r\n");
        self.send(&format!("POST /v1/policies/{policy}/tokens HTTP/1.1"), &headers, body)
    }

    pub(super) fn send(&self, line: &str, headers: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        let host = &self.address;
        write!(
            stream,
            "{line}\r\nHost: {host}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )
        .unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        // Figures are no JSON.
        let body = serde_json::from_str(body).unwrap_or_else(|_| body.into());
        Answer { status, head: head.to_owned(), body }
    }

    /// Waits until `is_so`, which it is soon.
    pub(super) fn until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let end = Instant::now() + Duration::from_secs(30);
        while !is_so(self) {
            assert!(Instant::now() < end, "{what} does not come");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    pub(super) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Asks it to stop, and gives its exit code.
    pub(super) fn stop(mut self, name: &str) -> Option<i32> {
        self.signal(name);
        self.child.wait().unwrap().code()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

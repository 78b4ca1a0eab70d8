//! Parts of a measurement in processes of their own, and what a process has used.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

/// Ticks of a second in `/proc`, the same on every Linux that Rust runs on.
const TICKS: u64 = 100;

/// Starts this program again in another role, and reads from its first line where it listens.
pub(super) async fn spawn_role(role: &str, arguments: &[String]) -> (Child, SocketAddr) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .arg(role)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().expect("an address on standard output");
    (child, line.parse().unwrap())
}

/// A listener on a free port, whose address is told to whoever started this process.
#[expect(clippy::print_stdout, reason = "the address is what the other process reads")]
pub async fn serve_here() -> TcpListener {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    println!("{}", listener.local_addr().unwrap());
    listener
}

/// Waits until somebody accepts connections there.
pub(super) async fn listening(address: SocketAddr) {
    let end = Instant::now() + Duration::from_secs(10);
    while TcpStream::connect(address).await.is_err() {
        assert!(Instant::now() < end, "nobody listens on {address}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// What a process and its children use.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Usage {
    /// Time on processors so far.
    pub(super) processor: Duration,
    /// Resident memory in bytes now.
    pub(super) resident: u64,
}

impl Usage {
    /// Of a process and its children, as far as they still run.
    pub(super) fn of(process: u32) -> Self {
        let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children"));
        let children = children.unwrap_or_default();
        let all = children.split_whitespace().filter_map(|id| id.parse().ok()).chain([process]);
        all.map(own).fold(Self::default(), |sum, one| Self {
            processor: sum.processor + one.processor,
            resident: sum.resident + one.resident,
        })
    }
}

fn own(process: u32) -> Usage {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = resident.and_then(|text| text.trim().trim_end_matches(" kB").parse::<u64>().ok());
    // The name of the program stands in parentheses and may hold blanks.
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks: u64 =
        fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Usage {
        processor: Duration::from_millis(ticks * 1000 / TICKS),
        resident: kibibytes.unwrap_or_default() * 1024,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_very_process_uses_something() {
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_millis(60) {
            std::hint::spin_loop();
        }
        let usage = Usage::of(std::process::id());
        assert!(usage.processor >= Duration::from_millis(20) && usage.resident > 1024 * 1024, "{usage:?}");
    }
}

//! `cargo xtask bench-service`: figures of the service beside nginx and a bare forwarder.

#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::io::{self, Write as _};
use std::time::Duration;

use kyc_service_tests::bench::{Answer, Size, forward, load, run, serve_here, stand_in};

const USAGE: &str = "\
bench-service [--quick]

  --quick                       one short round, to see that everything runs

Its parts, for whoever looks into one of them with a profiler; the first two print where they listen:

  stand-in ANSWER MILLISECONDS  a vendor that gives the answer of this file, so late
  forwarder VENDOR              the forwarder before that address
  load ADDRESS PATH SECONDS     256 callers, as fast as they are answered; `{}` in the path is a number below 10000
";

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let size = Size { rounds: 5, duration: Duration::from_secs(4), connections: 256, policies: 10_000 };
    match arguments.as_slice() {
        ["stand-in", answer, delay] => {
            let answer = Answer::recorded(std::fs::read(answer).unwrap());
            stand_in(serve_here().await, answer, Duration::from_millis(delay.parse().unwrap())).await;
        }
        ["forwarder", vendor] => forward(serve_here().await, vendor.parse().unwrap()).await,
        ["load", address, path, seconds] => {
            let duration = Duration::from_secs(seconds.parse().unwrap());
            let measured = load(address.parse().unwrap(), path, Size { duration, ..size }).await;
            tell(format!("{:.0} requests/s, p99 {:?}\n", measured.rate, measured.within(990)));
        }
        [] => run(size, &mut tell).await,
        ["--quick"] => run(Size { rounds: 1, duration: Duration::from_secs(1), ..size }, &mut tell).await,
        _ => {
            tell(USAGE.to_owned());
            std::process::exit(2);
        }
    }
}

fn tell(text: String) {
    // Nobody is left to tell when standard output is closed.
    let _ = io::stdout().lock().write_all(text.as_bytes());
    let _ = io::stdout().flush();
}

//! Ports for servers that keep theirs over their starts.

use std::net::{Ipv4Addr, TcpListener};
use std::ops::Range;

/// Below those that systems give to connections by themselves: one of these could have the port while the server is away.
const PORTS: Range<u16> = 10_000..32_000;

/// A port of this machine on which nothing listens.
pub fn free_port() -> u16 {
    let ports = std::iter::repeat_with(|| fastrand::u16(PORTS));
    ports.take(1000).find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok()).unwrap()
}

//! A service on a port, spoken to byte by byte.

use std::net::SocketAddr;
use std::time::Duration;

use kyc_server::http::{ConnectionLimits, serve};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::answer::Answer;
use crate::service::Running;

/// Far longer than an answer takes.
const FOREVER: Duration = Duration::from_secs(30);

/// Serves on a port until the runtime of the test ends.
pub(crate) async fn listen(service: &Running) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let limits = ConnectionLimits::default();
    tokio::spawn(serve(listener, None, service.service.clone(), limits, std::future::pending()));
    address
}

/// Sends `bytes`, and reads what comes until the service closes the connection.
pub(crate) async fn say(address: SocketAddr, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // A service that has said enough may be gone before everything is sent.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = timeout(FOREVER, stream.read_to_end(&mut answer)).await.expect("the connection is closed");
    parsed(&answer)
}

fn parsed(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("no answer: {:?}", String::from_utf8_lossy(bytes)));
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.map(|line| {
        let (name, value) = line.split_once(": ").unwrap_or_else(|| line.split_once(':').unwrap());
        (name.parse().unwrap(), value.parse().unwrap())
    });
    Answer {
        status,
        headers: headers.collect::<Vec<(http::HeaderName, http::HeaderValue)>>().into_iter().collect(),
        body: bytes[end + 4..].to_vec(),
    }
}

//! A server that misbehaves below HTTP, as told for each request in turn.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What happens to a request. The last one of a script is repeated.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Reset the connection as soon as it is there.
    ResetAtOnce,
    /// Read the request, then reset the connection.
    Reset,
    /// Read the request, then close the connection.
    Close,
    /// Read the request, send this, then close the connection.
    SendAndClose(String),
    /// Read the request and send this. The connection stays.
    Send(String),
    /// Read the request, send this, then nothing ever.
    SendAndHang(String),
    /// Read the request, send a head and then bytes without end.
    Endless(String),
}

/// A running server and what it has seen.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    seen: Arc<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    connections: AtomicUsize,
    requests: AtomicUsize,
}

impl Server {
    pub(crate) async fn start(script: Vec<Act>) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").await.unwrap(), script)
    }

    pub(crate) fn on(listener: TcpListener, script: Vec<Act>) -> Self {
        let server = Self { address: listener.local_addr().unwrap(), seen: Arc::default() };
        let (seen, script) = (server.seen.clone(), Arc::new(script));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                seen.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(connection(stream, seen.clone(), script.clone()));
            }
        });
        server
    }

    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// How many whole requests came.
    pub(crate) fn requests(&self) -> usize {
        self.seen.requests.load(Ordering::SeqCst)
    }
}

async fn connection(mut stream: TcpStream, seen: Arc<Seen>, script: Arc<Vec<Act>>) {
    let act = |index: usize| script.get(index).or(script.last()).cloned().unwrap();
    if matches!(act(0), Act::ResetAtOnce) {
        stream.set_zero_linger().unwrap();
        return;
    }
    while read_request(&mut stream).await {
        match act(seen.requests.fetch_add(1, Ordering::SeqCst)) {
            Act::ResetAtOnce | Act::Reset => {
                stream.set_zero_linger().unwrap();
                return;
            }
            Act::Close => return,
            Act::SendAndClose(text) => {
                let _ = stream.write_all(text.as_bytes()).await;
                return;
            }
            Act::Send(text) => stream.write_all(text.as_bytes()).await.unwrap(),
            Act::SendAndHang(text) => {
                stream.write_all(text.as_bytes()).await.unwrap();
                std::future::pending::<()>().await;
            }
            Act::Endless(head) => {
                let _ = stream.write_all(head.as_bytes()).await;
                // Ends when the client hangs up.
                while stream.write_all(b"400\r\n").await.is_ok()
                    && stream.write_all(&[b' '; 0x400]).await.is_ok()
                    && stream.write_all(b"\r\n").await.is_ok()
                {}
                return;
            }
        }
    }
}

/// Reads one request; `false` at the end of the connection.
async fn read_request(stream: &mut TcpStream) -> bool {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return false,
        }
    }
    let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap_or("0");
    let mut body = vec![0; length.trim().parse().unwrap()];
    stream.read_exact(&mut body).await.is_ok()
}

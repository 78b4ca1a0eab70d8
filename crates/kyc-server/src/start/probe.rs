//! Asking a service on this machine whether it lives, as a container's health check does.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use thiserror::Error;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::settings::Settings;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(4);

/// Why a service is not well.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ProbeError {
    /// It cannot be reached.
    #[error("nothing answers on {address}: {error}")]
    Unreachable {
        /// Where it was looked for.
        address: SocketAddr,
        /// Why.
        error: std::io::Error,
    },
    /// It says nothing.
    #[error("{0} accepts a connection and does not answer")]
    Silent(SocketAddr),
    /// It says that it is not well.
    #[error("{address} answers with status {status}")]
    NotWell {
        /// Where it was asked.
        address: SocketAddr,
        /// What it says.
        status: String,
    },
}

/// Asks the service that runs under these settings for `/healthz`. One that speaks TLS is asked for a connection alone, since
/// its certificate is for other names than this machine's.
///
/// # Errors
///
/// It does not answer, or not well.
pub async fn probe(settings: &Settings) -> Result<(), ProbeError> {
    let address = of_this_machine(settings.listen);
    let asked = timeout(PATIENCE, ask(address, settings.tls.is_some())).await;
    match asked {
        Err(_) => Err(ProbeError::Silent(address)),
        Ok(Err(error)) => Err(ProbeError::Unreachable { address, error }),
        Ok(Ok(None)) => Ok(()),
        Ok(Ok(Some(answer))) => match answer.get(9..12) {
            Some("200") => Ok(()),
            Some(status) => Err(ProbeError::NotWell { address, status: status.to_owned() }),
            None => Err(ProbeError::Silent(address)),
        },
    }
}

/// The beginning of the answer, if one is to be had.
async fn ask(address: SocketAddr, is_tls: bool) -> std::io::Result<Option<String>> {
    let mut stream = TcpStream::connect(address).await?;
    if is_tls {
        return Ok(None);
    }
    let request = format!("GET /healthz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(1024).read_to_end(&mut answer).await?;
    Ok(Some(String::from_utf8_lossy(&answer).into_owned()))
}

/// An address that means all of this machine's, as one of them.
fn of_this_machine(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    SocketAddr::new(ip, address.port())
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;
    use crate::settings::{Input, read};

    async fn asked(answer: &'static str) -> Result<(), ProbeError> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 256];
            let _ = stream.read(&mut request).await;
            stream.write_all(answer.as_bytes()).await.unwrap();
        });
        let listen = format!("0.0.0.0:{}", address.port());
        let input =
            Input { flags: vec![("listen".to_owned(), listen)], is_sandbox: true, ..Input::default() };
        probe(&read(&input).unwrap().0).await
    }

    #[tokio::test]
    async fn a_service_is_well_if_it_says_so() {
        assert!(asked("HTTP/1.1 200 OK\r\n\r\n{}").await.is_ok());
        assert!(
            matches!(asked("HTTP/1.1 503 \r\n\r\n").await, Err(ProbeError::NotWell { status, .. }) if status == "503")
        );
        assert!(matches!(asked("").await, Err(ProbeError::Silent(_))));
    }
}

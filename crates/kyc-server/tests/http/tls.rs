//! The service over TLS.

use std::sync::Arc;

use kyc_server::http::{ConnectionLimits, TlsError, serve, tls_config};
use rustls::pki_types::ServerName;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;

use crate::service::Running;

/// A certificate of `localhost` and its key, for tests alone.
fn made() -> (Vec<u8>, Vec<u8>) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    (made.cert.pem().into_bytes(), made.signing_key.serialize_pem().into_bytes())
}

#[tokio::test]
async fn requests_are_answered_over_tls() {
    let service = Running::start().await;
    let (certificate, key) = made();
    let tls = tls_config(&certificate, &key).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let limits = ConnectionLimits::default();
    tokio::spawn(serve(listener, Some(tls), service.service.clone(), limits, std::future::pending()));

    let mut roots = RootCertStore::empty();
    roots.add(rustls::pki_types::CertificateDer::from_pem_slice(&certificate).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let connector = TlsConnector::from(Arc::new(config));
    let stream = TcpStream::connect(address).await.unwrap();
    let mut stream = connector.connect(ServerName::try_from("localhost").unwrap(), stream).await.unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(b"http/1.1".as_slice()));
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with(r#"{"status":"ok"}"#), "{answer}");
    // Who does not speak TLS is hung up on, and the service goes on.
    let mut plain = TcpStream::connect(address).await.unwrap();
    plain.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP/"), "{answer:?}");
}

#[test]
fn what_is_no_certificate_or_key_is_told_without_it() {
    let ((certificate, key), (_, other)) = (made(), made());
    for (certificate, key, expected) in [
        (b"".as_slice(), key.as_slice(), "certificate"),
        (b"nonsense", &key, "certificate"),
        (&key, &key, "certificate"),
        (&certificate, b"", "key"),
        (&certificate, &certificate, "key"),
        (&certificate, &other, "unusable"),
    ] {
        let error = tls_config(certificate, key).unwrap_err();
        let kind = match &error {
            TlsError::Certificate => "certificate",
            TlsError::Key => "key",
            _ => "unusable",
        };
        assert_eq!(kind, expected, "{error}");
        assert!(!error.to_string().contains("BEGIN"), "{error}");
    }
}

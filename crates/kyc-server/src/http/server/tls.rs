//! TLS of the service: its certificate and key.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::{self, PemObject as _};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use thiserror::Error;

/// Why there is no TLS. It never holds a byte of the key.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TlsError {
    /// The certificate's text is no PEM, or holds no certificate.
    #[error(
        "no certificate is in the file: it must hold the service's certificate and those that signed it, as PEM"
    )]
    Certificate,
    /// The key's text is no PEM, or holds no private key.
    #[error("no private key is in the file: it must hold one private key without a passphrase, as PEM")]
    Key,
    /// The two do not fit together, or are of a kind that is not supported.
    #[error("the certificate and the key cannot be used: {0}")]
    Unusable(#[from] rustls::Error),
}

/// The configuration of TLS 1.2 and 1.3 for HTTP/1.1, of a chain of certificates and a private key, both as PEM.
///
/// # Errors
///
/// See [`TlsError`].
pub fn tls_config(certificates: &[u8], key: &[u8]) -> Result<Arc<ServerConfig>, TlsError> {
    let chain: Result<Vec<_>, pem::Error> = CertificateDer::pem_slice_iter(certificates).collect();
    let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or(TlsError::Certificate)?;
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| TlsError::Key)?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

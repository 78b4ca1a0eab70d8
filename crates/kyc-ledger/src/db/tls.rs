//! Whether a connection to PostgreSQL is encrypted, and whom it trusts.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::aws_lc_rs;
use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::error::DbError;

/// How to connect with encryption, unless without.
///
/// Personal data go over this connection, so `sslmode=prefer`, which is the default and lets whoever is in between turn
/// encryption off, is taken as `require`, except to a server on this machine. Certificates are verified against those
/// that the system trusts, always.
pub(super) fn connector(config: &Config) -> Result<Option<(Config, MakeRustlsConnect)>, DbError> {
    match config.get_ssl_mode() {
        SslMode::Disable => return Ok(None),
        SslMode::Prefer if is_here(config) => return Ok(None),
        _ => {}
    }
    let failed = |error: rustls::Error| DbError::Lost(format!("TLS: {error}"));
    let tls = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(failed)?
        .with_platform_verifier()
        .map_err(failed)?
        .with_no_client_auth();
    let mut config = config.clone();
    config.ssl_mode(SslMode::Require);
    Ok(Some((config, MakeRustlsConnect::new(tls))))
}

fn is_here(config: &Config) -> bool {
    let addresses = config.get_hostaddrs();
    if !addresses.is_empty() {
        return addresses.iter().all(std::net::IpAddr::is_loopback);
    }
    config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_on_this_machine_is_encryption_left_out_without_being_told() {
        for (url, encrypted) in [
            ("postgres://kyc@localhost/kyc", false),
            ("postgres://kyc@127.0.0.1:5433/kyc", false),
            ("postgres://kyc@[::1]/kyc", false),
            ("postgres://kyc@%2Frun%2Fpostgresql/kyc", false),
            ("postgres://kyc@localhost/kyc?sslmode=require", true),
            ("postgres://kyc@db.example.com/kyc", true),
            ("postgres://kyc@db.example.com/kyc?sslmode=prefer", true),
            ("postgres://kyc@db.example.com/kyc?sslmode=disable", false),
            ("postgres://kyc@localhost,db.example.com/kyc", true),
            ("postgres://kyc@localhost/kyc?hostaddr=10.0.0.1", true),
        ] {
            let config: Config = url.parse().unwrap();
            let connector = connector(&config).unwrap();
            assert_eq!(connector.is_some(), encrypted, "{url}");
            assert!(connector.is_none_or(|(config, _)| config.get_ssl_mode() == SslMode::Require));
        }
    }
}

//! The service over HTTP: who may ask, what is asked, and how it is answered. It decides nothing about tokens.

mod auth;
mod body;
mod exchange;
pub mod openapi;
mod problem;
mod problems;
mod query;
mod router;
mod routes;
mod server;
mod service;
mod status;
mod trace_context;
mod usable;

use std::sync::Arc;

use rustls::ServerConfig;
use tokio::net::TcpListener;

pub use auth::Access;
pub use body::BodyLimits;
pub use problems::problems_document;
pub use router::router;
pub use server::{ConnectionLimits, TlsError, tls_config};
pub use service::Service;
pub use status::Status;

/// Answers the requests of `listener` with `service` until `shutdown`, then lets requests in flight end. Returns how many
/// connections had to be cut off.
pub async fn serve(
    listener: TcpListener,
    tls: Option<Arc<ServerConfig>>,
    service: Service,
    limits: ConnectionLimits,
    shutdown: impl Future<Output = ()>,
) -> usize {
    let answers =
        server::Answers { app: router(service), shed: router::shed(), hostless: router::hostless() };
    server::serve(listener, tls, answers, limits, shutdown).await
}

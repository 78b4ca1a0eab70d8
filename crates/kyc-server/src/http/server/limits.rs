//! What one connection may cost.

use std::time::Duration;

/// What one connection, and all of them together, may cost. Each bound ends in an answer or a closed connection, never
/// in waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// Connections that are served at a time; those beyond are answered 503 and closed.
    pub connections: usize,
    /// The largest head of a request, in bytes; at least 8 KiB.
    pub head_size: usize,
    /// The most header fields of a request.
    pub headers: usize,
    /// From the first byte of a request to the end of its head, the TLS handshake likewise.
    pub head_time: Duration,
    /// Between two requests of a connection.
    pub idle_time: Duration,
    /// How long an answer may wait for its reader to take another byte.
    pub write_time: Duration,
    /// How long requests in flight may take to end when the service stops.
    pub drain_time: Duration,
}

impl ConnectionLimits {
    /// The smallest bound of a head that the server can keep, in bytes.
    pub const MIN_HEAD_SIZE: usize = 8 * 1024;

    /// The limits for connections beyond [`ConnectionLimits::connections`], which are told so and closed.
    pub(super) fn of_shed(self) -> Self {
        let brief = Duration::from_secs(1);
        Self {
            connections: (self.connections / 4).clamp(16, 256),
            head_time: self.head_time.min(brief),
            idle_time: self.idle_time.min(brief),
            write_time: self.write_time.min(brief),
            ..self
        }
    }
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            connections: 1_024,
            head_size: 16 * 1024,
            headers: 64,
            head_time: Duration::from_secs(10),
            idle_time: Duration::from_secs(75),
            write_time: Duration::from_secs(20),
            drain_time: Duration::from_secs(35),
        }
    }
}

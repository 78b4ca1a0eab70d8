//! What operators see of a running service: lines in a log, and figures. Neither ever holds a personal value or a secret.

mod figures;
mod log;
mod metrics;
mod panics;

pub use figures::Figures;
pub use log::{Log, log, start_log};
pub use metrics::{METRICS, Metric, MetricKind, metrics_document};
pub use panics::tell_panics;

//! Log lines, as JSON for programs or as text for people, on standard error.

use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::{self, MakeWriter};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer as _, Registry};

use crate::settings::{LogFormat, LogLevel, LogSettings};

/// The crates whose lines are written down: those of this workspace, which keep personal values out of them. Libraries may
/// tell more than is safe, so they stay silent.
const OURS: [&str; 5] = ["kyc", "kyc_client", "kyc_ledger", "kyc_policy", "kyc_server"];

/// Starts the log of the process on standard error. Of a second one nothing comes.
pub fn start_log(settings: LogSettings) {
    // It fails only where a log is started already.
    let _ = log(settings, std::io::stderr).try_init();
}

/// A log that writes to `writer`.
pub fn log<W>(settings: LogSettings, writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let level = match settings.level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    let ours: Targets = OURS.iter().map(|target| (*target, level)).collect();
    let lines = match settings.format {
        LogFormat::Json => {
            fmt::layer().json().flatten_event(true).with_span_list(false).with_writer(writer).boxed()
        }
        LogFormat::Text => fmt::layer().with_ansi(false).with_writer(writer).boxed(),
    };
    Box::new(Registry::default().with(lines.with_filter(ours)))
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    use serde_json::Value;
    use tracing::subscriber::with_default;
    use tracing::{debug, info, info_span, warn};

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn told(settings: LogSettings, tell: impl FnOnce()) -> String {
        let lines = Lines::default();
        let writer = lines.clone();
        with_default(log(settings, move || writer.clone()), tell);
        let bytes = lines.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    fn tell() {
        let _inside = info_span!("request", id = "r-1").entered();
        info!(status = 201, "answered");
        debug!("how");
        warn!(target: "hyper::proto", "of a library");
    }

    #[test]
    fn a_line_is_one_object_with_the_request_it_belongs_to() {
        let text = told(LogSettings { format: LogFormat::Json, level: LogLevel::Info }, tell);
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 1, "{text}");
        assert_eq!(lines[0]["message"], "answered");
        assert_eq!(lines[0]["status"], 201);
        assert_eq!(lines[0]["span"]["id"], "r-1");
        assert!(lines[0]["timestamp"].is_string() && lines[0]["level"] == "INFO");
    }

    #[test]
    fn a_level_tells_so_much_and_libraries_tell_nothing() {
        let settings = |level| LogSettings { format: LogFormat::Text, level };
        assert_eq!(told(settings(LogLevel::Debug), tell).lines().count(), 2);
        assert_eq!(told(settings(LogLevel::Warn), tell), "");
    }
}

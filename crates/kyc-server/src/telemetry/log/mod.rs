//! Log lines, as JSON for programs or as text for people, on standard error.
//!
//! A thread of its own writes them, many at once where there are many, so that nobody who is answered waits for whoever
//! reads the log. If that one falls far behind, lines are dropped and counted, and the service goes on.

mod json;

use std::io::{BufWriter, stderr};
use std::sync::OnceLock;

use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_appender::non_blocking::{ErrorCounter, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format::JsonFields;
use tracing_subscriber::fmt::{self, MakeWriter};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer as _, Registry};

use self::json::JsonLine;
use crate::settings::{LogFormat, LogLevel, LogSettings};

/// The crates whose lines are written down: those of this workspace, which keep personal values out of them. Libraries may
/// tell more than is safe, so they stay silent.
const OURS: [&str; 5] = ["kyc", "kyc_client", "kyc_ledger", "kyc_policy", "kyc_server"];
/// Lines that wait to be written at most.
const WAITING: usize = 16 * 1024;
/// Bytes that are written at once at most.
const AT_ONCE: usize = 64 * 1024;

static DROPPED: OnceLock<ErrorCounter> = OnceLock::new();

/// The log of the process. Dropping it writes what still waits.
#[derive(Debug)]
#[must_use = "lines that wait are lost if nobody drops this at the end"]
pub struct Log(#[expect(dead_code, reason = "dropping it is its use")] WorkerGuard);

/// Starts the log of the process on standard error. Of a second one nothing comes.
pub fn start_log(settings: LogSettings) -> Log {
    let (writer, guard) = NonBlockingBuilder::default()
        .buffered_lines_limit(WAITING)
        .lossy(true)
        .thread_name("kyc-log")
        .finish(BufWriter::with_capacity(AT_ONCE, stderr()));
    let dropped = writer.error_counter();
    // It fails only where a log is started already.
    if log(settings, writer).try_init().is_ok() {
        let _ = DROPPED.set(dropped);
    }
    Log(guard)
}

/// Lines that were dropped so far, because nobody took them in time.
pub(super) fn dropped_lines() -> u64 {
    DROPPED.get().map_or(0, |dropped| dropped.dropped_lines() as u64)
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
            fmt::layer().fmt_fields(JsonFields::new()).event_format(JsonLine).with_writer(writer).boxed()
        }
        LogFormat::Text => fmt::layer().with_ansi(false).with_writer(writer).boxed(),
    };
    Box::new(Registry::default().with(lines.with_filter(ours)))
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    use serde_json::{Value, json};
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
        info!(status = 201, seconds = 0.5, ok = true, route = %"/a\"b", words = ?["ą"], "answered");
        debug!("how");
        warn!(target: "hyper::proto", "of a library");
    }

    #[test]
    fn a_line_is_one_object_with_the_request_it_belongs_to() {
        let text = told(LogSettings { format: LogFormat::Json, level: LogLevel::Info }, tell);
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 1, "{text}");
        let line = &lines[0];
        let timestamp: jiff::Timestamp = line["timestamp"].as_str().unwrap().parse().unwrap();
        assert!(timestamp.duration_until(jiff::Timestamp::now()).as_secs() < 60);
        let expected = json!({
            "timestamp": line["timestamp"], "level": "INFO", "message": "answered", "status": 201, "seconds": 0.5,
            "ok": true, "route": "/a\"b", "words": "[\"ą\"]", "target": module_path!(),
            "span": { "name": "request", "id": "r-1" },
        });
        assert_eq!(line, &expected);
    }

    #[test]
    fn a_level_tells_so_much_and_libraries_tell_nothing() {
        let settings = |level| LogSettings { format: LogFormat::Text, level };
        assert_eq!(told(settings(LogLevel::Debug), tell).lines().count(), 2);
        assert_eq!(told(settings(LogLevel::Warn), tell), "");
    }
}

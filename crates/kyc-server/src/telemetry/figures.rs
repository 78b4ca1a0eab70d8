//! Where figures are counted, and how Prometheus reads them.

use std::fmt;
use std::sync::OnceLock;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

use crate::telemetry::log::dropped_lines;
use crate::telemetry::metrics::{METRICS, Metric, MetricKind};

/// From half a millisecond to the longest deadline.
const SECONDS: [f64; 16] =
    [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0];

/// The figures of the process. Cheap to clone.
#[derive(Clone)]
pub struct Figures(PrometheusHandle);

impl Figures {
    /// The figures of the process, which are counted from the first call on.
    pub fn of_process() -> Self {
        static OF_PROCESS: OnceLock<Figures> = OnceLock::new();
        let figures = OF_PROCESS.get_or_init(|| {
            let recorder = recorder();
            let figures = Self(recorder.handle());
            // Whoever has set another recorder before reads the figures there, and here are none.
            if metrics::set_global_recorder(recorder).is_ok() {
                describe();
            }
            figures
        });
        figures.clone()
    }

    /// The figures as Prometheus reads them: text in the exposition format 0.0.4.
    pub fn render(&self) -> String {
        self.0.render()
    }

    /// Puts what was counted into its buckets. Without it, or [`Figures::render`], memory grows with each request: to be
    /// called every few seconds.
    pub fn tidy(&self) {
        metrics::counter!("kyc_log_lines_dropped_total").absolute(dropped_lines());
        self.0.run_upkeep();
    }
}

fn recorder() -> PrometheusRecorder {
    let buckets = |metric: &Metric| match metric.kind {
        MetricKind::Seconds => Some(SECONDS.as_slice()),
        MetricKind::Counter | MetricKind::Gauge => None,
    };
    let builder =
        METRICS.iter().try_fold(PrometheusBuilder::new(), |builder, metric| match buckets(metric) {
            Some(buckets) => builder.set_buckets_for_metric(Matcher::Full(metric.name.to_owned()), buckets),
            None => Ok(builder),
        });
    // It fails for an empty list of buckets alone; figures without buckets are better than none.
    builder.unwrap_or_default().build_recorder()
}

fn describe() {
    for metric in METRICS {
        match metric.kind {
            MetricKind::Counter => metrics::describe_counter!(metric.name, metric.help),
            MetricKind::Gauge => metrics::describe_gauge!(metric.name, metric.help),
            MetricKind::Seconds => metrics::describe_histogram!(metric.name, metric.help),
        }
    }
}

impl fmt::Debug for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Figures")
    }
}

#[cfg(test)]
mod tests {
    use metrics::with_local_recorder;

    use super::*;

    #[test]
    fn figures_are_read_with_their_help_and_buckets() {
        let recorder = recorder();
        let handle = recorder.handle();
        with_local_recorder(&recorder, || {
            describe();
            metrics::counter!("kyc_tokens_total", "policy" => "shop", "outcome" => "issued").increment(2);
            metrics::histogram!("kyc_vendor_call_seconds", "account" => "main").record(0.015);
        });
        let text = handle.render();
        for line in [
            "# HELP kyc_tokens_total Requests for tokens",
            "kyc_tokens_total{policy=\"shop\",outcome=\"issued\"} 2",
            "kyc_vendor_call_seconds_bucket{account=\"main\",le=\"0.01\"} 0",
            "kyc_vendor_call_seconds_bucket{account=\"main\",le=\"0.02\"} 1",
        ] {
            assert!(text.contains(line), "{line} is not in:\n{text}");
        }
    }
}

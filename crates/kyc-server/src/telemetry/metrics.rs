//! Every figure of the service, for whoever builds dashboards and alerts on them.

use std::fmt::Write as _;

/// A figure: its name and what it tells.
#[derive(Debug)]
pub struct Metric {
    /// The name, as Prometheus knows it.
    pub name: &'static str,
    /// How it is counted.
    pub kind: MetricKind,
    /// What it is told apart by.
    pub labels: &'static [&'static str],
    /// What it tells: a sentence without a full stop.
    pub help: &'static str,
}

/// How a figure is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricKind {
    /// It only grows.
    Counter,
    /// It goes up and down.
    Gauge,
    /// Seconds, in buckets.
    Seconds,
}

impl MetricKind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Seconds => "histogram, seconds",
        }
    }
}

/// Every figure. Values of labels are bounded: `policy` is the name of a policy that was loaded, `account` one of the
/// settings, `outcome` a word of the code, `route` a route and not a path.
pub static METRICS: &[Metric] = &[
    Metric {
        name: "kyc_http_requests_total",
        kind: MetricKind::Counter,
        labels: &["method", "route", "status"],
        help: "Requests that were answered",
    },
    Metric {
        name: "kyc_http_request_seconds",
        kind: MetricKind::Seconds,
        labels: &["method", "route"],
        help: "From the head of a request to its answer",
    },
    Metric {
        name: "kyc_tokens_total",
        kind: MetricKind::Counter,
        labels: &["policy", "outcome"],
        help: "Requests for tokens: `issued`, `replayed`, `dry_run`, or the code of the problem",
    },
    Metric {
        name: "kyc_vendor_calls_total",
        kind: MetricKind::Counter,
        labels: &["account", "outcome"],
        help: "Calls to the vendor: `issued`, `refused`, `unreachable` (nothing was sent) or `unknown`",
    },
    Metric {
        name: "kyc_vendor_call_seconds",
        kind: MetricKind::Seconds,
        labels: &["account"],
        help: "How long calls to the vendor take",
    },
    Metric {
        name: "kyc_vendor_calls_in_flight",
        kind: MetricKind::Gauge,
        labels: &["account"],
        help: "Calls to the vendor under way",
    },
    Metric {
        name: "kyc_breaker_state",
        kind: MetricKind::Gauge,
        labels: &["account"],
        help: "Whether calls are let through: 0 closed (they are), 1 half open (one is tried), 2 open (none is)",
    },
    Metric {
        name: "kyc_rate_calls_left",
        kind: MetricKind::Gauge,
        labels: &["account"],
        help: "Calls that this instance may make before it asks the database for more of the hour's budget",
    },
    Metric {
        name: "kyc_ledger_commit_seconds",
        kind: MetricKind::Seconds,
        labels: &["outcome"],
        help: "How long the ledger takes to make what waits durable, in one transaction: `durable` or `failed`",
    },
    Metric {
        name: "kyc_ledger_commands_total",
        kind: MetricKind::Counter,
        labels: &["outcome"],
        help: "Changes of the ledger, once for each transaction that they were part of: `durable` or `failed`",
    },
    Metric {
        name: "kyc_ledger_commands_waiting",
        kind: MetricKind::Gauge,
        labels: &[],
        help: "Changes of the ledger that waited when the last transaction began; from 1,024 on, new ones are refused",
    },
    Metric {
        name: "kyc_unknown_sessions",
        kind: MetricKind::Gauge,
        labels: &[],
        help: "Sessions of unknown outcome at the last look: each may have been paid for",
    },
    Metric {
        name: "kyc_reconciled_total",
        kind: MetricKind::Counter,
        labels: &["outcome"],
        help: "Sessions of unknown outcome that were found out: `absent`, `lost` or `ambiguous` (a person has to look)",
    },
    Metric {
        name: "kyc_reloads_total",
        kind: MetricKind::Counter,
        labels: &["outcome"],
        help: "Looks at the changed folder of policies: `replaced`, `unchanged` or `refused` (the last good set stays)",
    },
    Metric {
        name: "kyc_reload_refused",
        kind: MetricKind::Gauge,
        labels: &[],
        help: "1 while the folder of policies has mistakes and the last good set stays in force",
    },
    Metric { name: "kyc_policies", kind: MetricKind::Gauge, labels: &[], help: "Policies in force" },
    Metric {
        name: "kyc_policies_loaded_timestamp_seconds",
        kind: MetricKind::Gauge,
        labels: &[],
        help: "When the set in force was loaded, in seconds since 1970",
    },
    Metric {
        name: "kyc_log_lines_dropped_total",
        kind: MetricKind::Counter,
        labels: &[],
        help: "Lines of the log that were dropped, because nobody took them in time",
    },
];

const HEAD: &str = "\
# Figures of `kyc serve`

Made by `cargo xtask generate` from `src/telemetry/metrics.rs`; served by `GET /metrics` for Prometheus.

No label holds a personal value, and their values are bounded: `policy` is the name of a policy that was loaded, `account`
one of the settings, `outcome` a word of the list or the code of a problem ([PROBLEMS.md](PROBLEMS.md)), `route` a route
and not a path.

Worth an alert: `kyc_reload_refused` above 0, `kyc_unknown_sessions` above 0 for longer than `reconcile.quiet` and a few
rounds, `kyc_breaker_state` of 2, `kyc_reconciled_total{outcome=\"ambiguous\"}` growing, `kyc_rate_calls_left` at 0,
`kyc_ledger_commit_seconds_count{outcome=\"failed\"}` growing.

| figure | kind | labels | what it tells |
|---|---|---|---|
";

/// The document.
pub fn metrics_document() -> String {
    let mut text = HEAD.to_owned();
    for Metric { name, kind, labels, help } in METRICS {
        let labels = labels.iter().map(|label| format!("`{label}`")).collect::<Vec<_>>().join(", ");
        // Writing to a text cannot fail.
        let _ = writeln!(text, "| `{name}` | {} | {labels} | {help} |", kind.as_str());
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    /// The names of figures in sources, this file's table apart, as the macros of `metrics` take them.
    fn named_in(folder: &Path, names: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                named_in(&path, names);
            } else if !path.ends_with("telemetry/metrics.rs") {
                let text = fs::read_to_string(&path).unwrap();
                for macro_ in ["counter!(", "gauge!(", "histogram!("] {
                    let calls = text.split(macro_).skip(1);
                    names.extend(calls.filter_map(|call| {
                        Some(call.trim_start().strip_prefix('"')?.split('"').next()?.to_owned())
                    }));
                }
            }
        }
    }

    #[test]
    fn the_document_is_fresh() {
        assert!(include_str!("../../METRICS.md") == metrics_document(), "run `cargo xtask generate`");
    }

    #[test]
    fn the_figures_that_are_counted_are_those_of_the_table() {
        let mut counted = BTreeSet::new();
        for folder in ["src", "../kyc-ledger/src"] {
            named_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut counted);
        }
        let known: BTreeSet<_> = METRICS.iter().map(|metric| metric.name.to_owned()).collect();
        assert_eq!(known.len(), METRICS.len());
        assert_eq!(counted, known);
    }
}

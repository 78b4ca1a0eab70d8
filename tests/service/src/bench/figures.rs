//! What was measured, round by round, and how it stands beside the others.

use std::collections::BTreeMap;
use std::time::Duration;

use comfy_table::Table;
use comfy_table::presets;

/// Rounds of one kind of measurement, by what was measured.
#[derive(Debug, Default)]
pub(super) struct Rounds(BTreeMap<&'static str, Vec<f64>>);

impl Rounds {
    /// Adds one round.
    pub(super) fn add(&mut self, name: &'static str, value: f64) {
        self.0.entry(name).or_default().push(value);
    }

    /// The one in the middle; of two, the lower one.
    pub(super) fn median(&self, name: &str) -> f64 {
        let mut values = self.0.get(name).cloned().unwrap_or_default();
        values.sort_unstable_by(f64::total_cmp);
        values.get(values.len().saturating_sub(1) / 2).copied().unwrap_or(f64::NAN)
    }
}

/// A ratio that must not be below, or not above, a bound.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// Not below.
    AtLeast(f64),
    /// Not above.
    AtMost(f64),
}

impl Target {
    fn judge(self, value: f64) -> String {
        let (met, words) = match self {
            Self::AtLeast(bound) => (value >= bound, format!("at least {bound}")),
            Self::AtMost(bound) => (value <= bound, format!("at most {bound}")),
        };
        format!("{words}: {}", if met { "met" } else { "MISSED" })
    }
}

/// Lines of figures under one heading.
#[derive(Debug)]
pub(super) struct Figures(Table);

impl Figures {
    /// A table with these columns.
    pub(super) fn new(columns: &[&str]) -> Self {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_header(columns.iter().copied());
        Self(table)
    }

    /// One line.
    pub(super) fn line(&mut self, cells: &[String]) {
        self.0.add_row(cells);
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}", self.0.lines().map(|line| line.trim_end().to_owned() + "\n").collect::<String>())
    }
}

/// A ratio beside its target.
pub(super) fn judged(value: f64, target: Target) -> [String; 2] {
    [format!("{value:.2}"), target.judge(value)]
}

/// In milliseconds.
pub(super) fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_rounds() {
        let mut rounds = Rounds::default();
        for value in [9.0, 1.0, 5.0] {
            rounds.add("a", value);
        }
        assert!((rounds.median("a") - 5.0).abs() < 1e-9 && rounds.median("b").is_nan());
    }

    #[test]
    fn a_target_is_met_on_its_own_side() {
        assert!(Target::AtLeast(0.5).judge(0.5).ends_with(": met"));
        assert!(Target::AtLeast(0.5).judge(0.49).ends_with(": MISSED"));
        assert!(Target::AtMost(1.5).judge(1.51).ends_with(": MISSED"));
        assert!(Target::AtMost(1.5).judge(f64::NAN).ends_with(": MISSED"));
    }
}

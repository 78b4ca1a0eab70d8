//! What a rule is, for whoever broke it. What it looks at is in [`crate::rules`].

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look; nothing is refused.
    Warning,
    /// Refused.
    Error,
}

impl Severity {
    /// The word that people and programs read.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A rule: its stable id, and what a person who broke it wants to know.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable id, named after the problem.
    pub id: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub summary: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// An example that breaks the rule.
    pub bad: &'static str,
    /// The same example mended.
    pub good: &'static str,
}

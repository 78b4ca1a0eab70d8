//! What a rule is, for whoever broke it. What it looks at is in [`crate::rules`].

/// How bad a finding is.
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

/// What becomes of a finding of a rule, and who decides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Refused, always: no set turns it down and no waiver excuses it.
    Error,
    /// A matter of judgement: the set gives it a level, else this one, and may waive single findings.
    Lint(Level),
    /// Told about one client's data, while a request is made; nothing is refused, and there is nothing to set.
    Notice,
}

impl Kind {
    /// The word that people read: `error`, `lint` or `notice`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Lint(_) => "lint",
            Self::Notice => "notice",
        }
    }

    /// How bad a finding is where no set says anything else.
    pub const fn severity(self) -> Severity {
        match self {
            Self::Error | Self::Lint(Level::Deny) => Severity::Error,
            Self::Lint(Level::Allow | Level::Warn) | Self::Notice => Severity::Warning,
        }
    }
}

crate::vocabulary::words! {
    /// How much a lint matters to a set of policies.
    pub enum Level {
        /// It is not told.
        Allow = "allow",
        /// It is told, and refuses nothing.
        Warn = "warn",
        /// It is an error like any other.
        Deny = "deny",
    }
}

/// A rule: its stable id, and what a person who broke it wants to know.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable id, named after the problem.
    pub id: &'static str,
    /// What becomes of its findings.
    pub kind: Kind,
    /// What is wrong, in one line.
    pub summary: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// An example that breaks the rule.
    pub bad: &'static str,
    /// The same example mended.
    pub good: &'static str,
}

impl Rule {
    /// The level where the set states none, of a lint.
    pub const fn default_level(&self) -> Option<Level> {
        match self.kind {
            Kind::Lint(level) => Some(level),
            Kind::Error | Kind::Notice => None,
        }
    }
}

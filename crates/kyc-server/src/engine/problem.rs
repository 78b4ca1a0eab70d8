//! Why something was not done, for the caller: without personal values, and without what only operators need.

use std::fmt;
use std::time::Duration;

use kyc_ledger::SessionId;
use kyc_policy::{Diagnostic, Place};

use super::code::Code;

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    code: Code,
    detail: String,
    session: Option<SessionId>,
    retry_after: Option<Duration>,
    violations: Vec<Violation>,
}

/// One thing that is wrong with what was sent, or worth a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where: a JSON pointer into the body (RFC 6901); empty for the body as a whole.
    pub pointer: String,
    /// The rule.
    pub code: &'static str,
    /// What is wrong, without the value.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Problem {
    /// A problem of this code; `detail` says what is special about this time, in lower case and without a full stop.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            code,
            detail: detail.into(),
            session: None,
            retry_after: None,
            violations: Vec::new(),
        }))
    }

    /// What was sent for a client under the policy of this name has these mistakes.
    pub fn of_data(policy: &str, violations: Vec<Violation>) -> Self {
        let mistakes = match violations.len() {
            1 => "1 mistake".to_owned(),
            count => format!("{count} mistakes"),
        };
        let detail = format!("the client's data has {mistakes} under policy `{policy}`");
        Self::new(Code::ClientDataInvalid, detail).with_violations(violations)
    }

    /// The same, about this session.
    #[must_use]
    pub fn of_session(mut self, session: SessionId) -> Self {
        self.0.session = Some(session);
        self
    }

    /// The same, with the time after which to ask again.
    #[must_use]
    pub fn retry_after(mut self, after: Duration) -> Self {
        self.0.retry_after = Some(after);
        self
    }

    /// The same, with everything that is wrong.
    #[must_use]
    pub fn with_violations(mut self, violations: impl IntoIterator<Item = Violation>) -> Self {
        self.0.violations.extend(violations);
        self
    }

    /// Which kind.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// What is special about this time.
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    /// The session that it is about.
    pub fn session(&self) -> Option<SessionId> {
        self.0.session
    }

    /// The time after which to ask again, in whole seconds rounded up and at least 1.
    pub fn retry_after_seconds(&self) -> Option<u64> {
        let seconds = |after: Duration| after.as_secs() + u64::from(after.subsec_nanos() > 0);
        self.0.retry_after.map(|after| seconds(after).max(1))
    }

    /// Everything that is wrong.
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.code, self.0.detail)
    }
}

impl std::error::Error for Problem {}

impl From<&Diagnostic> for Violation {
    fn from(diagnostic: &Diagnostic) -> Self {
        let pointer = match diagnostic.place() {
            Place::Client(field) => pointer_to(field.as_str()),
            // A key that may be a value that slipped is not repeated.
            Place::ClientKey(key) if key == "?" => String::new(),
            Place::ClientKey(key) => pointer_to(key),
            // A policy that is not in force on this day, for one.
            Place::Policy(_) | Place::At(_) | Place::File(_) => String::new(),
        };
        Self {
            pointer,
            code: diagnostic.rule().id,
            message: diagnostic.message().to_owned(),
            help: diagnostic.help_text().map(str::to_owned),
        }
    }
}

/// The pointer to a key of the body (RFC 6901, section 3).
fn pointer_to(key: &str) -> String {
    let mut pointer = String::with_capacity(key.len() + 1);
    pointer.push('/');
    for c in key.chars() {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            c => pointer.push(c),
        }
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_escaped() {
        for (key, pointer) in [("date_of_birth", "/date_of_birth"), ("a/b~c", "/a~1b~0c"), ("", "/")] {
            assert_eq!(pointer_to(key), pointer);
        }
    }

    #[test]
    fn a_wait_is_rounded_up_to_whole_seconds() {
        for (millis, seconds) in [(0, 1), (1, 1), (1_000, 1), (1_001, 2)] {
            let problem = Problem::new(Code::Overloaded, "x").retry_after(Duration::from_millis(millis));
            assert_eq!(problem.retry_after_seconds(), Some(seconds));
        }
        assert_eq!(Problem::new(Code::Internal, "x").retry_after_seconds(), None);
    }
}

//! Why a command gave up: what happened, what to do, and the exit code.

use std::error::Error as StdError;
use std::fmt;

use crate::exit::Exit;

/// An error for the person at the terminal. It never holds a secret or a client's value.
#[derive(Debug)]
pub(crate) struct CommandError {
    exit: Exit,
    message: String,
    hint: Option<String>,
}

impl CommandError {
    /// A policy or a client's data is wrong.
    pub(crate) fn wrong(message: impl Into<String>) -> Self {
        Self { exit: Exit::Wrong, message: message.into(), hint: None }
    }

    /// The command was used wrongly, or something cannot be read or written.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, message: message.into(), hint: None }
    }

    /// No usable answer of the vendor.
    pub(crate) fn vendor(message: impl Into<String>) -> Self {
        Self { exit: Exit::Vendor, message: message.into(), hint: None }
    }

    /// What to do about it.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The exit code.
    pub(crate) const fn exit(&self) -> Exit {
        self.exit
    }

    /// What to do about it, if that is known.
    pub(crate) fn hint_text(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// An error with its causes on one line.
pub(crate) fn with_causes(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let why = error.to_string();
        // Some errors repeat what caused them.
        if !text.contains(&why) {
            text.push_str(": ");
            text.push_str(&why);
        }
        cause = error.source();
    }
    text
}

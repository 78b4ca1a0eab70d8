//! Standard output and standard error. Results go to the first, everything said about them to the second.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

use anstream::{Stderr, Stdout};
use clap::builder::styling::{AnsiColor, Style};
use serde_json::Value;

use crate::error::CommandError;

const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
const NOTE: Style = AnsiColor::BrightGreen.on_default().bold();
const HELP: Style = AnsiColor::BrightCyan.on_default().bold();

/// Where commands write. Colours are dropped unless a terminal reads them and `NO_COLOR` is unset.
///
/// Once the reader of standard output has gone, the rest is dropped: the command still ends with its own exit code.
#[derive(Debug)]
pub(crate) struct Ui {
    out: Stdout,
    err: Stderr,
    reader_gone: bool,
}

impl Ui {
    pub(crate) fn new() -> Self {
        Self { out: anstream::stdout(), err: anstream::stderr(), reader_gone: false }
    }

    /// Writes a text and a line break to standard output.
    pub(crate) fn line(&mut self, text: impl Display) -> Result<(), CommandError> {
        let written = writeln!(self.out, "{text}").and_then(|()| self.out.flush());
        self.written(written)
    }

    /// Writes a text that ends as it should, if it is not empty.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), CommandError> {
        let written = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
        self.written(written)
    }

    /// Writes these very bytes to standard output.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), CommandError> {
        let mut out = io::stdout().lock();
        let written = out.write_all(bytes).and_then(|()| out.flush());
        drop(out);
        self.written(written)
    }

    /// Writes JSON to standard output.
    pub(crate) fn json(&mut self, value: &Value) -> Result<(), CommandError> {
        self.bytes(format!("{value:#}\n").as_bytes())
    }

    /// Writes a text and a line break to standard error.
    pub(crate) fn say(&mut self, text: impl Display) {
        // Nobody is left to tell that standard error is closed.
        let _ = writeln!(self.err, "{text}");
    }

    /// Whether the reader of standard output has gone, so that something of the result was lost.
    pub(crate) const fn reader_is_gone(&self) -> bool {
        self.reader_gone
    }

    /// Tells something beside the result.
    pub(crate) fn note(&mut self, text: impl Display) {
        self.say(format_args!("{NOTE}note{NOTE:#}: {text}"));
    }

    /// Tells what to do.
    pub(crate) fn hint(&mut self, text: impl Display) {
        self.say(format_args!("{HELP}help{HELP:#}: {text}"));
    }

    /// Tells why the command gives up.
    pub(crate) fn error(&mut self, error: &CommandError) {
        self.say(format_args!("{ERROR}error{ERROR:#}: {error}"));
        if let Some(hint) = error.hint_text() {
            self.hint(hint);
        }
    }

    fn written(&mut self, written: io::Result<()>) -> Result<(), CommandError> {
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.reader_gone = true;
                Ok(())
            }
            Err(_) if self.reader_gone => Ok(()),
            Err(error) => Err(CommandError::usage(format!("cannot write to standard output: {error}"))),
            Ok(()) => Ok(()),
        }
    }
}

/// The width of the terminal that shows standard output; of pages that no terminal shows, one that reads well.
pub(crate) fn width() -> usize {
    comfy_table::Table::new().width().map_or(PAGE_WIDTH, usize::from)
}

/// The columns beyond which running text is tiring to read.
pub(crate) const PAGE_WIDTH: usize = 100;

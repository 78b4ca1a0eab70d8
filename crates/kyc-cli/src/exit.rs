//! How a command ended, for scripts.

use std::process::ExitCode;

/// The exit codes. They are part of the interface: scripts and CI rely on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing is wrong; warnings do not count.
    Fine = 0,
    /// A policy, a client's data or the ledger is wrong.
    Wrong = 1,
    /// The command was used wrongly, or something cannot be read or written.
    Usage = 2,
    /// The vendor refused, could not be reached, or gave an answer that cannot be used.
    Vendor = 3,
    /// A change is of a kind that somebody has to agree to first.
    Agreement = 4,
}

/// What `--help` says about them.
pub(crate) const HELP: &str = "\
Exit codes:
  0  nothing is wrong; warnings do not count
  1  a policy, the client's data or the ledger is wrong
  2  wrong use of the command, or something cannot be read or written
  3  the vendor refused, could not be reached, or gave an unusable answer
  4  `kyc diff`: a change is of a kind that somebody has to agree to first";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

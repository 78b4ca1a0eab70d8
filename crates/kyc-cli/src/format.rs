//! For people or for programs.

use clap::{Args, ValueEnum};

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// The option that chooses between them.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct FormatArg {
    /// How results are written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

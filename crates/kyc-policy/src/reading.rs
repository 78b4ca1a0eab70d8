//! Reading documents that stand beside policies, with the notation, the words and the diagnostics of policies.

pub use crate::diagnostic::Findings;
pub use crate::lower::reader::{Reader, Section};

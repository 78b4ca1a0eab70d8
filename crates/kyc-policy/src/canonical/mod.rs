//! The canonical form of a policy (RFC 8785): groups expanded, sets sorted, durations in seconds, `any` kept as a word,
//! and whatever is at its neutral value left out, so that a key added by a later release changes no digest.

mod governance;
mod json;
mod meaning;

pub(crate) use governance::governance;
pub(crate) use meaning::meaning;

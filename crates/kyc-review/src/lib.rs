//! What a policy means, in plain words: for people who review it and have never seen the vendor's API.
//!
//! [`words`] gives the meaning of each part of a policy as a phrase of a sentence; [`diff()`] says what has changed between
//! two folders of policies.
//!
//! The crate is pure: no files, no clock. Whoever calls it brings policies and the day.

mod diff;
mod escape;
pub mod words;

pub use diff::{Diff, Entry, Person, PolicyDiff, Side, State, Trigger, diff, diff_markdown, diff_text};

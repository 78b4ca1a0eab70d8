//! What a policy means, in plain words: for people who review it and have never seen the vendor's API.
//!
//! [`words`] gives the meaning of each part of a policy as a phrase of a sentence. A [`Card`] is the whole of a policy as
//! headed parts of statements, each with the key that it comes from, and [`render`] shows it as text, Markdown, HTML or JSON.
//! [`diff()`] says what has changed between two folders of policies.
//!
//! The crate is pure: no files, no clock. Whoever calls it brings policies and the day.

pub mod card;
mod diff;
mod escape;
mod register;
pub mod render;
pub mod words;

pub use card::{Card, Context, Revision};
pub use diff::{
    Diff, Entry, Person, PolicyDiff, Side, State, Trigger, diff, diff_html, diff_markdown, diff_text,
};
pub use register::{Register, Registered};

//! What a policy means, in plain words: for people who review it and have never seen the vendor's API.
//!
//! [`words`] gives the meaning of each part of a policy as a phrase of a sentence.
//!
//! The crate is pure: no files, no clock. Whoever calls it brings policies and the day.

pub mod words;

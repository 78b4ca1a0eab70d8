//! The history: what happened to each session, in rows that nobody without the key can change unseen.
//!
//! Each instance of the service writes a chain of its own, and begins it anew as an *epoch* whenever it opens the ledger.
//! A row is authenticated together with the one before it ([`Row::is_authentic`]); the first row of an epoch
//! ([`Event::Opened`]) holds the last one of the epoch before. A row that belongs to a session also has its *step*: 1 for
//! the intent, and one more for each change, whichever instance makes it. So a row that is missing is missed twice, in its
//! chain and in its session.
//!
//! Rows are kept for good, so nothing in them is erasable, and nothing in them needs to be: of personal data and secrets
//! they hold commitments under a salt ([`Salt`]), which dies with the person's row.
//!
//! Kinds, facts and framing are part of what is stored and never change; a new fact is optional and left out where there
//! is none.

mod chain;
mod commitment;
mod event;
mod heads;

pub use chain::{ChainState, Link, Mac, Row, RowSession};
pub use commitment::{Commitment, Part, Salt};
pub use event::{By, Event, KeyHash, MalformedEvent, PolicyDigest};
pub use heads::{Head, Heads};

//! The files of a folder at a revision of the git repository around it.

mod blobs;
mod command;
mod error;
mod revision;
mod tree;

pub use error::RevisionError;
pub use revision::Commit;
pub(crate) use tree::Tree;

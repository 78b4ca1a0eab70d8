//! Work on the database: commands, and the one task that carries them out.

mod batch;
mod command;
mod open;
mod queue;
mod reader;
mod tags;
mod writer;

#[cfg(test)]
mod crash;
#[cfg(test)]
mod tests;

pub(crate) use batch::Work;
pub(crate) use command::{Command, Stop};
pub(crate) use open::{Orphans, Shared};
pub(crate) use queue::{Begun, Queue};
pub(crate) use reader::{Query, Reader};
pub(crate) use tags::decrypt as open_tag_key;

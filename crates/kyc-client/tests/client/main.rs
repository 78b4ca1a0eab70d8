//! The client against servers of this process: what it sends, how often, and what it says when it goes wrong.
//!
//! Each module is marked as a test as a whole: its helpers may panic as the tests may.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod attempts;
#[cfg(test)]
mod calls;
#[cfg(test)]
mod leaks;
#[cfg(test)]
mod sandbox;
#[cfg(test)]
mod server;
#[cfg(test)]
mod support;

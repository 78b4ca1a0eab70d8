//! The `kyc` command as people and scripts meet it: arguments in; output, exit code and requests out.

#![expect(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

mod can;
mod check;
mod ci_kit;
mod diff;
mod explain;
mod fmt;
mod help;
mod issue;
mod ledger;
mod list;
mod new;
mod register;
mod report;
mod request;
mod sandbox;
mod schema;
mod serve;
mod show;
mod support;
mod test;

//! What is done at each path, one file per resource.

pub(super) mod docs;
pub(super) mod health;
pub(super) mod metrics;
mod page;
mod path;
pub(super) mod policies;
pub(super) mod sessions;
pub(super) mod tokens;

pub(super) use metrics::TEXT_FORMAT;
pub(super) use page::Limit;

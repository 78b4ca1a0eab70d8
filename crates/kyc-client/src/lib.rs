//! The vendor's HTTP API, with honest errors.

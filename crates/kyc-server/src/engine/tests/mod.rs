//! The engine against the stand-in for the vendor, with a ledger in a folder of its own.

mod answers;
mod everywhere;
mod found_out;
mod gates;
mod instances;
mod stopping;
mod twins;
mod world;

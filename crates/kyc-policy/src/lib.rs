//! The policy language: what a policy file says, whether it may say so, and what follows for one client.
//!
//! ```text
//! YAML --read--> tree::Node + Loc --lower--> draft --check--> Policy --merge(client, now)--> TokenRequest
//! ```
//!
//! Another front end makes the tree itself, as the macros do of Rust tokens.
//!
//! The crate is pure: no files, no environment, no clock, no network. Whoever calls it brings text and time.
//! A [`Policy`] comes only out of [`check_policy`], [`check_tree`] or a [`Family`]; a request for the vendor only out of [`merge()`].

mod archived;
mod canonical;
mod check;
mod client;
mod diagnostic;
mod digest;
mod duration;
mod family;
mod field;
mod form;
mod format;
#[doc(hidden)]
pub mod generated;
mod held;
mod judge;
mod lints;
mod lower;
mod merge;
mod mutant;
mod order;
mod places;
mod policy;
mod read;
pub mod reading;
mod render;
mod retention;
mod rule;
mod rules;
mod schema;
mod sections;
mod set;
mod set_field;
mod settings;
mod source;
mod suggest;
mod tags;
mod template;
mod together;
pub mod tree;
mod vocabulary;
mod written;

pub use archived::{ArchiveError, ArchivedPolicy};
pub use check::{Checked, check_policy, check_set, check_tree, read_tree};
pub use client::{
    AcceptedValue, Client, ClientFacts, ClientField, ClientFields, ClientInput, Disagreement, FieldValue,
    InputValue, TypedPolicy, client_field, unknown_client_field,
};
pub use diagnostic::{Diagnostic, Place, Related};
pub use digest::{Digest, MalformedDigest};
pub use duration::Duration;
pub use family::{Family, Notation, extended, extended_by};
pub use field::{Data, Direction, Evidence, FIELDS, Field, Shape};
pub use form::Form;
pub use format::{FileKind, Unformatted, format};
pub use held::Held;
pub use judge::{
    Aml, AmlStatus, Applicant, Birth, Expires, Facts, Judgement, Reason, ReasonKind, ResultTag, Ruling,
    Today, Validity, Whence,
};
pub use lints::{Waived, Waiver};
pub use merge::{Merged, merge};
pub use mutant::{Mutant, MutantBody};
pub use order::{Change, ChangeClass, Class, DataChange, OrderedSection, SetChange, Subject, Trait, Witness};
pub use places::Places;
pub use policy::Policy;
pub use read::{JsonError, MAX_BYTES, MAX_DEPTH, read_json};
pub use render::{Style, parameters, to_json, to_text, waived_to_json};
pub use retention::Retention;
pub use rule::{Kind, Level, Rule, Severity};
pub use rules::RULES;
pub use rules::malformed_name::is_policy_name;
pub use schema::{
    BEYOND_THE_SCHEMA, POLICY_SCHEMA_FILE, SET_SCHEMA_FILE, client_field_schema, client_schema,
    policy_schema, set_schema,
};
pub use sections::*;
pub use set::PolicySet;
pub use set_field::{SET_FIELDS, SetField};
pub use source::{FileId, Loc, Mark, Position, SourceMap};
pub use suggest::nearest;
pub use tags::Tag;
pub use template::UrlTemplate;
pub use together::{Member, Noted, UsedGroup, check_day, check_ignored_file, check_together};

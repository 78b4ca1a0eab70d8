//! Tests of policies: read, run, how much of a policy they touch, and which loosenings of it they would not notice.
//!
//! A test file holds cases for one policy under a clock that stands still: facts of a result and the outcome that is
//! expected, or a client's data and the request (or the problems) that is expected.
//!
//! ```text
//! YAML --read--> Suite --run(Policy)----> Report --render--> tree, JUnit, JSON
//!                      --run(Mutant)*---> Survivors
//!                      --coverage-------> edges that no case touches
//! ```
//!
//! The crate is pure like `kyc-policy`: no files, no clock. It owns the rules about test files; what a policy makes of a
//! case is the policy's own verdict and merge.

mod around;
mod compare;
mod coverage;
mod edges;
mod facts;
mod made_up;
mod model;
mod mutation;
mod read;
mod render;
mod rules;
mod run;
mod schema;
mod subject;
mod suggest;
mod written;

pub use around::UnderTest;
pub use coverage::{Coverage, Untouched, coverage};
pub use model::{Case, Expected, Named, Suite};
pub use mutation::{Mutation, Survivor, mutate};
pub use read::{Surroundings, read};
pub use render::{Demanded, Outcome, junit, to_json, tree};
pub use rules::RULES;
pub use run::{Because, CaseReport, Failure, Report, run};
pub use schema::{SCHEMA_FILE, schema};
pub use subject::{Body, Subject};

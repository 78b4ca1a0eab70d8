//! Every front end takes and refuses the same policies: the corpus, as files and as tokens, through the compiler.

mod compile;
mod declare;
pub mod facts;
mod fields;
mod package;
pub mod program;
mod tokens;

pub use compile::{CompileError, check, run};
pub use declare::{Declaration, Declared, Expected, Route, declare};
pub use package::Package;
pub use tokens::Unwritable;

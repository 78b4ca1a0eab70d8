//! How reports look: a tree for people, `JUnit` for build servers, JSON for programs.

mod gaps;
mod json;
mod junit;
mod tree;

pub use json::to_json;
pub use junit::junit;
pub use tree::tree;

use kyc_policy::{Loc, SourceMap};

use crate::coverage::Coverage;
use crate::mutation::Mutation;
use crate::run::{Because, Report};

/// What came of running tests.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// One for each test file.
    pub reports: Vec<Report>,
    /// One for each policy, if it was asked for.
    pub coverage: Vec<Coverage>,
    /// One for each policy, if it was asked for.
    pub mutation: Vec<Mutation>,
}

/// What reports need to tell places.
#[derive(Clone, Copy)]
pub struct Demanded<'a> {
    /// The texts of the test files.
    pub sources: &'a SourceMap,
    /// Where the policy of this name demands what a key says, in words.
    pub by: &'a dyn Fn(&str, Option<&str>) -> String,
}

impl std::fmt::Debug for Demanded<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Demanded")
    }
}

impl Demanded<'_> {
    /// `file:line:column` of a place.
    pub(crate) fn place(&self, loc: Loc) -> String {
        let Some((file, bytes)) = self.sources.span(loc) else { return String::new() };
        let at = self.sources.position(file, &bytes);
        format!("{}:{}:{}", self.sources.name(file), at.line, at.column)
    }

    /// Two lines that tell a reason and where it comes from.
    fn because(&self, policy: &str, because: &Because, width: usize) -> [String; 2] {
        let Because { word, id, message, key } = because;
        let by = (self.by)(policy, key.as_deref());
        [format!("{word:8} {id:width$}  {message}"), format!("{:8} {by}", "")]
    }
}

/// `1 case`, `2 cases`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

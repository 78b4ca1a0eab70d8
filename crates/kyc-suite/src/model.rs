//! What a test file says.

use jiff::Timestamp;
use kyc_policy::{Applicant, ClientInput, Loc, Ruling};

/// The cases of one test file: all about one policy, at one moment.
#[derive(Debug)]
pub struct Suite {
    /// The file as diagnostics show it.
    pub file: String,
    /// The name of the policy.
    pub policy: String,
    /// The moment of every case that has none of its own.
    pub now: Timestamp,
    /// The cases, in the order of the file.
    pub cases: Vec<Case>,
}

/// One case, or a matrix of them.
#[derive(Debug)]
pub struct Case {
    /// What it shows, in the author's words.
    pub name: String,
    /// Where it stands.
    pub loc: Loc,
    /// When it happens.
    pub now: Timestamp,
    /// Every combination; one without a label if the case is no matrix.
    pub(crate) runs: Vec<Run>,
    /// What must come of each.
    pub expected: Expected,
}

/// One combination of a case.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// Which combination, such as `country=LT document=PASSPORT`. Values of a client are counted, not told.
    pub(crate) label: Option<String>,
    pub(crate) given: Given,
}

/// What a case begins with.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    /// A result.
    Facts(Applicant),
    /// A client for whom a token is wanted.
    Client(ClientInput),
}

/// What must come of a case.
#[derive(Debug)]
pub enum Expected {
    /// An outcome of a result.
    Outcome {
        /// The outcome.
        outcome: Ruling,
        /// Its reasons, these and no others; any if they are not given.
        reasons: Option<Vec<Named>>,
    },
    /// The client is refused before the vendor is asked: for these problems, and no others.
    Problems(Vec<Named>),
    /// A request.
    Request {
        /// Fields that it must have, by their names on the wire.
        fields: Vec<(String, Want)>,
        /// Fields that it must not have.
        absent: Vec<String>,
        /// Its warnings, these and no others; any if they are not given.
        warnings: Option<Vec<Named>>,
    },
}

/// A reason or a problem by its id, and perhaps by the key or client field that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The id, such as `too-young`.
    pub id: String,
    /// The policy's key or the client's field, such as `age.min`.
    pub about: Option<String>,
}

/// A value that a field of the request must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Want {
    /// A word, number or text.
    Text {
        /// The text without quotes.
        text: String,
        /// Whether it was quoted, and is therefore no number and no flag.
        quoted: bool,
    },
    /// These entries, in any order.
    List(Vec<Want>),
    /// These entries, and perhaps others.
    Map(Vec<(String, Want)>),
}

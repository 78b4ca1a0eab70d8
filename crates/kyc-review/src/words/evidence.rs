//! How it can be seen that something was in force.

use kyc_policy::Evidence;

/// What shows afterwards that a key was in force.
pub const fn evidence(of: Evidence) -> &'static str {
    match of {
        Evidence::Result => "the result says so",
        Evidence::Echo => "the vendor confirms it when the session opens",
        Evidence::TagsOnly => "only a finding shows, as a tag on the result",
        Evidence::Ours => "we decide it ourselves",
        Evidence::NotObservable => "nothing shows it",
    }
}

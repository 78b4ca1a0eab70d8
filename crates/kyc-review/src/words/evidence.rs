//! How it can be seen that something was in force.

use kyc_policy::Evidence;

/// What shows afterwards that a key was in force.
pub const fn evidence(of: Evidence) -> &'static str {
    match of {
        Evidence::Result => "the result says that it was done",
        Evidence::Echo => "the vendor confirms it when the session is opened",
        Evidence::TagsOnly => "only a finding shows; that it was done and found nothing, nothing shows",
        Evidence::Ours => "we decide it ourselves",
        Evidence::NotObservable => "it is asked for, and nothing shows that it was done",
    }
}

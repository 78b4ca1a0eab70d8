//! The name of an instance of the service.

use super::slug::slug;

slug! {
    /// The name of one instance of the service: 1 to 40 small letters, digits and hyphens.
    ///
    /// Each instance keeps a chain of its own in the history, so no two that run at a time may share a name: whoever opens
    /// the ledger under a name takes it over from who had it.
    Instance
}

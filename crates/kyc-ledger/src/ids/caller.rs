//! The name of a caller.

use super::slug::slug;

slug! {
    /// The name of a service that asks for tokens: 1 to 40 small letters, digits and hyphens.
    ///
    /// Cheap to clone.
    CallerId
}

//! Ages.

use kyc_core::AgeBounds;

/// Who is old enough and not too old, such as `aged 18 or over`.
pub fn age(age: AgeBounds) -> String {
    match (age.min(), age.max()) {
        (None, None) => "of any age".to_owned(),
        (Some(min), None) => format!("aged {} or over", min.get()),
        (None, Some(max)) => format!("aged {} or under", max.get()),
        (Some(min), Some(max)) if min == max => format!("aged exactly {}", min.get()),
        (Some(min), Some(max)) => format!("aged {} to {}", min.get(), max.get()),
    }
}

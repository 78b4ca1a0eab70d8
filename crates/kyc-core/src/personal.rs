//! Personal data: it never prints or serialises unless somebody asks for it by name.

use std::fmt;

/// A value that belongs to a person.
///
/// No `Display`, no `Serialize`, and a `Debug` that hides the value: personal data reaches a log or a wire only
/// through [`Personal::expose`], which a reviewer can search for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    /// Marks a value as personal.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Whoever calls this answers for where it goes.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// Applies `change` and keeps the result personal.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Personal<U> {
        Personal(change(self.0))
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personal(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_personal_value_is_redacted_and_keeps_its_value() {
        let personal = Personal::new("Zelda").map(str::len);
        assert_eq!(format!("{personal:?}"), "Personal(redacted)");
        assert_eq!(*personal.expose(), 5);
    }
}

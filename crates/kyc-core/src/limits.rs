//! Numbers with the vendor's bounds: token lifetimes, ages, the face matching threshold.

use std::fmt;

use thiserror::Error;

/// A number outside its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("outside {min} to {max}")]
pub struct OutOfBounds {
    /// The smallest number that is accepted.
    pub min: u32,
    /// The largest number that is accepted.
    pub max: u32,
}

/// Declares a number with inclusive bounds and a check usable in constants.
macro_rules! bounded {
    ($(#[$meta:meta])* $name:ident, $min:literal..=$max:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The smallest value.
            pub const MIN: Self = Self($min);
            /// The largest value.
            pub const MAX: Self = Self($max);

            /// Takes the number if it is within the bounds; usable in constants.
            pub const fn new(number: u32) -> Result<Self, OutOfBounds> {
                if $min <= number && number <= $max {
                    Ok(Self(number))
                } else {
                    Err(OutOfBounds { min: $min, max: $max })
                }
            }

            /// For generated code: the macro has checked the value with this very library.
            #[doc(hidden)]
            pub const fn proven(number: u32) -> Self {
                Self(number)
            }

            /// The number.
            pub const fn get(self) -> u32 {
                self.0
            }
        }
    };
}

bounded! {
    /// Seconds for which an unused token stays valid: `expiryTime`, 1 second to 30 days.
    ///
    /// The OpenAPI document also allows 0, whose meaning no source gives; refusing it is the safe reading.
    ExpiryTime, 1..=2_592_000
}

bounded! {
    /// Seconds that a client has once the session is open: `sessionLength`, 60 to 3600 inclusive (OpenAPI document;
    /// older documents read as excluding both ends).
    SessionLength, 60..=3_600
}

bounded! {
    /// An age bound in completed years, inclusive: `ageLimit` and `ageMax`, 1 to 150.
    ///
    /// The vendor publishes no bounds; nobody has been older than 122.
    Age, 1..=150
}

bounded! {
    /// `faceMatchingThresholdModifier` in thousandths: 0.001 to 10. The vendor publishes no bounds; its default is 1.
    FaceThreshold, 1..=10_000
}

impl ExpiryTime {
    /// One hour, the vendor's current default.
    pub const DEFAULT: Self = Self(3_600);
}

impl SessionLength {
    /// Ten minutes, the vendor's current default.
    pub const DEFAULT: Self = Self(600);
}

impl fmt::Display for FaceThreshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Thousandths(self.0), f)
    }
}

/// A number of thousandths, written as a decimal without needless zeros.
pub(crate) struct Thousandths(pub(crate) u32);

impl fmt::Display for Thousandths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 1_000, self.0 % 1_000);
        if rest == 0 {
            return write!(f, "{whole}");
        }
        let rest = format!("{rest:03}");
        write!(f, "{whole}.{}", rest.trim_end_matches('0'))
    }
}

impl Default for ExpiryTime {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl Default for SessionLength {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Inclusive age bounds of which the lower is not above the upper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AgeBounds {
    min: Option<Age>,
    max: Option<Age>,
}

/// The lower age bound is above the upper one: nobody could pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the lower age bound is above the upper one")]
pub struct EmptyAgeBounds;

impl AgeBounds {
    /// No bound at either end.
    pub const NONE: Self = Self { min: None, max: None };

    /// For generated code: the macro has checked the value with this very library.
    #[doc(hidden)]
    pub const fn proven(min: Option<Age>, max: Option<Age>) -> Self {
        Self { min, max }
    }

    /// The bounds, if somebody can satisfy them; usable in constants.
    pub const fn new(min: Option<Age>, max: Option<Age>) -> Result<Self, EmptyAgeBounds> {
        match (min, max) {
            (Some(min), Some(max)) if min.0 > max.0 => Err(EmptyAgeBounds),
            _ => Ok(Self { min, max }),
        }
    }

    /// The youngest age that passes.
    pub const fn min(self) -> Option<Age> {
        self.min
    }

    /// The oldest age that passes.
    pub const fn max(self) -> Option<Age> {
        self.max
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_inclusive() {
        assert!(SessionLength::new(59).is_err());
        assert!(SessionLength::new(60).is_ok());
        assert!(SessionLength::new(3_600).is_ok());
        assert!(SessionLength::new(3_601).is_err());
        assert!(ExpiryTime::new(0).is_err());
        assert!(ExpiryTime::new(2_592_000).is_ok());
        assert!(ExpiryTime::new(2_592_001).is_err());
    }

    #[test]
    fn thousandths_are_written_as_decimals() {
        let written = [1, 10, 950, 1_000, 1_050, 10_000].map(|number| Thousandths(number).to_string());
        assert_eq!(written, ["0.001", "0.01", "0.95", "1", "1.05", "10"]);
    }

    #[test]
    fn nobody_is_between_swapped_bounds() {
        let age = |years| Some(Age::new(years).unwrap());
        assert_eq!(AgeBounds::new(age(30), age(20)), Err(EmptyAgeBounds));
        assert!(AgeBounds::new(age(20), age(20)).is_ok());
        assert!(AgeBounds::new(None, age(20)).is_ok());
    }
}

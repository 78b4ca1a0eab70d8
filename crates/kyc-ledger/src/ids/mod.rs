//! Identifiers: of sessions, callers, requests and instances.

mod caller;
mod idempotency_key;
mod instance;
mod session;
mod slug;

pub use caller::CallerId;
pub use idempotency_key::IdempotencyKey;
pub use instance::Instance;
pub use session::SessionId;

use thiserror::Error;

/// Why a text is not this identifier. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum IdError {
    /// Too short or too long.
    #[error("must have {} characters", range(*min, *max))]
    Length {
        /// The shortest length, in characters.
        min: usize,
        /// The longest length, in characters.
        max: usize,
    },
    /// A character that is not allowed.
    #[error("may hold only {allowed}")]
    Alphabet {
        /// What is allowed, in words.
        allowed: &'static str,
    },
}

/// `1 to 40`, or `32`.
fn range(min: usize, max: usize) -> String {
    if min == max { min.to_string() } else { format!("{min} to {max}") }
}

/// Checks length and alphabet. Only ASCII is ever allowed, so bytes are characters.
fn check(
    text: &str,
    max: usize,
    allowed: &'static str,
    is_allowed: impl Fn(u8) -> bool,
) -> Result<(), IdError> {
    // The alphabet first: of a text with other characters the length in bytes says nothing.
    if !text.bytes().all(is_allowed) {
        return Err(IdError::Alphabet { allowed });
    }
    if !(1..=max).contains(&text.len()) {
        return Err(IdError::Length { min: 1, max });
    }
    Ok(())
}

/// Small letters, digits and hyphens: what names of callers and instances are made of.
fn check_slug(text: &str, max: usize) -> Result<(), IdError> {
    check(text, max, "small letters, digits and `-`", |byte| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_that_are_one_number_are_told_as_one() {
        let text = |text: &str| text.parse::<SessionId>().unwrap_err().to_string();
        assert_eq!(text("x"), "must have 32 characters");
        assert_eq!(CallerId::new("").unwrap_err().to_string(), "must have 1 to 40 characters");
    }

    #[test]
    fn slugs_are_small_and_bounded() {
        let bad = IdError::Alphabet { allowed: "small letters, digits and `-`" };
        let long = IdError::Length { min: 1, max: 40 };
        for (text, is) in [
            ("a", Ok(())),
            ("shop-7", Ok(())),
            (&"x".repeat(40), Ok(())),
            (&"x".repeat(41), Err(long)),
            ("", Err(long)),
            ("Shop", Err(bad)),
            ("a b", Err(bad)),
            ("a_b", Err(bad)),
            ("žo", Err(bad)),
            ("a\n", Err(bad)),
        ] {
            assert_eq!(CallerId::new(text).map(|_| ()), is, "{text}");
            assert_eq!(Instance::new(text).map(|_| ()), is, "{text}");
        }
    }

    #[test]
    fn keys_are_visible_ascii_and_do_not_print() {
        for text in ["k", "9b2c0f3e-1d", &"~".repeat(255)] {
            assert_eq!(IdempotencyKey::new(text).unwrap().expose(), text);
        }
        for text in ["", "a b", "a\u{7f}", "ž", "a\t", &"x".repeat(256)] {
            assert!(IdempotencyKey::new(text).is_err(), "{text}");
        }
        let key = IdempotencyKey::new("zelda@example.com").unwrap();
        assert_eq!(format!("{key:?}"), "IdempotencyKey(redacted)");
    }

    #[test]
    fn session_ids_sort_by_time_and_read_back() {
        let ids: Vec<_> = (0..1000).map(|_| SessionId::new()).collect();
        assert!(ids.is_sorted());
        for id in &ids {
            let text = id.to_string();
            assert_eq!(text.len(), SessionId::LENGTH);
            assert_eq!(text.parse::<SessionId>().unwrap(), *id);
            assert_eq!(format!("{id:?}"), text);
        }
        let id = format!("{}a", ids[0].to_string().get(..31).unwrap());
        let short = id.get(1..).unwrap();
        for text in ["", "x", short, &id.to_uppercase(), &format!("{id}0"), &format!("-{short}")] {
            assert!(text.parse::<SessionId>().is_err(), "{text}");
        }
        // Only our own kind: a version 4 one is none.
        assert!("936da01f9abd4d9d80c702af85c822a8".parse::<SessionId>().is_err());
    }
}

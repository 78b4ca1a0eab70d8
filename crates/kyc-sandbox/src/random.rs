//! Random identifiers in the vendor's formats.

use uuid::Uuid;

/// Length of `authToken`: the vendor's samples have 26 and 40 characters, its documents say at most 40.
const AUTH_TOKEN_LENGTH: usize = 40;

/// ASCII letters and digits.
pub(crate) fn auth_token() -> String {
    let mut token = String::with_capacity(AUTH_TOKEN_LENGTH);
    while token.len() < AUTH_TOKEN_LENGTH {
        let (high, low) = Uuid::new_v4().as_u64_pair();
        // The low digits only: a UUID's fixed bits are among the high ones of each half.
        for mut bits in [high >> 16, low & 0xFFFF_FFFF_FFFF] {
            for _ in 0..4 {
                token.extend(u32::try_from(bits % 36).ok().and_then(|digit| char::from_digit(digit, 36)));
                bits /= 36;
            }
        }
    }
    token
}

/// UUID text.
pub(crate) fn scan_ref() -> String {
    Uuid::new_v4().to_string()
}

/// Eight decimal digits.
pub(crate) fn digits() -> String {
    let (_, low) = Uuid::new_v4().as_u64_pair();
    format!("{:08}", low % 100_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        let token = auth_token();
        assert_eq!(token.len(), 40);
        assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        assert_ne!(token, auth_token());
        assert_eq!(digits().len(), 8);
        assert!(digits().bytes().all(|byte| byte.is_ascii_digit()));
    }
}

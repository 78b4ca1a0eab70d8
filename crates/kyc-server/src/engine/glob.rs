//! Which policies an account or a caller is for: names with `*` for any part of one.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Longer than any name of a policy there is nothing to match.
const MAX: usize = 63;

/// A pattern of policy names: lower-case letters, digits, hyphens, and `*` for any number of characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyGlob(String);

/// The text is no pattern of policy names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "not a pattern of policy names: write 1 to 63 lower-case letters, digits, hyphens and `*`, such as `eu-*`"
)]
pub struct MalformedGlob;

/// Patterns of policy names: a name matches if it matches one of them. Without patterns, nothing matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyGlobs(Vec<PolicyGlob>);

impl PolicyGlob {
    /// Takes the text if it is a pattern.
    pub fn new(text: impl Into<String>) -> Result<Self, MalformedGlob> {
        let text = text.into();
        let fits = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'*');
        if (1..=MAX).contains(&text.len()) && text.bytes().all(fits) {
            Ok(Self(text))
        } else {
            Err(MalformedGlob)
        }
    }

    /// The pattern as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the whole name matches.
    pub fn matches(&self, name: &str) -> bool {
        let mut parts = self.0.split('*');
        let Some(mut rest) = name.strip_prefix(parts.next().unwrap_or_default()) else { return false };
        let Some(last) = parts.next_back() else { return rest.is_empty() };
        // Each part at its first place leaves most for those that follow.
        for part in parts {
            let Some((_, after)) = rest.split_once(part) else { return false };
            rest = after;
        }
        rest.ends_with(last)
    }
}

impl PolicyGlobs {
    /// Every policy.
    pub fn all() -> Self {
        Self(vec![PolicyGlob("*".to_owned())])
    }

    /// Whether the name matches one of the patterns.
    pub fn matches(&self, name: &str) -> bool {
        self.0.iter().any(|glob| glob.matches(name))
    }

    /// The patterns.
    pub fn iter(&self) -> impl Iterator<Item = &PolicyGlob> {
        self.0.iter()
    }
}

impl FromIterator<PolicyGlob> for PolicyGlobs {
    fn from_iter<I: IntoIterator<Item = PolicyGlob>>(globs: I) -> Self {
        Self(globs.into_iter().collect())
    }
}

impl FromStr for PolicyGlob {
    type Err = MalformedGlob;

    fn from_str(text: &str) -> Result<Self, MalformedGlob> {
        Self::new(text)
    }
}

impl fmt::Display for PolicyGlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for PolicyGlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn stars_stand_for_any_part() {
        for (glob, matching, others) in [
            ("eu-onboarding", &["eu-onboarding"][..], &["eu-onboarding-2", "eu", "xeu-onboarding", ""][..]),
            ("*", &["", "a", "eu-onboarding"], &[]),
            ("eu-*", &["eu-", "eu-onboarding"], &["eu", "us-eu-x"]),
            ("*-basic", &["eu-basic", "-basic"], &["basic", "eu-basic-2"]),
            ("a*b*c", &["abc", "axbxc", "abbcc"], &["ab", "ac", "acb", "xabc"]),
            ("ab*ba", &["abba", "abxba"], &["aba", "ab", "ba"]),
            ("a**b", &["ab", "axb"], &["a"]),
        ] {
            let glob = PolicyGlob::new(glob).unwrap();
            assert!(matching.iter().all(|name| glob.matches(name)), "{glob}");
            assert!(!others.iter().any(|name| glob.matches(name)), "{glob}");
        }
    }

    #[test]
    fn what_no_name_can_match_is_refused() {
        for text in ["", "EU-*", "eu_*", "a.b", "a?", "é", &"a".repeat(64)] {
            assert_eq!(PolicyGlob::new(text), Err(MalformedGlob), "{text}");
        }
    }

    #[test]
    fn no_patterns_match_nothing() {
        assert!(!PolicyGlobs::default().matches("a"));
        assert!(PolicyGlobs::all().matches("a"));
    }

    /// The definition, slowly.
    fn reference(glob: &[u8], name: &[u8]) -> bool {
        match (glob, name) {
            ([], []) => true,
            ([b'*', rest @ ..], _) => (0..=name.len()).any(|skip| reference(rest, &name[skip..])),
            ([first, rest @ ..], [other, others @ ..]) => first == other && reference(rest, others),
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn it_matches_as_defined(glob in "[ab*]{1,8}", name in "[ab]{0,10}") {
            let found = PolicyGlob::new(glob.clone()).unwrap().matches(&name);
            prop_assert_eq!(found, reference(glob.as_bytes(), name.as_bytes()));
        }
    }
}

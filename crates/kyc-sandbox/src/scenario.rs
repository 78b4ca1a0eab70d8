//! Ways to misbehave on purpose.

use std::fmt;
use std::str::FromStr;

/// The request header that picks a [`Scenario`] for one request and overrides the start option.
pub const SCENARIO_HEADER: &str = "x-sandbox-scenario";

/// How the stand-in answers.
///
/// Those about the account's credits and environment, a client's other sessions, or the contents of a token's answer
/// concern `POST /api/v2/token` alone; other calls then answer as in `normal`. `archived` concerns what is said of
/// sessions that have ended. All others concern every call that takes the key pair.
///
/// Wrong credentials are refused in every scenario. Scenarios about limits, accounts and the server answer before the
/// body is checked, as the vendor's pre-processing does; all others check the body first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scenario {
    /// Answer as documented.
    #[default]
    Normal,
    /// 429 without advice.
    RateLimited,
    /// 429 with `Retry-After`.
    RateLimitedRetryAfter,
    /// 429 for the first requests, then normal.
    RateLimitedOnce,
    /// 402.
    InsufficientFunds,
    /// 400 with `PERMISSIONS_ERROR`.
    TokenLimit,
    /// 401 even for the right key pair.
    Unauthorized,
    /// 403.
    Forbidden,
    /// 409.
    Conflict,
    /// 500.
    ServerError,
    /// Normal, late.
    Slow,
    /// The connection ends inside the body.
    Reset,
    /// A body that is not JSON.
    Garbage,
    /// A very large body.
    Huge,
    /// A session with less demanding settings than asked for.
    Weaker,
    /// 307 to another path.
    Redirect,
    /// The answer of the former API dialect.
    Legacy,
    /// `digitString` is null although asked for.
    NullDigits,
    /// Fields that no document mentions.
    UnknownFields,
    /// An account in production: 400 with `PERMISSIONS_ERROR` for a dummy status.
    Production,
    /// Sessions that have ended are archived.
    Archived,
    /// The former, longer error body.
    LegacyError,
    /// The error body of a sibling API, with `code` and `detail`.
    CodeError,
}

impl Scenario {
    /// Every scenario, in the order in which to list them.
    pub const ALL: &'static [Self] = &[
        Self::Normal,
        Self::RateLimited,
        Self::RateLimitedRetryAfter,
        Self::RateLimitedOnce,
        Self::InsufficientFunds,
        Self::TokenLimit,
        Self::Unauthorized,
        Self::Forbidden,
        Self::Conflict,
        Self::ServerError,
        Self::Slow,
        Self::Reset,
        Self::Garbage,
        Self::Huge,
        Self::Weaker,
        Self::Redirect,
        Self::Legacy,
        Self::NullDigits,
        Self::UnknownFields,
        Self::Production,
        Self::Archived,
        Self::LegacyError,
        Self::CodeError,
    ];

    /// The name in the header and on a command line.
    pub const fn name(self) -> &'static str {
        self.texts().0
    }

    /// One line that says what happens.
    pub const fn description(self) -> &'static str {
        self.texts().1
    }

    const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::Normal => ("normal", "answers as documented"),
            Self::RateLimited => ("rate-limited", "429 TOO_MANY_REQUESTS"),
            Self::RateLimitedRetryAfter => {
                ("rate-limited-retry-after", "429 TOO_MANY_REQUESTS with `Retry-After: 1`")
            }
            Self::RateLimitedOnce => (
                "rate-limited-once",
                "429 TOO_MANY_REQUESTS for the first request (or first few), then normal",
            ),
            Self::InsufficientFunds => {
                ("insufficient-funds", "402, lack of funds or exceeded limit, no identifier")
            }
            Self::TokenLimit => ("token-limit", "400 PERMISSIONS_ERROR, partner reached token limit"),
            Self::Unauthorized => ("unauthorized", "401 even for the right key pair, no identifier"),
            Self::Forbidden => ("forbidden", "403, partner inactive, no identifier"),
            Self::Conflict => ("conflict", "409, client id already exists"),
            Self::ServerError => ("server-error", "500 INTERNAL_ERROR"),
            Self::Slow => ("slow", "normal answer after a delay"),
            Self::Reset => ("reset", "201 whose connection closes in the middle of the body"),
            Self::Garbage => ("garbage", "201 whose body is not JSON"),
            Self::Huge => ("huge", "201 with a streamed body of 64 MiB"),
            Self::Weaker => {
                ("weaker", "201 that echoes less than asked: flags off, documents and country open")
            }
            Self::Redirect => ("redirect", "307 to another path of the stand-in"),
            Self::Legacy => (
                "legacy",
                "200 with `tokenString` for `authToken`, without `redirectUrl`, seven digits in `digitString`",
            ),
            Self::NullDigits => ("null-digits", "201 with `digitString` null even when asked for"),
            Self::UnknownFields => ("unknown-fields", "201 with fields that no document mentions"),
            Self::Production => (
                "production",
                "an account in production: 400 PERMISSIONS_ERROR for `dummyStatus`, else normal",
            ),
            Self::Archived => ("archived", "normal, and the status of a session that has ended is ARCHIVED"),
            Self::LegacyError => ("legacy-error", "400 BAD_VALUE with `documentation` and `severity`"),
            Self::CodeError => ("code-error", "402 with `code` and `detail` in place of an identifier"),
        }
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Scenario {
    type Err = UnknownScenario;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|scenario| scenario.name() == name).ok_or(UnknownScenario(()))
    }
}

/// No scenario has this name; the text lists those that exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownScenario(());

impl fmt::Display for UnknownScenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown scenario, expected one of: ")?;
        for (index, scenario) in Scenario::ALL.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{}", scenario.name())?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownScenario {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinct_and_read_back() {
        for scenario in Scenario::ALL {
            assert_eq!(scenario.to_string().parse(), Ok(*scenario));
            assert!(!scenario.description().contains('\n'));
        }
        let list = "x".parse::<Scenario>().unwrap_err().to_string();
        assert!(Scenario::ALL.iter().all(|scenario| list.contains(scenario.name())));
    }

    #[test]
    fn the_list_is_complete() {
        // `CodeError` is the last variant, so its discriminant counts the others.
        assert_eq!(Scenario::ALL.len(), Scenario::CodeError as usize + 1);
    }
}

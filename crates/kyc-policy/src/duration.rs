//! Lengths of time as policies write them: `90s`, `10m`, `1h`, `30d`, `5y`.

use std::fmt;

/// A length of time: a whole number of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    count: u32,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Year,
}

impl Unit {
    const fn seconds(self) -> u64 {
        match self {
            Self::Second => 1,
            Self::Minute => 60,
            Self::Hour => 3_600,
            Self::Day => 86_400,
            Self::Year => 365 * 86_400,
        }
    }

    const fn letter(self) -> char {
        match self {
            Self::Second => 's',
            Self::Minute => 'm',
            Self::Hour => 'h',
            Self::Day => 'd',
            Self::Year => 'y',
        }
    }
}

impl Duration {
    /// For generated code: the macro has checked the value with this very library.
    #[doc(hidden)]
    pub const fn proven(count: u32, unit: char) -> Self {
        let unit = match unit {
            's' => Unit::Second,
            'm' => Unit::Minute,
            'h' => Unit::Hour,
            'd' => Unit::Day,
            _ => Unit::Year,
        };
        Self { count, unit }
    }

    /// The duration as [`Duration::proven`] takes it.
    #[doc(hidden)]
    pub const fn parts(self) -> (u32, char) {
        (self.count, self.unit.letter())
    }

    /// Reads a whole number of at most seven digits and one unit; usable in constants.
    pub const fn parse(text: &str) -> Option<Self> {
        let (mut digits, unit) = match text.as_bytes() {
            [digits @ .., b's'] => (digits, Unit::Second),
            [digits @ .., b'm'] => (digits, Unit::Minute),
            [digits @ .., b'h'] => (digits, Unit::Hour),
            [digits @ .., b'd'] => (digits, Unit::Day),
            [digits @ .., b'y'] => (digits, Unit::Year),
            _ => return None,
        };
        if digits.is_empty() || digits.len() > 7 || matches!(digits, [b'0', _, ..]) {
            return None;
        }
        let mut count: u32 = 0;
        while let [digit @ b'0'..=b'9', rest @ ..] = digits {
            count = count * 10 + (*digit - b'0') as u32;
            digits = rest;
        }
        if digits.is_empty() { Some(Self { count, unit }) } else { None }
    }

    /// The length in seconds; a year counts 365 days.
    pub const fn seconds(self) -> u64 {
        self.count as u64 * self.unit.seconds()
    }

    /// The length in whole days, rounded down.
    pub const fn days(self) -> u64 {
        self.seconds() / Unit::Day.seconds()
    }

    /// `seconds` in the largest unit (up to a day) that divides them.
    pub fn from_seconds(seconds: u32) -> Self {
        let unit = [Unit::Day, Unit::Hour, Unit::Minute]
            .into_iter()
            .find(|unit| seconds > 0 && u64::from(seconds) % unit.seconds() == 0)
            .unwrap_or(Unit::Second);
        let count = u64::from(seconds) / unit.seconds();
        Self { count: u32::try_from(count).unwrap_or(u32::MAX), unit }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count, self.unit.letter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Option<Duration> = Duration::parse("1h");

    #[test]
    fn one_number_and_one_unit() {
        assert_eq!(HOUR.map(Duration::seconds), Some(3_600));
        assert_eq!(Duration::parse("9999999s").map(Duration::seconds), Some(9_999_999));
        assert_eq!(Duration::parse("0s").map(Duration::seconds), Some(0));
        for (text, seconds) in
            [("90s", 90), ("10m", 600), ("1h", 3_600), ("30d", 2_592_000), ("5y", 157_680_000)]
        {
            let duration = Duration::parse(text).unwrap();
            assert_eq!(duration.seconds(), seconds);
            assert_eq!(duration.to_string(), text);
        }
        for text in ["", "s", "90", "1h30m", "1.5h", "-1h", "01h", "00h", "1 h", "1H", "ž", "12345678s"] {
            assert_eq!(Duration::parse(text), None, "{text}");
        }
        for (seconds, text) in
            [(0, "0s"), (59, "59s"), (60, "1m"), (3_600, "1h"), (86_400, "1d"), (90_000, "25h")]
        {
            assert_eq!(Duration::from_seconds(seconds).to_string(), text);
        }
    }
}

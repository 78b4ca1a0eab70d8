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

    /// Reads a whole number of at most seven digits and one unit.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_suffix(['s', 'm', 'h', 'd', 'y'])?;
        let unit = match text.bytes().last()? {
            b's' => Unit::Second,
            b'm' => Unit::Minute,
            b'h' => Unit::Hour,
            b'd' => Unit::Day,
            _ => Unit::Year,
        };
        let is_number = (1..=7).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        let is_plain = digits == "0" || !digits.starts_with('0');
        let count = if is_number && is_plain { digits.parse().ok()? } else { return None };
        Some(Self { count, unit })
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

    #[test]
    fn one_number_and_one_unit() {
        for (text, seconds) in
            [("90s", 90), ("10m", 600), ("1h", 3_600), ("30d", 2_592_000), ("5y", 157_680_000)]
        {
            let duration = Duration::parse(text).unwrap();
            assert_eq!(duration.seconds(), seconds);
            assert_eq!(duration.to_string(), text);
        }
        for text in ["", "s", "90", "1h30m", "1.5h", "-1h", "01h", "1 h", "1H", "12345678s"] {
            assert_eq!(Duration::parse(text), None, "{text}");
        }
        for (seconds, text) in
            [(0, "0s"), (59, "59s"), (60, "1m"), (3_600, "1h"), (86_400, "1d"), (90_000, "25h")]
        {
            assert_eq!(Duration::from_seconds(seconds).to_string(), text);
        }
    }
}

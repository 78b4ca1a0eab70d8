//! Regular expressions of the schema, in the part of the notation that all validators share. A test of the workspace
//! compares each with the reader that it stands for.

use crate::duration::Duration;
use crate::template::PLACEHOLDERS;

/// Names of policies; see [`crate::is_policy_name`].
pub(super) const NAME: &str = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";
/// Calendar days; that the month has the day is for the reader.
pub(super) const DAY: &str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
/// Something beside white space.
pub(super) const NOT_BLANK: &str = "[^\\s]";
/// Names of groups.
pub(super) const GROUP: &str = "^[A-Z][A-Z0-9_]{2,31}$";
/// Names of groups, one that is excluded too.
pub(super) const GROUP_ENTRY: &str = "^-?[A-Z][A-Z0-9_]{2,31}$";
/// Letters, digits, hyphens and underscores, as in languages and names of steps.
pub(super) const TAG: &str = "^[A-Za-z0-9_-]+$";
/// Visible ASCII characters.
pub(super) const VISIBLE_ASCII: &str = "^[!-~]+$";
/// Identifiers of the vendor.
pub(super) const UUID: &str = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";
/// Decimals of at most three digits after the point.
pub(super) const DECIMAL: &str = "^[0-9]{1,2}(\\.[0-9]{1,3})?$";
/// Hosts with or without a port, as far as a pattern can tell.
pub(super) const HOST: &str = r#"^[!"$&-)+-.0-;=\[\]_-z{}~]*[!"$&-)+-\-0-9;=\[\]_-z{}~]$"#;
/// Names of time zones, as far as a pattern can tell.
pub(super) const TIME_ZONE: &str = "^[A-Za-z][A-Za-z0-9_+/-]*$";
/// Keys of policies and sets, as far as a pattern can tell.
pub(super) const KEY: &str = "^[a-z][a-z_]*([.].*)?$";
/// Names of the vendor's parameters.
pub(super) const PARAMETER: &str = "^[A-Za-z][A-Za-z0-9_]*$";

/// Printable ASCII characters without blanks at the ends.
pub(super) const PRINTABLE_ASCII: &str = "^[!-~]([ -~]*[!-~])?$";
/// Days of the years that a client's dates may have; that the month has the day is for the reader.
pub(super) const DATE: &str = "^(19[0-9]{2}|2[01][0-9]{2}|2200)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

/// Control and invisible characters, apart from tags, which lie beyond what all validators can write, and the zero width
/// joiners.
macro_rules! invisible {
    () => {
        r"\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    };
}

/// Texts without control and invisible characters, and without white space at the ends.
pub(super) const VISIBLE: &str = concat!(
    r"^[^\s\u200c\u200d",
    invisible!(),
    r"]([^\u200c\u200d",
    invisible!(),
    r"]*[^\s\u200c\u200d",
    invisible!(),
    r"])?$"
);

/// Digits of ASCII, and the marks that no name holds.
macro_rules! not_in_a_name {
    () => {
        r"0-9~!@#$%\^*()_+={}\[\]|:;\x22,<>/?\\`"
    };
}

/// Names, as far as a pattern can tell: whether a character is a letter or a digit in its script is for the reader.
pub(super) const PERSON_NAME: &str = concat!(
    r"^[^\s",
    not_in_a_name!(),
    invisible!(),
    r"]([^",
    not_in_a_name!(),
    invisible!(),
    r"]*[^\s",
    not_in_a_name!(),
    invisible!(),
    r"])?$"
);

/// The host and port of an address: no capitals, no user, no dot or colon at the end.
const AUTHORITY: &str = r#"[!"$-.0->\[\]-z|~]*[!"$-\-0-9;-=>\[\]-z|~]"#;
/// What follows the host.
const REST: &str = r"[!-\[\]-z|~]";

/// https addresses without placeholders, as far as a pattern can tell.
pub(super) fn https() -> String {
    format!("^https://{AUTHORITY}([/?#]{REST}*)?$")
}

/// https addresses, and http to the very machine, with or without placeholders.
pub(super) fn https_or_loopback() -> String {
    let placeholders = PLACEHOLDERS.map(|field| format!(r"\{{{field}\}}")).join("|");
    format!(
        r"^(https://{AUTHORITY}|http://(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?)([/?#]({REST}|{placeholders})*)?$"
    )
}

/// The largest count that a length of time is read with.
const MAX_COUNT: u64 = 9_999_999;

/// Lengths of time of `min` to `max` seconds.
pub(super) fn durations(min: u64, max: u64) -> String {
    let unit = |unit: char| {
        let seconds = Duration::proven(1, unit).seconds();
        let (first, last) = (min.div_ceil(seconds), (max / seconds).min(MAX_COUNT));
        (first <= last).then(|| format!("({}){unit}", range(first, last)))
    };
    format!("^({})$", ['s', 'm', 'h', 'd', 'y'].into_iter().filter_map(unit).collect::<Vec<_>>().join("|"))
}

/// Whole numbers of `min` to `max`, without leading zeros.
fn range(min: u64, max: u64) -> String {
    let length = |number: u64| number.to_string().len();
    let of_length = |len: usize| {
        let len = u32::try_from(len).unwrap_or(1);
        let first = if len == 1 { 0 } else { 10_u64.pow(len - 1) };
        let (low, high) = (min.max(first), max.min(10_u64.pow(len) - 1));
        between(low.to_string().as_bytes(), high.to_string().as_bytes())
    };
    (length(min)..=length(max)).map(of_length).collect::<Vec<_>>().join("|")
}

/// Digits of one length from `low` to `high`.
fn between(low: &[u8], high: &[u8]) -> String {
    let all = |digits: &[u8], digit: u8| digits.iter().all(|other| *other == digit);
    let ([first, low_rest @ ..], [last, high_rest @ ..]) = (low, high) else { return String::new() };
    let rest = low_rest.len();
    if all(low, b'0') && all(high, b'9') {
        return digits(low.len());
    }
    if first == last {
        let inner = between(low_rest, high_rest);
        let inner = if inner.contains('|') { format!("({inner})") } else { inner };
        return format!("{}{inner}", char::from(*first));
    }
    let mut parts = Vec::new();
    let (mut from, mut to) = (*first, *last);
    if !all(low_rest, b'0') {
        parts.push(between(low, &[&[*first], vec![b'9'; rest].as_slice()].concat()));
        from += 1;
    }
    let tail = if all(high_rest, b'9') {
        None
    } else {
        to -= 1;
        Some(between(&[&[*last], vec![b'0'; rest].as_slice()].concat(), high))
    };
    if from <= to {
        let digit = if from == to {
            char::from(from).to_string()
        } else {
            format!("[{}-{}]", char::from(from), char::from(to))
        };
        parts.push(digit + &digits(rest));
    }
    parts.extend(tail);
    parts.join("|")
}

/// So many digits.
fn digits(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "[0-9]".to_owned(),
        more => format!("[0-9]{{{more}}}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_written_digit_by_digit() {
        for (min, max, pattern) in [
            (0, 9, "[0-9]"),
            (1, 30, "[1-9]|[1-2][0-9]|30"),
            (60, 3_600, "[6-9][0-9]|[1-9][0-9]{2}|[1-2][0-9]{3}|3([0-5][0-9]{2}|600)"),
            (5, 5, "5"),
            (100, 199, "1[0-9]{2}"),
        ] {
            assert_eq!(range(min, max), pattern);
        }
        assert_eq!(durations(1, 3_600 * 24 - 1).rsplit('|').next(), Some("2[0-3])h)$"));
    }
}

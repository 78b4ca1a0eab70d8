//! How a key or a single value is written: with quotes where YAML tools would read something else than is meant.

use super::layout::{Scalar, Style};
use super::place::Quotes;
use crate::lower::OTHER_WORDS;

/// The text of a single value on one line.
pub(super) fn scalar(scalar: &Scalar<'_>, quotes: Quotes) -> String {
    let is_one_line = !scalar.raw.contains('\n');
    match scalar.style {
        Style::Plain if !is_plain(&scalar.text) || is_to_be_quoted(&scalar.text, quotes) => {
            quoted(&scalar.text)
        }
        Style::Plain => scalar.text.clone(),
        // An escape may stand for something that nobody would see.
        Style::Quoted if is_one_line && scalar.raw.starts_with('"') && scalar.raw.contains('\\') => {
            scalar.raw.to_owned()
        }
        Style::Quoted | Style::Block { .. } => quoted(&scalar.text),
    }
}

/// A key. Keys of the language stand without quotes.
pub(super) fn key(key: &str, is_known: bool) -> String {
    if is_known || (is_plain(key) && !has_marks(key) && !is_misread(key) && !is_document_mark(key)) {
        key.to_owned()
    } else {
        quoted(key)
    }
}

fn is_to_be_quoted(text: &str, quotes: Quotes) -> bool {
    match quotes {
        Quotes::AsWritten => false,
        Quotes::Text => is_misread(text) && !OTHER_WORDS.contains(&text),
        Quotes::Nothing => is_misread(text),
    }
}

/// A text in quotes: in double ones, unless that takes escapes which single ones do not need.
pub(super) fn quoted(text: &str) -> String {
    let is_visible = |c: char| !c.is_control() && !kyc_core::is_invisible(c);
    if text.contains(['"', '\\']) && text.chars().all(is_visible) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_visible(c) => out.push(c),
            c => out.push_str(&escaped(u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// The escape of a character that nobody would see.
fn escaped(code: u32) -> String {
    if code <= 0xffff { format!("\\u{code:04x}") } else { format!("\\U{code:08x}") }
}

/// Whether the text can stand without quotes outside brackets.
pub(super) fn is_plain(text: &str) -> bool {
    let is_mark = |c: char| "?:,[]{}#&*!|>'\"%@`".contains(c);
    let begins_well = match (text.chars().next(), text.chars().nth(1)) {
        (None, _) => false,
        (Some('-'), second) => second.is_some_and(|c| !c.is_whitespace() && !is_mark(c)),
        (Some(first), _) => !is_mark(first),
    };
    begins_well
        && text.trim() == text
        && !text.ends_with(':')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(|c| c.is_control() || c == '\u{feff}')
}

/// Whether the text at the beginning of a line begins or ends a document.
fn is_document_mark(text: &str) -> bool {
    text.starts_with("---") || text.starts_with("...")
}

/// Whether the text holds marks that mean something in brackets.
pub(super) fn has_marks(text: &str) -> bool {
    text.contains([',', '[', ']', '{', '}'])
}

/// Whether tools that read YAML 1.1 or 1.2 take the word for a flag, nothing or a number. Days are left as they are: a
/// tool that takes them for days is right.
pub(super) fn is_misread(text: &str) -> bool {
    is_flag_or_nothing(text) || is_number(text)
}

fn is_flag_or_nothing(text: &str) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    let lower = text.to_ascii_lowercase();
    let is_capitalised = text.get(1..).is_some_and(|rest| lower.ends_with(rest));
    let is_one_case = text == lower || text == text.to_ascii_uppercase() || is_capitalised;
    matches!(text, "~" | "=" | "<<") || (is_one_case && WORDS.contains(&&*lower))
}

/// Whether YAML 1.1 or 1.2 has the text as a number: `12`, `1_000`, `0x1f`, `0o17`, `1.5`, `1e3`, `.inf`, `1:20`.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(text.to_ascii_lowercase().as_str(), ".inf" | ".nan") {
        return true;
    }
    let digits_of = |prefix: &str, digits: &str| {
        let rest = text.strip_prefix(prefix).filter(|rest| !rest.is_empty());
        rest.is_some_and(|rest| rest.chars().all(|c| digits.contains(c.to_ascii_lowercase()) || c == '_'))
    };
    if digits_of("0x", "0123456789abcdef") || digits_of("0o", "01234567") || digits_of("0b", "01") {
        return true;
    }
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    if text.contains(':') {
        let is_part = |part: &str| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || matches!(c, '_' | '.'))
        };
        return text.split(':').all(is_part);
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let is_mantissa = mantissa.contains(|c: char| c.is_ascii_digit())
        && mantissa.chars().all(|c| c.is_ascii_digit() || matches!(c, '_' | '.'))
        && mantissa.matches('.').count() <= 1
        && !mantissa.starts_with('_');
    let is_exponent = |exponent: &str| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    is_mantissa && exponent.is_none_or(is_exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_other_readers_take_for_something_else() {
        for text in [
            "NO",
            "no",
            "No",
            "ON",
            "off",
            "Y",
            "y",
            "N",
            "yes",
            "True",
            "NULL",
            "~",
            "=",
            "<<",
            "12",
            "-1",
            "+1_000",
            "0x1F",
            "0x1_f",
            "0o17",
            "0b01",
            "1.5",
            ".5",
            "1e3",
            "1.5E-3",
            ".inf",
            "-.INF",
            ".NaN",
            "1:20",
            "190:20:30",
            "017",
        ] {
            assert!(is_misread(text), "{text}");
        }
        for text in [
            "",
            "nO",
            "NOR",
            "none",
            "any",
            "EU",
            "-LI",
            "10m",
            "30d",
            "2027-06-30",
            "1h30m",
            "e3",
            "_1",
            "1.2.3",
            "a:1",
            "localhost:3000",
            "0x",
            "0xyz",
            ".",
            "-",
            "1e",
            "+",
        ] {
            assert!(!is_misread(text), "{text}");
        }
    }

    #[test]
    fn texts_that_need_quotes() {
        for text in [
            "", " a", "a ", "- a", "-", "?", ":a", "a:", "a: b", "a #b", "#a", "[a", "{a}", "&a", "*a", "!a",
            "|", ">", "'a", "\"a", "%a", "@a", "`a", "a\nb",
        ] {
            assert!(!is_plain(text), "{text:?}");
        }
        for text in [
            "a",
            "-LI",
            "a b",
            "a:b",
            "https://app.example.com/?a=b#c",
            "it's",
            "a#b",
            "ž",
            "..a/b",
            "...",
            "--- a",
        ] {
            assert!(is_plain(text), "{text:?}");
        }
    }

    #[test]
    fn quotes_are_those_that_need_the_fewest_escapes() {
        for (text, written) in [
            ("NO", "\"NO\""),
            ("it's", "\"it's\""),
            ("say \"a\"", "'say \"a\"'"),
            ("it's \"a\"", "'it''s \"a\"'"),
            ("a\\b", "'a\\b'"),
            ("a\n\"b\"", "\"a\\n\\\"b\\\"\""),
            ("a\u{202e}b\u{e0001}", "\"a\\u202eb\\U000e0001\""),
        ] {
            assert_eq!(quoted(text), written);
        }
    }
}

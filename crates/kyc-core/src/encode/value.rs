//! The value of one parameter as JSON. What is known to hold nothing that JSON escapes is copied; everything else goes
//! through `serde_json`.

use serde::Serialize;

use super::steps::{write_data, write_steps};
use crate::country::{Country, CountrySet};
use crate::document::DocumentType;
use crate::request::{CountryLock, RequestedDocuments};
use crate::steps::{StepData, Steps};
use crate::weburl::WebUrl;

/// The value of one parameter as it goes over the wire.
#[derive(Clone, Copy)]
pub(super) enum WireValue<'a> {
    Null,
    Flag(bool),
    Integer(u32),
    /// Thousandths.
    Decimal(u32),
    /// Any text.
    Text(&'a str),
    /// A text of which its type says that it holds nothing that JSON escapes.
    Word(&'a str),
    Url(&'a WebUrl),
    Date(jiff::civil::Date),
    Country(CountryLock),
    Countries(CountrySet),
    Documents(RequestedDocuments),
    Steps(&'a Steps),
    Data(&'a StepData),
}

impl WireValue<'_> {
    /// Whether a value of a client stands in a parameter that is otherwise configuration.
    pub(super) fn is_personal(&self) -> bool {
        match self {
            Self::Url(url) => url.is_personal(),
            Self::Country(lock) => lock.is_personal(),
            Self::Documents(documents) => documents.is_personal(),
            _ => false,
        }
    }

    fn write(&self, body: &mut Vec<u8>) {
        match self {
            Self::Null => body.extend_from_slice(b"null"),
            Self::Flag(true) => body.extend_from_slice(b"true"),
            Self::Flag(false) => body.extend_from_slice(b"false"),
            Self::Integer(number) => write_json(body, number),
            Self::Decimal(thousandths) if thousandths % 1_000 == 0 => {
                write_json(body, &(thousandths / 1_000));
            }
            Self::Decimal(thousandths) => write_json(body, &(f64::from(*thousandths) / 1_000.0)),
            Self::Text(text) => write_text(body, text),
            Self::Word(word) => write_word(body, word),
            // No address holds a control character, a quotation mark or a backslash.
            Self::Url(url) => write_word(body, url.as_str()),
            Self::Date(date) => write_date(body, *date),
            Self::Country(lock) => match lock.countries().single() {
                Some(country) if !lock.is_array() => write_word(body, country.code()),
                _ => write_list(body, lock.countries().iter().map(Country::code), write_word),
            },
            Self::Countries(countries) => write_list(body, countries.iter().map(Country::code), write_word),
            Self::Documents(documents) => {
                write_list(body, documents.iter().map(DocumentType::as_str), write_word);
            }
            Self::Steps(steps) => write_steps(body, steps),
            Self::Data(data) => write_data(body, data),
        }
    }
}

/// Appends `,"name":value`, of which `key` is all but the value.
pub(super) fn put(body: &mut Vec<u8>, key: &str, value: &WireValue<'_>) {
    body.extend_from_slice(key.as_bytes());
    value.write(body);
}

/// Appends a text in quotes.
pub(super) fn write_text(body: &mut Vec<u8>, text: &str) {
    if is_plain(text.as_bytes()) {
        write_word(body, text);
    } else {
        write_json(body, text);
    }
}

/// Whether the text holds nothing that JSON escapes, looked at eight bytes at a time.
fn is_plain(text: &[u8]) -> bool {
    const fn each(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; 8])
    }
    // Whether some byte is less than `bound`, which is at most 128: that one borrows from its own highest bit.
    let has_less = |block: u64, bound: u8| block.wrapping_sub(each(bound)) & !block & each(0x80) != 0;
    let (blocks, rest) = text.as_chunks::<8>();
    let is_escaped = |byte: &u8| matches!(byte, ..b' ' | b'"' | b'\\');
    let has_escaped = |block: &[u8; 8]| {
        let block = u64::from_ne_bytes(*block);
        has_less(block, b' ') | has_less(block ^ each(b'"'), 1) | has_less(block ^ each(b'\\'), 1)
    };
    !blocks.iter().any(has_escaped) && !rest.iter().any(is_escaped)
}

/// Appends a text in quotes that holds nothing that JSON escapes.
pub(super) fn write_word(body: &mut Vec<u8>, word: &str) {
    body.reserve(word.len() + 2);
    body.push(b'"');
    body.extend_from_slice(word.as_bytes());
    body.push(b'"');
}

/// Appends a list, of which `write` appends each item.
pub(super) fn write_list<'t>(
    body: &mut Vec<u8>,
    items: impl Iterator<Item = &'t str>,
    write: impl Fn(&mut Vec<u8>, &str),
) {
    body.push(b'[');
    for (index, item) in items.enumerate() {
        if index > 0 {
            body.push(b',');
        }
        write(body, item);
    }
    body.push(b']');
}

/// Appends `"YYYY-MM-DD"`; the year of a [`crate::Date`] has four digits.
fn write_date(body: &mut Vec<u8>, date: jiff::civil::Date) {
    let digit = |number: i16, place: i16| b'0' + u8::try_from(number / place % 10).unwrap_or_default();
    body.push(b'"');
    body.extend_from_slice(&[1_000, 100, 10, 1].map(|place| digit(date.year(), place)));
    for number in [date.month(), date.day()] {
        body.push(b'-');
        body.extend_from_slice(&[10, 1].map(|place| digit(i16::from(number), place)));
    }
    body.push(b'"');
}

fn write_json<T: Serialize + ?Sized>(body: &mut Vec<u8>, value: &T) {
    let written = serde_json::to_writer(body, value);
    debug_assert!(written.is_ok(), "writing JSON to memory cannot fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every byte that a text can hold, at every place of a block and after it, among plain ones of every kind.
    #[test]
    fn texts_are_written_as_any_encoder_writes_them() {
        let alone = (0..=0xff).filter_map(char::from_u32).map(String::from);
        let others = ["", "ž", "𠮷", "\u{80}\u{81}!#[]\u{7f}", "\u{2028}"].map(str::to_owned);
        // Of two that are escaped, in one block, neither may hide the other.
        let escaped = ["\0", "\n", "\u{1f}", "\"", "\\"];
        let pairs = escaped.iter().flat_map(|a| escaped.map(|b| format!("{a}{b}")));
        for special in alone.chain(others).chain(pairs) {
            for before in 0..=16 {
                for after in 0..=9 {
                    let text = format!("{}{special}{}", "a".repeat(before), "\u{ff}".repeat(after));
                    let mut written = Vec::new();
                    write_text(&mut written, &text);
                    assert_eq!(written, serde_json::to_vec(&text).unwrap(), "{text:?}");
                }
            }
        }
    }
}

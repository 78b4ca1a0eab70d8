//! The value of one parameter as JSON.

use std::collections::BTreeMap;
use std::io::Write;

use serde::ser::{Serialize, SerializeMap, Serializer};
use zeroize::Zeroizing;

use crate::request::CountryLock;
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
    Text(&'a str),
    Url(&'a WebUrl),
    Date(jiff::civil::Date),
    Country(CountryLock),
    Codes(&'a dyn Fn() -> Vec<&'static str>),
    Steps(&'a Steps),
    Data(&'a StepData),
}

impl WireValue<'_> {
    /// Whether a value of a client stands in a parameter that is otherwise configuration.
    pub(super) fn is_personal(&self) -> bool {
        match self {
            Self::Url(url) => url.is_personal(),
            Self::Country(lock) => lock.is_personal(),
            _ => false,
        }
    }
}

/// `YYYY-MM-DD`; the year of a [`crate::Date`] has four digits.
fn iso_date(date: jiff::civil::Date) -> String {
    let digit =
        |number: i16, place: i16| char::from(b'0' + u8::try_from(number / place % 10).unwrap_or_default());
    let (year, month, day) = (date.year(), i16::from(date.month()), i16::from(date.day()));
    let mut text = String::with_capacity(10);
    text.extend([1_000, 100, 10, 1].map(|place| digit(year, place)));
    for number in [month, day] {
        text.push('-');
        text.extend([10, 1].map(|place| digit(number, place)));
    }
    text
}

/// Appends `,"name":value`.
pub(super) fn put(body: &mut Vec<u8>, name: &str, value: &WireValue<'_>) {
    put_name(body, name);
    write_json(body, value);
}

/// Appends `,"name":`.
pub(super) fn put_name(body: &mut Vec<u8>, name: &str) {
    body.extend_from_slice(b",\"");
    // Names are ASCII letters, digits and underscores: nothing that JSON would escape.
    body.extend_from_slice(name.as_bytes());
    body.extend_from_slice(b"\":");
}

pub(super) fn write_json<T: Serialize + ?Sized>(body: &mut Vec<u8>, value: &T) {
    let written = serde_json::to_writer(body.by_ref(), value);
    debug_assert!(written.is_ok(), "writing JSON to memory cannot fail");
}

impl Serialize for WireValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Flag(on) => serializer.serialize_bool(*on),
            Self::Integer(number) => serializer.serialize_u32(*number),
            Self::Decimal(thousandths) if thousandths % 1_000 == 0 => {
                serializer.serialize_u32(thousandths / 1_000)
            }
            Self::Decimal(thousandths) => serializer.serialize_f64(f64::from(*thousandths) / 1_000.0),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Url(url) => serializer.serialize_str(url.as_str()),
            Self::Date(date) => serializer.serialize_str(&iso_date(*date)),
            Self::Country(lock) => match lock.countries().single() {
                Some(country) if !lock.is_array() => serializer.serialize_str(country.code()),
                _ => serializer.collect_seq(lock.countries().iter().map(crate::Country::code)),
            },
            Self::Codes(codes) => serializer.collect_seq(codes()),
            Self::Steps(steps) => steps.serialize(serializer),
            Self::Data(data) => {
                let mut map = serializer.serialize_map(None)?;
                for (step, fields) in data.expose() {
                    map.serialize_entry(step.as_str(), &StepFields(fields))?;
                }
                map.end()
            }
        }
    }
}

/// What a client is expected to have for one step.
struct StepFields<'a>(&'a BTreeMap<String, Zeroizing<String>>);

impl Serialize for StepFields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(field, value)| (field, value.as_str())))
    }
}

//! JSON whose keys keep the order in which they were written, laid out for people: what fits on a line stands on one.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// The longest line, in characters, if it can be broken.
const WIDTH: usize = 120;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// A number with a fraction, in thousandths.
    Thousandths(u32),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

/// An object of these keys.
pub(super) fn object<const N: usize>(keys: [(&str, Json); N]) -> Json {
    Json::Object(keys.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// A list of these texts.
pub(super) fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Json {
    Json::List(texts.into_iter().map(Json::from).collect())
}

impl Json {
    /// The object with one key more.
    #[must_use]
    pub(super) fn with(self, key: &str, value: impl Into<Self>) -> Self {
        match self {
            Self::Object(mut keys) => {
                keys.push((key.to_owned(), value.into()));
                Self::Object(keys)
            }
            other => other,
        }
    }

    /// The object with one key before the others.
    #[must_use]
    pub(super) fn after(self, key: &str, value: impl Into<Self>) -> Self {
        match self {
            Self::Object(mut keys) => {
                keys.insert(0, (key.to_owned(), value.into()));
                Self::Object(keys)
            }
            other => other,
        }
    }

    /// The document, with a line break at its end.
    pub(super) fn to_document(&self) -> String {
        let mut out = String::new();
        self.write(0, 0, &mut out);
        out.push('\n');
        out
    }

    fn line(&self) -> String {
        match self {
            Self::List(items) => format!("[{}]", items.iter().map(Self::line).collect::<Vec<_>>().join(", ")),
            Self::Object(keys) => {
                let keys = keys.iter().map(|(key, value)| format!("{}: {}", quoted(key), value.line()));
                format!("{{ {} }}", keys.collect::<Vec<_>>().join(", "))
            }
            // Writing JSON to memory cannot fail.
            scalar => serde_json::to_string(scalar).unwrap_or_default(),
        }
    }

    /// Writes the value behind `used` characters of a line that begins with `indent` spaces.
    fn write(&self, indent: usize, used: usize, out: &mut String) {
        let line = self.line();
        if used + line.chars().count() < WIDTH {
            out.push_str(&line);
            return;
        }
        let inner = indent + 2;
        match self {
            Self::List(items)
                if items.iter().all(|item| !matches!(item, Self::List(_) | Self::Object(_))) =>
            {
                out.push('[');
                let mut column = WIDTH;
                for (index, item) in items.iter().enumerate() {
                    let word = item.line();
                    let len = word.chars().count() + 2;
                    if column + len > WIDTH {
                        break_line(inner, out);
                        column = inner;
                    } else {
                        out.push(' ');
                    }
                    out.push_str(&word);
                    out.push_str(if index + 1 < items.len() { "," } else { "" });
                    column += len;
                }
                break_line(indent, out);
                out.push(']');
            }
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    break_line(inner, out);
                    item.write(inner, inner, out);
                    out.push_str(if index + 1 < items.len() { "," } else { "" });
                }
                break_line(indent, out);
                out.push(']');
            }
            Self::Object(keys) => {
                out.push('{');
                for (index, (key, value)) in keys.iter().enumerate() {
                    break_line(inner, out);
                    let key = quoted(key) + ": ";
                    out.push_str(&key);
                    value.write(inner, inner + key.chars().count(), out);
                    out.push_str(if index + 1 < keys.len() { "," } else { "" });
                }
                break_line(indent, out);
                out.push('}');
            }
            _ => out.push_str(&line),
        }
    }
}

fn break_line(indent: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

fn quoted(text: &str) -> String {
    Json::from(text).line()
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Whole(value) => serializer.serialize_i64(*value),
            Self::Thousandths(value) => serializer.serialize_f64(f64::from(*value) / 1_000.0),
            Self::Text(value) => serializer.serialize_str(value),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(keys) => {
                let mut map = serializer.serialize_map(Some(keys.len()))?;
                for (key, value) in keys {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self::Whole(value)
    }
}

impl From<u32> for Json {
    fn from(value: u32) -> Self {
        Self::Whole(value.into())
    }
}

impl From<usize> for Json {
    fn from(value: usize) -> Self {
        Self::Whole(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<&str> for Json {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Json {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<Vec<Self>> for Json {
    fn from(value: Vec<Self>) -> Self {
        Self::List(value)
    }
}

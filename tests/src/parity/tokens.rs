//! A policy that was read from YAML, written as Rust tokens: `key = value` and `key(…)`.

use std::fmt;

use kyc_policy::tree::{Entry, Kind, Node, Scalar};

/// Why a case cannot be declared in a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unwritable {
    /// There is no policy: the case is about a set or about names of files, and is fine.
    NoPolicy,
    /// The reader of YAML refuses the text.
    Text,
    /// The rule that is broken is about the name of a file.
    FileName,
    /// The document is no map.
    NoMap,
    /// After a key stands nothing.
    Nothing,
    /// A list holds a map.
    MapInList,
    /// A value of `vendor` without quotes, which has another type in quotes, is no token.
    NoToken,
    /// The key is an option of the macro.
    OptionKey,
    /// The `client` section is none that fields of a struct can state.
    NoFields,
}

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoPolicy => "there is no policy",
            Self::Text => "the reader of YAML refuses the text",
            Self::FileName => "the rule is about the name of a file",
            Self::NoMap => "the document is no map",
            Self::Nothing => "after a key stands nothing",
            Self::MapInList => "a list holds a map",
            Self::NoToken => "a value without quotes is no token",
            Self::OptionKey => "a key is an option of the macro",
            Self::NoFields => "the `client` section is none that fields of a struct can state",
        })
    }
}

/// The options that the macros take beside the policy.
const OPTIONS: [&str; 3] = ["crate", "file", "set"];

/// The section in which quotes make another value.
const TYPED: &str = "vendor";

/// The entries of the document, each as its key and as tokens.
///
/// # Errors
///
/// Why the document cannot be written so.
pub(super) fn entries(tree: &Node<'_>) -> Result<Vec<(String, String)>, Unwritable> {
    let Kind::Map(entries) = &tree.kind else { return Err(Unwritable::NoMap) };
    if entries.iter().any(|entry| OPTIONS.contains(&&*entry.key)) {
        return Err(Unwritable::OptionKey);
    }
    entries.iter().map(|of| Ok((of.key.to_string(), entry(of, of.key == TYPED)?))).collect()
}

fn entry(entry: &Entry<'_>, is_typed: bool) -> Result<String, Unwritable> {
    let key = if is_word(&entry.key) { entry.key.to_string() } else { quoted(&entry.key) };
    Ok(match &entry.value.kind {
        Kind::Map(entries) => {
            let entries =
                entries.iter().map(|entry| self::entry(entry, is_typed)).collect::<Result<Vec<_>, _>>()?;
            format!("{key}({})", entries.join(", "))
        }
        _ => format!("{key} = {}", value(&entry.value, is_typed)?),
    })
}

fn value(node: &Node<'_>, is_typed: bool) -> Result<String, Unwritable> {
    match &node.kind {
        Kind::Scalar(Scalar { text, quoted: false }) if text.is_empty() => Err(Unwritable::Nothing),
        Kind::Scalar(Scalar { text, quoted: false }) if is_token(text) => Ok(text.to_string()),
        Kind::Scalar(Scalar { quoted: false, .. }) if is_typed => Err(Unwritable::NoToken),
        Kind::Scalar(Scalar { text, .. }) => Ok(quoted(text)),
        Kind::List(items) => {
            let items = items.iter().map(|item| value(item, is_typed)).collect::<Result<Vec<_>, _>>()?;
            Ok(format!("[{}]", items.join(", ")))
        }
        Kind::Map(_) => Err(Unwritable::MapInList),
        Kind::Refused => Err(Unwritable::Text),
    }
}

/// Whether the text is one word or number, perhaps with a minus before it, as Rust has them.
fn is_token(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    is_word(text) || is_number(text)
}

fn is_word(text: &str) -> bool {
    let is_first = |c: char| c.is_ascii_alphabetic() || c == '_';
    text.starts_with(is_first) && text != "_" && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Digits, perhaps with a fraction, an exponent or a unit. Letters after a leading zero would be a base.
fn is_number(text: &str) -> bool {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_counted = unit.len() < text.len() && !text.starts_with('0') && is_word(unit);
    let is_plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e'));
    let is_closed =
        text.starts_with(|c: char| c.is_ascii_digit()) && text.ends_with(|c: char| c.is_ascii_digit());
    (is_counted && !unit.starts_with(['e', 'E', '_']))
        || (is_plain && is_closed && text.parse::<f64>().is_ok())
}

/// The text as a string literal.
pub(super) fn quoted(text: &str) -> String {
    format!("{text:?}")
}

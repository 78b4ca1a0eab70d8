//! Looking for values that must be nowhere, in every form in which they could be written.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// A value that was planted, with its other forms.
#[derive(Clone, Debug)]
pub struct Marker {
    /// What it is, for whoever reads the failure.
    pub name: &'static str,
    forms: Vec<Vec<u8>>,
}

impl Marker {
    /// A value as it is, percent-encoded, in base64 at each of its three alignments, in hexadecimal digits, and escaped
    /// as JSON may; capitals or not.
    ///
    /// # Panics
    ///
    /// If it is so short that it could be found by chance.
    pub fn new(name: &'static str, value: &str) -> Self {
        assert!(value.len() >= 10, "{name}: too short to be told from chance");
        let json = serde_json::to_string(value).unwrap();
        let json = json.trim_matches('"');
        let percent = utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
        let hexadecimal = hexadecimal(value);
        let mut forms = vec![value.to_owned(), value.to_uppercase(), value.to_lowercase()];
        forms.extend([json.to_owned(), ascii(json), percent.to_lowercase(), percent]);
        forms.extend([hexadecimal.to_uppercase(), hexadecimal]);
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            forms.extend((0..3).map(|shift| inner_base64(engine, value, shift)));
        }
        let mut forms: Vec<Vec<u8>> = forms.into_iter().map(String::into_bytes).collect();
        forms.sort();
        forms.dedup();
        Self { name, forms }
    }
}

/// Values that were planted, to be looked for all at once.
#[derive(Clone, Debug)]
pub struct Markers {
    /// What each form is of.
    names: Vec<&'static str>,
    forms: AhoCorasick,
}

impl Markers {
    /// All of these.
    ///
    /// # Panics
    ///
    /// If they are too many to be looked for.
    pub fn new(markers: &[Marker]) -> Self {
        let forms = markers.iter().flat_map(|marker| marker.forms.iter().map(|form| (marker.name, form)));
        let (names, forms): (Vec<_>, Vec<_>) = forms.unzip();
        Self { names, forms: AhoCorasick::new(forms).unwrap() }
    }

    /// The names of those that are in these bytes.
    pub fn found(&self, bytes: &[u8]) -> Vec<&'static str> {
        let found = self.forms.find_overlapping_iter(bytes).map(|found| self.names[found.pattern()]);
        found.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Every file below a folder, with what was found in it.
    pub fn found_below(&self, folder: &Path) -> Vec<(PathBuf, Vec<&'static str>)> {
        let mut all = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let entry = entry.unwrap();
                let kind = entry.file_type().unwrap();
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_file() {
                    // A database may remove one meanwhile.
                    let bytes = fs::read(entry.path()).unwrap_or_default();
                    all.push((entry.path(), self.found(&bytes)));
                }
            }
        }
        all
    }
}

fn hexadecimal(value: &str) -> String {
    value
        .bytes()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

/// JSON with what is not ASCII as `\u` and four digits.
fn ascii(value: &str) -> String {
    value
        .encode_utf16()
        .map(|unit| match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
            _ => format!("\\u{unit:04x}"),
        })
        .collect()
}

/// What base64 makes of a value that `shift` bytes stand before, without the letters at both ends that its neighbours
/// have a part in.
fn inner_base64(engine: &base64::engine::GeneralPurpose, value: &str, shift: usize) -> String {
    let padded = [vec![0; shift], value.as_bytes().to_vec()].concat();
    let whole = padded.len() / 3 * 3;
    let text = engine.encode(&padded[..whole]);
    text.chars().skip(if shift == 0 { 0 } else { 4 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUE: &str = "Žygimantas \"Ž\" O'Neil";

    #[test]
    fn a_value_is_found_in_every_form() {
        let markers = Markers::new(&[Marker::new("name", VALUE)]);
        for text in [
            VALUE.to_owned(),
            VALUE.to_uppercase(),
            format!("name={VALUE};"),
            serde_json::to_string(VALUE).unwrap(),
            utf8_percent_encode(VALUE, NON_ALPHANUMERIC).to_string(),
            utf8_percent_encode(VALUE, NON_ALPHANUMERIC).to_string().to_lowercase(),
            STANDARD_NO_PAD.encode(VALUE),
            STANDARD_NO_PAD.encode(format!("x{VALUE}")),
            URL_SAFE_NO_PAD.encode(format!("user:{VALUE}:and more")),
            format!("c5bd79{}", hexadecimal(&VALUE.replacen("Žy", "", 1))),
            r#"{"name":"\u017dygimantas \"\u017d\" O'Neil"}"#.to_owned(),
        ] {
            assert_eq!(markers.found(text.as_bytes()), ["name"], "{text}");
        }
    }

    #[test]
    fn a_part_of_it_is_not_it() {
        let markers = Markers::new(&[Marker::new("name", VALUE)]);
        for text in ["Žygimantas", "", "ygimantas \"Ž\" O'Neil", "Zygimantas"] {
            assert_eq!(markers.found(text.as_bytes()), [""; 0], "{text}");
        }
    }

    #[test]
    fn every_file_below_a_folder_is_read() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("a/b")).unwrap();
        fs::write(folder.path().join("a/b/file"), [b"\xff\xfe\0", VALUE.as_bytes(), b"\0"].concat()).unwrap();
        fs::write(folder.path().join("other"), "nothing").unwrap();
        let markers = Markers::new(&[Marker::new("name", VALUE)]);
        let all = markers.found_below(folder.path());
        assert_eq!(all.len(), 2);
        for (path, names) in all {
            assert_eq!(names == ["name"], path.ends_with("a/b/file"), "{}", path.display());
        }
    }
}

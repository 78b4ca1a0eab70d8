//! Reading values of a tree by the type that their key takes. Each reader reports what it cannot read, marks the key
//! as broken and answers nothing.

use std::borrow::Cow;

use jiff::civil;
use kyc_core::{DateError, parse_iso_date};

use crate::diagnostic::{Diagnostic, Findings, shown};
use crate::duration::Duration;
use crate::field::Field;
use crate::form::{MAX_ENTRIES, MAX_INTERVAL_DAYS};
use crate::places::Places;
use crate::rules::{
    duplicate_key, empty_list, malformed_value, missing_key, number_out_of_bounds, redundant_entry,
    text_too_long, too_many_entries, unknown_key, unknown_word, wrong_type,
};
use crate::source::Loc;
use crate::suggest::nearest;
use crate::tree::{Entry, Kind, Node};
use crate::vocabulary::Word;
use crate::written::At;

/// A map whose keys are known and distinct.
#[derive(Debug)]
pub struct Section<'n> {
    entries: Vec<&'n Entry<'n>>,
    /// Known keys that misspelt ones stand for.
    misspelt: Vec<String>,
}

impl<'n> Section<'n> {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&'n Node<'n>> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// Whether a misspelt key, which has been reported, stands for `key`.
    pub fn is_misspelt(&self, key: &str) -> bool {
        self.misspelt.iter().any(|misspelt| misspelt == key)
    }

    /// The entries, in written order.
    pub fn iter(&self) -> impl Iterator<Item = &'n Entry<'n>> {
        self.entries.iter().copied()
    }
}

/// Reads values and collects what is wrong with them.
#[derive(Debug)]
pub struct Reader<'f> {
    pub(super) findings: &'f mut Findings,
    pub(super) places: Places,
    /// Whether keys are those of a policy or its set, so that advice can point to other places of theirs.
    is_policy: bool,
}

impl<'f> Reader<'f> {
    pub(super) fn new(findings: &'f mut Findings) -> Self {
        Self { findings, places: Places::default(), is_policy: true }
    }

    /// A reader of a document that is neither a policy nor a set.
    pub fn beside_policies(findings: &'f mut Findings) -> Self {
        Self { is_policy: false, ..Self::new(findings) }
    }

    /// Adds something that was found.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.findings.push(diagnostic);
    }

    /// Reports that `key` is missing beside what was written at `loc`.
    pub fn missing(&mut self, loc: Loc, key: &str, help: &str) {
        self.findings.push(missing_key::found(loc, key, help));
    }

    /// Reports a word that is none of `known`.
    pub fn unknown_word<'a>(
        &mut self,
        loc: Loc,
        word: &str,
        what: &str,
        known: impl IntoIterator<Item = &'a str> + Clone,
    ) {
        self.findings.push_error(|| unknown_word::found(loc, word, what, known));
    }

    /// A section of the field table; the top level has the name "".
    pub(super) fn section<'n>(&mut self, node: &'n Node<'n>, name: &str) -> Option<Section<'n>> {
        let fields = Field::under(name);
        let find = |key: &str| {
            let field = fields.iter().find(|(known, _)| *known == key);
            field.map(|(_, field)| Cow::Borrowed(field.key))
        };
        self.known(node, name, Field::keys_under(name), find)
    }

    /// A map with exactly these keys.
    pub fn keys<'n, 'k>(
        &mut self,
        node: &'n Node<'n>,
        name: &str,
        known: impl Iterator<Item = &'k str> + Clone,
    ) -> Option<Section<'n>> {
        let find = |key: &str| known.clone().any(|known| known == key).then(|| dotted(name, key).into());
        self.known(node, name, known.clone(), find)
    }

    /// A map whose keys `find` spells out with their section.
    fn known<'n, 'k>(
        &mut self,
        node: &'n Node<'n>,
        name: &str,
        known: impl Iterator<Item = &'k str> + Clone,
        find: impl Fn(&str) -> Option<Cow<'static, str>>,
    ) -> Option<Section<'n>> {
        let mut section = self.table(node, name)?;
        let mut unknown = Vec::new();
        section.entries.retain(|entry| {
            let key = find(&entry.key);
            let is_known = key.is_some();
            match key {
                Some(key) => self.places.add(key, entry.key_loc, entry.value.loc),
                None => unknown.push(*entry),
            }
            is_known
        });
        for entry in unknown {
            let found = if self.is_policy { unknown_key::found } else { unknown_key::beside_policies };
            self.findings.push(found(entry.key_loc, &entry.key, name, known.clone()));
            // A misspelt key is one mistake: the key that was meant counts as written, with a value nobody knows.
            if let Some(meant) = nearest(&entry.key, known.clone()).filter(|key| section.get(key).is_none()) {
                let key = dotted(name, meant);
                self.places.add(key.clone(), entry.key_loc, entry.value.loc);
                self.places.add_broken(&key);
                section.misspelt.push(meant.to_owned());
            }
        }
        Some(section)
    }

    /// A map with keys of the author's choice, at least one; of repeated keys only the first is kept.
    pub fn table<'n>(&mut self, node: &'n Node<'n>, name: &str) -> Option<Section<'n>> {
        let table = self.any_table(node, name)?;
        if table.entries.is_empty() && !name.is_empty() {
            self.findings.push(empty_list::found(node.loc, name, "section"));
            self.places.add_broken(name);
            return None;
        }
        Some(table)
    }

    /// A map with keys of the author's choice, or none.
    pub fn any_table<'n>(&mut self, node: &'n Node<'n>, name: &str) -> Option<Section<'n>> {
        let Kind::Map(entries) = &node.kind else {
            self.wrong_type(node, name, "a map of keys to values");
            return None;
        };
        if entries.len() > MAX_ENTRIES {
            self.findings.push(too_many_entries::found(node.loc, name, MAX_ENTRIES));
            self.places.add_broken(name);
            return None;
        }
        let mut distinct: Vec<&Entry<'_>> = Vec::with_capacity(entries.len());
        for entry in entries {
            match distinct.iter().find(|earlier| earlier.key == entry.key) {
                Some(first) => {
                    self.findings.push(duplicate_key::found(entry.key_loc, &entry.key, first.key_loc));
                }
                None => distinct.push(entry),
            }
        }
        Some(Section { entries: distinct, misspelt: Vec::new() })
    }

    /// A list of 1 to 300 entries.
    pub fn list<'n>(&mut self, node: &'n Node<'n>, key: &str, wanted: &str) -> Option<&'n [Node<'n>]> {
        let items = self.any_list(node, key, wanted)?;
        if items.is_empty() {
            self.findings.push(empty_list::found(node.loc, key, "list"));
            self.places.add_broken(key);
            return None;
        }
        Some(items)
    }

    /// A list of at most 300 entries; whether it may be empty is for a rule to say.
    pub fn any_list<'n>(&mut self, node: &'n Node<'n>, key: &str, wanted: &str) -> Option<&'n [Node<'n>]> {
        match &node.kind {
            Kind::List(items) if items.len() <= MAX_ENTRIES => Some(items),
            Kind::List(_) => {
                self.findings.push(too_many_entries::found(node.loc, key, MAX_ENTRIES));
                self.places.add_broken(key);
                None
            }
            _ => {
                self.wrong_type(node, key, wanted);
                None
            }
        }
    }

    /// A list of words of a vocabulary, sorted; a repeated one is a warning.
    pub(super) fn words<W: Word + Ord>(
        &mut self,
        node: &Node<'_>,
        key: &str,
        wanted: &str,
        what: &str,
    ) -> Vec<W> {
        let mut words: Vec<At<W>> = Vec::new();
        for node in self.list(node, key, wanted).unwrap_or_default() {
            let Some(value) = self.word::<W>(node, key, what) else { continue };
            match words.iter().find(|earlier| earlier.value == value) {
                Some(first) => {
                    let word = value.word();
                    self.findings.push(redundant_entry::found(node.loc, word, first.loc, word));
                }
                None => words.push(At { value, loc: node.loc }),
            }
        }
        let mut words: Vec<W> = words.into_iter().map(|word| word.value).collect();
        words.sort_unstable();
        words
    }

    /// The text of a single value, quoted or not.
    pub fn scalar<'n>(&mut self, node: &'n Node<'_>, key: &str, wanted: &str) -> Option<&'n str> {
        if let Some(scalar) = node.scalar() {
            Some(&scalar.text)
        } else {
            self.wrong_type(node, key, wanted);
            None
        }
    }

    /// A text for people of at most `max` characters.
    pub fn text(&mut self, node: &Node<'_>, key: &str, max: usize) -> Option<String> {
        let text = self.scalar(node, key, "a text")?;
        if is_other_word(node) {
            self.malformed(node, key, "a text (in quotes, if this word is meant)", text);
            return None;
        }
        if text.trim().is_empty() {
            self.findings.push(wrong_type::found(node.loc, key, "a text", "empty"));
        } else if text.chars().count() > max {
            self.findings.push(text_too_long::found(node.loc, key, max));
        } else {
            return Some(text.to_owned());
        }
        self.places.add_broken(key);
        None
    }

    /// `true` or `false`, unquoted.
    pub fn flag(&mut self, node: &Node<'_>, key: &str) -> Option<bool> {
        if node.is_word("true") {
            return Some(true);
        }
        if node.is_word("false") {
            return Some(false);
        }
        self.scalar(node, key, "`true` or `false`")?;
        self.malformed(node, key, "`true` or `false` (without quotes)", &as_written(node));
        None
    }

    /// A word of a vocabulary.
    pub(super) fn word<W: Word>(&mut self, node: &Node<'_>, key: &str, what: &str) -> Option<W> {
        let text = self.scalar(node, key, what)?;
        let found = W::read(text);
        if found.is_none() {
            let known = W::WORDS.iter().map(|word| word.word());
            self.findings.push_error(|| unknown_word::found(node.loc, text, what, known));
            self.places.add_broken(key);
        }
        found
    }

    /// A length of time.
    pub fn duration(&mut self, node: &Node<'_>, key: &str) -> Option<Duration> {
        const WANTED: &str = "a whole number and one unit, such as `90s`, `10m`, `1h`, `30d` or `5y`";
        let text = self.scalar(node, key, WANTED)?;
        let duration = Duration::parse(text);
        if duration.is_none() {
            self.malformed(node, key, WANTED, text);
        }
        duration
    }

    /// A length of time of at least one day.
    pub(super) fn interval(&mut self, node: &Node<'_>, key: &str) -> Option<Duration> {
        let duration = self.duration(node, key)?;
        if (1..=MAX_INTERVAL_DAYS).contains(&duration.days()) {
            return Some(duration);
        }
        self.out_of_bounds(node, key, "1d to 100y");
        None
    }

    /// A calendar day.
    pub fn date(&mut self, node: &Node<'_>, key: &str) -> Option<civil::Date> {
        const WANTED: &str = "a day as YYYY-MM-DD";
        let text = self.scalar(node, key, WANTED)?;
        match parse_iso_date(text) {
            Ok(date) => Some(date),
            Err(error) => {
                let exists = error != DateError::NoSuchDay;
                let wanted = if exists { WANTED } else { "a day that is in the calendar" };
                self.malformed(node, key, wanted, text);
                None
            }
        }
    }

    /// A whole number, unquoted.
    pub fn integer(&mut self, node: &Node<'_>, key: &str) -> Option<u32> {
        const WANTED: &str = "a whole number (without quotes)";
        let text = self.scalar(node, key, WANTED)?;
        let is_quoted = node.scalar().is_some_and(|scalar| scalar.quoted);
        let is_number = !is_quoted && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_plain = text == "0" || !text.starts_with('0');
        let number = if is_number && is_plain { text.parse().ok() } else { None };
        if number.is_none() {
            self.malformed(node, key, WANTED, &as_written(node));
        }
        number
    }

    /// Reports a single value that cannot be read.
    pub fn malformed(&mut self, node: &Node<'_>, key: &str, wanted: &str, text: &str) {
        self.findings.push(malformed_value::found(node.loc, key, wanted, text));
        self.places.add_broken(key);
    }

    /// Reports a number outside its bounds.
    pub fn out_of_bounds(&mut self, node: &Node<'_>, key: &str, bounds: &str) {
        let text = node.scalar().map_or("", |scalar| scalar.text.as_ref());
        self.findings.push(number_out_of_bounds::found(node.loc, key, text, bounds));
        self.places.add_broken(key);
    }

    /// Reports that the value is of another kind than `wanted`.
    pub fn wrong_type(&mut self, node: &Node<'_>, key: &str, wanted: &str) {
        if !matches!(node.kind, Kind::Refused) {
            let found = if self.is_policy { wrong_type::found } else { wrong_type::beside_policies };
            self.findings.push(found(node.loc, key, wanted, node.describe()));
        }
        self.places.add_broken(key);
    }
}

/// Words that mean something else than a text, where no quotes are around them.
pub(crate) const OTHER_WORDS: [&str; 11] =
    ["true", "false", "yes", "no", "on", "off", "null", "~", "None", "account", "none"];

/// Whether the value is an unquoted word that YAML or this language means otherwise: hardly a text.
pub(super) fn is_other_word(node: &Node<'_>) -> bool {
    OTHER_WORDS.iter().any(|word| node.is_word(word))
}

/// A single value with the quotes around it, if there are any.
fn as_written(node: &Node<'_>) -> String {
    match node.scalar() {
        Some(scalar) if scalar.quoted => format!("\"{}\"", scalar.text),
        Some(scalar) => scalar.text.to_string(),
        None => String::new(),
    }
}

pub(super) fn dotted(section: &str, key: &str) -> String {
    // A key of the author's choice stands in messages: short, and with nothing invisible.
    let key = shown(key);
    if section.is_empty() { key } else { format!("{section}.{key}") }
}

/// A list as a policy keeps it: growing left room behind that nobody needs any more.
pub(crate) fn kept<T: Clone>(list: Vec<T>) -> Cow<'static, [T]> {
    Cow::Owned(list.into_boxed_slice().into_vec())
}

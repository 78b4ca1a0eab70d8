//! Where each key of one document was written.

use std::borrow::Cow;

use crate::source::Loc;

/// Places by dotted key, such as `age.min`.
#[derive(Clone, Debug, Default)]
pub struct Places {
    keys: Vec<(Cow<'static, str>, KeyPlace)>,
    /// Where the document begins: the place of what was not written at all.
    root: Option<Loc>,
    /// Keys whose value was refused: what they mean is not known, so no rule may rely on them.
    broken: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
struct KeyPlace {
    key: Loc,
    value: Loc,
}

impl Places {
    pub(crate) fn add(&mut self, key: impl Into<Cow<'static, str>>, key_loc: Loc, value_loc: Loc) {
        self.keys.push((key.into(), KeyPlace { key: key_loc, value: value_loc }));
    }

    pub(crate) fn set_root(&mut self, loc: Loc) {
        self.root = Some(loc);
    }

    pub(crate) fn add_broken(&mut self, key: &str) {
        self.broken.push(key.to_owned());
    }

    /// Whether `key`, a section around it or a key in it was refused.
    pub(crate) fn is_broken(&self, key: &str) -> bool {
        self.broken.iter().any(|broken| broken.is_empty() || is_within(key, broken) || is_within(broken, key))
    }

    /// Whether `key` was written, in whatever form.
    pub fn is_stated(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// Where the value of `key`, or of the nearest section around it, was written; else the document's beginning.
    pub fn value(&self, key: &str) -> Option<Loc> {
        self.nearest(key).map(|place| place.value).or(self.root)
    }

    /// Where the word `key` itself, or the nearest section around it, was written; else the document's beginning.
    pub fn key(&self, key: &str) -> Option<Loc> {
        self.nearest(key).map(|place| place.key).or(self.root)
    }

    /// The key in which `loc` lies: what is read later than a key, and earlier than the next one, belongs to it.
    pub(crate) fn key_of(&self, loc: Loc) -> Option<&str> {
        let before = self.keys.iter().filter(|(_, place)| place.key <= loc);
        before.max_by_key(|(_, place)| place.key).map(|(key, _)| &**key)
    }

    fn nearest(&self, key: &str) -> Option<KeyPlace> {
        self.find(key).or_else(|| self.nearest(key.rsplit_once('.')?.0))
    }

    fn find(&self, key: &str) -> Option<KeyPlace> {
        self.keys.iter().find(|(known, _)| known == key).map(|(_, place)| *place)
    }
}

/// Whether `key` is `section` or a key in it.
pub(crate) fn is_within(key: &str, section: &str) -> bool {
    key.strip_prefix(section).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

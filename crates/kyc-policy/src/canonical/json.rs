//! Writing JSON in canonical form as it goes: no white space, and every object's keys sorted, which debug builds check.

use serde::Serialize;

/// An object that is being written.
pub(super) struct Object<'o> {
    out: &'o mut Vec<u8>,
    /// Where the last key stands, if there is one.
    last: Option<(usize, usize)>,
}

/// Writes one object.
pub(super) fn object(capacity: usize, write: impl FnOnce(&mut Object<'_>)) -> Vec<u8> {
    let mut out = Vec::with_capacity(capacity);
    Object::write(&mut out, write);
    out
}

impl Object<'_> {
    /// Appends an object to `out` and returns whether it has a key.
    fn write(out: &mut Vec<u8>, write: impl FnOnce(&mut Object<'_>)) -> bool {
        out.push(b'{');
        let mut object = Object { out, last: None };
        write(&mut object);
        let has_keys = object.last.is_some();
        out.push(b'}');
        has_keys
    }

    /// A key whose value is a text.
    pub(super) fn text(&mut self, key: &str, value: &str) {
        self.value(key, value);
    }

    /// A key whose value is a text, if there is one.
    pub(super) fn text_if(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(key, value);
        }
    }

    /// A key whose value is a whole number, if there is one.
    pub(super) fn number_if(&mut self, key: &str, value: Option<impl Into<u64>>) {
        if let Some(value) = value {
            self.value(key, &value.into());
        }
    }

    /// A key with any value; of maps, the keys must come sorted.
    pub(super) fn value<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) {
        self.key(key);
        let written = serde_json::to_writer(&mut *self.out, value);
        debug_assert!(written.is_ok(), "writing JSON to memory cannot fail");
    }

    /// A key with a value that is canonical JSON already.
    pub(super) fn raw(&mut self, key: &str, json: &str) {
        self.key(key);
        self.out.extend_from_slice(json.as_bytes());
    }

    /// A key with a list of texts that need no escape, such as codes.
    pub(super) fn codes<'c>(&mut self, key: &str, codes: impl IntoIterator<Item = &'c str>) {
        self.key(key);
        self.out.push(b'[');
        let mut is_first = true;
        for code in codes {
            self.out.extend_from_slice(if is_first { b"\"" } else { b",\"" });
            self.out.extend_from_slice(code.as_bytes());
            self.out.push(b'"');
            is_first = false;
        }
        self.out.push(b']');
    }

    /// A key with an object, even if that is empty.
    pub(super) fn object(&mut self, key: &str, write: impl FnOnce(&mut Object<'_>)) {
        self.key(key);
        Object::write(self.out, write);
    }

    /// A key with an object, unless that is empty.
    pub(super) fn object_if_any(&mut self, key: &str, write: impl FnOnce(&mut Object<'_>)) {
        let (start, last) = (self.out.len(), self.last);
        self.key(key);
        if !Object::write(self.out, write) {
            self.out.truncate(start);
            self.last = last;
        }
    }

    /// A key with a list of objects.
    pub(super) fn objects<T>(
        &mut self,
        key: &str,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Object<'_>, T),
    ) {
        self.key(key);
        self.out.push(b'[');
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            Object::write(self.out, |object| write(object, item));
        }
        self.out.push(b']');
    }

    /// Keys are words of the policy language and of the vendor: ASCII, with nothing that JSON would escape.
    fn key(&mut self, key: &str) {
        let is_sorted = self.last.is_none_or(|(start, end)| self.out.get(start..end) < Some(key.as_bytes()));
        debug_assert!(is_sorted, "`{key}` is out of order");
        if self.last.is_some() {
            self.out.push(b',');
        }
        self.out.push(b'"');
        self.last = Some((self.out.len(), self.out.len() + key.len()));
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(keys: &[&str]) -> String {
        String::from_utf8(object(0, |object| keys.iter().for_each(|key| object.text(key, "x")))).unwrap()
    }

    #[test]
    fn keys_are_written_as_they_come() {
        assert_eq!(written(&["a", "aa", "b"]), r#"{"a":"x","aa":"x","b":"x"}"#);
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "`a` is out of order")]
    fn a_key_behind_a_later_one_is_noticed() {
        written(&["b", "a"]);
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "`a` is out of order")]
    fn a_key_for_the_second_time_is_noticed() {
        written(&["a", "a"]);
    }
}

//! A JSON object that is written key by key.

use super::value::{write_text, write_word};

/// An object that has been begun. Keys are written in the order in which they come.
pub(super) struct Object<'b> {
    body: &'b mut Vec<u8>,
    is_empty: bool,
}

impl<'b> Object<'b> {
    /// Appends an object to `body`.
    pub(super) fn write(body: &'b mut Vec<u8>, write: impl FnOnce(&mut Object<'b>)) {
        body.push(b'{');
        let mut object = Object { body, is_empty: true };
        write(&mut object);
        object.body.push(b'}');
    }

    /// Appends a key that holds nothing that JSON escapes, and gives the body for its value.
    pub(super) fn key(&mut self, key: &str) -> &mut Vec<u8> {
        self.begin();
        write_word(self.body, key);
        self.body.push(b':');
        self.body
    }

    /// Appends a key that may hold anything, and gives the body for its value.
    pub(super) fn any_key(&mut self, key: &str) -> &mut Vec<u8> {
        self.begin();
        write_text(self.body, key);
        self.body.push(b':');
        self.body
    }

    fn begin(&mut self) {
        if !self.is_empty {
            self.body.push(b',');
        }
        self.is_empty = false;
    }
}

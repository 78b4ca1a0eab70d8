//! Where things were written: files, byte ranges, and lines and columns for people.

use std::ops::Range;

/// A place in some source. What it means only its [`SourceMap`] knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Loc(u32);

impl Loc {
    /// Places that were read later have a higher index.
    pub(crate) const fn index(self) -> u32 {
        self.0
    }
}

/// A file of a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// The files that were read, and a byte range for each [`Loc`].
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
    spans: Vec<(FileId, Range<u32>)>,
}

#[derive(Debug)]
struct SourceFile {
    name: String,
    text: String,
}

/// How much had been read at some moment.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    files: usize,
    spans: usize,
}

/// A range for people: lines and columns count from 1, columns count characters, the end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// First line.
    pub line: usize,
    /// First column.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column just after the last character.
    pub end_column: usize,
}

impl SourceMap {
    /// Adds a file under the name that diagnostics show.
    pub fn add_file(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let text = text.into();
        // A word or number every dozen bytes is about what a policy holds.
        self.spans.reserve(text.len() / 12);
        self.files.push(SourceFile { name: name.into(), text });
        id
    }

    /// Adds a byte range of `file`.
    pub fn add_span(&mut self, file: FileId, bytes: Range<usize>) -> Loc {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let loc = Loc(u32::try_from(self.spans.len()).unwrap_or(u32::MAX));
        self.spans.push((file, narrow(bytes.start)..narrow(bytes.end)));
        loc
    }

    /// How much has been read so far.
    pub const fn mark(&self) -> Mark {
        Mark { files: self.files.len(), spans: self.spans.len() }
    }

    /// Forgets what was read since. Its places mean nothing from now on, or something else.
    pub fn forget_since(&mut self, mark: Mark) {
        self.files.truncate(mark.files);
        self.spans.truncate(mark.spans);
    }

    /// The index that the next place will have.
    pub(crate) fn next_index(&self) -> u32 {
        u32::try_from(self.spans.len()).unwrap_or(u32::MAX)
    }

    /// The name of `file`.
    pub fn name(&self, file: FileId) -> &str {
        self.file(file).map_or("", |file| &file.name)
    }

    /// The text of `file`.
    pub fn text(&self, file: FileId) -> &str {
        self.file(file).map_or("", |file| &file.text)
    }

    /// The file and byte range of `loc`.
    pub fn span(&self, loc: Loc) -> Option<(FileId, Range<usize>)> {
        let (file, bytes) = self.spans.get(usize::try_from(loc.0).ok()?)?;
        Some((*file, usize::try_from(bytes.start).ok()?..usize::try_from(bytes.end).ok()?))
    }

    /// Lines and columns of a byte range of `file`.
    pub fn position(&self, file: FileId, bytes: &Range<usize>) -> Position {
        let text = self.text(file);
        let (line, column) = line_column(text, bytes.start);
        let (end_line, end_column) = line_column(text, bytes.end.max(bytes.start));
        Position { line, column, end_line, end_column }
    }

    fn file(&self, file: FileId) -> Option<&SourceFile> {
        self.files.get(usize::try_from(file.0).ok()?)
    }
}

/// Line and column of a byte offset. A byte order mark takes no column, as in editors.
fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset.min(text.len())).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column =
        before.get(line_start..).unwrap_or_default().chars().filter(|c| *c != '\u{feff}').count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_from_one() {
        let mut map = SourceMap::default();
        let file = map.add_file("a.yaml", "\u{feff}žž: x\r\nb: y\n");
        let at = |word: &str| {
            let start = map.text(file).find(word).unwrap();
            let p = map.position(file, &(start..start + word.len()));
            (p.line, p.column, p.end_line, p.end_column)
        };
        assert_eq!(at("žž"), (1, 1, 1, 3));
        assert_eq!(at("x"), (1, 5, 1, 6));
        assert_eq!(at("y"), (2, 4, 2, 5));
    }

    #[test]
    fn what_is_forgotten_has_no_place_and_what_was_read_before_keeps_its_own() {
        let mut map = SourceMap::default();
        let kept = map.add_file("a.yaml", "a: 1");
        let place = map.add_span(kept, 0..1);
        let mark = map.mark();
        let gone = map.add_file("b.yaml", "b: 2");
        let place_gone = map.add_span(gone, 0..1);
        map.forget_since(mark);
        assert_eq!((map.text(gone), map.span(place_gone)), ("", None));
        assert_eq!((map.text(kept), map.span(place)), ("a: 1", Some((kept, 0..1))));
        // The next one takes the room.
        assert_eq!(map.add_file("c.yaml", "c: 3"), gone);
    }
}

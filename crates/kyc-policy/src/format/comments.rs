//! The comments of a text: they are no events of the parser, so they are what begins with `#` between its scalars.

use std::ops::Range;

use crate::source::{Loc, SourceMap};
use crate::tree::{Kind, Node};

/// A comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Comment<'t> {
    /// Where it begins, in bytes.
    pub(super) start: usize,
    /// With its `#`, without white space at its end.
    pub(super) text: &'t str,
    /// Whether nothing stands before it on its line.
    pub(super) is_alone: bool,
}

impl Comment<'_> {
    /// Where it ends, in bytes.
    pub(super) const fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The comments of a document, in the order of the text.
pub(super) fn comments<'t>(sources: &SourceMap, text: &'t str, tree: &Node<'_>) -> Vec<Comment<'t>> {
    let mut scalars = Vec::new();
    add_scalars(sources, text, tree, &mut scalars);
    let mut comments = Vec::new();
    let mut from = 0;
    for scalar in scalars {
        add_comments(text, from..scalar.start, &mut comments);
        from = scalar.end.max(from);
    }
    add_comments(text, from..text.len(), &mut comments);
    comments
}

/// The bytes of each key and single value, in the order of the text.
fn add_scalars(sources: &SourceMap, text: &str, node: &Node<'_>, out: &mut Vec<Range<usize>>) {
    match &node.kind {
        Kind::Scalar(scalar) => out.extend(scalar_bytes(sources, text, node.loc, &scalar.text)),
        Kind::List(items) => items.iter().for_each(|item| add_scalars(sources, text, item, out)),
        Kind::Map(entries) => {
            for entry in entries {
                out.extend(scalar_bytes(sources, text, entry.key_loc, &entry.key));
                add_scalars(sources, text, &entry.value, out);
            }
        }
        Kind::Refused => {}
    }
}

/// The bytes of a key or single value that reads as `read`, with its quotes: the parser's place of a quoted one reaches to
/// the next token.
pub(super) fn scalar_bytes(sources: &SourceMap, text: &str, loc: Loc, read: &str) -> Option<Range<usize>> {
    let (_, bytes) = sources.span(loc)?;
    let inside = text.get(bytes.clone())?;
    // A text in a block can begin with a quote as well, which is then read.
    let end = match inside.chars().next() {
        Some('\'') if !read.starts_with('\'') || inside.starts_with("'''") => closing(inside, '\'', None),
        Some('"') if !read.starts_with('"') || inside.starts_with("\"\\") => closing(inside, '"', Some('\\')),
        _ => None,
    };
    Some(bytes.start..end.map_or(bytes.end, |end| bytes.start + end))
}

/// Where a quoted text ends. A quote of the simple kind is doubled inside; in the other one, marks are escaped.
fn closing(text: &str, quote: char, escape: Option<char>) -> Option<usize> {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if Some(c) == escape {
            chars.next();
        } else if c == quote {
            let is_doubled = escape.is_none() && chars.peek().is_some_and(|(_, next)| *next == quote);
            if !is_doubled {
                return Some(at + 1);
            }
            chars.next();
        }
    }
    None
}

/// The comments of a part of the text that holds no scalar.
fn add_comments<'t>(text: &'t str, part: Range<usize>, out: &mut Vec<Comment<'t>>) {
    let mut from = part.start;
    while let Some(offset) = text.get(from..part.end).and_then(|rest| rest.find('#')) {
        let start = from + offset;
        let rest = text.get(start..part.end).unwrap_or_default();
        let comment = rest.split('\n').next().unwrap_or_default();
        let before = text.get(..start).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        out.push(Comment { start, text: comment.trim_end(), is_alone: line.trim().is_empty() });
        from = start + comment.len();
    }
}

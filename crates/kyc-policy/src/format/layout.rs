//! A document as it is laid out: its keys and values with the comments and blank lines that belong to each.

use super::comments::{Comment, comments, scalar_bytes};
use crate::source::{Loc, SourceMap};
use crate::tree::{Kind, Node};

/// What stands on lines of its own above something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead<'t> {
    /// One or more blank lines.
    Blank,
    /// A comment.
    Comment(&'t str),
}

/// An entry of a map, or an item of a list.
#[derive(Clone, Debug)]
pub(super) struct Item<'t> {
    /// What stands above it.
    pub(super) lead: Vec<Lead<'t>>,
    /// The key, in a map.
    pub(super) key: Option<String>,
    pub(super) value: Value<'t>,
    /// The comment behind it, on the line on which it begins or ends.
    pub(super) trail: Option<&'t str>,
}

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Value<'t> {
    /// Nothing was written.
    Nothing,
    Scalar(Scalar<'t>),
    List(Items<'t>),
    Map(Items<'t>),
}

/// A single value.
#[derive(Clone, Debug)]
pub(super) struct Scalar<'t> {
    /// What is read.
    pub(super) text: String,
    pub(super) style: Style<'t>,
    /// What was written.
    pub(super) raw: &'t str,
}

/// How a single value was written.
#[derive(Clone, Debug)]
pub(super) enum Style<'t> {
    Plain,
    Quoted,
    /// On lines of its own below a mark such as `>-`; the lines without their indentation.
    Block {
        mark: &'t str,
        lines: Vec<&'t str>,
    },
}

/// What a list or map holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Items<'t> {
    pub(super) items: Vec<Item<'t>>,
    /// What stands below the last item.
    pub(super) tail: Vec<Lead<'t>>,
}

/// The document, which is a map.
pub(super) fn layout<'t>(sources: &SourceMap, text: &'t str, tree: &Node<'_>) -> Items<'t> {
    let comments = comments(sources, text, tree);
    let mut layout = Layout { sources, text, comments, next: 0, last: 0 };
    let (mut above, mut trails) = (Vec::new(), Vec::new());
    let mut items = layout.items(tree, 0, text.len(), &mut above, &mut trails);
    // What stands above the bracket of the whole document, and behind it.
    above.extend(trails.into_iter().map(Lead::Comment));
    match items.items.first_mut() {
        Some(first) => first.lead.splice(0..0, above).for_each(drop),
        None => items.tail.splice(0..0, above).for_each(drop),
    }
    // What stands below the closing bracket.
    let tail = layout.lead_until(text.len());
    items.tail.extend(tail);
    items
}

struct Layout<'s, 't> {
    sources: &'s SourceMap,
    text: &'t str,
    comments: Vec<Comment<'t>>,
    /// The first comment that has no place yet.
    next: usize,
    /// Where the last thing ends that has its place.
    last: usize,
}

impl<'t> Layout<'_, 't> {
    /// What `node`, a list or map, holds. Nothing behind `limit` belongs to it, and of comments below its last item those
    /// that begin left of the column `indent` do not. Comments that are not its own go to `above` and `trails`.
    fn items(
        &mut self,
        node: &Node<'_>,
        indent: usize,
        limit: usize,
        above: &mut Vec<Lead<'t>>,
        trails: &mut Vec<&'t str>,
    ) -> Items<'t> {
        let bytes = self.sources.span(node.loc).map_or(0..0, |(_, bytes)| bytes);
        let is_flow = self.text.get(bytes.start..).is_some_and(|text| text.starts_with(['[', '{']));
        if is_flow {
            while let Some(comment) = self.peek_before(bytes.start) {
                if comment.is_alone {
                    self.add_blank(comment.start, above);
                    above.push(Lead::Comment(comment.text));
                } else {
                    trails.push(comment.text);
                }
                self.pass(&comment);
            }
            self.add_blank(bytes.start, above);
            self.last = bytes.start;
        }
        let children = children(node);
        let starts: Vec<_> =
            children.iter().map(|(key, value)| self.start(key.map_or(value.loc, |(_, loc)| loc))).collect();
        let close = if is_flow { bytes.end.saturating_sub(1) } else { limit };
        if let Some(first) = starts.first() {
            while let Some(comment) = self.peek_before(*first).filter(|comment| !comment.is_alone) {
                self.pass(&comment);
                trails.push(comment.text);
            }
        }
        let indent = indent.max(self.column(bytes.start));
        let ends = starts.iter().skip(1).copied().chain([close]);
        let items = children.iter().zip(&starts).zip(ends);
        let items = items.map(|(((key, value), start), end)| self.item(*key, value, *start, end)).collect();
        let mut tail = Vec::new();
        if is_flow {
            tail = self.lead_until(close);
            self.last = close + 1;
        } else {
            while let Some(comment) = self
                .peek_before(limit)
                .filter(|comment| comment.is_alone && self.column(comment.start) >= indent)
            {
                self.add_blank(comment.start, &mut tail);
                self.pass(&comment);
                tail.push(Lead::Comment(comment.text));
            }
        }
        Items { items, tail }
    }

    fn item(&mut self, key: Option<(&str, Loc)>, value: &Node<'_>, start: usize, limit: usize) -> Item<'t> {
        let before = self.last;
        let mut lead = self.lead_until(start);
        let column = self.column(start);
        let mut trails = Vec::new();
        if let Some((name, loc)) = key
            && let Some(bytes) = scalar_bytes(self.sources, self.text, loc, name)
        {
            self.last = bytes.end;
        }
        let before = if key.is_some() { self.last } else { before };
        let value = match &value.kind {
            // Its first item says how far in a list stands.
            Kind::List(_) => Value::List(self.items(value, column, limit, &mut lead, &mut trails)),
            Kind::Map(_) => Value::Map(self.items(value, column + 1, limit, &mut lead, &mut trails)),
            Kind::Scalar(scalar) if !value.is_nothing() => {
                Value::Scalar(self.scalar(scalar, value.loc, before, &mut lead, &mut trails))
            }
            Kind::Scalar(_) | Kind::Refused => Value::Nothing,
        };
        while let Some(comment) = self.peek().filter(|comment| {
            let between = self.text.get(self.last..comment.start).unwrap_or_default();
            between.chars().all(|c| matches!(c, ' ' | ',' | ':'))
        }) {
            self.pass(&comment);
            trails.push(comment.text);
        }
        // One comment has room on the line; others go above it.
        let trail = trails.pop();
        lead.extend(trails.into_iter().map(Lead::Comment));
        Item { lead, key: key.map(|(key, _)| key.to_owned()), value, trail }
    }

    fn scalar(
        &mut self,
        scalar: &crate::tree::Scalar<'_>,
        loc: Loc,
        before: usize,
        lead: &mut Vec<Lead<'t>>,
        trails: &mut Vec<&'t str>,
    ) -> Scalar<'t> {
        let bytes = scalar_bytes(self.sources, self.text, loc, &scalar.text).unwrap_or_default();
        while let Some(comment) = self.peek_before(bytes.start) {
            self.pass(&comment);
            if comment.is_alone {
                lead.push(Lead::Comment(comment.text));
            } else {
                trails.push(comment.text);
            }
        }
        let raw = self.text.get(bytes.clone()).unwrap_or_default();
        let style = match self.mark(before, bytes.start) {
            _ if !scalar.quoted => Style::Plain,
            Some((mark, end)) => Style::Block { mark, lines: self.block_lines(end, bytes.start, bytes.end) },
            None => Style::Quoted,
        };
        self.last = bytes.end;
        Scalar { text: scalar.text.to_string(), style, raw }
    }

    /// The mark of a block, such as `>-`, in a part of the text that holds no scalar, and where it ends.
    fn mark(&self, from: usize, to: usize) -> Option<(&'t str, usize)> {
        let part = self.text.get(from..to)?;
        let mut offset = 0;
        for line in part.split_inclusive('\n') {
            let content = line.split('#').next().unwrap_or_default();
            if let Some(at) = content.find(['|', '>']) {
                let mark = content.get(at..)?.trim_end();
                return Some((mark, from + offset + at + mark.len()));
            }
            offset += line.len();
        }
        None
    }

    /// The lines of a block, without their indentation.
    fn block_lines(&self, mark: usize, start: usize, end: usize) -> Vec<&'t str> {
        let indent = self.column(start);
        let above = self.text.get(mark..start).unwrap_or_default().matches('\n').count().saturating_sub(1);
        let lines = self.text.get(start.saturating_sub(indent)..end).unwrap_or_default().split('\n');
        let lines = lines.map(|line| line.get(indent..).unwrap_or_default().trim_end_matches('\r'));
        std::iter::repeat_n("", above).chain(lines).collect()
    }

    /// What stands above the place `end`, as far as it has no place yet.
    fn lead_until(&mut self, end: usize) -> Vec<Lead<'t>> {
        let mut lead = Vec::new();
        while let Some(comment) = self.peek_before(end) {
            self.add_blank(comment.start, &mut lead);
            self.pass(&comment);
            lead.push(Lead::Comment(comment.text));
        }
        self.add_blank(end, &mut lead);
        self.last = self.last.max(end);
        lead
    }

    /// Adds a blank line if there is one before the place `end`.
    fn add_blank(&self, end: usize, lead: &mut Vec<Lead<'t>>) {
        let between = self.text.get(self.last..end).unwrap_or_default();
        // The first part ends the line of what stands before, and the last begins the line of what follows.
        let lines = between.split('\n').count();
        let is_blank =
            |(index, line): (usize, &str)| index > 0 && index + 1 < lines && line.trim().is_empty();
        if between.split('\n').enumerate().any(is_blank) {
            lead.push(Lead::Blank);
        }
    }

    fn peek(&self) -> Option<Comment<'t>> {
        self.comments.get(self.next).copied()
    }

    fn peek_before(&self, end: usize) -> Option<Comment<'t>> {
        self.peek().filter(|comment| comment.start < end)
    }

    fn pass(&mut self, comment: &Comment<'t>) {
        self.next += 1;
        self.last = self.last.max(comment.end());
    }

    fn start(&self, loc: Loc) -> usize {
        self.sources.span(loc).map_or(0, |(_, bytes)| bytes.start)
    }

    /// How many bytes stand before the place on its line; only spaces do where it matters.
    fn column(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.len() - before.rfind('\n').map_or(0, |newline| newline + 1)
    }
}

type Child<'n> = (Option<(&'n str, Loc)>, &'n Node<'n>);

fn children<'n>(node: &'n Node<'n>) -> Vec<Child<'n>> {
    match &node.kind {
        Kind::List(items) => items.iter().map(|item| (None, item)).collect(),
        Kind::Map(entries) => {
            entries.iter().map(|entry| (Some((&*entry.key, entry.key_loc)), &entry.value)).collect()
        }
        Kind::Scalar(_) | Kind::Refused => Vec::new(),
    }
}

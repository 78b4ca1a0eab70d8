//! Where each node of the tree was written: the compiler's own places, kept beside the tree.

use std::collections::HashMap;

use kyc_policy::{FileId, Loc, SourceMap};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};

/// A range of tokens by its first and its last. The compiler joins them when it reports.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    first: Span,
    last: Span,
}

impl Place {
    pub(crate) fn of(token: Span) -> Self {
        Self { first: token, last: token }
    }

    /// From the first token to the last; `otherwise` for none.
    pub(crate) fn of_all(tokens: &[TokenTree], otherwise: Self) -> Self {
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => Self { first: first.span(), last: last.span() },
            _ => otherwise,
        }
    }

    /// From the first token of this range to the last of the other.
    pub(crate) fn to(self, end: Self) -> Self {
        Self { first: self.first, last: end.last }
    }

    /// Tokens that stand for the range in an error.
    pub(crate) fn tokens(self) -> TokenStream {
        [self.first, self.last].into_iter().map(|span| TokenTree::Ident(Ident::new("x", span))).collect()
    }

    /// The range in words: its line, and its text if it is short.
    pub(crate) fn describe(self) -> String {
        const SHORT: usize = 40;
        let line = format!("line {}", self.first.start().line);
        match self.text().filter(|text| text.chars().count() <= SHORT && !text.contains('\n')) {
            Some(text) => format!("`{text}`, {line}"),
            None => line,
        }
    }

    /// The source text: of one token, or of a minus and what it stands before.
    fn text(self) -> Option<String> {
        let text = self.first.source_text()?;
        if text == "-" { Some(text + &self.last.source_text()?) } else { Some(text) }
    }
}

/// The places of one declaration's nodes.
pub(crate) struct Spans {
    places: HashMap<Loc, Place>,
    file: FileId,
}

impl Spans {
    /// Places beside those of the files in `sources`.
    pub(crate) fn new(sources: &mut SourceMap) -> Self {
        Self { places: HashMap::new(), file: sources.add_file("", "") }
    }

    /// The node's place in the tree for a place in the program.
    pub(crate) fn add(&mut self, sources: &mut SourceMap, place: Place) -> Loc {
        let loc = sources.add_span(self.file, 0..0);
        self.places.insert(loc, place);
        loc
    }

    /// The place in the program, unless the node comes from a file.
    pub(crate) fn get(&self, loc: Loc) -> Option<Place> {
        self.places.get(&loc).copied()
    }
}

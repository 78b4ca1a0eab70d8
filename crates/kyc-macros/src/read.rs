//! Tokens into the neutral tree: `key = value` and `key(…)`, separated by commas. Nothing here knows what a key means.
//! A mistake of form is kept, and reading goes on with the next entry.

mod form;

use std::borrow::Cow;

use kyc_policy::SourceMap;
use kyc_policy::tree::{Entry, Kind, Node, Scalar};
use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};
use syn::LitStr;

use crate::report::Mistakes;
use crate::spans::{Place, Spans};

/// What a reader works with.
pub(crate) struct Reader<'r> {
    pub(crate) sources: &'r mut SourceMap,
    pub(crate) spans: &'r mut Spans,
    pub(crate) mistakes: &'r mut Mistakes,
}

/// One entry before its value is read.
pub(crate) struct RawEntry {
    pub(crate) key: String,
    pub(crate) place: Place,
    pub(crate) value: RawValue,
}

/// What stands after a key.
pub(crate) enum RawValue {
    /// After `=`.
    Tokens(Vec<TokenTree>),
    /// In parentheses.
    Section(Group),
    /// Something whose form is a mistake, which was reported.
    Refused,
}

/// The entries of a list of `key = value` and `key(…)`.
pub(crate) fn entries(tokens: TokenStream, mistakes: &mut Mistakes) -> Vec<RawEntry> {
    let mut entries = Vec::new();
    for part in split(tokens, mistakes) {
        let mut rest = part.as_slice();
        while !rest.is_empty() {
            let (entry, after) = form::entry(rest, mistakes);
            entries.extend(entry);
            rest = after;
        }
    }
    entries
}

/// The tokens between commas; a comma at the end adds nothing.
fn split(tokens: TokenStream, mistakes: &mut Mistakes) -> Vec<Vec<TokenTree>> {
    let (mut parts, mut part) = (Vec::new(), Vec::new());
    for token in flat(tokens) {
        match token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => {
                if part.is_empty() {
                    mistakes.add(Place::of(comma.span()), "nothing stands before this comma");
                } else {
                    parts.push(std::mem::take(&mut part));
                }
            }
            token => part.push(token),
        }
    }
    parts.extend((!part.is_empty()).then_some(part));
    parts
}

/// The tokens without the invisible groups around what a `macro_rules!` macro has captured.
fn flat(tokens: TokenStream) -> Vec<TokenTree> {
    let flatten = |token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => flat(group.stream()),
        token => vec![token],
    };
    tokens.into_iter().flat_map(flatten).collect()
}

/// An identifier without the mark of a raw one.
fn word(ident: &str) -> String {
    ident.strip_prefix("r#").unwrap_or(ident).to_owned()
}

/// The text of a string literal without a suffix.
pub(crate) fn string(literal: &Literal) -> Option<String> {
    let text = syn::parse2::<LitStr>(TokenTree::from(literal.clone()).into()).ok()?;
    text.suffix().is_empty().then(|| text.value())
}

/// Whether a literal is a number, perhaps with a unit.
fn is_number(literal: &Literal) -> bool {
    literal.to_string().starts_with(|c: char| c.is_ascii_digit())
}

impl Reader<'_> {
    /// A section of these entries, which stand at `place`.
    pub(crate) fn section(&mut self, entries: Vec<RawEntry>, place: Place) -> Node<'static> {
        let entries = entries.into_iter().map(|entry| self.read_entry(entry)).collect();
        self.node(place, Kind::Map(entries))
    }

    fn read_entry(&mut self, raw: RawEntry) -> Entry<'static> {
        let key_loc = self.spans.add(self.sources, raw.place);
        let value = match raw.value {
            RawValue::Tokens(tokens) => self.value(&tokens, raw.place),
            RawValue::Section(group) => {
                let entries = entries(group.stream(), self.mistakes);
                self.section(entries, Place::of(group.span()))
            }
            RawValue::Refused => self.node(raw.place, Kind::Refused),
        };
        Entry { key: Cow::Owned(raw.key), key_loc, value }
    }

    /// A value; `otherwise` is the place of nothing.
    fn value(&mut self, tokens: &[TokenTree], otherwise: Place) -> Node<'static> {
        let place = Place::of_all(tokens, otherwise);
        let text = match tokens {
            [TokenTree::Ident(ident)] => word(&ident.to_string()),
            [TokenTree::Punct(minus), TokenTree::Ident(ident)] if minus.as_char() == '-' => {
                format!("-{}", word(&ident.to_string()))
            }
            [TokenTree::Punct(minus), TokenTree::Literal(literal)]
                if minus.as_char() == '-' && is_number(literal) =>
            {
                format!("-{literal}")
            }
            [TokenTree::Literal(literal)] if is_number(literal) => literal.to_string(),
            [TokenTree::Literal(literal)] => match string(literal) {
                Some(text) => {
                    return self.node(place, Kind::Scalar(Scalar { text: Cow::Owned(text), quoted: true }));
                }
                None => return self.refuse(place, form::NO_TEXT),
            },
            [TokenTree::Group(list)] if list.delimiter() == Delimiter::Bracket => {
                let items = split(list.stream(), self.mistakes);
                let items = items.iter().map(|tokens| self.item(tokens, place)).collect();
                return self.node(place, Kind::List(items));
            }
            tokens => return self.refuse(place, &form::no_value(tokens)),
        };
        self.node(place, Kind::Scalar(Scalar { text: Cow::Owned(text), quoted: false }))
    }

    /// A value of a list.
    fn item(&mut self, tokens: &[TokenTree], list: Place) -> Node<'static> {
        match form::missing_comma(tokens) {
            Some((place, problem)) => self.refuse(place, &problem),
            None => self.value(tokens, list),
        }
    }

    fn refuse(&mut self, place: Place, problem: &str) -> Node<'static> {
        self.mistakes.add(place, problem);
        self.node(place, Kind::Refused)
    }

    pub(crate) fn node(&mut self, place: Place, kind: Kind<'static>) -> Node<'static> {
        Node { loc: self.spans.add(self.sources, place), kind }
    }
}

//! Tokens into the neutral tree: `key = value` and `key(…)`, separated by commas. Nothing here knows what a key means.
//! A mistake of form is kept, and reading goes on with the next entry.

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
}

/// The entries of a list of `key = value` and `key(…)`.
pub(crate) fn entries(tokens: TokenStream, mistakes: &mut Mistakes) -> Vec<RawEntry> {
    split(tokens).into_iter().filter_map(|tokens| entry(&tokens, mistakes)).collect()
}

/// The tokens between commas; a comma at the end adds nothing.
fn split(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for token in tokens {
        match (&token, parts.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => parts.push(Vec::new()),
            (_, Some(part)) => part.push(token),
            (_, None) => {}
        }
    }
    if parts.last().is_some_and(Vec::is_empty) {
        parts.pop();
    }
    parts
}

fn entry(tokens: &[TokenTree], mistakes: &mut Mistakes) -> Option<RawEntry> {
    let Some((first, rest)) = tokens.split_first() else {
        mistakes.add(Place::of(proc_macro2::Span::call_site()), "a comma stands where an entry was expected");
        return None;
    };
    let place = Place::of(first.span());
    let key = match first {
        TokenTree::Ident(ident) => Some(word(&ident.to_string())),
        TokenTree::Literal(literal) => string(literal),
        _ => None,
    };
    let Some(key) = key else {
        mistakes.add(place, "expected a key: a word, or a text in quotes");
        return None;
    };
    let value = match rest {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
            RawValue::Section(group.clone())
        }
        [TokenTree::Punct(equals), value @ ..] if equals.as_char() == '=' && !value.is_empty() => {
            RawValue::Tokens(value.to_vec())
        }
        _ => {
            let all = Place::of_all(tokens, place);
            mistakes.add(all, &format!("write `{key} = value`, or `{key}(…)` for a section"));
            return None;
        }
    };
    Some(RawEntry { key, place, value })
}

/// An identifier without the mark of a raw one.
fn word(ident: &str) -> String {
    ident.strip_prefix("r#").unwrap_or(ident).to_owned()
}

/// The text of a string literal.
pub(crate) fn string(literal: &Literal) -> Option<String> {
    syn::parse2::<LitStr>(TokenTree::from(literal.clone()).into()).ok().map(|text| text.value())
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
        };
        Entry { key: Cow::Owned(raw.key), key_loc, value }
    }

    /// A value; `key` is the place of its key.
    fn value(&mut self, tokens: &[TokenTree], key: Place) -> Node<'static> {
        let place = Place::of_all(tokens, key);
        match tokens {
            [TokenTree::Ident(ident)] => self.word(place, word(&ident.to_string())),
            [TokenTree::Punct(minus), rest] if minus.as_char() == '-' => match rest {
                TokenTree::Ident(ident) => self.word(place, format!("-{}", word(&ident.to_string()))),
                TokenTree::Literal(literal) if string(literal).is_none() => {
                    self.word(place, format!("-{literal}"))
                }
                _ => self.refuse(place, "a minus stands before a word or a number"),
            },
            [TokenTree::Literal(literal)] => match string(literal) {
                Some(text) => self.node(place, Kind::Scalar(Scalar { text: Cow::Owned(text), quoted: true })),
                None if literal.to_string().starts_with(|c: char| c.is_ascii_digit()) => {
                    self.word(place, literal.to_string())
                }
                None => self.refuse(place, "expected a word, a number, or a text in plain quotes"),
            },
            [TokenTree::Group(group)] => self.group(group, place),
            _ => self.refuse(place, &several(tokens)),
        }
    }

    fn group(&mut self, group: &Group, place: Place) -> Node<'static> {
        match group.delimiter() {
            Delimiter::Bracket => {
                let items = split(group.stream());
                let items = items.iter().map(|tokens| self.value(tokens, place)).collect();
                self.node(place, Kind::List(items))
            }
            // What a `macro_rules!` macro has captured.
            Delimiter::None => {
                let tokens: Vec<_> = group.stream().into_iter().collect();
                self.value(&tokens, place)
            }
            Delimiter::Parenthesis | Delimiter::Brace => {
                self.refuse(place, "a section is written as `key(…)`, without `=`, and a list as `[…]`")
            }
        }
    }

    fn word(&mut self, place: Place, text: String) -> Node<'static> {
        self.node(place, Kind::Scalar(Scalar { text: Cow::Owned(text), quoted: false }))
    }

    fn refuse(&mut self, place: Place, problem: &str) -> Node<'static> {
        self.mistakes.add(place, problem);
        self.node(place, Kind::Refused)
    }

    pub(crate) fn node(&mut self, place: Place, kind: Kind<'static>) -> Node<'static> {
        Node { loc: self.spans.add(self.sources, place), kind }
    }
}

/// What is wrong with a value of several tokens.
fn several(tokens: &[TokenTree]) -> String {
    let has = |mark: char| {
        tokens.iter().any(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark))
    };
    if tokens.is_empty() {
        "expected a value".to_owned()
    } else if has('=') {
        "a comma is missing before the next key".to_owned()
    } else if has('-') {
        let text: String = tokens.iter().map(ToString::to_string).collect();
        format!("words and dates with hyphens are written in quotes: `\"{text}\"`")
    } else {
        "expected one value: a word, a number, a text in quotes, or a list `[…]`".to_owned()
    }
}

//! The form of entries, and what is said where it is broken. One mistake is reported once: an entry whose key can be
//! read counts as written.

use proc_macro2::{Delimiter, Group, TokenTree};

use super::{RawEntry, RawValue, string, word};
use crate::report::Mistakes;
use crate::spans::Place;

/// What is said of a literal that is neither a number nor a plain text.
pub(super) const NO_TEXT: &str = "expected a word, a number, or a text in plain quotes: `\"…\"`";

/// The first entry of `tokens`, and the tokens after it if a comma is missing there.
pub(super) fn entry<'t>(
    tokens: &'t [TokenTree],
    mistakes: &mut Mistakes,
) -> (Option<RawEntry>, &'t [TokenTree]) {
    let [first, rest @ ..] = tokens else { return (None, &[]) };
    let place = Place::of(first.span());
    let Some(key) = key(first) else {
        mistakes.add_unreadable(place, "expected a key: a word, or a text in quotes");
        return (None, &[]);
    };
    let is_dotted = rest.first().is_some_and(|token| is_punct(token, '.'));
    let next = (1..rest.len()).find(|at| rest.get(*at..).is_some_and(begins_entry));
    let (own, after) = match next.filter(|_| !is_dotted).and_then(|next| rest.split_at_checked(next)) {
        Some((own, after)) => (own, after),
        None => (rest, [].as_slice()),
    };
    let value = match own {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
            RawValue::Section(group.clone())
        }
        [equals, value @ ..] if is_punct(equals, '=') && !value.is_empty() => {
            RawValue::Tokens(value.to_vec())
        }
        own => {
            let (at, problem) = broken(first, own);
            mistakes.add(at, &problem);
            RawValue::Refused
        }
    };
    if let [next, ..] = after {
        mistakes.add(Place::of(next.span()), &format!("a comma is missing before `{next}`"));
    }
    (Some(RawEntry { key, place, value }), after)
}

/// The key that a token is.
fn key(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => Some(word(&ident.to_string())),
        TokenTree::Literal(literal) => string(literal),
        _ => None,
    }
}

/// Whether `tokens` begin with a key and what follows one.
fn begins_entry(tokens: &[TokenTree]) -> bool {
    match tokens {
        [first, TokenTree::Group(group), ..] => {
            key(first).is_some() && group.delimiter() == Delimiter::Parenthesis
        }
        [first, equals, ..] => key(first).is_some() && is_punct(equals, '='),
        _ => false,
    }
}

fn holds_entry(group: &Group) -> bool {
    let tokens: Vec<_> = group.stream().into_iter().collect();
    begins_entry(&tokens)
}

fn is_punct(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

/// What is wrong with what stands after a key, and where.
fn broken(key: &TokenTree, after: &[TokenTree]) -> (Place, String) {
    let start = Place::of(key.span());
    let all = start.to(Place::of_all(after, start));
    match after {
        [] => (all, format!("`{key}` has no value: write `{key} = …`, or `{key}(…)` for a section")),
        [equals] if is_punct(equals, '=') => (all, format!("nothing stands after `{key} =`")),
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Brace || holds_entry(group) => {
            (Place::of(group.span()), format!("a section is written in parentheses: `{key}(…)`"))
        }
        [TokenTree::Group(group), rest @ ..] if group.delimiter() == Delimiter::Parenthesis => {
            (Place::of_all(rest, all), format!("a comma is missing after `{key}(…)`"))
        }
        [colon, ..] if is_punct(colon, ':') => {
            (Place::of(colon.span()), format!("a key and its value are joined by `=`: `{key} = …`"))
        }
        [dot, TokenTree::Ident(part), ..] if is_punct(dot, '.') => {
            (all, format!("a key of a section is written inside it: `{key}({part} = …)`"))
        }
        _ => (all, format!("`=` is missing after `{key}`")),
    }
}

/// Where a comma is missing between two values of a list.
pub(super) fn missing_comma(tokens: &[TokenTree]) -> Option<(Place, String)> {
    let is_value = |token: &TokenTree| matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_));
    match tokens {
        [first, next, ..] if is_value(first) && is_value(next) => {
            Some((Place::of(next.span()), format!("a comma is missing before `{next}`")))
        }
        _ => None,
    }
}

/// What is wrong with tokens that are no value.
pub(super) fn no_value(tokens: &[TokenTree]) -> String {
    let is_minus = |token: &TokenTree| is_punct(token, '-');
    let is_word = |token: &TokenTree| matches!(token, TokenTree::Ident(_));
    match tokens {
        [TokenTree::Group(_)] => {
            "a section is written as `key(…)`, without `=`, and a list as `[…]`".to_owned()
        }
        [minus, ..] if is_minus(minus) => "a minus stands before one word or number".to_owned(),
        tokens if tokens.iter().any(is_minus) => {
            let text: String = tokens.iter().map(ToString::to_string).collect();
            format!("words and dates with hyphens are written in quotes: `\"{text}\"`")
        }
        tokens if tokens.iter().all(is_word) => {
            let words: Vec<_> = tokens.iter().map(ToString::to_string).collect();
            format!("several words are written in quotes: `\"{}\"`", words.join(" "))
        }
        _ => "expected one value: a word, a number, a text in quotes, or a list `[…]`".to_owned(),
    }
}

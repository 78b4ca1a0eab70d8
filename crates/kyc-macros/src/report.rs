//! Mistakes as compiler errors: each on its own tokens, with help; those of a file with the file's own lines.

use kyc_policy::{Diagnostic, Loc, Place as At, Related, Severity, SourceMap, Style, to_text};
use proc_macro2::TokenStream;

use crate::spans::{Place, Spans};

/// The mistakes of one declaration.
#[derive(Default)]
pub(crate) struct Mistakes {
    errors: Vec<syn::Error>,
    /// Whether something could not be read of which nobody knows what it was meant to be.
    is_unreadable: bool,
}

impl Mistakes {
    pub(crate) fn add(&mut self, place: Place, message: &str) {
        self.errors.push(syn::Error::new_spanned(place.tokens(), message));
    }

    /// Adds a mistake after which a key that is not found may have been meant here.
    pub(crate) fn add_unreadable(&mut self, place: Place, message: &str) {
        self.add(place, message);
        self.is_unreadable = true;
    }

    /// Says that something could not be read, after it was reported.
    pub(crate) const fn set_unreadable(&mut self) {
        self.is_unreadable = true;
    }

    /// Whether the policy cannot be checked: what is missing in it may be what could not be read.
    pub(crate) const fn is_unreadable(&self) -> bool {
        self.is_unreadable
    }

    /// The value, if there is no mistake. Nothing without a proof gets past this without one.
    pub(crate) fn proven<T>(&mut self, value: Option<T>, place: Place) -> Option<T> {
        if value.is_none() && self.is_empty() {
            self.add(place, "the policy was not proven");
        }
        value.filter(|_| self.is_empty())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// The compiler errors, each an invocation that can stand for an item, an expression or a type.
    pub(crate) fn compile_errors(&self) -> impl Iterator<Item = TokenStream> {
        self.errors.iter().map(syn::Error::to_compile_error)
    }

    /// Adds the errors among `diagnostics`: at their tokens, or at `declaration` if they are about a file or about
    /// nothing that was written. Warnings are told by the command line only, since a macro cannot warn.
    pub(crate) fn add_all(
        &mut self,
        diagnostics: &[Diagnostic],
        sources: &SourceMap,
        spans: &Spans,
        declaration: Place,
    ) {
        for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error) {
            match diagnostic.place() {
                At::At(loc) if spans.get(*loc).is_none() => {
                    let tokens = diagnostic.related_places().iter().find_map(|of| token(spans, &of.place));
                    self.add(tokens.unwrap_or(declaration), &of_file(sources, spans, diagnostic));
                }
                At::File(_) => self.add(declaration, &of_file(sources, spans, diagnostic)),
                At::At(loc) => {
                    self.add(spans.get(*loc).unwrap_or(declaration), &of_tokens(sources, spans, diagnostic));
                }
                _ => self.add(declaration, &of_tokens(sources, spans, diagnostic)),
            }
        }
    }
}

/// The diagnostic as the command line shows it, without the word that the compiler adds itself. Further places in the
/// program are told in words.
fn of_file(sources: &SourceMap, spans: &Spans, diagnostic: &Diagnostic) -> String {
    let in_files = diagnostic.clone().without_related(|place| is_token(spans, place));
    let text = to_text(sources, &in_files, Style::Plain);
    let (head, body) = text.split_once('\n').unwrap_or((&text, ""));
    let message = head.split_once("]: ").map_or(head, |(_, message)| message);
    let mut text = format!("[{}] {message}\n{body}", diagnostic.rule().id);
    for related in diagnostic.related_places().iter().filter(|related| is_token(spans, &related.place)) {
        add_note(&mut text, sources, spans, diagnostic, related);
    }
    text
}

/// Whether the place is in the program, where the compiler itself shows it.
fn is_token(spans: &Spans, place: &At) -> bool {
    token(spans, place).is_some()
}

fn token(spans: &Spans, place: &At) -> Option<Place> {
    if let At::At(loc) = place { spans.get(*loc) } else { None }
}

fn of_tokens(sources: &SourceMap, spans: &Spans, diagnostic: &Diagnostic) -> String {
    let mut text = format!("[{}] {}", diagnostic.rule().id, diagnostic.message());
    for related in diagnostic.related_places() {
        add_note(&mut text, sources, spans, diagnostic, related);
    }
    if let Some(help) = diagnostic.help_text() {
        text.push_str("\nhelp: ");
        text.push_str(help);
    }
    text
}

/// Adds what a further place says, and where that is, unless it is where the diagnostic points anyway.
fn add_note(
    text: &mut String,
    sources: &SourceMap,
    spans: &Spans,
    diagnostic: &Diagnostic,
    related: &Related,
) {
    text.push_str("\nnote: ");
    text.push_str(&related.message);
    if let At::At(loc) = related.place
        && related.place != *diagnostic.place()
        && let Some(place) = place_of(sources, spans, loc)
    {
        text.push_str(": ");
        text.push_str(&place);
    }
}

/// A related place in words: its token, or its line in a file.
fn place_of(sources: &SourceMap, spans: &Spans, loc: Loc) -> Option<String> {
    if let Some(place) = spans.get(loc) {
        return Some(place.describe());
    }
    let (file, bytes) = sources.span(loc)?;
    let position = sources.position(file, &bytes);
    Some(format!("{}:{}:{}", sources.name(file), position.line, position.column))
}

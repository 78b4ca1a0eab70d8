//! Mistakes as compiler errors: each on its own tokens, with help; those of a file with the file's own lines.

use kyc_policy::{Diagnostic, Loc, Place as At, Severity, SourceMap, Style, to_text};
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
                    self.add(declaration, &of_file(sources, diagnostic));
                }
                At::File(_) => self.add(declaration, &of_file(sources, diagnostic)),
                At::At(loc) => {
                    self.add(spans.get(*loc).unwrap_or(declaration), &of_tokens(sources, spans, diagnostic));
                }
                _ => self.add(declaration, &of_tokens(sources, spans, diagnostic)),
            }
        }
    }
}

/// The diagnostic as the command line shows it, without the word that the compiler adds itself.
fn of_file(sources: &SourceMap, diagnostic: &Diagnostic) -> String {
    let text = to_text(sources, diagnostic, Style::Plain);
    let (head, body) = text.split_once('\n').unwrap_or((&text, ""));
    let message = head.split_once("]: ").map_or(head, |(_, message)| message);
    format!("[{}] {message}\n{body}", diagnostic.rule().id)
}

fn of_tokens(sources: &SourceMap, spans: &Spans, diagnostic: &Diagnostic) -> String {
    let mut text = format!("[{}] {}", diagnostic.rule().id, diagnostic.message());
    for related in diagnostic.related_places() {
        text.push_str("\nnote: ");
        text.push_str(&related.message);
        if let At::At(loc) = related.place
            && let Some(place) = place_of(sources, spans, loc)
        {
            text.push_str(": ");
            text.push_str(&place);
        }
    }
    if let Some(help) = diagnostic.help_text() {
        text.push_str("\nhelp: ");
        text.push_str(help);
    }
    text
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

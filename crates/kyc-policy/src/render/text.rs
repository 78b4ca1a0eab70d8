//! Diagnostics for people, as the Rust compiler shows its own.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::{InFile, in_file, outside};
use crate::diagnostic::Diagnostic;
use crate::rule::Severity;
use crate::source::SourceMap;

/// Whether the text carries colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without escape sequences.
    Plain,
    /// With colours for a terminal.
    Coloured,
}

/// One diagnostic as text of several lines, without a line break at the end.
pub fn to_text(sources: &SourceMap, diagnostic: &Diagnostic, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message()).id(diagnostic.rule().id);
    let (mut elements, has_snippet) = elements(sources, diagnostic);
    let help = diagnostic.help_text();
    if !has_snippet {
        elements.extend(help.map(|help| Level::HELP.message(help).into()));
    }
    let mut groups = vec![Group::with_title(title).elements(elements)];
    if has_snippet {
        groups.extend(help.map(|help| Group::with_title(Level::HELP.secondary_title(help))));
    }
    renderer.decor_style(DecorStyle::Ascii).render(&groups)
}

/// What stands below the title, and whether some of it is source text.
fn elements<'a>(sources: &'a SourceMap, diagnostic: &'a Diagnostic) -> (Vec<Element<'a>>, bool) {
    let mut elements = Vec::new();
    let primary = in_file(sources, diagnostic.place());
    let mut has_snippet = primary.as_ref().is_some_and(|place| !is_whole_file(place));
    match &primary {
        Some(place) if !is_whole_file(place) => {
            let label = diagnostic.label_text();
            let mut snippet = Snippet::source(sources.text(place.file))
                .path(sources.name(place.file))
                .annotation(AnnotationKind::Primary.span(visible(sources, place)).label(label));
            // Places in the same file share the snippet, so that the reader sees them in order.
            for related in diagnostic.related_places() {
                if let Some(other) = in_file(sources, &related.place).filter(|other| other.file == place.file)
                {
                    let label = related.message.as_str();
                    snippet = snippet
                        .annotation(AnnotationKind::Context.span(visible(sources, &other)).label(label));
                }
            }
            elements.push(snippet.into());
        }
        Some(place) => elements.push(Origin::path(sources.name(place.file)).into()),
        None => elements.push(Origin::path(outside(diagnostic.place())).into()),
    }
    for related in diagnostic.related_places() {
        match in_file(sources, &related.place) {
            Some(other)
                if primary
                    .as_ref()
                    .is_some_and(|place| place.file == other.file && !is_whole_file(place)) => {}
            Some(other) => {
                let label = related.message.as_str();
                let snippet = Snippet::source(sources.text(other.file))
                    .path(sources.name(other.file))
                    .annotation(AnnotationKind::Context.span(visible(sources, &other)).label(label));
                elements.push(snippet.into());
                has_snippet = true;
            }
            None => elements.push(
                Level::NOTE.message(format!("{} ({})", related.message, outside(&related.place))).into(),
            ),
        }
    }
    (elements, has_snippet)
}

fn is_whole_file(place: &InFile) -> bool {
    place.bytes.is_empty() && place.bytes.start == 0
}

/// The range on its first line: a longer one would draw a bar along half the file.
fn visible(sources: &SourceMap, place: &InFile) -> std::ops::Range<usize> {
    let text = sources.text(place.file).get(place.bytes.clone()).unwrap_or_default();
    let first_line = text.lines().next().unwrap_or_default();
    place.bytes.start..place.bytes.start + first_line.len()
}

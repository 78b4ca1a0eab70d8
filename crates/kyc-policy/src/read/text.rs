//! What is looked at in the raw text, before and beside the parser.

use std::ops::Range;

use super::MAX_DEPTH;
use crate::diagnostic::Findings;
use crate::rules::{control_character, invisible_character};
use crate::source::{FileId, SourceMap};

/// How many characters of one kind are reported: more would say the same thing again.
pub(super) const MAX_ALIKE: usize = 16;

/// Whether the text can be given to the parser: it would take a NUL for the end of the file.
pub(super) fn check_characters(
    sources: &mut SourceMap,
    file: FileId,
    text: &str,
    findings: &mut Findings,
) -> bool {
    // Most files hold nothing but visible ASCII and line ends, which need no look at each character.
    if text.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')) {
        return true;
    }
    let mut chars = text.char_indices().peekable();
    let mut invisible = 0;
    while let Some((start, c)) = chars.next() {
        let ends_line = c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n');
        if matches!(c, '\n' | '\t' | ' '..='~') || ends_line || (c == '\u{feff}' && start == 0) {
            continue;
        }
        if c.is_control() {
            let loc = sources.add_span(file, start..start + c.len_utf8());
            findings.push(control_character::found(loc, c));
            return false;
        }
        if kyc_core::is_invisible(c) && invisible < MAX_ALIKE {
            let loc = sources.add_span(file, start..start + c.len_utf8());
            findings.push(invisible_character::found(loc, c));
            invisible += 1;
        }
    }
    true
}

/// The first directive, such as `%YAML 1.1`, before the document.
pub(super) fn directive(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches('\u{feff}').trim_end();
        if content.starts_with('%') {
            let offset = line.find('%').unwrap_or_default();
            return Some(start + offset..start + offset + content.len());
        }
        if !content.is_empty() && !content.starts_with('#') {
            return None;
        }
        start += line.len();
    }
    None
}

/// Where the brackets become too deep, for text that the parser gives up on before it tells of any.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth > MAX_DEPTH).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Place};

    /// Each place that is told of, in bytes, and whether the text can be read.
    fn looked_at(text: &str) -> (Vec<(usize, usize)>, bool) {
        let (mut sources, mut findings) = (SourceMap::default(), Findings::default());
        let file = sources.add_file("a.yaml", text);
        let is_readable = check_characters(&mut sources, file, text, &mut findings);
        let place = |found: &Diagnostic| match found.place() {
            Place::At(loc) => {
                let Range { start, end } = sources.span(*loc).unwrap().1;
                (start, end)
            }
            other => panic!("{other:?}"),
        };
        (findings.into_sorted().iter().map(place).collect(), is_readable)
    }

    #[test]
    fn characters_are_told_of_with_all_of_their_bytes() {
        for (text, places, is_readable) in [
            ("ž: a\tb\r\n", vec![], true),
            ("\u{feff}ž: a", vec![], true),
            ("ž: \u{feff}a", vec![(4, 7)], true),
            ("ž: \u{ad}a\u{202e}", vec![(4, 6), (7, 10)], true),
            ("ž: \u{85}a", vec![(4, 6)], false),
            ("ž: \r \u{202e}", vec![(4, 5)], false),
            ("\u{202e}\0\u{202e}", vec![(0, 3), (3, 4)], false),
        ] {
            assert_eq!(looked_at(text), (places, is_readable), "{text:?}");
        }
        let many = looked_at(&"\u{202e}".repeat(MAX_ALIKE + 1));
        assert_eq!((many.0.len(), many.1), (MAX_ALIKE, true));
    }

    #[test]
    fn a_directive_is_found_where_it_stands() {
        let find = |text: &str| directive(text).map(|range| text.get(range).unwrap().to_owned());
        for text in ["%YAML 1.1\n---\n", "# a\n\n%YAML 1.1 \n---\n", "\u{feff}%YAML 1.1\r\nname: a\n"] {
            assert_eq!(find(text).as_deref(), Some("%YAML 1.1"), "{text:?}");
        }
        for text in ["", "name: a\n%YAML 1.1\n", "# %YAML 1.1\n"] {
            assert_eq!(find(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_is_nested_too_deep_begins_with_the_first_bracket_beyond() {
        assert_eq!(too_deep(&"[".repeat(MAX_DEPTH)), None);
        assert_eq!(too_deep(&"[".repeat(MAX_DEPTH + 3)), Some(MAX_DEPTH));
        assert_eq!(too_deep(&"[{}]".repeat(MAX_DEPTH)), None);
        assert_eq!(too_deep(&format!("ž{}", "{".repeat(MAX_DEPTH + 1))), Some(MAX_DEPTH + 2));
    }
}

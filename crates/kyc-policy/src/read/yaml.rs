//! YAML 1.2 events into the neutral tree, with places. The subset is plain: no anchors, aliases, tags, merge keys,
//! further documents, or tabs outside quotes. Nothing here guesses a type: every scalar stays text.

use std::borrow::Cow;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput};

use super::text::{MAX_ALIKE, check_characters, directive, too_deep};
use crate::diagnostic::Findings;
use crate::rules::{
    anchor_or_alias, complex_key, empty_document, file_too_large, invisible_character, merge_key,
    nesting_too_deep, not_utf8, second_document, tab, tag, yaml_syntax,
};
use crate::source::{FileId, Loc, SourceMap};
use crate::tree::{Entry, Kind, Node, Scalar};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// The deepest nesting that is read.
pub const MAX_DEPTH: usize = 16;

/// Reads one file. Without a tree the file cannot be looked at any further, and the findings say why.
pub(crate) fn read_yaml<'t>(
    sources: &mut SourceMap,
    name: &str,
    bytes: &'t [u8],
    findings: &mut Findings,
) -> (FileId, Option<Node<'t>>) {
    if bytes.len() > MAX_BYTES {
        let file = sources.add_file(name, "");
        findings.push(file_too_large::found(file));
        return (file, None);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let readable = String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default());
            let file = sources.add_file(name, readable.clone());
            let end = readable.len();
            let start = readable.char_indices().next_back().map_or(0, |(start, _)| start);
            let loc = sources.add_span(file, start..end);
            findings.push(not_utf8::found(loc, error.valid_up_to()));
            return (file, None);
        }
    };
    let file = sources.add_file(name, text);
    if !check_characters(sources, file, text, findings) {
        return (file, None);
    }
    let mut reader = Reader::new(sources, file, text);
    let tree = reader.document(findings);
    if tree.is_none() && !findings.has_errors() {
        findings.push(empty_document::found(file));
    }
    (file, tree)
}

struct Reader<'s, 't> {
    sources: &'s mut SourceMap,
    file: FileId,
    text: &'t str,
    /// Bytes of the byte order mark.
    start: usize,
    /// How many bytes are ASCII before the first character that is not.
    ascii: usize,
    /// Byte offset of each character after those and of the end: the parser counts characters.
    offsets: Vec<usize>,
    parser: Parser<'t, StrInput<'t>>,
    /// Where the brackets are that have been opened and not yet closed.
    open: Vec<usize>,
    /// Byte ranges of quoted scalars, in which tabs are content.
    quoted: Vec<Range<usize>>,
}

/// Reading cannot go on; the reason has been reported or is the syntax error.
enum Stop {
    Syntax(ScanError),
    Reported,
}

impl<'s, 't> Reader<'s, 't> {
    fn new(sources: &'s mut SourceMap, file: FileId, text: &'t str) -> Self {
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let ascii = body.bytes().position(|byte| !byte.is_ascii()).unwrap_or(body.len());
        let others = body.get(ascii..).unwrap_or_default();
        let offsets = others.char_indices().map(|(at, _)| ascii + at).chain([body.len()]).collect();
        Self {
            sources,
            file,
            text,
            start: text.len() - body.len(),
            ascii,
            offsets,
            parser: Parser::new_from_str(body),
            open: Vec::new(),
            quoted: Vec::new(),
        }
    }

    fn document(&mut self, findings: &mut Findings) -> Option<Node<'t>> {
        if let Some(directive) = directive(self.text) {
            let loc = self.loc(directive);
            findings.push(tag::directive(loc));
            return None;
        }
        let outcome = self.read_stream(findings);
        let tabs = self.tabs();
        let tree = match outcome {
            Ok(tree) => tree,
            Err(Stop::Reported) => None,
            Err(Stop::Syntax(error)) => {
                let at = self.byte(error.marker().index());
                // A tab is what the parser stumbled over if there is one before the place where it gave up.
                if !tabs.iter().any(|tab| tab.start <= at) {
                    let loc = self.loc(self.char_at(at));
                    let open =
                        self.open.last().copied().map(|start| self.char_at(start)).map(|open| self.loc(open));
                    let rest = self.text.get(at..).unwrap_or_default();
                    findings.push(match error.info() {
                        info if info.contains("recursion limit") => {
                            let deepest = self.char_at(too_deep(self.text).unwrap_or(at));
                            nesting_too_deep::found(self.loc(deepest))
                        }
                        info if info.contains("unknown anchor") => anchor_or_alias::found(loc),
                        info => yaml_syntax::found(loc, info, rest, open),
                    });
                    return None;
                }
                None
            }
        };
        for tab in tabs {
            let loc = self.loc(tab);
            findings.push(tab::found(loc));
        }
        tree
    }

    fn read_stream(&mut self, findings: &mut Findings) -> Result<Option<Node<'t>>, Stop> {
        let mut tree = None;
        let mut documents = 0;
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(tree),
                (Event::DocumentStart(_), span) => {
                    documents += 1;
                    if documents > 1 {
                        let bytes = self.bytes(span);
                        let loc = self.loc(bytes);
                        findings.push(second_document::found(loc));
                        return Ok(tree);
                    }
                }
                (Event::StreamStart | Event::DocumentEnd | Event::Nothing, _) => {}
                (event, span) => {
                    tree = Some(self.node(event, span, 0, findings)?).filter(|node| !node.is_nothing());
                }
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'t>, Span), Stop> {
        match self.parser.next_event() {
            Some(Ok(next)) => Ok(next),
            Some(Err(error)) => Err(Stop::Syntax(error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(
        &mut self,
        event: Event<'t>,
        span: Span,
        depth: usize,
        findings: &mut Findings,
    ) -> Result<Node<'t>, Stop> {
        let bytes = self.bytes(span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                Ok(self.scalar(text, style, anchor > 0, tag.is_some(), bytes, findings))
            }
            Event::Alias(_) => {
                let loc = self.loc(bytes);
                findings.push(anchor_or_alias::found(loc));
                Ok(Node { loc, kind: Kind::Refused })
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_properties(anchor > 0, tag.is_some(), &bytes, findings);
                self.check_depth(depth, &bytes, findings)?;
                self.open_bracket(bytes.start);
                let (items, end) = self.items(depth, bytes.start, findings)?;
                Ok(Node { loc: self.loc(bytes.start..end), kind: Kind::List(items) })
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_properties(anchor > 0, tag.is_some(), &bytes, findings);
                self.check_depth(depth, &bytes, findings)?;
                self.open_bracket(bytes.start);
                let (entries, end) = self.entries(depth, bytes.start, findings)?;
                let loc = self.loc(bytes.start..end);
                let kind = match entries {
                    Some(entries) => Kind::Map(entries),
                    None => Kind::Refused,
                };
                Ok(Node { loc, kind })
            }
            _ => Ok(Node { loc: self.loc(bytes), kind: Kind::Refused }),
        }
    }

    fn scalar(
        &mut self,
        text: Cow<'t, str>,
        style: ScalarStyle,
        anchored: bool,
        tagged: bool,
        bytes: Range<usize>,
        findings: &mut Findings,
    ) -> Node<'t> {
        let quoted = style != ScalarStyle::Plain;
        if matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) {
            self.quoted.push(bytes.clone());
        }
        if anchored || tagged {
            self.refuse_properties(anchored, tagged, &bytes, findings);
            return Node { loc: self.loc(bytes), kind: Kind::Refused };
        }
        // What an escape stands for is as invisible as what is written raw; only double quotes have escapes.
        let hidden =
            (style == ScalarStyle::DoubleQuoted).then(|| self.hidden_by_escape(&text, &bytes)).flatten();
        let loc = self.loc(bytes);
        if let Some(c) = hidden {
            findings.push(invisible_character::found(loc, c));
        }
        Node { loc, kind: Kind::Scalar(Scalar { text, quoted }) }
    }

    /// An invisible character of a scalar that its raw text does not hold.
    fn hidden_by_escape(&self, text: &str, bytes: &Range<usize>) -> Option<char> {
        let raw = self.text.get(bytes.clone()).unwrap_or_default();
        let is_hidden = |c: &char| kyc_core::is_invisible(*c) && !matches!(c, '\n' | '\t' | '\r');
        text.chars().find(is_hidden).filter(|c| !raw.contains(*c))
    }

    fn items(
        &mut self,
        depth: usize,
        start: usize,
        findings: &mut Findings,
    ) -> Result<(Vec<Node<'t>>, usize), Stop> {
        let mut items = Vec::new();
        let mut end = start;
        loop {
            match self.next()? {
                (Event::SequenceEnd, span) => return Ok((items, self.collection_end(start, end, span))),
                (event, span) => {
                    let item = self.node(event, span, depth + 1, findings)?;
                    end = self.end_of(item.loc, end);
                    items.push(item);
                }
            }
        }
    }

    fn entries(
        &mut self,
        depth: usize,
        start: usize,
        findings: &mut Findings,
    ) -> Result<(Option<Vec<Entry<'t>>>, usize), Stop> {
        let mut entries = Vec::new();
        let mut has_refused_keys = false;
        let mut end = start;
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                // A map that has lost all its keys to refusals is not the empty map that it looks like.
                let is_lost = has_refused_keys && entries.is_empty();
                return Ok(((!is_lost).then_some(entries), self.collection_end(start, end, span)));
            }
            let key = self.node(event, span, depth + 1, findings)?;
            let (event, span) = self.next()?;
            let mut value = self.node(event, span, depth + 1, findings)?;
            if value.is_nothing() {
                // Nothing has no place of its own: the key stands for it.
                value.loc = key.loc;
            }
            end = self.end_of(value.loc, self.end_of(key.loc, end));
            let key_loc = key.loc;
            match key.kind {
                Kind::Scalar(scalar) if scalar.text == "<<" && !scalar.quoted => {
                    has_refused_keys = true;
                    findings.push(merge_key::found(key_loc));
                }
                Kind::Scalar(scalar) => entries.push(Entry { key: scalar.text, key_loc, value }),
                Kind::Refused => has_refused_keys = true,
                Kind::List(_) | Kind::Map(_) => {
                    has_refused_keys = true;
                    findings.push(complex_key::found(key_loc));
                }
            }
        }
    }

    fn refuse_properties(
        &mut self,
        anchored: bool,
        tagged: bool,
        bytes: &Range<usize>,
        findings: &mut Findings,
    ) {
        // The parser's place begins at the value or at its properties, by kind of value: look at both.
        if tagged {
            let place = self.property('!', bytes);
            let loc = self.loc(place);
            findings.push(tag::found(loc));
        }
        if anchored {
            let place = self.property('&', bytes);
            let loc = self.loc(place);
            findings.push(anchor_or_alias::found(loc));
        }
    }

    /// The word that begins with `mark` at or shortly before `bytes`.
    fn property(&self, mark: char, bytes: &Range<usize>) -> Range<usize> {
        let inside = self.text.get(bytes.clone()).filter(|text| text.starts_with(['!', '&']));
        let start = match inside.and_then(|text| text.find(mark)) {
            Some(offset) => bytes.start + offset,
            None => self.text.get(..bytes.start).and_then(|before| before.rfind(mark)).unwrap_or(bytes.start),
        };
        let word = self.text.get(start..).unwrap_or_default();
        let len =
            word.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}')).unwrap_or(word.len());
        start..start + len
    }

    fn check_depth(
        &mut self,
        depth: usize,
        bytes: &Range<usize>,
        findings: &mut Findings,
    ) -> Result<(), Stop> {
        if depth < MAX_DEPTH {
            return Ok(());
        }
        let loc = self.loc(self.char_at(bytes.start));
        findings.push(nesting_too_deep::found(loc));
        Err(Stop::Reported)
    }

    fn is_bracket(&self, start: usize) -> bool {
        self.text.get(start..).is_some_and(|text| text.starts_with(['[', '{']))
    }

    fn open_bracket(&mut self, start: usize) {
        if self.is_bracket(start) {
            self.open.push(start);
        }
    }

    /// A flow collection ends with its bracket; a block collection with its last value.
    fn collection_end(&mut self, start: usize, last: usize, end: Span) -> usize {
        if self.is_bracket(start) {
            self.open.pop();
            // The parser's place of the bracket reaches to the next token.
            self.byte(end.start.index()) + 1
        } else {
            last
        }
    }

    fn end_of(&self, loc: Loc, at_least: usize) -> usize {
        self.sources.span(loc).map_or(at_least, |(_, bytes)| bytes.end.max(at_least))
    }

    /// The first tab of each line that is outside quotes.
    fn tabs(&self) -> Vec<Range<usize>> {
        let mut tabs = Vec::new();
        if !self.text.contains('\t') {
            return tabs;
        }
        let mut offset = 0;
        for line in self.text.split_inclusive('\n') {
            let is_quoted = |at: usize| self.quoted.iter().any(|quoted| quoted.contains(&at));
            let first = line.match_indices('\t').map(|(at, _)| offset + at).find(|at| !is_quoted(*at));
            tabs.extend(first.map(|at| at..at + 1));
            offset += line.len();
            if tabs.len() == MAX_ALIKE {
                break;
            }
        }
        tabs
    }

    fn bytes(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        let end = self.byte(span.end.index()).max(start);
        // The end of a plain scalar can lie behind the white space that follows it.
        let text = self.text.get(start..end).unwrap_or_default();
        start..start + text.trim_end().len()
    }

    fn byte(&self, character: usize) -> usize {
        let within = match character.checked_sub(self.ascii) {
            Some(after) => self.offsets.get(after).or(self.offsets.last()).copied().unwrap_or_default(),
            None => character,
        };
        (self.start + within).min(self.text.len())
    }

    fn char_at(&self, start: usize) -> Range<usize> {
        let len = self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        start..start + len
    }

    fn loc(&mut self, bytes: Range<usize>) -> Loc {
        self.sources.add_span(self.file, bytes)
    }
}

//! How diagnostics look: text as a compiler shows it, and JSON for programs. And the table of parameters.

mod json;
mod parameters;
mod text;

pub use json::{to_json, waived_to_json};
pub use parameters::parameters;
pub use text::{Style, to_text};

use std::ops::Range;

use crate::diagnostic::Place;
use crate::source::{FileId, Position, SourceMap};

/// A place resolved to a file, if it is in one.
struct InFile {
    file: FileId,
    bytes: Range<usize>,
    position: Position,
}

fn in_file(sources: &SourceMap, place: &Place) -> Option<InFile> {
    let (file, bytes) = match place {
        Place::At(loc) => sources.span(*loc)?,
        Place::File(file) => (*file, 0..0),
        Place::Policy(_) | Place::Client(_) | Place::ClientKey(_) => return None,
    };
    let position = sources.position(file, &bytes);
    Some(InFile { file, bytes, position })
}

/// What a place outside every file is called.
fn outside(place: &Place) -> String {
    match place {
        Place::Policy(key) => format!("policy: {key}"),
        Place::Client(field) => format!("client data: {field}"),
        Place::ClientKey(key) => format!("client data: {key}"),
        Place::At(_) | Place::File(_) => String::new(),
    }
}

//! One way to write a policy or a set: the order of keys, spaces, quotes, and what stands on one line. Meaning and comments
//! stay: what was written is read again and compared before anybody gets it.
//!
//! A file that cannot be read, and one with something that policies may not hold (anchors, tags, …), is left alone. Other
//! mistakes are no obstacle, since they are in the values and not in their layout.

mod comments;
mod layout;
mod order;
mod place;
mod scalar;
mod write;

use crate::diagnostic::{Diagnostic, Findings};
use crate::form::Form;
use crate::read::{MAX_BYTES, read_yaml};
use crate::rules::wrong_type;
use crate::source::SourceMap;
use crate::tree::{Kind, Node};

use place::{Place, Quotes};

/// Which kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A policy.
    Policy,
    /// `_set.yaml`.
    Set,
}

/// Why a file is left as it is.
#[derive(Debug)]
#[non_exhaustive]
pub enum Unformatted {
    /// It cannot be read, for these reasons.
    Unreadable(Vec<Diagnostic>),
    /// Formatted, it would be larger than [`MAX_BYTES`], and could not be read any more.
    TooLarge,
    /// What would be written does not read as what was written: mistakes, or a comment where nothing stands, as in `{ # }`.
    Unproven,
}

/// The text of a policy or set in the one way in which they are written. `name` is what diagnostics call the file.
///
/// # Errors
///
/// The file cannot be read; nothing is to be changed then.
pub fn format(
    sources: &mut SourceMap,
    name: &str,
    bytes: &[u8],
    kind: FileKind,
) -> Result<String, Unformatted> {
    let mut formatted = once(sources, name, bytes, kind)?;
    // Of what makes no sense a first layout can have a better one; what is written stays as it is when formatted again.
    for _ in 0..MAX_PASSES {
        let again = once(sources, name, formatted.as_bytes(), kind)?;
        if again == formatted {
            return Ok(formatted);
        }
        formatted = again;
    }
    Err(Unformatted::Unproven)
}

/// How often a layout is tried to be improved.
const MAX_PASSES: usize = 3;

fn once(sources: &mut SourceMap, name: &str, bytes: &[u8], kind: FileKind) -> Result<String, Unformatted> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut findings = Findings::default();
    let (_, tree) = read_yaml(sources, name, bytes, &mut findings);
    let is_readable = !findings.has_errors();
    let (Some(tree), Ok(text), true) = (tree, std::str::from_utf8(bytes), is_readable) else {
        return Err(Unformatted::Unreadable(findings.into_sorted()));
    };
    if !matches!(tree.kind, Kind::Map(_)) {
        findings.push(wrong_type::found(tree.loc, "", "a map of keys to values", tree.describe()));
        return Err(Unformatted::Unreadable(findings.into_sorted()));
    }
    let formatted = write::document(layout::layout(sources, text, &tree), Place::root(kind));
    if formatted.len() > MAX_BYTES {
        return Err(Unformatted::TooLarge);
    }
    if is_same(sources, text, &tree, &formatted, kind) { Ok(formatted) } else { Err(Unformatted::Unproven) }
}

/// Whether the formatted text says what the text says: the same values, and the same comments.
fn is_same(sources: &SourceMap, text: &str, tree: &Node<'_>, formatted: &str, kind: FileKind) -> bool {
    let mut again = SourceMap::default();
    let mut findings = Findings::default();
    let (_, read) = read_yaml(&mut again, "", formatted.as_bytes(), &mut findings);
    let Some(read) = read.filter(|_| !findings.has_errors()) else { return false };
    let sorted = |sources: &SourceMap, text: &str, tree: &Node<'_>| {
        let mut comments: Vec<_> =
            comments::comments(sources, text, tree).iter().map(|comment| comment.text.to_owned()).collect();
        comments.sort_unstable();
        comments
    };
    same_node(tree, &read, Place::root(kind))
        && sorted(sources, text, tree) == sorted(&again, formatted, &read)
}

/// Whether both are read alike. Maps are compared without the order of their keys, and of repeated keys one by one.
fn same_node(a: &Node<'_>, b: &Node<'_>, place: Place) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Scalar(a), Kind::Scalar(b)) => {
            // A text of marks alone, such as `?`, is neither a flag nor a number: quotes change nothing, but in the escape
            // hatch.
            let is_text = !scalar::is_plain(&a.text) && place != Place::Form(Form::Vendor);
            let is_free = is_text || place.quotes() != Quotes::AsWritten;
            a.text == b.text && (a.quoted == b.quoted || is_free)
        }
        (Kind::List(a), Kind::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_node(a, b, place))
        }
        (Kind::Map(a), Kind::Map(b)) => {
            let sorted = |entries: &[crate::tree::Entry<'_>]| {
                let mut order: Vec<usize> = (0..entries.len()).collect();
                order.sort_by_key(|index| entries.get(*index).map(|entry| entry.key.to_string()));
                order
            };
            a.len() == b.len()
                && sorted(a).into_iter().zip(sorted(b)).all(|(one, other)| {
                    let (Some(one), Some(other)) = (a.get(one), b.get(other)) else { return false };
                    one.key == other.key && same_node(&one.value, &other.value, place.of(&one.key))
                })
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = "name: p # the name
countries: [LT, LV]
checks: { aml: true, liveness: \"account\", lid: ?mark }
owner: ?mark
vendor: { switch: true, mark: ?mark }
";

    /// Whether the net lets pass that this is what the policy is written as.
    fn passes(written: &str) -> bool {
        let (mut sources, mut findings) = (SourceMap::default(), Findings::default());
        let (_, tree) = read_yaml(&mut sources, "", POLICY.as_bytes(), &mut findings);
        is_same(&sources, POLICY, &tree.unwrap(), written, FileKind::Policy)
    }

    #[test]
    fn what_says_something_else_is_never_handed_out() {
        for (from, to) in [
            ("", ""),
            // Of everything the order of keys may change, and quotes where they change nothing.
            ("name: p # the name\ncountries: [LT, LV]\n", "countries: [LT, LV]\nname: p # the name\n"),
            ("name: p", "name: \"p\""),
            ("[LT, LV]", "\n  - LT\n  - LV"),
            ("[LT, LV]", "[\"LT\", LV]"),
            ("owner: ?mark", "owner: \"?mark\""),
            ("lid: ?mark", "lid: \"?mark\""),
            (" # the name", "\n# the name"),
        ] {
            assert!(passes(&POLICY.replacen(from, to, 1)), "{from} to {to}");
        }
        for (from, to) in [
            ("name: p", "name: q"),
            ("name: p", "title: p"),
            ("name: p", "name: [p]"),
            ("owner: ?mark\n", ""),
            ("owner: ?mark", "owner: ?mark\nnfc: off"),
            ("[LT, LV]", "[LV, LT]"),
            ("[LT, LV]", "[LT]"),
            ("[LT, LV]", "[LT, LV, EE]"),
            ("aml: true", "aml: \"true\""),
            ("\"account\"", "account"),
            ("switch: true", "switch: \"true\""),
            ("mark: ?mark", "mark: \"?mark\""),
            ("aml: true, ", "aml: true, aml: true, "),
            (" # the name", ""),
            (" # the name", " # another name"),
            ("name: p", "name: p # one more\n"),
            ("[LT, LV]", "[LT, LV"),
            ("[LT, LV]", "[&a LT, LV]"),
        ] {
            assert!(!passes(&POLICY.replacen(from, to, 1)), "{from} to {to}");
        }
    }
}

//! Diagnostics show the line that they are about, and a secret may be on it: what is not known to be public is covered
//! before anything else looks at the text.

use std::ops::Range;

use kyc_policy::tree::{Kind, Node};
use kyc_policy::{SourceMap, read_tree};

use crate::settings::key::{Form, Key};
use crate::settings::table::KEYS;

/// Beneath a secret's key, what says where the secret is.
const PUBLIC: [&str; 3] = ["env", "file", "id"];

/// The text with what may be secret covered, byte by byte. `section` is the key that the text is the value of; the
/// whole file has the section "".
pub(super) fn mask(text: &str, section: &str) -> String {
    let mut sources = SourceMap::default();
    let (tree, _) = read_tree(&mut sources, "", text.as_bytes());
    let mut covered = Vec::new();
    match &tree {
        Some(tree) => cover(tree, section, &sources, &mut covered),
        None => cover_lines(text, &mut covered),
    }
    let mut bytes = text.as_bytes().to_vec();
    for range in covered {
        for byte in bytes.get_mut(range).unwrap_or_default() {
            // Quotes and line breaks carry the notation.
            if !matches!(byte, b'"' | b'\'' | b'\n' | b'\r' | b' ') {
                *byte = b'x';
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// An address with its password covered.
pub(super) fn mask_password(text: &str) -> String {
    let mut covered = text.to_owned();
    if let Some(range) = password(text) {
        let stars = "x".repeat(range.len());
        covered.replace_range(range, &stars);
    }
    covered
}

fn cover(node: &Node<'_>, name: &str, sources: &SourceMap, covered: &mut Vec<Range<usize>>) {
    let is_section = name.is_empty() || KEYS.iter().any(|key| is_under(key, name));
    match (&node.kind, is_section) {
        (Kind::Map(entries), true) => {
            for entry in entries {
                let inner =
                    if name.is_empty() { entry.key.to_string() } else { format!("{name}.{}", entry.key) };
                cover(&entry.value, &inner, sources, covered);
            }
        }
        _ => match find(name) {
            Some(key) if !key.is_secret() => {
                let (Some(scalar), Some((_, span))) = (node.scalar(), sources.span(node.loc)) else { return };
                if matches!(key.form, Form::Database | Form::Url) && password(&scalar.text).is_some() {
                    covered.push(span);
                }
            }
            _ => cover_all(node, sources, covered),
        },
    }
}

fn cover_all(node: &Node<'_>, sources: &SourceMap, covered: &mut Vec<Range<usize>>) {
    match &node.kind {
        Kind::Scalar(_) => covered.extend(sources.span(node.loc).map(|(_, span)| span)),
        Kind::List(items) => items.iter().for_each(|item| cover_all(item, sources, covered)),
        Kind::Map(entries) => {
            for entry in entries.iter().filter(|entry| !PUBLIC.contains(&&*entry.key)) {
                cover_all(&entry.value, sources, covered);
            }
        }
        Kind::Refused => {}
    }
}

/// Of a text that cannot be read as YAML: what follows the name of a secret on its line.
fn cover_lines(text: &str, covered: &mut Vec<Range<usize>>) {
    let secrets = KEYS.iter().filter(|key| key.is_secret()).filter_map(|key| key.name.rsplit('.').next());
    for secret in secrets {
        for (start, _) in text.match_indices(secret) {
            let from = start + secret.len();
            let line = text.get(from..).unwrap_or_default();
            covered.push(from..from + line.find('\n').unwrap_or(line.len()));
        }
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        covered.extend(password(line).map(|range| at + range.start..at + range.end));
        at += line.len();
    }
}

/// Where the password of `scheme://user:password@host` is.
pub(super) fn password(text: &str) -> Option<Range<usize>> {
    let from = text.find("://")? + 3;
    let authority = text.get(from..)?;
    let authority = authority.get(..authority.rfind('@')?)?;
    let colon = authority.find(':')?;
    (colon + 1 < authority.len()).then_some(from + colon + 1..from + authority.len())
}

/// The row of the table for a name with every `*` filled in.
pub(super) fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| {
        let (mut known, mut parts) = (key.name.split('.'), name.split('.'));
        known.by_ref().zip(parts.by_ref()).all(|(known, part)| known == "*" || known == part)
            && key.name.split('.').count() == name.split('.').count()
    })
}

/// Whether `key` lies in the section `name`.
pub(super) fn is_under(key: &Key, name: &str) -> bool {
    let mut known = key.name.split('.');
    name.split('.').all(|part| known.next().is_some_and(|known| known == "*" || known == part))
        && known.next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_secret_is_covered_and_nothing_else() {
        for (text, shown) in [
            ("listen: 1.2.3.4:5\n", "listen: 1.2.3.4:5\n"),
            (
                "accounts: { main: { api_key: s3cret, environment: production } }\n",
                "accounts: { main: { api_key: xxxxxx, environment: production } }\n",
            ),
            ("accounts: { main: { api_kye: 's3 cret' } }\n", "accounts: { main: { api_kye: 'xx xxxx' } }\n"),
            (
                "accounts:\n  main:\n    api_key: { env: NAME, value: s3cret }\n",
                "accounts:\n  main:\n    api_key: { env: NAME, value: xxxxxx }\n",
            ),
            (
                "master_keys: [{ id: a, key: s3cret }, s3cret]\n",
                "master_keys: [{ id: a, key: xxxxxx }, xxxxxx]\n",
            ),
            ("passwords: s3cret\n", "passwords: xxxxxx\n"),
            ("database: sqlite:kyc.db\n", "database: sqlite:kyc.db\n"),
            ("database: postgres://kyc@db/kyc\n", "database: postgres://kyc@db/kyc\n"),
            ("accounts: { main: { api_key: s3cret\n", "accounts: { main: { api_keyx xxxxxx\n"),
        ] {
            assert_eq!(mask(text, ""), shown, "{text}");
        }
        assert!(!mask("database: postgres://kyc:s3@cret@db/kyc\n", "").contains("cret"));
        assert!(!mask("database: [\npostgres://kyc:s3@cret@db/kyc\n", "").contains("cret"));
        assert_eq!(mask_password("postgres://kyc:s3cret@db/kyc"), "postgres://kyc:xxxxxx@db/kyc");
    }
}

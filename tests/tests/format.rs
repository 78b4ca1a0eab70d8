//! The formatter: pairs of files under `format/`, the whole corpus, and policies with comments wherever one can stand.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kyc_policy::{FileKind, MAX_BYTES, SourceMap, Unformatted, format};
use kyc_tests::generate::{self, Format};
use kyc_tests::{corpus, entries, file_name, fuzz, is_updating};
use proptest::prelude::*;

const BEFORE: &str = ".before.yaml";
const AFTER: &str = ".after.yaml";

fn formatted(bytes: &[u8], kind: FileKind) -> String {
    format(&mut SourceMap::default(), "p.yaml", bytes, kind).unwrap_or_else(|why| panic!("{why:?}"))
}

fn kind_of(path: &Path) -> FileKind {
    let name = file_name(path);
    if name.starts_with("_set") || name.contains("set.") { FileKind::Set } else { FileKind::Policy }
}

fn root(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

/// Every `*.yaml` below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let below =
        entries(folder).into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    below.filter(|path| path.extension().is_some_and(|extension| extension == "yaml")).collect()
}

#[test]
fn files_are_formatted_as_beside_them() {
    let mut names = BTreeSet::new();
    let mut mistakes = Vec::new();
    for before in entries(&root("format")) {
        let file = file_name(&before);
        if let Some(name) = file.strip_suffix(AFTER) {
            assert!(root("format").join(format!("{name}{BEFORE}")).exists(), "{file} has no file before it");
            continue;
        }
        let name =
            file.strip_suffix(BEFORE).unwrap_or_else(|| panic!("{file}: no file of a case is named so"));
        names.insert(name.to_owned());
        let bytes = fs::read(&before).unwrap();
        let now = formatted(&bytes, kind_of(&before));
        let after = root("format").join(format!("{name}{AFTER}"));
        if is_updating() {
            fs::write(&after, &now).unwrap();
        }
        let known = fs::read_to_string(&after).unwrap_or_default();
        if known != now {
            mistakes.push(format!("{name}: expected\n{known}\nbut it is\n{now}"));
        }
        fuzz::format(&bytes);
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    assert!(names.len() >= 15, "{}", names.len());
}

#[test]
fn a_file_may_be_as_large_as_can_be_read_and_no_larger() {
    let of = |len: usize| {
        let policy = "name: p\n";
        format!("{policy}# {}", "x".repeat(len - policy.len() - 2))
    };
    let formatted =
        |text: &str| format(&mut SourceMap::default(), "p.yaml", text.as_bytes(), FileKind::Policy);
    // The last line has no end yet, and gets one.
    assert_eq!(formatted(&of(MAX_BYTES - 1)).unwrap().len(), MAX_BYTES);
    assert!(matches!(formatted(&of(MAX_BYTES)), Err(Unformatted::TooLarge)));
}

/// A comment that the text holds for certain: one on a line of its own, outside the texts of several lines.
fn own_lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.trim_start_matches('\u{feff}').trim());
    let mut comments: Vec<_> = lines.filter(|line| line.starts_with('#')).map(str::to_owned).collect();
    comments.sort_unstable();
    comments
}

/// Of every file that can be read, the meaning, the broken rules and the comments stay; of none is anything else lost.
#[test]
fn the_corpus_means_the_same_when_formatted() {
    let (mut changed, mut refused) = (0, 0);
    let folders =
        [corpus("valid"), corpus("invalid"), corpus("many"), root("ui/policies"), root("../policies")];
    for path in folders.iter().flat_map(|folder| files(folder)) {
        let bytes = fs::read(&path).unwrap();
        fuzz::format(&bytes);
        let kind = kind_of(&path);
        match format(&mut SourceMap::default(), "p.yaml", &bytes, kind) {
            Ok(text) => {
                changed += usize::from(text.as_bytes() != bytes);
                let before = own_lines(std::str::from_utf8(&bytes).unwrap());
                let after = own_lines(&text);
                assert!(before.iter().all(|comment| after.contains(comment)), "{}", path.display());
                assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{}", path.display());
                assert!(!text.contains(['\r', '\u{feff}']) && !text.contains("\n\n\n"), "{}", path.display());
                assert!(text.lines().all(|line| line.trim_end() == line), "{}", path.display());
            }
            Err(_) => refused += 1,
        }
    }
    assert!(changed > 50 && refused > 30, "{changed} {refused}");
}

#[test]
fn the_shipped_policies_are_formatted() {
    for path in
        entries(&root("../policies")).into_iter().filter(|path| path.extension().is_some_and(|e| e == "yaml"))
    {
        let text = fs::read_to_string(&path).unwrap();
        assert!(formatted(text.as_bytes(), kind_of(&path)) == text, "run `kyc fmt`: {}", path.display());
    }
}

const PLAIN: Format =
    Format { flow: false, quotes: None, comments: false, crlf: false, mark: false, reversed: false };

/// The text with numbered comments at the chosen places: behind a line, or on a line of its own so many spaces in.
fn commented(text: &str, places: &[(prop::sample::Index, u8)]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (index, (place, kind)) in places.iter().enumerate() {
        let at = place.index(lines.len());
        let line = lines.get_mut(at).unwrap();
        let is_content = !line.trim().is_empty() && !line.contains('#');
        match kind {
            0..=4 if is_content => *line = format!("{line}   {}", comment(index)),
            5 => lines.insert(at, String::new()),
            indent => lines.insert(at, " ".repeat(usize::from(*indent)) + &comment(index)),
        }
    }
    lines.join("\n") + "\n"
}

fn comment(index: usize) -> String {
    format!("# c{index}.")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_policy_means_the_same_when_formatted(value in generate::policy(), form in generate::format()) {
        let text = generate::write(&value, form);
        fuzz::format(text.as_bytes());
        let once = formatted(text.as_bytes(), FileKind::Policy);
        prop_assert_eq!(once.matches("# why").count(), text.matches("# why").count());
    }

    /// Whatever the form was, one meaning is one text, but for quotes and the order of tables of the author's choice.
    #[test]
    fn one_meaning_is_one_text(value in generate::policy(), form in generate::format()) {
        let form = Format { comments: false, reversed: false, ..form };
        let other = Format { quotes: form.quotes, ..PLAIN };
        let [form, other] = [form, other].map(|form| generate::write(&value, form));
        let [form, other] = [&form, &other].map(|text| formatted(text.as_bytes(), FileKind::Policy));
        prop_assert_eq!(form, other);
    }

    #[test]
    fn no_comment_is_lost_wherever_it_stands(
        value in generate::policy(),
        reversed in any::<bool>(),
        places in prop::collection::vec((any::<prop::sample::Index>(), 0..14_u8), 0..12),
    ) {
        let text = commented(&generate::write(&value, Format { reversed, ..PLAIN }), &places);
        fuzz::format(text.as_bytes());
        let once = formatted(text.as_bytes(), FileKind::Policy);
        for index in 0..places.len() {
            let comment = comment(index);
            prop_assert_eq!(once.matches(&comment).count(), text.matches(&comment).count(), "{}\n{}", text, once);
        }
    }
}

//! What `kyc diff` says of listed edits of the shipped policies: the kinds of change, and every word of it.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kyc_policy::{Policy, PolicySet, SourceMap, check_policy, check_set};
use kyc_review::{Diff, Side, Trigger, diff, diff_html, diff_markdown, diff_text};
use kyc_tests::pages::{kept, without_style};
use serde::Deserialize;

/// One edit of the shipped policies.
#[derive(Deserialize)]
struct Edit {
    /// What the edit is called, and its page.
    name: String,
    /// The file that is edited, without `.yaml`.
    file: String,
    /// What the file says, and what it said before for the older side.
    base: Option<[String; 2]>,
    from: String,
    to: String,
    /// A second edit of the same file.
    and: Option<[String; 2]>,
    /// Everything that the change is.
    is: Vec<String>,
}

type Texts = BTreeMap<String, String>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("diff")
}

fn shipped() -> Texts {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies");
    let paths = fs::read_dir(policies).unwrap().map(|entry| entry.unwrap().path());
    let yaml = paths.filter(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    yaml.map(|path| {
        (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap())
    })
    .collect()
}

/// A folder of policies, checked.
struct Checked {
    set: PolicySet,
    policies: BTreeMap<String, Option<Policy>>,
}

impl Checked {
    fn new(texts: &Texts) -> Self {
        let mut sources = SourceMap::default();
        let set = texts.get("_set").map_or("", String::as_str);
        let (set, found) = check_set(&mut sources, "_set.yaml", set.as_bytes());
        assert!(found.is_empty(), "{found:?}");
        let policies = texts.iter().filter(|(name, _)| *name != "_set").map(|(name, text)| {
            let checked = check_policy(&mut sources, name, Some(name), text.as_bytes(), &set);
            (name.clone(), checked.value)
        });
        let policies = policies.collect();
        Self { set, policies }
    }

    fn side(&self) -> Side<'_> {
        let policies = self.policies.iter().map(|(name, policy)| (name.as_str(), policy.as_ref()));
        Side { set: &self.set, policies: policies.collect() }
    }
}

fn replace(texts: &mut Texts, file: &str, from: &str, to: &str) {
    let text = texts.get_mut(file).unwrap_or_else(|| panic!("no {file}"));
    assert!(text.contains(from), "`{from}` is not in {file}");
    *text = text.replacen(from, to, 1);
}

fn difference(edit: &Edit) -> Diff {
    let (mut old, mut new) = (shipped(), shipped());
    if let Some([from, to]) = &edit.base {
        replace(&mut old, &edit.file, from, to);
    }
    replace(&mut new, &edit.file, &edit.from, &edit.to);
    if let Some([from, to]) = &edit.and {
        replace(&mut new, &edit.file, from, to);
    }
    let (old, new) = (Checked::new(&old), Checked::new(&new));
    assert!(new.policies.values().all(Option::is_some), "{}: the edit is a mistake", edit.name);
    diff(&old.side(), &new.side())
}

/// Compares with the page that is kept.
fn is_kept(page: &str, text: &str) {
    kept(&folder().join(page), text).unwrap_or_else(|why| panic!("{why}"));
}

fn edits() -> Vec<Edit> {
    serde_json::from_str(&fs::read_to_string(folder().join("edits.json")).unwrap()).unwrap()
}

#[test]
fn each_edit_is_of_its_kinds_and_its_page_is_kept() {
    let edits = edits();
    for edit in &edits {
        let difference = difference(edit);
        let is: Vec<_> = difference.triggers().into_iter().map(Trigger::as_str).collect();
        assert_eq!(is, edit.is, "{}", edit.name);
        is_kept(&format!("{}.txt", edit.name), &(diff_text(&difference, 100) + "\n"));
    }
    let pages = fs::read_dir(folder()).unwrap().filter(|entry| {
        entry.as_ref().unwrap().path().extension().is_some_and(|extension| extension == "txt")
    });
    assert_eq!(pages.count(), edits.len(), "a page of an edit that is gone");
}

#[test]
fn all_edits_at_once_read_well_in_a_pull_request_and_for_programs() {
    let (old, mut new) = (shipped(), shipped());
    for edit in edits().iter().filter(|edit| edit.base.is_none() && edit.file != "_set") {
        if new.get(&edit.file).is_some_and(|text| text.contains(&edit.from)) {
            replace(&mut new, &edit.file, &edit.from, &edit.to);
        }
    }
    let renamed = new.remove("age-21-sale").unwrap().replace("name: age-21-sale", "name: sale");
    new.insert("sale".to_owned(), renamed);
    let other = new.get("document-recheck").unwrap().replace("name: document-recheck", "name: other");
    new.insert("other".to_owned(), other.replace("min: 18", "min: 20"));
    new.insert("broken".to_owned(), "name: broken\n".to_owned());
    new.remove("driver-rental");
    let (old, new) = (Checked::new(&old), Checked::new(&new));
    let difference = diff(&old.side(), &new.side());
    is_kept("all.md", &diff_markdown(&difference));
    is_kept("all.html", &without_style(&diff_html(&difference).unwrap()));
    is_kept("all.json", &(serde_json::to_string_pretty(&difference).unwrap() + "\n"));
}

#[test]
fn what_a_policy_says_is_never_markup() {
    let mut new = shipped();
    let hostile = "\"a | b</td> [x](javascript:alert) @owner `c` #1 https://evil.example\"";
    replace(&mut new, "eu-onboarding", "Retail accounts in the EEA.", hostile);
    let (old, new) = (Checked::new(&shipped()), Checked::new(&new));
    let page = diff_markdown(&diff(&old.side(), &new.side()));
    for markup in ["</td>", "[x](", "@owner", "`c`", "#1 ", "https://evil", " b<"] {
        assert!(!page.contains(markup), "{markup} in {page}");
    }
    let page = diff_html(&diff(&old.side(), &new.side())).unwrap();
    assert!(page.contains("a | b&#60;/td&#62;") && !page.contains("b</td>"), "{page}");
}

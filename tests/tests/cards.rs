//! Policies in plain words: every shipped policy, and one whose author means harm, read as the page that stands in
//! `cards/`. `UPDATE_CORPUS=1` writes the pages.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;

use jiff::civil::date;
use kyc::Folder;
use kyc::policy::Style;
use kyc_review::render::{TextOptions, register_csv, register_html, to_html, to_json, to_markdown, to_text};
use kyc_review::words::Groups;
use kyc_review::{Card, Context, Register};
use kyc_tests::pages::{cut, kept, without_style};
use serde_json::Value;

fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cards")
}

/// The cards of a folder, on a day on which one review date has passed.
fn cards(folder: &str) -> Vec<Card> {
    let folder = Folder::read(&here().join(folder)).unwrap();
    assert!(!folder.has_errors());
    let context = Context {
        groups: Groups::of_set(folder.set()),
        denied: folder.set().denied(),
        today: Some(date(2026, 11, 23)),
        ..Context::default()
    };
    folder.files().iter().map(|file| Card::new(file.policy.as_ref().unwrap(), &context)).collect()
}

fn all() -> Vec<Card> {
    let mut all = cards("../../policies");
    all.extend(cards("hostile"));
    all
}

fn options(width: usize) -> TextOptions {
    TextOptions { width, keys: false, style: Style::Plain }
}

/// Compares a page with the one that stands in `cards/`.
fn compare(name: &str, page: &str, mistakes: &mut Vec<String>) {
    mistakes.extend(kept(&here().join(name), page).err());
}

#[test]
fn pages_are_as_they_stand_there() {
    let mut mistakes = Vec::new();
    for card in all() {
        compare(&format!("{}.txt", card.name), &format!("{}\n", to_text(&card, options(100))), &mut mistakes);
        compare(&format!("{}.md", card.name), &to_markdown(&card), &mut mistakes);
        compare(&format!("{}.html", card.name), &without_map(&to_html(&card).unwrap()), &mut mistakes);
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

#[test]
fn registers_are_as_they_stand_there() {
    let folders = ["../../policies", "hostile"].map(|folder| Folder::read(&here().join(folder)).unwrap());
    let files = folders.iter().flat_map(Folder::files);
    let policies = files.map(|file| (file.name.as_str(), file.policy.as_ref())).chain([("broken", None)]);
    let register = Register::new(policies, date(2026, 11, 23), None);
    assert_eq!((register.overdue(), register.mistaken()), (1, 1));
    let csv = String::from_utf8(register_csv(&register).unwrap()).unwrap();
    assert_eq!(csv.matches("\r\n").count(), csv.matches('\n').count(), "lines end as RFC 4180 says");
    let mut mistakes = Vec::new();
    compare("register.csv", &csv, &mut mistakes);
    compare("register.html", &without_style(&register_html(&register).unwrap()), &mut mistakes);
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

/// The page without its style and its 250 tiles, of which tests of their own tell.
fn without_map(html: &str) -> String {
    cut(&without_style(html), "<section id=\"countries\"", "</section>")
}

#[test]
fn no_line_is_wider_than_asked() {
    for card in all() {
        for width in [40, 59, 60, 80, 100, 500] {
            let text = to_text(&card, options(width));
            for line in text.lines() {
                // What cannot be broken, such as an address, is left whole.
                let is_whole = line.split_whitespace().count() <= 2;
                let widest = width.min(100);
                assert!(line.chars().count() <= widest || is_whole, "{} at {width}: {line}", card.name);
                assert!(!line.ends_with(' '), "{} at {width}: {line}", card.name);
            }
        }
    }
}

#[test]
fn colours_and_keys_change_no_word() {
    for card in all() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let plain = to_text(&card, options(100));
        let coloured = to_text(&card, TextOptions { style: Style::Coloured, ..options(100) });
        let bare = ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m"]
            .iter()
            .fold(coloured, |text, code| text.replace(code, ""));
        assert_eq!(words(&plain), words(&bare));
        let keyed = to_text(&card, TextOptions { keys: true, ..options(500) });
        assert!(keyed.contains("[age]") && !plain.contains("[age]"));
    }
}

#[test]
fn markdown_shows_what_authors_wrote_and_obeys_none_of_it() {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    for card in all() {
        let page = to_markdown(&card);
        let mut shown = String::new();
        for event in Parser::new_ext(&page, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            let is_obeyed = matches!(
                event,
                Event::Html(_)
                    | Event::InlineMath(_)
                    | Event::DisplayMath(_)
                    | Event::FootnoteReference(_)
                    | Event::Start(
                        Tag::Link { .. } | Tag::Image { .. } | Tag::BlockQuote(_) | Tag::CodeBlock(_)
                    )
            );
            assert!(!is_obeyed, "{}: {event:?}", card.name);
            match event {
                Event::Text(text) | Event::Code(text) => shown.push_str(&text),
                Event::InlineHtml(html) => {
                    assert!(["<sub>", "</sub>", "<!-- -->"].contains(&&*html), "{}: {html}", card.name);
                }
                _ => {}
            }
        }
        let said = card.description.iter().chain(&card.summary);
        for text in said {
            assert!(shown.contains(text), "{}: {text} is not in {shown}", card.name);
        }
        for mark in ["@everyone", "https://", "www."] {
            assert!(!page.contains(mark), "{}: `{mark}` would notify or become a link", card.name);
        }
    }
}

/// Every text of a JSON value.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| texts(field, found)),
        _ => {}
    }
}

#[test]
fn cards_hold_one_line_texts_and_every_country() {
    for card in all() {
        let json = to_json(&card);
        let mut found = Vec::new();
        texts(&json, &mut found);
        for text in found {
            assert!(!text.chars().any(kyc::core::is_invisible), "{}: {text}", card.name);
        }
        assert_eq!(json["countries"].as_array().unwrap().len(), kyc::core::Country::COUNT);
        let accepted = card.countries.iter().filter(|place| !place.documents.is_empty()).count();
        let policy_says = json["parts"][0]["blocks"][0]["facts"][0]["text"].as_str().unwrap().to_owned();
        let is_told = policy_says.starts_with(&format!("{accepted} countries")) || accepted <= 4;
        assert!(is_told, "{}: {accepted} in {policy_says}", card.name);
    }
}

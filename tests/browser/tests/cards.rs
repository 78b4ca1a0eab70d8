//! The pages of `kyc show` and `kyc register`, as a browser shows them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use jiff::civil::date;
use kyc::Folder;
use kyc_browser_tests::{Page, Screen};
use kyc_review::render::{register_html, to_html};
use kyc_review::words::Groups;
use kyc_review::{Card, Context, Register, Revision};
use serde_json::{Value, json};

/// What is wrong with a page as it is laid out.
const CHECKS: &str = include_str!("page.js");

const DESKTOP: Screen = Screen { width: 1280, is_dark: false };

/// Each shipped policy, and one whose author means harm, with everything that a page can say.
fn cards() -> Vec<Card> {
    let mut cards = Vec::new();
    for folder in folders() {
        let context = Context {
            groups: Groups::of_set(folder.set()),
            denied: folder.set().denied(),
            today: Some(date(2026, 11, 23)),
            expand: true,
            revision: Some(Revision { name: "main".to_owned(), commit: "0123456789abcdef0123".to_owned() }),
        };
        cards.extend(folder.files().iter().map(|file| Card::new(file.policy.as_ref().unwrap(), &context)));
    }
    cards
}

fn folders() -> [Folder; 2] {
    ["../../policies", "../cards/hostile"].map(|folder| {
        let folder = Folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
        assert!(!folder.has_errors());
        folder
    })
}

/// The register of all of them, and of one file with mistakes.
fn register() -> String {
    let folders = folders();
    let files = folders.iter().flat_map(Folder::files);
    let policies = files.map(|file| (file.name.as_str(), file.policy.as_ref())).chain([("broken", None)]);
    register_html(&Register::new(policies, date(2026, 11, 23), None)).unwrap()
}

/// Each page by its name.
fn pages() -> Vec<(String, String)> {
    let cards = cards().into_iter().map(|card| (card.name.clone(), to_html(&card).unwrap()));
    cards.chain([("the register".to_owned(), register())]).collect()
}

fn card(name: &str) -> String {
    to_html(cards().iter().find(|card| card.name == name).unwrap()).unwrap()
}

#[test]
fn every_page_is_laid_out_well_on_every_screen() {
    let mut page = Page::open();
    let mut wrong = Vec::new();
    for (name, html) in pages() {
        for (width, is_dark) in [(320, false), (360, true), (768, false), (1280, true), (1600, false)] {
            let screen = Screen { width, is_dark };
            page.show(&html, screen);
            // What is folded away must be as good as the rest.
            page.evaluate("document.querySelectorAll('details').forEach((details) => details.open = true)");
            let found = page.evaluate(CHECKS);
            let found = found.as_array().unwrap().iter().map(|found| found.as_str().unwrap().to_owned());
            wrong.extend(found.chain(page.complaints()).map(|found| format!("{name} {screen:?}: {found}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_checks_find_what_is_wrong() {
    let mut page = Page::open();
    let sound = card("eu-onboarding");
    for (from, to, found) in [
        ("<main", "<p style='width:2000px'>x</p><main", "wide on a screen"),
        ("<h2 id=\"summary-h\"", "<h4>x</h4><h2 id=\"summary-h\"", "a level is skipped"),
        (
            "<a class=\"skip\" href=\"#main\">",
            "<a class=\"skip\" href=\"https://evil.example\">",
            "leads nowhere",
        ),
        ("<caption>", "<p>", "no caption"),
        ("<main", "<script>1</script><main", "there is a <script"),
        ("<main", "<b id='main'>x</b><main", "two elements have the id main"),
        ("--muted: #4d5b68", "--muted: #aab3bb", "contrast"),
    ] {
        assert!(sound.contains(from), "{from}");
        // The page's own policy forbids a style that it does not know, so the broken page goes without one.
        let broken = sound.replacen(from, to, 1).replace("Content-Security-Policy", "x-none");
        page.show(&broken, DESKTOP);
        let wrong = page.evaluate(CHECKS).to_string();
        assert!(wrong.contains(found), "`{found}` is not in {wrong}");
    }
}

#[test]
fn the_page_forbids_itself_everything_from_elsewhere() {
    let mut page = Page::open();
    let sound = card("eu-onboarding");
    page.show(&sound, DESKTOP);
    assert_eq!(page.complaints(), Vec::<String>::new());
    for injected in [
        "<img src='https://evil.example/x.png'>",
        "<script>document.title = 'run'</script>",
        "<p style='color:red'>x</p>",
        "<link rel=stylesheet href='https://evil.example/x.css'>",
        "<iframe src='https://evil.example/'></iframe>",
    ] {
        page.show(&sound.replacen("<main", &format!("{injected}<main"), 1), DESKTOP);
        let told = page.complaints().join("\n");
        assert!(told.contains("Content Security Policy"), "{injected}: {told}");
        assert_ne!(page.evaluate("document.title"), "run");
    }
}

#[test]
fn assistive_technology_finds_landmarks_tables_and_countries() {
    let mut page = Page::open();
    page.show(&card("crypto-high-risk"), DESKTOP);
    let nodes = page.accessible();
    let count = |role: &str| nodes.iter().filter(|(of, _)| of == role).count();
    let has = |role: &str, name: &str| nodes.iter().any(|(of, named)| of == role && named == name);
    assert_eq!([count("banner"), count("main"), count("contentinfo"), count("navigation")], [1, 1, 1, 1]);
    assert!(has("navigation", "Parts of the policy"));
    assert!(has("heading", "crypto-high-risk"));
    for name in ["In short", "Who passes", "Countries on the map", "Who is refused", "Who answers for it"] {
        assert!(has("region", name), "{name}");
    }
    for name in ["Documents by issuing country", "Checks that are asked for", "Compared with the document"] {
        assert!(has("table", name), "{name}: {nodes:?}");
    }
    assert!(count("columnheader") == 6 && count("rowheader") > 20);
    let says = |text: &str| nodes.iter().any(|(_, name)| name == text);
    assert!(says("Lithuania: accepted: passports, identity cards and residence permits"));
    assert!(says("United Kingdom: accepted, with documents of its own: passports"));
    assert!(says("North Korea: denied by the folder to every policy"));
    assert!(says("Belarus: not accepted"));
    let tiles = page.evaluate("document.querySelectorAll('.tiles li').length");
    assert_eq!(tiles, kyc::core::Country::COUNT);
}

#[test]
fn a_register_is_a_table_on_every_screen() {
    let mut page = Page::open();
    for width in [360, 1600] {
        page.show(&register(), Screen { width, is_dark: false });
        let nodes = page.accessible();
        let count = |role: &str| nodes.iter().filter(|(of, _)| of == role).count();
        assert_eq!(
            [count("table"), count("rowheader"), count("main"), count("banner")],
            [1, 9, 1, 1],
            "{width}"
        );
        assert_eq!(count("columnheader"), 8, "{width}");
        assert_eq!(count("row"), 10, "{width}");
        let has = |name: &str| nodes.iter().any(|(_, of)| of.contains(name));
        assert!(
            has("2020-01-31: overdue") && has("The file has mistakes") && has("=cmd|' /C calc'!A0"),
            "{nodes:?}"
        );
    }
}

/// What has the focus: its text, whether it is in view, and whether its focus can be seen.
const FOCUSED: &str = "(() => {
    const at = document.activeElement;
    const { top, bottom, left, right } = at.getBoundingClientRect();
    const style = getComputedStyle(at);
    return at === document.body ? null : {
        text: at.textContent.trim(),
        inView: bottom > 0 && top < innerHeight && left >= 0 && right <= innerWidth,
        isMarked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    };
})()";

#[test]
fn everything_is_reached_by_keyboard_in_order() {
    let mut page = Page::open();
    for width in [360, 1280] {
        page.show(&card("crypto-high-risk"), Screen { width, is_dark: false });
        let expected =
            "[...document.querySelectorAll('a[href], summary')].map((element) => element.textContent.trim())";
        let expected: Vec<Value> = page.evaluate(expected).as_array().unwrap().clone();
        assert!(expected.len() > 15 && expected[0] == "Skip to the content");
        for (step, text) in expected.iter().enumerate() {
            page.press("Tab");
            let focused = page.evaluate(FOCUSED);
            let sound = json!({ "text": text, "inView": true, "isMarked": true });
            assert_eq!(focused, sound, "at {width}, step {step}");
        }
    }
    page.show(&card("crypto-high-risk"), DESKTOP);
    page.press("Tab");
    page.press("Enter");
    assert_eq!(page.evaluate("document.activeElement.id"), "main", "the skip link skips");
}

#[test]
fn what_an_author_wrote_is_shown_and_does_nothing() {
    let mut page = Page::open();
    let card = cards().into_iter().find(|card| card.name == "hostile").unwrap();
    page.show(&to_html(&card).unwrap(), DESKTOP);
    assert_eq!(page.complaints(), Vec::<String>::new());
    let lead = page.evaluate("document.querySelector('.lead').textContent");
    assert_eq!(lead.as_str(), card.description.as_deref());
    let text = page.evaluate("document.body.innerText");
    for said in
        ["<img src=x onerror=alert(1)>", "</td></tr><tr><td>", "<svg/onload=alert(1)>", "</style><style>"]
    {
        assert!(text.as_str().unwrap().contains(said), "{said}");
    }
    assert_eq!(page.evaluate("document.title"), "hostile: an identity-verification policy in plain words");
}

#[test]
fn on_paper_there_is_the_policy_and_nothing_to_click() {
    let mut page = Page::open();
    page.show(&card("eu-onboarding"), DESKTOP);
    page.set_screen(Screen { width: 720, is_dark: false }, "print");
    assert_eq!(page.evaluate("getComputedStyle(document.querySelector('nav')).display"), "none");
    assert_eq!(page.evaluate("document.documentElement.scrollWidth <= 720"), true);
}

//! The page of `kyc diff --format html`, as a browser shows it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use kyc::Folder;
use kyc_browser_tests::{Page, Screen};
use kyc_review::{Side, diff, diff_html};

/// What is wrong with a page as it is laid out.
const CHECKS: &str = include_str!("page.js");

fn folder(name: &str) -> Folder {
    Folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// A comparison of every two shipped policies that follow one another, as if each had become the next, with those of an
/// author who means harm as new ones.
fn page() -> String {
    let (shipped, hostile) = (folder("../../policies"), folder("../cards/hostile"));
    let names: Vec<_> = shipped.files().iter().map(|file| file.name.as_str()).collect();
    let policies: Vec<_> = shipped.files().iter().map(|file| file.policy.as_ref()).collect();
    let old =
        Side { set: shipped.set(), policies: names.iter().copied().zip(policies.iter().copied()).collect() };
    let next = policies.iter().copied().cycle().skip(1);
    let mut new = Side { set: hostile.set(), policies: names.iter().copied().zip(next).collect() };
    new.policies.extend(hostile.files().iter().map(|file| (file.name.as_str(), file.policy.as_ref())));
    new.policies.insert("broken", None);
    diff_html(&diff(&old, &new)).unwrap()
}

#[test]
fn the_page_is_laid_out_well_on_every_screen() {
    let (html, mut page) = (page(), Page::open());
    for (width, is_dark) in [(320, false), (360, true), (768, false), (1280, true), (1600, false)] {
        page.show(&html, Screen { width, is_dark });
        assert_eq!(page.evaluate(CHECKS).as_array().unwrap().len(), 0, "{width}: {}", page.evaluate(CHECKS));
        assert_eq!(page.complaints(), Vec::<String>::new(), "{width}");
    }
}

#[test]
fn assistive_technology_finds_every_policy_and_every_class() {
    let mut page_ = Page::open();
    page_.show(&page(), Screen { width: 1280, is_dark: false });
    let nodes = page_.accessible();
    let count = |role: &str| nodes.iter().filter(|(of, _)| of == role).count();
    let has = |role: &str, name: &str| nodes.iter().any(|(of, named)| of == role && named == name);
    assert_eq!([count("banner"), count("main"), count("contentinfo"), count("navigation")], [1, 1, 1, 1]);
    assert!(has("navigation", "Policies that change"));
    for name in ["eu-onboarding", "crypto-high-risk", "broken"] {
        assert!(has("region", name) && has("link", name), "{name}");
    }
    for heading in ["matrix changed", "age looser", "manual_review looser"] {
        assert!(has("heading", heading), "{heading} in {nodes:?}");
    }
}

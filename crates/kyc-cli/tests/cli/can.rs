use serde_json::json;

use crate::support::{BROKEN, Policies, SHOP, keys};

fn can(args: &[&str]) -> crate::support::Run {
    let folder = Policies::new(&[("shop.yaml", SHOP)]);
    folder.kyc(["can", "shop", "--on", "2026-11-24"].iter().chain(args)).ends_with(0)
}

const FINE: [&str; 6] = ["--country", "LT", "--document", "PASSPORT", "--age", "18"];

#[test]
fn a_person_within_the_policy_passes() {
    assert_eq!(can(&FINE).out, "accept: the person passes\n");
}

#[test]
fn each_reason_has_the_place_in_the_policy_that_demands_it() {
    let run = can(&["--country", "LT", "--document", "ID_CARD", "--age", "17", "--tag", "DUPLICATE_FACE"]);
    let out = run.out.as_str();
    assert!(out.starts_with("review: a person looks at the result\n"), "{out}");
    for (reason, place) in [
        (
            "review  document-outside  `ID_CARD` is not accepted from this country\n",
            "shop.yaml:4:12 `documents`\n",
        ),
        ("review  too-young         younger than 18\n", "shop.yaml:5:13 `age.min`\n"),
        (
            "review  tagged            the vendor put the tag `DUPLICATE_FACE` on it\n",
            "`verdict.default`, which is not stated",
        ),
    ] {
        let (_, after) = out.split_once(reason).unwrap_or_else(|| panic!("{reason} is not in {out}"));
        assert!(after.lines().next().unwrap().contains(place.trim_end()), "{place} is not in {after}");
    }
}

#[test]
fn what_is_not_known_is_looked_at() {
    let run = can(&[]);
    for reason in ["country-unknown", "document-unknown", "age-unknown"] {
        assert!(run.out.contains(reason), "{run:?}");
    }
    assert!(can(&[&FINE[..], &["--expires", "unknown"]].concat()).out.contains("expiry-unknown"));
    assert!(can(&[&FINE[..], &["--expires", "never"]].concat()).out.contains("expiry-none"));
    assert!(can(&[&FINE[..], &["--expires", "2026-11-23"]].concat()).out.contains("document-expired"));
    assert!(can(&[&FINE[..], &["--expires", "2026-11-24"]].concat()).out.starts_with("accept"));
    assert!(can(&[&FINE[..], &["--aml", "pep"]].concat()).out.contains("list-hit"));
    assert!(
        can(&[&FINE[..], &["--status", "EXPIRED"]].concat()).out.starts_with("expired: nobody was verified")
    );
    assert!(can(&[&FINE[..], &["--face-result", "FACE_MISMATCH"]].concat()).out.contains("vendor-override"));
}

#[test]
fn a_required_check_without_a_trace_is_told() {
    let strict = format!("{SHOP}checks: {{ liveness: true }}\n");
    let folder = Policies::new(&[("shop.yaml", &strict)]);
    let ask = |more: &[&str]| folder.kyc([&["can", "shop"], &FINE[..], more].concat()).ends_with(0);
    assert!(ask(&[]).out.starts_with("accept"));
    assert!(ask(&["--untraced", "checks.liveness"]).out.contains("shop.yaml:7:21 `checks.liveness`"));
    assert!(ask(&["--untraced", "checks.aml"]).out.starts_with("accept"), "it is not required");
}

#[test]
fn json_has_a_stable_shape() {
    let json = can(&["--country", "PL", "--document", "PASSPORT", "--age", "30", "--format", "json"]).json();
    assert_eq!(keys(&json), ["outcome", "policy", "reasons"]);
    assert_eq!(json["outcome"], "review");
    assert_eq!(keys(&json["reasons"][0]), ["column", "file", "key", "line", "message", "outcome", "rule"]);
    assert_eq!(json["reasons"][0]["rule"], "country-outside");
    assert_eq!(json["reasons"][0]["line"], json!(3));
    assert_eq!(json["reasons"][0]["key"], "countries");
}

#[test]
fn a_country_that_the_set_denies_is_outside() {
    let any = "name: shop\ncountries: any\ndocuments: any\n";
    let folder = Policies::new(&[("shop.yaml", any), ("_set.yaml", "deny: [KP]\n")]);
    let run = folder.kyc(["can", "shop", "--country", "KP", "--document", "PASSPORT"]).ends_with(0);
    assert!(run.out.contains("country-denied") && run.out.contains("under every policy"), "{run:?}");
}

#[test]
fn wrong_words_get_the_nearest_and_wrong_policies_are_refused() {
    let folder = Policies::new(&[("shop.yaml", SHOP)]);
    for (args, told) in [
        (["--document", "PASPORT"], "did you mean `PASSPORT`?"),
        (["--aml", "sanction"], "did you mean `sanctions`?"),
        (["--untraced", "checks.livenes"], "did you mean `checks.liveness`?"),
        (["--country", "UK"], "not an ISO 3166-1 alpha-2 country code"),
        (["--expires", "2026-02-30"], "no such day in the calendar"),
        (["--age", "151"], "151"),
    ] {
        folder.kyc(["can", "shop"].iter().chain(&args)).ends_with(2).prints_nothing().tells(told);
    }
    folder.kyc(["can", "shp"]).ends_with(1).prints_nothing().tells("did you mean `shop`?");
    Policies::new(&[("shop.yaml", SHOP), ("broken.yaml", BROKEN)])
        .kyc(["can", "shop"])
        .ends_with(1)
        .prints_nothing();
}

use serde_json::json;

use crate::support::{BROKEN, Policies, SHOP, keys};

#[test]
fn policies_are_listed_with_a_short_digest() {
    let any = "name: age-gate\nrisk_tier: low\ncountries: [any, -KP]\ndocuments: any\nage: any\n";
    let folder = Policies::new(&[("shop.yaml", SHOP), ("age-gate.yaml", any)]);
    let list = folder.kyc(["list"]).ends_with(0);
    let lines: Vec<_> = list.out.lines().collect();
    assert_eq!(lines.len(), 3, "{list:?}");
    assert!(lines[1].contains("age-gate") && lines[1].contains("low") && lines[1].contains("any but KP"));
    assert!(lines[2].contains("LT, LV") && lines[2].contains("client_id, name"));
    let json = folder.kyc(["list", "--format", "json"]).ends_with(0).json();
    let digest = json[1]["digest"].as_str().unwrap();
    assert_eq!(digest.len(), 64);
    let starts = |length| lines[2].contains(digest.get(..length).unwrap());
    assert!(starts(12) && !starts(13), "{list:?}");
}

#[test]
fn json_has_a_stable_shape_and_marks_mistakes() {
    let folder = Policies::new(&[("shop.yaml", SHOP), ("broken.yaml", BROKEN)]);
    let listed = folder.kyc(["list", "--format", "json"]).ends_with(1).tells("mistakes in 1 of 2 policies");
    let json = listed.json();
    let expected = [
        "accepted",
        "countries",
        "description",
        "digest",
        "document_digest",
        "file",
        "has_mistakes",
        "name",
        "owner",
        "required",
        "review_by",
        "risk_tier",
    ];
    assert_eq!(keys(&json[0]), expected);
    assert_eq!((&json[0]["name"], &json[0]["has_mistakes"]), (&json!("broken"), &json!(true)));
    assert_eq!(json[0]["digest"], json!(null));
    assert_eq!(json[1]["countries"], json!(["LT", "LV"]));
    assert_eq!(json[1]["required"], json!(["client_id", "name"]));
    assert_eq!(json[1]["accepted"], json!(["first_name", "last_name", "date_of_birth", "document_country"]));
    folder.kyc(["list"]).ends_with(1).prints("(has mistakes)").prints("shop").tells("help: `kyc check");
}

#[test]
fn a_set_with_mistakes_is_told() {
    let folder = Policies::new(&[("shop.yaml", SHOP), ("_set.yaml", "host: [a.example]\n")]);
    folder.kyc(["list"]).ends_with(1).prints("(has mistakes)").tells("mistakes in 1 of 1 policy");
}

#[test]
fn an_empty_folder_is_wrong_use() {
    Policies::new(&[]).kyc(["list"]).ends_with(2).prints_nothing().tells("holds no policy");
}

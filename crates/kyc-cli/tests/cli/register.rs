use crate::support::{BROKEN, Policies, SHOP};

const GOVERNED: &str = "\
name: governed
description: \"=1+1\"
owner: risk@example.com
legal_basis: Directive (EU) 2015/849, Art 13
review_by: 2020-01-31
risk_tier: low
countries: [LT]
documents: [PASSPORT]
age: { min: 18 }
reverify: { every: 5y }
";

#[test]
fn a_register_has_a_row_for_each_policy() {
    let folder = Policies::new(&[("shop.yaml", SHOP), ("governed.yaml", GOVERNED)]);
    let csv = folder.kyc(["register"]).ends_with(0);
    let rows: Vec<_> = csv.out.lines().collect();
    assert_eq!(rows.len(), 3, "{csv:?}");
    assert!(
        rows[0].starts_with("name,description,owner,extends,risk_tier,legal_basis,review_by,review_overdue")
    );
    let governed = "governed,'=1+1,risk@example.com,,low,\"Directive (EU) 2015/849, Art 13\",2020-01-31,yes,";
    assert!(rows[1].starts_with(governed), "{}", rows[1]);
    assert!(rows[2].starts_with("shop,Customers of the shop.,,,,,,no,,2,aged 18 or over,"), "{}", rows[2]);

    let json = folder.kyc(["register", "--format", "json"]).ends_with(0).json();
    assert_eq!(json["policies"][0]["is_overdue"], true);
    assert_eq!(json["policies"][1]["review_by"], serde_json::Value::Null);
    let html = folder.kyc(["register", "--format", "html"]).ends_with(0);
    assert!(html.out.contains("2020-01-31: overdue") && html.out.ends_with("</html>\n"));
}

#[test]
fn policies_with_mistakes_are_gaps_and_end_with_1() {
    let folder = Policies::new(&[("shop.yaml", SHOP), ("broken.yaml", BROKEN)]);
    let csv =
        folder.kyc(["register"]).ends_with(1).tells("the folder has mistakes, so the register has gaps");
    assert!(csv.out.contains("broken,,,,,,,,,,,,,yes\r\n"), "{csv:?}");
    assert!(csv.out.lines().nth(2).unwrap().ends_with(",no"), "{csv:?}");
    folder.kyc(["register", "--at", "main"]).ends_with(2).tells("is in no git repository").prints_nothing();
}

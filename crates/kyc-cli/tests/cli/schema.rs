use std::fs;

use kyc::policy::{policy_schema, set_schema};

use crate::support::{Policies, command, run};

#[test]
fn schemas_are_printed_as_they_are_shipped() {
    assert_eq!(run(command().arg("schema")).ends_with(0).out, policy_schema());
    assert_eq!(run(command().args(["schema", "--set"])).ends_with(0).out, set_schema());
    assert_eq!(run(command().args(["schema", "--tests"])).ends_with(0).out, kyc_suite::schema());
    run(command().args(["schema", "--tests", "--set"])).ends_with(2).prints_nothing();
}

#[test]
fn a_draft_names_the_schema_that_lies_beside_it() {
    const LINE: &str = "# yaml-language-server: $schema=policy.schema.json\n";
    let folder = Policies::new(&[("policy.schema.json", &policy_schema())]);
    folder.kyc(["new", "shop"]).ends_with(0);
    assert!(fs::read_to_string(folder.path("shop.yaml")).unwrap().starts_with(LINE));
    folder.kyc(["check"]).ends_with(0).prints_nothing();
    let without = Policies::new(&[]);
    assert!(!without.kyc(["new", "shop", "--stdout"]).ends_with(0).out.contains("$schema"));
}

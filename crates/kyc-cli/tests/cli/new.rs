use std::fs;
use std::path::Path;

use crate::support::{Policies, SHOP, STRICT_SET, command, run};

#[test]
fn a_draft_passes_the_check_without_a_set() {
    let folder = Policies::new(&[]);
    folder.kyc(["new", "my-shop"]).ends_with(0).prints("my-shop.yaml").tells("_set.yaml").tells("TODO");
    let checked = folder.kyc(["check"]).ends_with(0).prints_nothing();
    assert_eq!(checked.err, "1 policy, no mistakes\n");
}

#[test]
fn a_draft_passes_the_check_under_a_strict_set() {
    let folder = Policies::new(&[("_set.yaml", STRICT_SET)]);
    let new = folder.kyc(["new", "my-shop"]).ends_with(0);
    assert!(!new.err.contains("_set.yaml"), "{new:?}");
    let checked = folder.kyc(["check"]).ends_with(0).prints_nothing();
    assert_eq!(checked.err, "1 policy, no mistakes\n");
    folder.kyc(["test"]).ends_with(0);
    assert!(fs::read_to_string(folder.path("my-shop.yaml")).unwrap().contains("\nredirect:\n"));
}

#[test]
fn a_draft_passes_the_check_under_the_shipped_set() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/_set.yaml");
    let folder = Policies::new(&[("_set.yaml", &fs::read_to_string(shipped).unwrap())]);
    folder.kyc(["new", "my-shop"]).ends_with(0);
    folder.kyc(["check"]).ends_with(0).prints_nothing();
    folder.kyc(["test"]).ends_with(0);
}

#[test]
fn first_tests_pass_and_existing_ones_stay() {
    let folder = Policies::new(&[]);
    folder.kyc(["new", "shop"]).ends_with(0).prints("tests/shop.yaml\n").tells("`kyc test`");
    folder.kyc(["test"]).ends_with(0).prints("6 cases");
    fs::remove_file(folder.path("shop.yaml")).unwrap();
    fs::write(folder.path("tests/shop.yaml"), "marker").unwrap();
    folder.kyc(["new", "shop"]).ends_with(0).tells("is left as it is");
    assert_eq!(fs::read_to_string(folder.path("tests/shop.yaml")).unwrap(), "marker");
}

#[test]
fn a_set_with_other_hosts_keeps_the_example_addresses_a_comment() {
    let folder = Policies::new(&[("_set.yaml", "hosts: [shop.example.org]\n")]);
    folder.kyc(["new", "my-shop"]).ends_with(0);
    folder.kyc(["check"]).ends_with(0).prints_nothing();
    assert!(fs::read_to_string(folder.path("my-shop.yaml")).unwrap().contains("\n# redirect:\n"));
}

#[test]
fn what_a_set_demands_beyond_the_draft_is_told() {
    let folder = Policies::new(&[("_set.yaml", "governance: { require: [legal_basis] }\n")]);
    folder.kyc(["new", "my-shop"]).ends_with(0).tells("there is 1 mistake to mend");
}

#[test]
fn a_draft_can_be_issued_under() {
    let folder = Policies::new(&[]);
    folder.kyc(["new", "shop"]).ends_with(0);
    let data = ["--client-id=c-1", "--set=first_name=Ann", "--set=date_of_birth=1990-05-15"];
    folder.kyc(["issue", "shop", "--sandbox"].iter().chain(&data)).ends_with(0);
}

#[test]
fn an_existing_file_stays() {
    let folder = Policies::new(&[("shop.yaml", SHOP)]);
    folder.kyc(["new", "shop"]).ends_with(2).prints_nothing().tells("is not overwritten").tells("help: ");
    assert_eq!(fs::read_to_string(folder.path("shop.yaml")).unwrap(), SHOP);
}

#[test]
fn malformed_names_are_refused_and_write_nothing() {
    let folder = Policies::new(&[]);
    for name in
        ["My Shop", "self", "a--b", "../shop", "shop\ncountries: [any]", "\"shop\"", "", "shop # x", "šop"]
    {
        folder.kyc(["new", name]).ends_with(2).prints_nothing().tells("error: ");
    }
    folder.kyc(["new", "My Shop"]).tells("lower-case words");
    assert_eq!(fs::read_dir(folder.path("")).unwrap().count(), 0);
}

#[test]
fn a_folder_is_made_and_standard_output_makes_none() {
    let folder = Policies::new(&[]);
    let below = folder.path("a/b");
    let stdout = run(command().args(["new", "shop", "--stdout", "--policies"]).arg(&below)).ends_with(0);
    assert!(stdout.out.contains("\nname: shop\n") && !below.exists());
    run(command().args(["new", "shop", "--policies"]).arg(&below)).ends_with(0);
    assert_eq!(fs::read_to_string(below.join("shop.yaml")).unwrap(), stdout.out);
}

use std::fs;

use crate::support::{BROKEN, PERSONAL, Policies, SHOP, keys};

const PASSING: &str = "\
policy: shop
now: 2026-05-15T12:00:00Z
facts: { country: LT, document: PASSPORT, age: 30 }
cases:
  - { name: adults pass, expect: accept }
  - { name: Minors are looked at, facts: { age: 17 }, expect: { outcome: review, reasons: [too-young] } }
";

fn with_tests(tests: &[(&str, &str)]) -> Policies {
    let folder = Policies::new(&[("shop.yaml", SHOP)]);
    fs::create_dir(folder.path("tests")).unwrap();
    for (name, text) in tests {
        fs::write(folder.path("tests").join(name), text).unwrap();
    }
    folder
}

#[test]
fn cases_that_come_out_as_expected_end_with_zero_and_one_that_does_not_with_one() {
    let folder = with_tests(&[("shop.yaml", PASSING)]);
    let run = folder.kyc(["test"]).ends_with(0).prints("  ok    adults pass\n");
    assert!(run.out.ends_with("\n1 file, 2 cases, all as expected\n"), "{run:?}");
    let failing = PASSING.replace("age: 30", "age: 16");
    let failed = with_tests(&[("shop.yaml", &failing)]).kyc(["test"]).ends_with(1);
    for part in
        ["  FAIL  adults pass  ", "tests/shop.yaml:5:13\n", "expected accept\n", "shop.yaml:5:13 `age.min`\n"]
    {
        assert!(failed.out.contains(part), "{part}: {failed:?}");
    }
}

#[test]
fn a_part_of_policy_and_name_chooses_cases() {
    let folder = with_tests(&[("shop.yaml", PASSING)]);
    let run = folder.kyc(["test", "--filter", "SHOP/minors"]).ends_with(0);
    assert!(run.out.contains("Minors are looked at") && !run.out.contains("adults pass"), "{run:?}");
    folder.kyc(["test", "--filter", "nobody"]).ends_with(2).tells("no case is named like `nobody`");
}

#[test]
fn programs_and_build_servers_get_the_same_and_nothing_else_on_standard_output() {
    let folder = with_tests(&[("shop.yaml", &PASSING.replace("age: 30", "age: 16"))]);
    let json = folder.kyc(["test", "--format", "json"]).ends_with(1).json();
    assert_eq!(keys(&json), ["coverage", "mutation", "reports"]);
    assert_eq!(json["reports"][0]["policy"], "shop");
    assert_eq!(json["reports"][0]["cases"][0]["failures"][0]["because"][0]["id"], "too-young");
    let xml = folder.kyc(["test", "--format", "junit"]).ends_with(1).out;
    assert!(xml.starts_with("<?xml") && xml.contains("failures=\"1\""), "{xml}");
}

#[test]
fn what_cannot_be_run_is_wrong_use_and_no_case_is_run() {
    Policies::new(&[("shop.yaml", SHOP)])
        .kyc(["test"])
        .ends_with(2)
        .prints_nothing()
        .tells("there is no test in");
    let misspelt = PASSING.replace("age: 17", "aged: 17").replace("accept }", "acept }");
    with_tests(&[("shop.yaml", &misspelt)])
        .kyc(["test"])
        .ends_with(2)
        .prints_nothing()
        .tells("did you mean `accept`?")
        .tells("unknown key `aged` in `facts`")
        .tells("the tests have 2 mistakes, so no case was run");
    let folder = with_tests(&[("shop.yaml", PASSING)]);
    fs::write(folder.path("broken.yaml"), BROKEN).unwrap();
    folder.kyc(["test"]).ends_with(2).prints_nothing().tells("the policies have 3 mistakes");
    let folder = with_tests(&[("shop.yaml", PASSING)]);
    fs::create_dir(folder.path("tests").join("folder.yaml")).unwrap();
    folder.kyc(["test"]).ends_with(2).prints_nothing().tells("is not a regular file");
}

#[test]
fn tests_are_no_policies() {
    let folder = with_tests(&[("shop.yaml", PASSING), ("notes.txt", "text")]);
    assert_eq!(folder.kyc(["check"]).ends_with(0).err, "1 policy, no mistakes\n");
    folder.kyc(["test"]).ends_with(0);
}

#[test]
fn no_value_of_a_client_is_shown() {
    let client = format!(
        "policy: shop\nnow: 2026-05-15T12:00:00Z\ncases:\n\
         \x20 - name: other\n    client: {{ client_id: c, first_name: {PERSONAL} }}\n\
         \x20   expect: {{ request: {{ firstName: Ann, ageLimit: 20 }} }}\n\
         \x20 - name: each\n    each: {{ client_id: [{PERSONAL}] }}\n    expect: request\n"
    );
    let folder = with_tests(&[("shop.yaml", &client)]);
    for format in ["tree", "json", "junit"] {
        let run = folder.kyc(["test", "--format", format]).ends_with(1);
        assert!(!run.out.contains(PERSONAL) && run.out.contains("expected 20, came 18"), "{run:?}");
    }
}

#[test]
fn coverage_tells_who_stands_where_no_case_does() {
    let folder = with_tests(&[("shop.yaml", PASSING)]);
    let run = folder.kyc(["test", "--coverage"]).ends_with(0);
    for part in [
        "shop: the cases touch ",
        "  untouched  somebody of 18, the youngest that passes\n",
        "shop.yaml:5:13 `age.min`\n",
        "- { name: \"somebody of 18, the youngest that passes\", facts: { country: LT, document: PASSPORT, age: 18 }, \
         expect: accept }\n",
    ] {
        assert!(run.out.contains(part), "{part} is not in {run:?}");
    }
    assert!(!run.out.contains("somebody of 17"), "{run:?}");
    folder.kyc(["test", "--fail-under", "5"]).ends_with(0);
    folder.kyc(["test", "--fail-under", "90"]).ends_with(1).tells("and 90 % is demanded");
    folder.kyc(["test", "--fail-under", "101"]).ends_with(2);
    folder.kyc(["test", "--coverage", "--filter", "x"]).ends_with(2);
}

#[test]
fn a_loosening_that_no_case_notices_fails_and_the_case_that_is_suggested_mends_it() {
    let run = with_tests(&[("shop.yaml", PASSING)]).kyc(["test", "--mutate"]).ends_with(1);
    assert!(!run.out.contains("age.min: 18 -> 17"), "a case is about it: {run:?}");
    assert!(run.out.contains("  unnoticed  countries: AD allowed\n"), "{run:?}");
    let cases: Vec<_> = run.out.lines().filter_map(|line| line.strip_prefix("             - ")).collect();
    let mended = format!("{PASSING}  - {}\n", cases.join("\n  - "));
    let mended = with_tests(&[("shop.yaml", &mended)]).kyc(["test", "--mutate"]).ends_with(0);
    assert!(mended.out.contains("(100 %)"), "{mended:?}");
}

#[test]
fn a_policy_without_a_case_is_told() {
    let folder = with_tests(&[("shop.yaml", PASSING)]);
    fs::write(folder.path("other.yaml"), SHOP.replace("shop", "other")).unwrap();
    let run = folder.kyc(["test", "--mutate"]).ends_with(1);
    assert!(run.out.contains("other: the cases notice 0 of "), "{run:?}");
    assert!(run.out.contains("\n  no case is about this policy\n"), "{run:?}");
}

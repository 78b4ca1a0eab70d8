use crate::support::{command, run};

#[test]
fn a_rule_is_explained() {
    let page = run(command().args(["explain", "unknown-country"])).ends_with(0);
    for part in ["unknown-country\n", "\nKind\n    error", "\nWhy\n", "\nWrong\n", "\nRight\n"] {
        assert!(page.out.contains(part), "{part}: {page:?}");
    }
    run(command().args(["explain", "error[unknown-country]"])).ends_with(0).prints("unknown-country\n");
}

#[test]
fn an_unknown_rule_gets_the_nearest() {
    run(command().args(["explain", "unknown-contry"]))
        .ends_with(2)
        .prints_nothing()
        .tells("did you mean `unknown-country`?");
    run(command().args(["explain", "xyzzy"])).ends_with(2).tells("`kyc explain` lists all rules");
}

#[test]
fn all_rules_are_listed() {
    let list = run(command().arg("explain")).ends_with(0);
    assert_eq!(list.out, run(command().args(["explain", "--all"])).ends_with(0).out);
    let rules = kyc::policy::RULES.iter().chain(kyc_suite::RULES).chain(kyc_server::settings::RULES);
    let rules: Vec<_> = rules.collect();
    assert_eq!(list.out.lines().count(), rules.len());
    for rule in rules {
        assert!(
            list.out.lines().any(|line| {
                let mut words = line.split_whitespace();
                words.next() == Some(rule.id)
                    && words.next() == Some(rule.kind.as_str())
                    && line.ends_with(rule.summary)
            }),
            "{}",
            rule.id
        );
    }
}

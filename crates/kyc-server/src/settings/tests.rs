//! Settings as operators write them, right and wrong.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use kyc_ledger::{DatabaseUrl, Environment};

use super::*;

const KEYS_AND_ACCOUNT: &str = "\
master_keys: [{ id: 2026-11, file: master }]
accounts:
  main: { environment: production, api_key: { env: API_KEY }, api_secret: { file: /run/secrets/s } }
";

fn input(file: &str, variables: &[(&str, &str)], flags: &[(&str, &str)]) -> Input {
    let owned = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    Input {
        file: Some(SettingsFile { path: PathBuf::from("conf/kyc.yaml"), bytes: file.as_bytes().to_vec() }),
        variables: owned(variables),
        flags: owned(flags),
        is_sandbox: false,
    }
}

fn good(file: &str, variables: &[(&str, &str)], flags: &[(&str, &str)]) -> Settings {
    read(&input(&format!("{KEYS_AND_ACCOUNT}{file}"), variables, flags)).unwrap().0
}

/// The rule and the whole text of each mistake.
fn bad(file: &str, variables: &[(&str, &str)], flags: &[(&str, &str)]) -> (Vec<&'static str>, String) {
    let mistakes = read(&input(file, variables, flags)).unwrap_err();
    (mistakes.diagnostics().iter().map(|found| found.rule().id).collect(), mistakes.to_string())
}

#[test]
fn a_flag_counts_before_a_variable_that_before_the_file_and_the_file_before_the_default() {
    let deadline = |settings: &Settings| settings.limits.deadline.as_secs();
    let file = "limits: { deadline: 20s }";
    let variable = [("KYC_LIMITS__DEADLINE", "10s")];
    let flag = [("limits.deadline", "7s"), ("limits.deadline", "5s")];
    assert_eq!(deadline(&good("", &[], &[])), 30);
    assert_eq!(deadline(&good(file, &[], &[])), 20);
    assert_eq!(deadline(&good(file, &variable, &[])), 10);
    assert_eq!(deadline(&good(file, &variable, &flag)), 5);
    assert_eq!(deadline(&good("", &[("KYC_LIMITS", "{ deadline: 9s }")], &[])), 9);
}

#[test]
fn everything_is_read() {
    let settings = good(
        "listen: '[::1]:9000'\ndatabase: postgres://kyc@db/kyc\ninstance: node-1\n\
         database_password: { env: DB }\ntls: { certificate: c.pem, key: /k.pem }\n\
         limits: { body: 2KiB, connections: 10 }\nreconcile: { quiet: 2m, every: 3s }\n\
         breaker: { failures: 3, pause: 1s, longest_pause: 5s }\nhistory: { heads: heads.jsonl }\nlog: { format: text, level: debug }\n",
        &[
            ("KYC_ACCOUNTS__TEST_EU__ENVIRONMENT", "development"),
            ("KYC_ACCOUNTS__TEST_EU__POLICIES", "a, b-*"),
        ],
        &[
            ("accounts.test-eu.api_key", "{ env: K }"),
            ("accounts.test-eu.api_secret", "{ file: s }"),
            ("accounts.test-eu.base_url", "http://127.0.0.1:1"),
            ("policies", "other"),
        ],
    );
    assert_eq!(settings.listen, "[::1]:9000".parse::<SocketAddr>().unwrap());
    // In the file relative to its folder, elsewhere to the current one.
    assert_eq!(settings.tls.as_ref().unwrap().certificate, PathBuf::from("conf/c.pem"));
    assert_eq!(settings.tls.as_ref().unwrap().key, PathBuf::from("/k.pem"));
    assert_eq!(settings.policies, PathBuf::from("other"));
    assert_eq!(settings.history.heads, Some(PathBuf::from("conf/heads.jsonl")));
    assert_eq!(settings.limits.body, 2048);
    assert_eq!(settings.reconcile.quiet, Duration::from_mins(2));
    let breaker = settings.breaker;
    assert_eq!((breaker.failures, breaker.account_pause), (3, Duration::from_mins(1)));
    assert_eq!((breaker.pause, breaker.longest_pause), (Duration::from_secs(1), Duration::from_secs(5)));
    assert_eq!(settings.log, LogSettings { format: LogFormat::Text, level: LogLevel::Debug });
    let (main, test) = (&settings.accounts["main"], &settings.accounts["test-eu"]);
    assert_eq!((main.environment, test.environment), (Environment::Production, Environment::Development));
    assert_eq!((main.policies.as_slice(), main.rate_per_hour), (["*".to_owned()].as_slice(), 10_000));
    assert_eq!(test.policies, ["a", "b-*"]);
    assert_eq!(test.api_secret, SecretSource::File("s".into()));
    assert_eq!(settings.master_keys[0].source, SecretSource::File("conf/master".into()));
}

#[test]
fn all_mistakes_are_told_at_once_each_where_it_was_made() {
    let (rules, text) = bad(
        "listne: 127.0.0.1:80\nlimits: { deadline: 10h, body: 1MiB, connections: many }\nlog: { format: xml }\n\
         tls: { key: k.pem }\nbreaker: { pause: 2m }\nmaster_keys: [{ file: m }, { id: B, file: m }]\n\
         accounts: { Main: {}, eu: { environment: prod, api_kye: { env: K }, policies: [] } }\n",
        &[("KYC_LIMTS__DEADLINE", "5s")],
        &[("reconcile.quiet", "soon"), ("instances", "a")],
    );
    for (rule, part) in [
        ("unknown-key", "did you mean `listen`?"),
        ("number-out-of-bounds", "1s to 5m"),
        ("number-out-of-bounds", "1KiB to 64KiB"),
        ("malformed-value", "limits.connections"),
        ("unknown-word", "`xml`"),
        ("settings-disagree", "`tls.key` is of no use without `tls.certificate`"),
        ("settings-disagree", "`breaker.pause` is longer than `breaker.longest_pause`"),
        ("missing-setting", "`master_keys.id` is missing"),
        ("malformed-value", "`B`"),
        ("malformed-value", "`Main`"),
        ("unknown-word", "known here: `production`, `development`"),
        ("unknown-key", "did you mean `api_key`?"),
        ("missing-setting", "`accounts.eu.api_secret` is missing"),
        ("empty-list", "accounts.eu.policies"),
        ("unknown-key", "KYC_LIMTS__DEADLINE=…"),
        ("malformed-value", "reconcile.quiet=soon"),
        ("unknown-key", "did you mean `instance`?"),
    ] {
        assert!(rules.contains(&rule), "{rule} is missing in {rules:?}");
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
    for place in ["conf/kyc.yaml:1:1", "conf/kyc.yaml:2:21", "environment:1:1", "command line:1:17"] {
        assert!(text.contains(place), "{place} is not in:\n{text}");
    }
    assert!(!text.contains("`accounts.eu.api_key` is missing"), "one mistake is told twice:\n{text}");
}

#[test]
fn nothing_runs_without_an_account_and_a_key() {
    let (rules, text) = bad("", &[], &[]);
    assert_eq!(rules, ["missing-setting", "missing-setting"], "{text}");
    let mut nothing = input("", &[], &[]);
    nothing.file = None;
    assert_eq!(read(&nothing).unwrap_err().count(), 2);
    assert_eq!(read_for_ledger(&nothing).unwrap_err().count(), 1, "a tool needs the keys alone");
    nothing.is_sandbox = true;
    let (settings, worth_a_look) = read(&nothing).unwrap();
    assert_eq!(settings.database.to_string(), "sqlite:kyc-sandbox.db");
    assert_eq!(worth_a_look.diagnostics().len(), 0);
    let mut both = input(KEYS_AND_ACCOUNT, &[], &[]);
    both.is_sandbox = true;
    assert_eq!(read(&both).unwrap_err().count(), 2);
}

#[test]
fn a_secret_in_a_file_or_on_the_command_line_is_a_mistake_and_is_never_shown() {
    const SECRET: &str = "s3cretmarker";
    for (file, variables, flags) in [
        (
            format!(
                "accounts: {{ main: {{ environment: prod, api_key: {SECRET}, api_secret: {{ env: S }} }} }}"
            ),
            vec![],
            vec![],
        ),
        (format!("accounts: {{ main: {{ api_kye: {SECRET}, environment: prod }} }}"), vec![], vec![]),
        (format!("accounts: {{ main: {{ api_key: {{ env: '{SECRET}!' }} }} }}"), vec![], vec![]),
        (format!("master_keys: [{SECRET}]\n"), vec![], vec![]),
        (format!("master_keys: [{{ id: a, key: {SECRET} }}]\n"), vec![], vec![]),
        (format!("database: postgres://kyc:{SECRET}@db/kyc\ninstance: a\n"), vec![], vec![]),
        (format!("accounts: {{ main: {{ api_key: {SECRET}\n"), vec![], vec![]),
        (String::new(), vec![], vec![("accounts.main.api_key", SECRET)]),
        (String::new(), vec![], vec![("master_keys", SECRET)]),
        (String::new(), vec![("KYC_ACCOUNTS__MAIN__API_KYE", SECRET)], vec![]),
        (
            String::new(),
            vec![("KYC_ACCOUNTS", "{ main: { api_key: s3cretmarker, environment: x } }")],
            vec![],
        ),
        (String::new(), vec![], vec![("database", "postgres://kyc:s3cretmarker@db/kyc")]),
    ] {
        let mistakes = read(&input(&file, &variables, &flags)).unwrap_err();
        let text = format!("{mistakes} {mistakes:?}");
        // The name of a variable is shown, and this was not meant for one.
        assert!(!text.contains(SECRET) || file.contains("env: '"), "{file}\n{text}");
        assert!(mistakes.count() > 0, "{file}");
    }
}

#[test]
fn a_variable_may_hold_the_secret_of_its_own_setting() {
    let settings = good(
        "instance: a",
        &[("KYC_DATABASE", "postgres://kyc:s3cret@db/kyc"), ("KYC_ACCOUNTS__MAIN__API_KEY", "s3cret")],
        &[],
    );
    let expected = SecretSource::Variable("KYC_ACCOUNTS__MAIN__API_KEY".into());
    assert_eq!(settings.accounts["main"].api_key, expected);
    assert!(matches!(&settings.database, DatabaseUrl::Postgres(address) if address.contains("s3cret")));
    assert!(!format!("{settings:?} {}", settings.database).contains("s3cret"));
}

#[test]
fn variables_that_are_nearly_settings_are_told_and_others_left_alone() {
    let variables = [
        ("KYC_LISTN", "1"),
        ("KYC_PORT_8080_TCP_ADDR", "1"),
        ("KYC_SERVICE_HOST", "1"),
        ("KYC_MASTER_KEY", "1"),
        ("KYC_API_KEY", "1"),
    ];
    let file = KEYS_AND_ACCOUNT.replace("file: master", "env: KYC_MASTER_KEY");
    let (_, told) = read(&input(&file, &variables, &[])).unwrap();
    assert_eq!(told.diagnostics().len(), 1, "{told}");
    assert!(told.to_string().contains("did you mean `KYC_LISTEN`?"), "{told}");
}

#[test]
fn a_file_of_comments_says_nothing_and_one_that_is_no_text_is_refused() {
    let flags = [
        ("master_keys", "[{ id: a, env: M }]"),
        ("accounts.main", "{ environment: development, api_key: { env: K }, api_secret: { env: S } }"),
    ];
    read(&input("# nothing yet\n\n", &[], &flags)).unwrap();
    let mut binary = input("", &[], &flags);
    binary.file.as_mut().unwrap().bytes = b"listen: \xff".to_vec();
    assert!(read(&binary).unwrap_err().to_string().contains("UTF-8"));
    let (rules, _) = bad("listen: [", &[], &flags);
    assert_eq!(rules, ["yaml-syntax"]);
}

#[test]
fn one_postgresql_is_shared_by_instances_with_names() {
    let (rules, text) = bad(&format!("{KEYS_AND_ACCOUNT}database: postgres://kyc@db/kyc\n"), &[], &[]);
    assert_eq!(rules, ["missing-setting"], "{text}");
    let both = format!("{KEYS_AND_ACCOUNT}instance: a\ndatabase_password: {{ env: P }}\n");
    let (rules, _) = bad(&both, &[("KYC_DATABASE", "postgres://kyc:s3cret@db/kyc")], &[]);
    assert_eq!(rules, ["settings-disagree"]);
}

/// The names of all settings that `kyc.yaml` may hold are read somewhere: a row that nothing reads would be accepted and
/// ignored.
#[test]
fn every_row_of_the_table_is_read() {
    for key in KEYS {
        let name = key.name.replace('*', "main");
        let wrong = ("\u{1}").to_owned();
        let mistakes = read(&input(KEYS_AND_ACCOUNT, &[], &[(&name, &wrong)])).unwrap_err();
        assert!(mistakes.count() > 0, "{name} takes anything");
    }
}

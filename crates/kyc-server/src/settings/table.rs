//! Every setting of the service.

use crate::settings::key::{Form, Key};

const KIB: u64 = 1024;
const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Every setting, in the order in which people read them. Reading, flags, variables, `SETTINGS.md` and the checks are
/// made of it.
pub static KEYS: &[Key] = &[
    Key {
        name: "listen",
        form: Form::Address,
        default: Some("127.0.0.1:8080"),
        help: "Where the service listens; port 0 takes a free one. Anything but loopback needs callers' keys",
    },
    Key {
        name: "policies",
        form: Form::Path,
        default: Some("policies"),
        help: "The folder of policies; it is watched, and a set without a mistake replaces the last one",
    },
    Key {
        name: "database",
        form: Form::Database,
        default: Some("sqlite:kyc.db"),
        help: "Where sessions and their history are kept; several instances share one PostgreSQL",
    },
    Key {
        name: "database_password",
        form: Form::Secret,
        default: None,
        help: "The password of the PostgreSQL user, if it needs one",
    },
    Key {
        name: "instance",
        form: Form::Name,
        default: Some("main"),
        help: "The name of this instance in the history; each instance on one PostgreSQL must state its own",
    },
    Key {
        name: "tls.certificate",
        form: Form::Path,
        default: None,
        help: "The certificate chain, as PEM; with `tls.key`, the service speaks https",
    },
    Key {
        name: "tls.key",
        form: Form::Path,
        default: None,
        help: "The private key of the certificate, as PEM",
    },
    Key {
        name: "master_keys",
        form: Form::MasterKeys,
        default: None,
        help: "Keys of 32 random bytes, in base64 or as 64 hexadecimal digits, newest first: they chain the history and seal stored \
               tokens. Keep an old one as long as anything made with it is kept",
    },
    Key {
        name: "accounts.*.environment",
        form: Form::Word(&["production", "development"]),
        default: None,
        help: "What the account is for at the vendor: its sessions are real, or nobody's",
    },
    Key { name: "accounts.*.api_key", form: Form::Secret, default: None, help: "The API key of the account" },
    Key {
        name: "accounts.*.api_secret",
        form: Form::Secret,
        default: None,
        help: "The API secret of the account",
    },
    Key {
        name: "accounts.*.base_url",
        form: Form::Url,
        default: Some(kyc_client::BaseUrl::DEFAULT),
        help: "Where the vendor's API is",
    },
    Key {
        name: "accounts.*.policies",
        form: Form::Policies,
        default: Some("*"),
        help: "The policies whose sessions this account pays for; every policy belongs to exactly one account",
    },
    Key {
        name: "accounts.*.rate_per_hour",
        form: Form::Integer { min: 1, max: 1_000_000 },
        default: Some("10000"),
        help: "How many calls the vendor grants the account in an hour, over all instances on one database",
    },
    Key {
        name: "limits.deadline",
        form: Form::Time { min: 1, max: 5 * MINUTE },
        default: Some("30s"),
        help: "How long one request may take, the call to the vendor included",
    },
    Key {
        name: "limits.concurrency",
        form: Form::Integer { min: 1, max: 4096 },
        default: Some("64"),
        help: "How many calls to the vendor one account has under way at once; others wait for a while, then get 503",
    },
    Key {
        name: "limits.connections",
        form: Form::Integer { min: 1, max: 100_000 },
        default: Some("1024"),
        help: "How many connections are open at once",
    },
    Key {
        name: "limits.body",
        form: Form::Bytes { min: KIB, max: 64 * KIB },
        default: Some("64KiB"),
        help: "The longest body of a request",
    },
    Key {
        name: "limits.shutdown",
        form: Form::Time { min: 1, max: 10 * MINUTE },
        default: Some("40s"),
        help: "How long calls under way may take to end once the service is asked to stop",
    },
    Key {
        name: "breaker.failures",
        form: Form::Integer { min: 1, max: 1000 },
        default: Some("5"),
        help: "After how many failed calls in a row the calls to an account are paused; one is tried before the others \
               follow",
    },
    Key {
        name: "breaker.pause",
        form: Form::Time { min: 1, max: HOUR },
        default: Some("2s"),
        help: "How long the first pause is; it doubles with each call that is tried and fails",
    },
    Key {
        name: "breaker.longest_pause",
        form: Form::Time { min: 1, max: HOUR },
        default: Some("1m"),
        help: "How long a pause gets at most, one that the vendor asks for too",
    },
    Key {
        name: "breaker.account_pause",
        form: Form::Time { min: 1, max: HOUR },
        default: Some("1m"),
        help: "How long the pause is after the vendor said that the account is at fault: its credentials, its funds, its \
               being switched off",
    },
    Key {
        name: "idempotency.replay",
        form: Form::Time { min: MINUTE, max: DAY },
        default: Some("24h"),
        help: "How long an answer is given again for its key, unless the token expires before",
    },
    Key {
        name: "reconcile.quiet",
        form: Form::Time { min: 1, max: HOUR },
        default: Some("60s"),
        help: "How old a session of unknown outcome is before the vendor is asked about it",
    },
    Key {
        name: "reconcile.every",
        form: Form::Time { min: 1, max: HOUR },
        default: Some("15s"),
        help: "How often sessions of unknown outcome are looked for",
    },
    Key {
        name: "history.heads",
        form: Form::Path,
        default: None,
        help: "A file that the head of the history is appended to, for `kyc ledger verify`; keep it elsewhere than \
               the database",
    },
    Key {
        name: "history.every",
        form: Form::Time { min: 1, max: DAY },
        default: Some("5m"),
        help: "How often the head of the history is exported",
    },
    Key {
        name: "log.format",
        form: Form::Word(&["json", "text"]),
        default: Some("json"),
        help: "How log lines on standard error look",
    },
    Key {
        name: "log.level",
        form: Form::Word(&["error", "warn", "info", "debug"]),
        default: Some("info"),
        help: "What is logged; no level tells a personal value or a secret",
    },
];

/// What `--sandbox` assumes instead.
pub(super) static SANDBOX_DEFAULTS: &[(&str, &str)] =
    &[("database", "sqlite:kyc-sandbox.db"), ("log.format", "text")];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::KEYS;
    use crate::settings::key::Form;

    #[test]
    fn names_flags_and_variables_are_distinct_and_no_name_is_a_section_of_another() {
        let names: BTreeSet<_> = KEYS.iter().map(|key| key.name).collect();
        let variables: BTreeSet<_> = KEYS.iter().map(super::Key::variable).collect();
        let flags: Vec<_> = KEYS.iter().filter_map(super::Key::flag).collect();
        assert_eq!((names.len(), variables.len()), (KEYS.len(), KEYS.len()));
        assert_eq!(flags.iter().collect::<BTreeSet<_>>().len(), flags.len());
        for name in &names {
            assert!(!names.iter().any(|other| other.starts_with(&format!("{name}."))), "{name}");
        }
        for taken in ["config", "set", "check", "sandbox", "help", "version", "verbose"] {
            assert!(!flags.iter().any(|flag| flag == taken), "--{taken} means something else");
        }
    }

    #[test]
    fn help_is_a_sentence_without_a_full_stop() {
        for key in KEYS {
            assert!(key.help.starts_with(char::is_uppercase) && !key.help.ends_with('.'), "{}", key.name);
            assert!(
                !key.is_secret() || key.default.is_none(),
                "{} has a secret that everybody knows",
                key.name
            );
            if let (Form::Word(words), Some(default)) = (key.form, key.default) {
                assert!(words.contains(&default), "{}", key.name);
            }
        }
    }
}

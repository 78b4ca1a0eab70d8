//! The rules about settings that policies do not have: mistakes of words and shape are those of the policy language.

use kyc_policy::{Diagnostic, FileId, Kind, Loc, Place, Rule};

/// Every rule about settings alone.
pub static RULES: &[&Rule] =
    &[&LITERAL_SECRET, &MISSING_SETTING, &SETTINGS_DISAGREE, &UNKNOWN_VARIABLE, &UNUSABLE_SETTING];

static LITERAL_SECRET: Rule = Rule {
    id: "literal-secret",
    kind: Kind::Error,
    summary: "a secret is written down where it can be read",
    why: "Settings files are copied, reviewed and committed, and a command line is seen by every process of the \
          machine. A secret belongs into the environment or into a file of its own, and the setting says where.",
    bad: "accounts:
  main: { environment: production, api_key: 4f1c0a, api_secret: { env: API_SECRET } }",
    good:
        "accounts:
  main: { environment: production, api_key: { env: API_KEY }, api_secret: { file: /run/secrets/api-secret } }",
};

static MISSING_SETTING: Rule = Rule {
    id: "missing-setting",
    kind: Kind::Error,
    summary: "a setting without a default is missing",
    why: "Only an operator knows which account pays and which key seals what is stored; no default would be right.",
    bad: "accounts:
  main: { api_key: { env: API_KEY }, api_secret: { env: API_SECRET } }",
    good: "accounts:
  main: { environment: production, api_key: { env: API_KEY }, api_secret: { env: API_SECRET } }",
};

static SETTINGS_DISAGREE: Rule = Rule {
    id: "settings-disagree",
    kind: Kind::Error,
    summary: "two settings exclude each other, or one needs another",
    why: "One of them would be ignored, and the service would run otherwise than its operator thinks.",
    bad: "tls: { certificate: /etc/kyc/tls.pem }",
    good: "tls: { certificate: /etc/kyc/tls.pem, key: /etc/kyc/tls.key }",
};

static UNKNOWN_VARIABLE: Rule = Rule {
    id: "unknown-variable",
    kind: Kind::Notice,
    summary: "a variable of the environment looks like a setting and is none",
    why: "It is ignored, since other programs use names that begin with `KYC_` too; whoever misspelt a setting would \
          not notice.",
    bad: "KYC_LISTN=0.0.0.0:8080",
    good: "KYC_LISTEN=0.0.0.0:8080",
};

static UNUSABLE_SETTING: Rule = Rule {
    id: "unusable-setting",
    kind: Kind::Error,
    summary: "an address cannot be used",
    why: "The service would start, and every request would fail.",
    bad: "database: mysql://db/kyc",
    good: "database: postgres://kyc@db/kyc",
};

pub(super) fn refused(loc: Loc, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::new(&UNUSABLE_SETTING, loc, message).help(help)
}

pub(super) fn literal_secret(loc: Loc, key: &str) -> Diagnostic {
    Diagnostic::new(&LITERAL_SECRET, loc, format!("the secret of `{key}` is written down here"))
        .label("not shown")
        .help("put it into the environment or a file, and write `{ env: NAME }` or `{ file: PATH }`; whoever could \
               read it here may know it, so have it replaced")
}

pub(super) fn literal_password(loc: Loc, key: &str) -> Diagnostic {
    Diagnostic::new(&LITERAL_SECRET, loc, format!("`{key}` has a password in it")).label("not shown").help(
        "leave the password out, and say in `database_password` where it is: `{ env: NAME }` or \
               `{ file: PATH }`; the variable `KYC_DATABASE` may hold a whole address",
    )
}

pub(super) fn missing(place: impl Into<Place>, key: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&MISSING_SETTING, place, format!("`{key}` is missing")).help(help)
}

pub(super) fn disagree(loc: Loc, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::new(&SETTINGS_DISAGREE, loc, message).help(help)
}

pub(super) fn unknown_variable(file: FileId, name: &str, meant: &str) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_VARIABLE, file, format!("the variable `{name}` is no setting"))
        .help(format!("did you mean `{meant}`?"))
}

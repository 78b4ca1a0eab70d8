//! From texts to [`Settings`]. All mistakes are found at once.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use kyc_ledger::{DatabaseUrl, Environment, Instance};
use kyc_policy::reading::{Findings, Reader};
use kyc_policy::{Diagnostic, Loc, Place, Severity, SourceMap, Style, nearest, to_text};

use crate::settings::input::Input;
use crate::settings::key::VARIABLES;
use crate::settings::layers::{ENVIRONMENT, Layers, layers, top_names};
use crate::settings::mask::password;
use crate::settings::model::{
    AccountSettings, BreakerSettings, HistorySettings, Limits, LogFormat, LogLevel, LogSettings,
    ReconcileSettings, Settings, Tls,
};
use crate::settings::rules;
use crate::settings::secret::SecretSource;
use crate::settings::table::SANDBOX_DEFAULTS;
use crate::settings::values::Values;
use crate::settings::walk::walk;

/// What is wrong with settings: every mistake, with its place. No secret is in it.
#[derive(Debug)]
pub struct Mistakes {
    sources: SourceMap,
    diagnostics: Vec<Diagnostic>,
}

impl Mistakes {
    /// All of them.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The texts that the places are in, with what may be secret covered.
    pub const fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// How many of them are errors.
    pub fn count(&self) -> usize {
        self.diagnostics.iter().filter(|found| found.severity() == Severity::Error).count()
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.diagnostics.iter().map(|found| to_text(&self.sources, found, Style::Plain));
        f.write_str(&shown.collect::<Vec<_>>().join("\n\n"))
    }
}

impl std::error::Error for Mistakes {}

/// Reads settings. What is worth a look comes with them.
///
/// # Errors
///
/// Every mistake that was made.
pub fn read(input: &Input) -> Result<(Settings, Mistakes), Mistakes> {
    read_with(input, Demands::Service)
}

/// Reads the same settings for a tool that works on the ledger alone: it needs no account.
///
/// # Errors
///
/// As of [`read`].
pub fn read_for_ledger(input: &Input) -> Result<(Settings, Mistakes), Mistakes> {
    read_with(input, Demands::Ledger)
}

/// What the settings are for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Demands {
    Service,
    Ledger,
}

fn read_with(input: &Input, demands: Demands) -> Result<(Settings, Mistakes), Mistakes> {
    let mut sources = SourceMap::default();
    let layers = layers(&mut sources, input);
    let mut findings = Findings::default();
    let (settings, others) = lower(&sources, &layers, input, demands, &mut findings);
    let mut diagnostics = layers.diagnostics;
    diagnostics.extend(findings.into_sorted());
    let has_errors = diagnostics.iter().any(|found| found.severity() == Severity::Error);
    for (name, meant) in others {
        let file = sources.add_file(ENVIRONMENT, "");
        diagnostics.push(rules::unknown_variable(file, &name, &meant));
    }
    let mistakes = Mistakes { sources, diagnostics };
    match settings {
        Some(settings) if !has_errors => Ok((settings, mistakes)),
        _ => Err(mistakes),
    }
}

type Misspelt = Vec<(String, String)>;

fn lower(
    sources: &SourceMap,
    layers: &Layers,
    input: &Input,
    demands: Demands,
    findings: &mut Findings,
) -> (Option<Settings>, Misspelt) {
    let mut reader = Reader::beside_policies(findings);
    let found = walk(&mut reader, &layers.tree);
    let folder = input.file.as_ref().and_then(|file| file.path.parent()).unwrap_or(Path::new(""));
    let mut values = Values {
        reader,
        found,
        sources,
        file: layers.file.map(|file| (file, folder)),
        defaults: if input.is_sandbox { SANDBOX_DEFAULTS } else { &[] },
        named_variables: Vec::new(),
    };
    // Each part reports its own mistakes before anything gives up.
    let listen = values.address("listen");
    let policies = values.path("policies");
    let (database, database_password, instance) = database(&mut values);
    let tls = tls(&mut values);
    let master_keys = values.master_keys("master_keys");
    let accounts = accounts(&mut values);
    let limits = limits(&mut values);
    let breaker = breaker(&mut values);
    let replay = values.time("idempotency.replay");
    let reconcile = reconcile(&mut values);
    let heads = values.path("history.heads");
    let every = values.time("history.every");
    let log = log(&mut values);
    whole(&mut values, layers, input.is_sandbox, demands);
    let named = values.named_variables;
    let misspelt = layers
        .other_variables
        .iter()
        .filter(|name| !named.contains(name))
        .filter_map(|name| misspelt_variable(name));
    let misspelt = misspelt.collect();
    let settings = (|| {
        Some(Settings {
            listen: listen?,
            policies: policies?,
            database: database?,
            database_password,
            instance: instance?,
            tls,
            master_keys: master_keys?,
            accounts,
            limits: limits?,
            breaker: breaker?,
            replay: replay?,
            reconcile: reconcile?,
            history: HistorySettings { heads, every: every? },
            log: log?,
        })
    })();
    (settings, misspelt)
}

/// A variable beside the settings whose name is nearly one of them, and what was meant.
fn misspelt_variable(name: &str) -> Option<(String, String)> {
    let word = name.strip_prefix(VARIABLES)?.to_lowercase();
    let meant = nearest(&word, top_names())?;
    Some((name.to_owned(), format!("{VARIABLES}{}", meant.to_uppercase())))
}

type WhereSessionsAre = (Option<DatabaseUrl>, Option<SecretSource>, Option<Instance>);

fn database(values: &mut Values<'_, '_, '_>) -> WhereSessionsAre {
    let database = values.database("database");
    let named_password = values.secret("database_password");
    let instance = values.instance("instance");
    let written = values.node("database").map(|node| node.loc);
    if let (Some(DatabaseUrl::Postgres(address)), Some(loc)) = (&database, written) {
        if values.node("instance").is_none() && !values.found.misspelt.iter().any(|key| key == "instance") {
            let help = "name this instance, such as `instance: node-1`; two of one name could not both keep a history";
            values.reader.report(rules::missing(loc, "instance", help));
        }
        if named_password.is_some() && password(address).is_some() {
            let message = "`database` has a password, and `database_password` names another";
            values.reader.report(rules::disagree(loc, message, "keep one of them"));
        }
    }
    (database, named_password, instance)
}

fn tls(values: &mut Values<'_, '_, '_>) -> Option<Tls> {
    let (certificate, key) = (values.path("tls.certificate"), values.path("tls.key"));
    for (given, other) in [("tls.certificate", "tls.key"), ("tls.key", "tls.certificate")] {
        let is_misspelt = values.found.misspelt.iter().any(|key| key == other);
        if let (Some(node), None, false) = (values.node(given), values.node(other), is_misspelt) {
            let message = format!("`{given}` is of no use without `{other}`");
            values.reader.report(rules::disagree(
                node.loc,
                message,
                "name both files, or none to speak plain http",
            ));
        }
    }
    Some(Tls { certificate: certificate?, key: key? })
}

fn accounts(values: &mut Values<'_, '_, '_>) -> BTreeMap<String, AccountSettings> {
    let named: Vec<(String, Loc)> = values.found.named.clone();
    let accounts = named.iter().filter_map(|(full, loc)| {
        let key = |part: &str| format!("{full}.{part}");
        for (part, help) in [
            (
                "environment",
                "say `production` or `development`: nobody shall pay for a test, or verify nobody by mistake",
            ),
            ("api_key", "say where the key is: `{ env: NAME }` or `{ file: PATH }`"),
            ("api_secret", "say where the secret is: `{ env: NAME }` or `{ file: PATH }`"),
        ] {
            if values.node(&key(part)).is_none() && !values.found.misspelt.contains(&key(part)) {
                values.reader.report(rules::missing(*loc, &key(part), help));
            }
        }
        let environment = values.word(&key("environment")).and_then(|word| word.parse::<Environment>().ok());
        let (api_key, api_secret) = (values.secret(&key("api_key")), values.secret(&key("api_secret")));
        let base_url = values.url(&key("base_url"));
        let policies = values.policies(&key("policies"));
        let rate_per_hour = values.integer(&key("rate_per_hour"));
        let account = AccountSettings {
            environment: environment?,
            api_key: api_key?,
            api_secret: api_secret?,
            base_url: base_url?,
            policies: policies?,
            rate_per_hour: rate_per_hour?,
        };
        Some((full.strip_prefix("accounts.")?.to_owned(), account))
    });
    accounts.collect()
}

fn limits(values: &mut Values<'_, '_, '_>) -> Option<Limits> {
    let deadline = values.time("limits.deadline");
    let concurrency = values.integer("limits.concurrency");
    let connections = values.integer("limits.connections");
    let body = values.bytes("limits.body");
    let shutdown = values.time("limits.shutdown");
    Some(Limits {
        deadline: deadline?,
        concurrency: concurrency?,
        connections: connections?,
        body: body?,
        shutdown: shutdown?,
    })
}

fn breaker(values: &mut Values<'_, '_, '_>) -> Option<BreakerSettings> {
    let failures = values.integer("breaker.failures");
    let [pause, longest_pause] = ["breaker.pause", "breaker.longest_pause"].map(|key| values.time(key));
    let account_pause = values.time("breaker.account_pause");
    if let (Some(first), Some(longest)) = (pause, longest_pause)
        && first > longest
        && let Some(node) = values.node("breaker.pause").or_else(|| values.node("breaker.longest_pause"))
    {
        let message = "`breaker.pause` is longer than `breaker.longest_pause`";
        values.reader.report(rules::disagree(node.loc, message, "make the longest pause at least as long"));
    }
    Some(BreakerSettings {
        failures: failures?,
        pause: pause?,
        longest_pause: longest_pause?,
        account_pause: account_pause?,
    })
}

fn reconcile(values: &mut Values<'_, '_, '_>) -> Option<ReconcileSettings> {
    let (quiet, every) = (values.time("reconcile.quiet"), values.time("reconcile.every"));
    Some(ReconcileSettings { quiet: quiet?, every: every? })
}

fn log(values: &mut Values<'_, '_, '_>) -> Option<LogSettings> {
    let (format, level) = (values.word("log.format"), values.word("log.level"));
    let format = if format? == "text" { LogFormat::Text } else { LogFormat::Json };
    let level = match level? {
        "error" => LogLevel::Error,
        "warn" => LogLevel::Warn,
        "debug" => LogLevel::Debug,
        _ => LogLevel::Info,
    };
    Some(LogSettings { format, level })
}

/// What must be there as a whole; the sandbox brings it along.
fn whole(values: &mut Values<'_, '_, '_>, layers: &Layers, is_sandbox: bool, demands: Demands) {
    let is_misspelt =
        |values: &Values<'_, '_, '_>, key: &str| values.found.misspelt.iter().any(|other| other == key);
    let place = || -> Place { layers.nowhere.into() };
    let account = values.found.named.first().map(|(_, loc)| *loc);
    let keys = values.node("master_keys").map(|node| node.loc);
    if is_sandbox {
        for (key, loc) in [("accounts", account), ("master_keys", keys)] {
            if let Some(loc) = loc {
                let message = format!("`{key}` is set, and the sandbox brings its own");
                let help =
                    "leave out `--sandbox` to use it, or the setting to try the service without a vendor";
                values.reader.report(rules::disagree(loc, message, help));
            }
        }
        return;
    }
    let needs_account = demands == Demands::Service;
    if needs_account && account.is_none() && !is_misspelt(values, "accounts") && !names_accounts(layers) {
        let help = "name an account at the vendor: `accounts: { main: { environment: production, api_key: { env: API_KEY }, \
                    api_secret: { env: API_SECRET } } }`; `--sandbox` needs none";
        values.reader.report(rules::missing(place(), "accounts", help));
    }
    if keys.is_none() && !is_misspelt(values, "master_keys") {
        let help = "make a key by `openssl rand -hex 32` and say where it is: `master_keys: [{ id: 2026-11, file: \
                    /run/secrets/kyc-master }]`; what is stored is chained and sealed with it";
        values.reader.report(rules::missing(place(), "master_keys", help));
    }
}

/// Whether something was written about accounts, right or wrong.
fn names_accounts(layers: &Layers) -> bool {
    matches!(&layers.tree.kind, kyc_policy::tree::Kind::Map(entries) if entries.iter().any(|entry| entry.key == "accounts"))
}

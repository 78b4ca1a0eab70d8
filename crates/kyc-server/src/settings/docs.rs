//! `SETTINGS.md`: every setting, from the table.

use std::fmt::Write as _;

use crate::settings::table::{KEYS, SANDBOX_DEFAULTS};

const HEAD: &str = "\
# Settings of `kyc serve`

Made by `cargo xtask generate` from `src/settings/table.rs`.

Every setting is a key of `kyc.yaml` (or of the file that `--config` names), a variable of the environment, and a flag. A
flag counts before a variable, a variable before the file, the file before the default. `--set KEY=VALUE` sets any key;
`NAME` stands for a name of your choice. Lists and maps are written as in the file: `--set 'accounts.main.policies=[a, b]'`.

Relative paths in the file begin in its folder, all others in the current one. A key that is no setting is a mistake, and
so is a secret in the file or on the command line: both are read by others. A secret is named by `{ env: NAME }` or
`{ file: PATH }`; the variable of its own setting may hold it directly.

`kyc serve --check` reads all settings, policies and keys, asks the database, and ends without serving.

```yaml
listen: 0.0.0.0:8443
database: postgres://kyc@db.internal/kyc
database_password: { file: /run/secrets/kyc-database }
instance: node-1
tls: { certificate: /etc/kyc/tls.pem, key: /run/secrets/tls-key }
master_keys:
  - { id: 2026-11, file: /run/secrets/kyc-master }
accounts:
  main:
    environment: production
    api_key: { file: /run/secrets/idenfy-key }
    api_secret: { file: /run/secrets/idenfy-secret }
    policies: [\"*\"]
```

";

/// The document.
pub fn settings_document() -> String {
    let mut text = HEAD.to_owned();
    for key in KEYS {
        let name = key.name.replace('*', "NAME");
        // Writing to a text cannot fail.
        let _ = writeln!(text, "## `{name}`\n\n{}.\n", key.help);
        let _ = writeln!(text, "| takes | default | flag | variable |\n|---|---|---|---|");
        let default = key.default.map_or_else(|| "none".to_owned(), |default| format!("`{default}`"));
        let sandbox = SANDBOX_DEFAULTS.iter().find(|(other, _)| *other == key.name);
        let sandbox = sandbox.map(|(_, text)| format!("; `{text}` with `--sandbox`")).unwrap_or_default();
        let flag = key.flag().map_or_else(|| format!("`--set {name}=…`"), |flag| format!("`--{flag}`"));
        let _ = writeln!(
            text,
            "| {} | {default}{sandbox} | {flag} | `{}` |\n",
            key.form.wanted(),
            key.variable()
        );
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_document_is_fresh() {
        assert!(
            include_str!("../../SETTINGS.md") == super::settings_document(),
            "run `cargo xtask generate`"
        );
    }
}

//! Values by their key: what was written, or the default. What cannot be read is reported, and nothing is answered.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use kyc_ledger::keys::KeyId;
use kyc_ledger::{DatabaseUrl, Instance};
use kyc_policy::reading::{Reader, Section};
use kyc_policy::tree::Node;
use kyc_policy::{Duration as Written, FileId, Loc, SourceMap};

use crate::settings::key::Form;
use crate::settings::layers::ENVIRONMENT;
use crate::settings::mask::{find, password};
use crate::settings::model::MasterKey;
use crate::settings::rules;
use crate::settings::secret::SecretSource;
use crate::settings::size::Size;
use crate::settings::walk::Found;

/// The longest path of a setting, in bytes, as systems allow it.
const LONGEST_PATH: usize = 4096;

pub(super) struct Values<'f, 'n, 's> {
    pub(super) reader: Reader<'f>,
    pub(super) found: Found<'n>,
    pub(super) sources: &'s SourceMap,
    /// The settings file, and the folder that relative paths in it begin in.
    pub(super) file: Option<(FileId, &'s Path)>,
    /// Defaults that count instead of those of the table.
    pub(super) defaults: &'static [(&'static str, &'static str)],
    /// Variables that settings name as the places of secrets.
    pub(super) named_variables: Vec<String>,
}

impl<'n> Values<'_, 'n, '_> {
    /// What was written for `name`.
    pub(super) fn node(&self, name: &str) -> Option<&'n Node<'n>> {
        self.found.values.iter().find(|value| value.name == name).map(|value| value.node)
    }

    fn default(&self, name: &str) -> Option<&'static str> {
        let other = self.defaults.iter().find(|(key, _)| *key == name);
        other.map(|(_, text)| *text).or_else(|| find(name)?.default)
    }

    /// A single value, read by `parse`.
    fn single<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let Some(node) = self.node(name) else { return parse(self.default(name)?) };
        let wanted = form(name)?.wanted();
        let text = self.reader.scalar(node, name, &wanted)?;
        let value = parse(text);
        if value.is_none() {
            self.reader.malformed(node, name, &wanted, text);
        }
        value
    }

    pub(super) fn address(&mut self, name: &str) -> Option<SocketAddr> {
        self.single(name, |text| text.parse().ok())
    }

    pub(super) fn instance(&mut self, name: &str) -> Option<Instance> {
        self.single(name, |text| Instance::new(text).ok())
    }

    pub(super) fn word(&mut self, name: &str) -> Option<&'static str> {
        let Form::Word(words) = form(name)? else { return None };
        let Some(node) = self.node(name) else {
            let default = self.default(name)?;
            return words.iter().find(|word| **word == default).copied();
        };
        let text = self.reader.scalar(node, name, &Form::Word(words).wanted())?;
        let word = words.iter().find(|word| **word == text).copied();
        if word.is_none() {
            self.reader.unknown_word(node.loc, text, &format!("a word of `{name}`"), words.iter().copied());
        }
        word
    }

    pub(super) fn url(&mut self, name: &str) -> Option<String> {
        let url = self.single(name, |text| Some(text.to_owned()))?;
        let Err(error) = kyc_client::BaseUrl::new(&url) else { return Some(url) };
        if let Some(node) = self.node(name) {
            self.reader.report(rules::refused(
                node.loc,
                format!("`{name}`: {error}"),
                "write the vendor's https address",
            ));
        }
        None
    }

    pub(super) fn integer(&mut self, name: &str) -> Option<u32> {
        let Form::Integer { min, max } = form(name)? else { return None };
        let number = match self.node(name) {
            Some(node) => self.reader.integer(node, name)?,
            None => self.default(name)?.parse().ok()?,
        };
        self.within(name, number, min, max)
    }

    pub(super) fn time(&mut self, name: &str) -> Option<Duration> {
        let Form::Time { min, max } = form(name)? else { return None };
        let time = match self.node(name) {
            Some(node) => self.reader.duration(node, name)?,
            None => Written::parse(self.default(name)?)?,
        };
        self.within(name, time.seconds(), min, max).map(Duration::from_secs)
    }

    pub(super) fn bytes(&mut self, name: &str) -> Option<usize> {
        let Form::Bytes { min, max } = form(name)? else { return None };
        let Size(bytes) = self.single(name, Size::parse)?;
        usize::try_from(self.within(name, bytes, min, max)?).ok()
    }

    fn within<T: PartialOrd>(&mut self, name: &str, value: T, min: T, max: T) -> Option<T> {
        if (min..=max).contains(&value) {
            return Some(value);
        }
        if let (Some(node), Some(form)) = (self.node(name), form(name)) {
            self.reader.out_of_bounds(node, name, &form.bounds());
        }
        None
    }

    pub(super) fn path(&mut self, name: &str) -> Option<PathBuf> {
        let path = self.single(name, is_path)?;
        Some(self.placed(self.node(name).map(|node| node.loc), path))
    }

    /// A path of the settings file begins in its folder, any other in the current one.
    fn placed(&self, loc: Option<Loc>, path: PathBuf) -> PathBuf {
        match self.file {
            Some((file, folder)) if self.file_of(loc) == Some(file) => folder.join(path),
            _ => path,
        }
    }

    /// Whether it was written in a variable of the environment.
    fn is_variable(&self, loc: Loc) -> bool {
        let file = self.file_of(Some(loc));
        let is_settings_file = self.file.is_some_and(|(of_settings, _)| file == Some(of_settings));
        !is_settings_file && file.is_some_and(|file| self.sources.name(file) == ENVIRONMENT)
    }

    fn file_of(&self, loc: Option<Loc>) -> Option<FileId> {
        self.sources.span(loc?).map(|(file, _)| file)
    }

    pub(super) fn database(&mut self, name: &str) -> Option<DatabaseUrl> {
        let text = self.single(name, |text| Some(text.to_owned()))?;
        let node = self.node(name);
        if let Some(node) = node
            && password(&text).is_some()
            && !self.is_variable(node.loc)
        {
            self.reader.report(rules::literal_password(node.loc, name));
            return None;
        }
        match (text.parse::<DatabaseUrl>(), node) {
            (Ok(DatabaseUrl::Sqlite(path)), node) => {
                Some(DatabaseUrl::Sqlite(self.placed(node.map(|node| node.loc), path)))
            }
            (Ok(postgres), _) => Some(postgres),
            (Err(error), Some(node)) => {
                let help = format!("write {}", Form::Database.wanted());
                self.reader.report(rules::refused(
                    node.loc,
                    format!("the address of `{name}` {error}"),
                    &help,
                ));
                None
            }
            (Err(_), None) => None,
        }
    }

    pub(super) fn policies(&mut self, name: &str) -> Option<Vec<String>> {
        let wanted = Form::Policies.wanted();
        let Some(node) = self.node(name) else { return Some(vec![self.default(name)?.to_owned()]) };
        let items = self.reader.list(node, name, &wanted)?;
        let mut globs = Vec::with_capacity(items.len());
        for item in items {
            let text = self.reader.scalar(item, name, &wanted)?;
            let is_allowed = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '-' | '*');
            if text.is_empty() || !text.chars().all(is_allowed) {
                self.reader.malformed(item, name, "names of policies, such as `shop` or `eu-*`", text);
                return None;
            }
            globs.push(text.to_owned());
        }
        Some(globs)
    }

    /// Where the secret of `name` is, if something was written.
    pub(super) fn secret(&mut self, name: &str) -> Option<SecretSource> {
        let node = self.node(name)?;
        if node.scalar().is_some() {
            self.reader.report(rules::literal_secret(node.loc, name));
            return None;
        }
        let section = self.reader.keys(node, name, ["env", "file"].into_iter())?;
        self.source(&section, node.loc, name)
    }

    /// Exactly one of `env` and `file`.
    fn source(&mut self, section: &Section<'n>, loc: Loc, name: &str) -> Option<SecretSource> {
        let wanted = Form::Secret.wanted();
        match (section.get("env"), section.get("file")) {
            (Some(node), None) => {
                let variable = self.reader.scalar(node, name, "the name of a variable")?;
                let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '_';
                if variable.is_empty() || !variable.chars().all(is_allowed) {
                    // A secret may have been put where its name belongs.
                    self.reader.report(rules::literal_secret(node.loc, name));
                    return None;
                }
                self.named_variables.push(variable.to_owned());
                Some(SecretSource::Variable(variable.to_owned()))
            }
            (None, Some(node)) => {
                let path = is_path(self.reader.scalar(node, name, "a path")?)?;
                Some(SecretSource::File(self.placed(Some(node.loc), path)))
            }
            (Some(_), Some(_)) => {
                let message = format!("`{name}` names two places");
                self.reader.report(rules::disagree(loc, message, "keep one of `env` and `file`"));
                None
            }
            (None, None) if section.is_misspelt("env") || section.is_misspelt("file") => None,
            (None, None) => {
                self.reader.report(rules::missing(loc, name, &format!("write {wanted}")));
                None
            }
        }
    }

    pub(super) fn master_keys(&mut self, name: &str) -> Option<Vec<MasterKey>> {
        let Some(node) = self.node(name) else { return Some(Vec::new()) };
        if node.scalar().is_some() {
            self.reader.report(rules::literal_secret(node.loc, name));
            return None;
        }
        let mut keys: Vec<MasterKey> = Vec::new();
        for item in self.reader.list(node, name, &Form::MasterKeys.wanted())? {
            if item.scalar().is_some() {
                self.reader.report(rules::literal_secret(item.loc, name));
                continue;
            }
            let Some(section) = self.reader.keys(item, name, ["id", "env", "file"].into_iter()) else {
                continue;
            };
            let source = self.source(&section, item.loc, name);
            let id = match section.get("id") {
                Some(node) => self.key_id(node, name, &keys),
                None if section.is_misspelt("id") => None,
                None => {
                    let help = "name the key, such as `id: 2026-11`: rows say which key made them";
                    self.reader.report(rules::missing(item.loc, &format!("{name}.id"), help));
                    None
                }
            };
            if let (Some(id), Some(source)) = (id, source) {
                keys.push(MasterKey { id, source });
            }
        }
        Some(keys)
    }

    fn key_id(&mut self, node: &Node<'_>, name: &str, before: &[MasterKey]) -> Option<KeyId> {
        let text = self.reader.scalar(node, name, "a name")?;
        let Ok(id) = KeyId::new(text) else {
            self.reader.malformed(node, name, &Form::Name.wanted(), text);
            return None;
        };
        if before.iter().any(|key| key.id == id) {
            let message = format!("two master keys are named `{id}`");
            self.reader.report(rules::disagree(node.loc, message, "give each key a name of its own"));
            return None;
        }
        Some(id)
    }
}

fn form(name: &str) -> Option<Form> {
    find(name).map(|key| key.form)
}

fn is_path(text: &str) -> Option<PathBuf> {
    let is_path = !text.is_empty() && text.len() <= LONGEST_PATH && !text.chars().any(char::is_control);
    is_path.then(|| PathBuf::from(text))
}

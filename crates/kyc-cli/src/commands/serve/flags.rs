//! The flags of `kyc serve`: one for each setting, made of the table of settings.

use clap::builder::ValueHint;
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};
use kyc_server::settings::{Form, KEYS};

/// Settings from the command line: dotted keys with their values, in written order.
#[derive(Clone, Debug, Default)]
pub(crate) struct SettingFlags(Vec<(String, String)>);

/// The flags that most people need, which the short help shows.
const COMMON: [&str; 5] = ["listen", "policies", "database", "instance", "log.format"];

const SET: &str = "set";

impl SettingFlags {
    pub(super) fn into_pairs(self) -> Vec<(String, String)> {
        self.0
    }
}

impl Args for SettingFlags {
    fn augment_args(command: Command) -> Command {
        let set = Arg::new(SET)
            .long(SET)
            .value_name("KEY=VALUE")
            .action(ArgAction::Append)
            .help_heading("Settings")
            .help("Any setting by its key, such as `accounts.main.rate_per_hour=5000`; repeat it for more");
        let flags = KEYS.iter().filter_map(|key| {
            let arg = Arg::new(key.name)
                .long(key.flag()?)
                .value_name(placeholder(key.form))
                .action(ArgAction::Append)
                .help_heading("Settings")
                .help(described(key))
                .hide_short_help(!COMMON.contains(&key.name));
            Some(match key.form {
                Form::Path => arg.value_hint(ValueHint::AnyPath),
                _ => arg,
            })
        });
        command.args(flags).arg(set)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for SettingFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut written: Vec<(usize, String, String)> = Vec::new();
        for key in KEYS.iter().filter(|key| key.flag().is_some()) {
            written.extend(given(matches, key.name).map(|(at, value)| (at, key.name.to_owned(), value)));
        }
        for (at, pair) in given(matches, SET) {
            // What has no key may be a secret that went astray, so it is not shown.
            let (key, value) = pair.split_once('=').ok_or_else(|| {
                Error::raw(
                    ErrorKind::ValueValidation,
                    "`--set` takes KEY=VALUE, such as `limits.deadline=20s`\n",
                )
            })?;
            written.push((at, key.trim().to_owned(), value.to_owned()));
        }
        written.sort_unstable_by_key(|(at, ..)| *at);
        Ok(Self(written.into_iter().map(|(_, key, value)| (key, value)).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The values of an argument with their places on the command line.
fn given<'m>(matches: &'m ArgMatches, name: &str) -> impl Iterator<Item = (usize, String)> + 'm {
    let places = matches.indices_of(name).into_iter().flatten();
    places.zip(matches.get_many::<String>(name).into_iter().flatten().cloned())
}

fn described(key: &kyc_server::settings::Key) -> String {
    match key.default {
        Some(default) => format!("{} [default: {default}]", key.help),
        None => key.help.to_owned(),
    }
}

const fn placeholder(form: Form) -> &'static str {
    match form {
        Form::Address => "ADDR",
        Form::Path => "PATH",
        Form::Name => "NAME",
        Form::Word(_) => "WORD",
        Form::Database | Form::Url => "URL",
        Form::Policies => "NAMES",
        Form::Integer { .. } => "NUMBER",
        Form::Time { .. } => "TIME",
        Form::Bytes { .. } => "SIZE",
        Form::Secret => "WHERE",
        Form::MasterKeys => "LIST",
    }
}

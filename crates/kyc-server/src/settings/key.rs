//! A setting, for whoever writes it: its name in the file, its flag, its variable, and what it takes.

use crate::settings::size::Size;

/// One row of the table.
#[derive(Debug)]
pub struct Key {
    /// The name, such as `limits.deadline`; a `*` stands for a name of the operator's choice.
    pub name: &'static str,
    /// What it takes.
    pub form: Form,
    /// What counts if nothing is written, in the words of the file.
    pub default: Option<&'static str>,
    /// What it does: a sentence without a full stop.
    pub help: &'static str,
}

/// What a setting takes.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// An IP address and a port.
    Address,
    /// A path; in the file, relative to the file's folder.
    Path,
    /// `sqlite:PATH` or `postgres://USER@HOST/DATABASE`.
    Database,
    /// A name of 1 to 40 characters of `a-z`, `0-9` and `-`.
    Name,
    /// One of some words.
    Word(&'static [&'static str]),
    /// An https address.
    Url,
    /// A list of policies' names, in which `*` stands for any characters.
    Policies,
    /// A whole number within bounds.
    Integer {
        /// The smallest.
        min: u32,
        /// The largest.
        max: u32,
    },
    /// A length of time within bounds, in seconds.
    Time {
        /// The shortest.
        min: u64,
        /// The longest.
        max: u64,
    },
    /// A number of bytes within bounds.
    Bytes {
        /// The fewest.
        min: u64,
        /// The most.
        max: u64,
    },
    /// Where a secret is.
    Secret,
    /// A list of named secrets.
    MasterKeys,
}

impl Key {
    /// The flag, such as `limits-deadline`, without dashes before it. A key with a `*` has none: it is set by `--set`.
    pub fn flag(&self) -> Option<String> {
        (!self.name.contains('*')).then(|| self.name.replace(['.', '_'], "-"))
    }

    /// The environment variable, such as `KYC_LIMITS__DEADLINE`.
    pub fn variable(&self) -> String {
        let name = self.name.replace('*', "NAME").replace('.', "__");
        format!("{VARIABLES}{}", name.to_uppercase())
    }

    /// Whether its value is a secret, or tells where one is.
    pub const fn is_secret(&self) -> bool {
        matches!(self.form, Form::Secret | Form::MasterKeys)
    }
}

/// What the names of all our variables begin with.
pub(super) const VARIABLES: &str = "KYC_";

impl Form {
    /// What it takes, for people.
    pub fn wanted(self) -> String {
        match self {
            Self::Address => "an address and a port, such as `127.0.0.1:8080` or `[::1]:8080`".to_owned(),
            Self::Path => "a path".to_owned(),
            Self::Database => "`sqlite:PATH` or `postgres://USER@HOST/DATABASE`".to_owned(),
            Self::Name => "1 to 40 characters of `a` to `z`, `0` to `9` and `-`".to_owned(),
            Self::Word(words) => {
                words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or ")
            }
            Self::Url => "an https address (http to this machine alone)".to_owned(),
            Self::Policies => "a list of policies' names; `*` stands for any characters".to_owned(),
            Self::Integer { .. } => format!("a whole number from {}", self.bounds()),
            Self::Time { .. } => format!("a time such as `30s`, from {}", self.bounds()),
            Self::Bytes { .. } => format!("a size such as `64KiB`, from {}", self.bounds()),
            Self::Secret => "`{ env: NAME }` or `{ file: PATH }`".to_owned(),
            Self::MasterKeys => {
                "a list of `{ id: NAME, env: NAME }` or `{ id: NAME, file: PATH }`".to_owned()
            }
        }
    }
}

impl Form {
    /// The bounds of a number, a time or a size.
    pub(super) fn bounds(self) -> String {
        match self {
            Self::Integer { min, max } => format!("{min} to {max}"),
            Self::Time { min, max } => format!("{} to {}", time(min), time(max)),
            Self::Bytes { min, max } => format!("{} to {}", Size(min), Size(max)),
            _ => String::new(),
        }
    }
}

/// A length of time in its largest whole unit.
fn time(seconds: u64) -> String {
    match seconds {
        0 => "0s".to_owned(),
        days if days.is_multiple_of(86_400) => format!("{}d", days / 86_400),
        hours if hours.is_multiple_of(3_600) => format!("{}h", hours / 3_600),
        minutes if minutes.is_multiple_of(60) => format!("{}m", minutes / 60),
        seconds => format!("{seconds}s"),
    }
}

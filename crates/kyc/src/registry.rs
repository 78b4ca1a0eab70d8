//! Policies by name.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use kyc_policy::{Policy, Severity, Style, nearest, to_text};
use thiserror::Error;

use kyc_folder::{Folder, LoadError, Policies, Refused};

/// Policies by name. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Registry(Arc<BTreeSet<ByName>>);

/// A policy that is found by its name.
#[derive(Clone, Debug)]
struct ByName(Arc<Policy>);

impl Borrow<str> for ByName {
    fn borrow(&self) -> &str {
        self.0.name()
    }
}

impl PartialEq for ByName {
    fn eq(&self, other: &Self) -> bool {
        self.0.name() == other.0.name()
    }
}

impl Eq for ByName {}

impl PartialOrd for ByName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ByName {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.name().cmp(other.0.name())
    }
}

/// No policy has this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownPolicy {
    name: String,
    suggestion: Option<String>,
    known: usize,
}

/// The policies of a folder have mistakes; `Display` counts them and shows every one.
#[derive(Clone, PartialEq, Eq)]
pub struct Mistakes {
    count: usize,
    rendered: String,
}

/// Why a folder does not become a registry.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The folder cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// Its policies have mistakes.
    #[error(transparent)]
    Mistakes(#[from] Mistakes),
}

impl Registry {
    /// Reads the policies of `folder`.
    ///
    /// # Errors
    ///
    /// The folder cannot be read, or any of its files has a mistake.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, OpenError> {
        match Policies::read(folder.as_ref()) {
            Ok(read) => Ok(read.policies.into_iter().collect()),
            Err(Refused::Unreadable(error)) => Err(error.into()),
            Err(Refused::Mistakes(folder)) => Err(Mistakes::of(&folder).into()),
        }
    }

    /// The policy of this name.
    ///
    /// # Errors
    ///
    /// No policy has this name; the error knows the nearest one.
    pub fn policy(&self, name: &str) -> Result<&Arc<Policy>, UnknownPolicy> {
        self.get(name).ok_or_else(|| UnknownPolicy {
            name: name.chars().filter(|c| !c.is_control()).take(63).collect(),
            suggestion: nearest(name, self.iter().map(|policy| policy.name())).map(str::to_owned),
            known: self.0.len(),
        })
    }

    /// The policy of this name, for those who do not need to know which one is near.
    pub fn get(&self, name: &str) -> Option<&Arc<Policy>> {
        self.0.get(name).map(|policy| &policy.0)
    }

    /// The policies, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Policy>> {
        self.0.iter().map(|policy| &policy.0)
    }

    /// How many policies there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Arc<Policy>> for Registry {
    fn from_iter<I: IntoIterator<Item = Arc<Policy>>>(policies: I) -> Self {
        Self(Arc::new(policies.into_iter().map(ByName).collect()))
    }
}

impl FromIterator<Policy> for Registry {
    fn from_iter<I: IntoIterator<Item = Policy>>(policies: I) -> Self {
        policies.into_iter().map(Arc::new).collect()
    }
}

impl<'p> FromIterator<&'p Policy> for Registry {
    fn from_iter<I: IntoIterator<Item = &'p Policy>>(policies: I) -> Self {
        policies.into_iter().cloned().collect()
    }
}

/// The policies by name. A folder is taken as a whole: a service never runs with half of its policies.
impl TryFrom<Folder> for Registry {
    /// All mistakes of all files.
    type Error = Mistakes;

    fn try_from(folder: Folder) -> Result<Self, Mistakes> {
        let policies = folder.into_policies();
        policies.map(Self::from_iter).map_err(|folder| Mistakes::of(&folder))
    }
}

impl UnknownPolicy {
    /// The nearest name, if one is near.
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }
}

impl fmt::Display for UnknownPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no policy is named `{}`", self.name)?;
        match (&self.suggestion, self.known) {
            (Some(near), _) => write!(f, "; did you mean `{near}`?"),
            (None, 0) => f.write_str("; the folder holds no policy"),
            (None, known) => write!(f, "; {known} policies are known"),
        }
    }
}

impl std::error::Error for UnknownPolicy {}

impl Mistakes {
    /// Those of a folder.
    pub fn of(folder: &Folder) -> Self {
        let errors: Vec<_> = folder
            .diagnostics()
            .iter()
            .filter(|diagnostic| diagnostic.severity() == Severity::Error)
            .map(|diagnostic| to_text(folder.sources(), diagnostic, Style::Plain))
            .collect();
        Self { count: errors.len(), rendered: errors.join("\n\n") }
    }

    /// How many there are.
    pub const fn count(&self) -> usize {
        self.count
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "the policies have {} mistake{plural}:\n\n{}", self.count, self.rendered)
    }
}

impl fmt::Debug for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Mistakes {}

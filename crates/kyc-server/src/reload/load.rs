//! A folder of policies as the service takes it: as a whole, without a mistake, and each policy paid for by one account.

use std::fmt;
use std::path::{Path, PathBuf};

use kyc::{LoadError, Mistakes, Registry};
use kyc_folder::{Policies, Refused};

use crate::engine::{Accounts, PolicySet, Uncovered};

/// Why a folder is not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// It cannot be read.
    Unreadable(LoadError),
    /// It holds no policy.
    Empty(PathBuf),
    /// Its policies have mistakes.
    Mistakes(Mistakes),
    /// Policies are not for exactly one account.
    Uncovered(Vec<Uncovered>),
}

/// Reads and checks the policies of `folder`. It takes a while and reads files: not for a thread that answers requests.
///
/// # Errors
///
/// Why the folder is not taken, with every mistake.
pub fn load(folder: &Path, accounts: &Accounts) -> Result<PolicySet, NotTaken> {
    let (registry, shared) = checked(folder)?;
    let uncovered = accounts.uncovered(&registry);
    if uncovered.is_empty() {
        Ok(PolicySet::new(registry, shared))
    } else {
        Err(NotTaken::Uncovered(uncovered))
    }
}

/// [`load`], without asking who pays.
///
/// # Errors
///
/// Those of [`load`], but for [`NotTaken::Uncovered`].
pub fn check(folder: &Path) -> Result<(), NotTaken> {
    checked(folder).map(|_| ())
}

fn checked(folder: &Path) -> Result<(Registry, kyc_policy::PolicySet), NotTaken> {
    let Policies { set, policies } = Policies::read(folder).map_err(|refused| match refused {
        Refused::Unreadable(error) => NotTaken::Unreadable(error),
        Refused::Mistakes(folder) => NotTaken::Mistakes(Mistakes::of(&folder)),
    })?;
    if policies.is_empty() {
        return Err(NotTaken::Empty(folder.to_owned()));
    }
    Ok((policies.into_iter().collect(), set))
}

impl NotTaken {
    /// How many mistakes there are; 0 if the folder cannot be read at all.
    pub fn count(&self) -> usize {
        match self {
            Self::Unreadable(_) | Self::Empty(_) => 0,
            Self::Mistakes(mistakes) => mistakes.count(),
            Self::Uncovered(uncovered) => uncovered.len(),
        }
    }
}

impl fmt::Display for NotTaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => {
                write!(f, "{error}")?;
                std::error::Error::source(error).map_or(Ok(()), |cause| write!(f, ": {cause}"))
            }
            Self::Empty(folder) => write!(f, "the folder `{}` holds no policy", folder.display()),
            Self::Mistakes(mistakes) => mistakes.fmt(f),
            Self::Uncovered(uncovered) => {
                let lines: Vec<_> = uncovered.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
        }
    }
}

impl std::error::Error for NotTaken {}

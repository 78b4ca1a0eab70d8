//! The policies of a folder, for programs that need nothing else: they are read one by one, and nothing is kept of how
//! they were written. Ten thousand files take a fraction of the memory in which [`Folder`] holds them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kyc_policy::{
    Checked, Diagnostic, Family, Member, Places, Policy, PolicySet, Severity, SourceMap, UsedGroup,
    check_ignored_file, check_together,
};

use crate::Folder;
use crate::disk::Disk;
use crate::names::{is_policy, looks_like_policy, stem};
use crate::parents::{Text, ancestors, family};
use crate::source::{LoadError, Source};

/// The policies of a folder without a mistake.
#[derive(Debug)]
pub struct Policies {
    /// What they share.
    pub set: PolicySet,
    /// The policies.
    pub policies: Vec<Arc<Policy>>,
}

/// Why there are no policies of a folder.
#[derive(Debug)]
pub enum Refused {
    /// The folder or a file in it cannot be read.
    Unreadable(LoadError),
    /// There are mistakes.
    Mistakes(Box<Folder>),
}

impl Policies {
    /// Reads and checks the policies of `folder` as [`Folder::read`] does.
    ///
    /// # Errors
    ///
    /// The folder or a file in it cannot be read, or there are mistakes.
    pub fn read(folder: &Path) -> Result<Self, Refused> {
        match Self::read_lean(&mut Disk { root: Path::new("") }, folder) {
            Ok(policies) => Ok(policies),
            Err(Stop::Unreadable(error)) => Err(Refused::Unreadable(error)),
            // To tell of it takes all that was written.
            Err(Stop::Mistake) => {
                let read = Folder::read(folder).map_err(Refused::Unreadable)?;
                let set = read.set().clone();
                let policies = read.into_policies().map_err(Refused::Mistakes)?;
                Ok(Self { set, policies: policies.into_iter().map(Arc::new).collect() })
            }
        }
    }

    fn read_lean(source: &mut dyn Source, folder: &Path) -> Result<Self, Stop> {
        let entries = source.list(folder)?;
        let Folder { sources, set, diagnostics, .. } = Folder::read_set(source, folder)?;
        fine(&diagnostics)?;
        let mut reading = Reading { source, sources, set: &set, found: Vec::with_capacity(entries.len()) };
        reading.files(folder, entries.iter().filter(|path| is_policy(path)))?;
        reading.ignored(entries.iter().filter(|path| looks_like_policy(path)))?;
        reading.together()?;
        let policies = reading.found.into_iter().map(|found| found.policy).collect();
        Ok(Self { set, policies })
    }
}

/// Reading ends early.
#[derive(Debug)]
enum Stop {
    Unreadable(LoadError),
    /// There is a mistake, of which nothing else is known: places in what was forgotten mean nothing.
    Mistake,
}

impl From<LoadError> for Stop {
    fn from(error: LoadError) -> Self {
        Self::Unreadable(error)
    }
}

/// What is known so far.
struct Reading<'r> {
    source: &'r mut dyn Source,
    /// The set, and the files that others extend.
    sources: SourceMap,
    set: &'r PolicySet,
    found: Vec<Found>,
}

struct Found {
    policy: Arc<Policy>,
    groups: Vec<UsedGroup>,
}

impl Reading<'_> {
    fn files<'p>(&mut self, folder: &Path, paths: impl Iterator<Item = &'p PathBuf>) -> Result<(), Stop> {
        let mut extending = Vec::new();
        let mut extended = BTreeSet::new();
        for path in paths {
            let text = Text::read(self.source, path)?;
            if let Some(parent) = text.extends() {
                extending.push(path);
                extended.insert(parent);
            } else {
                self.leaf(&mut Family::new(), &text)?;
            }
        }
        if extended.is_empty() { Ok(()) } else { self.extending(folder, &extending, extended) }
    }

    /// Checks files that extend others. Only those that are extended are in memory together.
    fn extending(
        &mut self,
        folder: &Path,
        paths: &[&PathBuf],
        extended: BTreeSet<String>,
    ) -> Result<(), Stop> {
        let parents = ancestors(self.source, folder, extended, None)?;
        let mut family = family(self.source, &mut self.sources, &parents);
        let names: BTreeSet<_> = parents.iter().map(|parent| stem(&parent.path)).collect();
        // They were read once more: what is extended is what is in force.
        self.found.retain(|found| !names.contains(found.policy.name()));
        for name in &names {
            self.keep(family.check(name, self.set))?;
        }
        for path in paths.iter().filter(|path| !names.contains(&stem(path))) {
            let text = Text::read(self.source, path)?;
            self.leaf(&mut family, &text)?;
        }
        Ok(())
    }

    /// Checks a file that no other extends, and forgets it.
    fn leaf(&mut self, family: &mut Family<'_>, text: &Text) -> Result<(), Stop> {
        let before = self.sources.mark();
        let (name, stem) = (self.source.shown(&text.path), stem(&text.path));
        let checked = family.check_leaf(&mut self.sources, &name, Some(&stem), &text.bytes, self.set);
        self.sources.forget_since(before);
        self.keep(checked)
    }

    fn keep(&mut self, checked: Checked<Policy>) -> Result<(), Stop> {
        let policy = checked.value.map(Arc::new).ok_or(Stop::Mistake)?;
        self.found.push(Found { policy, groups: checked.groups });
        Ok(())
    }

    /// That these may stand beside the policies.
    fn ignored<'p>(&mut self, mut paths: impl Iterator<Item = &'p PathBuf>) -> Result<(), Stop> {
        paths.try_for_each(|path| {
            let name = self.source.shown(path);
            fine(&check_ignored_file(&mut self.sources, self.set, &name).diagnostics)
        })
    }

    /// That all of them may stand together.
    fn together(&self) -> Result<(), Stop> {
        let places = Places::default();
        let members = self.found.iter().map(|Found { policy, groups }| Member {
            name: policy.name(),
            policy: Some(policy),
            places: &places,
            groups,
        });
        fine(&check_together(self.set, &members.collect::<Vec<_>>()).diagnostics)
    }
}

fn fine(found: &[Diagnostic]) -> Result<(), Stop> {
    let is_error = |found: &Diagnostic| found.severity() == Severity::Error;
    if found.iter().any(is_error) { Err(Stop::Mistake) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests");

    /// The folders with YAML files at or below `folder`.
    fn folders(folder: &Path, all: &mut Vec<PathBuf>) {
        let entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        if entries.iter().any(|path| is_policy(path)) {
            all.push(folder.to_owned());
        }
        entries.iter().filter(|path| path.is_dir()).for_each(|path| folders(path, all));
    }

    fn lean(folder: &Path) -> Result<Policies, Stop> {
        Policies::read_lean(&mut Disk { root: Path::new("") }, folder)
    }

    /// What the policies are, sorted by name.
    fn told(policies: impl IntoIterator<Item = Arc<Policy>>) -> Vec<String> {
        let mut told: Vec<_> = policies.into_iter().map(|policy| format!("{policy:?}")).collect();
        told.sort_unstable();
        told
    }

    #[test]
    fn every_folder_is_read_as_when_all_is_kept() {
        let mut all = vec![Path::new(CORPUS).join("../policies")];
        folders(&Path::new(CORPUS).join("corpus"), &mut all);
        let [mut sound, mut extending] = [0, 0];
        for folder in &all {
            let kept = Folder::read(folder).unwrap();
            match (lean(folder), kept.into_policies()) {
                (Ok(lean), Ok(kept)) => {
                    let extends = |policy: &Policy| policy.governance().special.extends.is_some();
                    sound += 1;
                    extending += usize::from(lean.policies.iter().any(|policy| extends(policy)));
                    assert_eq!(
                        told(lean.policies),
                        told(kept.into_iter().map(Arc::new)),
                        "{}",
                        folder.display()
                    );
                }
                (Err(Stop::Mistake), Err(_)) => {}
                (lean, kept) => panic!("{}: {:?}, {:?}", folder.display(), lean.is_ok(), kept.is_ok()),
            }
        }
        assert!(sound > 20 && extending > 5 && all.len() > sound + 20, "{sound} {extending} {}", all.len());
    }

    #[test]
    fn what_is_found_over_all_policies_counts() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let policy = |name: &str| format!("name: {name}\ncountries: [LT]\ndocuments: [PASSPORT]\n");
        write("a.yaml", &policy("a"));
        write("b.yaml", &policy("b"));
        assert_eq!(lean(folder.path()).unwrap().policies.len(), 2);
        write("_set.yaml", "lints: { policies-identical: deny }\n");
        assert!(matches!(lean(folder.path()), Err(Stop::Mistake)));
        let Err(Refused::Mistakes(told)) = Policies::read(folder.path()) else { panic!("a mistake") };
        assert_eq!(told.diagnostics().len(), Folder::read(folder.path()).unwrap().diagnostics().len());
        write("_set.yaml", "lints: { file-ignored: deny }\n");
        assert_eq!(lean(folder.path()).unwrap().policies.len(), 2);
        write("c.yml", &policy("c"));
        assert!(matches!(lean(folder.path()), Err(Stop::Mistake)));
    }

    #[test]
    fn a_file_that_is_extended_and_one_that_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("_set.yaml", "timezone: UTC\n");
        write("a.yaml", "name: a\nextends: b\ndocuments: [PASSPORT]\n");
        write("b.yaml", "name: b\nextends: c\nage: { min: 18 }\n");
        write("c.yaml", "name: c\ncountries: [LT]\ndocuments: [PASSPORT, ID_CARD]\n");
        let names = |read: Policies| {
            let mut names: Vec<_> = read.policies.iter().map(|policy| policy.name().to_owned()).collect();
            names.sort_unstable();
            names
        };
        assert_eq!(lean(folder.path()).map(names).unwrap_or_default(), ["a", "b", "c"]);
        fs::remove_file(folder.path().join("c.yaml")).unwrap();
        assert!(matches!(lean(folder.path()), Err(Stop::Mistake)));
        fs::remove_file(folder.path().join("b.yaml")).unwrap();
        fs::create_dir(folder.path().join("b.yaml")).unwrap();
        assert!(matches!(lean(folder.path()), Err(Stop::Unreadable(_))));
    }
}

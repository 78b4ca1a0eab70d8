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
    /// There are mistakes. The folder holds the files that have them, and at least these.
    Mistakes(Box<Folder>),
}

impl Policies {
    /// Reads and checks the policies of `folder` as [`Folder::read`] does.
    ///
    /// # Errors
    ///
    /// The folder or a file in it cannot be read, or there are mistakes.
    pub fn read(folder: &Path) -> Result<Self, Refused> {
        let mut disk = Disk { root: Path::new("") };
        let read = match Self::read_lean(&mut disk, folder) {
            Ok(policies) => return Ok(policies),
            Err(Stop::Unreadable(error)) => return Err(Refused::Unreadable(error)),
            Err(Stop::Mistakes(files)) => Folder::read_alone(&mut disk, folder, &files),
            Err(Stop::Mistake) => Folder::read(folder),
        };
        let read = match read {
            // What was found has been mended meanwhile.
            Ok(read) if !read.has_errors() => Folder::read(folder),
            read => read,
        };
        let read = read.map_err(Refused::Unreadable)?;
        let set = read.set().clone();
        let policies = read.into_policies().map_err(Refused::Mistakes)?;
        Ok(Self { set, policies: policies.into_iter().map(Arc::new).collect() })
    }

    fn read_lean(source: &mut dyn Source, folder: &Path) -> Result<Self, Stop> {
        let entries = source.list(folder)?;
        let Folder { sources, set, diagnostics, .. } = Folder::read_set(source, folder)?;
        fine(&diagnostics)?;
        let found = Vec::with_capacity(entries.len());
        let mut reading = Reading { source, sources, set: &set, found, mistaken: Vec::new() };
        reading.files(folder, entries.iter().filter(|path| is_policy(path)))?;
        reading.ignored(entries.iter().filter(|path| looks_like_policy(path)))?;
        reading.together()?;
        let Reading { found, mistaken, .. } = reading;
        if !mistaken.is_empty() {
            return Err(Stop::Mistakes(mistaken));
        }
        let policies = found.into_iter().filter_map(|found| found.policy).collect();
        Ok(Self { set, policies })
    }
}

/// Reading ends early.
#[derive(Debug)]
enum Stop {
    Unreadable(LoadError),
    /// These files have mistakes that are about nothing else, and there are no others.
    Mistakes(Vec<PathBuf>),
    /// There is a mistake, of which nothing is known: places in what was forgotten mean nothing.
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
    /// Files with mistakes.
    mistaken: Vec<PathBuf>,
}

struct Found {
    /// The policy, if the file has no mistake.
    policy: Option<Arc<Policy>>,
    name: String,
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
                let checked = self.leaf(&mut Family::new(), &text);
                if checked.value.is_none() {
                    self.mistaken.push(path.clone());
                }
                self.keep(&stem(path), checked);
            }
        }
        if extended.is_empty() { Ok(()) } else { self.extending(folder, &extending, extended) }
    }

    /// Checks files that extend others. Only those that are extended are in memory together. A mistake of one may be about
    /// another.
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
        self.found.retain(|found| !names.contains(&found.name));
        for name in &names {
            let checked = family.check(name, self.set);
            self.keep(name, proven(checked)?);
        }
        for path in paths.iter().filter(|path| !names.contains(&stem(path))) {
            let text = Text::read(self.source, path)?;
            let checked = self.leaf(&mut family, &text);
            self.keep(&stem(path), proven(checked)?);
        }
        Ok(())
    }

    /// Checks a file that no other extends, and forgets it.
    fn leaf(&mut self, family: &mut Family<'_>, text: &Text) -> Checked<Policy> {
        let before = self.sources.mark();
        let (name, stem) = (self.source.shown(&text.path), stem(&text.path));
        let checked = family.check_leaf(&mut self.sources, &name, Some(&stem), &text.bytes, self.set);
        self.sources.forget_since(before);
        checked
    }

    fn keep(&mut self, name: &str, checked: Checked<Policy>) {
        let Checked { value, groups, .. } = checked;
        self.found.push(Found { policy: value.map(Arc::new), name: name.to_owned(), groups });
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
        let members = self.found.iter().map(|Found { policy, name, groups }| Member {
            name,
            policy: policy.as_deref(),
            places: &places,
            groups,
        });
        fine(&check_together(self.set, &members.collect::<Vec<_>>()).diagnostics)
    }
}

impl Folder {
    /// Reads and checks these files, of which none extends another, under the folder's set.
    fn read_alone(source: &mut dyn Source, folder: &Path, paths: &[PathBuf]) -> Result<Self, LoadError> {
        let mut read = Self::read_set(source, folder)?;
        for path in paths {
            let text = Text::read(source, path)?;
            let mut family = family(source, &mut read.sources, [&text]);
            read.add(&mut family, path);
        }
        Ok(read)
    }
}

fn proven(checked: Checked<Policy>) -> Result<Checked<Policy>, Stop> {
    if checked.value.is_some() { Ok(checked) } else { Err(Stop::Mistake) }
}

fn fine(found: &[Diagnostic]) -> Result<(), Stop> {
    let is_error = |found: &Diagnostic| found.severity() == Severity::Error;
    if found.iter().any(is_error) { Err(Stop::Mistake) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use kyc_policy::{Style, to_text};

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

    /// What is wrong, as it is told.
    fn errors(folder: &Folder) -> Vec<String> {
        let errors = folder.diagnostics().iter().filter(|found| found.severity() == Severity::Error);
        errors.map(|found| to_text(folder.sources(), found, Style::Plain)).collect()
    }

    #[test]
    fn every_folder_is_read_as_when_all_is_kept() {
        let mut all = vec![Path::new(CORPUS).join("../policies")];
        folders(&Path::new(CORPUS).join("corpus"), &mut all);
        let [mut sound, mut extending, mut alone] = [0; 3];
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
                (Err(stop), Err(kept)) => {
                    alone += usize::from(matches!(stop, Stop::Mistakes(_)));
                    let Err(Refused::Mistakes(refused)) = Policies::read(folder) else { panic!("mistakes") };
                    assert_eq!(errors(&refused), errors(&kept), "{}", folder.display());
                }
                (lean, kept) => panic!("{}: {:?}, {:?}", folder.display(), lean.is_ok(), kept.is_ok()),
            }
        }
        assert!(sound > 20 && extending > 5 && alone > 5, "{sound} {extending} {alone}");
        assert!(all.len() > sound + alone + 20, "{} {sound} {alone}", all.len());
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
    fn mistakes_are_told_in_order_and_nothing_else_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        for name in ["a", "b", "c", "d"] {
            let countries = if name == "a" || name == "d" { "[LT]" } else { "[XX, LTT]" };
            write(
                &format!("{name}.yaml"),
                &format!("name: {name}\ncountries: {countries}\ndocuments: [PASSPORT]\n"),
            );
        }
        let refused = || match Policies::read(folder.path()) {
            Err(Refused::Mistakes(folder)) => *folder,
            other => panic!("{other:?}"),
        };
        let all =
            |refused: &Folder| assert_eq!(errors(refused), errors(&Folder::read(folder.path()).unwrap()));
        let names =
            |refused: Folder| refused.files().iter().map(|file| file.name.clone()).collect::<Vec<_>>();
        all(&refused());
        assert_eq!(names(refused()), ["b", "c"]);
        // What is wrong beside one that extends another, which is right, is told alone too.
        write("d.yaml", "name: d\nextends: a\n");
        write("_set.yaml", "timezone: UTC\n");
        all(&refused());
        assert_eq!(names(refused()), ["b", "c"]);
        // What is wrong with a file that is extended may be told of others.
        write("d.yaml", "name: d\nextends: b\n");
        all(&refused());
        assert_eq!(names(refused()).len(), 4);
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

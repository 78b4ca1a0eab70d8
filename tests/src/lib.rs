//! Shared helpers of the workspace-level tests: the corpus of policies, and the one way in which a case is checked.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

pub mod full;
pub mod fuzz;
pub mod generate;
pub mod pages;
pub mod parity;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use kyc_policy::{
    ArchivedPolicy, Checked, Client, Diagnostic, Merged, Policy, PolicySet, Severity, SourceMap, Style,
    check_policy, check_set, merge, read_json, to_text,
};

/// The moment at which every case of the corpus is merged.
pub const NOW: &str = "2026-11-23T12:00:00Z";

/// Cases whose name begins so are valid as far as their rule is concerned.
pub const NEAR_MISS: &str = "near-miss";

/// What follows a case's name in the names of its files.
const SUFFIXES: [&str; 6] = [".set.yaml", ".client.json", ".golden.json", ".folder", ".yaml", ".txt"];

/// One case: the files of a folder that share a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Case {
    /// The folder it lies in.
    pub folder: PathBuf,
    /// The name that its files share; also the policy's.
    pub name: String,
}

/// What came of one case.
#[derive(Debug)]
pub struct Outcome {
    sources: Sources,
    /// Every diagnostic: of the set, of the policy, of the merge.
    pub diagnostics: Vec<Diagnostic>,
    /// The policy, if it has no mistake.
    pub policy: Option<Policy>,
    /// The merge, if the case has a client and the merge was not refused.
    pub merged: Option<Merged>,
}

/// The texts that were read.
#[derive(Debug)]
enum Sources {
    Map(SourceMap),
    /// A whole folder, and where it lies.
    Folder(Box<kyc::Folder>, PathBuf),
}

/// The moment at which every case of the corpus is merged.
///
/// # Panics
///
/// Never: the moment is a constant.
pub fn now() -> Timestamp {
    NOW.parse().expect("a moment")
}

/// Whether snapshots and missing goldens are to be written.
pub fn is_updating() -> bool {
    std::env::var_os("UPDATE_CORPUS").is_some()
}

/// A folder of the corpus.
pub fn corpus(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(folder)
}

/// The entries of `folder`, sorted.
///
/// # Panics
///
/// The folder cannot be read.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = read.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort_unstable();
    paths
}

/// Whether the vendor's stand-in takes the body of a request, by its own schema. The escape hatch is left out first:
/// the stand-in refuses parameters that it does not know, and the escape hatch holds nothing else.
///
/// # Errors
///
/// The stand-in's refusal.
///
/// # Panics
///
/// The body is no JSON.
pub fn accepted_by_the_sandbox(policy: &Policy, wire: &[u8]) -> Result<(), String> {
    let mut bytes = wire.to_vec();
    let hatch = &policy.sections().special.vendor;
    if !hatch.is_empty() {
        let mut body: serde_json::Map<String, serde_json::Value> =
            serde_json::from_slice(wire).expect("a JSON object");
        for field in hatch.iter() {
            body.remove(field.name()).expect("the escape hatch is sent");
        }
        bytes = serde_json::to_vec(&body).expect("JSON");
    }
    kyc_sandbox::validate(&bytes)
        .map(|_| ())
        .map_err(|refusal| format!("the sandbox refuses it: {refusal:?}"))
}

/// That the canonical form of `policy` is canonical, and gives back a policy of the same form.
///
/// # Errors
///
/// What differs.
///
/// # Panics
///
/// The canonical form is no JSON.
pub fn read_back(policy: &Policy) -> Result<(), String> {
    let text = policy.canonical();
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let canonical = serde_json_canonicalizer::to_string(&value).expect("a canonical form");
    if canonical != text {
        return Err(format!("not canonical: {text}"));
    }
    let archived =
        ArchivedPolicy::read(&text, policy.digest()).map_err(|error| format!("{error}: {text}"))?;
    if archived.canonical() != text {
        return Err(format!("read back as {}: {text}", archived.canonical()));
    }
    Ok(())
}

/// The name of a file or folder.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The cases of `folder`, sorted by name. A snapshot or golden that belongs to no case is a mistake, and is deleted
/// when the corpus is updated.
///
/// # Panics
///
/// The folder holds a file that belongs to no case.
pub fn cases(folder: &Path) -> Vec<Case> {
    let mut inputs = BTreeSet::new();
    let mut outputs = Vec::new();
    for path in entries(folder) {
        let file = file_name(&path);
        let Some(suffix) = SUFFIXES.iter().copied().find(|suffix| file.ends_with(suffix)) else {
            panic!("{}: no file of a case is named so", path.display());
        };
        let name = file.strip_suffix(suffix).unwrap_or_default().to_owned();
        if matches!(suffix, ".txt" | ".golden.json") {
            outputs.push((path, name));
        } else {
            inputs.insert(name);
        }
    }
    for (path, name) in outputs.iter().filter(|(_, name)| !inputs.contains(name)) {
        if is_updating() {
            fs::remove_file(path).expect("a file that can be deleted");
        } else {
            panic!("{}: there is no case `{name}`", path.display());
        }
    }
    inputs.into_iter().map(|name| Case { folder: folder.to_owned(), name }).collect()
}

impl Case {
    /// The case's file with this suffix.
    pub fn path(&self, suffix: &str) -> PathBuf {
        self.folder.join(format!("{}{suffix}", self.name))
    }

    /// The bytes of the case's file with this suffix, if there is one.
    pub fn bytes(&self, suffix: &str) -> Option<Vec<u8>> {
        fs::read(self.path(suffix)).ok()
    }

    /// Whether the case has a file or folder with this suffix.
    pub fn has(&self, suffix: &str) -> bool {
        self.path(suffix).exists()
    }

    /// Whether the case is valid as far as its rule is concerned.
    pub fn is_near_miss(&self) -> bool {
        self.name.starts_with(NEAR_MISS)
    }

    /// Runs the case: reads the set, checks the policy under it, and merges the client if there is one.
    ///
    /// # Panics
    ///
    /// The case itself is malformed: its client's data is no JSON object, or its policy is not fine although it has
    /// a client.
    pub fn run(&self) -> Outcome {
        if self.has(".folder") {
            return self.run_folder();
        }
        let mut sources = SourceMap::default();
        let (set, mut diagnostics) = match self.bytes(".set.yaml") {
            Some(bytes) => check_set(&mut sources, &format!("{}.set.yaml", self.name), &bytes),
            None => (PolicySet::empty(), Vec::new()),
        };
        let (mut policy, mut merged) = (None, None);
        if let Some(bytes) = self.bytes(".yaml") {
            let Checked { value, diagnostics: found, places, .. } =
                check_policy(&mut sources, &format!("{}.yaml", self.name), Some(&self.name), &bytes, &set);
            diagnostics.extend(found);
            if let Some(json) = self.bytes(".client.json") {
                let policy = value.as_ref().unwrap_or_else(|| panic!("{self}: the policy has mistakes"));
                let input = read_json(&json).unwrap_or_else(|error| panic!("{self}: {error}"));
                let found = match merge(policy, Client::read(&input), now()) {
                    Ok(done) => {
                        let warnings = done.warnings().to_vec();
                        merged = Some(done);
                        warnings
                    }
                    Err(problems) => problems,
                };
                let locate = |diagnostic: Diagnostic| diagnostic.located(|key| places.value(key));
                diagnostics.extend(found.into_iter().map(locate));
            }
            policy = value;
        }
        Outcome { sources: Sources::Map(sources), diagnostics, policy, merged }
    }

    fn run_folder(&self) -> Outcome {
        let path = self.path(".folder");
        let folder = kyc::Folder::read(&path).unwrap_or_else(|error| panic!("{self}: {error}"));
        // The merge knows the day itself.
        let folder = if self.has(".client.json") { folder } else { folder.on_day_of(now()) };
        let mut diagnostics = folder.diagnostics().to_vec();
        let main = folder.file(&self.name).or(folder.files().first());
        let policy = main.and_then(|file| file.policy.clone());
        let mut merged = None;
        if let Some(json) = self.bytes(".client.json") {
            let input = read_json(&json).unwrap_or_else(|error| panic!("{self}: {error}"));
            for file in folder.files() {
                let policy = file.policy.as_ref().unwrap_or_else(|| panic!("{self}: a policy has mistakes"));
                let found = match merge(policy, Client::read(&input), now()) {
                    Ok(done) => {
                        let warnings = done.warnings().to_vec();
                        if main.is_some_and(|main| main.name == file.name) {
                            merged = Some(done);
                        }
                        warnings
                    }
                    Err(problems) => problems,
                };
                diagnostics
                    .extend(found.into_iter().map(|found| found.located(|key| file.places.value(key))));
            }
        }
        Outcome { sources: Sources::Folder(Box::new(folder), path), diagnostics, policy, merged }
    }
}

impl std::fmt::Display for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", file_name(&self.folder), self.name)
    }
}

impl Outcome {
    /// The texts that were read, for places of diagnostics.
    pub fn sources(&self) -> &SourceMap {
        match &self.sources {
            Sources::Map(sources) => sources,
            Sources::Folder(folder, _) => folder.sources(),
        }
    }

    /// All diagnostics as plain text, separated by blank lines. Paths are relative to the case.
    pub fn rendered(&self) -> String {
        let show = |diagnostic| to_text(self.sources(), diagnostic, Style::Plain);
        let texts: Vec<String> = self.diagnostics.iter().map(show).collect();
        let text = texts.join("\n\n") + "\n";
        match &self.sources {
            Sources::Map(_) => text,
            Sources::Folder(_, path) => text.replace(&format!("{}/", path.display()), ""),
        }
    }

    /// The ids of the rules of this severity that were broken, in order.
    pub fn rules(&self, severity: Severity) -> Vec<&'static str> {
        let of_severity = self.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity);
        of_severity.map(|diagnostic| diagnostic.rule().id).collect()
    }
}

/// The text of a file of the shipped policies.
///
/// # Panics
///
/// There is no such file.
pub fn shipped(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies").join(file);
    fs::read_to_string(path).expect("the shipped policies are beside the tests")
}

//! The corpus as declarations: each case in every way in which it can be declared, with what must come of it.

use std::fmt::{self, Write as _};
use std::fs;
use std::path::{Path, PathBuf};

use kyc::{Folder, LoadError};
use kyc_policy::{Policy, Severity, SourceMap, extended, read_tree};
use serde_json::Value;

use super::facts::facts;
use super::fields::{StructField, agreeing, stating, understood};
use super::package::Package;
use super::tokens::{Unwritable, entries, quoted};
use crate::{Case, cases, corpus, file_name, now};

/// A way in which a policy is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Route {
    /// `policies!("folder")`.
    Folder,
    /// `#[policy(file = "…")]` on a struct.
    File,
    /// `policy! { … }`.
    Tokens,
    /// `#[policy(…)]` on a struct whose fields are the client section.
    Struct,
}

/// One declaration.
#[derive(Debug)]
pub struct Declaration {
    /// The folder of its files, relative to the package: it tells which case it is.
    pub folder: String,
    /// The way.
    pub route: Route,
    /// What must come of it.
    pub expected: Expected,
    /// What stands in the program before the name.
    code: Code,
}

/// What must come of a declaration, by what YAML at run time becomes.
#[derive(Debug)]
pub enum Expected {
    /// Policies, of which this is known.
    Fine(Vec<Value>),
    /// The rules that refuse it, sorted.
    Refused(Vec<String>),
}

#[derive(Debug)]
enum Code {
    Module,
    Expression(String),
    Struct(String, Vec<StructField>),
}

/// The declarations of the corpus.
#[derive(Debug, Default)]
pub struct Declared {
    /// Each case in each way.
    pub all: Vec<Declaration>,
    /// What cannot be declared in a way, and why.
    pub unwritable: Vec<(String, Route, Unwritable)>,
}

/// Lints that need today's date, which no build knows; a set can deny them.
const OF_THE_DAY: [&str; 3] = ["review-overdue", "waiver-expired", "waiver-unused"];

/// The folder of the package that holds the cases.
const CASES: &str = "cases";

/// The declarations of all cases, whose files are laid out in `package`.
///
/// # Panics
///
/// A case cannot be read, or differs in the folder from what it is alone.
pub fn declare(package: &Package) -> Declared {
    let cases = all_cases();
    let files = cases.iter().flat_map(|(folder, case)| files(folder, case)).collect();
    package.lay_out(CASES, &files);
    let mut declared = Declared::default();
    for (folder, case) in &cases {
        let folder = format!("{CASES}/{folder}");
        declared.add_folder(package, &folder, case);
        declared.add_files(package, &folder);
        if let Some(yaml) = case.bytes(".yaml") {
            let set = case.has(".set.yaml").then_some(&*folder);
            declared.add_tokens(package, &folder, &case.name, &yaml, set);
        }
        if case.has(".folder") {
            declared.add_extending(package, &folder);
        }
    }
    declared
}

/// Every case of the corpus, with the folder that its files go to.
fn all_cases() -> Vec<(String, Case)> {
    let of_rules = crate::entries(&corpus("invalid"));
    let folders = [corpus("valid"), corpus("many")].into_iter().chain(of_rules);
    let cases = folders.flat_map(|folder| cases(&folder));
    cases.map(|case| (format!("{}/{}", file_name(&case.folder), case.name), case)).collect()
}

/// The files of one case, as a folder of policies has them.
fn files(folder: &str, case: &Case) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(folder);
    if case.has(".folder") {
        let read = |path: PathBuf| (folder.join(file_name(&path)), fs::read(&path).expect("a file"));
        let client = case.bytes(".client.json").map(|json| (folder.join("client.json"), json));
        return crate::entries(&case.path(".folder")).into_iter().map(read).chain(client).collect();
    }
    let policy = format!("{}.yaml", case.name);
    [(".yaml", &*policy), (".set.yaml", kyc::SET_FILE), (".client.json", "client.json")]
        .into_iter()
        .filter_map(|(suffix, name)| Some((folder.join(name), case.bytes(suffix)?)))
        .collect()
}

/// What must come of the file or folder at `path`.
fn expected(
    package: &Package,
    path: &str,
    read: impl FnOnce(&Path) -> Result<Folder, LoadError>,
) -> Expected {
    let path = package.root().join(path);
    let read = read(&path).unwrap_or_else(|error| panic!("{error}"));
    let folder = if path.is_dir() { &*path } else { path.parent().expect("a folder") };
    let client = fs::read(folder.join("client.json")).ok();
    match read.into_policies() {
        Ok(policies) => {
            Expected::Fine(policies.iter().map(|policy| facts(policy, client.as_deref(), now())).collect())
        }
        Err(read) => {
            let errors = read.diagnostics().iter().filter(|found| found.severity() == Severity::Error);
            Expected::Refused(ids(&errors.map(|found| found.rule().id).collect::<Vec<_>>()))
        }
    }
}

fn ids(of: &[&str]) -> Vec<String> {
    let mut ids: Vec<_> = of.iter().map(|id| (*id).to_owned()).collect();
    ids.sort_unstable();
    ids
}

impl Expected {
    fn ids(&self) -> Vec<String> {
        match self {
            Self::Fine(_) => Vec::new(),
            Self::Refused(ids) => ids.clone(),
        }
    }

    /// The rules that refuse the client.
    fn problems(&self) -> Vec<String> {
        let Self::Fine(facts) = self else { return Vec::new() };
        let problems = facts.iter().filter_map(|facts| facts["merged"].as_array()).flatten();
        ids(&problems.filter_map(Value::as_str).collect::<Vec<_>>())
    }
}

impl Declared {
    /// Declares the whole folder of the case.
    fn add_folder(&mut self, package: &Package, folder: &str, case: &Case) {
        let expected = expected(package, folder, Folder::read);
        let errors = if case.has(".client.json") { expected.problems() } else { expected.ids() };
        let mut of_case = ids(&case.run().rules(Severity::Error));
        of_case.retain(|id| !OF_THE_DAY.contains(&&**id));
        assert_eq!(of_case, errors, "{case}: read as a folder");
        let folder = folder.to_owned();
        if matches!(&expected, Expected::Fine(policies) if policies.is_empty()) {
            self.unwritable.push((folder, Route::Folder, Unwritable::NoPolicy));
        } else {
            self.all.push(Declaration { code: Code::Module, route: Route::Folder, expected, folder });
        }
    }

    /// Declares each policy file of the folder alone.
    fn add_files(&mut self, package: &Package, folder: &str) {
        let read = Folder::read(&package.root().join(folder)).unwrap_or_else(|error| panic!("{error}"));
        for file in read.files() {
            let path = format!("{folder}/{}.yaml", file.name);
            let expected = expected(package, &path, Folder::read_file);
            let fields = if let Some(policy) = &file.policy {
                agreeing(policy)
            } else {
                let yaml = fs::read(package.root().join(&path)).expect("a file");
                let (tree, _) = read_tree(&mut SourceMap::default(), "", &yaml);
                tree.as_ref().map(understood).unwrap_or_default()
            };
            let code = Code::Struct(format!("file = {}", quoted(&path)), fields);
            self.all.push(Declaration { code, route: Route::File, expected, folder: folder.to_owned() });
        }
    }

    /// Declares each policy of the folder that extends another as tokens, if there is a set that tokens can name.
    fn add_extending(&mut self, package: &Package, folder: &str) {
        let root = package.root().join(folder);
        if !root.join(kyc::SET_FILE).exists() {
            return;
        }
        for file in Folder::read(&root).unwrap_or_else(|error| panic!("{error}")).files() {
            let yaml = fs::read(root.join(format!("{}.yaml", file.name))).expect("a file");
            let (tree, _) = read_tree(&mut SourceMap::default(), "", &yaml);
            if tree.as_ref().and_then(extended).is_some() {
                self.add_tokens(package, folder, &file.name, &yaml, Some(folder));
            }
        }
    }

    /// Declares the policy of `yaml` as tokens, under the set of the folder `set`.
    fn add_tokens(&mut self, package: &Package, folder: &str, name: &str, yaml: &[u8], set: Option<&str>) {
        for route in [Route::Tokens, Route::Struct] {
            let path = format!("{folder}/{name}.yaml");
            let expected = expected(package, &path, Folder::read_file);
            let read =
                Folder::read_file(&package.root().join(&path)).unwrap_or_else(|error| panic!("{error}"));
            let policy = read.files().first().and_then(|file| file.policy.as_ref());
            match code(route, yaml, set, &expected, policy) {
                Ok(code) => {
                    self.all.push(Declaration { code, route, expected, folder: folder.to_owned() });
                }
                Err(reason) => self.unwritable.push((folder.to_owned(), route, reason)),
            }
        }
    }
}

/// The code that declares the policy of `yaml`, or why there is none.
fn code(
    route: Route,
    yaml: &[u8],
    set: Option<&str>,
    expected: &Expected,
    policy: Option<&Policy>,
) -> Result<Code, Unwritable> {
    let (tree, found) = read_tree(&mut SourceMap::default(), "", yaml);
    let is_refused = found.iter().any(|found| found.severity() == Severity::Error);
    let tree = tree.filter(|_| !is_refused).ok_or(Unwritable::Text)?;
    if expected.ids().iter().any(|id| id == "name-differs-from-file") {
        return Err(Unwritable::FileName);
    }
    let set = set.map(|set| format!("set = {}", quoted(set)));
    let entries = entries(&tree)?;
    let is_field = |key: &str| route == Route::Struct && key == "client";
    let entries = entries.into_iter().filter(|(key, _)| !is_field(key)).map(|(_, code)| code);
    let code = set.into_iter().chain(entries).collect::<Vec<_>>().join(",\n");
    if route != Route::Struct {
        return Ok(Code::Expression(code));
    }
    // Fields stand for what is inherited too.
    let (stated, inheriting) = (stating(&tree)?, policy.filter(|_| extended(&tree).is_some()));
    Ok(Code::Struct(code, inheriting.map_or(stated, agreeing)))
}

impl Declaration {
    /// The declaration as Rust, under a name that `number` makes its own.
    pub fn code(&self, number: usize) -> String {
        match &self.code {
            Code::Module => format!("kyc::policies!(pub mod d{number} = {});\n", quoted(&self.folder)),
            Code::Expression(entries) => {
                format!("pub const D{number}: &kyc::Policy = kyc::policy! {{\n{entries}\n}};\n")
            }
            Code::Struct(entries, fields) => {
                let mut code = format!(
                    "#[derive(kyc::Policy)]\n#[policy({entries})]\npub struct D{number} {{\npub client_id: ClientId,\n"
                );
                for (field, required) in fields {
                    let ty = field.type_name();
                    let ty = if *required { ty.to_owned() } else { format!("Option<{ty}>") };
                    let _ = writeln!(code, "pub {field}: {ty},");
                }
                code + "}\n"
            }
        }
    }

    /// The policies of the declaration, as an expression.
    pub fn policies(&self, number: usize) -> String {
        match &self.code {
            Code::Module => format!("d{number}::ALL"),
            Code::Expression(_) => format!("&[D{number}]"),
            Code::Struct(..) => format!("&[<D{number} as kyc::TypedPolicy>::POLICY]"),
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Folder => "folder",
            Self::File => "file",
            Self::Tokens => "tokens",
            Self::Struct => "struct",
        })
    }
}

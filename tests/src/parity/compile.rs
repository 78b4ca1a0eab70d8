//! The programs that declare the corpus: one of policies that are fine, one of policies that are refused.

use std::collections::BTreeMap;
use std::ops::Range;
use std::process::Output;

use serde_json::Value;

use super::declare::Declaration;
use super::package::Package;
use crate::NOW;

/// What stands before the declarations.
const PRELUDE: &str = "#![allow(warnings)]\n\
    use kyc::{Address, ClientId, Country, Date, DocumentNumber, ExternalRef, Locale, PersonName, Personal, \
    PersonalNumber, Sex, StepData};\n";

/// The file of the declarations.
const DECLARATIONS: &str = "src/declarations.rs";

/// An error of the compiler.
#[derive(Debug)]
pub struct CompileError {
    /// Which declaration it is about.
    pub declaration: Option<usize>,
    /// The rule in brackets that the message begins with.
    pub rule: Option<String>,
    /// The whole message, as JSON.
    pub json: Value,
}

/// Builds and runs the program of `declarations`, which are fine. The lines that it prints, by declaration.
///
/// # Panics
///
/// It does not compile, or does not run.
pub fn run(package: &Package, declarations: &[&Declaration]) -> Vec<Value> {
    let numbered = || declarations.iter().enumerate();
    let code: String = numbered().map(|(number, declaration)| declaration.code(number)).collect();
    let row = |(number, declaration): (usize, &&Declaration)| {
        let (folder, route) = (&declaration.folder, declaration.route);
        let policies = declaration.policies(number);
        format!("Compiled {{ folder: {folder:?}, route: \"{route}\", policies: {policies} }},\n")
    };
    let table: String = numbered().map(row).collect();
    let code =
        format!("{PRELUDE}{code}use crate::program::Compiled;\npub const ALL: &[Compiled] = &[\n{table}];\n");
    package.write(DECLARATIONS, code.as_bytes());
    package.write("src/facts.rs", include_bytes!("facts.rs"));
    package.write("src/program.rs", include_bytes!("program.rs"));
    let main = format!(
        "mod declarations;\nmod facts;\nmod program;\n\nfn main() {{\n    \
         let now = {NOW:?}.parse().expect(\"a moment\");\n    \
         print!(\"{{}}\", program::lines(declarations::ALL, now).expect(\"the folders\"));\n}}\n"
    );
    package.write("src/main.rs", main.as_bytes());
    let Output { status, stdout, stderr } = package.cargo("run", &[]);
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    let lines = stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).expect("a line of JSON")).collect()
}

/// Compiles the program of `declarations`, which are refused. The compiler's errors.
///
/// # Panics
///
/// Cargo prints something else than messages in JSON.
pub fn check(package: &Package, declarations: &[&Declaration]) -> Vec<CompileError> {
    let mut code = PRELUDE.to_owned();
    let mut lines: BTreeMap<u64, (Range<u64>, usize)> = BTreeMap::new();
    let mut line = 1 + count_lines(&code);
    for (number, declaration) in declarations.iter().enumerate() {
        let declaration = declaration.code(number);
        let end = line + count_lines(&declaration);
        lines.insert(line, (line..end, number));
        line = end;
        code.push_str(&declaration);
    }
    package.write(DECLARATIONS, code.as_bytes());
    package.write("src/main.rs", b"mod declarations;\n\nfn main() {}\n");
    let Output { stdout, .. } = package.cargo("build", &["--message-format=json"]);
    let messages = stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let messages = messages.map(|line| serde_json::from_slice::<Value>(line).expect("a line of JSON"));
    let number = |line: u64| {
        let (_, (range, number)) = lines.range(..=line).next_back()?;
        range.contains(&line).then_some(*number)
    };
    messages
        .filter_map(|message| Some(message.get("message")?.clone()))
        .filter(|message| message["level"] == "error")
        .map(|json| CompileError { declaration: place(&json).and_then(number), rule: rule(&json), json })
        .filter(|error| error.declaration.is_some() || !is_summary(&error.json))
        .collect()
}

/// The line of the declarations that a message is about.
fn place(message: &Value) -> Option<u64> {
    let mut spans = message["spans"].as_array()?.iter();
    let primary = spans.find(|span| span["is_primary"] == true && span["file_name"] == DECLARATIONS)?;
    primary["line_start"].as_u64()
}

/// The id at the beginning of a message.
fn rule(message: &Value) -> Option<String> {
    let (id, _) = message["message"].as_str()?.strip_prefix('[')?.split_once(']')?;
    Some(id.to_owned())
}

/// Whether the compiler only counts the errors before.
fn is_summary(message: &Value) -> bool {
    message["message"].as_str().is_some_and(|text| text.starts_with("aborting due to"))
}

fn count_lines(text: &str) -> u64 {
    text.bytes().filter(|byte| *byte == b'\n').count().try_into().unwrap_or(u64::MAX)
}

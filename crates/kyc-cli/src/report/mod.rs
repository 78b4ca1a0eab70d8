//! What `kyc check` found, and the forms in which programs take it: one file for each form. They are pure.

mod github;
mod json;
mod junit;
mod path;
mod sarif;
mod text;

use std::path::Path;

use clap::ValueEnum;
use kyc::Diagnostic;
use kyc::policy::{Place, Position, Severity, SourceMap, Waiver};

pub(crate) use text::summary;

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people
    #[default]
    Text,
    /// For programs: an array with an object for each finding
    Json,
    /// Workflow commands of GitHub, which become annotations
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, with a suite for each file
    Junit,
}

/// Everything that was found, and where it was looked for.
pub(crate) struct Report<'a> {
    /// The files that were checked, as their folder was named, each once.
    pub(crate) files: Vec<&'a Path>,
    pub(crate) findings: Vec<Finding<'a>>,
    /// The folder to which paths are relative where a form asks for that.
    pub(crate) working_directory: &'a Path,
}

/// One finding, with the texts that its places are in.
#[derive(Clone, Copy)]
pub(crate) struct Finding<'a> {
    pub(crate) sources: &'a SourceMap,
    pub(crate) diagnostic: &'a Diagnostic,
    /// What excuses it.
    pub(crate) waiver: Option<&'a Waiver>,
}

/// A place in a file.
struct InFile<'a> {
    name: &'a str,
    /// `None` for a whole file.
    position: Option<Position>,
}

impl Report<'_> {
    /// The whole report as text that ends in a line break, or empty.
    pub(crate) fn render(&self, form: Form, show_waived: bool) -> String {
        match form {
            Form::Text => text::render(self, show_waived),
            Form::Json => json::render(self),
            Form::Github => github::render(self, show_waived),
            Form::Sarif => sarif::render(self),
            Form::Junit => junit::render(self),
        }
    }

    /// Whether something is refused.
    pub(crate) fn has_mistakes(&self) -> bool {
        self.findings.iter().any(Finding::is_mistake)
    }
}

impl<'a> Finding<'a> {
    fn is_mistake(&self) -> bool {
        self.waiver.is_none() && self.diagnostic.severity() == Severity::Error
    }

    fn is_warning(&self) -> bool {
        self.waiver.is_none() && self.diagnostic.severity() == Severity::Warning
    }

    fn in_file(&self) -> Option<InFile<'a>> {
        in_file(self.sources, self.diagnostic.place())
    }
}

fn in_file<'a>(sources: &'a SourceMap, place: &Place) -> Option<InFile<'a>> {
    match place {
        Place::At(loc) => {
            let (file, bytes) = sources.span(*loc)?;
            Some(InFile { name: sources.name(file), position: Some(sources.position(file, &bytes)) })
        }
        Place::File(file) => Some(InFile { name: sources.name(*file), position: None }),
        Place::Policy(_) | Place::Client(_) | Place::ClientKey(_) => None,
    }
}

/// `waived until 2027-03-31: the reason`.
fn excuse(waiver: &Waiver) -> String {
    format!("waived until {}: {}", waiver.until(), reason(waiver))
}

/// The reason of a waiver on one line: several would look like findings of their own.
fn reason(waiver: &Waiver) -> String {
    waiver.reason().split_whitespace().collect::<Vec<_>>().join(" ")
}

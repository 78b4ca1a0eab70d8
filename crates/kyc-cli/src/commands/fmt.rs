//! `kyc fmt`: policies in the one way in which they are written.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use kyc::policy::{FileKind, MAX_BYTES, SourceMap, Unformatted, format};
use kyc::{Folder, SET_FILE};
use similar::TextDiff;
use tempfile::NamedTempFile;

use crate::error::{CommandError, with_causes};
use crate::exit::Exit;
use crate::files::{count, is_set, read_bounded, read_file_bounded};
use crate::problems;
use crate::ui::Ui;

/// Write policies in the one way in which they are written
///
/// Keys get the order of the guide, comments stay with what they speak of, and what YAML tools would misread, such as
/// the country `NO`, gets quotes. Digests stay as they are. A file that cannot be read is reported and left alone; one
/// with other mistakes is formatted all the same.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc fmt
  kyc fmt --check policies
  kyc fmt - < draft.yaml

Ends with 1 if a file cannot be read, or with `--check` if one is not formatted.")]
pub(crate) struct FmtArgs {
    /// Folders, files, or `-` for standard input
    #[arg(
        value_name = "PATH",
        env = "KYC_POLICIES",
        hide_env_values = true,
        default_value = "policies",
        value_hint = ValueHint::AnyPath
    )]
    paths: Vec<PathBuf>,

    /// Show what would change, and write nothing
    #[arg(long)]
    check: bool,

    /// Of standard input: it is a `_set.yaml`
    #[arg(long)]
    set: bool,
}

/// How many files there were, and what became of them.
#[derive(Default)]
struct Summary {
    files: usize,
    changed: usize,
    left_alone: usize,
}

pub(crate) fn run(args: &FmtArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let mut summary = Summary::default();
    for path in &args.paths {
        if path.as_os_str() == "-" {
            standard_input(args, &mut summary, ui)?;
            continue;
        }
        for file in files(path)? {
            format_file(&file, args.check, &mut summary, ui)?;
        }
    }
    let only_input = args.paths.iter().all(|path| path.as_os_str() == "-");
    if !only_input {
        ui.say(summary.text(args.check));
    }
    let is_wrong = summary.left_alone > 0 || (args.check && summary.changed > 0);
    Ok(if is_wrong { Exit::Wrong } else { Exit::Fine })
}

impl Summary {
    /// `2 of 7 files formatted, 1 left alone`.
    fn text(&self, check: bool) -> String {
        let files = count(self.files, "file", "files");
        let done = if check { "not formatted" } else { "formatted" };
        let text = match self.changed {
            0 => format!("{files}, nothing to format"),
            changed => format!("{changed} of {files} {done}"),
        };
        match self.left_alone {
            0 => text,
            left_alone => format!("{text}, {left_alone} left alone"),
        }
    }
}

/// The policies of a folder with its set, or the file itself.
fn files(path: &Path) -> Result<Vec<PathBuf>, CommandError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let folder = Folder::read(path).map_err(|error| CommandError::usage(with_causes(&error)))?;
    let set = folder.set_path().map(Path::to_owned);
    let files: Vec<_> = set.into_iter().chain(folder.files().iter().map(|file| file.path.clone())).collect();
    if files.is_empty() {
        return Err(CommandError::usage(format!("the folder `{}` holds no policy", path.display()))
            .hint(format!("policies end in `.yaml` and stand directly in the folder, beside `{SET_FILE}`")));
    }
    Ok(files)
}

fn format_file(path: &Path, check: bool, summary: &mut Summary, ui: &mut Ui) -> Result<(), CommandError> {
    let bytes = read_file_bounded(path, MAX_BYTES)?;
    let name = path.display().to_string();
    let kind = if is_set(path) { FileKind::Set } else { FileKind::Policy };
    let Some(text) = formatted(&name, &bytes, kind, summary, ui) else { return Ok(()) };
    if text.as_bytes() == bytes.as_slice() {
        return Ok(());
    }
    summary.changed += 1;
    if check {
        return show_difference(&name, &bytes, &text, ui);
    }
    replace(path, &text).map_err(|error| CommandError::usage(format!("cannot write `{name}`: {error}")))?;
    ui.line(format_args!("formatted {name}"))
}

fn standard_input(args: &FmtArgs, summary: &mut Summary, ui: &mut Ui) -> Result<(), CommandError> {
    let bytes = read_bounded(io::stdin().lock(), MAX_BYTES)
        .map_err(|error| CommandError::usage(format!("cannot read standard input: {error}")))?;
    let kind = if args.set { FileKind::Set } else { FileKind::Policy };
    let name = "standard input";
    let Some(text) = formatted(name, &bytes, kind, summary, ui) else { return Ok(()) };
    let is_changed = text.as_bytes() != bytes.as_slice();
    summary.changed += usize::from(is_changed);
    match (args.check, is_changed) {
        (true, true) => show_difference(name, &bytes, &text, ui),
        (true, false) => Ok(()),
        (false, _) => ui.bytes(text.as_bytes()),
    }
}

/// The formatted text; nothing if the file is to be left alone, which has then been told.
fn formatted(name: &str, bytes: &[u8], kind: FileKind, summary: &mut Summary, ui: &mut Ui) -> Option<String> {
    summary.files += 1;
    let mut sources = SourceMap::default();
    match format(&mut sources, name, bytes, kind) {
        Ok(text) => Some(text),
        Err(Unformatted::Unreadable(found)) => {
            summary.left_alone += 1;
            problems::tell(ui, &sources, &found);
            None
        }
        Err(Unformatted::TooLarge) => {
            summary.left_alone += 1;
            ui.note(format_args!(
                "`{name}` is left alone: formatted, it would be larger than {MAX_BYTES} bytes"
            ));
            None
        }
        // A file that would change its meaning is worse than one in another layout.
        Err(_) => {
            summary.left_alone += 1;
            ui.note(format_args!("`{name}` is left alone: in another layout it would mean something else"));
            ui.hint("mend what `kyc check` finds in it first, or write it in a plainer layout");
            None
        }
    }
}

fn show_difference(name: &str, bytes: &[u8], text: &str, ui: &mut Ui) -> Result<(), CommandError> {
    let before = String::from_utf8_lossy(bytes);
    let difference = TextDiff::from_lines(&*before, text);
    let formatted = format!("{name} (formatted)");
    ui.bytes(difference.unified_diff().header(name, &formatted).to_string().as_bytes())
}

/// Puts the text in the place of a file at once, so that nobody reads half of it. A link stays one, and permissions stay.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let permissions = fs::metadata(&path)?.permissions();
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(permissions)?;
    file.as_file().sync_all()?;
    file.persist(&path)?;
    Ok(())
}

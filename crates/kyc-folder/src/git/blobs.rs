//! Contents of a repository's files: one process of git for all of them.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use kyc_policy::MAX_BYTES;

use crate::git::RevisionError;
use crate::git::command::git;

/// The longest line that announces a content: an id, a type and a size.
const MAX_HEADER: u64 = 256;

/// A running `git cat-file --batch`.
#[derive(Debug)]
pub(super) struct Blobs {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Blobs {
    pub(super) fn open(place: &Path) -> Result<Self, RevisionError> {
        let mut command = git(place);
        command.args(["cat-file", "--batch"]);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(RevisionError::no_git)?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (questions, answers) =
            pipes.ok_or_else(|| RevisionError::no_git(io::ErrorKind::BrokenPipe.into()))?;
        Ok(Self { child, questions, answers: BufReader::new(answers) })
    }

    /// The content with this id; of one that is too large only so much that the reader notices.
    pub(super) fn read(&mut self, id: &str) -> io::Result<Vec<u8>> {
        writeln!(self.questions, "{id}")?;
        self.questions.flush()?;
        let size = self.announced(id)?;
        let kept = size.min(u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1));
        let mut bytes = Vec::new();
        self.answers.by_ref().take(kept).read_to_end(&mut bytes)?;
        // The rest, and the line break behind each content.
        let rest = size.saturating_sub(kept).saturating_add(1);
        let skipped = io::copy(&mut self.answers.by_ref().take(rest), &mut io::sink())?;
        if skipped == rest { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    /// The size in the line `<id> blob <size>`.
    fn announced(&mut self, id: &str) -> io::Result<u64> {
        let mut line = String::new();
        self.answers.by_ref().take(MAX_HEADER).read_line(&mut line)?;
        let mut words = line.split_ascii_whitespace();
        let size = match (words.next(), words.next(), words.next()) {
            (Some(of), Some("blob"), Some(size)) if of == id => size.parse().ok(),
            (_, Some("missing"), _) => {
                let why = "the repository does not hold its content; a partial clone fetches it with `git fetch --refetch`";
                return Err(io::Error::new(io::ErrorKind::NotFound, why));
            }
            _ => None,
        };
        size.ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidData, "git gave an answer that is not understood")
        })
    }
}

impl Drop for Blobs {
    fn drop(&mut self) {
        // It waits for questions, or for a reader of an answer that nobody wants any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

//! Heads: where chains stood, written down where whoever can change the database cannot.
//!
//! A file of heads has one JSON object a line. It is appended to and never rewritten, so it can lie on a mount that only
//! takes more, or be sent elsewhere line by line.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::chain::{ChainState, Mac};

/// Where a chain stood at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The instance that writes the chain.
    pub instance: String,
    /// Its epoch.
    pub epoch: i64,
    /// The number of the last row.
    pub seq: i64,
    /// What authenticates that row.
    pub mac: Mac,
    /// When this was written down.
    #[serde(with = "rfc3339")]
    pub at: Timestamp,
}

/// What a file of heads holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heads {
    /// The heads, in the order in which they were written.
    pub heads: Vec<Head>,
    /// The numbers of lines, from 1, that are no head. A crash or a full disk while one was written leaves such a line.
    pub torn: Vec<usize>,
}

impl Head {
    /// Where a chain stands now.
    pub fn new(chain: ChainState, at: Timestamp) -> Self {
        Self { instance: chain.instance, epoch: chain.epoch, seq: chain.seq, mac: chain.mac, at }
    }

    /// The head as a line of a file, without its end.
    pub fn to_line(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Appends the head to a file, which is made if it is not there; it is on the disk when this returns.
    pub fn append_to(&self, path: &Path) -> io::Result<()> {
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        // A line that was torn must not take this one with it.
        let line =
            if ends_torn(&mut file)? { format!("\n{}\n", self.to_line()) } else { self.to_line() + "\n" };
        file.write_all(line.as_bytes())?;
        file.sync_all()?;
        // That there is such a file at all is written down in its folder.
        #[cfg(unix)]
        File::open(path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new(".")))?
            .sync_all()?;
        Ok(())
    }
}

impl Heads {
    /// Reads a file of heads.
    ///
    /// # Errors
    ///
    /// The file cannot be read. A line that is no head is no error: its number is in [`Heads::torn`].
    pub fn read(path: &Path) -> io::Result<Self> {
        Ok(Self::parse(&std::fs::read(path)?))
    }

    /// Reads the text of such a file.
    pub fn parse(text: &[u8]) -> Self {
        let mut found = Self::default();
        for (index, line) in text.split(|byte| *byte == b'\n').enumerate() {
            match serde_json::from_slice(line) {
                _ if line.is_empty() => {}
                Ok(head) => found.heads.push(head),
                Err(_) => found.torn.push(index + 1),
            }
        }
        found
    }
}

/// Whether the file ends within a line.
fn ends_torn(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// Times as people read them.
mod rfc3339 {
    use jiff::Timestamp;
    use serde::{Deserialize as _, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(at)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(seq: i64) -> Head {
        let at = "2026-11-24T10:00:00Z".parse().unwrap();
        Head { instance: "node-1".to_owned(), epoch: 3, seq, mac: Mac::new([0xab; 32]), at }
    }

    #[test]
    fn a_line_never_changes() {
        let line = format!(
            r#"{{"instance":"node-1","epoch":3,"seq":41,"mac":"{}","at":"2026-11-24T10:00:00Z"}}"#,
            "ab".repeat(32)
        );
        assert_eq!(head(41).to_line(), line);
        assert_eq!(Heads::parse(line.as_bytes()).heads, [head(41)]);
    }

    #[test]
    fn what_is_appended_is_read_and_a_torn_line_costs_itself_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("heads.jsonl");
        head(1).append_to(&path).unwrap();
        head(2).append_to(&path).unwrap();
        assert_eq!(Heads::read(&path).unwrap(), Heads { heads: vec![head(1), head(2)], torn: vec![] });

        let text = std::fs::read(&path).unwrap();
        for cut in 1..text.len() / 2 {
            std::fs::write(&path, &text[..text.len() - cut]).unwrap();
            // Without its end alone the line is whole.
            let torn = if cut == 1 { vec![] } else { vec![2] };
            assert_eq!(Heads::read(&path).unwrap().torn, torn, "cut by {cut}");
            head(3).append_to(&path).unwrap();
            let found = Heads::read(&path).unwrap();
            let heads = if cut == 1 { vec![head(1), head(2), head(3)] } else { vec![head(1), head(3)] };
            assert_eq!(found, Heads { heads, torn }, "cut by {cut}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_an_error() {
        assert!(Heads::read(Path::new("/nowhere/heads.jsonl")).is_err());
        assert!(head(1).append_to(Path::new("/nowhere/heads.jsonl")).is_err());
    }
}

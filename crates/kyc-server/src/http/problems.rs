//! Every code as a document for people.

use std::fmt::Write as _;

use super::problem::type_of;
use crate::engine::{About, Code};

const HEAD: &str = "\
# Problems

What the service answers when something was not done is a document of RFC 9457 with the media type
`application/problem+json`. Its `code` stays the same over releases, and is the end of its `type`. `detail` says what is
special about this time, `violations` names everything that is wrong with what was sent, each with a JSON pointer into the
body. None of it holds a value of the client.

A request that may be sent again is sent with the same `Idempotency-Key` and the same data; then nothing is paid for twice.

| code | status | title |
|---|---|---|
";

/// The registry of codes as Markdown.
pub fn problems_document() -> String {
    let mut text = HEAD.to_owned();
    // Writing to a text cannot fail.
    for About { code, status, title, .. } in Code::ALL.iter().map(|code| code.about()) {
        let _ = writeln!(text, "| [`{code}`](#{code}) | {status} | {title} |");
    }
    for code in Code::ALL {
        let About { code: word, status, title, meaning, advice } = code.about();
        let _ = write!(
            text,
            "\n## {word}\n\n{title} ({status}, `{}`).\n\n{meaning}\n\n{advice}\n",
            type_of(*code)
        );
    }
    text
}

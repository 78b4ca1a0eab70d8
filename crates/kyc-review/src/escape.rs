//! Text of policies inside other notations: it is data there, never markup.

use crate::words::written;

/// Text inside Markdown, on one line: no formatting, no link, no mention of a person, no end of a table's cell.
pub(crate) fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in written(text).replace("://", "&#58;//").chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '!' | '|' | '~' | '^' | '$' => {
                escaped.extend(['\\', c]);
            }
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '@' => escaped.push_str("&#64;"),
            '#' if !escaped.ends_with('&') => escaped.push_str("&#35;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_becomes_markup() {
        for (text, escaped) in [
            ("Retail accounts in the EEA.", "Retail accounts in the EEA."),
            ("a | b\n| c", "a \\| b \\| c"),
            ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
            ("</td><script>", "&lt;/td&gt;&lt;script&gt;"),
            ("@maintainer see #1", "&#64;maintainer see &#35;1"),
            ("https://evil.example", "https&#58;//evil.example"),
            (
                "`code` *bold* __x__ ~~y~~ ![i](j)",
                "\\`code\\` \\*bold\\* \\_\\_x\\_\\_ \\~\\~y\\~\\~ \\!\\[i\\](j)",
            ),
        ] {
            assert_eq!(markdown(text), escaped);
        }
    }
}

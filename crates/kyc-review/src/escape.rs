//! Text of policies inside other notations: it is data there, never markup.

use crate::words::written;

/// Text inside Markdown, on one line: no formatting, no link, no mention of a person, no end of a table's cell, and at
/// the beginning of a line no block.
pub(crate) fn markdown(text: &str) -> String {
    let text = written(text);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut escaped = String::with_capacity(text.len() + 16);
    let mut rest = text.as_str();
    for (at, c) in text.char_indices() {
        rest = rest.strip_prefix(c).unwrap_or_default();
        let begins_block =
            at == 0 && matches!(c, '#' | '+' | '-' | '=') || at == digits && matches!(c, '.' | ')');
        let begins_link = c == ':' && rest.starts_with("//") || c == '.' && ends_with_www(&escaped);
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // Readers look for mentions in what a backslash or an entity has become, too.
            '@' => escaped.push_str("@<!-- -->"),
            '#' if rest.starts_with(|next: char| next.is_ascii_digit()) => escaped.push_str("#<!-- -->"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => escaped.extend(['\\', c]),
            _ if begins_block || begins_link => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

fn ends_with_www(text: &str) -> bool {
    text.get(text.len().saturating_sub(3)..).is_some_and(|end| end.eq_ignore_ascii_case("www"))
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
            ("</td><script>&lt;", "&lt;/td&gt;&lt;script&gt;&amp;lt;"),
            ("@maintainer see #1, #x", "@<!-- -->maintainer see #<!-- -->1, #x"),
            ("https://evil.example www.evil.example", "https\\://evil.example www\\.evil.example"),
            (
                "`code` *bold* __x__ ~~y~~ ![i](j) $m$",
                "\\`code\\` \\*bold\\* \\_\\_x\\_\\_ \\~\\~y\\~\\~ !\\[i\\](j) \\$m\\$",
            ),
            ("# a", "\\# a"),
            ("- a - b", "\\- a - b"),
            ("12. a 3. b", "12\\. a 3. b"),
            ("2026-11-23", "2026-11-23"),
        ] {
            assert_eq!(markdown(text), escaped);
        }
    }
}

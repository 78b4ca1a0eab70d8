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

/// A sentence of ours inside Markdown: keys that it marks are code, and everything else is [`markdown`].
pub(crate) fn sentence(text: &str) -> String {
    let is_key = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
    };
    let parts: Vec<&str> = text.split('`').collect();
    let mut escaped = String::with_capacity(text.len() + 16);
    for (index, part) in parts.iter().enumerate() {
        // Between two marks, and not behind one that nobody closed.
        let is_marked = index % 2 == 1 && index + 1 < parts.len();
        match part {
            key if is_marked && is_key(key) => escaped.extend(["`", key, "`"]),
            other if is_marked => escaped.extend(["\\`", &markdown(other), "\\`"]),
            // The blanks beside a key are part of the sentence.
            other => escaped.extend([
                blank(other.starts_with(' ')),
                &markdown(other),
                blank(other.len() > 1 && other.ends_with(' ')),
            ]),
        }
    }
    escaped
}

const fn blank(is_there: bool) -> &'static str {
    if is_there { " " } else { "" }
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

    #[test]
    fn keys_in_a_sentence_are_code_and_nothing_else_is() {
        for (text, escaped) in [
            ("`checks.aml` (lists): was on", "`checks.aml` (lists): was on"),
            ("tighter in `deny` of `_set.yaml` and matrix", "tighter in `deny` of `_set.yaml` and matrix"),
            ("step `A b` | x", "step \\`A b\\` \\| x"),
            ("open `key", "open key"),
            ("`a``b`", "`a``b`"),
        ] {
            assert_eq!(sentence(text), escaped, "{text}");
        }
    }
}

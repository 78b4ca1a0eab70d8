//! An address that may not be sent to the vendor.

use kyc_core::{WebUrl, WebUrlError};

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran, Skip};
use crate::template::{PLACEHOLDERS, TemplateError};
use crate::written::Written;

pub(crate) static RULE: Rule = Rule {
    id: "malformed-url",
    kind: Kind::Error,
    summary: "an address is malformed or unsafe",
    why: "People, and results about people, are sent there. What a browser would read differently from a \
          reviewer is refused.",
    bad: r#"redirect: { success: "http://app.example.com/ok" }"#,
    good: r#"redirect: { success: "https://app.example.com/ok" }"#,
};

pub(crate) const CHECK: Option<Check> = Some(check);

/// The key of the one address that takes no placeholder and no plain http: the vendor itself goes there.
pub(super) const WEBHOOK: &str = "webhook.url";

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    match context.written() {
        Ok(definition) => check_written(definition.written, findings),
        Err(_) => return check_filled(context, findings),
    }
    // A placeholder's value can make the address too long.
    let waits = context.sections.redirect.templates().any(|(_, url)| url.fixed().is_none());
    if waits { Err(Skip::Waits) } else { Ok(()) }
}

fn check_written(written: &Written, findings: &mut Findings) {
    for url in &written.urls {
        let is_webhook = url.key == WEBHOOK;
        let error = match &url.parsed {
            Ok((template, _)) if is_webhook && template.fixed().is_none() => {
                findings.push(
                    Diagnostic::new(&RULE, url.loc, "the address of `webhook.url` has a placeholder")
                        .help("write one fixed address: the vendor sends the results of all clients to it"),
                );
                continue;
            }
            Ok((_, address)) if is_webhook && !address.is_secure() => &TemplateError::Url(WebUrlError::NotHttps),
            Ok(_) => continue,
            Err(error) => error,
        };
        let help = match error {
            TemplateError::Url(WebUrlError::NotHttps) if is_webhook => "write `https://…`".to_owned(),
            _ => help(error),
        };
        let message = format!("the address of `{}` {error}", url.key);
        findings.push(Diagnostic::new(&RULE, url.loc, message).help(help));
    }
}

fn check_filled(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let client = context.whole_client()?;
    for (key, template) in context.sections.redirect.templates() {
        // A field that is missing or malformed has been reported itself.
        let field = template.placeholders().find(|field| client.placeholder(*field).is_some());
        let Some(field) = field.filter(|_| template.placeholders().all(|field| client.placeholder(field).is_some()))
        else {
            continue;
        };
        if let Err(error) = template.fill(|field| client.placeholder(field)) {
            findings.push(
                Diagnostic::new(&RULE, field, format!("with `{field}` filled in, the address of `{key}` {error}"))
                    .related(context.value(key), "the address")
                    .help("use another value, or take the placeholder out of the policy"),
            );
        }
    }
    Ok(())
}

fn help(error: &TemplateError) -> String {
    match error {
        TemplateError::Url(WebUrlError::NotHttps) => {
            "write `https://…`; plain http is taken for `localhost` alone".to_owned()
        }
        TemplateError::Url(WebUrlError::Credentials) => {
            "leave the user name and password out: they would reach every client".to_owned()
        }
        TemplateError::Url(WebUrlError::NotAscii) => "write the host in its `xn--` form and encode the path".to_owned(),
        TemplateError::Url(WebUrlError::RewrittenHost) => {
            "write the host in lower case, as a name or as four numbers, without a dot at the end".to_owned()
        }
        TemplateError::Url(WebUrlError::Backslash) => "write slashes".to_owned(),
        TemplateError::Url(WebUrlError::Control) => "delete it, or write a space as `%20`".to_owned(),
        TemplateError::Url(WebUrlError::Length) => format!("write an address of {} to {} characters", WebUrl::MIN, WebUrl::MAX),
        TemplateError::Url(WebUrlError::EmptyPort) => "write the port, or leave the colon out".to_owned(),
        TemplateError::Url(WebUrlError::RewrittenPath) => {
            "write the path without `.` and `..` segments".to_owned()
        }
        TemplateError::Url(_) => "write an absolute address, such as `https://app.example.com/kyc/ok`".to_owned(),
        TemplateError::Position => {
            "a placeholder may be (part of) a path segment or the value of a query parameter".to_owned()
        }
        TemplateError::StrayBrace | TemplateError::UnknownPlaceholder(_) => {
            let known: Vec<_> = PLACEHOLDERS.iter().map(|field| format!("`{{{field}}}`")).collect();
            format!("known placeholders: {}; encode other braces as `%7B` and `%7D`", known.join(", "))
        }
    }
}

//! Addresses that no list of hosts vouches for.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Level, Rule};
use crate::rules::{Check, Context, Ran};

pub(crate) static RULE: Rule = Rule {
    id: "hosts-unlisted",
    kind: Kind::Lint(Level::Warn),
    summary: "no list of hosts vouches for the addresses",
    why: "Without a list a mistyped or malicious host in a redirect goes unnoticed.",
    bad: r#"redirect: { success: "https://app.exmaple.com/ok" }"#,
    good: r"# _set.yaml
hosts: [app.example.com]",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let definition = context.written()?;
    if definition.set.hosts.is_empty()
        && !definition.set.places.is_stated("hosts")
        && !definition.set.places.is_broken("hosts")
        && let Some(url) = definition.written.urls.iter().find(|url| url.parsed.is_ok())
    {
        findings.push(
            Diagnostic::new(&RULE, url.loc, "no list of hosts vouches for the addresses of this policy")
                .help("list the hosts in `_set.yaml` beside the policy: `hosts: [app.example.com]`"),
        );
    }
    Ok(())
}

//! A host that the set does not list.

use crate::diagnostic::{Diagnostic, Findings, shown};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};
use crate::suggest::nearest;

pub(crate) static RULE: Rule = Rule {
    id: "host-not-listed",
    kind: Kind::Error,
    summary: "a host is not among those of the set",
    why: "A mistyped or malicious host would receive clients, or results about them.",
    bad: r#"# hosts: [app.example.com]
redirect: { success: "https://app.exmaple.com/ok" }"#,
    good: r#"redirect: { success: "https://app.example.com/ok" }"#,
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let definition = context.written()?;
    let set = definition.set;
    if !set.places.is_stated("hosts") || set.places.is_broken("hosts") {
        return Ok(());
    }
    for url in &definition.written.urls {
        let Ok((_, parsed)) = &url.parsed else { continue };
        if !parsed.is_secure() || set.hosts.iter().any(|host| host.name == parsed.host() && host.port == parsed.port()) {
            continue;
        }
        let host = match parsed.port() {
            Some(port) => format!("{}:{port}", parsed.host()),
            None => parsed.host().to_owned(),
        };
        let diagnostic =
            Diagnostic::new(&RULE, url.loc, format!("the host `{}` of `{}` is not listed by the set", shown(&host), url.key));
        let has_other_port = set.hosts.iter().any(|listed| listed.name == parsed.host());
        let diagnostic = match nearest(&host, set.hosts.iter().map(|host| host.name.as_str())) {
            _ if has_other_port => diagnostic.help(format!(
                "the host is listed with another port: add `{host}` to `hosts` in `_set.yaml` if it is yours"
            )),
            Some(near) => {
                diagnostic.help(format!("did you mean `{near}`? a new host is added to `hosts` in `_set.yaml`"))
            }
            None => diagnostic.help("add the host to `hosts` in `_set.yaml` if it is yours"),
        };
        findings.push(match set.places.value("hosts") {
            Some(loc) => diagnostic.related(loc, "the hosts of the set"),
            None => diagnostic,
        });
    }
    Ok(())
}

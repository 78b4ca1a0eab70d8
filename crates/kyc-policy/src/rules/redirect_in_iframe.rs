//! Redirects in a frame.

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};
use crate::sections::Delivery;

pub(crate) static RULE: Rule = Rule {
    id: "redirect-in-iframe",
    kind: Kind::Error,
    summary: "a session in a frame has redirect addresses",
    why: "The vendor warns that they can break the flow inside a frame; the frame is told the result by a \
          message.",
    bad: r#"delivery: iframe
redirect: { success: "https://app.example.com/ok" }"#,
    good: "delivery: iframe",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    let definition = context.written()?;
    context.need(&["delivery"])?;
    if context.sections.delivery == Delivery::Iframe && definition.places.is_stated("redirect") {
        findings.push(
            Diagnostic::new(&RULE, context.key("redirect"), "`redirect` and the delivery `iframe` exclude each other")
                .related(context.value("delivery"), "the delivery")
                .help("leave `redirect` out: the vendor's frame posts a message to your page"),
        );
    }
    Ok(())
}

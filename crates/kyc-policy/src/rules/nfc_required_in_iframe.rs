//! A chip that a frame cannot read.

use kyc_core::Nfc;

use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::{Kind, Rule};
use crate::rules::{Check, Context, Ran};
use crate::sections::Delivery;

pub(crate) static RULE: Rule = Rule {
    id: "nfc-required-in-iframe",
    kind: Kind::Error,
    summary: "the chip must be read, and the pages are shown in a frame",
    why: "A browser frame cannot read chips, so nobody could finish.",
    bad: r"nfc: required
delivery: iframe",
    good: r"nfc: optional
delivery: iframe",
};

pub(crate) const CHECK: Option<Check> = Some(check);

fn check(context: &Context<'_>, findings: &mut Findings) -> Ran {
    context.written()?;
    context.need(&["nfc", "delivery"])?;
    if context.sections.nfc == Nfc::Required && context.sections.delivery == Delivery::Iframe {
        findings.push(
            Diagnostic::new(&RULE, context.value("nfc"), "`nfc` cannot be `required` in an iframe")
                .related(context.value("delivery"), "the delivery")
                .help("let `nfc` be `optional`, or `delivery` be `redirect`"),
        );
    }
    Ok(())
}

//! Who answers for the policy, why it is so and how long.

use kyc_policy::{Effective, Loosening, Policy};

use super::{Context, Fact, Part};
use crate::words;

pub(super) fn part(policy: &Policy, context: &Context) -> Part {
    let governance = policy.governance();
    let mut facts = vec![stated("Owner", "owner", governance.owner.as_deref())];
    facts.push(match governance.risk_tier {
        Some(tier) => Fact::new("Risk tier", "risk_tier", words::risk_tier(tier)),
        None => stated("Risk tier", "risk_tier", None),
    });
    facts.push(stated("Why it is so", "rationale", governance.rationale.as_deref()));
    facts.push(stated("Legal basis", "legal_basis", governance.legal_basis.as_deref()));
    facts.push(review_by(policy, context));
    if let Some(parent) = &governance.special.extends {
        let exceptions =
            if governance.special.loosen.is_empty() { "" } else { ", with the exceptions below" };
        facts.push(Fact::quoting("Builds on", "extends", parent).note(&format!(
            "where this policy states nothing else, that one holds; and it is at least as tight{exceptions}"
        )));
    }
    facts.extend(
        governance
            .special
            .loosen
            .iter()
            .chain(governance.special.inherited_loosen.iter())
            .map(|one| exception(one, context)),
    );
    if governance.special.effective != Effective::default() {
        let text = format!("sessions are opened {}", words::effective(governance.special.effective));
        let is_alert = !is_in_force(governance.special.effective, context);
        facts.push(Fact { is_alert, ..Fact::new("In force", "effective", &text) });
    }
    facts.push(
        digest("Digest", policy.digest().to_string())
            .note("a fingerprint of all that the policy does: policies with one digest do the same"),
    );
    facts.push(
        digest("Document digest", policy.document_digest().to_string())
            .note("a fingerprint of the whole document, with what is said in this part"),
    );
    Part::new("governance", "Who answers for it").facts(facts)
}

/// Whether sessions are opened on the day of the context; without a day they are.
pub(super) fn is_in_force(effective: Effective, context: &Context) -> bool {
    let Some(today) = context.today else { return true };
    effective.from.is_none_or(|from| from <= today) && effective.until.is_none_or(|until| today <= until)
}

fn stated(label: &'static str, key: &'static str, text: Option<&str>) -> Fact {
    match text {
        Some(text) => Fact::quoting(label, key, text),
        None => Fact::new(label, key, "not stated"),
    }
}

fn digest(label: &'static str, digest: String) -> Fact {
    Fact { text: digest, ..Fact::keyless(label, "") }
}

/// Leave to be looser than the policy that this one builds on.
fn exception(one: &Loosening, context: &Context) -> Fact {
    let is_past = context.today.is_some_and(|today| one.until < today);
    let end = if is_past { ". This day has passed." } else { "" };
    let text = format!("{} may be looser until {}{end}", words::quoted(&one.key), one.until);
    Fact { is_alert: is_past, ..Fact::new("Exception", "loosen", &text) }.note(&words::written(&one.reason))
}

fn review_by(policy: &Policy, context: &Context) -> Fact {
    let Some(day) = policy.governance().review_by else { return stated("Review by", "review_by", None) };
    let is_past = context.today.is_some_and(|today| day < today);
    let text = if is_past { format!("{day}. This day has passed.") } else { day.to_string() };
    Fact { is_alert: is_past, text, ..Fact::new("Review by", "review_by", "") }
}

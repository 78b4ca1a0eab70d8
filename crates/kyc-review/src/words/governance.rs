//! Who answers for a policy, and how long.

use kyc_policy::{Effective, Reverify, ReverifyEvent, ReverifyEvents, RiskTier};

use super::{duration, either};

/// How much risk the policy covers.
pub const fn risk_tier(of: RiskTier) -> &'static str {
    match of {
        RiskTier::Low => "low risk: simplified due diligence",
        RiskTier::Standard => "standard risk: standard due diligence",
        RiskTier::High => "high risk: enhanced due diligence",
    }
}

/// On which days tokens are issued under the policy.
pub fn effective(of: Effective) -> String {
    match (of.from, of.until) {
        (None, None) => "on every day".to_owned(),
        (Some(from), None) => format!("from {from} on"),
        (None, Some(until)) => format!("through {until}"),
        (Some(from), Some(until)) => format!("from {from} through {until}"),
    }
}

/// The events after which a person is verified again: `when the document has expired or the name has changed`.
pub fn events(of: ReverifyEvents) -> String {
    let events = of.iter().map(|event| match event {
        ReverifyEvent::DocumentExpiry => "the document expires",
        ReverifyEvent::NameChange => "the name changes",
        ReverifyEvent::AddressChange => "the address changes",
        ReverifyEvent::NationalityChange => "the nationality changes",
        ReverifyEvent::PolicyChange => "the policy becomes stricter",
    });
    format!("when {}", either(events))
}

/// When a person is verified again: `after 5 years at the latest, and when the name changes`; `None` if nothing is said.
pub fn reverify(of: Reverify) -> Option<String> {
    let every = of.every.map(|every| format!("after {} at the latest", duration(every)));
    let on = (!of.on.is_empty()).then(|| events(of.on));
    let when: Vec<String> = every.into_iter().chain(on).collect();
    (!when.is_empty()).then(|| when.join(", and "))
}

/// Whose midnight begins a day.
pub fn timezone(zone: &str) -> String {
    format!("days begin at midnight in {}", zone.rsplit('/').next().unwrap_or(zone).replace('_', " "))
}

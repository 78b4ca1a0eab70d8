//! What a policy says to people only.

use jiff::civil;

use super::json::object;
use crate::sections::{Loosening, Sections};

/// The canonical form of name, governance and reasons.
pub(crate) fn governance(sections: &Sections) -> Vec<u8> {
    let governance = &sections.governance;
    let day = |day: Option<civil::Date>| day.map(|day| day.to_string());
    object(512, |object| {
        object.text_if("description", governance.description.as_deref());
        object.text_if("effective_from", day(governance.special.effective.from).as_deref());
        object.text_if("effective_until", day(governance.special.effective.until).as_deref());
        object.text_if("extends", governance.special.extends.as_deref());
        if !governance.special.inherited_loosen.is_empty() {
            object.objects("inherited_loosen", governance.special.inherited_loosen.iter(), |object, one| {
                object.text("key", &one.key);
                object.text("reason", &one.reason);
                object.text("until", &one.until.to_string());
            });
        }
        object.text_if("legal_basis", governance.legal_basis.as_deref());
        object.object_if_any("loosen", |object| {
            for Loosening { key, reason, until } in governance.special.loosen.iter() {
                object.object(key, |object| {
                    object.text("reason", reason);
                    object.text("until", &until.to_string());
                });
            }
        });
        object.text_if("minors", governance.special.minors.as_deref());
        object.text("name", &sections.name);
        object.text_if("owner", governance.owner.as_deref());
        object.text_if("rationale", governance.rationale.as_deref());
        object.number_if("reverify_every", governance.reverify.every.map(crate::duration::Duration::seconds));
        if !governance.reverify.on.is_empty() {
            object.codes(
                "reverify_on",
                governance.reverify.on.iter().map(crate::sections::ReverifyEvent::as_str),
            );
        }
        object.text_if("review_by", day(governance.review_by).as_deref());
        object.text_if("risk_tier", governance.risk_tier.map(crate::sections::RiskTier::as_str));
        let unjudged = sections.special.webhook.as_ref().and_then(|webhook| webhook.unjudged.as_deref());
        object.text_if("unjudged", unjudged);
    })
}

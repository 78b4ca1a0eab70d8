//! What a policy fixes of its requests, in the vendor's terms.

use kyc_core::{Redirect, Settings};

use crate::sections::Sections;
use crate::template::UrlTemplate;

/// The settings of a policy. Addresses with a client's value are filled by the merge.
pub(crate) fn settings(sections: &Sections) -> Settings {
    let url = |template: &Option<UrlTemplate>| template.as_ref().and_then(UrlTemplate::fixed).cloned();
    let redirect = Redirect {
        success: url(&sections.redirect.success),
        error: url(&sections.redirect.error),
        unverified: url(&sections.redirect.unverified),
    };
    let callback_url = sections.webhook.as_ref().map(|webhook| webhook.url.clone());
    Settings {
        token_type: sections.token.token_type,
        expiry_time: sections.token.expires_in,
        session_length: sections.token.session_length,
        redirect,
        callback_url,
        age: sections.age,
        flags: sections.flags,
        questionnaire: sections.questionnaire.clone(),
        nfc: sections.nfc,
        extra: sections.extra.clone(),
        theme: sections.theme.clone(),
        risk_profile: sections.risk_profile.clone(),
        registry_countries: sections.registry_countries,
        face_threshold: sections.face_threshold,
        locale: sections.locale.clone(),
        vendor: sections.vendor.clone(),
    }
}

//! What a policy fixes of its requests, in the vendor's terms.

use kyc_core::{HttpsUrl, Redirect, Settings, WebUrl};

use crate::sections::Sections;
use crate::template::UrlTemplate;

/// The settings of a policy; `None` only if an address that the check accepted is no longer one.
pub(crate) fn settings(sections: &Sections) -> Option<Settings> {
    let url = |template: &Option<UrlTemplate>| match template {
        Some(template) if !template.has_placeholders() => WebUrl::new(template.as_str()).map(Some).ok(),
        _ => Some(None),
    };
    let redirect = Redirect {
        success: url(&sections.redirect.success)?,
        error: url(&sections.redirect.error)?,
        unverified: url(&sections.redirect.unverified)?,
    };
    let callback_url = match &sections.webhook {
        Some(webhook) => Some(HttpsUrl::new(&webhook.url).ok()?),
        None => None,
    };
    Some(Settings {
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
    })
}

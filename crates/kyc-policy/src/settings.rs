//! What a policy fixes of its requests, in the vendor's terms.

use kyc_core::{Redirect, Settings, WebUrl};

use crate::sections::Sections;
use crate::template::UrlTemplate;

/// The settings of a policy. Addresses with a client's value are filled by the merge.
pub(crate) fn settings(sections: &Sections) -> Settings<'_> {
    let redirect = Redirect {
        success: fixed(sections.redirect.success.as_ref()),
        error: fixed(sections.redirect.error.as_ref()),
        unverified: fixed(sections.redirect.unverified.as_ref()),
    };
    Settings {
        token_type: sections.token.token_type,
        expiry_time: sections.token.expires_in,
        session_length: sections.token.session_length,
        redirect,
        callback_url: sections.webhook.as_ref().map(|webhook| &webhook.url),
        age: sections.age,
        flags: sections.flags,
        questionnaire: &sections.questionnaire,
        nfc: sections.nfc,
        extra: &sections.extra,
        theme: sections.theme.as_ref(),
        risk_profile: sections.risk_profile.as_ref(),
        registry_countries: sections.registry_countries,
        face_threshold: sections.face_threshold,
        locale: sections.locale.as_ref(),
        vendor: sections.vendor.as_slice(),
    }
}

fn fixed(template: Option<&UrlTemplate>) -> Option<&WebUrl> {
    template.and_then(UrlTemplate::fixed)
}

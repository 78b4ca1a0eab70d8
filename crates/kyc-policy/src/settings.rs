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
    let special = sections.special.get();
    Settings {
        token_type: sections.token.token_type,
        expiry_time: sections.token.expires_in,
        session_length: sections.token.session_length,
        redirect,
        callback_url: special.webhook.as_ref().map(|webhook| &webhook.url),
        age: sections.age,
        flags: sections.flags,
        questionnaire: &sections.questionnaire,
        nfc: sections.nfc,
        extra: &sections.extra,
        theme: special.theme.as_ref(),
        risk_profile: special.risk_profile.as_ref(),
        registry_countries: special.registry_countries,
        face_threshold: special.face_threshold,
        locale: sections.locale.as_ref(),
        vendor: special.vendor.as_slice(),
    }
}

fn fixed(template: Option<&UrlTemplate>) -> Option<&WebUrl> {
    template.and_then(UrlTemplate::fixed)
}

//! One phrase for each section that policies are compared by.

use kyc_core::Flag;
use kyc_policy::{Field, OrderedSection, Policy};

use super::Groups;

/// What the section of the policy means, in one phrase.
pub fn section(policy: &Policy, of: OrderedSection, groups: &Groups) -> String {
    let sections = policy.sections();
    match of {
        OrderedSection::Matrix => super::matrix(sections, groups),
        OrderedSection::Age => super::age(sections.age),
        OrderedSection::Nationality => super::nationality(sections.nationality, groups),
        OrderedSection::IpCountry => super::ip_country(sections.ip_country, groups),
        OrderedSection::Expiry => super::expiry(sections.expiry),
        OrderedSection::Verdict => super::verdict(&sections.verdict),
        OrderedSection::TokenType => super::token_type(sections.token.token_type).to_owned(),
        OrderedSection::ManualReview
        | OrderedSection::Checks
        | OrderedSection::Verify
        | OrderedSection::BankCard
        | OrderedSection::Switches => super::flags(sections.flags, &of.flags().collect::<Vec<Flag>>()),
        OrderedSection::Questionnaire => super::questionnaire(&sections.questionnaire),
        OrderedSection::Nfc => super::nfc(sections.nfc).to_owned(),
        OrderedSection::Steps => super::steps(&sections.extra),
        OrderedSection::Registries => super::registries(sections.special.registry_countries, groups),
        OrderedSection::FaceThreshold => super::face_threshold(sections.special.face_threshold),
        OrderedSection::RiskProfile => super::risk_profile(sections.special.risk_profile.as_ref()),
        OrderedSection::Vendor => super::vendor(&sections.special.vendor),
        OrderedSection::Client => super::client(&sections.client),
        OrderedSection::Timezone => super::timezone(&sections.timezone),
    }
}

/// What the policy says under a key that decides nobody's passing, such as `redirect.success`; `None` if it says
/// nothing there.
pub fn key(policy: &Policy, field: &Field) -> Option<String> {
    let stated = policy.stated(field)?;
    let sections = policy.sections();
    Some(match field.key {
        "token.expires_in" => super::seconds(sections.token.expires_in.get()),
        "token.session_length" => super::seconds(sections.token.session_length.get()),
        "reverify.every" => sections.governance.reverify.every.map_or(stated, super::duration),
        "reverify.on" => super::events(sections.governance.reverify.on),
        "delivery" => super::delivery(sections.delivery).to_owned(),
        "reuse" => super::reuse(sections.reuse).to_owned(),
        "country_lock" => super::country_lock(sections.country_lock).to_owned(),
        _ => super::written(&stated),
    })
}

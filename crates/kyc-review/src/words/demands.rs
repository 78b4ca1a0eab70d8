//! What is asked of a person beside document and face.

use kyc_core::{CountrySet, FaceThreshold, Nfc, Questionnaire, VendorFields, VendorId};

use super::{Groups, join, quoted};

/// What stands for a key that is not stated.
pub(crate) const ACCOUNT: &str = "as the vendor account is set";

/// Questions before the document.
pub fn questionnaire(of: &Questionnaire) -> String {
    match of {
        Questionnaire::Account => format!("questions {ACCOUNT}"),
        Questionnaire::None => "no questions".to_owned(),
        Questionnaire::Key { key, required } => {
            let how = match required {
                Some(true) => "which must be answered",
                Some(false) => "which may be skipped",
                None => "which must be answered or may be skipped as the vendor account is set",
            };
            format!("the questionnaire {}, {how}", quoted(key.as_str()))
        }
    }
}

/// The document's chip.
pub const fn nfc(of: Nfc) -> &'static str {
    match of {
        Nfc::Account => "the chip of the document is read as the vendor account is set",
        Nfc::Off => "the chip of the document is not read",
        Nfc::Optional => "the chip of the document is read where the telephone can",
        Nfc::Required => "the chip of the document must be read",
    }
}

/// Registers that are asked.
pub fn registries(countries: CountrySet, groups: &Groups) -> String {
    if countries.is_empty() {
        "no state registers are asked".to_owned()
    } else {
        format!("state registers of {} are asked", super::set(countries, groups))
    }
}

/// How alike the faces must be.
pub fn face_threshold(of: Option<FaceThreshold>) -> String {
    match of {
        None => "faces must be as alike as the vendor asks".to_owned(),
        Some(threshold) => format!("the vendor's threshold for faces is multiplied by {threshold}"),
    }
}

/// The vendor's risk assessment profile.
pub fn risk_profile(of: Option<&VendorId>) -> String {
    match of {
        None => "no risk profile is named".to_owned(),
        Some(id) => format!("the vendor's risk profile {}", quoted(id.as_str())),
    }
}

/// Parameters that this release does not know.
pub fn vendor(fields: &VendorFields) -> String {
    if fields.is_empty() {
        return "no parameters beside those that are understood".to_owned();
    }
    let fields = fields.iter().map(|field| format!("{} = {}", field.name(), super::written(field.json())));
    format!("parameters that are passed on without being understood: {}", join(fields))
}

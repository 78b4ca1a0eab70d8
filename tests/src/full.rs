//! A policy and a client that together use every parameter of the vendor that one request can carry, and the struct
//! that somebody without this library would write for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Every parameter at once (the vendor excludes a utility bill beside steps, and required beside optional reading of
/// the chip).
pub const FULL_POLICY: &str = r#"
name: full
description: Everything at once.
countries: [EEA, CH, GB]
documents: { any: [PASSPORT, ID_CARD, RESIDENCE_PERMIT], GB: [PASSPORT] }
age: { min: 18, max: 90 }
token: { type: IDENTIFICATION, expires_in: 1h, session_length: 10m, digit_code: true }
redirect:
  success: https://app.example.com/kyc/ok
  error: https://app.example.com/kyc/failed
  unverified: https://app.example.com/kyc/retry
webhook: { url: "https://hooks.example.com/idenfy", unjudged: A benchmark. }
manual_review: { successful: true, failed: false }
questionnaire: onboarding-v2
questionnaire_required: true
checks: { aml: true, criminal: false, liveness: true, face_blacklist: true, doc_face_blacklist: true,
  person_blacklist: true, duplicate_faces: true, duplicate_doc_faces: true, duplicate_personal_data: true,
  driver_license: false, lid: true, ip_proxy: true }
verify: { email: true, phone: true, bank: false, bank_accounts: false, bank_balances: false,
  bank_transactions: false, address: true }
bank_card: { verification: false, pdf_upload: false }
auto_aml_monitoring: true
allow_bsn_masking: true
driver_license_back: false
show_instructions: true
nfc: optional
steps: { ALL: { ALL: { UTILITY_BILL: { type: COMPARE, fields: [address],
  texts: { en: { name: Proof of address, description: A bill of the last three months. } },
  settings: { can_upload: true, can_capture: true, can_upload_pdf: true } } } } }
theme: 1f8b0f0e-3f5a-4c8e-9d53-0c4f7a9f2b11
risk_profile: 1f8b0f0e-3f5a-4c8e-9d53-0c4f7a9f2b12
registry_countries: [LT, HU]
face_threshold: 0.95
client:
  require: [name, date_of_birth, document_country]
  accept: [external_ref, nationality, document_number, personal_number, sex, date_of_expiry, date_of_issue, address,
    locale, step_data]
"#;

/// A client who has everything.
pub const FULL_CLIENT: &str = r#"{
  "client_id": "user-123", "external_ref": "order-7", "first_name": "John", "last_name": "Doe",
  "date_of_birth": "1990-05-15", "nationality": "LT", "document_number": "LX12345",
  "personal_number": "39005150000", "sex": "M", "date_of_expiry": "2199-01-01", "date_of_issue": "2020-01-01",
  "address": "Gedimino pr. 1, Vilnius", "document_country": "LT", "locale": "lt",
  "step_data": { "UTILITY_BILL": { "address": "Gedimino pr. 1, Vilnius" } }
}"#;

/// The request as a plain struct: what a service writes by hand, checked by nothing.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    missing_docs,
    clippy::struct_excessive_bools,
    reason = "each field is the vendor's parameter of that name"
)]
pub struct PlainRequest {
    pub client_id: String,
    pub token_type: String,
    pub expiry_time: u32,
    pub session_length: u32,
    pub success_url: String,
    pub error_url: String,
    pub unverified_url: String,
    pub callback_url: String,
    pub age_limit: u32,
    pub age_max: u32,
    pub generate_digit_string: bool,
    pub show_instructions: bool,
    pub review_successful: bool,
    pub review_failed: bool,
    pub verify_email: bool,
    pub verify_phone: bool,
    pub verify_bank: bool,
    pub verify_bank_accounts: bool,
    pub verify_bank_balances: bool,
    pub verify_bank_transactions: bool,
    pub verify_address: bool,
    pub bank_card_verification: bool,
    pub bank_card_pdf_upload: bool,
    pub check_aml: bool,
    pub check_criminal: bool,
    pub check_liveness: bool,
    pub check_face_blacklist: bool,
    pub check_doc_face_blacklist: bool,
    pub check_person_blacklist: bool,
    pub check_duplicate_faces: bool,
    pub check_duplicate_doc_faces: bool,
    pub check_duplicate_personal_data: bool,
    pub check_driver_license: bool,
    pub check_lid: bool,
    pub check_ip_proxy: bool,
    pub auto_aml_monitoring: bool,
    pub allow_bsn_masking: bool,
    pub driver_license_back: bool,
    pub questionnaire: String,
    pub questionnaire_required: bool,
    pub nfc_required: bool,
    pub nfc_optional: bool,
    pub additional_steps: BTreeMap<String, BTreeMap<String, BTreeMap<String, PlainStep>>>,
    pub theme: String,
    pub risk_assessment_profile: String,
    pub registry_centers_countries: Vec<String>,
    pub face_matching_threshold_modifier: f64,
    pub country: String,
    pub documents: Vec<String>,
    pub locale: String,
    pub additional_data: BTreeMap<String, BTreeMap<String, String>>,
    pub external_ref: String,
    pub first_name: String,
    pub last_name: String,
    pub nationality: String,
    pub personal_number: String,
    pub document_number: String,
    pub sex: String,
    pub address: String,
    pub date_of_birth: String,
    pub date_of_expiry: String,
    pub date_of_issue: String,
}

/// One additional step.
#[derive(Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the vendor's parameter of that name")]
pub struct PlainStep {
    pub fields: Vec<String>,
    pub settings: PlainStepSettings,
    pub texts: BTreeMap<String, PlainStepText>,
    pub r#type: String,
}

/// What may be uploaded for a step.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each field is the vendor's parameter of that name")]
pub struct PlainStepSettings {
    pub can_capture: bool,
    pub can_upload: bool,
    #[serde(rename = "canUploadPDF")]
    pub can_upload_pdf: bool,
}

/// What the client reads about a step.
#[derive(Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the vendor's parameter of that name")]
pub struct PlainStepText {
    pub description: String,
    pub name: String,
}

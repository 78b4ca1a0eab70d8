#![deny(warnings)]

use kyc::{ClientField, Policy};

const LARGE: &Policy = kyc::policy! {
    name = "large",
    description = "Everything at once.",
    owner = "risk@example.com",
    rationale = r#"So that "all" is written."#,
    review_by = "2027-06-30",
    risk_tier = standard,
    effective(from = "2026-01-01", until = "2028-01-01"),
    minors(rationale = "Youth accounts."),
    countries = [EEA, CH, -LI],
    documents(any = [PASSPORT], LT = [PASSPORT, ID_CARD], LV = any),
    eid = [SMART_ID],
    country_lock = array,
    nationality(deny = [KP], review = [IR]),
    ip_country(deny = [KP]),
    age(min = 16, max = 120),
    expiry(none = review, min_remaining = 30d),
    token(type = IDENTIFICATION, expires_in = 90m, session_length = 600s),
    redirect(success = "https://app.example.com/{external_ref}", error = "https://app.example.com/error"),
    manual_review(successful = true, failed = false),
    questionnaire = "onboarding-v2",
    questionnaire_required = true,
    checks(aml = true, liveness = true, duplicate_faces = true, ip_proxy = true),
    steps(
        ALL(ALL(BILL(
            type = COMPARE,
            fields = [address, "city name"],
            texts(en(name = "A bill", description = "Not older than a month.")),
            settings(can_upload = true),
        ))),
        LT(ID_CARD(LICENCE(type = UPLOAD))),
    ),
    face_threshold = 0.95,
    vendor(newField = -1, other = ["a", 2, true, null, [], [[1]]], map(a = 1, b(c = "x"))),
    client(require = [name, external_ref, date_of_birth, step_data], accept = [sex, locale, document_country]),
    verdict(
        default = review,
        outside = reject,
        tags(UNDER_AGE = reject, NAME = review),
        aml(sanctions = review, pep = review, false_positive = accept),
    ),
    reuse = while_open,
    reverify(every = 5y, on = [document_expiry, name_change]),
};

fn main() {
    assert_eq!(LARGE.name(), "large");
    assert!(LARGE.requires_name() && LARGE.takes(ClientField::StepData));
    assert_eq!(LARGE.sections().age.max().unwrap().get(), 120);
    assert_eq!(LARGE.sections().special.vendor.iter().count(), 3);
    assert_eq!(LARGE.governance().rationale.as_deref(), Some("So that \"all\" is written."));
}

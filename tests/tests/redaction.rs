//! What holds personal data prints nothing of it, and says what it is.

use std::fmt::Debug;

use jiff::tz::TimeZone;
use kyc_core::{
    Address, ClientId, Country, CountryLock, CountrySet, Date, DocumentSet, DocumentType, EncodedSettings,
    Locale, Personal, RequestedDocuments, StepData, StepName, TokenResponse, WebUrl,
};
use kyc_policy::{Applicant, Birth, Client, ClientInput, InputValue, PolicySet, SourceMap, check_policy};

/// A word that stands in each value, so that none may print it.
const PLANTED: &str = "Zelda";

fn assert_redacted(value: &dyn Debug, says: &str) {
    let shown = format!("{value:?}");
    assert_eq!(shown, says);
    for planted in [PLANTED, "1990", "PASSPORT", "Passport"] {
        assert!(!format!("{shown} {value:#?}").contains(planted), "{planted} in {shown}");
    }
}

#[test]
fn values_of_a_client_are_named_and_not_shown() {
    let lithuania = Country::from_alpha2("LT").unwrap();
    let passport: DocumentSet = [DocumentType::Passport].into_iter().collect();
    let mut data = StepData::default();
    data.insert(StepName::new("BILL").unwrap(), "number", PLANTED).unwrap();
    let url = WebUrl::new(&format!("https://app.example.com/{PLANTED}")).unwrap();
    let mut input = ClientInput::default();
    input.text("first_name", PLANTED);
    assert_redacted(&ClientId::new(PLANTED).unwrap(), "ClientId(redacted)");
    assert_redacted(&Address::new(PLANTED).unwrap(), "Address(redacted)");
    assert_redacted(&Date::new(1990, 5, 15).unwrap(), "Date(redacted)");
    assert_redacted(&CountryLock::of_client(Personal::new(lithuania)), "CountryLock(redacted)");
    let documents = RequestedDocuments::of(passport).unwrap();
    assert_redacted(&documents.of_client(), "RequestedDocuments(redacted)");
    assert_redacted(&data, "StepData(redacted)");
    assert_redacted(&url, "WebUrl(app.example.com…)");
    assert_redacted(&input.take("first_name").pop().unwrap(), "InputValue(redacted)");
    input.push("sex".to_owned(), InputValue::Other("a list"));
    assert_redacted(&input, "ClientInput(redacted)");
}

#[test]
fn results_and_answers_show_what_is_nobodys() {
    let birth = Birth::Day(Date::new(1990, 5, 15).unwrap());
    assert_redacted(&birth, "Birth(redacted)");
    let facts =
        Applicant { birth: Some(birth), document: Some(DocumentType::Passport), ..Applicant::default() }
            .facts(kyc_tests::now(), &TimeZone::UTC);
    assert_redacted(&facts, &format!("Facts {{ is_final: true, status: {:?}, .. }}", facts.status));
    let answer =
        format!(r#"{{"authToken":"{PLANTED}","scanRef":"s-1","expiryTime":60,"message":"{PLANTED}"}}"#);
    assert_redacted(
        &TokenResponse::from_wire(answer.as_bytes()).unwrap(),
        "TokenResponse { scan_ref: \"s-1\", expiry_time: Some(60), session_length: None, .. }",
    );
}

#[test]
fn what_a_mutant_would_send_is_shown_masked() {
    let text = "name: p\ncountries: [LT]\ndocuments: [ID_CARD]\nclient: { require: [first_name] }\n";
    let set = PolicySet::empty();
    let checked = check_policy(&mut SourceMap::default(), "p.yaml", Some("p"), text.as_bytes(), &set);
    let mutants = checked.value.unwrap().mutants(&set, checked.left_out);
    let mut input = ClientInput::default();
    input.text("client_id", "user-1");
    input.text("first_name", PLANTED);
    let body = mutants.first().unwrap().body(Client::read(&input), kyc_tests::now()).unwrap();
    assert!(String::from_utf8_lossy(&body.wire).contains(PLANTED));
    assert_redacted(&body, &format!("MutantBody {{ masked: {:?}, .. }}", body.masked));
}

/// What a policy says is no person's, so it is shown where that helps.
#[test]
fn what_a_policy_fixes_is_shown_in_short() {
    let lithuania = Country::from_alpha2("LT").unwrap();
    assert_eq!(format!("{:?}", CountryLock::one(lithuania)), "CountryLock({LT})");
    assert_eq!(
        format!("{:?}", CountryLock::array(CountrySet::EMPTY.with(lithuania)).unwrap()),
        "CountryLock({LT})"
    );
    let passport: DocumentSet = [DocumentType::Passport].into_iter().collect();
    assert_eq!(format!("{:?}", RequestedDocuments::of(passport).unwrap()), format!("{passport:?}"));
    assert_eq!(format!("{:?}", EncodedSettings::default()), "EncodedSettings(…)");
    assert_eq!(format!("{:?}", Locale::new("lt").unwrap()), "\"lt\"");
    let text =
        "name: p\ncountries: [LT]\ndocuments: [PASSPORT]\nclient: { require: [name], accept: [locale] }\n";
    let checked =
        check_policy(&mut SourceMap::default(), "p.yaml", Some("p"), text.as_bytes(), &PolicySet::empty());
    let policy = checked.value.unwrap();
    let (digest, accepted) = (policy.digest(), policy.accepted_fields());
    assert_eq!(format!("{digest:?}"), digest.to_string());
    let fields = accepted.iter().collect::<std::collections::BTreeSet<_>>();
    assert_eq!(format!("{accepted:?}"), format!("{fields:?}"));
    assert!(!fields.is_empty());
}

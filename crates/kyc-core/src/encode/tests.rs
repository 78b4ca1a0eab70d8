//! What a body says, plain and masked.

use serde_json::{Value, json};

use super::*;
use crate::flags::Flags;
use crate::request::{CountryLock, RequestedDocuments, Settings};
use crate::weburl::WebUrl;
use crate::{
    Address, ClientId, CountrySet, Date, DocumentNumber, DocumentType, ExternalRef, Locale, PersonName,
    Personal, PersonalNumber, Sex, VendorId,
};

static FIXED: WebUrl = WebUrl::proven("https://app.example.com/fixed", 15, None, true);
static THEME: VendorId = VendorId::proven("1f8b0f0e-3f5a-4c8e-9d53-0c4f7a9f2b11");

fn settings() -> Settings<'static> {
    Settings {
        redirect: Redirect { error: Some(&FIXED), ..Redirect::default() },
        flags: Flags::NONE.with(crate::Flag::CheckAml, true).with(crate::Flag::CheckLiveness, false),
        theme: Some(&THEME),
        ..Settings::default()
    }
}

fn url(text: &str) -> WebUrl {
    WebUrl::new(text).unwrap()
}

/// Everything that a client can bring.
fn request(settings: &Settings<'_>) -> TokenRequest {
    let mut request = TokenRequest::new(EncodedSettings::new(settings), ClientId::new("user-1").unwrap());
    request.country = Some(CountryLock::of_client(Personal::new("LT".parse().unwrap())));
    let documents = [DocumentType::Passport].into_iter().collect();
    request.documents = RequestedDocuments::of(documents).map(RequestedDocuments::of_client);
    request.redirect = Redirect {
        success: Some(url("https://app.example.com/ref-9").with_personal_value()),
        error: Some(url("https://app.example.com/ignored")),
        unverified: None,
    };
    request.locale = Some(Locale::new("lt").unwrap());
    request.external_ref = Some(ExternalRef::new("order-7").unwrap());
    let person = &mut request.person;
    person.first_name = Some(PersonName::new("Jonas").unwrap());
    person.last_name = Some(PersonName::new("Jonaitis").unwrap());
    person.date_of_birth = Some(Date::new(1990, 5, 15).unwrap());
    person.date_of_expiry = Some(Date::new(2199, 1, 9).unwrap());
    person.date_of_issue = Some(Date::new(2020, 12, 31).unwrap());
    person.nationality = Some(Personal::new("LV".parse().unwrap()));
    person.sex = Some(Personal::new(Sex::Male));
    person.document_number = Some(DocumentNumber::new("LX1").unwrap());
    person.personal_number = Some(PersonalNumber::new("39005150000").unwrap());
    person.address = Some(Address::new("Gedimino pr. 1").unwrap());
    request
}

fn json(text: &[u8]) -> Value {
    serde_json::from_slice(text).unwrap()
}

#[test]
fn a_body_says_what_the_policy_fixes_and_what_the_client_brings() {
    let body = json(&request(&settings()).to_wire());
    let expected = json!({
        "clientId": "user-1", "tokenType": "IDENTIFICATION", "expiryTime": 3600, "sessionLength": 600,
        "errorUrl": "https://app.example.com/fixed", "checkAml": true, "checkLiveness": false,
        "theme": "1f8b0f0e-3f5a-4c8e-9d53-0c4f7a9f2b11",
        "country": "LT", "documents": ["PASSPORT"], "successUrl": "https://app.example.com/ref-9", "locale": "lt",
        "externalRef": "order-7", "firstName": "Jonas", "lastName": "Jonaitis", "nationality": "LV",
        "personalNumber": "39005150000", "documentNumber": "LX1", "sex": "M", "address": "Gedimino pr. 1",
        "dateOfBirth": "1990-05-15", "dateOfExpiry": "2199-01-09", "dateOfIssue": "2020-12-31",
    });
    assert_eq!(body, expected);
}

#[test]
fn a_masked_body_hides_every_value_of_the_client_and_none_of_the_policy() {
    let masked = json(request(&settings()).to_masked_wire().as_bytes());
    let plain = json(&request(&settings()).to_wire());
    let policy = json(EncodedSettings::default_body(&settings()).as_bytes());
    for (name, value) in plain.as_object().unwrap() {
        let shown = &masked[name];
        match policy.get(name) {
            Some(fixed) => assert_eq!(shown, fixed, "{name}"),
            None => assert_eq!(shown, MASK, "{name} shows {value}"),
        }
    }
}

#[test]
fn what_tells_nothing_of_the_client_is_not_masked() {
    let mut request = TokenRequest::new(EncodedSettings::default(), ClientId::new("user-1").unwrap());
    request.country = CountryLock::array(
        ["LT".parse().unwrap(), "LV".parse().unwrap()].into_iter().collect::<CountrySet>(),
    );
    request.documents = RequestedDocuments::of([DocumentType::Passport].into_iter().collect());
    request.redirect.success = Some(url("https://app.example.com/ok"));
    let masked = json(request.to_masked_wire().as_bytes());
    assert_eq!(masked["country"], json!(["LT", "LV"]));
    assert_eq!(masked["documents"], json!(["PASSPORT"]));
    assert_eq!(masked["successUrl"], "https://app.example.com/ok");
    assert_eq!(masked["clientId"], MASK);
}

#[test]
fn a_list_of_one_country_stays_a_list() {
    for (list, sent) in [(true, json!(["LT"])), (false, json!("LT"))] {
        let mut request = TokenRequest::new(EncodedSettings::default(), ClientId::new("user-1").unwrap());
        let lithuania = "LT".parse().unwrap();
        request.country = if list {
            CountryLock::array(CountrySet::EMPTY.with(lithuania))
        } else {
            Some(CountryLock::one(lithuania))
        };
        assert_eq!(json(&request.to_wire())["country"], sent);
    }
}

#[test]
fn numbers_are_written_without_a_fraction_where_they_have_none() {
    for (thousandths, text) in [(1_000, "1"), (950, "0.95"), (1, "0.001"), (10_000, "10")] {
        let face_threshold = Some(crate::FaceThreshold::new(thousandths).unwrap());
        let settings = EncodedSettings::new(&Settings { face_threshold, ..Settings::default() });
        let body = TokenRequest::new(settings, ClientId::new("u").unwrap()).to_wire();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(body.contains(&format!("\"faceMatchingThresholdModifier\":{text}")), "{body}");
    }
}

impl EncodedSettings {
    /// The body of a request about which nothing but the settings is known, without its client.
    fn default_body(settings: &Settings<'_>) -> String {
        let request = TokenRequest::new(Self::new(settings), ClientId::new("u").unwrap());
        let mut body = json(&request.to_wire());
        body.as_object_mut().unwrap().remove("clientId");
        body.to_string()
    }
}

//! What the vendor says it created, compared with what was asked.

use super::allowed_documents::{AllowedCountry, AllowedDocument};
use super::answer::TokenResponse;
use super::echo::{Echoed, TokenEcho};
use crate::document::DocumentSet;
use crate::request::{CountryLock, TokenRequest};
use crate::session::VendorWord;
use crate::wire::{Echo, WireField};

impl TokenResponse {
    /// The parameters whose echo is weaker than what was asked; empty for a faithful answer.
    ///
    /// What the vendor does not echo at all is not observable and therefore not weaker. An echo of a type that nobody
    /// documented is weaker wherever [`WireField::echo`] compares anything.
    ///
    /// `allowedDocuments` is not compared while `documents` is echoed: whether it is the session's choice or the whole
    /// account's is not documented (see [`AllowedDocuments`](super::AllowedDocuments)), and a false alarm would
    /// withhold every token. In an answer without `documents` it is all there is: a type that was not asked for, in a
    /// row that concerns the session, is then a weaker `documents`.
    pub fn weaker_than(&self, request: &TokenRequest) -> Vec<WireField> {
        // The body says what was asked as the vendor reads it, so it is read the way the echo is.
        let Ok(asked) = serde_json::from_slice::<TokenEcho>(&request.to_wire()) else {
            debug_assert!(false, "a request is a JSON object");
            return WireField::ALL.to_vec();
        };
        let is_weaker = |field: &WireField| match (asked.of(*field), self.echo.of(*field)) {
            (Some(asked), Some(Echoed::Null)) => !null_proves_nothing(*field, asked, request),
            (Some(asked), Some(echoed)) => is_weaker(*field, asked, echoed),
            (Some(_), None) => *field == WireField::Documents && self.allows_other_documents(request),
            (None, _) => false,
        };
        WireField::ALL.iter().copied().filter(is_weaker).collect()
    }

    /// Whether a type that was not asked for is allowed, for the session's countries or for all.
    fn allows_other_documents(&self, request: &TokenRequest) -> bool {
        let (Some(allowed), Some(documents)) = (&self.allowed_documents, request.documents) else {
            return false;
        };
        let documents: DocumentSet = documents.iter().collect();
        let concerns_session = |row: &AllowedCountry| match (row, request.country) {
            (AllowedCountry::All, _) | (_, None) => true,
            (AllowedCountry::Country(country), Some(lock)) => lock.countries().contains(*country),
            (AllowedCountry::Other(_), Some(_)) => false,
        };
        let is_other = |document: &AllowedDocument| match document {
            AllowedDocument::Known(document) => !documents.contains(*document),
            AllowedDocument::Other(_) => true,
        };
        allowed.iter().any(|(row, types)| concerns_session(row) && types.iter().any(is_other))
    }
}

fn is_weaker(field: WireField, asked: &Echoed, echoed: &Echoed) -> bool {
    match field.echo() {
        Echo::Never | Echo::Unordered => false,
        Echo::Given => *echoed == Echoed::Unusable,
        Echo::TrueIsStronger => *asked == Echoed::Flag(true) && *echoed != Echoed::Flag(true),
        Echo::LessIsStronger => match (number(asked), number(echoed)) {
            (Some(asked), Some(echoed)) => echoed > asked,
            _ => true,
        },
        Echo::Superset => match (asked, echoed) {
            (Echoed::Codes(needed), Echoed::Codes(given)) => !is_within(needed, given),
            _ => true,
        },
        Echo::Subset => match (asked, echoed) {
            (Echoed::Codes(allowed), Echoed::Codes(given)) => given.is_empty() || !is_within(given, allowed),
            _ => true,
        },
        Echo::Same => match (number(asked), number(echoed)) {
            (Some(asked), Some(echoed)) => (asked - echoed).abs() >= 1e-9,
            _ => asked != echoed,
        },
    }
}

/// Whether nothing follows from a null: what comes back for some parameters is not documented. Everywhere else, null
/// where something was asked for means that nothing of it is in force.
fn null_proves_nothing(field: WireField, asked: &Echoed, request: &TokenRequest) -> bool {
    let asks_nothing = matches!(asked, Echoed::Null | Echoed::Flag(false));
    let is_list_of_countries =
        field == WireField::Country && request.country.is_some_and(CountryLock::is_array);
    // The vendor documents no type for it: the step that it stands for may be echoed in its place.
    let is_bill = field == WireField::UtilityBill;
    asks_nothing || is_list_of_countries || is_bill || matches!(field.echo(), Echo::Never | Echo::Unordered)
}

/// Whether every code is among the others, in either case.
fn is_within(codes: &[VendorWord], others: &[VendorWord]) -> bool {
    let is_among =
        |code: &VendorWord| others.iter().any(|other| other.as_str().eq_ignore_ascii_case(code.as_str()));
    codes.iter().all(is_among)
}

/// `1` and `1.0` are one number.
fn number(echoed: &Echoed) -> Option<f64> {
    match echoed {
        Echoed::Whole(number) => Some(f64::from(*number)),
        Echoed::Decimal(number) => Some(*number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::country::CountrySet;
    use crate::document::DocumentType;
    use crate::encode::EncodedSettings;
    use crate::flags::{Flag, Flags};
    use crate::request::{RequestedDocuments, Settings};
    use crate::response::ResponseError;
    use crate::{ClientId, Country, PersonName};

    fn response(extra: Value) -> Result<TokenResponse, ResponseError> {
        let mut body = json!({ "authToken": "t", "scanRef": "s-1", "tokenType": "IDENTIFICATION" });
        if let (Value::Object(body), Value::Object(extra)) = (&mut body, extra) {
            body.extend(extra);
        }
        TokenResponse::from_wire(body.to_string().as_bytes())
    }

    fn request() -> TokenRequest {
        let flags = Flags::NONE.with(Flag::CheckLiveness, true).with(Flag::CheckAml, false);
        let settings = EncodedSettings::new(&Settings {
            flags,
            registry_countries: CountrySet::EMPTY.with("LT".parse().unwrap()),
            extra: &crate::Extra::UtilityBill(true),
            ..Settings::default()
        });
        let mut request = TokenRequest::new(settings, ClientId::new("user-1").unwrap());
        request.country = Some(CountryLock::one("LT".parse::<Country>().unwrap()));
        request.documents =
            RequestedDocuments::of([DocumentType::Passport, DocumentType::IdCard].into_iter().collect());
        request.person.first_name = Some(PersonName::new("John").unwrap());
        request
    }

    #[test]
    fn a_faithful_echo_is_not_weaker() {
        let echo = json!({
            "clientId": "user-1", "firstName": "JOHN", "country": "lt", "documents": ["ID_CARD"],
            "checkLiveness": true, "checkAml": true, "expiryTime": 3600, "sessionLength": 300,
            "successUrl": null, "theme": null, "tokenType": "IDENTIFICATION", "utilityBill": null,
            "registryCentersCountries": ["HU", "LT"],
        });
        assert_eq!(response(echo).unwrap().weaker_than(&request()), []);
        assert_eq!(response(json!({})).unwrap().weaker_than(&request()), []);
    }

    #[test]
    fn each_weaker_echo_is_named() {
        use WireField as F;
        for (echo, field) in [
            (json!({ "checkLiveness": false }), F::CheckLiveness),
            (json!({ "checkLiveness": null }), F::CheckLiveness),
            (json!({ "country": null }), F::Country),
            (json!({ "country": "LV" }), F::Country),
            (json!({ "country": ["LT", "LV"] }), F::Country),
            (json!({ "documents": ["PASSPORT", "VISA"] }), F::Documents),
            (json!({ "documents": [] }), F::Documents),
            (json!({ "documents": null }), F::Documents),
            (json!({ "expiryTime": 3601 }), F::ExpiryTime),
            (json!({ "tokenType": "DOCUMENT" }), F::TokenType),
            (json!({ "firstName": null }), F::FirstName),
            (json!({ "firstName": "" }), F::FirstName),
            (json!({ "registryCentersCountries": ["HU"] }), F::RegistryCentersCountries),
            (json!({ "utilityBill": false }), F::UtilityBill),
        ] {
            assert_eq!(response(echo.clone()).unwrap().weaker_than(&request()), [field], "{echo}");
        }
    }

    #[test]
    fn the_echo_of_a_list_of_countries_is_not_documented() {
        let mut request = request();
        request.country = CountryLock::array(CountrySet::ALL);
        assert_eq!(response(json!({ "country": null })).unwrap().weaker_than(&request), []);
    }

    #[test]
    fn a_type_that_nobody_documented_is_weaker_where_something_was_asked() {
        use WireField as F;
        for (echo, field) in [
            (json!({ "checkLiveness": "true" }), F::CheckLiveness),
            (json!({ "checkLiveness": 1 }), F::CheckLiveness),
            (json!({ "country": { "LT": 1 } }), F::Country),
            (json!({ "country": true }), F::Country),
            (json!({ "documents": ["PASSPORT", 1] }), F::Documents),
            (json!({ "documents": { "ALL": ["PASSPORT"] } }), F::Documents),
            (json!({ "expiryTime": "3600" }), F::ExpiryTime),
            (json!({ "sessionLength": [600] }), F::SessionLength),
            (json!({ "tokenType": ["IDENTIFICATION"] }), F::TokenType),
            (json!({ "firstName": false }), F::FirstName),
            (json!({ "clientId": { "id": "user-1" } }), F::ClientId),
            (json!({ "registryCentersCountries": ["LT", 5] }), F::RegistryCentersCountries),
            (json!({ "utilityBill": { "ALL": {} } }), F::UtilityBill),
            (json!({ "utilityBill": "yes" }), F::UtilityBill),
        ] {
            assert_eq!(response(echo.clone()).unwrap().weaker_than(&request()), [field], "{echo}");
        }
        // Nothing was asked of these, or nothing follows from their echo.
        let echo = json!({ "lastName": 5, "checkAml": "no", "callbackUrl": 5, "successUrl": 5, "locale": [1],
            "additionalSteps": "x", "additionalData": [1], "ageLimit": "x" });
        assert_eq!(response(echo).unwrap().weaker_than(&request()), []);
    }

    #[test]
    fn every_kind_of_comparison_has_two_sides() {
        use WireField as F;
        let steps = |name: &str| {
            let place =
                crate::StepPlace { country: None, document: None, name: crate::StepName::new(name).unwrap() };
            crate::Steps::new([(place, crate::Step::default())].into()).unwrap()
        };
        let callback_url = crate::HttpsUrl::new(crate::WebUrl::new("https://hooks.example.com/a").unwrap());
        let settings = EncodedSettings::new(&Settings {
            callback_url: callback_url.as_ref(),
            questionnaire: &crate::Questionnaire::None,
            face_threshold: Some(crate::FaceThreshold::new(1000).unwrap()),
            extra: &crate::Extra::Steps(steps("BILL")),
            ..Settings::default()
        });
        let request = TokenRequest::new(settings, ClientId::new("user-1").unwrap());
        let good = json!({ "callbackUrl": "https://hooks.example.com/a", "questionnaire": null,
            "faceMatchingThresholdModifier": 1.0, "additionalSteps": { "ALL": {} }, "clientId": 1,
            "expiryTime": 3600.0, "sessionLength": 60 });
        assert_eq!(response(good).unwrap().weaker_than(&request), []);
        for (echo, field) in [
            (json!({ "callbackUrl": "https://hooks.example.com/A" }), F::CallbackUrl),
            (json!({ "questionnaire": "account-default" }), F::Questionnaire),
            (json!({ "questionnaire": 1 }), F::Questionnaire),
            (json!({ "faceMatchingThresholdModifier": 0.9 }), F::FaceMatchingThresholdModifier),
            (json!({ "additionalSteps": null }), F::AdditionalSteps),
            (json!({ "additionalSteps": [] }), F::AdditionalSteps),
            (json!({ "additionalSteps": "BILL" }), F::AdditionalSteps),
            (json!({ "expiryTime": 3600.5 }), F::ExpiryTime),
        ] {
            assert_eq!(response(echo.clone()).unwrap().weaker_than(&request), [field], "{echo}");
        }
    }

    #[test]
    fn allowed_documents_count_only_where_documents_are_not_echoed() {
        use WireField as F;
        let wide = json!(["PASSPORT", "ID_CARD", "DRIVER_LICENSE"]);
        let weaker = |extra: Value, request: &TokenRequest| response(extra).unwrap().weaker_than(request);
        for (allowed, expected) in [
            (json!({ "ALL": wide }), &[F::Documents][..]),
            (json!({ "lt": wide }), &[F::Documents]),
            (json!({ "ALL": ["PASSPORT"], "LT": ["BRAND_NEW"] }), &[F::Documents]),
            (json!({ "ALL": ["passport"], "LT": ["ID_CARD"] }), &[]),
            // Rows that do not concern a session locked to LT.
            (json!({ "LV": wide, "ZZ": wide }), &[]),
            (json!({}), &[]),
            (json!(["VISA"]), &[]),
            (Value::Null, &[]),
        ] {
            let alone = json!({ "allowedDocuments": allowed });
            assert_eq!(weaker(alone, &request()), expected, "{allowed}");
            // The account may allow more than the session; only an echo of the session tells.
            let echoed = json!({ "allowedDocuments": allowed, "documents": ["PASSPORT", "ID_CARD"] });
            assert_eq!(weaker(echoed, &request()), [], "{allowed}");
        }
        let mut open = request();
        open.country = None;
        assert_eq!(weaker(json!({ "allowedDocuments": { "LV": wide } }), &open), [F::Documents]);
        open.documents = None;
        assert_eq!(weaker(json!({ "allowedDocuments": { "ALL": wide } }), &open), []);
    }
}

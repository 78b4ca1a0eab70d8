//! Every field that the vendor documents of its answer to a token request, in both generations that the stand-in
//! speaks: each is there, each is read, and each parameter comes back as the kind of value that it is.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use kyc_client::Client as Vendor;
use kyc_core::wire::{DataClass, Echo, ValueKind, WireField};
use kyc_core::{
    AllowedCountry, AllowedDocument, AllowedDocuments, ApiKey, ApiSecret, DigitCode, DocumentType, Echoed,
    RedirectUrl, TokenResponse, VendorText,
};
use kyc_policy::{Client, Merged, PolicySet, SourceMap, check_policy, merge, read_json};
use kyc_sandbox::{Running, Sandbox, Scenario};
use kyc_tests::full::{FULL_CLIENT, FULL_POLICY};
use serde_json::{Map, Value, json};

/// A request with every parameter that one request can carry.
fn full() -> Merged {
    let policy = check_policy(
        &mut SourceMap::default(),
        "full.yaml",
        None,
        FULL_POLICY.as_bytes(),
        &PolicySet::empty(),
    );
    let client = Client::read(&read_json(FULL_CLIENT.as_bytes()).unwrap());
    merge(&policy.value.unwrap(), client, "2026-11-23T12:00:00Z".parse().unwrap()).unwrap()
}

async fn start(scenario: Scenario) -> Running {
    Sandbox::builder().scenario(scenario).build().start().await.unwrap()
}

/// The bare answer to the full request.
async fn answer(running: &Running) -> Map<String, Value> {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let sent = http
        .post(format!("{}/api/v2/token", running.base_url()))
        .basic_auth("sandbox-key", Some("sandbox-secret"))
        .header("content-type", "application/json")
        .body(full().request().to_wire().to_vec());
    let body = sent.send().await.unwrap().bytes().await.unwrap();
    serde_json::from_slice(&body).unwrap()
}

/// All that can be learnt from an answer, or the error.
fn learnt(answer: &Map<String, Value>) -> String {
    let response = match TokenResponse::from_wire(Value::Object(answer.clone()).to_string().as_bytes()) {
        Ok(response) => response,
        Err(error) => return error.to_string(),
    };
    let echo: Vec<_> = response.echo.iter().map(|(field, echoed)| (field, exposed(echoed))).collect();
    let allowed: Vec<_> = response.allowed_documents.iter().flat_map(AllowedDocuments::iter).collect();
    format!(
        "{:?} {} {:?} {:?} {:?} {allowed:?} {echo:?} {:?}",
        response.auth_token.expose_secret(),
        response.scan_ref,
        response.redirect_url.as_ref().map(RedirectUrl::expose_secret),
        response.digit_code.as_ref().map(DigitCode::expose_secret),
        response.message.as_ref().map(VendorText::expose),
        response.unusable(),
    )
}

fn exposed(echoed: &Echoed) -> String {
    match echoed {
        Echoed::Text(text) => text.expose().to_owned(),
        Echoed::Codes(codes) => format!("{codes:?}"),
        other => format!("{other:?}"),
    }
}

/// What the answer holds beside the echo, and what of it is dropped on purpose.
fn beside_the_echo(scenario: Scenario) -> (BTreeSet<&'static str>, [&'static str; 2]) {
    let all = [
        "message",
        "authToken",
        "scanRef",
        "redirectUrl",
        "personScanRef",
        "allowedDocuments",
        "digitString",
    ];
    let mut fields = BTreeSet::from(all);
    if scenario == Scenario::Legacy {
        fields.retain(|name| !["authToken", "redirectUrl"].contains(name));
        fields.extend(["tokenString", "videoCallQuestions"]);
    }
    (fields, ["personScanRef", "videoCallQuestions"])
}

#[tokio::test]
async fn every_documented_field_of_both_generations_is_read() {
    for scenario in [Scenario::Normal, Scenario::Legacy] {
        let running = start(scenario).await;
        let answer = answer(&running).await;
        running.shutdown().await;

        let (beside, dropped) = beside_the_echo(scenario);
        let echoed =
            WireField::ALL.iter().filter(|field| field.echo() != Echo::Never).map(|field| field.name());
        let expected: BTreeSet<_> = echoed.chain(beside).collect();
        assert_eq!(answer.keys().map(String::as_str).collect::<BTreeSet<_>>(), expected, "{scenario}");
        assert_eq!(expected.len(), 65, "{scenario}");

        // Whatever is taken out of the answer is missing from what is learnt of it.
        let whole = learnt(&answer);
        for name in expected {
            let mut spoilt = answer.clone();
            spoilt.remove(name);
            assert_eq!(learnt(&spoilt) == whole, dropped.contains(&name), "{scenario}: {name}");
        }
    }
}

#[tokio::test]
async fn every_parameter_comes_back_as_the_kind_of_value_that_it_is() {
    let merged = full();
    let asked: Map<String, Value> = serde_json::from_slice(&merged.request().to_wire()).unwrap();
    for scenario in [Scenario::Normal, Scenario::Legacy, Scenario::UnknownFields] {
        let running = start(scenario).await;
        let vendor =
            Vendor::builder(ApiKey::new("sandbox-key").unwrap(), ApiSecret::new("sandbox-secret").unwrap());
        let vendor = vendor.base_url(running.base_url()).build().unwrap();
        let token = vendor.create_token(merged.request()).await.unwrap();

        assert!(token.redirect_url.unwrap().expose_secret().contains(token.auth_token.expose_secret()));
        assert_eq!(token.message.as_ref().map(VendorText::expose), Some("Token created successfully"));
        let digits = token.digit_code.as_ref().map(|code| code.expose_secret().len());
        assert_eq!(digits, Some(if scenario == Scenario::Legacy { 7 } else { 8 }));
        let [(AllowedCountry::All, documents)] =
            token.allowed_documents.as_ref().unwrap().iter().collect::<Vec<_>>()[..]
        else {
            panic!("{scenario}")
        };
        assert!(documents.contains(&AllowedDocument::Known(DocumentType::Passport)));

        for field in WireField::ALL {
            let Some(echoed) = token.echo.of(*field) else {
                assert_eq!(field.echo(), Echo::Never, "{field:?}");
                continue;
            };
            let fits = match echoed {
                Echoed::Null => asked.get(field.name()).is_none_or(Value::is_null),
                Echoed::Flag(_) => field.kind() == ValueKind::Flag,
                Echoed::Whole(_) => matches!(field.kind(), ValueKind::Whole | ValueKind::Decimal),
                Echoed::Decimal(_) => field.kind() == ValueKind::Decimal,
                Echoed::Text(_) => field.kind() == ValueKind::Text && field.class() == DataClass::Plain,
                Echoed::Codes(_) => field.kind() == ValueKind::Codes,
                Echoed::Given => field.kind() == ValueKind::Object || field.class() == DataClass::Personal,
                Echoed::Unusable => false,
            };
            assert!(fits, "{scenario}: {field:?} {echoed:?}");
        }
        running.shutdown().await;
    }
}

/// Everything that was asked and is compared can come back weaker, whatever it is.
#[test]
fn whatever_is_compared_is_missed_when_it_comes_back_as_something_else() {
    let merged = full();
    let asked: Map<String, Value> = serde_json::from_slice(&merged.request().to_wire()).unwrap();
    for (name, value) in &asked {
        let field = WireField::from_name(name).unwrap();
        let is_compared = match field.echo() {
            Echo::Never | Echo::Unordered => false,
            // Off asks for nothing.
            Echo::TrueIsStronger => *value == json!(true),
            _ => true,
        };
        let mut answer = asked.clone();
        answer.insert("authToken".to_owned(), json!("t"));
        answer.insert("scanRef".to_owned(), json!("s-1"));
        let weaker = |answer: &Map<String, Value>| {
            let body = Value::Object(answer.clone()).to_string();
            TokenResponse::from_wire(body.as_bytes()).unwrap().weaker_than(merged.request())
        };
        assert_eq!(weaker(&answer), []);
        for other in [json!([[1]]), Value::Null] {
            answer[name.as_str()] = other;
            assert_eq!(weaker(&answer), if is_compared { vec![field] } else { vec![] }, "{name}");
        }
        answer.remove(name);
        assert_eq!(weaker(&answer), [], "{name}");
    }
}

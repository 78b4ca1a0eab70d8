//! What the stand-in claims to have read from the document of a client: the data that was given, else a sample.

use serde_json::{Map, Value, json};

/// The fields of `data` in the vendor's `OpenAPI` document.
const FIELDS: [&str; 36] = [
    "docFirstName",
    "docLastName",
    "docNumber",
    "docPersonalCode",
    "docExpiry",
    "docDob",
    "docDateOfIssue",
    "docType",
    "docSex",
    "docNationality",
    "docIssuingCountry",
    "selectedCountry",
    "birthPlace",
    "authority",
    "address",
    "docTemporaryAddress",
    "mothersMaidenName",
    "docBirthName",
    "docPatronymic",
    "driverLicenseCategory",
    "manuallyDataChanged",
    "fullName",
    "orgFirstName",
    "orgLastName",
    "orgNationality",
    "orgBirthPlace",
    "orgAuthority",
    "orgAddress",
    "orgTemporaryAddress",
    "orgMothersMaidenName",
    "orgPatronymic",
    "orgBirthName",
    "ageEstimate",
    "clientIpProxyRiskLevel",
    "duplicateFaces",
    "duplicateDocFaces",
];

/// What a client is called whose name was not given: the person of the vendor's sample documents.
const SAMPLE_NAME: (&str, &str) = ("JOHN", "SAMPLE BUTCH");

/// Every field, without a value: there is no result.
pub(crate) fn nothing() -> Map<String, Value> {
    let mut data: Map<_, _> = FIELDS.iter().map(|name| ((*name).to_owned(), Value::Null)).collect();
    data.insert("additionalData".to_owned(), Value::Null);
    data
}

/// What is read from the document of a client with this session, whose answer repeats what was given.
pub(crate) fn everything(session: &Map<String, Value>) -> Map<String, Value> {
    let given = |name: &str| session.get(name).filter(|value| !value.is_null()).cloned();
    let or = |name: &str, sample: &str| given(name).unwrap_or_else(|| Value::from(sample));
    let (first, last) = (or("firstName", SAMPLE_NAME.0), or("lastName", SAMPLE_NAME.1));
    let full = format!("{} {}", first.as_str().unwrap_or_default(), last.as_str().unwrap_or_default());
    let country = first_code(given("country")).map_or_else(|| "LT".to_owned(), |code| code.to_uppercase());
    let document = first_code(given("documents")).unwrap_or_else(|| "PASSPORT".to_owned());
    let sex = match given("sex").as_ref().and_then(Value::as_str) {
        Some("M") => "MALE",
        Some("F") => "FEMALE",
        _ => "UNDEFINED",
    };
    let mut data = nothing();
    for (name, value) in [
        ("docFirstName", first),
        ("docLastName", last),
        ("fullName", Value::from(full)),
        ("docNumber", or("documentNumber", "00000000")),
        ("docPersonalCode", given("personalNumber").unwrap_or_default()),
        ("docExpiry", or("dateOfExpiry", "2099-12-31")),
        ("docDob", or("dateOfBirth", "1990-01-01")),
        ("docDateOfIssue", given("dateOfIssue").unwrap_or_default()),
        ("docType", Value::from(document)),
        ("docSex", Value::from(sex)),
        ("docNationality", or("nationality", &country)),
        ("docIssuingCountry", Value::from(country.clone())),
        ("selectedCountry", Value::from(country)),
        ("address", given("address").unwrap_or_default()),
        ("manuallyDataChanged", Value::Bool(false)),
        ("additionalData", given("additionalData").map(matched).unwrap_or_default()),
    ] {
        data.insert(name.to_owned(), value);
    }
    data
}

/// A code, or the first of a list of codes.
fn first_code(codes: Option<Value>) -> Option<String> {
    let codes = codes?;
    codes.as_str().or_else(|| codes.get(0).and_then(Value::as_str)).map(str::to_owned)
}

/// Every value of every step, found as it was given.
fn matched(steps: Value) -> Value {
    let Value::Object(mut steps) = steps else { return Value::Null };
    for fields in steps.values_mut().filter_map(Value::as_object_mut) {
        for value in fields.values_mut() {
            *value = json!({ "value": value.take(), "status": "MATCH" });
        }
    }
    Value::Object(steps)
}

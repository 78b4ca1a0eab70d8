//! A request full of markers, and clients that do not wait long.

use std::time::Duration;

use kyc_client::{Client, ClientBuilder, Error};
use kyc_core::{
    Address, ApiKey, ApiSecret, ClientId, Country, CountryLock, Date, DocumentNumber, EncodedSettings,
    ExternalRef, Flag, Flags, Page, Person, PersonName, Personal, PersonalNumber, ScanRef, Settings,
    TokenRequest, WebUrl,
};

/// Texts that must not appear anywhere but in the request itself.
pub(crate) const MARKERS: &[&str] = &[
    "client-marker",
    "ref-marker",
    "Firstmarker",
    "Lastmarker",
    "1987-06-05",
    "PNMARKER",
    "DNMARKER",
    "addressmarker",
    "urlmarker",
    "keymarker",
    "secretmarker",
    // The credentials as they travel.
    "a2V5bWFya2VyOnNlY3JldG1hcmtlcg",
    // What the tests' servers answer with.
    "tokenmarker",
    "digitmarker",
    "messagemarker",
];

pub(crate) const KEY: &str = "keymarker";
pub(crate) const SECRET: &str = "secretmarker";

pub(crate) fn request() -> TokenRequest {
    let flags = Flags::NONE.with(Flag::CheckLiveness, true);
    let settings = EncodedSettings::new(&Settings { flags, ..Settings::default() });
    let mut request = TokenRequest::new(settings, ClientId::new("client-marker").unwrap());
    request.country = Some(CountryLock::one("LT".parse::<Country>().unwrap()));
    request.redirect.success = Some(WebUrl::new("https://app.example.com/urlmarker").unwrap());
    request.external_ref = Some(ExternalRef::new("ref-marker").unwrap());
    request.person = Person {
        first_name: Some(PersonName::new("Firstmarker").unwrap()),
        last_name: Some(PersonName::new("Lastmarker").unwrap()),
        date_of_birth: Some(Date::new(1987, 6, 5).unwrap()),
        nationality: Some(Personal::new("LT".parse::<Country>().unwrap())),
        document_number: Some(DocumentNumber::new("DNMARKER").unwrap()),
        personal_number: Some(PersonalNumber::new("PNMARKER").unwrap()),
        address: Some(Address::new("addressmarker 1").unwrap()),
        ..Person::default()
    };
    request
}

/// A client with pauses of a few milliseconds.
pub(crate) fn builder(base: &str) -> ClientBuilder {
    Client::builder(ApiKey::new(KEY).unwrap(), ApiSecret::new(SECRET).unwrap())
        .base_url(base)
        .pauses(Duration::from_millis(1), Duration::from_millis(4))
}

/// The error of one call.
pub(crate) async fn failed(builder: ClientBuilder) -> Error {
    builder.build().unwrap().create_token(&request()).await.unwrap_err()
}

/// The calls beside creating a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Other {
    Status,
    Data,
    Identifications,
    Delete,
}

impl Other {
    pub(crate) const ALL: [Self; 4] = [Self::Status, Self::Data, Self::Identifications, Self::Delete];
    pub(crate) const READS: [Self; 3] = [Self::Status, Self::Data, Self::Identifications];

    /// Makes the call, and shows what comes of it the way a log would.
    pub(crate) async fn call(self, client: &Client) -> Result<String, Error> {
        let scan_ref = ScanRef::new("s-1").unwrap();
        Ok(match self {
            Self::Status => format!("{:?}", client.status(&scan_ref).await?),
            Self::Data => format!("{:?}", client.data(&scan_ref).await?),
            Self::Identifications => {
                let id = ClientId::new("client-marker").unwrap();
                format!("{:?}", client.identifications(&id, Page::FIRST).await?)
            }
            Self::Delete => format!("{:?}", client.delete(&scan_ref).await?),
        })
    }

    /// The error of the call.
    pub(crate) async fn failed(self, builder: ClientBuilder) -> Error {
        self.call(&builder.build().unwrap()).await.unwrap_err()
    }
}

/// An answer that each of the other calls can use.
pub(crate) const ANSWERED: &str = r#"{"scanRef":"s-1","status":"ACTIVE","count":0,"results":[]}"#;

/// An answer that the client can use.
pub(crate) const ISSUED: &str = r#"{"authToken":"tokenmarker","scanRef":"s-1","tokenType":"IDENTIFICATION"}"#;

/// A whole HTTP/1.1 answer.
pub(crate) fn answer(status: u16, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

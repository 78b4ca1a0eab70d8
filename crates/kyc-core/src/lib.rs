//! The vocabulary of iDenfy's token request and response.
//!
//! Every value of these types is legal by construction: a constructor checks the vendor's documented bounds, and a
//! [`TokenRequest`] is assembled from such values only. The crate does no IO, reads no clock and knows no policy.
//! Personal data ([`Personal`], [`Date`], the texts) and secrets neither print nor serialise.

mod country;
mod date;
mod document;
mod encode;
mod flags;
mod limits;
mod personal;
mod request;
mod response;
mod secret;
mod session;
mod steps;
mod text;
mod vocabulary;
mod weburl;
pub mod wire;
mod words;

pub use country::{Country, CountrySet, Group, Snapshot, UnknownCountry};
pub use date::{Date, DateError, parse_iso_date};
pub use document::{COMES_BACK, ComesBack, DocumentSet, DocumentType, accepts};
pub use encode::{EncodedSettings, MASK};
pub use flags::{Flag, Flags};
pub use limits::{Age, AgeBounds, EmptyAgeBounds, ExpiryTime, FaceThreshold, OutOfBounds, SessionLength};
pub use personal::Personal;
pub use request::{
    CountryLock, Nfc, Person, Questionnaire, Redirect, RequestedDocuments, Settings, TokenRequest,
    VendorField, VendorFieldError, VendorFields,
};
pub use response::{
    AllowedCountry, AllowedDocument, AllowedDocuments, Echoed, ResponseError, TokenEcho, TokenResponse,
    VendorText,
};
pub use secret::{ApiKey, ApiSecret, AuthToken, DigitCode, RedirectUrl, SecretError};
pub use session::{
    DataField, DocumentResult, FaceResult, Identification, Identifications, Page, PersonalText, ScanRef,
    SessionData, SessionState, SessionStatus, StepMatch, StepValue, VendorWord,
};
pub use steps::{Extra, Step, StepData, StepDataError, StepPlace, StepText, Steps};
pub use text::{
    Address, CharacterKind, ClientId, DocumentNumber, ExternalRef, PersonName, PersonalNumber, TextError,
    is_invisible,
};
#[doc(hidden)]
pub use vocabulary::same_text;
pub use weburl::{HttpsUrl, WebUrl, WebUrlError};
pub use words::{Locale, QuestionnaireKey, Sex, StepName, StepType, TokenType, VendorId, WordError};

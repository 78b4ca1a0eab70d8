//! The vocabulary of iDenfy's token request and response.
//!
//! Every value of these types is legal by construction: a constructor checks the vendor's documented bounds, and a
//! [`TokenRequest`] is assembled from such values only. The crate does no IO, reads no clock and knows no policy.
//! Personal data ([`Personal`], [`Date`], the texts) and secrets neither print nor serialise.

mod country;
mod data_field;
mod date;
mod document;
mod document_result;
mod encode;
mod face_result;
mod flags;
mod identifications;
mod lenient;
mod limits;
mod open_vocabulary;
mod page;
mod personal;
mod personal_text;
mod request;
mod response;
mod scan_ref;
mod secret;
mod session_data;
mod session_state;
mod session_status;
mod step_value;
mod steps;
mod text;
mod vendor_word;
mod vocabulary;
mod weburl;
pub mod wire;
mod words;

pub use country::{Country, CountrySet, Group, Snapshot, UnknownCountry};
pub use data_field::DataField;
pub use date::{Date, DateError, parse_iso_date};
pub use document::{DocumentSet, DocumentType};
pub use document_result::DocumentResult;
pub use encode::{EncodedSettings, MASK};
pub use face_result::FaceResult;
pub use flags::{Flag, Flags};
pub use identifications::{Identification, Identifications};
pub use limits::{Age, AgeBounds, EmptyAgeBounds, ExpiryTime, FaceThreshold, OutOfBounds, SessionLength};
pub use page::Page;
pub use personal::Personal;
pub use personal_text::PersonalText;
pub use request::{
    CountryLock, Nfc, Person, Questionnaire, Redirect, RequestedDocuments, Settings, TokenRequest,
    VendorFieldError, VendorFields,
};
pub use response::{ResponseError, TokenResponse};
pub use scan_ref::ScanRef;
pub use secret::{ApiKey, ApiSecret, AuthToken, DigitCode, RedirectUrl, SecretError};
pub use session_data::SessionData;
pub use session_state::SessionState;
pub use session_status::SessionStatus;
pub use step_value::{StepMatch, StepValue};
pub use steps::{Extra, Step, StepData, StepPlace, StepText, Steps};
pub use text::{
    Address, CharacterKind, ClientId, DocumentNumber, ExternalRef, PersonName, PersonalNumber, TextError,
    is_invisible,
};
pub use vendor_word::VendorWord;
pub use weburl::{WebUrl, WebUrlError};
pub use words::{Locale, QuestionnaireKey, Sex, StepName, StepType, TokenType, VendorId, WordError};

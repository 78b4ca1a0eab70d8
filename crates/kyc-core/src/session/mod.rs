//! What the vendor says about a session after its token was issued: state, data, lists of sessions. Read leniently:
//! unknown words are kept, unknown fields are ignored, and nothing of a person prints.

mod data;
mod data_field;
mod document_result;
mod face_result;
mod identifications;
pub(crate) mod lenient;
mod open_vocabulary;
mod page;
mod personal_text;
mod scan_ref;
mod state;
mod status;
mod step_value;
mod vendor_word;

pub use data::SessionData;
pub use data_field::DataField;
pub use document_result::DocumentResult;
pub use face_result::FaceResult;
pub use identifications::{Identification, Identifications};
pub use page::Page;
pub use personal_text::PersonalText;
pub use scan_ref::ScanRef;
pub use state::SessionState;
pub use status::SessionStatus;
pub use step_value::{StepMatch, StepValue};
pub use vendor_word::VendorWord;

//! Where in a document something stands, and what the tables say about it: the order of its keys, and whether quotes
//! change what is read there.

use kyc_core::Group;
use kyc_core::wire::{Bounds, WireField};

use super::FileKind;
use crate::field::{Field, Shape};
use crate::form::{Form, LOOSENING_KEYS, REASON, STEP_KEYS, STEP_SETTING_KEYS, STEP_TEXT_KEYS, WAIVER_KEYS};
use crate::sections::AmlList;
use crate::set_field::{SET_FIELDS, SetField};

/// A place in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The keys of a section; the top level has the name "".
    Keys(FileKind, &'static str),
    /// A value of this form, or something in it.
    Form(Form),
    /// A value of the vendor's parameter.
    Parameter(WireField),
    /// One leave to be looser.
    Loosening,
    /// Within steps, so many levels deep.
    Steps(u8),
    /// What the client reads about a step, so many levels deep.
    StepTexts(u8),
    /// The switches of a step.
    StepSettings,
    /// Under a key that is not known.
    Unknown,
}

/// What quotes change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    /// They may tell a text from a number or a flag: as written.
    AsWritten,
    /// A text for people; of some words without quotes the reader asks what was meant.
    Text,
    /// Nothing.
    Nothing,
}

impl Place {
    /// The top level of a file.
    pub(super) const fn root(kind: FileKind) -> Self {
        Self::Keys(kind, "")
    }

    /// The place of the value of `key`.
    pub(super) fn of(self, key: &str) -> Self {
        match self {
            Self::Keys(FileKind::Policy, section) => {
                let field = Field::under(section).iter().find(|(known, _)| *known == key);
                field.map_or(Self::Unknown, |(_, field)| Self::of_field(field))
            }
            Self::Keys(FileKind::Set, section) => {
                let field = SET_FIELDS.iter().find(|field| split(field.key) == (section, key));
                field.map_or(Self::Unknown, |field| match field.form {
                    Some(form) => Self::of_form(form),
                    None => Self::Keys(FileKind::Set, field.key),
                })
            }
            Self::Form(Form::Loosen) => Self::Loosening,
            Self::Form(Form::Waivers) | Self::Loosening => match key {
                "reason" => Self::Form(Form::Text(REASON)),
                _ => Self::Form(Form::Name),
            },
            Self::Steps(3) => match key {
                "texts" => Self::StepTexts(0),
                "settings" => Self::StepSettings,
                _ => Self::Steps(4),
            },
            Self::Steps(level) => Self::Steps(level.saturating_add(1)),
            Self::StepTexts(level) => Self::StepTexts(level.saturating_add(1)),
            other => other,
        }
    }

    fn of_field(field: &'static Field) -> Self {
        match field.shape {
            Shape::Section | Shape::SectionOr(_) => Self::Keys(FileKind::Policy, field.key),
            Shape::Own(form) => Self::of_form(form),
            Shape::Flag(_) => Self::Form(Form::SwitchOrAccount),
            Shape::Parameter => field.wire.first().map_or(Self::Unknown, |wire| Self::Parameter(*wire)),
        }
    }

    const fn of_form(form: Form) -> Self {
        match form {
            Form::Steps => Self::Steps(0),
            form => Self::Form(form),
        }
    }

    /// The keys of a map here in their order; `None` if they are of the author's choice, and so is their order.
    pub(super) fn keys(self) -> Option<Vec<&'static str>> {
        match self {
            Self::Keys(FileKind::Policy, section) => Some(Field::keys_under(section).collect()),
            Self::Keys(FileKind::Set, section) => Some(SetField::keys_under(section).collect()),
            Self::Form(Form::AmlOutcomes) => Some(AmlList::WRITTEN.to_vec()),
            Self::Form(Form::Intervals(words)) => Some(words.to_vec()),
            Self::Form(Form::Snapshots) => Some(Group::ALL.iter().map(|group| group.name()).collect()),
            Self::Loosening => Some(LOOSENING_KEYS.to_vec()),
            Self::Form(Form::Waivers) => Some(WAIVER_KEYS.to_vec()),
            Self::Steps(3) => Some(STEP_KEYS.to_vec()),
            Self::StepTexts(1) => Some(STEP_TEXT_KEYS.to_vec()),
            Self::StepSettings => Some(STEP_SETTING_KEYS.to_vec()),
            _ => None,
        }
    }

    /// Whether the language itself has this key here.
    pub(super) fn knows(self, key: &str) -> bool {
        self.keys().is_some_and(|keys| keys.contains(&key))
    }

    /// What quotes change about a single value here.
    pub(super) fn quotes(self) -> Quotes {
        match self {
            Self::Form(Form::Text(_)) | Self::Steps(_) | Self::StepTexts(_) => Quotes::Text,
            Self::Form(Form::Switch | Form::SwitchOrAccount | Form::Vendor)
            | Self::StepSettings
            | Self::Loosening
            | Self::Unknown
            | Self::Keys(..) => Quotes::AsWritten,
            Self::Form(_) => Quotes::Nothing,
            Self::Parameter(parameter) => match parameter.bounds() {
                Bounds::Flag | Bounds::Number { .. } | Bounds::Decimal { .. } => Quotes::AsWritten,
                _ => Quotes::Nothing,
            },
        }
    }

    /// Whether a long text here may be folded over several lines.
    pub(super) const fn is_prose(self) -> bool {
        matches!(self, Self::Form(Form::Text(_)) | Self::StepTexts(_))
    }
}

/// A key of the tables as its section and its last part.
fn split(key: &str) -> (&str, &str) {
    key.split_once('.').unwrap_or(("", key))
}

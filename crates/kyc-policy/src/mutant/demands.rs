//! Steps by which less is demanded: checks, questions, uploads, data of the client.

use kyc_core::{
    CountrySet, Extra, Nfc, Questionnaire, Step, StepPlace, StepType, Steps as Uploads, TokenType,
    VendorFields,
};

use super::Steps;
use crate::client::{ClientField, ClientFields};
use crate::field::{Direction, FIELDS, Shape};

pub(super) fn token_type(steps: &mut Steps<'_>) {
    if steps.sections().token.token_type == TokenType::Identification {
        steps.add("token.type", "IDENTIFICATION -> DOCUMENT".to_owned(), |sections| {
            sections.token.token_type = TokenType::Document;
        });
    }
}

/// What demands more when it is on, off; and what nobody can say, the other way round.
pub(super) fn flags(steps: &mut Steps<'_>) {
    for field in FIELDS {
        let Shape::Flag(flag) = field.shape else { continue };
        let to = match (field.direction, steps.sections().flags.state(flag)) {
            (Direction::TrueIsTighter, Some(true)) => false,
            (Direction::Changed, Some(is_on)) => !is_on,
            _ => continue,
        };
        steps.add(field.key, format!("{} -> {to}", !to), |sections| {
            sections.flags = sections.flags.with(flag, to);
        });
    }
}

pub(super) fn questionnaire(steps: &mut Steps<'_>) {
    let Questionnaire::Key { key, required } = &steps.sections().questionnaire else { return };
    steps.add("questionnaire", format!("{} -> none", key.as_str()), |sections| {
        sections.questionnaire = Questionnaire::None;
    });
    if *required != Some(false) {
        steps.add("questionnaire_required", "true -> false".to_owned(), |sections| {
            sections.questionnaire = Questionnaire::Key { key: key.clone(), required: Some(false) };
        });
    }
}

pub(super) fn nfc(steps: &mut Steps<'_>) {
    let (step, milder) = match steps.sections().nfc {
        Nfc::Required => ("required -> optional", Nfc::Optional),
        Nfc::Optional => ("optional -> off", Nfc::Off),
        Nfc::Account | Nfc::Off => return,
    };
    steps.add("nfc", step.to_owned(), |sections| sections.nfc = milder);
}

/// Each upload less, compared less, or with one field less.
pub(super) fn extra(steps: &mut Steps<'_>) {
    match &steps.sections().extra {
        Extra::Account | Extra::UtilityBill(false) => {}
        Extra::UtilityBill(true) => {
            steps.add("utility_bill", "true -> false".to_owned(), |sections| {
                sections.extra = Extra::UtilityBill(false);
            });
        }
        Extra::Steps(uploads) => {
            for (index, (place, step)) in uploads.as_slice().iter().enumerate() {
                upload(steps, uploads.as_slice(), index, place, step);
            }
        }
    }
}

fn upload(steps: &mut Steps<'_>, all: &[(StepPlace, Step)], index: usize, place: &StepPlace, step: &Step) {
    let words = place.words().join(".");
    // Places name the tables as far as the upload; what is within it stands at it.
    let key = format!("steps.{words}");
    let others = || all.iter().enumerate().filter(move |(at, _)| *at != index).map(|(_, step)| step.clone());
    steps.add(key.clone(), "not asked for".to_owned(), |sections| {
        sections.extra = Uploads::new(others().collect()).map_or(Extra::Account, Extra::Steps);
    });
    let mut changed = |what: String, step: Step| {
        let uploads = others().chain([(place.clone(), step)]).collect();
        if let Some(uploads) = Uploads::new(uploads) {
            steps.add(key.clone(), what, |sections| sections.extra = Extra::Steps(uploads));
        }
    };
    let milder = match step.kind {
        Some(StepType::Compare) => Some(StepType::Extract),
        Some(StepType::Extract) => Some(StepType::Upload),
        Some(StepType::Upload) | None => None,
    };
    if let (Some(from), Some(to)) = (step.kind, milder) {
        changed(format!("{} -> {}", from.as_str(), to.as_str()), Step { kind: Some(to), ..step.clone() });
    }
    for field in step.fields.iter() {
        let fields = step.fields.iter().filter(|of| *of != field).cloned().collect();
        changed(format!("without its field `{field}`"), Step { fields, ..step.clone() });
    }
}

pub(super) fn registries(steps: &mut Steps<'_>) {
    for country in steps.sections().special.registry_countries.iter() {
        steps.add("registry_countries", format!("{country} not asked"), |sections| {
            sections.special.change(|special| {
                special.registry_countries = special.registry_countries - CountrySet::EMPTY.with(country);
            });
        });
    }
}

/// Values of which nobody can say in which direction they are stricter, left to the account.
pub(super) fn values(steps: &mut Steps<'_>) {
    let sections = steps.sections();
    if sections.special.face_threshold.is_some() {
        steps.add("face_threshold", "left to the account".to_owned(), |sections| {
            sections.special.change(|special| special.face_threshold = None);
        });
    }
    if sections.special.risk_profile.is_some() {
        steps.add("risk_profile", "left to the account".to_owned(), |sections| {
            sections.special.change(|special| special.risk_profile = None);
        });
    }
    for field in sections.special.vendor.iter() {
        let mut others = VendorFields::default();
        for other in sections.special.vendor.iter().filter(|other| other.name() != field.name()) {
            // What the policy holds was taken before, so it is taken again.
            if let Ok(value) = serde_json::from_str(other.json()) {
                let _ = others.insert(other.name(), &value);
            }
        }
        steps.add(format!("vendor.{}", field.name()), "not sent".to_owned(), |sections| {
            sections.special.change(|special| special.vendor = others);
        });
    }
}

/// Each field that is required may be missing.
pub(super) fn client(steps: &mut Steps<'_>) {
    let client = steps.sections().client;
    for field in client.require.iter().filter(|field| *field != ClientField::ClientId) {
        steps.add("client.require", format!("`{field}` may be missing"), |sections| {
            let one = ClientFields::EMPTY.with(field);
            sections.client.require = client.require.without(one);
            sections.client.accept = client.accept.union(one);
        });
    }
    if client.require_name {
        steps.add("client.require", "`name` may be missing".to_owned(), |sections| {
            sections.client.require_name = false;
        });
    }
}

//! Sections that say what is demanded of a person beyond the document: checks, questions, uploads, data.

use std::borrow::Cow;

use kyc_core::{DocumentType, Extra, Nfc, Questionnaire, Step, StepPlace, StepType, same_text, text_of};

use super::class::Class;
use super::slice;
use crate::client::ClientField;
use crate::sections::Sections;

pub(super) const fn questionnaire(new: &Sections, old: &Sections) -> Class {
    let asked = Class::of_demands(questions(&new.questionnaire), questions(&old.questionnaire));
    match (&new.questionnaire, &old.questionnaire) {
        (Questionnaire::Key { key: new, .. }, Questionnaire::Key { key: old, .. }) => {
            asked.and(Class::of_equality(same_text(new.as_str(), old.as_str())))
        }
        _ => asked,
    }
}

/// From none, over what the account decides, to one that must be answered (which is the vendor's default).
const fn questions(questionnaire: &Questionnaire) -> u32 {
    match questionnaire {
        Questionnaire::None => 0,
        Questionnaire::Account => 1,
        Questionnaire::Key { required: Some(false), .. } => 2,
        Questionnaire::Key { required: None | Some(true), .. } => 3,
    }
}

pub(super) const fn nfc(new: &Sections, old: &Sections) -> Class {
    match (new.nfc, old.nfc) {
        (Nfc::Account, Nfc::Account) => Class::Equal,
        // What the account decides may be any of the others.
        (Nfc::Account, Nfc::Off) | (Nfc::Required, Nfc::Account) => Class::Tighter,
        (Nfc::Off, Nfc::Account) | (Nfc::Account, Nfc::Required) => Class::Looser,
        (Nfc::Account, Nfc::Optional) | (Nfc::Optional, Nfc::Account) => Class::Changed,
        (new, old) => Class::of_demands(new as u32, old as u32),
    }
}

/// Further uploads.
pub(super) const fn extra(new: &Sections, old: &Sections) -> Class {
    match (&new.extra, &old.extra) {
        (Extra::Steps(new), Extra::Steps(old)) => {
            let (new, old) = (new.as_slice(), old.as_slice());
            // A place that only one has, and what is demanded at a place of both.
            let (added, removed) = (lacks(old, new), lacks(new, old));
            Class::of_sets(removed, added).and(at_common_places(new, old))
        }
        (Extra::Steps(_), Extra::Account | Extra::UtilityBill(false)) => Class::Tighter,
        (Extra::Account | Extra::UtilityBill(false), Extra::Steps(_)) => Class::Looser,
        (Extra::Steps(_), Extra::UtilityBill(true)) | (Extra::UtilityBill(true), Extra::Steps(_)) => {
            Class::Changed
        }
        (new, old) => Class::of_demands(bill(new), bill(old)),
    }
}

const fn bill(extra: &Extra) -> u32 {
    match extra {
        Extra::UtilityBill(false) => 0,
        Extra::Account | Extra::Steps(_) => 1,
        Extra::UtilityBill(true) => 2,
    }
}

type Placed = [(StepPlace, Step)];

/// Whether `of` has a place that `steps` lacks.
const fn lacks(steps: &Placed, of: &Placed) -> bool {
    let mut rest = of;
    while let [(place, _), after @ ..] = rest {
        if find(steps, place).is_none() {
            return true;
        }
        rest = after;
    }
    false
}

const fn at_common_places(new: &Placed, old: &Placed) -> Class {
    let mut class = Class::Equal;
    let mut rest = new;
    while let [(place, step), after @ ..] = rest {
        if let Some(before) = find(old, place) {
            class = class.and(step_class(step, before));
        }
        rest = after;
    }
    class
}

const fn find<'s>(steps: &'s Placed, place: &StepPlace) -> Option<&'s Step> {
    let mut rest = steps;
    while let [(of, step), after @ ..] = rest {
        if same_place(of, place) {
            return Some(step);
        }
        rest = after;
    }
    None
}

const fn same_place(a: &StepPlace, b: &StepPlace) -> bool {
    let country = match (a.country, b.country) {
        (None, None) => true,
        (Some(a), Some(b)) => a.index() == b.index(),
        _ => false,
    };
    country && same_document(a.document, b.document) && same_text(a.name.as_str(), b.name.as_str())
}

const fn same_document(a: Option<DocumentType>, b: Option<DocumentType>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => a as u32 == b as u32,
        _ => false,
    }
}

const fn step_class(new: &Step, old: &Step) -> Class {
    let kind = match (new.kind, old.kind) {
        (Some(new), Some(old)) => Class::of_demands(kind(new), kind(old)),
        (new, old) => Class::of_equality(new.is_none() == old.is_none()),
    };
    let (new_fields, old_fields) = (slice(&new.fields), slice(&old.fields));
    let fields = Class::of_sets(has_other(old_fields, new_fields), has_other(new_fields, old_fields));
    let ways = Class::of_equality(
        flag_word(new.can_upload) == flag_word(old.can_upload)
            && flag_word(new.can_capture) == flag_word(old.can_capture)
            && flag_word(new.can_upload_pdf) == flag_word(old.can_upload_pdf),
    );
    kind.and(fields).and(ways)
}

const fn kind(kind: StepType) -> u32 {
    match kind {
        StepType::Upload => 0,
        StepType::Extract => 1,
        StepType::Compare => 2,
    }
}

const fn flag_word(flag: Option<bool>) -> u32 {
    match flag {
        None => 0,
        Some(false) => 1,
        Some(true) => 2,
    }
}

/// Whether `texts` holds one that `others` lacks.
const fn has_other(texts: &[Cow<'static, str>], others: &[Cow<'static, str>]) -> bool {
    let mut rest = texts;
    while let [text, after @ ..] = rest {
        let mut known = others;
        let mut found = false;
        while let [other, more @ ..] = known {
            found = found || same_text(text_of(text), text_of(other));
            known = more;
        }
        if !found {
            return true;
        }
        rest = after;
    }
    false
}

/// What the caller must bring, for the vendor to compare.
pub(super) const fn client(new: &Sections, old: &Sections) -> Class {
    let (require_new, require_old) = (new.client.require.bits(), old.client.require.bits());
    let fields = Class::of_sets(require_old & !require_new != 0, require_new & !require_old != 0);
    fields.and(Class::of_demands(needs_name(new), needs_name(old)))
}

/// Whether somebody without any name is refused; one of the two that is required by itself does that too.
pub(super) const fn needs_name(sections: &Sections) -> u32 {
    let client = &sections.client;
    let is_required =
        client.require.contains(ClientField::FirstName) || client.require.contains(ClientField::LastName);
    (client.require_name || is_required) as u32
}

pub(super) const fn registries(new: &Sections, old: &Sections) -> Class {
    let (new, old) = (new.special.get().registry_countries, old.special.get().registry_countries);
    Class::of_sets(!old.is_subset(new), !new.is_subset(old))
}

/// Whose midnight decides a birthday: on some days one zone is stricter, on others another.
pub(super) const fn timezone(new: &Sections, old: &Sections) -> Class {
    Class::of_equality(same_text(text_of(&new.timezone), text_of(&old.timezone)))
}

pub(super) const fn face_threshold(new: &Sections, old: &Sections) -> Class {
    let is_equal = match (new.special.get().face_threshold, old.special.get().face_threshold) {
        (None, None) => true,
        (Some(new), Some(old)) => new.get() == old.get(),
        _ => false,
    };
    Class::of_equality(is_equal)
}

pub(super) const fn risk_profile(new: &Sections, old: &Sections) -> Class {
    let is_equal = match (&new.special.get().risk_profile, &old.special.get().risk_profile) {
        (None, None) => true,
        (Some(new), Some(old)) => same_text(new.as_str(), old.as_str()),
        _ => false,
    };
    Class::of_equality(is_equal)
}

pub(super) const fn vendor(new: &Sections, old: &Sections) -> Class {
    let (mut new, mut old) = (new.special.get().vendor.as_slice(), old.special.get().vendor.as_slice());
    while let ([a, after_a @ ..], [b, after_b @ ..]) = (new, old) {
        if !same_text(a.name(), b.name()) || !same_text(a.json(), b.json()) {
            return Class::Changed;
        }
        (new, old) = (after_a, after_b);
    }
    Class::of_equality(new.is_empty() && old.is_empty())
}

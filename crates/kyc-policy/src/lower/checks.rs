//! On/off keys of the field table, and the other ways to ask more of a person.

use kyc_core::{Extra, FaceThreshold, Locale, Nfc, Questionnaire, QuestionnaireKey, VendorId, WordError};

use super::Lowering;
use super::reader::{Section, is_other_word};
use crate::field::{FIELDS, Shape};
use crate::form::{ACCOUNT, NONE};
use crate::tree::Node;
use crate::vocabulary::words;
use crate::written::At;

/// Sections that hold on/off keys only. `token` has other keys too and is read with the session.
const FLAG_SECTIONS: [&str; 4] = ["manual_review", "checks", "verify", "bank_card"];

words! {
    /// How the chip is read.
    pub(crate) enum NfcWord {
        /// Not at all.
        Off = "off",
        /// If the client wishes.
        Optional = "optional",
        /// Always.
        Required = "required",
    }
}

pub(super) fn lower(lowering: &mut Lowering<'_>, document: &Section<'_>) {
    for name in FLAG_SECTIONS {
        if let Some(node) = document.get(name) {
            lowering.reader.section(node, name);
        }
    }
    flags(lowering, document);
    questionnaire(lowering, document);
    if let Some(node) = document.get("nfc")
        && !is_account(lowering, node, "nfc")
    {
        lowering.sections.nfc = match lowering.reader.word(node, "nfc", "a way to read the chip") {
            Some(NfcWord::Off) => Nfc::Off,
            Some(NfcWord::Optional) => Nfc::Optional,
            Some(NfcWord::Required) => Nfc::Required,
            None => Nfc::Account,
        };
    }
    if let Some(node) = document.get("utility_bill")
        && !is_account(lowering, node, "utility_bill")
        && let Some(on) = lowering.reader.flag(node, "utility_bill")
    {
        lowering.written.utility_bill = Some(node.loc);
        lowering.sections.extra = Extra::UtilityBill(on);
    }
    let theme = identifier(lowering, document, "theme");
    let risk_profile = identifier(lowering, document, "risk_profile");
    let face_threshold = document.get("face_threshold").and_then(|node| threshold(lowering, node));
    if theme.is_some() || risk_profile.is_some() || face_threshold.is_some() {
        lowering.sections.special.change(|special| {
            special.theme = theme;
            special.risk_profile = risk_profile;
            special.face_threshold = face_threshold;
        });
    }
    lowering.sections.locale = document.get("locale").and_then(|node| {
        let text = lowering.reader.scalar(node, "locale", "a language, such as `lt`")?;
        if is_other_word(node) {
            lowering.reader.malformed(node, "locale", "a language, such as `lt`", text);
            return None;
        }
        let wanted = format!("a language of {} to {} letters, such as `lt`", Locale::MIN, Locale::MAX);
        checked(lowering, node, "locale", &wanted, text, Locale::new)
    });
}

/// Every on/off key of the field table.
fn flags(lowering: &mut Lowering<'_>, document: &Section<'_>) {
    for field in FIELDS {
        let Shape::Flag(flag) = field.shape else { continue };
        let node = match field.key.split_once('.') {
            None => document.get(field.key),
            Some((section, key)) => document.get(section).and_then(|node| child(node, key)),
        };
        let Some(node) = node else { continue };
        if !is_account(lowering, node, field.key)
            && let Some(on) = lowering.reader.flag(node, field.key)
        {
            lowering.sections.flags = lowering.sections.flags.with(flag, on);
        }
    }
}

/// The first value of `key` in a map; a repeated key has been reported.
fn child<'n>(node: &'n Node<'n>, key: &str) -> Option<&'n Node<'n>> {
    match &node.kind {
        crate::tree::Kind::Map(entries) => {
            entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
        }
        _ => None,
    }
}

/// Whether the value is the word `account`, which states that the account decides.
fn is_account(lowering: &mut Lowering<'_>, node: &Node<'_>, key: &str) -> bool {
    let is_account = node.is_word(ACCOUNT);
    if is_account {
        lowering.written.account.push(At { value: key.to_owned(), loc: node.loc });
    }
    is_account
}

fn questionnaire(lowering: &mut Lowering<'_>, document: &Section<'_>) {
    const KEY: &str = "questionnaire";
    let required = document.get("questionnaire_required").and_then(|node| {
        let required = lowering.reader.flag(node, "questionnaire_required")?;
        lowering.written.questionnaire_required = Some(node.loc);
        Some(required)
    });
    let Some(node) = document.get(KEY) else { return };
    if is_account(lowering, node, KEY) {
        return;
    }
    if node.is_word(NONE) {
        lowering.sections.questionnaire = Questionnaire::None;
        return;
    }
    let Some(text) = lowering.reader.scalar(node, KEY, "the key of a questionnaire, or `none`") else {
        return;
    };
    let wanted = "the key of a questionnaire, or `none`";
    if let Some(key) = checked(lowering, node, KEY, wanted, text, QuestionnaireKey::new) {
        lowering.sections.questionnaire = Questionnaire::Key { key, required };
    }
}

fn identifier(lowering: &mut Lowering<'_>, document: &Section<'_>, key: &str) -> Option<VendorId> {
    let node = document.get(key)?;
    let text = lowering.reader.scalar(node, key, "a UUID")?;
    checked(lowering, node, key, "a UUID in lower case", text, VendorId::new)
}

/// A decimal of at most three fraction digits.
fn threshold(lowering: &mut Lowering<'_>, node: &Node<'_>) -> Option<FaceThreshold> {
    const KEY: &str = "face_threshold";
    const WANTED: &str = "a number of at most three decimals, such as `1` or `0.95`";
    let text = lowering.reader.scalar(node, KEY, WANTED)?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |part: &str, max: usize| {
        (1..=max).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !is_digits(whole, 2) || !is_digits(fraction, 3) {
        lowering.reader.malformed(node, KEY, WANTED, text);
        return None;
    }
    let thousandths = format!("{whole}{fraction:0<3}").parse().unwrap_or(u32::MAX);
    let threshold = FaceThreshold::new(thousandths).ok();
    if threshold.is_none() {
        let (min, max) = (FaceThreshold::MIN, FaceThreshold::MAX);
        lowering.reader.out_of_bounds(node, KEY, &format!("{min} to {max}"));
    }
    threshold
}

fn checked<T>(
    lowering: &mut Lowering<'_>,
    node: &Node<'_>,
    key: &str,
    wanted: &str,
    text: &str,
    new: impl Fn(&str) -> Result<T, WordError>,
) -> Option<T> {
    let value = new(text).ok();
    if value.is_none() {
        lowering.reader.malformed(node, key, wanted, text);
    }
    value
}

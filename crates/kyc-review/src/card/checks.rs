//! What is checked, and what shows afterwards that it was.

use std::borrow::Cow;

use kyc_core::{Extra, Flag, Nfc, Questionnaire, TokenType};
use kyc_policy::{Direction, Evidence, FIELDS, Field, Sections, Shape};

use super::{Context, Fact, Part, Row, Table, cell};
use crate::words;

pub(super) fn part(sections: &Sections, context: &Context) -> Part {
    let mut facts = Vec::new();
    let off = in_state(sections, Some(false));
    if !off.is_empty() {
        facts.push(Fact::list("Switched off", off));
    }
    let silent = left_to_account(sections);
    if !silent.is_empty() {
        let note =
            "the policy is silent, so the switches of the vendor account decide, and can change without it";
        facts.push(Fact::list("Left to the account", silent).note(note));
    }
    if !sections.special.vendor.is_empty() {
        facts.push(Fact::new("Passed on", "vendor", &words::vendor(&sections.special.vendor)));
    }
    Part::new("checks", "What is checked, and what shows it")
        .about(
            "A check that should leave a trace and left none counts as not made: the result goes to review.",
        )
        .table(Table {
            caption: "Checks that are asked for",
            columns: vec!["Check", "What shows that it was made"],
            rows: asked_for(sections, context),
        })
        .facts(facts)
}

/// The on/off keys that demand something of a person.
fn demands() -> impl Iterator<Item = (&'static Field, Flag)> {
    FIELDS.iter().filter_map(|field| match (field.shape, field.direction) {
        (Shape::Flag(flag), Direction::TrueIsTighter) => Some((field, flag)),
        _ => None,
    })
}

/// What the policy does not state, so that the account decides.
pub(super) fn left_to_account(sections: &Sections) -> Vec<&'static str> {
    in_state(sections, None)
}

/// What is on, off, or left to the account.
fn in_state(sections: &Sections, state: Option<bool>) -> Vec<&'static str> {
    let flags = demands().filter(|(_, flag)| sections.flags.state(*flag) == state);
    let nfc = match sections.nfc {
        Nfc::Account => None,
        Nfc::Off => Some(false),
        Nfc::Optional | Nfc::Required => Some(true),
    };
    let questions = match sections.questionnaire {
        Questionnaire::Account => None,
        Questionnaire::None => Some(false),
        Questionnaire::Key { .. } => Some(true),
    };
    let further = match &sections.extra {
        Extra::Account => None,
        Extra::UtilityBill(on) => Some(*on),
        Extra::Steps(_) => Some(true),
    };
    let others = [
        (nfc, "reading the document's chip"),
        (questions, "questions"),
        (further, "a proof of address or other documents"),
    ];
    let others = others.into_iter().filter(|(of, _)| *of == state).map(|(_, what)| what);
    flags.map(|(_, flag)| words::flag(flag)).chain(others).collect()
}

/// The required checks of which the result, or the vendor's answer to our request, must show a trace.
pub(super) fn traced(sections: &Sections) -> impl Iterator<Item = &'static Field> {
    let flags = sections.flags;
    let leaves_trace = |field: &Field| matches!(field.evidence, Evidence::Result | Evidence::Echo);
    demands().filter(move |(field, flag)| flags.is_on(*flag) && leaves_trace(field)).map(|(field, _)| field)
}

fn row(what: &str, evidence: Evidence, key: &'static str) -> Row {
    Row { cells: vec![cell(what), cell(words::evidence(evidence))], key: Some(Cow::Borrowed(key)) }
}

/// A row whose evidence is that of its key.
fn keyed(what: &str, key: &'static str) -> Row {
    row(what, Field::find(key).map_or(Evidence::NotObservable, |field| field.evidence), key)
}

fn asked_for(sections: &Sections, context: &Context) -> Vec<Row> {
    let mut rows = vec![row("the document is genuine and readable", Evidence::Result, "documents")];
    if sections.token.token_type == TokenType::Identification {
        rows.push(row("the selfie shows the person in the document", Evidence::Result, "token.type"));
    }
    let on = demands().filter(|(_, flag)| sections.flags.is_on(*flag));
    rows.extend(on.map(|(field, flag)| row(words::flag(flag), field.evidence, field.key)));
    if matches!(sections.nfc, Nfc::Optional | Nfc::Required) {
        rows.push(keyed(words::nfc(sections.nfc), "nfc"));
    }
    if matches!(sections.questionnaire, Questionnaire::Key { .. }) {
        rows.push(keyed(&words::questionnaire(&sections.questionnaire), "questionnaire"));
    }
    match &sections.extra {
        Extra::UtilityBill(true) => rows.push(keyed("a proof of address", "utility_bill")),
        Extra::Steps(steps) => {
            rows.extend(steps.iter().map(|(place, step)| keyed(&words::step(place, step), "steps")));
        }
        Extra::Account | Extra::UtilityBill(false) => {}
    }
    if !sections.special.registry_countries.is_empty() {
        let text = words::registries(sections.special.registry_countries, &context.groups);
        rows.push(keyed(&text, "registry_countries"));
    }
    if sections.special.face_threshold.is_some() {
        rows.push(keyed(&words::face_threshold(sections.special.face_threshold), "face_threshold"));
    }
    if sections.special.risk_profile.is_some() {
        rows.push(keyed(&words::risk_profile(sections.special.risk_profile.as_ref()), "risk_profile"));
    }
    rows
}

//! What a change means for people where no result shows it: one sentence for each thing that is different.

use std::fmt::Display;

use kyc_core::{Country, CountrySet, Extra, Nfc, Questionnaire, Step, StepPlace};

use super::demands::needs_name;
use super::{OrderedSection, flags};
use crate::client::{ClientField, ClientFields};
use crate::sections::Sections;

pub(super) fn situation(section: OrderedSection, new: &Sections, old: &Sections) -> Vec<String> {
    use OrderedSection as S;
    match section {
        // Of these a witness tells.
        S::Matrix | S::Age | S::Nationality | S::IpCountry | S::Expiry | S::Verdict | S::TokenType => {
            Vec::new()
        }
        S::ManualReview | S::Checks | S::Verify | S::BankCard | S::Switches => switches(section, new, old),
        S::Questionnaire => vec![questionnaire(&new.questionnaire, &old.questionnaire)],
        S::Nfc => vec![nfc(new.nfc, old.nfc)],
        S::Steps => extra(&new.extra, &old.extra),
        S::Registries => registries(new.special.registry_countries, old.special.registry_countries),
        S::FaceThreshold => {
            let threshold = |sections: &Sections| {
                sections
                    .special
                    .face_threshold
                    .map_or_else(|| "left to the account".to_owned(), |of| of.to_string())
            };
            vec![format!(
                "how alike faces must be: was {}, now {}; only the vendor knows which is stricter",
                threshold(old),
                threshold(new)
            )]
        }
        S::RiskProfile => {
            vec![
                "the vendor assesses risk by another profile; only its dashboard says which is stricter"
                    .to_owned(),
            ]
        }
        S::Vendor => vendor(new, old),
        S::Client => client(new, old),
        S::Timezone => vec![format!(
            "days begin at midnight of {} instead of {}; around midnight an age or an expiry can be judged otherwise",
            new.timezone, old.timezone
        )],
    }
}

fn switches(section: OrderedSection, new: &Sections, old: &Sections) -> Vec<String> {
    let state = |state: Option<bool>| match state {
        Some(true) => "on",
        Some(false) => "off",
        None => "left to the account",
    };
    let differing = flags::differing(section, new.flags, old.flags);
    let sentence = |(field, flag): (&crate::field::Field, kyc_core::Flag)| {
        let (was, now) = (state(old.flags.state(flag)), state(new.flags.state(flag)));
        format!("`{}` ({}): was {was}, now {now}", field.key, field.meaning)
    };
    differing.map(sentence).collect()
}

fn questionnaire(new: &Questionnaire, old: &Questionnaire) -> String {
    match (new, old) {
        (Questionnaire::Key { key: new, .. }, Questionnaire::Key { key: old, .. }) if new != old => {
            format!("only the vendor's dashboard says which of `{old}` and `{new}` asks more")
        }
        (Questionnaire::Key { required: Some(false), .. }, Questionnaire::Key { .. }) => {
            "the client may skip the questions now".to_owned()
        }
        (Questionnaire::Key { .. }, Questionnaire::Key { .. }) => {
            "the client must answer the questions now".to_owned()
        }
        (Questionnaire::Account, _) | (_, Questionnaire::Account) => {
            "what the account asks stands in the vendor's dashboard alone".to_owned()
        }
        (Questionnaire::None, _) => "the client answers no questions any more".to_owned(),
        (_, Questionnaire::None) => "the client answers questions in addition".to_owned(),
    }
}

/// Only where the chip must be read, somebody without one is stopped.
fn nfc(new: Nfc, old: Nfc) -> String {
    let sentence = match (new, old) {
        (Nfc::Account, _) | (_, Nfc::Account) => {
            "what the account reads stands in the vendor's dashboard alone"
        }
        (Nfc::Required, _) => "whoever cannot have a chip read does not pass any more",
        (_, Nfc::Required) => "whoever cannot have a chip read passes now",
        (Nfc::Optional, _) => "the chip is read as well where there is one",
        (Nfc::Off, _) => "the chip is not read any more where there is one",
    };
    sentence.to_owned()
}

fn extra(new: &Extra, old: &Extra) -> Vec<String> {
    let (Extra::Steps(new_steps), Extra::Steps(old_steps)) = (new, old) else {
        let asked = |extra: &Extra| match extra {
            Extra::Account => "whatever the account asks",
            Extra::UtilityBill(true) => "the vendor's proof of address",
            Extra::UtilityBill(false) => "nothing",
            Extra::Steps(_) => "the steps of the policy",
        };
        return vec![format!("beside the document {} was asked, and now {}", asked(old), asked(new))];
    };
    let (new, old) = (new_steps.as_slice(), old_steps.as_slice());
    let lacks = |steps: &[(StepPlace, Step)], place: &StepPlace| steps.iter().all(|(of, _)| of != place);
    let gone = old.iter().filter(|(place, _)| lacks(new, place));
    let come = new.iter().filter(|(place, _)| lacks(old, place));
    let common = new.iter().filter_map(|(place, step)| {
        let (_, before) = old.iter().find(|(of, _)| of == place)?;
        let asks = |step: &Step| {
            (step.kind, step.fields.clone(), step.can_upload, step.can_capture, step.can_upload_pdf)
        };
        (asks(step) != asks(before)).then(|| format!("step {} asks for something else", of(place)))
    });
    gone.map(|(place, _)| format!("step {} is not asked any more", of(place)))
        .chain(come.map(|(place, _)| format!("step {} is asked in addition", of(place))))
        .chain(common)
        .collect()
}

fn of(place: &StepPlace) -> String {
    let country = place.country.map_or_else(|| "every country".to_owned(), Country::in_words);
    let document = place.document.map_or("every document", |document| document.noun());
    format!("`{}` ({country}, {document})", place.name)
}

fn registries(new: CountrySet, old: CountrySet) -> Vec<String> {
    let sentence = |countries: CountrySet, what: &str| {
        (!countries.is_empty())
            .then(|| format!("registers of {} are {what}", list(countries.iter().map(Country::in_words))))
    };
    let gone = sentence(old.difference(new), "not asked any more");
    let come = sentence(new.difference(old), "asked in addition");
    gone.into_iter().chain(come).collect()
}

fn vendor(new: &Sections, old: &Sections) -> Vec<String> {
    let names = |sections: &Sections| -> Vec<_> {
        sections
            .special
            .vendor
            .iter()
            .map(|field| (field.name().to_owned(), field.json().to_owned()))
            .collect()
    };
    let (new, old) = (names(new), names(old));
    let differing = old
        .iter()
        .filter(|entry| !new.contains(entry))
        .chain(new.iter().filter(|entry| !old.contains(entry)));
    let mut names: Vec<_> = differing.map(|(name, _)| name.as_str()).collect();
    names.dedup();
    names.sort_unstable();
    names.dedup();
    names
        .iter()
        .map(|name| format!("`{name}` is sent otherwise; nobody can say whether that is stricter"))
        .collect()
}

fn client(new: &Sections, old: &Sections) -> Vec<String> {
    let fields = |new: ClientFields, old: ClientFields| ClientFields::proven(new.bits() & !old.bits());
    let sentence = |fields: ClientFields, what: &str| {
        let fields: Vec<_> = fields.iter().map(ClientField::as_str).collect();
        (!fields.is_empty())
            .then(|| format!("a service {what} `{}`, for the vendor to compare", fields.join("`, `")))
    };
    let (require, before) = (new.client.require, old.client.require);
    let gone = sentence(fields(before, require), "need not bring any more");
    let come = sentence(fields(require, before), "must bring in addition");
    let name = match (needs_name(new), needs_name(old)) {
        (1, 0) if new.client.require_name => {
            Some("a service must bring a first or a last name in addition".to_owned())
        }
        (0, 1) if old.client.require_name => Some("a service need not bring a name any more".to_owned()),
        _ => None,
    };
    gone.into_iter().chain(come).chain(name).collect()
}

fn list<T: Display>(items: impl Iterator<Item = T>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::tests::policy;

    #[test]
    fn what_a_service_must_bring_is_told_once() {
        const COME: &str = "a service must bring in addition `first_name`, for the vendor to compare";
        const GONE: &str = "a service need not bring any more `first_name`, for the vendor to compare";
        const ANY_COMES: &str = "a service must bring a first or a last name in addition";
        const ANY_GOES: &str = "a service need not bring a name any more";
        let with = |fields: &str| {
            policy(&format!(
                "name: p\ncountries: [LT]\ndocuments: [ID_CARD]\nclient: {{ require: [{fields}] }}\n"
            ))
        };
        for (old, new, there, back) in [
            ("sex", "sex, name", ANY_COMES, ANY_GOES),
            ("sex", "sex, first_name", COME, GONE),
            ("name", "first_name", COME, GONE),
            ("last_name", "last_name, first_name", COME, GONE),
        ] {
            let (old, new) = (with(old).sections, with(new).sections);
            assert_eq!(
                (client(&new, &old), client(&old, &new)),
                (vec![there.to_owned()], vec![back.to_owned()])
            );
        }
    }
}

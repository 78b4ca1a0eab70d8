//! What personal data is collected.

use kyc_core::{Extra, Flag, Nfc, Questionnaire, TokenType};
use kyc_policy::{Data, FIELDS, Sections, Shape};

use super::{Context, Fact, Part};
use crate::words;

pub(super) fn part(sections: &Sections, context: &Context) -> Part {
    let mut ours = words::required_fields(&sections.client);
    ours.extend(words::accepted_fields(&sections.client));
    let looked_up = looked_up(sections, context);
    let mut facts = vec![
        Fact::list("From the person", from_person(sections)),
        Fact { key: Some("client".into()), ..Fact::list("From us", ours) },
        if looked_up.is_empty() {
            Fact::keyless("Looked up", "nothing")
        } else {
            Fact::list("Looked up", looked_up)
        },
    ];
    let silent = silent(sections);
    if silent > 0 {
        let which = words::count(
            silent,
            "check on which the policy is silent",
            "checks on which the policy is silent",
        );
        facts.push(Fact::keyless(
            "Perhaps more",
            &format!("{which} may collect more, as the vendor account is set"),
        ));
    }
    Part::new("data", "What data is collected")
        .about("What is asked of the person, taken from us, or looked up elsewhere.")
        .facts(facts)
}

fn from_person(sections: &Sections) -> Vec<String> {
    let on = |flag: Flag| sections.flags.is_on(flag);
    let has_selfie = sections.token.token_type == TokenType::Identification;
    let has_chip = matches!(sections.nfc, Nfc::Optional | Nfc::Required);
    let is_asked = matches!(sections.questionnaire, Questionnaire::Key { .. });
    let taken = [
        (true, "photos of the document with everything printed on it"),
        (on(Flag::DriverLicenseBack), "the back of the driving licence"),
        (has_chip, "what the document's chip holds"),
        (has_selfie, "a selfie"),
        (on(Flag::CheckLiveness), "a recording that shows a living person"),
        (on(Flag::VerifyEmail), "an e-mail address"),
        (on(Flag::VerifyPhone), "a telephone number"),
        (on(Flag::VerifyAddress), "a postal address"),
        (on(Flag::BankCardVerification), "a photo of a bank card"),
        (is_asked, "answers to a questionnaire"),
        (matches!(sections.extra, Extra::UtilityBill(true)), "a proof of address"),
    ];
    let mut taken: Vec<String> =
        taken.into_iter().filter(|(is_taken, _)| *is_taken).map(|(_, what)| what.to_owned()).collect();
    if let Extra::Steps(steps) = &sections.extra {
        taken.extend(steps.iter().map(|(place, step)| words::step_name(place, step)));
    }
    taken.push("the address on the internet".to_owned());
    taken
}

/// What is looked up about the person elsewhere.
fn looked_up(sections: &Sections, context: &Context) -> Vec<String> {
    let flags = [
        Flag::CheckAml,
        Flag::AutoAmlMonitoring,
        Flag::CheckCriminal,
        Flag::CheckFaceBlacklist,
        Flag::CheckDocFaceBlacklist,
        Flag::CheckPersonBlacklist,
        Flag::CheckDuplicateFaces,
        Flag::CheckDuplicateDocFaces,
        Flag::CheckDuplicatePersonalData,
        Flag::CheckDriverLicense,
        Flag::CheckLid,
        Flag::CheckIpProxy,
        Flag::VerifyBank,
        Flag::VerifyBankAccounts,
        Flag::VerifyBankBalances,
        Flag::VerifyBankTransactions,
    ];
    let on = flags.into_iter().filter(|flag| sections.flags.is_on(*flag));
    let registries = (!sections.special.registry_countries.is_empty()).then(|| {
        format!("state registers of {}", words::set(sections.special.registry_countries, &context.groups))
    });
    on.map(|flag| words::flag(flag).to_owned()).chain(registries).collect()
}

/// How many keys that collect data the policy does not state.
fn silent(sections: &Sections) -> usize {
    let flags = FIELDS.iter().filter(|field| match field.shape {
        Shape::Flag(flag) => field.data == Data::Collects && sections.flags.state(flag).is_none(),
        _ => false,
    });
    flags.count()
        + usize::from(sections.nfc == Nfc::Account)
        + usize::from(sections.questionnaire == Questionnaire::Account)
        + usize::from(sections.extra == Extra::Account)
}

//! How a session runs, and what happens afterwards.

use kyc_core::{Flag, Flags};
use kyc_policy::{ClientField, CountryLockMode, Delivery, Sections};

use super::{Fact, Part};
use crate::words;

pub(super) fn part(sections: &Sections) -> Part {
    let mut facts = vec![
        Fact::new("Link", "token", &words::session(sections.token)),
        pages(sections),
        Fact::new("Choice of country", "country_lock", &offered(sections)),
    ];
    if sections.delivery == Delivery::Redirect {
        let text = format!("the person is sent {}", words::redirect(&sections.redirect));
        facts.push(Fact::new("Afterwards", "redirect", &text));
    }
    facts.push(Fact::new("Vendor's reviewers", "manual_review", &reviewers(sections.flags)));
    let text = format!("the vendor sends results {}", words::webhook(sections.special.webhook.as_ref()));
    facts.push(Fact::new("Results", "webhook", &text));
    facts.push(Fact::new("If asked again", "reuse", words::reuse(sections.reuse)));
    let again = words::reverify(sections.governance.reverify);
    let again = again.unwrap_or_else(|| "the policy does not say when".to_owned());
    facts.push(Fact::new("Verified again", "reverify", &again));
    Part::new("session", "How a session runs, and what comes after").facts(facts)
}

/// From which countries the person can choose in the vendor's pages.
fn offered(sections: &Sections) -> String {
    let every = "the vendor's pages offer every country; a document of one that is not accepted is found out afterwards";
    let (client, mode) = (&sections.client, sections.country_lock);
    if mode == CountryLockMode::Omit {
        return every.to_owned();
    }
    let otherwise = match (mode, sections.countries.effective().single()) {
        (CountryLockMode::Array, _) => "the vendor's pages offer the countries of the policy".to_owned(),
        (_, Some(country)) => format!("the vendor's pages offer {} alone", words::country(country)),
        (_, None) => every.to_owned(),
    };
    if client.require.contains(ClientField::DocumentCountry) {
        "the vendor's pages offer the country that our service states".to_owned()
    } else if client.accept.contains(ClientField::DocumentCountry) {
        format!(
            "the vendor's pages offer the country that our service states, if it does. Otherwise {otherwise}"
        )
    } else {
        otherwise
    }
}

fn pages(sections: &Sections) -> Fact {
    let mut pages = Fact::new("Pages", "delivery", words::delivery(sections.delivery));
    if sections.flags.is_on(Flag::ShowInstructions) {
        pages = pages.note("instructions are shown before the camera opens");
    }
    if sections.flags.is_on(Flag::GenerateDigitString) {
        pages = pages.note("the person also gets a code for the vendor's mobile application");
    }
    match &sections.locale {
        Some(locale) => pages.note(&format!("their language is fixed: {locale}")),
        None => pages,
    }
}

fn reviewers(flags: Flags) -> String {
    let look = |flag: Flag, which: &str| match flags.state(flag) {
        Some(true) => format!("they look at results that {which}"),
        Some(false) => format!("they do not look at results that {which}"),
        None => format!("whether they look at results that {which} is up to the vendor account"),
    };
    let (passed, failed) =
        (look(Flag::ReviewSuccessful, "passed the machine"), look(Flag::ReviewFailed, "failed it"));
    format!("{passed}; {failed}")
}

//! What generated code builds a policy of: the parts that it states, in constants. Everything here is hidden from the
//! documentation; the macro has checked the parts with this very library.

use std::borrow::Cow;

use jiff::civil;
use kyc_core::{
    AgeBounds, Country, CountrySet, DocumentSet, Extra, Flags, HttpsUrl, Locale, Nfc, Questionnaire,
    QuestionnaireKey, Step, StepPlace, Steps, WebUrl,
};

use crate::client::ClientFields;
use crate::digest::Digest;
use crate::duration::Duration;
use crate::held::Held;
use crate::policy::Policy;
use crate::rules::Waiting;
use crate::sections::{
    AmlOutcomes, ClientSection, Countries, CountryLockMode, Delivery, DocumentScope, Documents, Expiry,
    Governance, Outcome, RedirectSection, Reuse, Reverify, ReverifyEvents, RiskTier, Screen, Sections,
    Special, SpecialGovernance, Token, Verdict, Webhook,
};
use crate::tags::Tag;
use crate::template::UrlTemplate;

/// An address of a policy.
#[derive(Clone, Copy, Debug)]
pub enum Url {
    /// Text, characters of the host, port, and whether it is https.
    Fixed(&'static str, u16, Option<u16>, bool),
    /// Text with placeholders for these fields.
    Filled(&'static str),
}

/// What a policy states; what it does not state has its default.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each part is the section or key of that name")]
pub enum Part {
    Name(&'static str),
    Description(&'static str),
    Owner(&'static str),
    Rationale(&'static str),
    LegalBasis(&'static str),
    ReviewBy(civil::Date),
    RiskTier(RiskTier),
    ReverifyEvery(Duration),
    ReverifyOn(u8),
    Countries(Countries),
    Documents(Option<DocumentScope>, &'static [(Country, DocumentScope)], DocumentSet),
    CountryLock(CountryLockMode),
    Nationality(Screen),
    IpCountry(Screen),
    Age(AgeBounds),
    Expiry(Expiry),
    Token(Token),
    Success(Url),
    Error(Url),
    Unverified(Url),
    Delivery(Delivery),
    Flags(Flags),
    NoQuestionnaire,
    Questionnaire(&'static str, Option<bool>),
    Nfc(Nfc),
    UtilityBill(bool),
    Steps(&'static [(StepPlace, Step)]),
    Locale(&'static str),
    Special(&'static Special),
    SpecialGovernance(&'static SpecialGovernance),
    /// Required and accepted fields as bits, and whether a name is required.
    Client(u16, u16, bool),
    Verdict(Outcome, Outcome, &'static [(Tag, Outcome)], AmlOutcomes),
    Reuse(Reuse),
    Timezone(&'static str),
}

/// The value of the first part that matches, or the default.
macro_rules! find {
    ($parts:expr, $pattern:pat => $value:expr, $default:expr) => {{
        let mut rest: &[Part] = $parts;
        loop {
            match rest {
                [$pattern, ..] => break $value,
                [_, after @ ..] => rest = after,
                [] => break $default,
            }
        }
    }};
}

/// The value of the first part that matches, if there is one.
macro_rules! find_some {
    ($parts:expr, $pattern:pat => $value:expr) => {
        find!($parts, $pattern => Some($value), None)
    };
}

/// The policy that states `parts`; what follows from them was computed from them. It is no constructor of [`Policy`], or
/// the compiler would recommend it to people.
#[doc(hidden)]
pub const fn policy(
    parts: &'static [Part],
    waiting: u128,
    digest: [u8; 32],
    document_digest: [u8; 32],
) -> Policy {
    let (digest, document_digest) = (Digest::proven(digest), Digest::proven(document_digest));
    Policy { sections: sections(parts), waiting: Waiting::of_bits(waiting), digest, document_digest }
}

/// The sections that state `parts`.
pub(crate) const fn sections(parts: &'static [Part]) -> Sections {
    Sections {
        name: Cow::Borrowed(find!(parts, Part::Name(name) => name, "")),
        governance: governance(parts),
        countries: find!(parts, Part::Countries(countries) => *countries, Countries::Listed(CountrySet::EMPTY)),
        documents: find!(
            parts,
            Part::Documents(default, rows, eid) => Documents { default: *default, rows: Cow::Borrowed(rows), eid: *eid },
            Documents { default: None, rows: Cow::Borrowed(&[]), eid: DocumentSet::EMPTY }
        ),
        country_lock: find!(parts, Part::CountryLock(mode) => *mode, CountryLockMode::Auto),
        nationality: find!(parts, Part::Nationality(screen) => *screen, Screen::NONE),
        ip_country: find!(parts, Part::IpCountry(screen) => *screen, Screen::NONE),
        age: find!(parts, Part::Age(bounds) => *bounds, AgeBounds::NONE),
        expiry: find!(parts, Part::Expiry(expiry) => *expiry, Expiry::DEFAULT),
        token: find!(parts, Part::Token(token) => *token, Token::DEFAULT),
        redirect: RedirectSection {
            success: find_some!(parts, Part::Success(url) => template(*url)),
            error: find_some!(parts, Part::Error(url) => template(*url)),
            unverified: find_some!(parts, Part::Unverified(url) => template(*url)),
        },
        delivery: find!(parts, Part::Delivery(delivery) => *delivery, Delivery::Redirect),
        flags: find!(parts, Part::Flags(flags) => *flags, Flags::NONE),
        questionnaire: questionnaire(parts),
        nfc: find!(parts, Part::Nfc(nfc) => *nfc, Nfc::Account),
        extra: extra(parts),
        locale: find_some!(parts, Part::Locale(locale) => Locale::proven(locale)),
        client: find!(
            parts,
            Part::Client(require, accept, require_name) => ClientSection {
                require: ClientFields::proven(*require),
                accept: ClientFields::proven(*accept),
                require_name: *require_name,
            },
            ClientSection::NONE
        ),
        verdict: find!(
            parts,
            Part::Verdict(default, outside, tags, aml) => Verdict {
                default: *default,
                outside: *outside,
                tags: Cow::Borrowed(tags),
                aml: *aml,
            },
            Verdict::DEFAULT
        ),
        reuse: find!(parts, Part::Reuse(reuse) => *reuse, Reuse::Never),
        timezone: Cow::Borrowed(find!(parts, Part::Timezone(zone) => zone, crate::sections::UTC)),
        special: Held::Static(find!(parts, Part::Special(special) => special, const { &Special::NONE })),
    }
}

const fn governance(parts: &'static [Part]) -> Governance {
    Governance {
        description: find_some!(parts, Part::Description(text) => Cow::Borrowed(*text)),
        owner: find_some!(parts, Part::Owner(text) => Cow::Borrowed(*text)),
        rationale: find_some!(parts, Part::Rationale(text) => Cow::Borrowed(*text)),
        legal_basis: find_some!(parts, Part::LegalBasis(text) => Cow::Borrowed(*text)),
        review_by: find_some!(parts, Part::ReviewBy(day) => *day),
        risk_tier: find_some!(parts, Part::RiskTier(tier) => *tier),
        reverify: Reverify {
            every: find_some!(parts, Part::ReverifyEvery(every) => *every),
            on: find!(parts, Part::ReverifyOn(events) => ReverifyEvents::proven(*events), ReverifyEvents::EMPTY),
        },
        special: Held::Static(find!(
            parts,
            Part::SpecialGovernance(special) => special,
            const { &SpecialGovernance::NONE }
        )),
    }
}

const fn questionnaire(parts: &'static [Part]) -> Questionnaire {
    let none = find!(parts, Part::NoQuestionnaire => Questionnaire::None, Questionnaire::Account);
    find!(
        parts,
        Part::Questionnaire(key, required) => {
            Questionnaire::Key { key: QuestionnaireKey::proven(key), required: *required }
        },
        none
    )
}

const fn extra(parts: &'static [Part]) -> Extra {
    let bill = find!(parts, Part::UtilityBill(on) => Extra::UtilityBill(*on), Extra::Account);
    find!(parts, Part::Steps(steps) => Extra::Steps(Steps::proven(steps)), bill)
}

const fn template(url: Url) -> UrlTemplate {
    match url {
        Url::Fixed(text, host_len, port, secure) => {
            UrlTemplate::proven_fixed(WebUrl::proven(text, host_len, port, secure))
        }
        Url::Filled(text) => UrlTemplate::proven_filled(text),
    }
}

/// The webhook at an address without placeholders.
#[doc(hidden)]
pub const fn webhook(url: WebUrl, unjudged: Option<&'static str>) -> Webhook {
    let unjudged = match unjudged {
        Some(reason) => Some(Cow::Borrowed(reason)),
        None => None,
    };
    Webhook { url: HttpsUrl::proven(url), unjudged }
}

/// What stands for a policy that has mistakes, so that the compiler reports those alone.
#[doc(hidden)]
pub const fn poisoned() -> &'static Policy {
    static POISONED: Policy = policy(&[], 0, [0; 32], [0; 32]);
    &POISONED
}

/// Whether this is what stands for a policy that has mistakes: any other has a name.
#[doc(hidden)]
pub const fn is_poisoned(policy: &Policy) -> bool {
    match &policy.sections.name {
        Cow::Borrowed(name) => name.is_empty(),
        Cow::Owned(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PolicySet, SourceMap, check_policy};

    #[test]
    fn what_stands_for_a_policy_with_mistakes_is_no_policy() {
        static STATED: Policy = policy(&[Part::Name("p")], 0, [0; 32], [0; 32]);
        assert!(is_poisoned(poisoned()));
        assert!(!is_poisoned(&STATED));
    }

    #[test]
    fn the_rules_that_wait_are_stated_and_wait_again() {
        let waiting = |lines: &str| {
            let text = format!("name: p\ncountries: [LT]\ndocuments: [PASSPORT]\n{lines}");
            let set = PolicySet::empty();
            let checked = check_policy(&mut SourceMap::default(), "p.yaml", None, text.as_bytes(), &set);
            checked.value.unwrap().waiting()
        };
        let (few, more) = (
            waiting(""),
            waiting("age: { min: 18 }\nclient: { accept: [date_of_birth, document_country] }\n"),
        );
        assert_ne!(few, more);
        for bits in [few, more] {
            assert_eq!(policy(&[], bits, [0; 32], [0; 32]).waiting(), bits);
        }
    }
}

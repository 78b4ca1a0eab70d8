//! Each section of a policy in words, beside what the policy says.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use kyc_policy::{Field, OrderedSection, Policy, PolicySet, SourceMap, check_policy};
use kyc_review::words::{self, Groups};

/// The policy that says `text`, and as little else as it may.
fn policy(text: &str) -> Policy {
    let mut document = format!("name: p\n{text}");
    for (key, neutral) in [("countries:", "countries: [LT]\n"), ("documents:", "documents: [PASSPORT]\n")] {
        if !text.lines().any(|line| line.starts_with(key)) {
            document.push_str(neutral);
        }
    }
    let set = PolicySet::empty();
    let checked = check_policy(&mut SourceMap::default(), "p.yaml", Some("p"), document.as_bytes(), &set);
    checked.value.unwrap_or_else(|| panic!("{:?}\n{document}", checked.diagnostics))
}

#[track_caller]
fn section(text: &str, section: OrderedSection, words: &str) {
    assert_eq!(words::section(&policy(text), section, &Groups::default()), words, "{text}");
}

#[test]
fn countries_and_documents_are_one_phrase() {
    use OrderedSection::Matrix;
    section("", Matrix, "passports of Lithuania");
    section(
        "countries: [EEA, CH, -LI]\ndocuments: [PASSPORT, ID_CARD]\n",
        Matrix,
        "passports and identity cards of 30 countries: the European Economic Area and Switzerland, without Liechtenstein",
    );
    section("countries: any\ndocuments: any\n", Matrix, "documents of any kind of every country");
    section(
        "countries: [any, -KP]\ndocuments: [ID_CARD]\neid: [SMART_ID]\n",
        Matrix,
        "identity cards of 249 countries: every country but North Korea; also Smart-ID",
    );
    section(
        "countries: [EE, LT, GB, IE]\ndocuments: { any: [PASSPORT, ID_CARD], GB: [PASSPORT], IE: [PASSPORT] }\n\
         client: { require: [document_country] }\n",
        Matrix,
        "passports and identity cards of Estonia, Ireland, Lithuania and the United Kingdom; of Ireland and the United \
         Kingdom only passports",
    );
    section(
        "countries: [LT, GB]\ndocuments: { LT: [ID_CARD], GB: [PASSPORT] }\nclient: { require: [document_country] }\n",
        Matrix,
        "passports of the United Kingdom; identity cards of Lithuania",
    );
}

#[test]
fn ages_have_two_ends() {
    use OrderedSection::Age;
    section("", Age, "of any age");
    section("age: { min: 18 }\n", Age, "aged 18 or over");
    section("age: { max: 75 }\nminors: { rationale: x }\n", Age, "aged 75 or under");
    section("age: { min: 18, max: 75 }\n", Age, "aged 18 to 75");
    section("age: { min: 21, max: 21 }\n", Age, "aged exactly 21");
}

#[test]
fn screens_say_who_is_outside_and_who_is_reviewed() {
    use OrderedSection::{IpCountry, Nationality};
    section("", Nationality, "any nationality");
    section("nationality: { deny: [KP] }\n", Nationality, "nationals of North Korea are outside the policy");
    section("nationality: { review: [IR, SY] }\n", Nationality, "nationals of Iran and Syria are reviewed");
    section(
        "nationality: { deny: [KP], review: [IR] }\n",
        Nationality,
        "nationals of North Korea are outside the policy; nationals of Iran are reviewed",
    );
    section("", IpCountry, "connected from anywhere");
    section("ip_country: { deny: [KP] }\n", IpCountry, "connections from North Korea are outside the policy");
}

#[test]
fn expiry_says_both_how_long_and_what_of_none() {
    use OrderedSection::Expiry;
    section("", Expiry, "valid on the day of verification; without an expiry date: reviewed by a person");
    section(
        "expiry: { none: accept, min_remaining: 30d }\n",
        Expiry,
        "valid for 30 more days after verification; without an expiry date: accepted",
    );
    section(
        "expiry: { none: reject, min_remaining: 1d }\n",
        Expiry,
        "valid for 1 more day after verification; without an expiry date: refused",
    );
}

#[test]
fn flags_are_on_off_or_left_to_the_account() {
    use OrderedSection::{Checks, ManualReview, Switches, Verify};
    section("", Checks, "as the vendor account is set");
    section(
        "checks: { lid: true, criminal: false }\n",
        Checks,
        "on: registers of lost, stolen and invalid documents; off: criminal records; the rest as the vendor account is set",
    );
    section(
        "manual_review: { successful: true, failed: false }\n",
        ManualReview,
        "on: a look at results that passed, by people at the vendor; off: a look at results that failed, by people at the vendor",
    );
    section(
        "verify: { email: true }\n",
        Verify,
        "on: verification of an e-mail address; the rest as the vendor account is set",
    );
    section("show_instructions: true\n", Switches, "as the vendor account is set");
}

#[test]
fn demands_are_said_in_full() {
    use OrderedSection as S;
    section("", S::Questionnaire, "questions as the vendor account is set");
    section("questionnaire: none\n", S::Questionnaire, "no questions");
    section(
        "questionnaire: q-1\nquestionnaire_required: true\n",
        S::Questionnaire,
        "the questionnaire “q-1”, which must be answered",
    );
    section("nfc: required\n", S::Nfc, "the chip of the document must be read");
    section("utility_bill: true\n", S::Steps, "a proof of address");
    section(
        "steps: { LT: { ALL: { POA: { type: COMPARE, fields: [address, name] } } } }\n",
        S::Steps,
        "“POA” is compared with what we brought, in “address” and “name”, for documents of Lithuania",
    );
    section("registry_countries: [LT]\n", S::Registries, "state registers of Lithuania are asked");
    section(
        "face_threshold: 0.95\n",
        S::FaceThreshold,
        "the vendor's threshold for faces is multiplied by 0.95",
    );
    section(
        "vendor: { newThing: [1, true] }\n",
        S::Vendor,
        "parameters that are passed on without being understood: newThing = [1,true]",
    );
    section("token: { type: DOCUMENT }\n", S::TokenType, "a photo of the document alone, and no selfie");
    section("", S::Timezone, "days begin at midnight in UTC");
    section(
        "client: { require: [name, date_of_birth], accept: [locale] }\n",
        S::Client,
        "must be brought: our identifier of the client, a first or a last name and date of birth; may be: language",
    );
    section("", S::Client, "must be brought: our identifier of the client");
}

#[test]
fn the_verdict_states_every_outcome() {
    section(
        "verdict: { outside: reject, tags: { UNDER_AGE: reject, DOC_MOBILE_PHOTO: accept }, \
         aml: { false_positive: accept } }\n",
        OrderedSection::Verdict,
        "whoever is outside the policy is refused; refused: the vendor finds the person too young; accepted: the document \
         was photographed from a telephone's screen and an entry that the vendor's people call somebody else's; any other \
         warning: reviewed by a person",
    );
}

#[test]
fn keys_that_decide_nothing_are_said_too() {
    let policy = policy(
        "token: { expires_in: 12h, session_length: 15m }\nreuse: while_open\n\
         redirect: { success: https://a.example/ok }\nreverify: { every: 5y, on: [document_expiry, name_change] }\n",
    );
    for (key, words) in [
        ("token.expires_in", Some("12 hours")),
        ("token.session_length", Some("15 minutes")),
        ("reuse", Some("a session that is still open is continued instead of a new one being bought")),
        ("redirect.success", Some("https://a.example/ok")),
        ("redirect.error", None),
        ("reverify.every", Some("5 years")),
        ("reverify.on", Some("when the document expires or the name changes")),
    ] {
        assert_eq!(words::key(&policy, Field::find(key).unwrap()).as_deref(), words, "{key}");
    }
}

#[test]
fn every_section_is_one_line_without_a_stop() {
    let policy = policy("");
    for section in OrderedSection::ALL {
        let words = words::section(&policy, *section, &Groups::default());
        assert!(!words.is_empty() && !words.contains('\n') && !words.ends_with('.'), "{section}: {words}");
    }
}

#[test]
fn words_of_a_policy_cannot_break_a_line_or_hide() {
    assert_eq!(words::written("a\nb\u{202e}c\t d\u{7}"), "a b\u{fffd}c d\u{fffd}");
}

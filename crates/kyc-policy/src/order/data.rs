//! The second axis of a change: whether more or less is collected about people, whichever way it is stricter.

use kyc_core::{Extra, Nfc, Questionnaire, TokenType};
use serde::{Serialize, Serializer};

use super::{Class, OrderedSection, demands, flags};
use crate::client::ClientFields;
use crate::sections::Sections;

/// Whether more or less is collected about people than before. What nobody can tell counts as both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DataChange {
    /// Something is collected that was not.
    pub more: bool,
    /// Something that was collected is not any more.
    pub less: bool,
}

impl DataChange {
    /// The same is collected.
    pub const SAME: Self = Self { more: false, less: false };

    /// Both changes together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { more: self.more || other.more, less: self.less || other.less }
    }

    /// The change the other way round.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        Self { more: self.less, less: self.more }
    }

    /// The change as a word: `same`, `more`, `less` or `more and less`.
    pub const fn as_str(self) -> &'static str {
        match (self.more, self.less) {
            (false, false) => "same",
            (true, false) => "more",
            (false, true) => "less",
            (true, true) => "more and less",
        }
    }
}

impl Serialize for DataChange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

pub(super) fn data(section: OrderedSection, new: &Sections, old: &Sections) -> DataChange {
    DataChange { more: collects_more(section, new, old), less: collects_more(section, old, new) }
}

/// Whether the section of `new` collects something that `old` does not.
fn collects_more(section: OrderedSection, new: &Sections, old: &Sections) -> bool {
    use OrderedSection as S;
    match section {
        S::ManualReview | S::Checks | S::Verify | S::BankCard | S::Switches => {
            flags::collects_more(section, new.flags, old.flags)
        }
        S::Questionnaire => questionnaire(&new.questionnaire, &old.questionnaire),
        S::Nfc => nfc(new.nfc, old.nfc),
        S::Steps => extra(&new.extra, &old.extra),
        S::Registries => {
            !new.special.get().registry_countries.is_subset(old.special.get().registry_countries)
        }
        S::Client => {
            (new.client.require.bits() & !old.client.require.bits()) != 0
                || (new.client.require_name && !old.client.require_name)
        }
        S::TokenType => {
            new.token.token_type == TokenType::Identification && old.token.token_type == TokenType::Document
        }
        S::Vendor => demands::vendor(new, old) != Class::Equal,
        // What is made of what was collected.
        S::Matrix
        | S::Age
        | S::Nationality
        | S::IpCountry
        | S::Expiry
        | S::Verdict
        | S::FaceThreshold
        | S::RiskProfile
        | S::Timezone => false,
    }
}

/// The fields that `new` may bring and `old` may not, and that it need not bring.
pub(super) fn newly_accepted(new: &Sections, old: &Sections) -> ClientFields {
    let taken = old.client.require.bits() | old.client.accept.bits();
    ClientFields::proven(new.client.accept.bits() & !taken)
}

fn questionnaire(new: &Questionnaire, old: &Questionnaire) -> bool {
    let asked = |questionnaire: &Questionnaire| match questionnaire {
        Questionnaire::None => 0,
        Questionnaire::Account => 1,
        Questionnaire::Key { .. } => 2,
    };
    match (new, old) {
        (Questionnaire::Key { key: new, .. }, Questionnaire::Key { key: old, .. }) => new != old,
        (new, old) => asked(new) > asked(old),
    }
}

fn nfc(new: Nfc, old: Nfc) -> bool {
    match (new, old) {
        (Nfc::Account, Nfc::Off | Nfc::Optional) | (Nfc::Optional | Nfc::Required, Nfc::Account) => true,
        (Nfc::Account, _) | (_, Nfc::Account) => false,
        (new, old) => new as u32 > old as u32,
    }
}

fn extra(new: &Extra, old: &Extra) -> bool {
    match (new, old) {
        (Extra::Steps(new), Extra::Steps(old)) => new.as_slice().iter().any(|(place, step)| {
            match old.as_slice().iter().find(|(of, _)| of == place) {
                None => true,
                Some((_, before)) => {
                    step.kind > before.kind || step.fields.iter().any(|field| !before.fields.contains(field))
                }
            }
        }),
        (Extra::Steps(_), _) | (Extra::Account, Extra::UtilityBill(false)) => true,
        (Extra::UtilityBill(true), other) => *other != Extra::UtilityBill(true),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{BASE, policy};
    use super::*;

    /// What is replaced in the base, by what, and whether more and less is collected then.
    type Edit = (&'static str, &'static str, OrderedSection, &'static str);

    #[test]
    fn each_edit_says_whether_more_or_less_is_collected() {
        use OrderedSection as S;
        const QUESTIONS: &str = "questionnaire: onboarding-v2\n";
        const STEPS: &str = "steps: { ALL: { ALL: { BILL: { type: EXTRACT, fields: [address, name] } } } }\n";
        let edits: &[Edit] = &[
            ("aml: true", "aml: false", S::Checks, "less"),
            ("liveness: false", "liveness: true", S::Checks, "more"),
            (QUESTIONS, "questionnaire: onboarding-v3\n", S::Questionnaire, "more and less"),
            (QUESTIONS, "questionnaire: none\n", S::Questionnaire, "less"),
            (QUESTIONS, "", S::Questionnaire, "less"),
            ("nfc: optional", "nfc: required", S::Nfc, "more"),
            ("nfc: optional", "nfc: off", S::Nfc, "less"),
            ("nfc: optional\n", "", S::Nfc, "more and less"),
            ("fields: [address, name]", "fields: [address]", S::Steps, "less"),
            ("fields: [address, name]", "fields: [address, city]", S::Steps, "more and less"),
            ("fields: [address, name]", "fields: [name, address]", S::Steps, "same"),
            ("type: EXTRACT", "type: UPLOAD", S::Steps, "less"),
            ("ALL: { ALL: { BILL", "ALL: { ALL: { LEASE", S::Steps, "more and less"),
            (STEPS, "", S::Steps, "less"),
            (STEPS, "utility_bill: false\n", S::Steps, "less"),
            ("registry_countries: [LT]", "registry_countries: [LT, HU]", S::Registries, "more"),
            ("registry_countries: [LT]", "registry_countries: [HU]", S::Registries, "more and less"),
            ("registry_countries: [LT]\n", "", S::Registries, "less"),
            ("[first_name, document_country]", "[first_name]", S::Client, "less"),
            ("[first_name, document_country]", "[last_name, document_country]", S::Client, "more and less"),
            ("[first_name, document_country]", "[first_name, document_country, sex]", S::Client, "more"),
            ("min: 18", "min: 21", S::Age, "same"),
            ("name: p\n", "name: p\nvendor: { newSwitch: true }\n", S::Vendor, "more and less"),
        ];
        let base = policy(BASE);
        for (from, to, section, expected) in edits {
            let edited = policy(&BASE.replacen(from, to, 1));
            assert_ne!(edited.document_digest(), base.document_digest(), "{from}");
            let there = data(*section, &edited.sections, &base.sections);
            let back = data(*section, &base.sections, &edited.sections);
            assert_eq!((there.as_str(), back), (*expected, there.mirrored()), "`{from}` to `{to}`");
        }
    }

    /// Each of the states, and of which others it collects something that they do not.
    fn assert_more(section: OrderedSection, states: &[&str], more: &[(usize, &[usize])]) {
        let policies: Vec<_> = states
            .iter()
            .map(|line| policy(&format!("name: p\ncountries: [LT]\ndocuments: [ID_CARD]\n{line}\n")))
            .collect();
        for (state, than) in more {
            for (other, of) in policies.iter().enumerate() {
                let is_more = data(section, &policies[*state].sections, &of.sections).more;
                assert_eq!(is_more, than.contains(&other), "`{}` than `{}`", states[*state], states[other]);
            }
        }
    }

    #[test]
    fn what_the_account_decides_may_be_more_or_less() {
        assert_more(
            OrderedSection::Nfc,
            &["", "nfc: off", "nfc: optional", "nfc: required"],
            &[(0, &[1, 2]), (1, &[]), (2, &[0, 1]), (3, &[0, 1, 2])],
        );
        assert_more(
            OrderedSection::Steps,
            &[
                "",
                "utility_bill: false",
                "utility_bill: true",
                "steps: { ALL: { ALL: { BILL: { type: UPLOAD } } } }",
            ],
            &[(0, &[1]), (1, &[]), (2, &[0, 1, 3]), (3, &[0, 1, 2])],
        );
        assert_more(
            OrderedSection::Questionnaire,
            &["", "questionnaire: none", "questionnaire: onboarding-v2"],
            &[(0, &[1]), (1, &[]), (2, &[0, 1])],
        );
        assert_more(OrderedSection::TokenType, &["", "token: { type: DOCUMENT }"], &[(0, &[1]), (1, &[])]);
        let fields = ["", "client: { require: [name] }", "client: { accept: [name] }"];
        assert_more(OrderedSection::Client, &fields, &[(0, &[]), (1, &[0, 2]), (2, &[])]);
    }

    #[test]
    fn both_changes_together_are_more_if_either_is() {
        let [more, less] = [DataChange { more: true, less: false }, DataChange { more: false, less: true }];
        for (one, other, both) in [
            (more, less, "more and less"),
            (less, more, "more and less"),
            (more, DataChange::SAME, "more"),
            (DataChange::SAME, less, "less"),
            (DataChange::SAME, DataChange::SAME, "same"),
        ] {
            assert_eq!(one.and(other).as_str(), both);
        }
    }
}

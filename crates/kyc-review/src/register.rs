//! All policies of a folder as a register: what an auditor asks of each, in one row.

use jiff::civil;
use kyc_policy::{Policy, RiskTier, Text};
use serde::Serialize;

use crate::card::Revision;
use crate::words::{self, written};

/// The policies of a folder.
#[derive(Clone, Debug, Serialize)]
pub struct Register {
    /// The revision that they were read at.
    pub revision: Option<Revision>,
    /// The day that the register is of, `YYYY-MM-DD`.
    pub day: String,
    /// One for each file, sorted by name.
    pub policies: Vec<Registered>,
}

/// One policy of a register. Every text is on one line and free of invisible characters.
#[derive(Clone, Debug, Serialize)]
pub struct Registered {
    /// The policy's name.
    pub name: String,
    /// Whether its file has mistakes; then nothing else is known.
    pub has_mistakes: bool,
    /// What its author says of it in a sentence.
    pub description: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The policy that it extends.
    pub extends: Option<String>,
    /// How much risk it covers.
    pub risk_tier: Option<&'static str>,
    /// The law that asks for it.
    pub legal_basis: Option<String>,
    /// The day by which somebody looks at it again, `YYYY-MM-DD`.
    pub review_by: Option<String>,
    /// Whether that day has passed.
    pub is_overdue: bool,
    /// How seldom a person is verified again, and after which events.
    pub reverify: Option<String>,
    /// How many countries' documents it accepts.
    pub countries: Option<usize>,
    /// Which ages it accepts.
    pub age: Option<String>,
    /// The digest of all that it does.
    pub digest: Option<String>,
    /// The digest of the whole document.
    pub document_digest: Option<String>,
}

impl Register {
    /// The register of `policies` on a day: each file's name, with its policy unless the file has mistakes.
    pub fn new<'p>(
        policies: impl IntoIterator<Item = (&'p str, Option<&'p Policy>)>,
        day: civil::Date,
        revision: Option<Revision>,
    ) -> Self {
        let row = |(name, policy): (&str, Option<&Policy>)| match policy {
            Some(policy) => Registered::of(policy, day),
            None => Registered::unknown(name),
        };
        Self { revision, day: day.to_string(), policies: policies.into_iter().map(row).collect() }
    }

    /// How many policies should have been looked at again by now.
    pub fn overdue(&self) -> usize {
        self.policies.iter().filter(|policy| policy.is_overdue).count()
    }

    /// How many files have mistakes.
    pub fn mistaken(&self) -> usize {
        self.policies.iter().filter(|policy| policy.has_mistakes).count()
    }
}

impl Registered {
    fn of(policy: &Policy, day: civil::Date) -> Self {
        let governance = policy.governance();
        let text = |text: &Option<Text>| text.as_deref().map(written);
        let sections = policy.sections();
        Self {
            name: policy.name().to_owned(),
            has_mistakes: false,
            description: text(&governance.description),
            owner: text(&governance.owner),
            extends: text(&governance.special.extends),
            risk_tier: governance.risk_tier.map(RiskTier::as_str),
            legal_basis: text(&governance.legal_basis),
            review_by: governance.review_by.map(|by| by.to_string()),
            is_overdue: governance.review_by.is_some_and(|by| by < day),
            reverify: words::reverify(governance.reverify),
            countries: Some(policy.countries().len()),
            age: Some(words::age(sections.age)),
            digest: Some(policy.digest().to_string()),
            document_digest: Some(policy.document_digest().to_string()),
        }
    }

    fn unknown(name: &str) -> Self {
        Self {
            name: written(name),
            has_mistakes: true,
            description: None,
            owner: None,
            extends: None,
            risk_tier: None,
            legal_basis: None,
            review_by: None,
            is_overdue: false,
            reverify: None,
            countries: None,
            age: None,
            digest: None,
            document_digest: None,
        }
    }
}

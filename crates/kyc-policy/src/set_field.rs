//! The keys of `_set.yaml`, which policies of a folder share, in the order in which they are written.

use kyc_core::wire::WireField;

use crate::form::Form;
use crate::sections::RiskTier;
use crate::tags::Tag;

/// One key of a set.
#[derive(Clone, Copy, Debug)]
pub struct SetField {
    /// The key with its section, such as `ceilings.expires_in`.
    pub key: &'static str,
    /// What it takes; `None` for a section with keys of its own.
    pub form: Option<Form>,
    /// What it means.
    pub meaning: &'static str,
}

/// Keys that a set can make mandatory.
pub(crate) const GOVERNANCE: [&str; 8] =
    ["description", "owner", "rationale", "legal_basis", "review_by", "risk_tier", "effective", "reverify"];

const fn field(key: &'static str, form: Form, meaning: &'static str) -> SetField {
    SetField { key, form: Some(form), meaning }
}

const fn section(key: &'static str, meaning: &'static str) -> SetField {
    SetField { key, form: None, meaning }
}

/// Every key of a set.
#[rustfmt::skip]
pub static SET_FIELDS: &[SetField] = &[
    field("hosts", Form::Hosts, "hosts that addresses may name, with a port if it is not the usual one"),
    field("intake", Form::Address, "the address where results are judged"),
    field("groups", Form::Groups, "groups of your own, made of countries and built-in groups"),
    field("snapshots", Form::Snapshots, "the membership of built-in groups under which policies were reviewed"),
    field("deny", Form::CountryList, "countries whose documents never pass, whatever a policy says"),
    field("must_state", Form::PolicyKeys, "keys on which no policy may be silent"),
    section("governance", "what each policy must say about itself"),
    field("governance.require", Form::Words(&GOVERNANCE), "governance keys that each policy must have"),
    field("governance.reverify", Form::Intervals(RiskTier::WRITTEN), "longest `reverify.every` by risk tier; makes the key mandatory for these tiers"),
    field("never_accept", Form::Words(Tag::WRITTEN), "tags that no policy may accept, beside those that none ever may"),
    field("timezone", Form::TimeZone, "whose midnight decides a birthday"),
    section("ceilings", "the longest lives that a policy may give to sessions"),
    field("ceilings.expires_in", Form::Lifetime(WireField::ExpiryTime), "highest `token.expires_in`"),
    field("ceilings.session_length", Form::Lifetime(WireField::SessionLength), "highest `token.session_length`"),
    section("retention", "how long personal data of sessions are kept, from the day on which each was asked for"),
    field("retention.keep", Form::Interval, "for so long nobody may erase them"),
    field("retention.erase_after", Form::Interval, "after so long `kyc retention run` erases them"),
    field("lints", Form::Levels, "the level of each lint: `allow`, `warn` or `deny`"),
    field("waivers", Form::Waivers, "exceptions from lints, each with a reason and a last day"),
];

impl SetField {
    /// The last part of each key directly under `section` (empty for the top level).
    pub(crate) fn keys_under(section: &str) -> impl Iterator<Item = &'static str> + Clone {
        SET_FIELDS.iter().filter_map(move |field| {
            let (of, key) = field.key.split_once('.').unwrap_or(("", field.key));
            (of == section).then_some(key)
        })
    }
}

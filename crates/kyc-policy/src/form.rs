//! What values look like as they are written: one word for each kind of value that the policy language has of its own,
//! with its bounds. The lowering reads by these bounds, the schema tells them, and the formatter asks what may be quoted.

use kyc_core::wire::WireField;

/// The longest text of one line, in characters.
pub(crate) const LINE: usize = 200;
/// The longest paragraph, in characters.
pub(crate) const PARAGRAPH: usize = 2_000;
/// The longest reason, in characters.
pub(crate) const REASON: usize = 500;
/// The longest list or map.
pub(crate) const MAX_ENTRIES: usize = 300;
/// The longest interval, in days: 100 years.
pub(crate) const MAX_INTERVAL_DAYS: u64 = 100 * 365;
/// The longest remaining validity of a document, in days.
pub(crate) const MAX_REMAINING_DAYS: u64 = 3_650;
/// The largest whole number of the escape hatch: larger ones are rounded by programs that read JSON numbers as floating
/// point.
pub(crate) const MAX_EXACT: i64 = 1 << 53;

/// The word for everything.
pub(crate) const ANY: &str = "any";
/// The word for nothing.
pub(crate) const NONE: &str = "none";
/// The word that leaves a decision to the account's dashboard.
pub(crate) const ACCOUNT: &str = "account";
/// The word for both name fields.
pub(crate) const NAME: &str = "name";
/// The word for every country, or every document type, of a step.
pub(crate) const ALL: &str = "ALL";

/// Keys of one step.
pub(crate) const STEP_KEYS: [&str; 4] = ["type", "fields", "texts", "settings"];
/// Keys of what the client reads about a step in one language. Both are mandatory.
pub(crate) const STEP_TEXT_KEYS: [&str; 2] = ["name", "description"];
/// Keys of the settings of a step, each `true` or `false`.
pub(crate) const STEP_SETTING_KEYS: [&str; 3] = ["can_upload", "can_capture", "can_upload_pdf"];

/// Keys of the leave to be looser. Both are mandatory.
pub(crate) const LOOSENING_KEYS: [&str; 2] = ["reason", "until"];
/// Keys of a waiver. All but `key` are mandatory.
pub(crate) const WAIVER_KEYS: [&str; 5] = ["lint", "policy", "key", "reason", "until"];

/// The form of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// The name of a policy.
    Name,
    /// The name of another policy of the folder.
    Parent,
    /// A table of a reason and a last day by key.
    Loosen,
    /// A text for people of at most so many characters.
    Text(usize),
    /// A calendar day, written `YYYY-MM-DD`.
    Day,
    /// `true` or `false`.
    Switch,
    /// `true`, `false` or `account`.
    SwitchOrAccount,
    /// One of these words.
    Word(&'static [&'static str]),
    /// One of these words, or `account`.
    WordOrAccount(&'static [&'static str]),
    /// A list of one or more of these words.
    Words(&'static [&'static str]),
    /// A list of countries and groups, each possibly excluded, or `any`.
    Countries,
    /// A list of countries and groups, each possibly excluded.
    CountryList,
    /// A list of document types, a table of such lists by country, or `any`.
    Documents,
    /// A list of e-IDs and wallets.
    Eids,
    /// A length of time in whole days.
    WholeDays,
    /// A length of time of at least one day.
    Interval,
    /// A length of time within the bounds of the vendor's parameter.
    Lifetime(WireField),
    /// An https address.
    Address,
    /// The key of a questionnaire, `none`, or `account`.
    Questionnaire,
    /// Further uploads: country, document type, step.
    Steps,
    /// A list of client fields.
    ClientFields,
    /// A table of outcomes by tag.
    TagOutcomes,
    /// A table of outcomes by anti-money-laundering list.
    AmlOutcomes,
    /// A table of parameters newer than this release.
    Vendor,
    /// A list of hosts, each with a port if it is not the usual one.
    Hosts,
    /// A table of lists of countries by the name of a group.
    Groups,
    /// A table of first days of snapshots by built-in group.
    Snapshots,
    /// A list of keys of the policy language.
    PolicyKeys,
    /// A table of intervals by one of these words.
    Intervals(&'static [&'static str]),
    /// The IANA name of a time zone.
    TimeZone,
    /// A table of levels by lint.
    Levels,
    /// A list of exceptions from lints: maps of `lint`, `policy`, `key`, `reason` and `until`.
    Waivers,
}

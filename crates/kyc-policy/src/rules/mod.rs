//! The rules: one file each, with what it refuses, why, and an example of both sides.
//!
//! A rule that looks at a policy or at a client's data is a function over [`Context`]. When a policy is checked, a
//! rule that needs a client's field (or today's date) answers [`Skip::Waits`]; the merge runs the very same function
//! once the field is known. Rules without a function are found while a document is read or lowered.

mod context;

pub(crate) use context::{Context, Ran, Skip};

use crate::diagnostic::Findings;
use crate::rule::{Kind, Rule};

/// A rule's function.
pub(crate) type Check = fn(&Context<'_>, &mut Findings) -> Ran;

macro_rules! rules {
    ($($module:ident,)+) => {
        $(pub(crate) mod $module;)+

        /// Every rule.
        pub static RULES: &[&Rule] = &[$(&$module::RULE,)+];

        /// The function of each rule of [`RULES`], for rules that look at a whole policy.
        static CHECKS: &[Option<Check>] = &[$($module::CHECK,)+];
    };
}

rules! {
    // Reading.
    file_too_large, not_utf8, control_character, invisible_character, yaml_syntax, empty_document, nesting_too_deep, tab,
    anchor_or_alias, tag, merge_key, second_document, complex_key,
    // Shape.
    duplicate_key, unknown_key, missing_key, wrong_type, unknown_word, unknown_country, malformed_value,
    number_out_of_bounds, empty_list, too_many_mistakes, any_not_here, text_too_long, too_many_entries,
    // The policy and its set.
    name_differs_from_file, malformed_name, group_name_taken, unknown_snapshot, unknown_timezone, malformed_host,
    governance_missing, must_state, account_decides, ceiling_exceeded, effective_never,
    reverify_too_seldom, retention_order, hosts_unlisted, file_ignored, set_misnamed,
    // Policies that extend others.
    parent_missing, extends_cycle, extends_too_deep, unsets_nothing, looser_than_parent, loosens_nothing,
    loosening_expired,
    // Countries and documents.
    countries_empty, listed_and_excluded, exclusion_removes_nothing, redundant_entry, denied_by_set,
    documents_empty, document_never_results, eid_among_documents, not_an_eid, document_row_unreachable,
    country_without_documents, matrix_not_enforceable, deny_and_review,
    // Ages and checks.
    age_min_above_max, minors_unexplained, face_check_without_face, questionnaire_required_without_one,
    utility_bill_with_steps, step_unreachable, nothing_to_compare, driver_license_not_accepted,
    nfc_required_in_iframe,
    // Sessions and addresses.
    expiry_below_session, session_length_at_edge, malformed_url, placeholder_not_required, host_not_listed,
    plain_http, client_id_in_url, redirect_in_iframe, webhook_bypasses_verdict,
    // The client section and the escape hatch.
    client_field_twice, client_field_fixed, step_data_without_steps, vendor_field, vendor_field_known,
    vendor_value, verdict_accepts, pep_rejected,
    // One client's data.
    client_field_unknown, client_field_given_twice, client_value_invalid, client_field_missing,
    client_field_unexpected, client_id_is_email, age_outside, document_country_outside, nationality_denied,
    document_expired, date_in_future, step_data_mismatch, not_effective,
    // What a set makes of lints, and lints over a folder.
    rule_not_configurable, waiver_expired, waiver_unused, review_overdue, snapshot_unpinned, snapshot_outdated,
    policies_identical, policy_subsumed,
}

impl Rule {
    /// The rule of this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        RULES.iter().copied().find(|rule| rule.id == id)
    }

    /// The ids nearest to an unknown one.
    pub fn suggestion(id: &str) -> Option<&'static str> {
        crate::suggest::nearest(id, RULES.iter().map(|rule| rule.id))
    }
}

/// Every lint.
pub(crate) fn lints() -> impl Iterator<Item = &'static Rule> + Clone {
    RULES.iter().copied().filter(|rule| matches!(rule.kind, Kind::Lint(_)))
}

/// The rules about one list of countries, for lists that stand outside a policy.
pub(crate) fn check_country_list(list: &crate::written::CountryList, findings: &mut Findings) {
    countries_empty::check_list(list, findings);
    listed_and_excluded::check_list(list, findings);
    exclusion_removes_nothing::check_list(list, findings);
    redundant_entry::check_list(list, findings);
}

/// Rules that wait for a client's data, as a bit set over [`RULES`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Waiting(u128);

impl Waiting {
    /// Every rule: those that waited for nothing have nothing to say again.
    pub(crate) const ALL: Self = Self(u128::MAX);

    pub(crate) const fn of_bits(bits: u128) -> Self {
        Self(bits)
    }

    pub(crate) const fn bits(self) -> u128 {
        self.0
    }

    fn insert(&mut self, index: usize) {
        self.0 |= 1 << index;
    }

    /// Runs the rules that waited.
    pub(crate) fn run(self, context: &Context<'_>, findings: &mut Findings) {
        let mut left = self.0;
        while left != 0 {
            let index = left.trailing_zeros();
            left &= left - 1;
            if let Some(Some(check)) = usize::try_from(index).ok().and_then(|index| CHECKS.get(index)) {
                // A rule that is still short of an operand has nothing to say: the missing one is reported itself.
                let _: Ran = check(context, findings);
            }
        }
    }
}

/// The rules about the day alone that are no matter of one client, and that a folder can be checked for at any time.
static DAILY: &[Check] = &[loosening_expired::check];

/// Runs the rules about the day alone.
pub(crate) fn run_daily(context: &Context<'_>, findings: &mut Findings) {
    for check in DAILY {
        // Such a rule needs the day and no client, so none waits.
        let _: Ran = check(context, findings);
    }
}

/// Runs every rule and returns those that wait for a client's data.
pub(crate) fn run_all(context: &Context<'_>, findings: &mut Findings) -> Waiting {
    let mut waiting = Waiting::default();
    for (index, check) in CHECKS.iter().enumerate() {
        if let Some(check) = check
            && check(context, findings) == Err(Skip::Waits)
        {
            waiting.insert(index);
        }
    }
    waiting
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_found_by_id_and_near_ids_are_suggested() {
        for rule in RULES {
            assert_eq!(Rule::find(rule.id), Some(*rule));
        }
        assert_eq!(Rule::find("age-min-above-mx"), None);
        assert_eq!(Rule::suggestion("age-min-above-mx"), Some("age-min-above-max"));
        assert_eq!(Rule::suggestion("xyzzy"), None);
    }

    #[test]
    fn ids_are_distinct_and_fit_the_bit_set() {
        let mut ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
        assert!(ids.len() <= 128);
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), RULES.len());
    }
}

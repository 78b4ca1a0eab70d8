//! The assertion that one policy is at least as tight as another.

/// Fails the build when the first policy is looser than the second one anywhere: when somebody could pass who does not
/// pass the second, or when it demands less.
///
/// Both are types that declare a policy ([`TypedPolicy`](crate::TypedPolicy)). Each part of policies is an assertion of
/// its own, so that the compiler names every part that is looser, or of which nobody can say which one is stricter (two
/// questionnaires). How sessions run, where people are sent and what they read is not compared. Parts are compared by what
/// they mean: `[EU]` is as tight as its 27 members.
///
/// ```
/// use kyc::{ClientId, Date, Policy, assert_tighter};
///
/// #[derive(Policy)]
/// #[policy(name = "baseline", countries = [EEA, CH], documents = [PASSPORT, ID_CARD], age(min = 18))]
/// struct Baseline {
///     client_id: ClientId,
/// }
///
/// #[derive(Policy)]
/// #[policy(name = "club", countries = [LT, LV], documents = [PASSPORT], age(min = 21))]
/// struct Club {
///     client_id: ClientId,
///     date_of_birth: Date,
/// }
///
/// assert_tighter!(Club, Baseline);
/// ```
///
/// A club that let people of 17 in would be told ``policy `Club` is not as tight as `Baseline` in `age` ``:
///
/// ```compile_fail
/// # use kyc::{ClientId, Policy, assert_tighter};
/// # #[derive(Policy)]
/// # #[policy(name = "baseline", countries = [EEA, CH], documents = [PASSPORT, ID_CARD], age(min = 18))]
/// # struct Baseline {
/// #     client_id: ClientId,
/// # }
/// #[derive(Policy)]
/// #[policy(
///     name = "club",
///     countries = [LT, LV],
///     documents = [PASSPORT],
///     age(min = 17),
///     minors(rationale = "Members of the youth club."),
/// )]
/// struct Club {
///     client_id: ClientId,
/// }
///
/// assert_tighter!(Club, Baseline);
/// ```
#[macro_export]
macro_rules! assert_tighter {
    ($tighter:ty, $looser:ty $(,)?) => {
        $crate::__assert_tighter! {
            $tighter, $looser:
            Matrix "matrix", Age "age", Nationality "nationality", IpCountry "ip_country", Expiry "expiry",
            Verdict "verdict", TokenType "token.type", ManualReview "manual_review", Checks "checks", Verify "verify",
            BankCard "bank_card", Switches "switches", Questionnaire "questionnaire", Nfc "nfc", Steps "steps",
            Registries "registry_countries", FaceThreshold "face_threshold", RiskProfile "risk_profile",
            Vendor "vendor", Client "client", Timezone "timezone",
        }
    };
}

/// One assertion for each part.
#[doc(hidden)]
#[macro_export]
macro_rules! __assert_tighter {
    ($tighter:ty, $looser:ty: $($section:ident $name:literal,)+) => {
        // What a policy with mistakes would be compared with is not known: its mistakes are all that is said.
        $(const _: () = ::core::assert!(
            $crate::__private::is_poisoned(<$tighter as $crate::TypedPolicy>::POLICY)
                || $crate::__private::is_poisoned(<$looser as $crate::TypedPolicy>::POLICY)
                || $crate::policy::OrderedSection::$section
                    .compare(<$tighter as $crate::TypedPolicy>::POLICY, <$looser as $crate::TypedPolicy>::POLICY)
                    .is_not_looser(),
            ::core::concat!(
                "policy `", ::core::stringify!($tighter), "` is not as tight as `", ::core::stringify!($looser),
                "` in `", $name, "`",
            ),
        );)+
    };
}

#[cfg(test)]
mod tests {
    use kyc_policy::OrderedSection;

    #[test]
    fn every_part_that_is_compared_is_asserted() {
        let text = include_str!("assert_tighter.rs");
        for section in OrderedSection::ALL {
            assert!(text.contains(&format!("{section:?} \"{section}\",")), "{section}");
        }
    }
}

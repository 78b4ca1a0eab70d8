//! The vendor's on/off parameters as one small value: each is on, off, or left to the account.

use std::fmt;

use crate::wire::WireField;

macro_rules! flags {
    ($($variant:ident,)+) => {
        /// A parameter that is on, off or absent, independent of all others.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each variant is the vendor's parameter of that name")]
        pub enum Flag { $($variant,)+ }

        impl Flag {
            /// All flags.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The parameter that carries it.
            pub const fn wire(self) -> WireField {
                match self { $(Self::$variant => WireField::$variant,)+ }
            }
        }
    };
}

flags! {
    GenerateDigitString, ShowInstructions, ReviewSuccessful, ReviewFailed,
    VerifyEmail, VerifyPhone, VerifyBank, VerifyBankAccounts, VerifyBankBalances, VerifyBankTransactions,
    VerifyAddress, BankCardVerification, BankCardPdfUpload,
    CheckAml, CheckCriminal, CheckLiveness, CheckFaceBlacklist, CheckDocFaceBlacklist, CheckPersonBlacklist,
    CheckDuplicateFaces, CheckDuplicateDocFaces, CheckDuplicatePersonalData, CheckDriverLicense, CheckLid,
    CheckIpProxy, AutoAmlMonitoring, AllowBsnMasking, DriverLicenseBack,
}

/// The flags that a request states, each on or off.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Flags {
    stated: u32,
    on: u32,
}

impl Flags {
    /// Nothing stated: the account decides everything.
    pub const NONE: Self = Self { stated: 0, on: 0 };

    /// For generated code: the macro has checked the value with this very library.
    #[doc(hidden)]
    pub const fn proven(stated: u32, on: u32) -> Self {
        Self { stated, on }
    }

    /// The flags as [`Flags::proven`] takes them.
    #[doc(hidden)]
    pub const fn bits(self) -> (u32, u32) {
        (self.stated, self.on)
    }

    /// These flags with `flag` stated; usable in constants.
    #[must_use]
    pub const fn with(self, flag: Flag, on: bool) -> Self {
        let bit = 1 << flag as u32;
        Self { stated: self.stated | bit, on: if on { self.on | bit } else { self.on & !bit } }
    }

    /// On, off, or `None` where the account decides.
    pub const fn state(self, flag: Flag) -> Option<bool> {
        let bit = 1 << flag as u32;
        if self.stated & bit == 0 { None } else { Some(self.on & bit != 0) }
    }

    /// Whether the flag is stated to be on.
    pub const fn is_on(self, flag: Flag) -> bool {
        matches!(self.state(flag), Some(true))
    }

    /// The stated flags, in the order of declaration.
    pub fn iter(self) -> impl Iterator<Item = (Flag, bool)> {
        Flag::ALL.iter().filter_map(move |flag| Some((*flag, self.state(*flag)?)))
    }
}

impl fmt::Debug for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_has_three_states_of_its_own() {
        assert!(Flag::ALL.len() <= 32);
        for flag in Flag::ALL {
            assert_eq!(Flags::NONE.state(*flag), None);
            let on = Flags::NONE.with(*flag, true);
            assert_eq!(on.state(*flag), Some(true));
            assert_eq!(on.with(*flag, false).state(*flag), Some(false));
            assert_eq!(on.with(*flag, true), on, "stating twice states once");
            assert_eq!(on.iter().count(), 1);
        }
    }

    #[test]
    fn what_the_account_decides_does_not_print() {
        let flags = Flags::NONE.with(Flag::CheckAml, true).with(Flag::CheckLiveness, false);
        let mut stated: Vec<_> =
            format!("{flags:?}").trim_matches(['{', '}']).split(", ").map(str::to_owned).collect();
        stated.sort_unstable();
        assert_eq!(stated, ["CheckAml: true", "CheckLiveness: false"]);
    }
}

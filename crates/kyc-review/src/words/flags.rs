//! On/off keys.

use kyc_core::{Flag, Flags};

use super::demands::ACCOUNT;
use super::join;

/// What is done when the flag is on.
pub const fn flag(flag: Flag) -> &'static str {
    match flag {
        Flag::GenerateDigitString => "a code for the vendor's mobile application",
        Flag::ShowInstructions => "instructions before the camera opens",
        Flag::ReviewSuccessful => "a look at results that passed, by people at the vendor",
        Flag::ReviewFailed => "a look at results that failed, by people at the vendor",
        Flag::VerifyEmail => "verification of an e-mail address",
        Flag::VerifyPhone => "verification of a telephone number",
        Flag::VerifyBank => "verification of a bank account with the bank",
        Flag::VerifyBankAccounts => "a list of the bank accounts",
        Flag::VerifyBankBalances => "balances of the bank accounts",
        Flag::VerifyBankTransactions => "transactions of the bank accounts",
        Flag::VerifyAddress => "verification of the postal address",
        Flag::BankCardVerification => "comparison with a photo of a bank card",
        Flag::BankCardPdfUpload => "a PDF in place of a photo of a bank card",
        Flag::CheckAml => "lists of sanctions, politically exposed persons and adverse media",
        Flag::CheckCriminal => "criminal records",
        Flag::CheckLiveness => "a living person before the camera, not a photo or mask",
        Flag::CheckFaceBlacklist => "the selfie against faces that we have blocked",
        Flag::CheckDocFaceBlacklist => "the photo in the document against faces that we have blocked",
        Flag::CheckPersonBlacklist => "the person against people whom we have blocked",
        Flag::CheckDuplicateFaces => "the selfie against earlier ones, for people with several accounts",
        Flag::CheckDuplicateDocFaces => "the photo in the document against earlier ones",
        Flag::CheckDuplicatePersonalData => "the person's data against earlier sessions",
        Flag::CheckDriverLicense => "registers of driving licences",
        Flag::CheckLid => "registers of lost, stolen and invalid documents",
        Flag::CheckIpProxy => "proxies and anonymisers that hide where the person connects from",
        Flag::AutoAmlMonitoring => "watching the sanctions and similar lists after the session too",
        Flag::AllowBsnMasking => "covering the Dutch citizen number",
        Flag::DriverLicenseBack => "a photo of the driving licence's back",
    }
}

/// Flags by their state: `on: …; off: …`; what is not stated is left to the account.
pub fn flags(flags: Flags, of: &[Flag]) -> String {
    let in_state = |state: Option<bool>| {
        let names = of.iter().filter(|name| flags.state(**name) == state).map(|name| flag(*name));
        // Commas stand inside the names.
        names.collect::<Vec<_>>()
    };
    let (on, off, silent) = (in_state(Some(true)), in_state(Some(false)), in_state(None));
    let mut parts = Vec::new();
    if !on.is_empty() {
        parts.push(format!("on: {}", join(on)));
    }
    if !off.is_empty() {
        parts.push(format!("off: {}", join(off)));
    }
    match (parts.is_empty(), silent.is_empty()) {
        (true, _) => ACCOUNT.to_owned(),
        (false, true) => parts.join("; "),
        (false, false) => format!("{}; the rest {ACCOUNT}", parts.join("; ")),
    }
}

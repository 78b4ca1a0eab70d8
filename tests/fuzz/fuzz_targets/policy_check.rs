//! See `kyc_tests::fuzz::policy_check`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kyc_tests::fuzz::policy_check(bytes));

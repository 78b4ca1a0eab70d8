//! See `kyc_tests::fuzz::format`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kyc_tests::fuzz::format(bytes));

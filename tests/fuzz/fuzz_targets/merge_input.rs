//! See `kyc_tests::fuzz::merge_input`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kyc_tests::fuzz::merge_input(bytes));

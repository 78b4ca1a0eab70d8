//! See `kyc_tests::fuzz::yaml_reader`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kyc_tests::fuzz::yaml_reader(bytes));

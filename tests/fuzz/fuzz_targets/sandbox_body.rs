//! See `kyc_tests::fuzz::sandbox_body`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kyc_tests::fuzz::sandbox_body(bytes));

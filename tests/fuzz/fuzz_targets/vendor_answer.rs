//! See `kyc_tests::fuzz::vendor_answer`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kyc_tests::fuzz::vendor_answer(bytes));

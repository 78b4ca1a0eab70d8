//! What must not compile: secrets and personal data that print or serialise, and values without proof.

#[test]
fn secrets_and_personal_data_neither_print_nor_serialise() {
    trybuild::TestCases::new().compile_fail("ui/**/*.rs");
}

fn main() {
    let value = kyc_core::PersonalNumber::new("value").unwrap();
    println!("{value}");
    let _ = serde_json::to_string(&value);
}

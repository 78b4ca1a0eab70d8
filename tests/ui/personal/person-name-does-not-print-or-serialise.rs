fn main() {
    let value = kyc_core::PersonName::new("value").unwrap();
    println!("{value}");
    let _ = serde_json::to_string(&value);
}

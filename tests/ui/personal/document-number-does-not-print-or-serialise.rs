fn main() {
    let value = kyc_core::DocumentNumber::new("value").unwrap();
    println!("{value}");
    let _ = serde_json::to_string(&value);
}

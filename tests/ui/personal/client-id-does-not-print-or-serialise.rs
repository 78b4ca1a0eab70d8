fn main() {
    let value = kyc_core::ClientId::new("value").unwrap();
    println!("{value}");
    let _ = serde_json::to_string(&value);
}

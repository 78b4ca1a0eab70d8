fn main() {
    let value = kyc_core::Personal::new("value");
    println!("{value}");
    let _ = serde_json::to_string(&value);
}

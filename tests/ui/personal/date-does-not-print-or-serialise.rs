fn main() {
    let value = kyc_core::Date::new(1990, 5, 15).unwrap();
    println!("{value}");
    let _ = serde_json::to_string(&value);
}

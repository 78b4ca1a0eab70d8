fn main() {
    let secret = kyc_core::ApiKey::new("secret").unwrap();
    println!("{secret}");
    let _ = serde_json::to_string(&secret);
}

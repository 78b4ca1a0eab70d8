fn main() {
    let secret = kyc_core::RedirectUrl::new("secret").unwrap();
    println!("{secret}");
    let _ = serde_json::to_string(&secret);
}

fn main() {
    let client_id = kyc_core::ClientId::new("user-1").unwrap();
    let request = kyc_core::TokenRequest::new(Default::default(), client_id);
    println!("{request}");
    let _ = serde_json::to_string(&request);
}

fn main() {
    let client_id = kyc_core::ClientId::new("user-1").unwrap();
    let mut request = kyc_core::TokenRequest::new(Default::default(), client_id);
    request.client_id = "x".repeat(101);
    request.external_ref = "x".repeat(41);
}

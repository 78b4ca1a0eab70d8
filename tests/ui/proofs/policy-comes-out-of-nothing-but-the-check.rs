fn main() {
    let _ = kyc::Policy::default();
    let _: Result<kyc::Policy, _> = serde_json::from_str("{}");
}

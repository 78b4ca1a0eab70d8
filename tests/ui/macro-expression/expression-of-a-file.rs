fn main() {
    let _ = kyc::policy!(file = "policies/sound/shop.yaml");
}

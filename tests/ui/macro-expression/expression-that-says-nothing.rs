fn main() {
    let _ = kyc::policy!();
}

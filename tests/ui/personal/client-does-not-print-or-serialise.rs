fn main() {
    let client = kyc::Client::read(&kyc::ClientInput::default());
    println!("{client}");
    let _ = serde_json::to_string(&client);
}

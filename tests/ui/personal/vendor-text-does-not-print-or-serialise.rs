fn main() {
    let body = br#"{ "authToken": "t", "scanRef": "s", "message": "value" }"#;
    let answer = kyc_core::TokenResponse::from_wire(body).unwrap();
    let value = answer.message.unwrap();
    println!("{value}");
    let _ = serde_json::to_string(&value);
    let _ = serde_json::to_string(&answer.echo);
}

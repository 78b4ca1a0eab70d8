fn show(data: &kyc_core::SessionData, text: &kyc_core::PersonalText) {
    println!("{data} {text}");
    let _ = serde_json::to_string(data);
    let _ = serde_json::to_string(text);
}

fn main() {}

use kyc::{ClientId, TypedPolicy};
use one_mistake::{Shop, Sound};

kyc::policies!("policies/one-mistake");

fn main() {
    let client_id = ClientId::new("x").unwrap();
    let _ = Shop { client_id: client_id.clone() }.into_client();
    let _ = Sound { client_id, locale: None }.into_client();
    println!("{} {} {}", Shop::POLICY.name(), Sound::POLICY.name(), one_mistake::ALL.len());
}

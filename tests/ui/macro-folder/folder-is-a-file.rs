kyc::policies!("policies/sound/shop.yaml");

fn main() {}

kyc::policies!("policies/sound", "policies/clash");

fn main() {}

kyc::policies!("policies/clash");

fn main() {}

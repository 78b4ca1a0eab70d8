kyc::policies!("policies/one-mistake");

fn main() {}

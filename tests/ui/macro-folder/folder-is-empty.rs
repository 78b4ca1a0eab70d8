kyc::policies!("policies/empty");

fn main() {}

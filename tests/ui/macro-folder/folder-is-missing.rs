kyc::policies!("policies/nowhere");

fn main() {}

kyc::policies!("policies/1st");

fn main() {}

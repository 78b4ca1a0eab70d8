kyc::policies!("policies/broken-set");

fn main() {}

kyc::policies!("policies/denied");

fn main() {}

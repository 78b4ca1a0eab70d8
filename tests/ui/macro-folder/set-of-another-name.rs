kyc::policies!("policies/misnamed");

fn main() {}

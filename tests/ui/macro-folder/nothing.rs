kyc::policies!();

fn main() {}

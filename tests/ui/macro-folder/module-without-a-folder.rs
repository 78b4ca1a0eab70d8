kyc::policies!(pub mod policies);

fn main() {}

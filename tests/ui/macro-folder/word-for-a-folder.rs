kyc::policies!(policies);

fn main() {}

kyc::policies!("/etc/policies");

fn main() {}

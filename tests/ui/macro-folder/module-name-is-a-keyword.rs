kyc::policies!(mod type = "policies/sound");

fn main() {}

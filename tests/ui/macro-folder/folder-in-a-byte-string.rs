kyc::policies!(b"policies/sound");

fn main() {}

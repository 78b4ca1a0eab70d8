kyc::policies!(pub mod policies "policies/sound");

fn main() {}

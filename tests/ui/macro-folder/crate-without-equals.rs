kyc::policies!("policies/sound", crate ::kyc);

fn main() {}

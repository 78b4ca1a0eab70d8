kyc::policies!("policies/sound", crate = ::kyc, more);

fn main() {}

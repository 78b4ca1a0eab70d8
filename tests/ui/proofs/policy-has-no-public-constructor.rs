fn forge(policy: &kyc::Policy) -> kyc::Policy {
    kyc::Policy { ..policy.clone() }
}

fn main() {}

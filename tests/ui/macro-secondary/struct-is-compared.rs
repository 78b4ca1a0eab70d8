use kyc::{ClientId, Policy, assert_tighter};

#[derive(Policy)]
#[policy(name = "baseline", countries = [LT], documents = [PASSPORT], age(min = 21))]
struct Baseline {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(name = "club", countries = [UK], documents = [PASSPORT], age(min = 21))]
struct Club {
    client_id: ClientId,
}

assert_tighter!(Club, Baseline);
assert_tighter!(Baseline, Club);

fn main() {}

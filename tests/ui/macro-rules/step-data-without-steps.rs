use kyc::{ClientId, Policy, StepData};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
)]
struct AsTokens {
    client_id: ClientId,
    step_data: Option<StepData>,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/step-data-without-steps/accepted.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}

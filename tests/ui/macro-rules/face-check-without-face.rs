use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    token(type = DOCUMENT),
    checks(liveness = true),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/face-check-without-face/liveness.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}

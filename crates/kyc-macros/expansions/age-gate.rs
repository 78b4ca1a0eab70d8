#[derive(Policy)]
#[policy(
    name = "age-gate",
    countries = [any, -KP],
    documents = [PASSPORT, ID_CARD],
    age(min = 21),
    checks(liveness = true),
)]
struct AgeGate {
    client_id: ClientId,
    date_of_birth: Date,
    locale: Option<Locale>,
}

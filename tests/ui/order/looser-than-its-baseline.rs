//! A policy that is looser in three parts: each is named.

use kyc::{ClientId, Policy, assert_tighter};

#[derive(Policy)]
#[policy(
    name = "baseline",
    countries = [EEA, CH],
    documents = [PASSPORT, ID_CARD],
    age(min = 18),
    checks(liveness = true),
)]
struct Baseline {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(
    name = "club",
    countries = [LT, LV, GB],
    documents = [PASSPORT],
    age(min = 18, max = 30),
    questionnaire = "club-v1",
    checks(aml = true),
)]
struct Club {
    client_id: ClientId,
}

assert_tighter!(Club, Baseline);

fn main() {}

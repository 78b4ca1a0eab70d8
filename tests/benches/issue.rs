//! Issuing by name with 1 and with 10,000 policies loaded. Target: within 1.1 of each other.
//!
//! `cargo bench -p kyc-tests --bench issue`

#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use kyc::vendor::{Client as Vendor, Sending, Transport};
use kyc::{ApiKey, ApiSecret, Client, ClientInput, Issuer, Policy, Registry};
use kyc_policy::{SourceMap, check_policy, check_set};
use kyc_tests::shipped;

/// A vendor that answers at once, so that only our own work is measured.
struct AtOnce;

impl Transport for AtOnce {
    fn send(&self, _: reqwest::Request) -> Sending<'_> {
        Box::pin(async {
            let body = r#"{"authToken":"t","scanRef":"s-1","redirectUrl":"https://ivs.idenfy.com/x"}"#;
            Ok(http::Response::builder().status(201).body(body).unwrap().into())
        })
    }
}

fn issuer(policies: usize) -> Issuer {
    let (set, _) = check_set(&mut SourceMap::default(), "_set.yaml", shipped("_set.yaml").as_bytes());
    let policy = |number: usize| -> Policy {
        let text =
            shipped("eu-onboarding.yaml").replace("name: eu-onboarding", &format!("name: policy-{number}"));
        check_policy(&mut SourceMap::default(), "x.yaml", None, text.as_bytes(), &set).value.unwrap()
    };
    let registry: Registry = (0..policies).map(policy).collect();
    let vendor = Vendor::builder(ApiKey::new("k").unwrap(), ApiSecret::new("s").unwrap())
        .transport(AtOnce)
        .build()
        .unwrap();
    Issuer::new(registry, vendor)
}

fn client() -> Client {
    let mut input = ClientInput::default();
    for (key, value) in [("client_id", "u"), ("last_name", "Doe"), ("date_of_birth", "1990-05-15")] {
        input.text(key, value);
    }
    Client::read(&input)
}

fn benchmark(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut group = criterion.benchmark_group("issue by name");
    for policies in [1, 10_000] {
        let issuer = issuer(policies);
        let name = format!("policy-{}", policies / 2);
        group.bench_function(format!("{policies} loaded"), |bencher| {
            bencher.iter(|| black_box(runtime.block_on(issuer.issue_by_name(&name, client())).unwrap()));
        });
    }
    group.finish();
}

criterion_group!(benches, benchmark);
criterion_main!(benches);

//! Comparing two full policies, witnesses included, beside parsing their two canonical texts with `serde_json`.
//! Target: at most 0.1.
//!
//! `cargo bench -p kyc-tests --bench compare`

#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use kyc_policy::{Class, Policy, PolicySet, SourceMap, check_policy};
use kyc_tests::full::FULL_POLICY;
use serde_json::Value;

fn policy(text: &str) -> Policy {
    let checked = check_policy(
        &mut SourceMap::default(),
        "full.yaml",
        Some("full"),
        text.as_bytes(),
        &PolicySet::empty(),
    );
    checked.value.unwrap()
}

/// The full policy, for people who are screened and whose tags count: every section has something to compare.
fn old() -> String {
    FULL_POLICY.to_owned()
        + "nationality: { deny: [KP], review: [IR, MM] }
ip_country: { deny: [KP], review: [RU] }
expiry: { none: review, min_remaining: 30d }
verdict:
  outside: reject
  tags: { UNDER_AGE: reject, NAME: review, SURNAME: review, VIRTUAL_CAMERA: reject, FAKE_PHOTO: reject }
  aml: { sanctions: reject, pep: review, adverse_media: review, false_positive: accept }
"
}

fn benchmark(criterion: &mut Criterion) {
    let (old_text, set) = (old(), PolicySet::empty());
    // One more country, and a lower age: what a reviewer most wants a witness of.
    let new_text = old_text.replace("[EEA, CH, GB]", "[EEA, CH, GB, UA]").replace("min: 18", "min: 16")
        + "minors: { rationale: A benchmark. }\n";
    let (old, new) = (policy(&old_text), policy(&new_text));
    let changes = new.changes_since(&old, &set);
    assert_eq!(changes.iter().filter(|change| change.gains.is_some()).count(), 2);
    let (old_canonical, new_canonical) = (old.canonical(), new.canonical());

    let mut group = criterion.benchmark_group("compare");
    group.bench_function("serde_json of both canonical texts", |bencher| {
        bencher.iter(|| {
            let parse = |text: &str| serde_json::from_str::<Value>(black_box(text)).unwrap();
            (parse(&old_canonical), parse(&new_canonical))
        });
    });
    group.bench_function("class", |bencher| {
        bencher.iter(|| assert_ne!(black_box(&new).compare(black_box(&old)), Class::Equal));
    });
    group.bench_function("class, and every change with its witness", |bencher| {
        bencher.iter(|| black_box(&new).changes_since(black_box(&old), &set));
    });
    group.finish();
}

criterion_group!(benches, benchmark);
criterion_main!(benches);

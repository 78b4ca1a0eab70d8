//! Merge, check and encode of a full request for a loaded policy, beside plain serialisation of an equivalent
//! hand-written struct into a reused buffer. Target: at most 1.0, stretch 0.5.
//!
//! `cargo bench -p kyc-tests --bench merge`

#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use kyc_policy::{Client, Policy, PolicySet, SourceMap, check_policy, merge, read_json};
use kyc_tests::full::{FULL_CLIENT, FULL_POLICY, PlainRequest};

fn policy() -> Policy {
    let checked = check_policy(
        &mut SourceMap::default(),
        "full.yaml",
        Some("full"),
        FULL_POLICY.as_bytes(),
        &PolicySet::empty(),
    );
    checked.value.unwrap()
}

fn benchmark(criterion: &mut Criterion) {
    let policy = policy();
    let now: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
    let input = read_json(FULL_CLIENT.as_bytes()).unwrap();
    let wire = merge(&policy, Client::read(&input), now).unwrap().request().to_wire();
    let plain: PlainRequest = serde_json::from_slice(&wire).unwrap();
    assert_eq!(serde_json::to_vec(&plain).unwrap().len(), wire.len(), "both say the same");

    let mut group = criterion.benchmark_group("merge");
    let mut buffer = Vec::with_capacity(wire.len());
    group.bench_function("serde_json of a plain struct", |bencher| {
        bencher.iter(|| {
            buffer.clear();
            serde_json::to_writer(&mut buffer, black_box(&plain)).unwrap();
            black_box(buffer.len())
        });
    });
    let mut buffer = Vec::with_capacity(wire.len());
    group.bench_function("merge, check and encode", |bencher| {
        bencher.iter_batched(
            || Client::read(&input),
            |client| {
                let merged = merge(black_box(&policy), client, now).unwrap();
                buffer.clear();
                merged.request().write_wire(&mut buffer);
                black_box(buffer.len());
                merged
            },
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

criterion_group!(benches, benchmark);
criterion_main!(benches);

//! The verdict of one result, beside the same decision in Cedar. Target: at most 0.1.
//!
//! `cargo bench --manifest-path tests/peers/Cargo.toml`

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use kyc_peers::{CASES, authorised, cedar_policies, facts, judged, policy, request};

fn benchmark(criterion: &mut Criterion) {
    let policy = policy();
    let cedar = cedar_policies(&policy);
    let all: Vec<_> = CASES.iter().map(|case| (facts(*case), request(*case))).collect();
    for (case, (facts, request)) in CASES.iter().zip(&all) {
        assert_eq!((judged(&policy, facts), authorised(&cedar, request)), (case.passes, case.passes), "{case:?}");
    }
    let mut group = criterion.benchmark_group("12 results");
    group.bench_function("Cedar", |bencher| {
        bencher.iter(|| all.iter().filter(|(_, request)| authorised(&cedar, black_box(request))).count());
    });
    group.bench_function("verdict", |bencher| {
        bencher.iter(|| all.iter().filter(|(facts, _)| judged(&policy, black_box(facts))).count());
    });
    group.finish();
}

criterion_group!(benches, benchmark);
criterion_main!(benches);

//! Checking 10,000 policy files beside the bare YAML event parse of the same files, on one core. Target: at most 2.0.
//!
//! `cargo bench -p kyc-tests --bench check`

#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use kyc_policy::{PolicySet, SourceMap, check_policy, check_set};
use kyc_tests::shipped;
use saphyr_parser::Parser;

const FILES: usize = 10_000;

fn benchmark(criterion: &mut Criterion) {
    let set = shipped("_set.yaml");
    let texts: Vec<(String, String)> = (0..FILES)
        .map(|number| {
            let name = format!("policy-{number}");
            let text = shipped("eu-onboarding.yaml").replace("name: eu-onboarding", &format!("name: {name}"));
            (name, text)
        })
        .collect();
    let (set, _): (PolicySet, _) = check_set(&mut SourceMap::default(), "_set.yaml", set.as_bytes());

    let mut group = criterion.benchmark_group("check 10,000 files");
    group.sample_size(10);
    group.bench_function("YAML events alone", |bencher| {
        bencher.iter(|| {
            for (_, text) in &texts {
                for event in Parser::new_from_str(text) {
                    black_box(event.unwrap());
                }
            }
        });
    });
    group.bench_function("read, lower and check", |bencher| {
        bencher.iter(|| {
            for (name, text) in &texts {
                let checked =
                    check_policy(&mut SourceMap::default(), "x.yaml", Some(name), text.as_bytes(), &set);
                assert!(checked.value.is_some(), "{:?}", checked.diagnostics);
                black_box(checked);
            }
        });
    });
    group.finish();
}

criterion_group!(benches, benchmark);
criterion_main!(benches);

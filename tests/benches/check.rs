//! Checking 10,000 policy files beside the bare YAML event parse of the same files, on one core, for an ordinary policy
//! and for the largest that is shipped. Target: at most 2.0.
//!
//! `cargo bench -p kyc-tests --bench check`

#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use kyc_policy::{PolicySet, SourceMap, check_policy, check_set};
use kyc_tests::shipped;
use saphyr_parser::Parser;

const FILES: usize = 10_000;

/// An ordinary policy, and the largest that is shipped, which holds characters outside ASCII.
const POLICIES: [&str; 2] = ["eu-onboarding", "crypto-high-risk"];

fn benchmark(criterion: &mut Criterion) {
    let set = shipped("_set.yaml");
    let (set, _): (PolicySet, _) = check_set(&mut SourceMap::default(), "_set.yaml", set.as_bytes());
    for policy in POLICIES {
        let shipped = shipped(&format!("{policy}.yaml"));
        let texts: Vec<(String, String)> = (0..FILES)
            .map(|number| {
                let name = format!("policy-{number}");
                let text = shipped.replace(&format!("name: {policy}"), &format!("name: {name}"));
                (name, text)
            })
            .collect();

        let mut group = criterion.benchmark_group(format!("check 10,000 files like {policy}"));
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
}

criterion_group!(benches, benchmark);
criterion_main!(benches);

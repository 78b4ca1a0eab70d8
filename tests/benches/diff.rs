//! Comparing two sets of 10,000 policy files, reading and checking included, beside checking both sets once.
//! Target: at most 1.5.
//!
//! `cargo bench -p kyc-tests --bench diff`

#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use kyc_policy::{Policy, PolicySet, SourceMap, check_policy, check_set};
use kyc_review::{Side, diff, diff_text};
use kyc_tests::shipped;

const FILES: usize = 10_000;

type Texts = Vec<(String, String)>;

/// Policies like the ordinary one that is shipped; one in ten lets younger people in.
fn texts(is_newer: bool) -> Texts {
    let shipped = shipped("eu-onboarding.yaml");
    let text = |number: usize| {
        let name = format!("policy-{number}");
        let text = shipped.replace("name: eu-onboarding", &format!("name: {name}"));
        let is_looser = is_newer && number.is_multiple_of(10);
        let text =
            if is_looser { text.replace("min: 18 }", "min: 16 }\nminors: { rationale: x }") } else { text };
        (name, text)
    };
    (0..FILES).map(text).collect()
}

fn check(texts: &Texts, set: &PolicySet) -> Vec<Policy> {
    let check = |(name, text): &(String, String)| {
        check_policy(&mut SourceMap::default(), "x.yaml", Some(name), text.as_bytes(), set).value.unwrap()
    };
    texts.iter().map(check).collect()
}

fn side<'p>(policies: &'p [Policy], set: &'p PolicySet) -> Side<'p> {
    let policies: BTreeMap<_, _> = policies.iter().map(|policy| (policy.name(), Some(policy))).collect();
    Side { set, policies }
}

fn benchmark(criterion: &mut Criterion) {
    let (set, _) = check_set(&mut SourceMap::default(), "_set.yaml", shipped("_set.yaml").as_bytes());
    let (old, new) = (texts(false), texts(true));
    let mut group = criterion.benchmark_group("two sets of 10,000 files");
    group.sample_size(10);
    group.bench_function("checked", |bencher| {
        bencher.iter(|| black_box((check(&old, &set), check(&new, &set))));
    });
    group.bench_function("checked and compared", |bencher| {
        bencher.iter(|| {
            let (old, new) = (check(&old, &set), check(&new, &set));
            let diff = diff(&side(&old, &set), &side(&new, &set));
            assert_eq!(diff.policies.len(), FILES / 10);
            diff_text(&diff, 100)
        });
    });
    group.finish();
}

criterion_group!(benches, benchmark);
criterion_main!(benches);

//! Live heap per loaded policy, by a counting allocator: of each shipped policy, and on the average of them.
//! Target: at most 2 KiB.
//!
//! `cargo bench -p kyc-tests --bench memory`

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement prints, and fails by panicking")]

use std::alloc::System;

use kyc::{Policy, Registry};
use kyc_policy::{SourceMap, check_policy, check_set};
use kyc_tests::shipped;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const SHIPPED: [&str; 6] =
    ["eu-onboarding", "age-21-sale", "document-recheck", "driver-rental", "iframe-kiosk", "crypto-high-risk"];
const POLICIES: usize = 1_000;
const LIMIT: usize = 2_048;

fn main() {
    let (set, _) = check_set(&mut SourceMap::default(), "_set.yaml", shipped("_set.yaml").as_bytes());
    let mut total = 0;
    for file in SHIPPED {
        let text = shipped(&format!("{file}.yaml"));
        let policy = |number: usize| -> Policy {
            let text = text.replace(&format!("name: {file}"), &format!("name: policy-{number}"));
            check_policy(&mut SourceMap::default(), "x.yaml", None, text.as_bytes(), &set).value.unwrap()
        };
        // What is set up once is not counted.
        drop(policy(0));
        let region = Region::new(ALLOCATOR);
        let registry: Registry = (0..POLICIES).map(policy).collect();
        let change = region.change();
        let live = change.bytes_allocated.saturating_sub(change.bytes_deallocated) / POLICIES;
        println!("{file}: {live} bytes of live heap per loaded policy, {} of the limit", ratio(live));
        assert_eq!(registry.len(), POLICIES);
        total += live;
    }
    println!("average: {} of the limit", ratio(total / SHIPPED.len()));
}

fn ratio(bytes: usize) -> String {
    format!("{:.2}", f64::from(u32::try_from(bytes).unwrap()) / f64::from(u32::try_from(LIMIT).unwrap()))
}

//! What the cases leave open, for people: edges that none touches, loosenings that none notices.

use super::{Demanded, count};
use crate::coverage::Coverage;
use crate::mutation::Mutation;

/// The lines that tell coverage; none if it was not asked for.
pub(super) fn coverage(all: &[Coverage], demanded: Demanded<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for coverage in all {
        let (touched, edges) = (coverage.touched(), count(coverage.edges, "edge", "edges"));
        lines.extend([
            String::new(),
            format!("{}: the cases touch {touched} of {edges} ({} %)", coverage.policy, coverage.percent()),
        ]);
        if coverage.cases == 0 {
            lines.push("  no case is about this policy".to_owned());
            continue;
        }
        for edge in &coverage.untouched {
            lines.extend([
                format!("  untouched  {}", edge.what),
                format!("             {}", (demanded.by)(&coverage.policy, Some(&edge.key))),
                format!("             - {}", edge.case),
            ]);
        }
    }
    lines
}

/// The lines that tell mutants; none if they were not asked for.
pub(super) fn mutation(all: &[Mutation], demanded: Demanded<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for mutation in all {
        let (noticed, mutants) = (mutation.noticed(), count(mutation.mutants, "loosening", "loosenings"));
        lines.extend([
            String::new(),
            format!(
                "{}: the cases notice {noticed} of {mutants} ({} %)",
                mutation.policy,
                mutation.percent()
            ),
        ]);
        if mutation.cases == 0 {
            lines.push("  no case is about this policy".to_owned());
            continue;
        }
        for survivor in &mutation.survivors {
            lines.extend([
                format!("  unnoticed  {}: {}", survivor.key, survivor.step),
                format!("             {}", survivor.who),
                format!("             {}", (demanded.by)(&mutation.policy, Some(&survivor.key))),
                format!("             - {}", survivor.case),
            ]);
        }
        for (key, step) in &mutation.unobservable {
            lines.push(format!("  no result and no request shows  {key}: {step}"));
        }
    }
    lines
}

//! Whatever a test file holds, it is read to a suite or to mistakes, and never to both or neither.

use std::path::Path;

use kyc_folder::Folder;
use kyc_policy::{Policy, Severity, SourceMap};
use kyc_suite::{Surroundings, UnderTest, coverage, read, run};
use proptest::prelude::*;

const TEXT: &str = include_str!("fixtures/passing/tests/shop.yaml");

/// What a hand may type somewhere.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z{}\\[\\]:,#\"' \n-]{0,6}",
        Just("unknown".to_owned()),
        Just("each: { country: any, document: any }".to_owned()),
        Just("{ tagged: verdict.tags.NAME }".to_owned()),
        Just("-9999999999999d".to_owned()),
        Just("\u{feff}ž\u{202e}".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn damaged_files_are_read_or_refused(
        (at, length, typed) in (0..TEXT.len(), 0..40_usize, typed()),
    ) {
        let end = (at + length).min(TEXT.len());
        let (Some(before), Some(after)) = (TEXT.get(..at), TEXT.get(end..)) else { return Ok(()) };
        let folder =
            Folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/passing")).unwrap();
        let file = folder.files().first().unwrap();
        let policy = file.policy.as_ref().unwrap();
        let policies: [&Policy; 1] = [policy];
        let around = Surroundings { policies: &policies, set: folder.set() };
        let text = format!("{before}{typed}{after}");
        let (suite, found) = read(&mut SourceMap::default(), "shop.yaml", text.as_bytes(), around);
        let is_refused = found.iter().any(|found| found.severity() == Severity::Error);
        prop_assert_eq!(suite.is_none(), is_refused, "{}", text);
        if let Some(suite) = suite {
            let under = UnderTest { policy, set: folder.set(), left_out: file.left_out };
            run(&suite, policy, under.today(), |_| true);
            coverage(&[suite], under, "2026-05-15T12:00:00Z".parse().unwrap());
        }
    }
}

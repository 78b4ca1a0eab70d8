//! Replays what fuzzing kept, on the stable compiler: no input of the corpus may fail.

use std::fs;
use std::path::Path;

use kyc_tests::fuzz::TARGETS;

#[test]
fn every_kept_input_returns() {
    for (name, target) in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
        let mut count = 0;
        for entry in fs::read_dir(&folder).unwrap() {
            target(&fs::read(entry.unwrap().path()).unwrap());
            count += 1;
        }
        assert!(count > 0, "{name} has no corpus");
    }
}

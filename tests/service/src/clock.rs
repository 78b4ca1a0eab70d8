//! The clock on the wall of a service, by libfaketime; the time that passes is what it is.

use std::fs;
use std::path::{Path, PathBuf};

use crate::service::Plan;

/// The clock of one service.
#[derive(Debug)]
pub struct Clock(PathBuf);

impl Clock {
    /// Gives a service that is not started yet a clock that is off by `offset`, such as `+20m`.
    pub fn of(plan: &mut Plan, offset: &str) -> Self {
        let clock = Self(plan.log().with_extension("clock"));
        clock.set(offset);
        let text = |path: PathBuf| path.into_os_string().into_string().unwrap();
        let variables = [
            ("LD_PRELOAD", text(libfaketime())),
            ("FAKETIME_TIMESTAMP_FILE", text(clock.0.clone())),
            ("FAKETIME_CACHE_DURATION", "1".to_owned()),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
            ("DONT_FAKE_MONOTONIC", "1".to_owned()),
        ];
        plan.environment.extend(variables.map(|(name, value)| (name.to_owned(), value)));
        clock
    }

    /// Sets it, in one step: a file that is half written would be read as well. A service reads it within two seconds.
    pub fn set(&self, offset: &str) {
        let next = self.0.with_extension("next");
        fs::write(&next, offset).unwrap();
        fs::rename(next, &self.0).unwrap();
    }
}

/// Where Debian and others put it.
fn libfaketime() -> PathBuf {
    let places = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];
    let library = |place: &&str| Path::new(place).join("faketime/libfaketimeMT.so.1");
    places
        .iter()
        .map(library)
        .find(|path| path.exists())
        .expect("libfaketime; `cargo xtask test` installs it")
}

//! One cluster for all tests of a process: making one takes seconds.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::Cluster;

/// The address of an empty database of its own, in a cluster that lives as long as this process. Nothing there survives
/// a loss of power, so that many tests are fast; in all else it is as by default.
pub fn shared() -> String {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    static DATABASES: AtomicU32 = AtomicU32::new(0);
    let cluster = CLUSTER.get_or_init(|| Cluster::start(&[("fsync", "off")]));
    cluster.database(&format!("kyc_{}", DATABASES.fetch_add(1, Ordering::Relaxed)))
}

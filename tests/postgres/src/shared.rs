//! One cluster for all tests of a process: making one takes seconds.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::Cluster;

/// The address of an empty database of its own, in a cluster that lives as long as this process, with the settings
/// that PostgreSQL has by default: the ledger refuses a server that does not write what it commits.
pub fn shared() -> String {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    static DATABASES: AtomicU32 = AtomicU32::new(0);
    let cluster = CLUSTER.get_or_init(|| Cluster::start(&[]));
    cluster.database(&format!("kyc_{}", DATABASES.fetch_add(1, Ordering::Relaxed)))
}

//! What a connection that writes has agreed about with its database, asked of that very connection.

use std::time::Duration;

use kyc_test_postgres::Cluster;

use super::Database;
use crate::{DatabaseUrl, Instance, LedgerOptions};

async fn open(url: &DatabaseUrl) -> Database {
    Database::open(url, &LedgerOptions::new(Instance::new("node-1").unwrap())).await.unwrap()
}

async fn setting(database: &mut Database, sql: &'static str) -> String {
    let row = database.rows(sql, &[]).await.unwrap().remove(0);
    row.clone().text(sql).or_else(|_| row.clone().int(sql).map(|number| number.to_string())).unwrap()
}

#[tokio::test]
async fn a_file_is_written_durably_and_overwritten_when_it_is_erased_also_after_the_connection_was_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut database = open(&DatabaseUrl::Sqlite(folder.path().join("kyc.db"))).await;
    for _ in 0..2 {
        assert_eq!(setting(&mut database, "PRAGMA journal_mode").await, "wal");
        assert_eq!(setting(&mut database, "PRAGMA synchronous").await, "2");
        assert_eq!(setting(&mut database, "PRAGMA secure_delete").await, "1");
        database.reconnect().await.unwrap();
    }
}

/// Neither the server nor the database nor the role can have it otherwise, before or while the connection lasts.
#[tokio::test]
async fn commits_wait_for_the_disk_whatever_the_server_says() {
    const SHOW: &str = "SHOW synchronous_commit";
    let cluster = Cluster::start(&[("synchronous_commit", "off")]);
    let url = cluster.database("kyc").parse().unwrap();
    let mut database = open(&url).await;
    assert_eq!(setting(&mut database, SHOW).await, "on");

    cluster.ask("kyc", "ALTER DATABASE kyc SET synchronous_commit = off");
    cluster.ask("kyc", "ALTER ROLE kyc SET synchronous_commit = off");
    database.reconnect().await.unwrap();
    assert_eq!(setting(&mut database, SHOW).await, "on");

    // What is stronger is the operator's choice.
    for stronger in ["local", "remote_apply"] {
        cluster.ask("kyc", &format!("ALTER ROLE kyc SET synchronous_commit = {stronger}"));
        database.reconnect().await.unwrap();
        assert_eq!(setting(&mut database, SHOW).await, stronger);
    }
}

#[tokio::test]
async fn a_server_that_changes_its_mind_changes_no_connection() {
    let cluster = Cluster::start(&[]);
    let url = cluster.database("kyc").parse().unwrap();
    let mut database = open(&url).await;
    cluster.ask("kyc", "ALTER SYSTEM SET synchronous_commit = off");
    cluster.ask("kyc", "ALTER SYSTEM SET work_mem = '7MB'");
    cluster.ask("kyc", "SELECT pg_reload_conf()");
    // The second one tells when the first one was read.
    while setting(&mut database, "SHOW work_mem").await != "7MB" {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(setting(&mut database, "SHOW synchronous_commit").await, "on");
}

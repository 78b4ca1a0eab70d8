//! A process that dies between any two statements, and a disk that keeps a part of what was written: what is left is
//! intact, and the ledger goes on from it.
//!
//! The files of the database are copied at every statement. A copy is what the next process finds if this one is killed
//! there.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use kyc_core::{AuthToken, ClientId, RedirectUrl, ScanRef};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use super::command::{AnyCommand, Command, Waiting};
use super::open::{Opened, open};
use super::writer::Writer;
use super::{Shared, Stop};
use crate::commands::{ClaimSession, EraseSession, Settle};
use crate::keys::tests::ring;
use crate::{
    CallerId, Claim, Claimed, DatabaseUrl, Environment, EraseReason, IdempotencyKey, Instance, IssuedToken,
    Lease, Ledger, LedgerOptions, Outcome, PolicyRecord, SessionId, verify,
};

fn claim(shared: &Shared, client: &str) -> ClaimSession {
    let canonical = "{}".to_owned();
    let digest = Sha256::digest(format!("kyc-policy/1\n{canonical}")).into();
    let claim = Claim {
        id: SessionId::new(),
        caller: CallerId::new("shop").unwrap(),
        key: IdempotencyKey::new(client).unwrap(),
        fingerprint: client.as_bytes().to_vec().into(),
        policy: PolicyRecord::new("eu", digest, move || canonical.clone()),
        account: Arc::from("main"),
        environment: Environment::Development,
        client: ClientId::new(client).unwrap(),
        request: client.as_bytes().to_vec().into(),
        reuse: false,
        reissue: false,
    };
    ClaimSession::new(shared, claim).unwrap()
}

fn issued(scan_ref: &str) -> Outcome {
    let token = IssuedToken {
        auth_token: AuthToken::new("token").unwrap(),
        redirect_url: RedirectUrl::new("https://ivs.example.com/").unwrap(),
        scan_ref: ScanRef::new(scan_ref).unwrap(),
        expires_at: Timestamp::now() + Duration::from_hours(1),
        digit_code: None,
    };
    Outcome::Issued { token, answer: b"{}".to_vec().into() }
}

/// Carries commands out together, and gives their answers.
async fn together<C: Command>(writer: &mut Writer, commands: Vec<C>) -> Vec<C::Reply> {
    let (batch, answers): (Vec<_>, Vec<_>) = commands
        .into_iter()
        .map(|command| {
            let (waiting, answer) = Waiting::new(command);
            (Box::new(waiting) as Box<dyn AnyCommand>, answer)
        })
        .unzip();
    writer.carry_out(batch).await;
    let mut replies = Vec::new();
    for answer in answers {
        replies.push(answer.await.unwrap().unwrap());
    }
    replies
}

fn granted(claimed: Claimed) -> Lease {
    let Claimed::Granted(lease) = claimed else { panic!("{claimed:?}") };
    lease
}

/// Commands of several kinds as one.
enum Any {
    Claim(Box<ClaimSession>),
    Settle(Box<Settle>),
    Erase(EraseSession),
}

impl Command for Any {
    type Reply = ();

    async fn run(&self, work: &mut super::Work<'_>) -> Result<(), Stop> {
        match self {
            Self::Claim(claim) => claim.run(work).await.map(|_| ()),
            Self::Settle(settle) => settle.run(work).await.map(|_| ()),
            Self::Erase(erase) => erase.run(work).await.map(|_| ()),
        }
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(suffix);
    path.into()
}

/// Copies the files as a process that dies would leave them; of the log of changes at most so many bytes.
fn copy(from: &Path, to: &Path, log: u64) {
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::copy(from, to).unwrap();
    let mut bytes = fs::read(with_suffix(from, "-wal")).unwrap();
    bytes.truncate(usize::try_from(log).unwrap());
    fs::write(with_suffix(to, "-wal"), bytes).unwrap();
}

/// How many sessions and rows an intact ledger has.
async fn intact(path: &Path) -> (u64, u64) {
    let report = verify(&DatabaseUrl::Sqlite(path.to_owned()), None, &ring("k", 1), &[]).await.unwrap();
    assert_eq!(report.findings, [], "{}", path.display());
    (report.sessions, report.rows)
}

struct Crashed {
    _folder: TempDir,
    path: PathBuf,
    copies: Vec<PathBuf>,
    /// What there was before, and after.
    sessions: [(u64, u64); 2],
    /// The lengths of the log of changes before and after.
    logs: [u64; 2],
}

/// A batch of everything that is done most, with a copy at each statement.
async fn batch() -> Crashed {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kyc.db");
    let options = LedgerOptions::new(Instance::new("node-1").unwrap());
    let url = DatabaseUrl::Sqlite(path.clone());
    let Opened { mut database, shared, chain, .. } = open(&url, ring("k", 1), options).await.unwrap();

    let copies = Arc::new(Mutex::new(Vec::new()));
    let (told, of, at) = (copies.clone(), path.clone(), folder.path().to_owned());
    let enabled = Arc::new(Mutex::new(false));
    let is_enabled = enabled.clone();
    database.set_probe(Box::new(move |_| {
        if *is_enabled.lock().unwrap() {
            let mut copies = told.lock().unwrap();
            let to = at.join(copies.len().to_string()).join("kyc.db");
            copy(&of, &to, u64::MAX >> 1);
            copies.push(to);
        }
    }));
    let shared = Arc::new(shared);
    let mut writer = Writer::new(database, shared.clone(), chain, None, None);
    let claims = ["ann", "bob", "cem"].map(|client| claim(&shared, client)).into();
    let leases: Vec<_> = together(&mut writer, claims).await.into_iter().map(granted).collect();
    let done = Settle::new(&shared, &leases[2], &issued("s-0")).unwrap();
    together(&mut writer, vec![done]).await;

    let before = intact(&path).await;
    let log = || fs::metadata(with_suffix(&path, "-wal")).unwrap().len();
    let log_before = log();
    *enabled.lock().unwrap() = true;
    let refused = Outcome::Refused { code: "vendor-refused".to_owned(), status: Some(400) };
    let commands = vec![
        Any::Claim(Box::new(claim(&shared, "dan"))),
        Any::Settle(Box::new(Settle::new(&shared, &leases[0], &issued("s-1")).unwrap())),
        Any::Settle(Box::new(Settle::new(&shared, &leases[1], &refused).unwrap())),
        Any::Claim(Box::new(claim(&shared, "eve"))),
    ];
    together(&mut writer, commands).await;
    let logs = [log_before, log()];
    // Erasing empties the log of changes, so it has a batch of its own.
    let erase = EraseSession { id: leases[2].id(), reason: EraseReason::Request, keep: None };
    together(&mut writer, vec![Any::Erase(erase)]).await;
    *enabled.lock().unwrap() = false;
    let copies = std::mem::take(&mut *copies.lock().unwrap());
    let after = intact(&path).await;
    Crashed { _folder: folder, path, copies, sessions: [before, after], logs }
}

#[tokio::test]
async fn between_any_two_statements_a_crash_leaves_what_was_or_what_is() {
    let crashed = batch().await;
    let [before, after] = crashed.sessions;
    assert!(crashed.copies.len() > 20, "{}", crashed.copies.len());
    let mut seen = Vec::new();
    for copy in &crashed.copies {
        let found = intact(copy).await;
        seen.push(found);
        // The next process takes over from there, and what it leaves is intact too.
        let options = LedgerOptions::new(Instance::new("node-1").unwrap());
        let ledger = Ledger::open(&DatabaseUrl::Sqlite(copy.clone()), ring("k", 1), options).await.unwrap();
        ledger.shut_down().await;
        assert_eq!(intact(copy).await.0, found.0);
    }
    seen.dedup();
    // Before the batch, after it, and never in between; the erasing adds one row, which its last copies do not have yet.
    assert_eq!(seen, [before, (after.0, after.1 - 1)]);
}

#[tokio::test]
async fn a_log_of_changes_of_which_a_part_is_lost_is_one_batch_shorter() {
    let crashed = batch().await;
    let [before, after] = crashed.sessions;
    let [shortest, longest] = crashed.logs;
    // The copy that was made when the last statement of all began has the whole log.
    let last = crashed.copies.last().unwrap();
    let mut seen = Vec::new();
    for length in (shortest..=longest).step_by(1_500).chain([longest - 1, longest]) {
        let to = crashed.path.with_file_name(format!("torn-{length}.db"));
        copy(last, &to, length);
        seen.push((length, intact(&to).await));
    }
    for (length, found) in &seen {
        let expected = if *length < longest { before } else { (after.0, after.1 - 1) };
        assert_eq!(*found, expected, "{length} of {longest} bytes");
    }
}

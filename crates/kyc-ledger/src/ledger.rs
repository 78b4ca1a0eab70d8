//! The ledger, open.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use kyc_core::{ClientId, ScanRef};
use tokio::sync::watch;
use tokio::time::sleep;

use crate::callers::Callers;
use crate::commands::{
    ClaimSession, CloseSession, DueSessions, EraseSession, ExpireLeases, ExpireOrphans, KnownScanRefs,
    LeaseRate, LeaseUnknowns, OneSession, Ping, Probe, ReadAnswer, Recall, Reconcile, ResolveAmbiguous,
    SessionsOf, Settle,
};
use crate::history::{ChainState, Head};
use crate::keys::KeyRing;
use crate::work::{Begun, Queue, Reader, Shared};
use crate::{
    Answer, CallerId, Claim, Claimed, DatabaseUrl, Due, EraseReason, Erased, Found, IdempotencyKey, Lease,
    LedgerError, LedgerOptions, OpenError, Outcome, PersonalBytes, RateSlice, Recalled, Resolution, Session,
    SessionId, Unknown,
};

/// The pause before an outcome is recorded again that could not be; it doubles up to [`MAX_PAUSE`].
const MIN_PAUSE: Duration = Duration::from_millis(50);
const MAX_PAUSE: Duration = Duration::from_secs(2);

/// A ledger that is open. Cheap to clone; all clones are one.
///
/// Whatever changes it is durable when its future answers. A future that is dropped may have been carried out.
#[derive(Clone)]
pub struct Ledger(Arc<Parts>);

struct Parts {
    queue: Arc<Queue>,
    reader: Arc<Reader>,
    shared: Arc<Shared>,
    head: watch::Receiver<ChainState>,
    callers: Callers,
}

impl Ledger {
    /// Opens a ledger: makes or updates its schema, takes the instance over from whoever had its name, and makes unknown
    /// what that one left under way.
    ///
    /// # Errors
    ///
    /// The database cannot be used or would not be durable, is served already, is a newer release's, or was kept under
    /// none of these keys.
    pub async fn open(url: &DatabaseUrl, keys: KeyRing, options: LedgerOptions) -> Result<Self, OpenError> {
        let Begun { queue, shared, head, orphans } = Queue::begin(url.clone(), keys, options.clone()).await?;
        let queue = Arc::new(queue);
        let abandoned = queue.insist(ExpireOrphans(orphans)).await?;
        if abandoned > 0 {
            tracing::warn!(
                abandoned,
                "calls were under way when the ledger was left; their outcome is unknown"
            );
        }
        let reader = Arc::new(Reader::begin(url.clone(), options).await?);
        let callers = Callers::new(Arc::clone(&queue), Arc::clone(&reader));
        Ok(Self(Arc::new(Parts { queue, reader, shared, head, callers })))
    }

    /// Asks whether the vendor may be called. If so, the intent is durable by then.
    ///
    /// # Errors
    ///
    /// Nothing may be sent to the vendor. After [`LedgerError::Uncertain`] there may be an intent, which becomes unknown
    /// when its lease runs out and absent when it is looked for.
    pub async fn claim(&self, claim: Claim) -> Result<Claimed, LedgerError> {
        self.0.queue.ask(ClaimSession::new(&self.0.shared, claim)?).await
    }

    /// What a caller's key stands for already, if it stands for anything. Nothing is claimed: it is for requests that cannot be
    /// let through now and may have an answer all the same.
    pub async fn recall(
        &self,
        caller: &CallerId,
        key: &IdempotencyKey,
        fingerprint: &PersonalBytes,
    ) -> Result<Option<Recalled>, LedgerError> {
        self.0.reader.ask(Recall::new(&self.0.shared, caller, key, fingerprint)).await
    }

    /// Records what became of the call that a lease was granted for. Recording the same once more changes nothing.
    ///
    /// While the database cannot be used it is tried again until the lease runs out.
    ///
    /// # Errors
    ///
    /// [`LedgerError::LeaseLost`] if the lease has run out and the intent counts as unknown.
    pub async fn settle(&self, lease: &Lease, outcome: &Outcome) -> Result<Session, LedgerError> {
        let mut pause = MIN_PAUSE;
        loop {
            let result = self.0.queue.insist(Settle::new(&self.0.shared, lease, outcome)?).await;
            let Err(error @ (LedgerError::Unavailable { .. } | LedgerError::Uncertain)) = result else {
                return result;
            };
            if Instant::now() >= lease.ends() {
                return Err(error);
            }
            tracing::warn!(session = %lease.id(), %error, "an outcome could not be recorded; trying again");
            sleep(pause).await;
            pause = MAX_PAUSE.min(pause * 2);
        }
    }

    /// One session, whoever's it is.
    pub async fn session(&self, id: SessionId) -> Result<Option<Session>, LedgerError> {
        self.0.reader.ask(OneSession(id)).await
    }

    /// A caller's sessions for one client that are not erased, latest first: at most `limit`, and only those before
    /// `before`.
    pub async fn sessions_of(
        &self,
        caller: &CallerId,
        client: &ClientId,
        before: Option<SessionId>,
        limit: u32,
    ) -> Result<Vec<Session>, LedgerError> {
        let (caller, client) = (caller.clone(), client.clone());
        self.0.reader.ask(SessionsOf { caller, client, before, limit }).await
    }

    /// What can be answered once more to the caller of a session.
    ///
    /// # Errors
    ///
    /// [`LedgerError::NoSession`] if there is none, or it is another caller's.
    pub async fn answer_of(&self, id: SessionId, caller: &CallerId) -> Result<Answer, LedgerError> {
        let shared = Arc::clone(&self.0.shared);
        self.0.reader.ask(ReadAnswer { id, caller: caller.clone(), shared }).await
    }

    /// Makes every intent unknown whose lease has run out, of all instances. Says how many.
    pub async fn expire_leases(&self) -> Result<u64, LedgerError> {
        self.0.queue.ask(ExpireLeases).await
    }

    /// Gives out at most `limit` sessions whose outcome has been unknown for as long as `quiet`; nobody else is given them
    /// for as long as the options say.
    pub async fn unknowns(&self, quiet: Duration, limit: u32) -> Result<Vec<Unknown>, LedgerError> {
        let quiet = i64::try_from(quiet.as_millis()).unwrap_or(i64::MAX);
        self.0.queue.ask(LeaseUnknowns { quiet, finding: self.0.shared.finding(), limit }).await
    }

    /// Settles a session whose outcome was unknown by what the vendor has of its client.
    ///
    /// What the ledger knows already is left out of `found` by the ledger itself, so all that the vendor lists may be given.
    ///
    /// # Errors
    ///
    /// [`LedgerError::LeaseLost`] if the right to find out has gone to somebody else.
    pub async fn reconcile(&self, unknown: Unknown, found: Found) -> Result<Session, LedgerError> {
        self.0.queue.insist(Reconcile { unknown, found }).await
    }

    /// The vendor's references of a client's sessions under an account that are not erased.
    pub async fn known_scan_refs(
        &self,
        account: &str,
        client: &ClientId,
    ) -> Result<Vec<ScanRef>, LedgerError> {
        self.0.reader.ask(KnownScanRefs { account: account.to_owned(), client: client.clone() }).await
    }

    /// Notes that the first result of a session has come: its token is neither handed out again nor used again. Says
    /// whether there was such a session that was still open.
    pub async fn close(&self, scan_ref: &ScanRef, at: Timestamp) -> Result<bool, LedgerError> {
        self.0.queue.insist(CloseSession { scan_ref: scan_ref.clone(), at }).await
    }

    /// Settles an ambiguous session by hand. The note may hold personal values, and is erased with them.
    ///
    /// # Errors
    ///
    /// [`LedgerError::WrongState`] if it is not ambiguous.
    pub async fn resolve(
        &self,
        id: SessionId,
        resolution: Resolution,
        note: PersonalBytes,
    ) -> Result<Session, LedgerError> {
        self.0.queue.insist(ResolveAmbiguous { id, resolution, note }).await
    }

    /// Erases the personal data of a session, unless they have to be kept until a later time.
    ///
    /// What remains tells that there was a session, and its keys are never taken for new ones.
    ///
    /// # Errors
    ///
    /// [`LedgerError::Retained`], or [`LedgerError::WrongState`] while its call is under way or its outcome unknown.
    pub async fn erase(
        &self,
        id: SessionId,
        reason: EraseReason,
        keep: Option<Timestamp>,
    ) -> Result<Erased, LedgerError> {
        self.0.queue.insist(EraseSession { id, reason, keep }).await
    }

    /// Settled sessions with personal data that were asked for before a time: at most `limit`, oldest first, and only
    /// those after `after`.
    pub async fn due(
        &self,
        before: Timestamp,
        after: Option<SessionId>,
        limit: u32,
    ) -> Result<Vec<Due>, LedgerError> {
        self.0.reader.ask(DueSessions { before, after, limit }).await
    }

    /// Takes up to `want` calls of the budget that all instances share: in no hour more than `per_hour` are given out.
    pub async fn rate_slice(
        &self,
        account: &str,
        want: u32,
        per_hour: u32,
    ) -> Result<RateSlice, LedgerError> {
        self.0.queue.ask(LeaseRate { account: account.to_owned(), want, per_hour }).await
    }

    /// Where the history of this instance stands, as far as it is durable.
    pub fn head(&self) -> ChainState {
        self.0.head.borrow().clone()
    }

    /// Appends where the history stands to the file of heads, from which its end cannot be cut off unseen then.
    ///
    /// # Errors
    ///
    /// The file cannot be written; nothing if there is none.
    pub async fn export_head(&self) -> std::io::Result<Head> {
        let head = Head::new(self.head(), Timestamp::now());
        let Some(path) = self.0.shared.options.heads.clone() else { return Ok(head) };
        let written = head.clone();
        // The disk may take its time.
        let writing = tokio::task::spawn_blocking(move || written.append_to(&path));
        writing.await.map_err(std::io::Error::other)??;
        Ok(head)
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), LedgerError> {
        self.0.reader.ask(Ping).await
    }

    /// Whether the database takes changes and makes them durable. Nothing is changed, but it costs what a change costs.
    pub async fn probe(&self) -> Result<(), LedgerError> {
        self.0.queue.ask(Probe).await
    }

    /// The callers and their keys.
    pub fn callers(&self) -> &Callers {
        &self.0.callers
    }

    /// Carries out what waits, refuses all that comes later, and lets go of the database.
    pub async fn shut_down(self) {
        self.0.queue.drain().await;
    }
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger").field("instance", &self.0.shared.options.instance).finish_non_exhaustive()
    }
}

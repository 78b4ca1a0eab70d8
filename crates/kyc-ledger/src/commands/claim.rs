//! Claims: one live intent per key and per client, durable before anybody may call the vendor.

use std::time::{Duration, Instant};

use super::expire::expire;
use super::recall::{UNDER_A_KEY, read_under_a_key};
use super::stored::{Stored, columns};
use crate::claim::{Claim, Claimed, Lease};
use crate::db::{Damaged, Value};
use crate::history::{Commitment, Event, Part, PolicyDigest, Salt};
use crate::keys::IndexTag;
use crate::work::{Command, Shared, Stop, Work};
use crate::{LedgerError, Session, State};

/// A claim, with everything that could be computed of it before.
pub(crate) struct ClaimSession {
    claim: Claim,
    asked: Instant,
    tag: IndexTag,
    fingerprint: IndexTag,
    salt: Salt,
    key: Commitment,
    data: Commitment,
    client: Commitment,
    request: Commitment,
}

impl ClaimSession {
    pub(crate) fn new(shared: &Shared, claim: Claim) -> Result<Self, LedgerError> {
        let no_randomness =
            || LedgerError::Unavailable { reason: "the system gives no random bytes".to_owned() };
        let tag = shared.tags.idempotency(&claim.caller, &claim.key);
        let fingerprint = shared.tags.fingerprint(&claim.caller, claim.fingerprint.expose());
        let salt = Salt::generate().ok_or_else(no_randomness)?;
        let key = salt.commit(Part::Key, tag.as_bytes());
        let data = salt.commit(Part::Data, fingerprint.as_bytes());
        let client = salt.commit(Part::Client, claim.client.expose().as_bytes());
        let request = salt.commit(Part::Request, claim.request.expose());
        Ok(Self { claim, asked: Instant::now(), tag, fingerprint, salt, key, data, client, request })
    }
}

impl Command for ClaimSession {
    type Reply = Claimed;

    // Nobody would call the vendor, and the next claim for this client would wait for the lease to run out.
    const UNHEARD: bool = false;

    async fn run(&self, work: &mut Work<'_>) -> Result<Claimed, Stop> {
        let before = match self.under_this_key(work).await? {
            Some((_, Some(fingerprint))) if fingerprint != self.fingerprint => return Ok(Claimed::Mismatch),
            Some((known, _)) => match self.known(work, known).await? {
                Ok(claimed) => return Ok(claimed),
                Err(session) => Some(session),
            },
            None => None,
        };
        if self.claim.reuse
            && before.as_ref().is_none_or(|before| before.state.is_void())
            && let Some(session) = self.open_session(work, before.as_ref()).await?
        {
            return Ok(Claimed::Known(Box::new(session)));
        }
        if !self.take_slot(work).await? {
            return self.busy(work).await;
        }
        self.intend(work, before).await
    }
}

impl ClaimSession {
    /// The session that the key stands for, and the fingerprint of its data unless it is erased.
    async fn under_this_key(&self, work: &mut Work<'_>) -> Result<Option<(Stored, Option<IndexTag>)>, Stop> {
        let values = [self.claim.caller.as_str().into(), self.tag.as_bytes().into()];
        let row = work.row(UNDER_A_KEY, &values).await?;
        Ok(row.map(read_under_a_key).transpose()?)
    }

    /// What there is to say of a session that the key stands for; the session itself if a new one may follow it.
    async fn known(&self, work: &mut Work<'_>, stored: Stored) -> Result<Result<Claimed, Session>, Stop> {
        let stored = if stored.is_overdue(work) { expire(work, stored).await? } else { stored };
        let until = work.now.on_the_wall(stored.lease_until);
        let session = stored.session;
        Ok(match session.state {
            State::Intended => Ok(Claimed::InFlight { id: session.id, until }),
            State::Refused | State::Absent => Err(session),
            State::IssuedTokenLost if self.claim.reissue => Err(session),
            State::Issued | State::Unknown | State::IssuedTokenLost | State::Ambiguous => {
                Ok(Claimed::Known(Box::new(session)))
            }
        })
    }

    /// An open session for the same client, policy and data, which this key stands for too from now on.
    async fn open_session(
        &self,
        work: &mut Work<'_>,
        before: Option<&Session>,
    ) -> Result<Option<Session>, Stop> {
        let row = work
            .row(
                concat!(
                    "SELECT ",
                    columns!(),
                    ", p.salt FROM people AS p JOIN sessions ON sessions.id = p.session_id \
                     WHERE p.client_id = $1 AND p.fingerprint = $2 AND sessions.caller = $3 AND sessions.account = $4 \
                     AND sessions.digest = $5 AND sessions.state = 'issued' AND sessions.closed_at IS NULL AND sessions.expires_at > $6 \
                     AND sessions.created_at > $7 ORDER BY sessions.id DESC LIMIT 1"
                ),
                &[
                    self.claim.client.expose().into(),
                    self.fingerprint.as_bytes().into(),
                    self.claim.caller.as_str().into(),
                    (&*self.claim.account).into(),
                    (&self.claim.policy.digest).into(),
                    work.now.wall.into(),
                    work.now.wall.saturating_sub(work.shared.replay()).into(),
                ],
            )
            .await?;
        let Some(mut row) = row else { return Ok(None) };
        let Stored { session, step, .. } = Stored::read(&mut row)?;
        let salt = Salt::read(&row.bytes("people.salt")?).ok_or(Damaged("people.salt"))?;
        let id = session.id.to_string();
        work.put("UPDATE sessions SET step = $1 WHERE id = $2", &[(step + 1).into(), (&id).into()]).await?;
        self.point_key_to(work, &id).await?;
        let key = salt.commit(Part::Key, self.tag.as_bytes());
        let replaces = before.map(|before| before.id.to_string());
        work.record(session.id, step + 1, &Event::Joined { key, replaces }).await?;
        Ok(Some(session))
    }

    /// Takes the one slot of the client, unless another session has it.
    async fn take_slot(&self, work: &mut Work<'_>) -> Result<bool, Stop> {
        let insert =
            "INSERT INTO slots (account, client_id, session_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        let id = self.claim.id.to_string();
        let values = [(&*self.claim.account).into(), self.claim.client.expose().into(), (&id).into()];
        Ok(work.run(insert, &values).await? > 0)
    }

    /// Who has the slot.
    async fn busy(&self, work: &mut Work<'_>) -> Result<Claimed, Stop> {
        let row = work
            .row(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM slots AS l JOIN sessions ON sessions.id = l.session_id \
                     WHERE l.account = $1 AND l.client_id = $2"
                ),
                &[(&*self.claim.account).into(), self.claim.client.expose().into()],
            )
            .await?;
        let stored = Stored::changed(row)?.ok_or(Damaged("slots.session_id"))?;
        let stored = if stored.is_overdue(work) { expire(work, stored).await? } else { stored };
        let id = (stored.session.caller == self.claim.caller).then_some(stored.session.id);
        // An outcome that is unknown is looked for in its own time.
        let until = stored.lease_until.max(work.now.lease.saturating_add(SOON));
        Ok(Claimed::Busy { id, after: work.now.until(until) })
    }

    /// Records the intent.
    async fn intend(&self, work: &mut Work<'_>, before: Option<Session>) -> Result<Claimed, Stop> {
        let Claim { id, caller, policy, account, environment, client, .. } = &self.claim;
        let text = id.to_string();
        let attempt = before.as_ref().map_or(1, |before| before.attempt.saturating_add(1));
        let replaces = before.map(|before| before.id.to_string());
        let until = work.now.lease.saturating_add(work.shared.lease());
        work.keep_policy(policy).await?;
        work.put(
            "INSERT INTO sessions (id, instance, caller, policy, digest, account, environment, state, step, \
             attempt, replaces, lease_epoch, lease_until, created_at, changed_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'intended', 1, $8, $9, $10, $11, $12, $12)",
            &[
                (&text).into(),
                work.shared.options.instance.as_str().into(),
                caller.as_str().into(),
                (&policy.name).into(),
                (&policy.digest).into(),
                (&**account).into(),
                environment.as_str().into(),
                i64::from(attempt).into(),
                replaces.as_ref().into(),
                FIRST_EPOCH.into(),
                until.into(),
                work.now.wall.into(),
            ],
        )
        .await?;
        work.put(
            "INSERT INTO people (session_id, client_id, fingerprint, salt) VALUES ($1, $2, $3, $4)",
            &[
                (&text).into(),
                client.expose().into(),
                self.fingerprint.as_bytes().into(),
                self.salt.expose().into(),
            ],
        )
        .await?;
        self.point_key_to(work, &text).await?;
        let event = Event::Intended {
            caller: caller.to_string(),
            policy: policy.name.clone(),
            digest: PolicyDigest::new(policy.digest),
            account: account.to_string(),
            environment: environment.to_string(),
            attempt,
            replaces,
            key: self.key,
            data: self.data,
            client: self.client,
            request: self.request,
        };
        work.record(*id, 1, &event).await?;
        Ok(Claimed::Granted(Lease {
            id: *id,
            caller: caller.clone(),
            account: account.clone(),
            client: client.clone(),
            epoch: FIRST_EPOCH,
            until: work.now.on_the_wall(until),
            // The database counts whole milliseconds.
            ends: self.asked + work.shared.options.lease.saturating_sub(Duration::from_millis(1)),
            salt: self.salt.clone(),
        }))
    }

    async fn point_key_to(&self, work: &mut Work<'_>, id: &str) -> Result<(), Stop> {
        let values: [Value<'_>; 4] =
            [self.claim.caller.as_str().into(), self.tag.as_bytes().into(), id.into(), work.now.wall.into()];
        work.put(
            "INSERT INTO idempotency (caller, key_tag, session_id, created_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (caller, key_tag) DO UPDATE SET session_id = excluded.session_id",
            &values,
        )
        .await?;
        Ok(())
    }
}

/// The epoch of the first lease of a session.
const FIRST_EPOCH: i64 = 1;
/// When to ask again at the earliest while another call has the slot, in milliseconds.
const SOON: i64 = 1_000;

//! Keys of callers, as they are stored.

use crate::LedgerError;
use crate::callers::{Caller, CallerKey, KeyName, NewCaller, Scope};
use crate::db::{Damaged, Database, DbError, Row, timestamp};
use crate::history::{Event, KeyHash};
use crate::work::{Command, Query, Stop, Work};

/// Keeps a key that was made.
pub(crate) struct AddCaller {
    pub(crate) name: KeyName,
    pub(crate) hash: [u8; 32],
    pub(crate) new: NewCaller,
}

impl Command for AddCaller {
    type Reply = ();

    async fn run(&self, work: &mut Work<'_>) -> Result<(), Stop> {
        let scopes: Vec<String> = self.new.scopes.iter().map(ToString::to_string).collect();
        let rate = self.new.rate_per_minute;
        work.put(
            "INSERT INTO callers (name, caller, hash, policies, scopes, rate_per_minute, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[
                self.name.as_str().into(),
                self.new.id.as_str().into(),
                (&self.hash).into(),
                (&json(&self.new.policies)).into(),
                (&json(&scopes)).into(),
                rate.map(i64::from).into(),
                work.now.wall.into(),
            ],
        )
        .await?;
        let event = Event::CallerAdded {
            name: self.name.to_string(),
            caller: self.new.id.to_string(),
            hash: KeyHash::new(self.hash),
            policies: self.new.policies.clone(),
            scopes,
            rate_per_minute: rate,
        };
        work.record_apart(&event).await
    }
}

/// Takes a key out of force.
pub(crate) struct RevokeCaller(pub(crate) String);

impl Command for RevokeCaller {
    type Reply = ();

    async fn run(&self, work: &mut Work<'_>) -> Result<(), Stop> {
        let name = self.0.clone();
        let update = "UPDATE callers SET revoked_at = $1 WHERE name = $2 AND revoked_at IS NULL";
        if work.run(update, &[work.now.wall.into(), (&name).into()]).await? == 0 {
            return Err(LedgerError::NoKey { id: name }.into());
        }
        work.record_apart(&Event::CallerRevoked { name }).await
    }
}

/// All keys that were ever made, with what is kept of each.
pub(crate) struct AllCallers;

impl Query for AllCallers {
    type Reply = Vec<(CallerKey, [u8; 32])>;

    async fn run(&self, database: &mut Database) -> Result<Self::Reply, Stop> {
        Ok(all_callers(database).await?.into_iter().collect::<Result<_, Damaged>>()?)
    }
}

/// The same, row by row: one that is damaged spoils no other.
pub(crate) async fn all_callers(
    database: &mut Database,
) -> Result<Vec<Result<(CallerKey, [u8; 32]), Damaged>>, DbError> {
    let rows = database
        .rows(
            "SELECT name, caller, hash, policies, scopes, rate_per_minute, created_at, revoked_at \
             FROM callers ORDER BY created_at, name",
            &[],
        )
        .await?;
    Ok(rows.into_iter().map(read).collect())
}

/// A list of words in one column.
fn json(words: &[String]) -> String {
    serde_json::Value::from(words).to_string()
}

fn read(mut row: Row) -> Result<(CallerKey, [u8; 32]), Damaged> {
    let name = KeyName(row.text("callers.name")?);
    let id = row.parsed("callers.caller")?;
    let hash = row.bytes("callers.hash")?.try_into().map_err(|_| Damaged("callers.hash"))?;
    let policies =
        serde_json::from_str(&row.text("callers.policies")?).map_err(|_| Damaged("callers.policies"))?;
    let scopes: Vec<String> =
        serde_json::from_str(&row.text("callers.scopes")?).map_err(|_| Damaged("callers.scopes"))?;
    let scopes = scopes.iter().map(|scope| scope.parse::<Scope>()).collect::<Result<_, _>>();
    let scopes = scopes.map_err(|_| Damaged("callers.scopes"))?;
    let rate = row.optional_int("callers.rate_per_minute")?.map(u32::try_from).transpose();
    let rate_per_minute = rate.map_err(|_| Damaged("callers.rate_per_minute"))?;
    let created_at = timestamp(row.int("callers.created_at")?);
    let revoked_at = row.optional_int("callers.revoked_at")?.map(timestamp);
    let caller = Caller { id, key: Some(name.clone()), policies, scopes, rate_per_minute };
    Ok((CallerKey { name, caller, created_at, revoked_at }, hash))
}

//! The rate budget that all instances share.

use crate::RateSlice;
use crate::work::{Command, Stop, Work};

/// The window of the budget, in milliseconds.
const HOUR: i64 = 60 * 60 * 1000;
/// How long a slice may be spent, in milliseconds. It counts against the budget for an hour after that, so that in no
/// hour more calls are made than the budget has.
const SPENDING: i64 = 3 * 60 * 1000;

/// Takes a slice of an account's hourly budget.
pub(crate) struct LeaseRate {
    pub(crate) account: String,
    pub(crate) want: u32,
    pub(crate) per_hour: u32,
}

impl Command for LeaseRate {
    type Reply = RateSlice;

    const UNHEARD: bool = false;

    async fn run(&self, work: &mut Work<'_>) -> Result<RateSlice, Stop> {
        let now = work.now.lease;
        let counts_since = now.saturating_sub(HOUR + SPENDING);
        let row = work
            .row(
                "SELECT CAST(COALESCE(SUM(granted), 0) AS BIGINT), MIN(at) FROM rate \
                 WHERE account = $1 AND at > $2",
                &[(&self.account).into(), counts_since.into()],
            )
            .await?;
        let (used, oldest) = match row {
            Some(mut row) => (row.int("rate.granted")?, row.optional_int("rate.at")?),
            None => (0, None),
        };
        let free = i64::from(self.per_hour).saturating_sub(used).max(0);
        let granted = u32::try_from(free).unwrap_or(u32::MAX).min(self.want);
        if granted == 0 {
            let again = oldest.map_or(now, |oldest| oldest + HOUR + SPENDING + 1);
            return Ok(RateSlice { granted, within: work.now.until(again) });
        }
        let forget = "DELETE FROM rate WHERE account = $1 AND at <= $2";
        work.put(forget, &[(&self.account).into(), counts_since.into()]).await?;
        work.put(
            "INSERT INTO rate (account, at, granted) VALUES ($1, $2, $3) \
             ON CONFLICT (account, at) DO UPDATE SET granted = rate.granted + excluded.granted",
            &[(&self.account).into(), now.into(), i64::from(granted).into()],
        )
        .await?;
        Ok(RateSlice { granted, within: work.now.until(now + SPENDING) })
    }
}

//! Rows of the history, page by page.

use super::{damaged, unavailable};
use crate::OpenError;
use crate::db::{Damaged, Database, DbError, Row as Cells, Value};
use crate::history::{Mac, Row, RowSession};

/// The columns that [`read`] takes.
macro_rules! columns {
    () => {
        "instance, epoch, seq, at, kind, session_id, step, facts, key_id, mac"
    };
}
pub(super) use columns;

/// How many rows are read at a time.
pub(super) const ROWS: i64 = 2_000;

/// A row as it lies in the table, perhaps one that nobody who keeps to the rules has written.
pub(super) struct Found {
    pub(super) instance: String,
    pub(super) epoch: i64,
    pub(super) seq: i64,
    /// The row, unless one of its other columns cannot be such.
    pub(super) row: Result<Row, Damaged>,
}

/// The rows of one session, in the order of its steps.
pub(crate) async fn rows_of_session(
    database: &mut Database,
    session: &str,
) -> Result<Vec<Result<Row, Damaged>>, DbError> {
    let sql = concat!("SELECT ", columns!(), " FROM history WHERE session_id = $1 ORDER BY step");
    let rows = database.rows(sql, &[session.into()]).await?;
    Ok(rows.into_iter().map(|row| read(row).and_then(|found| found.row)).collect())
}

/// Reads rows of [`columns`].
pub(super) async fn rows(
    database: &mut Database,
    sql: &'static str,
    values: &[Value<'_>],
) -> Result<Vec<Found>, OpenError> {
    let rows = database.rows(sql, values).await.map_err(unavailable)?;
    rows.into_iter().map(read).collect::<Result<_, _>>().map_err(damaged)
}

fn read(mut cells: Cells) -> Result<Found, Damaged> {
    let instance = cells.text("history.instance")?;
    let (epoch, seq) = (cells.int("history.epoch")?, cells.int("history.seq")?);
    let row = rest(cells, instance.clone(), epoch, seq);
    Ok(Found { instance, epoch, seq, row })
}

fn rest(mut cells: Cells, instance: String, epoch: i64, seq: i64) -> Result<Row, Damaged> {
    let at = cells.int("history.at")?;
    let kind = cells.text("history.kind")?;
    let session = cells.optional_text("history.session_id")?;
    let step = cells.optional_int("history.step")?;
    let session = match (session, step) {
        (Some(id), Some(step)) => Some(RowSession { id, step }),
        (None, None) => None,
        _ => return Err(Damaged("history.step")),
    };
    let facts = cells.text("history.facts")?;
    let key_id = cells.parsed("history.key_id")?;
    let mac = Mac::try_from(&*cells.bytes("history.mac")?).map_err(|_| Damaged("history.mac"))?;
    Ok(Row { instance, epoch, seq, at, kind, session, facts, key_id, mac })
}

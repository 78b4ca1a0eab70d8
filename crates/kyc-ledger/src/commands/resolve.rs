//! Settling by hand what nobody else can.

use super::stored::{Stored, columns};
use crate::history::{By, Event, Part, Salt};
use crate::work::{Command, Stop, Work};
use crate::{LedgerError, PersonalBytes, Resolution, Session, SessionId, State};

/// Settles a session of which several sessions at the vendor may be it.
pub(crate) struct ResolveAmbiguous {
    pub(crate) id: SessionId,
    pub(crate) resolution: Resolution,
    /// What the person wrote who settles it; it may hold personal values, and is erased with them.
    pub(crate) note: PersonalBytes,
}

impl Command for ResolveAmbiguous {
    type Reply = Session;

    async fn run(&self, work: &mut Work<'_>) -> Result<Session, Stop> {
        let stored = Stored::find(work, self.id).await?;
        if stored.session.state != State::Ambiguous {
            return Err(LedgerError::WrongState { id: self.id, state: stored.session.state }.into());
        }
        let id = self.id.to_string();
        let salt = work.row("SELECT salt FROM people WHERE session_id = $1", &[(&id).into()]).await?;
        let salt = salt.map(|mut row| row.bytes("people.salt")).transpose()?;
        // Nothing more is written about a person whose data are erased.
        let note =
            salt.and_then(|salt| Salt::read(&salt)).map(|salt| salt.commit(Part::Note, self.note.expose()));
        let (state, scan_ref) = match &self.resolution {
            Resolution::Absent => (State::Absent, None),
            Resolution::Lost(scan_ref) => (State::IssuedTokenLost, Some(scan_ref.as_str())),
        };
        let row = work
            .change(
                concat!(
                    "UPDATE sessions SET state = $1, step = sessions.step + 1, changed_at = $2, scan_ref = $3 \
                     WHERE sessions.id = $4 AND sessions.state = 'ambiguous' RETURNING ",
                    columns!()
                ),
                &[state.as_str().into(), work.now.wall.into(), scan_ref.into(), (&id).into()],
            )
            .await?;
        let changed = Stored::changed(row)?.ok_or(LedgerError::NoSession { id: self.id })?;
        let text = String::from_utf8_lossy(self.note.expose());
        let update = "UPDATE people SET note = $1 WHERE session_id = $2";
        work.put(update, &[(&*text).into(), (&id).into()]).await?;
        let event = match scan_ref {
            None => Event::Absent { by: By::Operator, note },
            Some(scan_ref) => {
                Event::IssuedTokenLost { scan_ref: Some(scan_ref.to_owned()), by: By::Operator, note }
            }
        };
        work.record(self.id, changed.step, &event).await?;
        Ok(changed.session)
    }
}

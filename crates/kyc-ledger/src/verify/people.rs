//! Personal data and sealed tokens: are they what the history commits to, and are they gone where they were erased.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use super::finding::{FindingKind as Kind, Findings};
use super::replay::Replayed;
use super::sessions::Stored;
use super::{damaged, unavailable};
use crate::OpenError;
use crate::State;
use crate::db::{Damaged, Database, Row as Cells};
use crate::history::{Part, Salt};
use crate::keys::{KeyId, KeyRing};
use crate::seal::{Owner, Sealed, UnsealError, unseal};

/// A person's row as it lies in the table.
pub(super) struct Person {
    pub(super) session: String,
    pub(super) client: Zeroizing<String>,
    fingerprint: Vec<u8>,
    /// Nothing if it is no salt.
    pub(super) salt: Option<Salt>,
    key_id: Option<String>,
    sealed: Option<Vec<u8>>,
    note: Option<Zeroizing<String>>,
}

/// The rows of sessions in a range.
pub(super) async fn read(
    database: &mut Database,
    (after, last): (&str, Option<&str>),
) -> Result<Vec<Person>, OpenError> {
    macro_rules! select {
        ($end:literal) => {
            concat!(
                "SELECT session_id, client_id, fingerprint, salt, key_id, sealed, note FROM people \
                 WHERE session_id > $1",
                $end
            )
        };
    }
    let rows = match last {
        Some(last) => {
            database
                .rows(select!(" AND session_id <= $2 ORDER BY session_id"), &[after.into(), last.into()])
                .await
        }
        None => database.rows(select!(" ORDER BY session_id"), &[after.into()]).await,
    };
    rows.map_err(unavailable)?.into_iter().map(person).collect::<Result<_, _>>().map_err(damaged)
}

fn person(mut row: Cells) -> Result<Person, Damaged> {
    Ok(Person {
        session: row.text("people.session_id")?,
        client: Zeroizing::new(row.text("people.client_id")?),
        fingerprint: row.bytes("people.fingerprint")?,
        salt: Salt::read(&Zeroizing::new(row.bytes("people.salt")?)),
        key_id: row.optional_text("people.key_id")?,
        sealed: row.optional_bytes("people.sealed")?,
        note: row.optional_text("people.note")?.map(Zeroizing::new),
    })
}

pub(super) fn compare(
    stored: &Stored,
    replayed: &Replayed,
    person: Option<Person>,
    ring: &KeyRing,
    unchecked: &mut BTreeMap<KeyId, u64>,
    findings: &mut Findings,
) {
    let place = format!("session `{}`", stored.id);
    let person = match (person, replayed.erased_at) {
        (None, Some(_)) => return,
        (None, None) => {
            return findings.add(
                Kind::PersonMissing,
                place,
                "its personal data are gone, and were not erased",
            );
        }
        (Some(_), Some(_)) => {
            return findings.add(Kind::PersonRemains, place, "its personal data were erased, and are there");
        }
        (Some(person), None) => person,
    };
    let Some(salt) = &person.salt else {
        return findings.add(Kind::PersonDiffers, place, "`salt` is none");
    };
    let mut differs = |column: &str| {
        let what = format!("`{column}` is not what its history commits to");
        findings.add(Kind::PersonDiffers, &place, what);
    };
    if salt.commit(Part::Client, person.client.as_bytes()) != replayed.client {
        differs("client_id");
    }
    if salt.commit(Part::Data, &person.fingerprint) != replayed.data {
        differs("fingerprint");
    }
    let note = person.note.as_ref().map(|note| salt.commit(Part::Note, note.as_bytes()));
    if note != replayed.note {
        differs("note");
    }
    let (key_id, bytes) = match (person.key_id, person.sealed, replayed.state) {
        (Some(key_id), Some(bytes), State::Issued) => (key_id, bytes),
        (_, _, State::Issued) => {
            return findings.add(Kind::TokenDiffers, place, "its token is gone, and was not erased");
        }
        (None, None, _) => return,
        _ => {
            return findings.add(
                Kind::TokenDiffers,
                place,
                "a token is there that the history does not know",
            );
        }
    };
    let Ok(key_id) = KeyId::new(key_id) else {
        return findings.add(Kind::TokenDiffers, place, "`key_id` names no key");
    };
    let owner = Owner { session: &stored.id, caller: &replayed.caller };
    match unseal(ring, owner, &Sealed { key_id, bytes }) {
        Err(UnsealError::KeyMissing(missing)) => *unchecked.entry(missing.0).or_default() += 1,
        Err(UnsealError::Tampered) => {
            findings.add(Kind::TokenDiffers, place, "its sealed token was changed, or moved here");
        }
        Ok(token) => {
            let commitment = salt.commit(Part::Token, token.auth_token.expose_secret().as_bytes());
            let is_same = replayed.token == Some(commitment)
                && replayed.scan_ref.as_deref() == Some(token.scan_ref.as_str())
                && replayed.expires_at == Some(token.expires_at.as_millisecond());
            if !is_same {
                findings.add(
                    Kind::TokenDiffers,
                    place,
                    "its token is not the one that its history commits to",
                );
            }
        }
    }
}

//! Tables that hang on no session: instances, callers, policies, and the key that idempotency keys are found by.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::chains::KnownCaller;
use super::finding::{FindingKind as Kind, Findings};
use super::{damaged, unavailable};
use crate::OpenError;
use crate::callers::CallerKey;
use crate::commands::all_callers;
use crate::db::Database;
use crate::history::{Event, KeyHash};
use crate::keys::{KeyId, KeyRing, MasterKey};
use crate::work::open_tag_key;

/// What precedes the canonical form of a policy in its digest: `kyc-policy` defines it.
const POLICY_DOMAIN: &[u8] = b"kyc-policy/1\n";

/// How many policies are read at a time; each can have 64 KiB.
const PAGE: i64 = 200;

/// Each instance is in the epoch that its history says.
pub(super) async fn instances(
    database: &mut Database,
    opened: &BTreeMap<String, (i64, i64)>,
    findings: &mut Findings,
) -> Result<(), OpenError> {
    let rows = database.rows("SELECT instance, epoch, opened_at FROM instances", &[]).await;
    let mut found = BTreeMap::new();
    for mut row in rows.map_err(unavailable)? {
        let name = row.text("instances.instance").map_err(damaged)?;
        let epoch = row.int("instances.epoch").map_err(damaged)?;
        found.insert(name, (epoch, row.int("instances.opened_at").map_err(damaged)?));
    }
    for name in opened.keys().chain(found.keys()).collect::<BTreeSet<_>>() {
        let what = match (opened.get(name), found.get(name)) {
            (Some(known), Some(stored)) if known == stored => continue,
            (Some((known, _)), Some((stored, _))) if stored > known => {
                format!("it is in epoch {stored}, and the history ends with epoch {known}: epochs are gone")
            }
            (Some(_), Some(_)) => "`epoch` or `opened_at` is not what the history says".to_owned(),
            (Some(_), None) => "it is in the history, and not in the table".to_owned(),
            (None, _) => "the history does not know it".to_owned(),
        };
        findings.add(Kind::InstanceDiffers, format!("instance `{name}`"), what);
    }
    Ok(())
}

/// Each caller's key is what the history says.
pub(super) async fn callers(
    database: &mut Database,
    known: &BTreeMap<String, KnownCaller>,
    findings: &mut Findings,
) -> Result<(), OpenError> {
    let mut unmet: BTreeSet<&str> = known.keys().map(String::as_str).collect();
    for row in all_callers(database).await.map_err(unavailable)? {
        match row {
            Ok((key, hash)) => {
                unmet.remove(key.name.as_str());
                compare_caller(&key, hash, known.get(key.name.as_str()), findings);
            }
            Err(damaged) => {
                findings.add(
                    Kind::CallerDiffers,
                    "callers' keys",
                    format!("`{}` holds what is never written", damaged.0),
                );
            }
        }
    }
    for name in unmet {
        let what = "it is in the history, and not in the table";
        findings.add(Kind::CallerDiffers, format!("caller's key `{name}`"), what);
    }
    Ok(())
}

fn compare_caller(key: &CallerKey, hash: [u8; 32], known: Option<&KnownCaller>, findings: &mut Findings) {
    let place = format!("caller's key `{}`", key.name);
    let Some(KnownCaller { added: Some((event, at)), revoked_at }) = known else {
        return findings.add(Kind::CallerDiffers, place, "the history does not know who made it");
    };
    let Event::CallerAdded { name: _, caller, hash: known_hash, policies, scopes, rate_per_minute } = event
    else {
        return;
    };
    let scope_words: Vec<_> = key.caller.scopes.iter().map(|scope| scope.as_str()).collect();
    for (column, is_same) in [
        ("caller", key.caller.id.as_str() == *caller),
        ("hash", KeyHash::new(hash) == *known_hash),
        ("policies", key.caller.policies == *policies),
        ("scopes", scope_words == *scopes),
        ("rate_per_minute", key.caller.rate_per_minute == *rate_per_minute),
        ("created_at", key.created_at.as_millisecond() == *at),
        ("revoked_at", key.revoked_at.map(Timestamp::as_millisecond) == *revoked_at),
    ] {
        if !is_same {
            findings.add(Kind::CallerDiffers, &place, format!("`{column}` is not what the history says"));
        }
    }
}

/// The text of each policy is the one of its digest, and each policy is one of a session.
pub(super) async fn policies(
    database: &mut Database,
    used: &HashSet<Vec<u8>>,
    findings: &mut Findings,
) -> Result<(), OpenError> {
    let mut after = Vec::new();
    let mut found: u64 = 0;
    loop {
        let sql = "SELECT digest, canonical FROM policies WHERE digest > $1 ORDER BY digest LIMIT $2";
        let rows = database.rows(sql, &[(&*after).into(), PAGE.into()]).await.map_err(unavailable)?;
        if rows.is_empty() {
            break;
        }
        for mut row in rows {
            after = row.bytes("policies.digest").map_err(damaged)?;
            let canonical = row.text("policies.canonical").map_err(damaged)?;
            let place = format!("policy `{}`", data_encoding::HEXLOWER.encode(&after));
            if *Sha256::new().chain_update(POLICY_DOMAIN).chain_update(&canonical).finalize() != *after {
                findings.add(Kind::PolicyDiffers, &place, "its text is not the one of its digest");
            }
            if used.contains(&after) {
                found += 1;
            } else {
                findings.add(Kind::PolicyDiffers, place, "no session was asked for under it");
            }
        }
    }
    let missing = (used.len() as u64).saturating_sub(found);
    if missing > 0 {
        findings.add(Kind::PolicyDiffers, "policies", format!("the texts of {missing} are gone"));
    }
    Ok(())
}

/// What idempotency keys are found by is one key, under whichever master key it is encrypted. Rows of master keys that
/// are not at hand are of no use to anybody, and are passed over.
pub(super) async fn tag_keys(
    database: &mut Database,
    ring: &KeyRing,
    used: &BTreeSet<KeyId>,
    findings: &mut Findings,
) -> Result<(), OpenError> {
    let rows = database.rows("SELECT key_id, sealed FROM tag_keys", &[]).await.map_err(unavailable)?;
    let mut first: Option<MasterKey> = None;
    // Whoever writes with a key has put it there.
    let mut unmet: BTreeSet<&KeyId> = used.iter().filter(|id| ring.of(id).is_ok()).collect();
    for mut row in rows {
        let name = row.text("tag_keys.key_id").map_err(damaged)?;
        let sealed = row.bytes("tag_keys.sealed").map_err(damaged)?;
        let Some(keys) = name.parse().ok().and_then(|id| ring.of(&id).ok()) else { continue };
        unmet.remove(keys.id());
        let opened = open_tag_key(keys, &sealed);
        let is_same = opened
            .as_ref()
            .is_some_and(|key| first.as_ref().is_none_or(|first| first.expose() == key.expose()));
        if !is_same {
            let what = "what is encrypted under it was changed: idempotency keys would not be found";
            findings.add(Kind::TagKeyDiffers, format!("master key `{name}`"), what);
        }
        first = first.or(opened);
    }
    for id in unmet {
        let what = "the key that idempotency keys are found by is not encrypted under it any more";
        findings.add(Kind::TagKeyDiffers, format!("master key `{id}`"), what);
    }
    Ok(())
}

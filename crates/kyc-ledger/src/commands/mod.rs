//! What can be done with a ledger, each in one piece.

mod callers;
mod claim;
mod close;
mod erase;
mod expire;
mod probe;
mod rate;
mod reads;
mod recall;
mod reconcile;
mod resolve;
mod settle;
mod stored;

pub(crate) use callers::{AddCaller, AllCallers, RevokeCaller, all_callers};
pub(crate) use claim::ClaimSession;
pub(crate) use close::CloseSession;
pub(crate) use erase::{DueSessions, EraseSession};
pub(crate) use expire::{ExpireLeases, ExpireOrphans};
pub(crate) use probe::Probe;
pub(crate) use rate::LeaseRate;
pub(crate) use reads::{KnownScanRefs, OneSession, Ping, ReadAnswer, SessionsOf};
pub(crate) use recall::Recall;
pub(crate) use reconcile::{LeaseUnknowns, Reconcile};
pub(crate) use resolve::ResolveAmbiguous;
pub(crate) use settle::Settle;

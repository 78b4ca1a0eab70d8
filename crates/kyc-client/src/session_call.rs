//! Calls about one session: `POST` with its reference as the whole body.

use kyc_core::{ResponseError, ScanRef};
use reqwest::Method;
use serde_json::json;
use zeroize::Zeroizing;

use crate::client::{Call, Client};
use crate::effect::Effect;
use crate::error::{BodyProblem, Error, Unreadable};

pub(crate) fn call(effect: Effect, path: &'static str, scan_ref: &ScanRef) -> Call {
    let body = json!({ "scanRef": scan_ref.as_str() }).to_string().into_bytes();
    Call { effect, method: Method::POST, path, query: None, body: Some(Zeroizing::new(body)) }
}

impl Client {
    /// Asks about a session, and makes sure that the answer is about that one.
    pub(crate) async fn ask<T>(
        &self,
        path: &'static str,
        scan_ref: &ScanRef,
        read: impl FnOnce(&[u8]) -> Result<T, ResponseError>,
        answered: impl FnOnce(&T) -> &ScanRef,
    ) -> Result<T, Error> {
        let accepted = self.send(call(Effect::Reads, path, scan_ref)).await?;
        let status = accepted.status;
        let answer = accepted.read(Effect::Reads, read)?;
        if answered(&answer) != scan_ref {
            return Err(Unreadable::new(Effect::Reads, status, BodyProblem::OtherSession).into());
        }
        Ok(answer)
    }
}

//! An answer: read within bounds, and sorted into what the caller can do about it.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::Response;
use tokio::time::{Instant, timeout_at};
use zeroize::Zeroizing;

use kyc_core::ResponseError;

use crate::effect::Effect;
use crate::envelope::Envelope;
use crate::error::{BodyProblem, Error, Failure, Redirected, Refusal, Unreadable};
use crate::retry_after;

/// An answer that accepts the request. Its body holds personal data and a token.
pub(crate) struct Accepted {
    /// 200 to 299.
    pub(crate) status: u16,
    pub(crate) body: Zeroizing<Vec<u8>>,
}

impl Accepted {
    /// Reads an answer that is documented to come with 200 or 201: the vendor's documents mix the two up.
    pub(crate) fn read<T>(
        &self,
        effect: Effect,
        read: impl FnOnce(&[u8]) -> Result<T, ResponseError>,
    ) -> Result<T, Error> {
        let problem = match self.status {
            200 | 201 => match read(&self.body) {
                Ok(answer) => return Ok(answer),
                Err(error) => BodyProblem::Content(error),
            },
            _ => BodyProblem::Status,
        };
        Err(Unreadable::new(effect, self.status, problem).into())
    }
}

/// Reads the answer and tells acceptance from everything else.
pub(crate) async fn sort(
    effect: Effect,
    response: Response,
    limit: usize,
    until: Instant,
) -> Result<Accepted, Error> {
    let status = response.status().as_u16();
    if (300..400).contains(&status) {
        return Err(Redirected::new(effect, status).into());
    }
    let retry_after = retry_after::read(response.headers(), Timestamp::now());
    let body = read(response, limit, until).await;
    if (200..300).contains(&status) {
        return match body {
            Ok(body) => Ok(Accepted { status, body }),
            Err(problem) => Err(Unreadable::new(effect, status, problem).into()),
        };
    }
    // The status alone decides what happened; a body that cannot be read takes away only the reason.
    let envelope = body.map(|body| Envelope::read(&body)).unwrap_or_default();
    Err(refused(effect, status, envelope, retry_after))
}

fn refused(effect: Effect, status: u16, envelope: Envelope, retry_after: Option<Duration>) -> Error {
    // 408 comes from a gateway that waited for something: perhaps for the vendor.
    if !(400..500).contains(&status) || status == 408 || envelope.is_internal() {
        return Failure::new(effect, status, envelope.identifier, retry_after).into();
    }
    let kind = envelope.kind(status);
    Refusal::new(effect, status, envelope.identifier, kind, retry_after).into()
}

/// The whole body, if it has at most `limit` bytes and is there in time. What the head says of its length is not
/// trusted.
async fn read(
    mut response: Response,
    limit: usize,
    until: Instant,
) -> Result<Zeroizing<Vec<u8>>, BodyProblem> {
    let mut body = Zeroizing::new(Vec::with_capacity(limit.min(8 * 1024)));
    loop {
        match timeout_at(until, response.chunk()).await {
            Err(_) => return Err(BodyProblem::Timeout),
            Ok(Err(_)) => return Err(BodyProblem::Cut),
            Ok(Ok(None)) => return Ok(body),
            Ok(Ok(Some(chunk))) if chunk.len() > limit.saturating_sub(body.len()) => {
                return Err(BodyProblem::TooLong);
            }
            Ok(Ok(Some(chunk))) => append(&mut body, &chunk),
        }
    }
}

/// Appends without leaving a copy behind where a growing vector would.
fn append(body: &mut Zeroizing<Vec<u8>>, chunk: &[u8]) {
    let needed = body.len() + chunk.len();
    if needed > body.capacity() {
        let mut larger = Zeroizing::new(Vec::with_capacity(needed.max(body.capacity() * 2)));
        larger.extend_from_slice(body);
        *body = larger;
    }
    body.extend_from_slice(chunk);
}

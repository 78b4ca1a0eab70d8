//! `GET /kyc/identifications/?clientId=…&page=…&perPage=…`: the sessions of a client, newest first.
//!
//! The names of the parameters and of the answer are documented, nothing else. Chosen here: pages count from 1, a page
//! has 1 to 100 entries and 20 unless asked otherwise, a page behind the last one is empty, and an unknown, repeated or
//! empty parameter is refused, since a filter that is dropped would show all clients.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use super::{admit, reply};
use crate::errors::{Identifier, Refusal};
use crate::scenario::Scenario;
use crate::shared::Shared;

pub(super) const PATH: &str = "/kyc/identifications/";

const DEFAULT_SIZE: usize = 20;
const MAX_SIZE: usize = 100;
/// Of a client's identifier, in characters.
const MAX_CLIENT_ID: usize = 100;

pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    Extension(scenario): Extension<Scenario>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    if let Some(refused) = admit::refused(&shared, scenario, &headers) {
        return refused;
    }
    let asked = Asked::read(&uri).and_then(|asked| Ok((asked, admit::time(&shared, &headers)?)));
    let (asked, now) = match asked {
        Ok(asked) => asked,
        Err(refusal) => return refusal.into_response(),
    };
    let skip = (asked.page - 1).saturating_mul(asked.size);
    let (count, sessions) = shared.sessions.page(asked.client_id.as_deref(), skip, asked.size);
    let last = count.div_ceil(asked.size).max(1);
    let beside = |page: Option<usize>| {
        let page = page.filter(|page| (1..=last).contains(page));
        page.map_or(Value::Null, |page| Value::from(asked.address(&shared.base_url, page)))
    };
    let archived = scenario == Scenario::Archived;
    let answer = [
        ("count", Value::from(count)),
        ("next", beside(asked.page.checked_add(1))),
        ("previous", beside(asked.page.checked_sub(1))),
        ("results", sessions.iter().map(|session| session.row(now, archived)).collect()),
    ];
    let answer = Map::from_iter(answer.map(|(name, value)| (name.to_owned(), value)));
    reply::ok(&shared, scenario, answer).await
}

struct Asked {
    client_id: Option<String>,
    page: usize,
    size: usize,
}

impl Asked {
    fn read(uri: &Uri) -> Result<Self, Refusal> {
        let unreadable = |_| Refusal::body(Identifier::BadValue, "The query could not be read.");
        let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri).map_err(unreadable)?;
        let (mut client_id, mut page, mut size) = (None, None, None);
        for (name, value) in pairs {
            let repeated = match name.as_str() {
                "clientId" => client_id.replace(value).is_some(),
                "page" => page.replace(number(&name, &value, usize::MAX)?).is_some(),
                "perPage" => size.replace(number(&name, &value, MAX_SIZE)?).is_some(),
                _ => return Err(Refusal::unknown_field(name)),
            };
            if repeated {
                return Err(Refusal::repeated_field(name));
            }
        }
        let fits = |id: &String| (1..=MAX_CLIENT_ID).contains(&id.chars().count());
        if !client_id.as_ref().is_none_or(fits) {
            return Err(Refusal::field_must("clientId".to_owned(), "be a text of 1 to 100 characters"));
        }
        Ok(Self { client_id, page: page.unwrap_or(1), size: size.unwrap_or(DEFAULT_SIZE) })
    }

    /// The absolute address of a page.
    fn address(&self, base_url: &str, page: usize) -> String {
        let mut address = format!("{base_url}{PATH}?");
        if let Some(id) = &self.client_id {
            address.push_str("clientId=");
            escape(id, &mut address);
            address.push('&');
        }
        // Writing to a text cannot fail.
        let _ = write!(address, "page={page}&perPage={}", self.size);
        address
    }
}

fn number(name: &str, value: &str, max: usize) -> Result<usize, Refusal> {
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    let number = value.parse().ok().filter(|number| digits && (1..=max).contains(number));
    number.ok_or_else(|| {
        let must = if max == MAX_SIZE { "be a number from 1 to 100" } else { "be a number from 1" };
        Refusal::field_must(name.to_owned(), must)
    })
}

/// Percent-encodes everything but unreserved characters (RFC 3986, section 2.3).
fn escape(text: &str, address: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
    }
}

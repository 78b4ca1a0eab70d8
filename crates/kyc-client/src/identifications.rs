//! `GET /kyc/identifications/`: the sessions of a client.

use kyc_core::{ClientId, Identifications, Page};
use reqwest::Method;
use url::form_urlencoded::byte_serialize;
use zeroize::Zeroizing;

use crate::client::{Call, Client};
use crate::effect::Effect;
use crate::error::Error;

/// With a slash at its end: without one, the vendor finds nothing there.
const PATH: &str = "/kyc/identifications/";

impl Client {
    /// Lists the sessions of a client, one page at a time.
    ///
    /// This is how to find out whether a session was created when the answer to [`Client::create_token`] got lost.
    /// Nothing is changed by asking, so the call is attempted again after any failure that may pass.
    ///
    /// The client's identifier travels in the address, as the vendor wants it. It is in no error and no log of this
    /// crate; a gateway in between sees addresses.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn identifications(&self, client: &ClientId, page: Page) -> Result<Identifications, Error> {
        let query = Some(query(client, page));
        let call = Call { effect: Effect::Reads, method: Method::GET, path: PATH, query, body: None };
        self.send(call).await?.read(Effect::Reads, Identifications::from_wire)
    }
}

fn query(client: &ClientId, page: Page) -> Zeroizing<String> {
    let rest = format!("&page={}&perPage={}", page.number(), page.size());
    // The final capacity at once: a growing text would leave copies behind.
    let capacity = "clientId=".len() + 3 * client.expose().len() + rest.len();
    let mut query = Zeroizing::new(String::with_capacity(capacity));
    query.push_str("clientId=");
    query.extend(byte_serialize(client.expose().as_bytes()));
    query.push_str(&rest);
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_is_escaped() {
        let client = ClientId::new("a b&page=2#%+?").unwrap();
        let query = query(&client, Page::new(3, 20).unwrap());
        assert_eq!(*query, "clientId=a+b%26page%3D2%23%25%2B%3F&page=3&perPage=20");
    }
}

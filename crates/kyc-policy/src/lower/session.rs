//! The session at the vendor: its token, where people and results are sent, how it is delivered.

use std::borrow::Cow;

use kyc_core::{ExpiryTime, HttpsUrl, OutOfBounds, SessionLength};

use super::Lowering;
use super::reader::Section;
use crate::duration::Duration;
use crate::form::REASON;
use crate::rules::missing_key;
use crate::sections::Webhook;
use crate::template::UrlTemplate;
use crate::tree::{Kind, Node};
use crate::written::WrittenUrl;

pub(super) fn lower(lowering: &mut Lowering<'_>, document: &Section<'_>) {
    if let Some(node) = document.get("token") {
        token(lowering, node);
    }
    if let Some(node) = document.get("redirect")
        && let Some(section) = lowering.reader.section(node, "redirect")
    {
        let mut read = |key: &'static str, last: &str| url(lowering, section.get(last)?, key);
        let (success, error) = (read("redirect.success", "success"), read("redirect.error", "error"));
        let unverified = read("redirect.unverified", "unverified");
        lowering.sections.redirect = crate::sections::RedirectSection { success, error, unverified };
    }
    if let Some(node) = document.get("webhook") {
        webhook(lowering, node);
    }
    let reader = &mut lowering.reader;
    if let Some(word) = document.get("delivery").and_then(|node| reader.word(node, "delivery", "a delivery"))
    {
        lowering.sections.delivery = word;
    }
    if let Some(word) =
        document.get("country_lock").and_then(|node| reader.word(node, "country_lock", "a country lock"))
    {
        lowering.sections.country_lock = word;
    }
    if let Some(word) = document.get("reuse").and_then(|node| reader.word(node, "reuse", "a way of reuse")) {
        lowering.sections.reuse = word;
    }
}

fn token(lowering: &mut Lowering<'_>, node: &Node<'_>) {
    let Some(section) = lowering.reader.section(node, "token") else { return };
    if let Some(node) = section.get("type")
        && let Some(word) = lowering.reader.word(node, "token.type", "a token type")
    {
        lowering.sections.token.token_type = word;
    }
    if let Some(node) = section.get("expires_in")
        && let Some(value) = lifetime(lowering, node, "token.expires_in", ExpiryTime::new)
    {
        lowering.sections.token.expires_in = value;
    }
    if let Some(node) = section.get("session_length")
        && let Some(value) = lifetime(lowering, node, "token.session_length", SessionLength::new)
    {
        lowering.sections.token.session_length = value;
    }
}

/// A duration within the vendor's bounds.
fn lifetime<T>(
    lowering: &mut Lowering<'_>,
    node: &Node<'_>,
    key: &str,
    new: impl Fn(u32) -> Result<T, OutOfBounds>,
) -> Option<T> {
    let duration = lowering.reader.duration(node, key)?;
    match new(u32::try_from(duration.seconds()).unwrap_or(u32::MAX)) {
        Ok(value) => Some(value),
        Err(bounds) => {
            let (min, max) = (Duration::from_seconds(bounds.min), Duration::from_seconds(bounds.max));
            lowering.reader.out_of_bounds(node, key, &format!("{min} to {max}"));
            None
        }
    }
}

fn url(lowering: &mut Lowering<'_>, node: &Node<'_>, key: &'static str) -> Option<UrlTemplate> {
    let text = lowering.reader.scalar(node, key, "an address in quotes")?;
    let parsed = UrlTemplate::new(text);
    let template = parsed.as_ref().ok().map(|(template, _)| template.clone());
    lowering.written.urls.push(WrittenUrl { key, loc: node.loc, parsed });
    if template.is_none() {
        // Said by the rule about addresses.
        lowering.reader.places.add_broken(key);
    }
    template
}

fn webhook(lowering: &mut Lowering<'_>, node: &Node<'_>) {
    const KEY: &str = "webhook.url";
    let (url_node, unjudged) = match &node.kind {
        Kind::Map(_) => {
            let Some(section) = lowering.reader.section(node, "webhook") else { return };
            let unjudged = section
                .get("unjudged")
                .and_then(|node| lowering.reader.text(node, "webhook.unjudged", REASON));
            let Some(url) = section.get("url") else {
                lowering.reader.findings.push(missing_key::mandatory(node.loc, KEY));
                return;
            };
            (url, unjudged)
        }
        _ => (node, None),
    };
    // That it has no placeholder and is https is said by the rule about addresses.
    let template = url(lowering, url_node, KEY);
    if let Some(url) = template.as_ref().and_then(UrlTemplate::fixed).cloned().and_then(HttpsUrl::new) {
        let webhook = Webhook { url, unjudged: unjudged.map(Cow::Owned) };
        lowering.sections.special.change(|special| special.webhook = Some(webhook));
    }
}

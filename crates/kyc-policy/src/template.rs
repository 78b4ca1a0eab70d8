//! Redirect addresses with placeholders.

use std::borrow::Cow;

use kyc_core::{WebUrl, WebUrlError};
use thiserror::Error;

use crate::client::{ClientField, ClientFields};
use crate::diagnostic::shown;

/// An address in which `{client_id}` or `{external_ref}` may stand for the client's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlTemplate(Form);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    /// The same for every client.
    Fixed(WebUrl),
    /// With at least one placeholder.
    Filled(Cow<'static, str>),
}

/// Why a text is not such an address.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum TemplateError {
    #[error(transparent)]
    Url(#[from] WebUrlError),
    #[error("has a brace that belongs to no placeholder")]
    StrayBrace,
    #[error("has the unknown placeholder `{{{0}}}`")]
    UnknownPlaceholder(String),
    #[error("has a placeholder outside a path segment and a query value")]
    Position,
}

/// The client fields that a placeholder may stand for.
pub(crate) const PLACEHOLDERS: [ClientField; 2] = [ClientField::ClientId, ClientField::ExternalRef];

impl UrlTemplate {
    /// Takes the text if each placeholder is known and well placed and the address is legal around them.
    pub(crate) fn new(text: &str) -> Result<(Self, WebUrl), TemplateError> {
        let mut placeholders = ClientFields::EMPTY;
        let mut sample = String::with_capacity(text.len());
        for part in parts(text) {
            match part? {
                Part::Literal(literal) => sample.push_str(literal),
                Part::Value(field) => {
                    placeholders = placeholders.with(field);
                    let in_path = sample.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
                    let in_query = sample.contains('?');
                    let after_key = sample.rsplit(['?', '&']).next().is_some_and(|pair| pair.contains('='));
                    if sample.contains('#') || !(in_path || in_query) || (in_query && !after_key) {
                        return Err(TemplateError::Position);
                    }
                    sample.push('x');
                }
            }
        }
        let url = WebUrl::new(&sample)?;
        let form = if placeholders == ClientFields::EMPTY {
            Form::Fixed(url.clone())
        } else {
            Form::Filled(Cow::Owned(text.to_owned()))
        };
        Ok((Self(form), url))
    }

    /// For generated code: the macro has checked the value with this very library.
    #[doc(hidden)]
    pub const fn proven_fixed(url: WebUrl) -> Self {
        Self(Form::Fixed(url))
    }

    /// For generated code: the macro has checked the value with this very library.
    #[doc(hidden)]
    pub const fn proven_filled(text: &'static str) -> Self {
        Self(Form::Filled(Cow::Borrowed(text)))
    }

    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Form::Fixed(url) => url.as_str(),
            Form::Filled(text) => text,
        }
    }

    /// The client fields whose values it takes.
    pub fn placeholders(&self) -> impl Iterator<Item = ClientField> {
        let filled = match &self.0 {
            Form::Fixed(_) => None,
            Form::Filled(text) => Some(text),
        };
        let placeholders = filled.into_iter().flat_map(|text| parts(text)).filter_map(|part| match part {
            Ok(Part::Value(field)) => Some(field),
            Ok(Part::Literal(_)) | Err(_) => None,
        });
        placeholders.collect::<ClientFields>().iter()
    }

    /// The address, if it is the same for every client.
    pub const fn fixed(&self) -> Option<&WebUrl> {
        match &self.0 {
            Form::Fixed(url) => Some(url),
            Form::Filled(_) => None,
        }
    }

    /// The address with each placeholder replaced by its percent-encoded value.
    pub(crate) fn fill<'v>(
        &self,
        value: impl Fn(ClientField) -> Option<&'v str>,
    ) -> Result<WebUrl, TemplateError> {
        let text = match &self.0 {
            Form::Fixed(url) => return Ok(url.clone()),
            Form::Filled(text) => text,
        };
        let mut filled = String::with_capacity(text.len() + 64);
        for part in parts(text) {
            match part? {
                Part::Literal(literal) => filled.push_str(literal),
                Part::Value(field) => encode(value(field).unwrap_or_default(), &mut filled),
            }
        }
        Ok(WebUrl::new(&filled)?.with_personal_value())
    }
}

/// The text cut at its placeholders.
fn parts(text: &str) -> impl Iterator<Item = Result<Part<'_>, TemplateError>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some((literal, after)) = split_before_brace(rest) else {
            return Some(Ok(Part::Literal(std::mem::take(&mut rest))));
        };
        if !literal.is_empty() {
            rest = after;
            return Some(Ok(Part::Literal(literal)));
        }
        let Some((name, after)) = after.strip_prefix('{').and_then(|inner| inner.split_once('}')) else {
            rest = "";
            return Some(Err(TemplateError::StrayBrace));
        };
        rest = after;
        let field = PLACEHOLDERS.into_iter().find(|field| field.as_str() == name);
        Some(field.map(Part::Value).ok_or_else(|| TemplateError::UnknownPlaceholder(shown(name))))
    })
}

enum Part<'a> {
    Literal(&'a str),
    Value(ClientField),
}

fn split_before_brace(text: &str) -> Option<(&str, &str)> {
    text.find(['{', '}']).map(|at| text.split_at(at))
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
fn encode(value: &str, into: &mut String) {
    use std::fmt::Write;
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            into.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(into, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_stand_in_path_segments_and_query_values() {
        for text in [
            "https://a.example/u/{client_id}",
            "https://a.example/?r={external_ref}&x=1",
            "https://a.example/x",
        ] {
            assert!(UrlTemplate::new(text).is_ok(), "{text}");
        }
        for (text, error) in [
            ("https://{client_id}.example/", TemplateError::Position),
            ("https://a.example/?{client_id}=1", TemplateError::Position),
            ("https://a.example/#{client_id}", TemplateError::Position),
            ("https://a.example/{first_name}", TemplateError::UnknownPlaceholder("first_name".into())),
            ("https://a.example/{client_id", TemplateError::StrayBrace),
            ("https://a.example/client_id}", TemplateError::StrayBrace),
            ("http://a.example/", TemplateError::Url(WebUrlError::NotHttps)),
        ] {
            assert_eq!(UrlTemplate::new(text).unwrap_err(), error, "{text}");
        }
    }

    #[test]
    fn values_are_percent_encoded() {
        let (template, _) = UrlTemplate::new("https://a.example/u/{external_ref}?r={external_ref}").unwrap();
        let filled = template.fill(|_| Some("a/b?c=ž ../")).unwrap();
        assert_eq!(
            filled.as_str(),
            "https://a.example/u/a%2Fb%3Fc%3D%C5%BE%20..%2F?r=a%2Fb%3Fc%3D%C5%BE%20..%2F"
        );
    }
}

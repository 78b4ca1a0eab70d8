//! A policy and one client's data become a request. Every problem is reported at once, before any network; the rules
//! are those of the check that waited for the client.

use jiff::Timestamp;
use kyc_core::{
    Country, CountryLock, EncodedSettings, ExternalRef, Personal, Redirect, RequestedDocuments, TokenRequest,
};

use crate::client::Client;
use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::digest::Digest;
use crate::policy::Policy;
use crate::rules::{Context, Waiting, run_daily};
use crate::sections::{CountryLockMode, DocumentScope, Sections};
use crate::settings::settings;
use crate::template::UrlTemplate;

/// A request that satisfies its policy: only the merge makes it, and nobody can change it but by giving a reference to
/// one that has none.
#[derive(Debug)]
pub struct Merged {
    request: TokenRequest,
    digest: Digest,
    warnings: Vec<Diagnostic>,
}

impl Merged {
    /// The request.
    pub const fn request(&self) -> &TokenRequest {
        &self.request
    }

    /// Digest of the policy that it satisfies.
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// Gives the request a reference of the service's own, if the client brought none. A reference is opaque to the
    /// vendor and to the verdict, and an address with one in it takes only what the client brought.
    #[must_use]
    pub fn or_reference(mut self, own: ExternalRef) -> Self {
        self.request.external_ref.get_or_insert(own);
        self
    }

    /// Things worth a look; nothing is refused.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The warnings alone, when the request has been sent.
    pub fn into_warnings(self) -> Vec<Diagnostic> {
        self.warnings
    }
}

/// Merges `policy` with `client` at the moment `now`.
///
/// # Errors
///
/// All problems of the client's data under this policy.
pub fn merge(policy: &Policy, client: Client, now: Timestamp) -> Result<Merged, Vec<Diagnostic>> {
    merge_with(policy, policy.waiting, client, now)
}

impl Policy {
    /// What is wrong with the policy on the day of `now`, whoever the client is. The merge refuses it too; here it is
    /// known before somebody asks for a token.
    pub(crate) fn due(&self, now: Timestamp) -> Vec<Diagnostic> {
        let mut findings = Findings::default();
        run_daily(&Context::day(self, now), &mut findings);
        findings.into_sorted()
    }
}

/// Merges by running `rules`.
fn merge_with(
    policy: &Policy,
    rules: Waiting,
    mut client: Client,
    now: Timestamp,
) -> Result<Merged, Vec<Diagnostic>> {
    let mut findings = std::mem::take(&mut client.problems);
    // A field that must go anyway need not be well formed.
    findings.retain(|problem| match problem.place() {
        Place::Client(field) => policy.takes(*field),
        _ => true,
    });
    rules.run(&Context::merge(policy, &client, now), &mut findings);
    if findings.has_errors() {
        return Err(findings.into_sorted());
    }
    match request(policy, client) {
        Some(request) => Ok(Merged { request, digest: policy.digest(), warnings: findings.into_sorted() }),
        // Every way here is refused by a rule above; an empty list would read as success.
        None => Err(unmergeable(findings)),
    }
}

fn unmergeable(mut findings: Findings) -> Vec<Diagnostic> {
    findings.push(crate::rules::client_value_invalid::found(
        crate::client::ClientField::ClientId,
        "cannot be merged with this policy",
        None,
    ));
    findings.into_sorted()
}

fn request(policy: &Policy, client: Client) -> Option<TokenRequest> {
    let sections = &policy.sections;
    let redirect = redirect(sections, &client)?;
    let country = client.document_country;
    let mut request = TokenRequest::new(EncodedSettings::new(&settings(sections)), client.client_id?);
    request.country = country_lock(sections, country);
    request.documents = documents(sections, country.map(|country| *country.expose()));
    request.redirect = redirect;
    request.locale = client.locale;
    request.step_data = client.step_data;
    request.person = client.person;
    request.external_ref = client.external_ref;
    Some(request)
}

/// The addresses that hold a value of the client; the others are part of the policy's settings.
fn redirect(sections: &Sections, client: &Client) -> Option<Redirect> {
    let fill = |template: &Option<UrlTemplate>| match template {
        Some(template) if template.fixed().is_none() => {
            template.fill(|field| client.placeholder(field)).map(Some).ok()
        }
        _ => Some(None),
    };
    Some(Redirect {
        success: fill(&sections.redirect.success)?,
        error: fill(&sections.redirect.error)?,
        unverified: fill(&sections.redirect.unverified)?,
    })
}

fn country_lock(sections: &Sections, country: Option<Personal<Country>>) -> Option<CountryLock> {
    let of_client = country.map(CountryLock::of_client);
    match sections.country_lock {
        CountryLockMode::Omit => None,
        _ if of_client.is_some() => of_client,
        CountryLockMode::Auto => sections.countries.effective().single().map(CountryLock::one),
        CountryLockMode::Array => CountryLock::array(sections.countries.effective()),
    }
}

/// The row of the country when it is known, else all rows together. `any` is left to the vendor.
fn documents(sections: &Sections, country: Option<Country>) -> Option<RequestedDocuments> {
    let documents = &sections.documents;
    let known = country.or_else(|| sections.countries.effective().single());
    let scope = known
        .and_then(|country| documents.row(country))
        .unwrap_or_else(|| documents.union(sections.countries));
    match scope {
        DocumentScope::Any => None,
        DocumentScope::Listed(set) => {
            let requested = RequestedDocuments::of(set)?;
            let tells_country = country.is_some() && !documents.rows.is_empty();
            Some(if tells_country { requested.of_client() } else { requested })
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::client::ClientInput;
    use crate::render::{Style, to_text};
    use crate::rules::Waiting;
    use crate::set::PolicySet;
    use crate::source::SourceMap;

    /// Policies that take much, little, and everything at once.
    const POLICIES: [&str; 4] = [
        "countries: any\ndocuments: any\n",
        "countries: [LT]\ndocuments: [PASSPORT]\nage: { min: 18, max: 60 }\n\
         client: { require: [name, date_of_birth, document_country] }\n",
        "countries: [EU]\ndocuments: any\neffective: { until: 2026-12-31 }\nnationality: { deny: [KP] }\n\
         client: { require: [external_ref], accept: [nationality, date_of_expiry, date_of_issue, locale] }\n\
         redirect: { success: \"https://a.example/{external_ref}\" }\n",
        "countries: any\ndocuments: any\nsteps: { ALL: { ALL: { BILL: { type: COMPARE } } } }\n\
         client: { accept: [step_data, name, date_of_birth] }\n",
    ];

    fn policy(index: usize) -> Policy {
        let text = format!("name: p\n{}", POLICIES[index]);
        let mut sources = SourceMap::default();
        let checked =
            crate::check_policy(&mut sources, "p.yaml", Some("p"), text.as_bytes(), &PolicySet::empty());
        checked.value.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
    }

    fn field() -> impl Strategy<Value = (&'static str, &'static str)> {
        prop::sample::select(vec![
            ("client_id", "user-1"),
            ("client_id", "user@example.com"),
            ("client_id", "ž"),
            ("external_ref", "order 7/8"),
            ("first_name", "John"),
            ("first_name", "J0hn"),
            ("last_name", "Doe"),
            ("date_of_birth", "1990-05-15"),
            ("date_of_birth", "2010-05-15"),
            ("date_of_birth", "2150-01-01"),
            ("nationality", "KP"),
            ("nationality", "LT"),
            ("document_country", "LT"),
            ("document_country", "US"),
            ("date_of_expiry", "2020-01-01"),
            ("date_of_issue", "2190-01-01"),
            ("locale", "lt"),
            ("step_data", "none"),
            ("no_such_field", "x"),
        ])
    }

    fn client(fields: &[(&str, &str)]) -> Client {
        let mut input = ClientInput::default();
        for (key, value) in fields {
            input.text(*key, *value);
        }
        Client::read(&input)
    }

    fn outcome(merged: Result<Merged, Vec<Diagnostic>>) -> Result<(Vec<u8>, String), String> {
        let render = |diagnostics: &[Diagnostic]| {
            let sources = SourceMap::default();
            diagnostics.iter().map(|d| to_text(&sources, d, Style::Plain)).collect::<Vec<_>>().join("\n")
        };
        merged
            .map(|merged| (merged.request.to_wire().to_vec(), render(&merged.warnings)))
            .map_err(|problems| render(&problems))
    }

    #[test]
    fn warnings_stay_when_the_request_has_gone() {
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let merged = merge(&policy(0), client(&[("client_id", "user@example.com")]), now).unwrap();
        let ids = |found: &[Diagnostic]| found.iter().map(|found| found.rule().id).collect::<Vec<_>>();
        assert_eq!(ids(merged.warnings()), ["client-id-is-email"]);
        assert_eq!(ids(&merged.into_warnings()), ["client-id-is-email"]);
    }

    #[test]
    fn a_reference_of_the_service_is_second_to_that_of_the_client() {
        let now: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        let merged = |fields: &[(&str, &str)]| {
            let merged = merge(&policy(2), client(fields), now).unwrap();
            merged.or_reference(ExternalRef::new("own").unwrap())
        };
        let given = merged(&[("client_id", "u-1"), ("external_ref", "theirs")]);
        assert_eq!(given.request().external_ref.as_ref().map(ExternalRef::expose), Some("theirs"));

        let bare = merge(&policy(0), client(&[("client_id", "u-1")]), now).unwrap();
        let without = String::from_utf8(bare.request().to_wire().to_vec()).unwrap();
        assert!(!without.contains("externalRef"), "{without}");
        let digest = bare.digest();
        let with = bare.or_reference(ExternalRef::new("own").unwrap());
        let body = String::from_utf8(with.request().to_wire().to_vec()).unwrap();
        assert_eq!(body.replace(r#","externalRef":"own""#, ""), without);
        assert_eq!(with.digest(), digest);
    }

    proptest! {
        #[test]
        fn the_rules_that_waited_decide_like_all_rules(
            index in 0..POLICIES.len(),
            fields in prop::collection::vec(field(), 0..8),
        ) {
            let policy = policy(index);
            let now: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
            let waited = outcome(merge(&policy, client(&fields), now));
            let all = outcome(merge_with(&policy, Waiting::ALL, client(&fields), now));
            prop_assert_eq!(waited, all);
        }
    }

    /// Types that every country has tell nothing of the client's; those of one country's row tell it.
    #[test]
    fn document_types_are_masked_where_they_tell_the_country_of_the_client() {
        for (documents, country, is_masked) in [
            ("{ any: [PASSPORT], LV: [ID_CARD] }", Some("LT"), true),
            ("{ any: [PASSPORT], LV: [ID_CARD] }", None, false),
            ("[PASSPORT]", Some("LT"), false),
            ("[PASSPORT]", None, false),
        ] {
            let text = format!(
                "name: p\ncountries: [LT, LV]\ndocuments: {documents}\nclient: {{ accept: [document_country] }}\n"
            );
            let set = PolicySet::empty();
            let checked =
                crate::check_policy(&mut SourceMap::default(), "p.yaml", Some("p"), text.as_bytes(), &set);
            let fields =
                [("client_id", "user-1")].into_iter().chain(country.map(|code| ("document_country", code)));
            let client = client(&fields.collect::<Vec<_>>());
            let merged =
                merge(&checked.value.unwrap(), client, "2026-11-23T12:00:00Z".parse().unwrap()).unwrap();
            let masked = merged.request().to_masked_wire();
            assert_eq!(!masked.contains("PASSPORT"), is_masked, "{documents} and {country:?}: {masked}");
        }
    }
}

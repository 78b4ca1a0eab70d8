//! Where people and results are sent.

use kyc_policy::{CountryLockMode, RedirectSection, Webhook};

use super::written;

/// Where the person is sent afterwards.
pub fn redirect(redirect: &RedirectSection) -> String {
    let all = [
        ("after success", &redirect.success),
        ("after failure", &redirect.error),
        ("while the result is open", &redirect.unverified),
    ];
    let stated = all
        .into_iter()
        .filter_map(|(when, url)| Some(format!("{when} to {}", written(url.as_ref()?.as_str()))));
    let stated: Vec<_> = stated.collect();
    if stated.is_empty() { "to no address of ours".to_owned() } else { stated.join("; ") }
}

/// Where the vendor sends results.
pub fn webhook(webhook: Option<&Webhook>) -> String {
    match webhook {
        None => "to the address that the vendor account has".to_owned(),
        Some(Webhook { url, unjudged: None }) => format!("to {}", written(url.as_str())),
        Some(Webhook { url, unjudged: Some(why) }) => {
            format!("to {}, past our verdict: {}", written(url.as_str()), written(why))
        }
    }
}

/// How the vendor is told the countries.
pub const fn country_lock(of: CountryLockMode) -> &'static str {
    match of {
        CountryLockMode::Auto => {
            "the vendor is told the country if there is one alone, or the client's; else it offers every country"
        }
        CountryLockMode::Array => "the vendor is told all countries of the policy, or the client's alone",
        CountryLockMode::Omit => "the vendor is told no country and offers every one",
    }
}

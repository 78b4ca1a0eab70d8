//! Parameters of an address: each known and given at most once, or the request is refused.

use axum::extract::Query as Pairs;
use http::Uri;
use kyc_policy::nearest;

use crate::engine::{Code, Problem, Violation};

/// The rule that a parameter breaks, as `violations` name it.
const RULE: &str = "query-invalid";

/// The parameters of an address.
#[derive(Debug)]
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    /// Reads the parameters of `uri`.
    ///
    /// # Errors
    ///
    /// Everything that is not one of `known`, or is given twice. What was given is not repeated.
    pub(super) fn read(uri: &Uri, known: &[&'static str]) -> Result<Self, Problem> {
        let Ok(Pairs(pairs)) = Pairs::<Vec<(String, String)>>::try_from_uri(uri) else {
            return Err(invalid([violation("the query is malformed", None)]));
        };
        let mut wrong = Vec::new();
        for (index, (name, _)) in pairs.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                wrong.push(unknown(name, known));
            } else if pairs.iter().take(index).any(|(earlier, _)| earlier == name) {
                wrong.push(violation(format!("`{name}` is given twice"), Some("give it once".to_owned())));
            }
        }
        if wrong.is_empty() { Ok(Self(pairs)) } else { Err(invalid(wrong)) }
    }

    /// The parameter of this name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The parameter of this name as `read` takes it; `takes` says in words what that is.
    pub(super) fn parsed<T>(
        &self,
        name: &'static str,
        takes: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(text) = self.get(name) else { return Ok(None) };
        match read(text) {
            Some(value) => Ok(Some(value)),
            None => Err(invalid([violation(format!("`{name}` is not {takes}"), None)])),
        }
    }

    /// The parameter of this name, which must be there.
    pub(super) fn required<T>(
        &self,
        name: &'static str,
        takes: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, Problem> {
        self.parsed(name, takes, read)?
            .ok_or_else(|| invalid([violation(format!("`{name}` is missing: give {takes}"), None)]))
    }
}

/// A name that is near no parameter may be a value that slipped: it is not repeated.
fn unknown(name: &str, known: &[&'static str]) -> Violation {
    let all = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match nearest(name, known.iter().copied()) {
        Some(near) => violation("a parameter does not exist", Some(format!("did you mean `{near}`?"))),
        None if known.is_empty() => {
            violation("a parameter does not exist", Some("this path takes none".to_owned()))
        }
        None => violation("a parameter does not exist", Some(format!("this path takes {all}"))),
    }
}

fn violation(message: impl Into<String>, help: Option<String>) -> Violation {
    Violation { pointer: String::new(), code: RULE, message: message.into(), help }
}

fn invalid(violations: impl IntoIterator<Item = Violation>) -> Problem {
    Problem::new(Code::QueryInvalid, "the parameters of the address are not those of this path")
        .with_violations(violations)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Query, Vec<String>> {
        let uri: Uri = format!("/x?{query}").parse().unwrap();
        Query::read(&uri, &["client_id", "limit"]).map_err(|problem| {
            assert_eq!(problem.code(), Code::QueryInvalid);
            let words =
                |one: &Violation| format!("{} ({})", one.message, one.help.clone().unwrap_or_default());
            problem.violations().iter().map(words).collect()
        })
    }

    #[test]
    fn parameters_are_known_and_given_once() {
        let query = read("client_id=a%20b&limit=3").unwrap();
        assert_eq!(query.get("client_id"), Some("a b"));
        assert_eq!(query.parsed("limit", "a number", |text| text.parse::<u8>().ok()).unwrap(), Some(3));
        assert!(read("").unwrap().required("limit", "a number", |_| Some(())).is_err());
        let expected = [
            "a parameter does not exist (did you mean `limit`?)",
            "a parameter does not exist (this path takes `client_id`, `limit`)",
            "`limit` is given twice (give it once)",
        ];
        assert_eq!(read("limt=1&limit=1&john@example.com=1&limit=2").unwrap_err(), expected);
    }

    #[test]
    fn a_wrong_value_is_not_repeated() {
        let problem =
            read("limit=secret").unwrap().required("limit", "a number", |text| text.parse::<u8>().ok());
        let problem = problem.unwrap_err();
        assert!(!format!("{problem:?}").contains("secret"), "{problem:?}");
        assert_eq!(problem.violations()[0].message, "`limit` is not a number");
    }
}

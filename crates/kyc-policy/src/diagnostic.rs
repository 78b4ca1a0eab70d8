//! Diagnostics are data: a rule, a place, facts and help. How they look is decided elsewhere.

use std::borrow::Cow;
use std::fmt;

use crate::client::ClientField;
use crate::lints::{Decision, Lints, Waived};
use crate::places::Places;
use crate::rule::{Kind, Rule, Severity};
use crate::source::{FileId, Loc};

/// Where a diagnostic points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A place in a source.
    At(Loc),
    /// A whole file.
    File(FileId),
    /// A key of the policy, such as `age.min`, when the policy no longer knows where it was written.
    Policy(Cow<'static, str>),
    /// A field of the client's data.
    Client(ClientField),
    /// A key of the client's data that is no field.
    ClientKey(String),
}

/// One mistake (or one thing worth a look).
#[derive(Clone, Debug)]
pub struct Diagnostic {
    rule: &'static Rule,
    severity: Severity,
    place: Place,
    message: String,
    label: Option<String>,
    help: Option<String>,
    related: Vec<Related>,
}

/// A further place that takes part in a mistake.
#[derive(Clone, Debug)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is there.
    pub message: String,
}

impl Diagnostic {
    /// A mistake of `rule` at `place`. The message is lower case, without a full stop and without a client's value.
    pub fn new(rule: &'static Rule, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.kind.severity(),
            place: place.into(),
            message: message.into(),
            label: None,
            help: None,
            related: Vec::new(),
        }
    }

    /// A few words at the place itself.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A further place that takes part.
    #[must_use]
    pub fn related(mut self, place: impl Into<Place>, message: impl Into<String>) -> Self {
        self.related.push(Related { place: place.into(), message: message.into() });
        self
    }

    /// The same finding of a lint, refused: the set says so at `place`.
    #[must_use]
    pub(crate) fn denied(mut self, place: Loc) -> Self {
        self.severity = Severity::Error;
        self.related(place, "denied by the set")
    }

    pub(crate) fn add_related(&mut self, place: impl Into<Place>, message: impl Into<String>) {
        self.related.push(Related { place: place.into(), message: message.into() });
    }

    /// The rule that was broken.
    pub const fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// How bad it is: what the rule says, unless the set denies a lint.
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// Where it points.
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// What is wrong: lower case, no full stop, and never a client's value.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// A few words at the place itself.
    pub fn label_text(&self) -> Option<&str> {
        self.label.as_deref()
    }

    /// What to do about it.
    pub fn help_text(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// Further places that take part.
    pub fn related_places(&self) -> &[Related] {
        &self.related
    }

    /// The same diagnostic without the further places that `is_left_out` names.
    #[must_use]
    pub fn without_related(mut self, is_left_out: impl Fn(&Place) -> bool) -> Self {
        self.related.retain(|related| !is_left_out(&related.place));
        self
    }

    /// The same diagnostic with every place of the policy found again by `find`.
    #[must_use]
    pub fn located(mut self, find: impl Fn(&str) -> Option<Loc>) -> Self {
        let locate = |place: &mut Place| {
            if let Place::Policy(key) = place
                && let Some(loc) = find(key)
            {
                *place = Place::At(loc);
            }
        };
        locate(&mut self.place);
        self.related.iter_mut().for_each(|related| locate(&mut related.place));
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.severity().as_str(), self.rule.id, self.message)
    }
}

impl From<Loc> for Place {
    fn from(loc: Loc) -> Self {
        Self::At(loc)
    }
}

impl From<FileId> for Place {
    fn from(file: FileId) -> Self {
        Self::File(file)
    }
}

impl From<ClientField> for Place {
    fn from(field: ClientField) -> Self {
        Self::Client(field)
    }
}

/// What was found so far. Everything is collected; nothing stops at the first mistake.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    kept: Vec<Diagnostic>,
    errors: usize,
    /// How many errors there were beyond those that are kept.
    dropped: usize,
    /// Findings of lints, until it is known what the set makes of them. All are kept so long: one that does not count
    /// must not take the place of one that does.
    lints: Vec<Diagnostic>,
}

/// How many errors, and how many warnings, of one document are kept: nobody reads more, and each costs time to show.
const MAX_FINDINGS: usize = 200;

impl Findings {
    /// Adds what was found, unless there is enough of it.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        match diagnostic.rule.kind {
            Kind::Error => self.push_error(|| diagnostic),
            Kind::Lint(_) => self.lints.push(diagnostic),
            Kind::Notice => self.push_warning(diagnostic),
        }
    }

    /// Adds the error that `find` makes, unless enough has been found: advice on a word takes time.
    pub(crate) fn push_error(&mut self, find: impl FnOnce() -> Diagnostic) {
        if self.errors < MAX_FINDINGS {
            self.kept.push(find());
            self.errors += 1;
        } else {
            self.dropped += 1;
        }
    }

    fn push_warning(&mut self, diagnostic: Diagnostic) {
        if self.kept.len() - self.errors < MAX_FINDINGS {
            self.kept.push(diagnostic);
        }
    }

    /// Adds what the set makes of each finding of a lint, and returns those that it waives. `file` is the name of the
    /// file without `.yaml`, and `places` are the places in it.
    pub(crate) fn settle(&mut self, lints: &Lints, file: &str, places: &Places) -> Vec<Waived> {
        let mut waived = Vec::new();
        for diagnostic in std::mem::take(&mut self.lints) {
            match lints.decide(diagnostic, file, places) {
                Decision::Allowed => {}
                Decision::Waived(excused) => waived.push(excused),
                Decision::Kept(kept) if kept.severity == Severity::Error => self.push_error(|| kept),
                Decision::Kept(kept) => self.push_warning(kept),
            }
        }
        waived
    }

    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&Diagnostic) -> bool) {
        self.lints.retain(&mut keep);
        self.kept.retain(keep);
        self.errors = self.kept.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).count();
    }

    /// The rule and place of each diagnostic.
    pub(crate) fn places(&self) -> Vec<(&'static str, Place)> {
        let all = self.kept.iter().chain(&self.lints);
        all.map(|diagnostic| (diagnostic.rule.id, diagnostic.place.clone())).collect()
    }

    pub(crate) fn for_each(&mut self, change: impl FnMut(&mut Diagnostic)) {
        self.kept.iter_mut().chain(&mut self.lints).for_each(change);
    }

    /// Whether something is refused.
    pub fn has_errors(&self) -> bool {
        self.errors > 0 || self.dropped > 0
    }

    /// The diagnostics, in the order of their places in the text. What no set has settled has the level of its rule.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        let _: Vec<Waived> = self.settle(&Lints::default(), "", &Places::default());
        let mut all = self.kept;
        all.sort_by_key(|diagnostic| match diagnostic.place {
            Place::File(_) => (0, 0),
            Place::At(loc) => (1, loc.index()),
            Place::Policy(_) => (2, 0),
            Place::Client(_) | Place::ClientKey(_) => (3, 0),
        });
        if let Some(last) = all.last().filter(|_| self.dropped > 0) {
            let place = last.place.clone();
            all.push(crate::rules::too_many_mistakes::found(place, self.dropped));
        }
        all
    }
}

/// Text from a file as a message may show it: short, and with nothing invisible.
pub(crate) fn shown(text: &str) -> String {
    const MAX: usize = 60;
    if text.len() <= MAX && text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
        return text.to_owned();
    }
    let mut shown: String = text
        .chars()
        .take(MAX)
        .flat_map(|c| if kyc_core::is_invisible(c) { c.escape_unicode().collect() } else { vec![c] })
        .collect();
    if text.chars().nth(MAX).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{client_field_missing, client_id_is_email};

    /// A finding about the client's id.
    fn about(rule: &'static Rule) -> Diagnostic {
        Diagnostic::new(rule, Place::Client(ClientField::ClientId), "something")
    }

    #[test]
    fn a_text_of_a_file_is_shown_short_and_with_nothing_invisible() {
        for (text, expected) in [
            ("two words", "two words".to_owned()),
            ("ž", "ž".to_owned()),
            ("a\tb\u{202e}", "a\\u{9}b\\u{202e}".to_owned()),
            (&"x".repeat(60), "x".repeat(60)),
            (&"x".repeat(61), "x".repeat(60) + "…"),
            (&"ž".repeat(60), "ž".repeat(60)),
            (&"ž".repeat(61), "ž".repeat(60) + "…"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn what_is_found_prints_with_its_severity_and_its_rule() {
        let mut sources = crate::source::SourceMap::default();
        let file = sources.add_file("p.yaml", "[]");
        let place = sources.add_span(file, 0..2);
        let found = crate::rules::wrong_type::found(place, "", "a map of keys to values", "a list");
        assert_eq!(found.to_string(), format!("error[wrong-type]: {}", found.message()));
        let mut findings = Findings::default();
        assert!(!findings.has_errors());
        findings.push(found);
        assert!(findings.has_errors());
    }

    #[test]
    fn as_many_warnings_as_errors_are_kept_and_only_errors_are_counted_on() {
        let mut findings = Findings::default();
        for _ in 0..150 {
            findings.push(about(&client_field_missing::RULE));
        }
        for _ in 0..=MAX_FINDINGS {
            findings.push(about(&client_id_is_email::RULE));
        }
        assert_eq!(findings.into_sorted().len(), 150 + MAX_FINDINGS);
    }

    #[test]
    fn mistakes_that_had_no_room_are_mistakes_whatever_becomes_of_the_others() {
        let mut findings = Findings::default();
        for _ in 0..=MAX_FINDINGS {
            findings.push(about(&client_field_missing::RULE));
        }
        findings.retain(|_| false);
        assert!(findings.has_errors());
    }

    #[test]
    fn further_places_can_be_left_out() {
        let (here, there) = (Place::Client(ClientField::Sex), Place::Client(ClientField::Address));
        let mut found = about(&client_field_missing::RULE);
        found.add_related(here.clone(), "here");
        found.add_related(there.clone(), "and there");
        let found = found.without_related(|place| *place == there);
        assert_eq!(found.related_places().iter().map(|related| &related.place).collect::<Vec<_>>(), [&here]);
    }
}

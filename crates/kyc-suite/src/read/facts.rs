//! The facts of a case.

use kyc_core::{Date, DocumentResult, DocumentType, FaceResult, SessionStatus, parse_iso_date};
use kyc_policy::tree::Node;
use kyc_policy::{AmlList, Applicant, Birth, Duration, Field, ResultTag, Tag, Validity, Whence, nearest};

use super::{File, one_or_more};
use crate::facts::{Fact, FactKey};
use crate::rules;

/// Facts in the order in which they were written.
#[derive(Default)]
pub(super) struct FactValues(Vec<Fact>);

impl FactValues {
    pub(super) fn apply(&self, applicant: &mut Applicant) {
        for fact in &self.0 {
            fact.apply(applicant);
        }
    }
}

impl File<'_, '_> {
    pub(super) fn facts(&mut self, node: &Node<'_>, key: &str) -> FactValues {
        let known = FactKey::ALL.iter().map(|key| key.as_str());
        let Some(section) = self.reader.keys(node, key, known) else { return FactValues::default() };
        if let (Some(age), Some(birth)) = (section.get("age"), section.get("birth")) {
            self.reader.report(rules::contradicts(
                birth.loc,
                age.loc,
                "`age` and `birth` both say how old the person is",
                "keep one of them",
            ));
        }
        let mut values = FactValues::default();
        for entry in section.iter() {
            if let Some(key) = FactKey::from_word(&entry.key) {
                values.0.extend(self.fact(key, &entry.value));
            }
        }
        values
    }

    /// One fact.
    pub(super) fn fact(&mut self, key: FactKey, node: &Node<'_>) -> Option<Fact> {
        let is_unknown = node.is_word("unknown");
        let name = key.as_str();
        Some(match key {
            FactKey::Country if is_unknown => Fact::Country(None),
            FactKey::Country => Fact::Country(Some(self.reader.country(node, name)?)),
            FactKey::Document if is_unknown => Fact::Document(None),
            FactKey::Document => Fact::Document(Some(self.document(node, name)?)),
            FactKey::Age | FactKey::Birth if is_unknown => Fact::Birth(None),
            FactKey::Age => Fact::Birth(Some(Birth::Age(self.age(node)?))),
            FactKey::Birth => Fact::Birth(Some(self.birth(node)?)),
            FactKey::Nationality if is_unknown => Fact::Nationality(Whence::Unknown),
            FactKey::Nationality => Fact::Nationality(Whence::Of(self.reader.country(node, name)?)),
            FactKey::IpCountry if is_unknown => Fact::IpCountry(Whence::Unknown),
            FactKey::IpCountry => Fact::IpCountry(Whence::Of(self.reader.country(node, name)?)),
            FactKey::Expires => Fact::Expires(self.expires(node)?),
            FactKey::Tags => Fact::Tags(self.several(node, name, Self::tag)),
            FactKey::Aml => Fact::Aml(self.several(node, name, Self::list)),
            FactKey::Status => Fact::Status(SessionStatus::from_word(&self.open(
                node,
                name,
                "a status of the vendor",
                SessionStatus::KNOWN,
            )?)),
            FactKey::DocumentResult => Fact::DocumentResult(DocumentResult::from_word(&self.open(
                node,
                name,
                "a document result of the vendor",
                DocumentResult::KNOWN,
            )?)),
            FactKey::FaceResult => Fact::FaceResult(FaceResult::from_word(&self.open(
                node,
                name,
                "a face result of the vendor",
                FaceResult::KNOWN,
            )?)),
            FactKey::Untraced => Fact::Untraced(self.several(node, name, Self::check)),
            FactKey::Final => Fact::Final(self.reader.flag(node, name)?),
            FactKey::Started => Fact::Started(self.moment(node, name)?),
            FactKey::Finished => Fact::Finished(self.moment(node, name)?),
        })
    }

    pub(super) fn document(&mut self, node: &Node<'_>, key: &str) -> Option<DocumentType> {
        let text = self.reader.scalar(node, key, "a document type")?;
        self.document_word(node, text)
    }

    pub(super) fn document_word(&mut self, node: &Node<'_>, word: &str) -> Option<DocumentType> {
        let found = DocumentType::from_word(word);
        if found.is_none() {
            let known = DocumentType::ALL.iter().map(|document| document.as_str());
            self.reader.unknown_word(node.loc, word, "a document type", known);
        }
        found
    }

    fn age(&mut self, node: &Node<'_>) -> Option<u32> {
        let age = self.reader.integer(node, "age")?;
        if age > 150 {
            self.reader.out_of_bounds(node, "age", "0 to 150");
            return None;
        }
        Some(age)
    }

    /// A day, a month or a year: some documents print no more.
    fn birth(&mut self, node: &Node<'_>) -> Option<Birth> {
        const WANTED: &str = "a day, month or year: `2008-05-16`, `2008-05` or `2008`";
        let text = self.reader.scalar(node, "birth", WANTED)?;
        let birth = partial(text);
        if birth.is_none() {
            self.reader.malformed(node, "birth", WANTED, text);
        }
        birth
    }

    fn expires(&mut self, node: &Node<'_>) -> Option<Validity> {
        const WANTED: &str = "a day, days that remain such as `29d`, `never` or `unknown`";
        let text = self.reader.scalar(node, "expires", WANTED)?;
        let days = Duration::parse(text)
            .filter(|duration| duration.seconds() % 86_400 == 0)
            .and_then(|duration| u32::try_from(duration.days()).ok());
        let validity = match (text, days) {
            ("never", _) => Some(Validity::Never),
            ("unknown", _) => Some(Validity::Unknown),
            (_, Some(days)) => Some(Validity::Days(days)),
            _ => parse_iso_date(text).ok().map(Validity::On),
        };
        if validity.is_none() {
            self.reader.malformed(node, "expires", WANTED, text);
        }
        validity
    }

    fn several<T>(
        &mut self,
        node: &Node<'_>,
        key: &str,
        read: impl Fn(&mut Self, &Node<'_>, &str) -> Option<T>,
    ) -> Vec<T> {
        one_or_more(node).iter().filter_map(|node| read(self, node, key)).collect()
    }

    fn tag(&mut self, node: &Node<'_>, key: &str) -> Option<ResultTag> {
        let words: Vec<&str> = Tag::ALL.iter().map(|tag| tag.as_str()).collect();
        self.open(node, key, "a tag of the vendor", &words).map(|word| ResultTag::from_word(&word))
    }

    fn list(&mut self, node: &Node<'_>, key: &str) -> Option<AmlList> {
        let text = self.reader.scalar(node, key, "a list")?;
        let found = AmlList::from_word(text);
        if found.is_none() {
            let known = AmlList::ALL.iter().map(|list| list.as_str());
            self.reader.unknown_word(node.loc, text, "a list against money laundering", known);
        }
        found
    }

    fn check(&mut self, node: &Node<'_>, key: &str) -> Option<kyc_core::Flag> {
        let text = self.reader.scalar(node, key, "a key such as `checks.liveness`")?;
        let found = Field::flags().find(|(key, _)| *key == text).map(|(_, flag)| flag);
        if found.is_none() {
            self.reader.unknown_word(node.loc, text, "a check", Field::flags().map(|(key, _)| key));
        }
        found
    }

    /// A word to which the vendor adds others: any is taken but one that looks like a slip of a known one.
    fn open(&mut self, node: &Node<'_>, key: &str, what: &str, known: &[&str]) -> Option<String> {
        let text = self.reader.scalar(node, key, what)?;
        if !known.contains(&text) && nearest(text, known.iter().copied()).is_some() {
            self.reader.unknown_word(node.loc, text, what, known.iter().copied());
            return None;
        }
        Some(text.to_owned())
    }
}

fn partial(text: &str) -> Option<Birth> {
    let number = |text: &str, digits: usize| {
        let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { text.parse::<i16>().ok() } else { None }
    };
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [year] => number(year, 4).map(Birth::Year),
        [year, month] => {
            let month = number(month, 2).and_then(|month| i8::try_from(month).ok())?;
            (1..=12).contains(&month).then_some(Birth::Month(number(year, 4)?, month))
        }
        _ => text.parse::<Date>().ok().map(Birth::Day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birth_is_a_day_a_month_or_a_year() {
        for (text, is_read) in [
            ("2008-05-16", true),
            ("2008-02-29", true),
            ("2008-05", true),
            ("2008", true),
            ("2009-02-29", false),
            ("2008-13", false),
            ("2008-5", false),
            ("208", false),
            ("", false),
            ("2008-05-16T00:00", false),
        ] {
            assert_eq!(partial(text).is_some(), is_read, "{text}");
        }
    }
}

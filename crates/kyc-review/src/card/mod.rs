//! A policy as a card: headed parts of statements, each with the key that it comes from.
//!
//! The card is data, for whatever shows it: text, Markdown, HTML, JSON, a service. Every text in it is free of line
//! breaks and invisible characters; what a policy's author wrote is otherwise as it was, for the one who shows it to
//! escape.

mod after;
mod checks;
mod client;
mod data;
mod glance;
mod governance;
mod map;
mod obstacles;
mod passes;
mod regions;
mod summary;

use std::borrow::Cow;

use jiff::civil;
use kyc_core::CountrySet;
use kyc_policy::Policy;
use serde::Serialize;

use crate::words::{Groups, written};

pub use map::{Place, Standing};
pub use regions::Region;

/// What a card is made with, beside the policy.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The groups by which sets of countries are described.
    pub groups: Groups,
    /// Countries that the folder denies to every policy.
    pub denied: CountrySet,
    /// The day, for what is overdue; without it nothing is.
    pub today: Option<civil::Date>,
    /// Whether the accepted countries are also listed one by one.
    pub expand: bool,
    /// The revision that the policy was read at, if it was read from one.
    pub revision: Option<Revision>,
}

/// A revision of a repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Revision {
    /// As it was named, such as `main`.
    pub name: String,
    /// The commit's id.
    pub commit: String,
}

/// A policy in plain words.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// The policy's name.
    pub name: String,
    /// What its author says of it in a sentence.
    pub description: Option<String>,
    /// The revision that it was read at.
    pub revision: Option<Revision>,
    /// The digest of all that it does.
    pub digest: String,
    /// The digest of the whole document.
    pub document_digest: String,
    /// The whole in a few sentences.
    pub summary: Vec<String>,
    /// The figures that people look for first.
    pub figures: Vec<Figure>,
    /// Its parts, in the order in which people ask.
    pub parts: Vec<Part>,
    /// Every country, and whether documents of it are accepted.
    pub countries: Vec<Place>,
}

/// A figure under its label.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// What it is a figure of.
    pub label: &'static str,
    /// A number, or a word or two.
    pub value: String,
}

/// A headed part of a card.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// A stable word for it, such as `review`.
    pub id: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// What the part is about, for somebody who reads it the first time.
    pub about: Option<&'static str>,
    /// What it holds, in order.
    pub blocks: Vec<Block>,
}

/// What a part holds.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// Statements.
    Facts(Vec<Fact>),
    /// Statements of one form.
    Table(Table),
}

/// One statement.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// What it is about, in a word or two; statements that are items of a list have none.
    pub label: Option<&'static str>,
    /// The statement: one or more sentences.
    pub text: String,
    /// What it consists of, where that is a list of phrases; it follows the text, if there is one.
    pub items: Vec<String>,
    /// What is good to know about it, in a sentence each.
    pub notes: Vec<String>,
    /// The key of the policy that it comes from.
    pub key: Option<Cow<'static, str>>,
    /// Whether somebody should do something about it, such as about a review date that has passed.
    pub is_alert: bool,
}

/// Statements of one form.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    /// What the table shows.
    pub caption: &'static str,
    /// The headings of its columns.
    pub columns: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// One text for each column; the first one names the row.
    pub cells: Vec<String>,
    /// The key of the policy that it comes from.
    pub key: Option<Cow<'static, str>>,
}

impl Card {
    /// The card of a policy.
    pub fn new(policy: &Policy, context: &Context) -> Self {
        let sections = policy.sections();
        Self {
            name: policy.name().to_owned(),
            description: sections.governance.description.as_deref().map(written),
            revision: context.revision.clone(),
            digest: policy.digest().to_string(),
            document_digest: policy.document_digest().to_string(),
            summary: summary::summary(sections, context),
            figures: glance::figures(sections),
            parts: vec![
                passes::part(sections, context),
                obstacles::review(sections, context),
                obstacles::refused(sections, context),
                checks::part(sections, context),
                client::part(sections),
                data::part(sections, context),
                after::part(sections),
                governance::part(policy, context),
            ],
            countries: map::places(sections, context),
        }
    }
}

impl Part {
    const fn new(id: &'static str, heading: &'static str) -> Self {
        Self { id, heading, about: None, blocks: Vec::new() }
    }

    const fn about(mut self, about: &'static str) -> Self {
        self.about = Some(about);
        self
    }

    /// With these statements, if there are any.
    fn facts(mut self, facts: Vec<Fact>) -> Self {
        if !facts.is_empty() {
            self.blocks.push(Block::Facts(facts));
        }
        self
    }

    /// With this table, if it has a row.
    fn table(mut self, table: Table) -> Self {
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
        self
    }
}

impl Fact {
    /// A statement under a label; `text` is a phrase or sentences.
    fn new(label: &'static str, key: &'static str, text: &str) -> Self {
        Self { label: Some(label), ..Self::item(Some(Cow::Borrowed(key)), text) }
    }

    /// A statement under a label that comes from several keys, or from none.
    fn keyless(label: &'static str, text: &str) -> Self {
        Self { label: Some(label), ..Self::item(None, text) }
    }

    /// A list of phrases under a label.
    fn list<T: Into<String>>(label: &'static str, items: impl IntoIterator<Item = T>) -> Self {
        Self { items: items.into_iter().map(Into::into).collect(), ..Self::keyless(label, "") }
    }

    /// An item of a list.
    fn item(key: Option<Cow<'static, str>>, text: &str) -> Self {
        Self { label: None, text: sentence(text), items: Vec::new(), notes: Vec::new(), key, is_alert: false }
    }

    /// A statement in its author's words.
    fn quoting(label: &'static str, key: &'static str, text: &str) -> Self {
        Self { text: written(text), ..Self::new(label, key, "") }
    }

    fn note(mut self, note: &str) -> Self {
        self.notes.push(sentence(note));
        self
    }
}

/// A phrase with a capital and a full stop.
pub(crate) fn sentence(phrase: &str) -> String {
    let mut rest = phrase.chars();
    let Some(first) = rest.next() else { return String::new() };
    let stop = if phrase.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{}{stop}", first.to_uppercase(), rest.as_str())
}

/// A phrase with a capital, as cells of tables have it.
fn cell(phrase: &str) -> String {
    let mut rest = phrase.chars();
    rest.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), rest.as_str()))
}

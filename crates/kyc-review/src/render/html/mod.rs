//! Cards and registers as one page of HTML each that needs nothing else: no script, no font, no request.

mod map;
mod page;
mod register;

use askama::Template;

use crate::card::{Block, Card, Fact, Part};
use map::RegionView;
pub(crate) use page::Shell;

pub use register::register_html;

/// The page of a card. Whoever wrote a policy cannot make it do anything: texts are escaped, nothing is executed, and the
/// page forbids itself every request and every style but its own.
///
/// # Errors
///
/// Never for a card: writing to a string does not fail.
pub fn to_html(card: &Card) -> Result<String, askama::Error> {
    let page = CardPage { shell: Shell::new(), card, regions: map::regions(card) }.render()?;
    Ok(page + "\n")
}

#[derive(Template)]
#[template(path = "card.html")]
struct CardPage<'c> {
    shell: Shell,
    card: &'c Card,
    regions: Vec<RegionView<'c>>,
}

impl CardPage<'_> {
    /// What stands under the name: who answers for the policy and until when.
    fn badges(&self) -> Vec<&Fact> {
        let facts = self.card.parts.iter().flat_map(|part| &part.blocks).filter_map(|block| match block {
            Block::Facts(facts) => Some(facts),
            Block::Table(_) => None,
        });
        let is_badge = |fact: &&Fact| {
            matches!(fact.key.as_deref(), Some("owner" | "risk_tier" | "review_by" | "extends"))
        };
        facts.flatten().filter(is_badge).collect()
    }

    fn legend(&self) -> Vec<(&'static str, &'static str)> {
        map::legend(self.card)
    }

    fn accepted(&self) -> usize {
        self.regions.iter().map(|region| region.accepted).sum()
    }
}

/// The commit as people quote it.
fn short(commit: &str) -> &str {
    commit.get(..12).unwrap_or(commit)
}

/// Whether the statements are items of one list rather than each under a label.
fn is_list(facts: &[Fact]) -> bool {
    facts.iter().all(|fact| fact.label.is_none())
}

/// A digest or an address: text that is broken anywhere.
fn is_code(fact: &Fact) -> bool {
    fact.text.len() == 64 && fact.text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether the part stands beside the next one where there is room.
fn opens_pair(part: &Part) -> bool {
    part.id == "review"
}

fn closes_pair(part: &Part) -> bool {
    part.id == "refused"
}

//! Lists of countries: the policy's own, and those that results are screened for.

use kyc_core::{Country, CountrySet};

use super::Lowering;
use super::reader::{Reader, Section};
use crate::rules::{any_not_here, unknown_country};
use crate::sections::{Countries, Screen};
use crate::set::PolicySet;
use crate::source::Loc;
use crate::tree::{Kind, Node};
use crate::written::{At, CountryEntry, CountryList};

const WANTED: &str = "a list of countries and groups, such as `[EEA, CH, -LI]`";

pub(super) fn lower(lowering: &mut Lowering<'_>, document: &Section<'_>) {
    if let Some(node) = document.get("countries") {
        countries(lowering, node);
    }
    lowering.sections.nationality = screen(
        lowering,
        document.get("nationality"),
        ["nationality", "nationality.deny", "nationality.review"],
    );
    lowering.sections.ip_country =
        screen(lowering, document.get("ip_country"), ["ip_country", "ip_country.deny", "ip_country.review"]);
    if let Some(node) = document.get("registry_countries") {
        let countries = list(lowering, node, "registry_countries");
        lowering.sections.special.change(|special| special.registry_countries = countries);
    }
}

fn countries(lowering: &mut Lowering<'_>, node: &Node<'_>) {
    let Some(list) = read_list(&mut lowering.reader, lowering.set, node, "countries", true) else { return };
    let deny = lowering.set.deny;
    lowering.sections.countries = if list.has_any() {
        Countries::AnyBut(list.union(true) | deny)
    } else {
        Countries::Listed(list.countries() - deny)
    };
    lowering.written.country_lists.push(list);
}

fn screen(
    lowering: &mut Lowering<'_>,
    node: Option<&Node<'_>>,
    [name, deny, review]: [&'static str; 3],
) -> Screen {
    let section = node.and_then(|node| lowering.reader.section(node, name));
    let mut read = |key: &'static str| {
        let (_, last) = key.split_once('.')?;
        let node = section.as_ref()?.get(last)?;
        Some(list(lowering, node, key))
    };
    Screen { deny: read(deny).unwrap_or_default(), review: read(review).unwrap_or_default() }
}

fn list(lowering: &mut Lowering<'_>, node: &Node<'_>, key: &'static str) -> CountrySet {
    let Some(list) = read_list(&mut lowering.reader, lowering.set, node, key, false) else {
        return CountrySet::EMPTY;
    };
    let countries = list.countries();
    lowering.written.country_lists.push(list);
    countries
}

/// Reads `[EEA, CH, -LI]`, `[any, -KP]`, or the single word `any`.
pub(super) fn read_list(
    reader: &mut Reader<'_>,
    set: &PolicySet,
    node: &Node<'_>,
    key: &str,
    takes_any: bool,
) -> Option<CountryList> {
    let nodes = match &node.kind {
        Kind::Scalar(scalar) if scalar.text == "any" => std::slice::from_ref(node),
        _ => reader.any_list(node, key, WANTED)?,
    };
    Some(read_entries(reader, set, nodes, node.loc, key, takes_any))
}

fn read_entries(
    reader: &mut Reader<'_>,
    set: &PolicySet,
    nodes: &[Node<'_>],
    loc: Loc,
    key: &str,
    takes_any: bool,
) -> CountryList {
    let mut list =
        CountryList { key: key.to_owned(), loc, entries: Vec::with_capacity(nodes.len()), is_partial: false };
    for node in nodes {
        match entry(reader, set, node, key, takes_any) {
            Some(value) => list.entries.push(At { value, loc: node.loc }),
            None => list.is_partial = true,
        }
    }
    list
}

fn entry(
    reader: &mut Reader<'_>,
    set: &PolicySet,
    node: &Node<'_>,
    key: &str,
    takes_any: bool,
) -> Option<CountryEntry> {
    let text = reader.scalar(node, key, "country codes and groups")?;
    let (excluded, word) = match text.strip_prefix('-') {
        Some(word) => (true, word),
        None => (false, text),
    };
    if word == "any" && !takes_any {
        reader.findings.push(any_not_here::found(node.loc, key));
        reader.places.add_broken(key);
        return None;
    }
    let countries = match word {
        "any" => Some(CountrySet::ALL),
        word => match word.parse::<Country>() {
            Ok(country) => Some(CountrySet::EMPTY.with(country)),
            Err(_) => set.group(word),
        },
    };
    if countries.is_none() {
        // A group that could not be read in the set has been reported there.
        let may_be_that_group = set.places.is_broken("groups") && word.len() > 2;
        if !may_be_that_group {
            let groups: Vec<&str> = set.group_names().collect();
            reader.findings.push_error(|| unknown_country::found(node.loc, word, &groups));
        }
        reader.places.add_broken(key);
    }
    Some(CountryEntry { word: word.to_owned(), excluded, countries: countries? })
}

impl Reader<'_> {
    /// The code of one country.
    pub fn country(&mut self, node: &Node<'_>, key: &str) -> Option<Country> {
        let text = self.scalar(node, key, "a country code")?;
        let country = text.parse().ok();
        if country.is_none() {
            self.findings.push_error(|| unknown_country::found(node.loc, text, &[]));
        }
        country
    }

    /// Countries as a policy's `countries` writes them: codes, groups of `set` and built-in ones, `any`, and `-X`.
    pub fn country_set(
        &mut self,
        nodes: &[Node<'_>],
        loc: Loc,
        key: &str,
        set: &PolicySet,
    ) -> Option<CountrySet> {
        let list = read_entries(self, set, nodes, loc, key, true);
        crate::rules::check_country_list(&list, self.findings);
        (!list.is_partial).then(|| list.countries())
    }
}

//! Who passes.

use kyc_core::{Country, CountrySet, TokenType};
use kyc_policy::{Countries, DocumentScope, Outcome, Screen, Sections};

use super::{Context, Fact, Part, Row, Table, cell};
use crate::words;

pub(super) fn part(sections: &Sections, context: &Context) -> Part {
    let mut facts = vec![countries(sections, context), documents(sections), age(sections)];
    if let Some(rationale) = sections.governance.special.minors.as_deref() {
        facts.push(Fact::quoting("Minors", "minors.rationale", rationale));
    }
    facts.push(Fact::new("Validity", "expiry", &validity(sections)));
    facts.push(nationality(sections, context));
    if sections.ip_country != Screen::NONE {
        let text =
            exceptions(sections.ip_country, sections.verdict.outside, "people who connect from", context);
        facts.push(Fact::new("Connection", "ip_country", &text));
    }
    facts.push(Fact::new("Face", "token.type", face(sections)));
    Part::new("passes", "Who passes")
        .about("All of this must hold, and nothing that is listed under review and refusal may.")
        .facts(facts)
        .table(by_country(sections, context))
}

fn countries(sections: &Sections, context: &Context) -> Fact {
    let text = words::countries(sections.countries, &context.groups);
    let mut fact = Fact::new("Countries", "countries", &text)
        .note("what counts is the country that issued the document, not where the person lives");
    for group in context.groups.used(described(sections.countries)) {
        if let Some(since) = group.since {
            let (name, count) = (group.name, group.count);
            fact = fact.note(&format!("{name} means its {count} members since {since}"));
        }
    }
    if context.expand {
        let mut all: Vec<Country> = sections.countries.effective().iter().collect();
        all.sort_unstable_by_key(|country| country.name());
        fact.items = all.into_iter().map(|country| format!("{} ({country})", country.name())).collect();
    }
    fact
}

/// The set that is described by groups rather than by names.
fn described(countries: Countries) -> CountrySet {
    match countries {
        Countries::Listed(set) if set.len() > words::FEW => set,
        Countries::Listed(_) => CountrySet::EMPTY,
        Countries::AnyBut(except) => except,
    }
}

fn documents(sections: &Sections) -> Fact {
    let fact = Fact::new("Documents", "documents", &words::documents(sections));
    if sections.documents.eid.is_empty() {
        return fact;
    }
    fact.note("electronic identities and wallets take the place of a document and its photo")
}

fn age(sections: &Sections) -> Fact {
    let fact = Fact::new("Age", "age", &words::age(sections.age));
    if sections.age.min().is_none() && sections.age.max().is_none() {
        return fact;
    }
    let days = words::timezone(&sections.timezone);
    fact.note(&format!("in whole years, on the day of verification; {days}"))
        .note("where a document shows no day of birth, the least favourable one counts")
}

fn validity(sections: &Sections) -> String {
    let days = sections.expiry.min_remaining_days;
    let valid = if days == 0 {
        "the document is valid on the day of verification".to_owned()
    } else {
        format!("the document is valid for at least {}", words::more_days(days))
    };
    format!("{valid}. A document without an expiry date is {}", words::outcome(sections.expiry.none))
}

fn nationality(sections: &Sections, context: &Context) -> Fact {
    if sections.nationality == Screen::NONE {
        return Fact::new("Nationality", "nationality", "any: nobody looks at it");
    }
    let text = exceptions(sections.nationality, sections.verdict.outside, "nationals of", context);
    Fact::new("Nationality", "nationality", &text)
}

/// Whoever is screened, with what becomes of them.
fn exceptions(screen: Screen, outside: Outcome, who: &str, context: &Context) -> String {
    let review =
        if outside == Outcome::Review { screen.deny | screen.review } else { screen.review - screen.deny };
    let deny = if outside == Outcome::Review { CountrySet::EMPTY } else { screen.deny };
    let those = [(deny, outside), (review, Outcome::Review)].into_iter().filter(|(set, _)| !set.is_empty());
    let those = those
        .map(|(set, to)| format!("{who} {} are {}", words::set(set, &context.groups), words::outcome(to)));
    format!("any, with exceptions: {}", those.collect::<Vec<_>>().join("; "))
}

const fn face(sections: &Sections) -> &'static str {
    match sections.token.token_type {
        TokenType::Identification => "the person takes a selfie, and it shows the person in the document",
        TokenType::Document => "no selfie is taken: the document is verified, and not who holds it",
    }
}

/// Documents by country, where that is not one list for all.
fn by_country(sections: &Sections, context: &Context) -> Table {
    let own = words::own_rows(sections);
    let row = |of: &str, scope: DocumentScope| Row {
        cells: vec![cell(of), cell(&words::scope(scope))],
        key: Some("documents".into()),
    };
    let has_others = !own.is_empty() && words::has_others(sections);
    let others = sections.documents.default.filter(|_| has_others);
    let mut rows: Vec<Row> =
        own.iter().map(|(of, scope)| row(&words::set(*of, &context.groups), *scope)).collect();
    rows.extend(others.map(|scope| row("every other accepted country", scope)));
    Table { caption: "Documents by issuing country", columns: vec!["Issued by", "Accepted"], rows }
}

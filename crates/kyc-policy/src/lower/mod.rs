//! From the neutral tree to what a policy says: shape mistakes are found here, and every word gets its meaning. Each
//! section has a file of its own. A part that cannot be understood is marked broken, so that no rule builds on it.

mod checks;
mod client;
pub(crate) mod countries;
mod documents;
mod governance;
mod limits;
mod lints;
pub(crate) mod reader;
mod session;
mod set;
mod steps;
mod vendor;
mod verdict;

use crate::diagnostic::Findings;
use crate::field::MANDATORY;
use crate::places::Places;
use crate::rules::missing_key;
use crate::sections::{Sections, Text};
use crate::set::PolicySet;
use crate::tree::Node;
use crate::written::Written;

pub(crate) use checks::NfcWord;
use reader::Reader;
pub(crate) use reader::{OTHER_WORDS, kept};
pub(crate) use set::lower_set;

/// A policy that was understood as far as it goes.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) sections: Sections,
    pub(crate) written: Written,
    pub(crate) places: Places,
}

/// What every section works on.
pub(crate) struct Lowering<'a> {
    reader: Reader<'a>,
    set: &'a PolicySet,
    sections: Sections,
    written: Written,
}

/// Lowers one policy document; `stem` is the name of its file without `.yaml`, if it comes from one.
pub(crate) fn lower_policy(
    tree: &Node<'_>,
    stem: Option<&str>,
    set: &PolicySet,
    findings: &mut Findings,
) -> Draft {
    lower(tree, stem, set, findings, true)
}

/// Lowers one document that is a part of a policy: nobody knows which keys it inherits.
pub(crate) fn lower_part(
    tree: &Node<'_>,
    stem: Option<&str>,
    set: &PolicySet,
    findings: &mut Findings,
) -> Draft {
    lower(tree, stem, set, findings, false)
}

fn lower(
    tree: &Node<'_>,
    stem: Option<&str>,
    set: &PolicySet,
    findings: &mut Findings,
    is_whole: bool,
) -> Draft {
    let mut lowering = Lowering {
        reader: Reader::new(findings),
        set,
        sections: Sections { timezone: Text::Owned(set.timezone.clone()), ..Sections::silent() },
        written: Written { file_stem: stem.map(str::to_owned), ..Written::default() },
    };
    lowering.reader.places.set_root(first_place(tree));
    let Some(document) = lowering.reader.section(tree, "") else {
        return lowering.finish();
    };
    for (key, _) in MANDATORY.into_iter().filter(|(key, _)| !key.contains('.')) {
        // A name is inherited from nobody.
        if (is_whole || key == "name") && !lowering.reader.places.is_stated(key) {
            let place = document.get("name").map_or(first_place(tree), |name| name.loc);
            lowering.reader.findings.push(missing_key::mandatory(place, key));
            lowering.reader.places.add_broken(key);
        }
    }
    governance::lower(&mut lowering, &document);
    countries::lower(&mut lowering, &document);
    documents::lower(&mut lowering, &document);
    limits::lower(&mut lowering, &document);
    session::lower(&mut lowering, &document);
    checks::lower(&mut lowering, &document);
    steps::lower(&mut lowering, &document);
    client::lower(&mut lowering, &document);
    verdict::lower(&mut lowering, &document);
    vendor::lower(&mut lowering, &document);
    lowering.finish()
}

impl Lowering<'_> {
    fn finish(self) -> Draft {
        Draft { sections: self.sections, written: self.written, places: self.reader.places }
    }
}

/// A short place at the beginning of a document: underlining all of it would help nobody.
fn first_place(tree: &Node<'_>) -> crate::source::Loc {
    match &tree.kind {
        crate::tree::Kind::Map(entries) => entries.first().map_or(tree.loc, |entry| entry.key_loc),
        _ => tree.loc,
    }
}

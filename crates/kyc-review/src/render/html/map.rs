//! Countries as tiles, by part of the world.

use kyc_core::DocumentType;

use crate::card::{Card, Place, Region, Standing};
use crate::words;

/// The countries of one part of the world.
pub(super) struct RegionView<'c> {
    pub(super) name: &'static str,
    pub(super) accepted: usize,
    pub(super) places: Vec<&'c Place>,
}

pub(super) fn regions(card: &Card) -> Vec<RegionView<'_>> {
    let of = |region: Region| card.countries.iter().filter(move |place| place.region == region);
    Region::ALL
        .into_iter()
        .map(|region| {
            let mut places: Vec<&Place> = of(region).collect();
            places.sort_unstable_by_key(|place| place.name);
            RegionView {
                name: region.name(),
                accepted: of(region).filter(|place| is_accepted(place)).count(),
                places,
            }
        })
        .collect()
}

impl RegionView<'_> {
    /// Whether its countries are shown from the start: where all are alike, their number says enough.
    pub(super) fn is_open(&self) -> bool {
        self.places.iter().any(|place| place.standing != Standing::NotAccepted)
    }
}

/// The kinds of tiles that occur, each with what it means.
pub(super) fn legend(card: &Card) -> Vec<(&'static str, &'static str)> {
    let all = [
        (Standing::Accepted, "accepted"),
        (Standing::OtherDocuments, "accepted, with documents of its own"),
        (Standing::NotAccepted, "not accepted"),
        (Standing::Denied, "denied by the folder to every policy"),
    ];
    let occurs = |standing: Standing| card.countries.iter().any(|place| place.standing == standing);
    all.into_iter()
        .filter(|(standing, _)| occurs(*standing))
        .map(|(standing, words)| (class(standing), words))
        .collect()
}

/// The class of a tile.
const fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Accepted => "yes",
        Standing::OtherDocuments => "other",
        Standing::NotAccepted => "no",
        Standing::Denied => "denied",
    }
}

fn is_accepted(place: &Place) -> bool {
    matches!(place.standing, Standing::Accepted | Standing::OtherDocuments)
}

impl Place {
    /// The class of its tile.
    pub(super) const fn class(&self) -> &'static str {
        class(self.standing)
    }

    /// Its standing in words.
    pub(super) fn standing_words(&self) -> String {
        let documents = self.documents.iter().filter_map(|word| DocumentType::from_word(word));
        let documents = words::join(documents.map(DocumentType::plural));
        match self.standing {
            Standing::Accepted => format!("accepted: {documents}"),
            Standing::OtherDocuments => format!("accepted, with documents of its own: {documents}"),
            Standing::NotAccepted => "not accepted".to_owned(),
            Standing::Denied => "denied by the folder to every policy".to_owned(),
        }
    }
}

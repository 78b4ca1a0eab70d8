//! Where countries are: the regions of the United Nations' standard M49, of which the Americas are two here.

use kyc_core::Country;
use serde::Serialize;

/// A part of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is what it is called")]
pub enum Region {
    Europe,
    Asia,
    Africa,
    NorthAmericaAndCaribbean,
    CentralAndSouthAmerica,
    Oceania,
    Antarctica,
}

impl Region {
    /// Every region, in the order of the map.
    pub const ALL: [Self; 7] = [
        Self::Europe,
        Self::Asia,
        Self::Africa,
        Self::NorthAmericaAndCaribbean,
        Self::CentralAndSouthAmerica,
        Self::Oceania,
        Self::Antarctica,
    ];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Europe => "Europe",
            Self::Asia => "Asia",
            Self::Africa => "Africa",
            Self::NorthAmericaAndCaribbean => "North America and the Caribbean",
            Self::CentralAndSouthAmerica => "Central and South America",
            Self::Oceania => "Oceania",
            Self::Antarctica => "Antarctica",
        }
    }

    /// The codes of its countries, sorted.
    const fn codes(self) -> &'static str {
        match self {
            Self::Europe => {
                "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD \
                 ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK"
            }
            Self::Asia => {
                "AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP \
                 OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE"
            }
            Self::Africa => {
                "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG ML MR MU \
                 MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW"
            }
            Self::NorthAmericaAndCaribbean => {
                "AG AI AW BB BL BM BQ BS CA CU CW DM DO GD GL GP HT JM KN KY LC MF MQ MS PM PR SX TC TT US VC VG VI"
            }
            Self::CentralAndSouthAmerica => {
                "AR BO BR BV BZ CL CO CR EC FK GF GS GT GY HN MX NI PA PE PY SR SV UY VE"
            }
            Self::Oceania => {
                "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS"
            }
            Self::Antarctica => "AQ",
        }
    }
}

/// Where the country is.
pub(super) fn region(country: Country) -> Region {
    let holds = |region: &Region| region.codes().split_ascii_whitespace().any(|code| code == country.code());
    Region::ALL.into_iter().find(holds).unwrap_or(Region::Antarctica)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_is_in_one_region() {
        let holds = |region: &Region, country: Country| {
            region.codes().split_ascii_whitespace().any(|code| code == country.code())
        };
        for country in Country::all() {
            let regions = Region::ALL.iter().filter(|region| holds(region, country)).count();
            assert_eq!(regions, 1, "{country}");
        }
        let all = Region::ALL.iter().map(|region| region.codes().split_ascii_whitespace().count());
        assert_eq!(all.sum::<usize>(), Country::COUNT);
    }
}

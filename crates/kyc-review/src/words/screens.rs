//! Nationalities, and countries of the internet address.

use kyc_policy::Screen;

use super::Groups;

/// Which nationalities are outside, and which a person looks at.
pub fn nationality(screen: Screen, groups: &Groups) -> String {
    screened(screen, groups, "any nationality", "nationals of")
}

/// From which countries nobody may be connected, and at which a person looks.
pub fn ip_country(screen: Screen, groups: &Groups) -> String {
    screened(screen, groups, "connected from anywhere", "connections from")
}

fn screened(screen: Screen, groups: &Groups, anybody: &str, who: &str) -> String {
    let of = |set| super::set(set, groups);
    match (screen.deny.is_empty(), screen.review.is_empty()) {
        (true, true) => anybody.to_owned(),
        (false, true) => format!("{who} {} are outside the policy", of(screen.deny)),
        (true, false) => format!("{who} {} are reviewed", of(screen.review)),
        (false, false) => {
            format!(
                "{who} {} are outside the policy; {who} {} are reviewed",
                of(screen.deny),
                of(screen.review)
            )
        }
    }
}

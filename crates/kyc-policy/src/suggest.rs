//! "Did you mean": the nearest known word.

/// The known word nearest to `word`, if it is near enough to be what was meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Nothing longer than this is a word, and comparing hostile megabytes would cost.
    const LONGEST: usize = 64;
    if word.chars().count() > LONGEST {
        return None;
    }
    let lower = word.to_lowercase().replace('-', "_");
    known
        .into_iter()
        .map(|candidate| {
            let folded = candidate.to_lowercase().replace('-', "_");
            (strsim::damerau_levenshtein(&lower, &folded), candidate)
        })
        .filter(|(distance, candidate)| {
            *distance <= 1.max(candidate.chars().count().min(lower.chars().count()) / 3)
        })
        .min_by_key(|(distance, candidate)| (*distance, candidate.len()))
        .map(|(_, candidate)| candidate)
}

/// The help line for an unknown word: the nearest one, and all of them while they are few (very few beside a near one).
pub(crate) fn did_you_mean<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<String> {
    const FEW: usize = 16;
    const VERY_FEW: usize = 8;
    let all: Vec<&str> = known.clone().into_iter().collect();
    let near = nearest(word, known);
    let few = if near.is_some() { VERY_FEW } else { FEW };
    let list = (!all.is_empty() && all.len() <= few).then(|| {
        format!("known here: {}", all.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", "))
    });
    match (near, list) {
        (Some(near), Some(list)) => Some(format!("did you mean `{near}`? ({list})")),
        (Some(near), None) => Some(format!("did you mean `{near}`?")),
        (None, list) => list,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let known = ["countries", "documents", "country_lock", "age"];
        assert_eq!(nearest("contries", known), Some("countries"));
        assert_eq!(nearest("country-lock", known), Some("country_lock"));
        assert_eq!(nearest("Age", known), Some("age"));
        assert_eq!(nearest("webhook", known), None);
        assert_eq!(nearest(&"a".repeat(1_000_000), known), None);
        let longest = "a".repeat(64);
        assert_eq!(nearest(&longest, [&*longest]), Some(&*longest));
        assert_eq!(nearest(&"a".repeat(65), [&*longest]), None);
        assert_eq!(nearest(&"a".repeat(66), [&*longest]), None);
    }
}

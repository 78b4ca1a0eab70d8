//! The order of keys. A comment on a line of its own speaks of what stands below it, up to the next such comment or blank
//! line: such a stretch moves as a whole and keeps its own order.

use super::layout::{Item, Lead};

/// Items that stand together, between blank lines.
#[derive(Debug, Default)]
pub(super) struct Paragraph<'t> {
    /// Comments above it that a blank line parts from its first item.
    pub(super) above: Vec<Lead<'t>>,
    pub(super) items: Vec<Item<'t>>,
}

/// The items in their order; without `keys`, in that of the author.
pub(super) fn paragraphs<'t>(items: Vec<Item<'t>>, keys: Option<&[&str]>) -> Vec<Paragraph<'t>> {
    let mut paragraphs: Vec<Paragraph<'t>> = Vec::new();
    for mut item in items {
        let blank = item.lead.iter().rposition(|lead| *lead == Lead::Blank);
        if let (None, Some(last)) = (blank, paragraphs.last_mut()) {
            last.items.push(item);
            continue;
        }
        let above = item.lead.drain(..blank.map_or(0, |blank| blank + 1));
        let above = above.skip_while(|lead| *lead == Lead::Blank).collect();
        paragraphs.push(Paragraph { above, items: vec![item] });
    }
    let Some(keys) = keys else { return paragraphs };
    for paragraph in &mut paragraphs {
        paragraph.items = sorted(std::mem::take(&mut paragraph.items), keys);
    }
    paragraphs.sort_by_key(|paragraph| first_rank(&paragraph.items, keys));
    paragraphs
}

/// The items of a paragraph: those before the first comment sorted, the stretches under comments by their first key.
fn sorted<'t>(items: Vec<Item<'t>>, keys: &[&str]) -> Vec<Item<'t>> {
    let mut stretches: Vec<Vec<Item<'t>>> = Vec::new();
    let mut before = Vec::new();
    for item in items {
        match stretches.last_mut() {
            _ if !item.lead.is_empty() => stretches.push(vec![item]),
            Some(last) => last.push(item),
            None => before.push(item),
        }
    }
    before.sort_by_key(|item| rank(item, keys));
    stretches.sort_by_key(|stretch| first_rank(stretch, keys));
    before.extend(stretches.into_iter().flatten());
    before
}

fn first_rank(items: &[Item<'_>], keys: &[&str]) -> usize {
    items.first().map_or(usize::MAX, |item| rank(item, keys))
}

/// Where the key of `item` stands among `keys`; unknown ones stand behind them.
fn rank(item: &Item<'_>, keys: &[&str]) -> usize {
    let key = item.key.as_deref().unwrap_or_default();
    keys.iter().position(|known| *known == key).unwrap_or(usize::MAX)
}

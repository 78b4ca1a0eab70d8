//! Cards as text, Markdown, HTML and JSON; registers as CSV, HTML and JSON.

mod csv;
pub(crate) mod html;
mod json;
mod markdown;
mod text;

pub use csv::register_csv;
pub use html::{register_html, to_html};
pub use json::{register_json, to_json};
pub use markdown::to_markdown;
pub use text::{TextOptions, to_text};

use crate::card::Fact;

/// The statement with what it consists of, as running text. Commas stand inside the items.
fn flowing(fact: &Fact) -> String {
    if fact.items.is_empty() {
        return fact.text.clone();
    }
    let items = crate::card::sentence(&fact.items.join("; "));
    if fact.text.is_empty() { items } else { format!("{} {items}", fact.text) }
}

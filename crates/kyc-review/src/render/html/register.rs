//! A register as a page.

use askama::Template;

use super::page::Shell;
use crate::register::{Register, Registered};

/// The page of a register; see [`super::to_html`] for what it cannot do.
///
/// # Errors
///
/// Never for a register: writing to a string does not fail.
pub fn register_html(register: &Register) -> Result<String, askama::Error> {
    let page = RegisterPage { shell: Shell::new(), register }.render()?;
    Ok(page + "\n")
}

#[derive(Template)]
#[template(path = "register.html")]
struct RegisterPage<'r> {
    shell: Shell,
    register: &'r Register,
}

impl Registered {
    /// A digest as people compare it.
    fn short_digest(&self) -> &str {
        self.digest.as_deref().and_then(|digest| digest.get(..12)).unwrap_or_default()
    }
}

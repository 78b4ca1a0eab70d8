//! A panic is a mistake of the program. Where it happened is told, and not its message, which may repeat a value.

use std::panic;

use tracing::error;

/// Has panics told in the log from now on, by their place alone.
pub fn tell_panics() {
    panic::set_hook(Box::new(|panicked| {
        let place = panicked.location().map(ToString::to_string).unwrap_or_default();
        error!(
            place,
            "the program has a mistake: a panic; its message is left out, since it may hold personal values"
        );
    }));
}

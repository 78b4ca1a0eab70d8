//! Hints of the system that something in a folder may have changed. They may be missed and may come for nothing: whoever
//! gets one looks.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::Notify;
use tracing::warn;

/// Watches a folder, whatever its links point to at the moment.
pub(super) struct Events {
    folder: PathBuf,
    hint: Arc<Notify>,
    watching: Option<(PathBuf, RecommendedWatcher)>,
}

impl Events {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), hint: Arc::new(Notify::new()), watching: None }
    }

    /// Waits for a hint. One that came before is not lost.
    pub(super) async fn hint(&self) {
        self.hint.notified().await;
    }

    /// Sees that the folder that the path leads to now is watched: a link may lead elsewhere than before.
    pub(super) fn follow(&mut self) {
        let Ok(real) = self.folder.canonicalize() else {
            self.watching = None;
            return;
        };
        if self.watching.as_ref().is_some_and(|(watched, _)| *watched == real) {
            return;
        }
        match self.watch(&real) {
            Ok(watcher) => self.watching = Some((real, watcher)),
            Err(error) => {
                // Without hints the folder is looked at by the clock.
                warn!(%error, "the folder of policies cannot be watched; it is looked at now and then");
                self.watching = None;
            }
        }
    }

    fn watch(&self, real: &Path) -> notify::Result<RecommendedWatcher> {
        let hint = Arc::clone(&self.hint);
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| may_change(event.kind)) {
                hint.notify_one();
            }
        })?;
        watcher.watch(real, RecursiveMode::NonRecursive)?;
        // A link to the folder lies in the folder above, and so does its own name.
        if let Some(above) = self.folder.parent().filter(|above| *above != real) {
            let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
            // Where that may not be watched, the clock is what notices.
            let _ = watcher.watch(above, RecursiveMode::NonRecursive);
        }
        Ok(watcher)
    }
}

/// Reading is no change, and reading is what we do.
fn may_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

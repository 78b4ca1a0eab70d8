//! Hints of the system that something in a folder may have changed. They may be missed and may come for nothing: whoever
//! gets one looks.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::Notify;
use tracing::warn;

/// Watches a folder, whatever its links point to at the moment, and the place where it would be while it is gone.
pub(super) struct Events {
    folder: PathBuf,
    hint: Arc<Notify>,
    watching: Option<Watching>,
}

struct Watching {
    at: At,
    /// Another folder may be at the path by now, even if it has the same name.
    is_replaced: Arc<AtomicBool>,
    _watcher: RecommendedWatcher,
}

/// What there is to be watched.
#[derive(Clone, PartialEq, Eq)]
struct At {
    /// Where the path leads; `None` while there is no folder.
    real: Option<PathBuf>,
    /// The folder above, in which a link to the folder lies, and its own name; while that is gone too, one further up.
    above: Option<PathBuf>,
}

impl At {
    fn of(folder: &Path) -> Self {
        let above = folder.ancestors().skip(1).map(|above| {
            let is_here = above.as_os_str().is_empty();
            if is_here { Path::new(".") } else { above }
        });
        let above = above.map(Path::to_owned).find(|above| above.is_dir());
        Self { real: folder.canonicalize().ok(), above }
    }
}

impl Events {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), hint: Arc::new(Notify::new()), watching: None }
    }

    /// Waits for a hint. One that came before is not lost.
    pub(super) async fn hint(&self) {
        self.hint.notified().await;
    }

    /// Sees that the folder that the path leads to now is watched: a link may lead elsewhere than before, and a folder may
    /// have been made anew.
    pub(super) fn follow(&mut self) {
        let at = At::of(&self.folder);
        if self.watching.as_ref().is_some_and(|watching| watching.is_of(&at)) {
            return;
        }
        // The old one ends first, so that nothing is watched twice.
        self.watching = None;
        match self.watch(at) {
            Ok(watching) => {
                self.watching = Some(watching);
                // What happened before the watch began came without a hint.
                self.hint.notify_one();
            }
            // Without hints the folder is looked at by the clock.
            Err(error) => {
                warn!(%error, "the folder of policies cannot be watched; it is looked at now and then");
            }
        }
    }

    fn watch(&self, at: At) -> notify::Result<Watching> {
        let hint = Arc::clone(&self.hint);
        let is_replaced = Arc::new(AtomicBool::new(false));
        let (replaced, folder, real) = (Arc::clone(&is_replaced), self.folder.clone(), at.real.clone());
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let Ok(event) = event else { return };
            if is_about(&event, &folder, real.as_deref()) {
                replaced.store(true, Ordering::Release);
            }
            if may_change(event.kind) {
                hint.notify_one();
            }
        })?;
        if let Some(real) = &at.real {
            watcher.watch(real, RecursiveMode::NonRecursive)?;
        }
        if let Some(above) = at.above.as_ref().filter(|above| Some(*above) != at.real.as_ref()) {
            // Where that may not be watched, the clock is what notices.
            let _ = watcher.watch(above, RecursiveMode::NonRecursive);
        }
        Ok(Watching { at, is_replaced, _watcher: watcher })
    }
}

impl Watching {
    /// Whether what is there now is what is watched.
    fn is_of(&self, at: &At) -> bool {
        self.at == *at && !self.is_replaced.load(Ordering::Acquire)
    }
}

/// Whether the folder itself came, went or was renamed, and not only something in it.
fn is_about(event: &Event, folder: &Path, real: Option<&Path>) -> bool {
    let is_itself = |path: &PathBuf| {
        Some(path.as_path()) == real
            || (folder.file_name().is_some() && path.file_name() == folder.file_name())
    };
    let comes_or_goes = matches!(
        event.kind,
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
    );
    comes_or_goes && event.paths.iter().any(is_itself)
}

/// Reading is no change, and reading is what we do.
fn may_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

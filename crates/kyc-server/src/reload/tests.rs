//! Folders as they change under a running service.

use std::fs;
use std::path::{Path, PathBuf};

use kyc_client::Client;
use kyc_core::{ApiKey, ApiSecret};
use kyc_ledger::Environment;
use tempfile::TempDir;
use tokio::time::timeout;

use super::*;
use crate::engine::{Account, PolicyGlob};

const BROKEN: &str = "name: shop\ncountries: [LT, XX]\ndocuments: [PASPORT]\n";

fn policy(name: &str, age: u32) -> String {
    format!(
        "name: {name}\ndescription: Customers.\ncountries: [LT]\ndocuments: [PASSPORT]\nage: {{ min: {age} }}\n\
         client: {{ require: [name] }}\n"
    )
}

fn accounts(glob: &str) -> Accounts {
    let client = Client::builder(ApiKey::new("k").unwrap(), ApiSecret::new("s").unwrap());
    let account = Account {
        name: "main".to_owned(),
        environment: Environment::Development,
        client: client.build().unwrap(),
        policies: [PolicyGlob::new(glob).unwrap()].into_iter().collect(),
        rate_per_hour: 1,
    };
    Accounts::new([account]).unwrap()
}

struct Served {
    folder: TempDir,
}

impl Served {
    fn new() -> Self {
        let served = Self { folder: TempDir::new().unwrap() };
        served.write("shop.yaml", &policy("shop", 18));
        served
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, text: &str) {
        // As editors and deployments do: a file appears whole.
        let hidden = self.path().join(format!(".{name}.new"));
        fs::write(&hidden, text).unwrap();
        fs::rename(hidden, self.path().join(name)).unwrap();
    }

    fn begin(&self) -> Reload {
        Reload::begin(self.path(), &accounts("*")).unwrap().0
    }
}

#[tokio::test]
async fn a_new_set_is_put_in_force_and_one_with_mistakes_is_not() {
    let served = Served::new();
    let mut reload = served.begin();
    assert!(reload.look(false).await.is_none(), "nothing has changed");
    served.write("bar.yaml", &policy("bar", 21));
    assert!(matches!(reload.look(false).await, Some(News::Replaced(set)) if set.registry().len() == 2));
    served.write("bar.yaml", BROKEN);
    assert!(matches!(reload.look(false).await, Some(News::Refused { mistakes: 3, .. })));
    assert!(reload.look(false).await.is_none(), "it is told once");
    assert!(matches!(reload.look(true).await, Some(News::Refused { .. })), "and whenever somebody asks");
    // Back to what is in force: nothing is swapped, and nothing is wrong any more.
    served.write("bar.yaml", &policy("bar", 21));
    assert!(matches!(reload.look(false).await, Some(News::Unchanged)));
    fs::remove_file(served.path().join("bar.yaml")).unwrap();
    assert!(matches!(reload.look(false).await, Some(News::Replaced(set)) if set.registry().len() == 1));
}

#[tokio::test]
async fn a_comment_changes_the_files_and_no_policy() {
    let served = Served::new();
    let mut reload = served.begin();
    served.write("shop.yaml", &format!("# For the shop.\n{}", policy("shop", 18)));
    assert!(matches!(reload.look(false).await, Some(News::Unchanged)));
}

#[tokio::test]
async fn a_folder_that_goes_away_or_is_emptied_takes_nothing_with_it() {
    let served = Served::new();
    let mut reload = served.begin();
    fs::remove_file(served.path().join("shop.yaml")).unwrap();
    assert!(matches!(reload.look(false).await, Some(News::Refused { mistakes: 0, .. })));
    fs::remove_dir(served.path()).unwrap();
    assert!(matches!(reload.look(false).await, Some(News::Refused { mistakes: 0, .. })));
    assert!(reload.look(false).await.is_none(), "it is told once");
    fs::create_dir(served.path()).unwrap();
    served.write("shop.yaml", &policy("shop", 19));
    assert!(matches!(reload.look(false).await, Some(News::Replaced(_))));
}

#[tokio::test]
async fn a_policy_that_no_account_pays_for_is_refused() {
    let served = Served::new();
    let (mut reload, _) = Reload::begin(served.path(), &accounts("shop*")).unwrap();
    served.write("shop-2.yaml", &policy("shop-2", 18));
    assert!(matches!(reload.look(false).await, Some(News::Replaced(_))));
    served.write("bar.yaml", &policy("bar", 18));
    assert!(matches!(reload.look(false).await, Some(News::Refused { mistakes: 1, .. })));
}

/// As Kubernetes mounts a `ConfigMap`: files are links through `..data`, which is swapped by renaming.
#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;
    use std::sync::Arc;
    use std::sync::Mutex;

    use super::*;

    fn version(root: &Path, name: &str, age: u32) -> PathBuf {
        let folder = root.join(name);
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("shop.yaml"), policy("shop", age)).unwrap();
        folder
    }

    fn swap(root: &Path, link: &str, to: &str) {
        symlink(to, root.join("next")).unwrap();
        fs::rename(root.join("next"), root.join(link)).unwrap();
    }

    /// The news of a reload that runs by itself, until there is some.
    async fn news(
        reload: Reload,
        change: impl Fn(),
        is_meant: impl Fn(&News) -> bool + Send + Sync + 'static,
    ) {
        let told = Arc::new(tokio::sync::Notify::new());
        let (tell, seen) = (Arc::clone(&told), Arc::new(Mutex::new(Vec::new())));
        let kept = Arc::clone(&seen);
        let task = tokio::spawn(reload.run(move |news| {
            kept.lock().unwrap().push(format!("{news:?}"));
            if is_meant(&news) {
                tell.notify_one();
            }
        }));
        tokio::task::yield_now().await;
        change();
        let came = timeout(Duration::from_secs(25), told.notified()).await;
        task.abort();
        assert!(came.is_ok(), "the change was not noticed: {:?}", seen.lock().unwrap());
    }

    #[tokio::test]
    async fn a_config_map_is_swapped() {
        let root = TempDir::new().unwrap();
        version(root.path(), "..v1", 18);
        version(root.path(), "..v2", 21);
        swap(root.path(), "..data", "..v1");
        symlink("..data/shop.yaml", root.path().join("shop.yaml")).unwrap();
        let (reload, _) = Reload::begin(root.path(), &accounts("*")).unwrap();
        news(reload, || swap(root.path(), "..data", "..v2"), |news| matches!(news, News::Replaced(_))).await;
    }

    #[tokio::test]
    async fn a_folder_that_is_a_link_is_followed_to_where_it_leads() {
        let root = TempDir::new().unwrap();
        version(root.path(), "v1", 18);
        version(root.path(), "v2", 21);
        swap(root.path(), "policies", "v1");
        let (reload, _) = Reload::begin(&root.path().join("policies"), &accounts("*")).unwrap();
        news(reload, || swap(root.path(), "policies", "v2"), |news| matches!(news, News::Replaced(_))).await;
    }

    /// Long before the folder is looked at by the clock.
    #[tokio::test]
    async fn a_folder_that_goes_and_comes_back_is_noticed() {
        for (gone, empty) in [(0, 0), (1_500, 700)] {
            let root = TempDir::new().unwrap();
            let path = root.path().join("above/policies");
            fs::create_dir(path.parent().unwrap()).unwrap();
            version(path.parent().unwrap(), "policies", 18);
            let (reload, _) = Reload::begin(&path, &accounts("*")).unwrap();
            let change = || {
                let path = path.clone();
                std::thread::spawn(move || {
                    fs::remove_dir_all(path.parent().unwrap()).unwrap();
                    std::thread::sleep(Duration::from_millis(gone));
                    fs::create_dir(path.parent().unwrap()).unwrap();
                    fs::create_dir(&path).unwrap();
                    std::thread::sleep(Duration::from_millis(empty));
                    fs::write(path.join("shop.yaml"), policy("shop", 21)).unwrap();
                });
            };
            news(reload, change, |news| matches!(news, News::Replaced(_))).await;
        }
    }

    #[tokio::test]
    async fn a_file_that_is_written_slowly_is_read_when_it_is_whole() {
        let served = Served::new();
        let reload = served.begin();
        let whole = policy("bar", 21);
        let path = served.path().join("bar.yaml");
        let write = || {
            let (path, whole) = (path.clone(), whole.clone());
            std::thread::spawn(move || {
                for end in (0..whole.len()).step_by(20).chain([whole.len()]) {
                    fs::write(&path, whole.get(..end).unwrap()).unwrap();
                    std::thread::sleep(Duration::from_millis(30));
                }
            });
        };
        news(reload, write, |news| matches!(news, News::Replaced(set) if set.registry().len() == 2)).await;
    }
}

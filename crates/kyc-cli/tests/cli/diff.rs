//! `kyc diff`: folders, files and revisions, and what fails.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::support::{BROKEN, Policies, Run, SHOP, run};

/// A repository with the policies of a folder on `main`.
struct Repository(Policies);

impl Repository {
    fn new(files: &[(&str, &str)]) -> Self {
        let repository = Self(Policies::new(&[]));
        fs::create_dir(repository.0.path("policies")).unwrap();
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        for (name, text) in files {
            repository.write(name, text);
        }
        repository.commit();
        repository
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path("policies").join(name), text).unwrap();
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message=x"]);
    }

    fn git(&self, arguments: &[&str]) {
        let status = Command::new("git")
            .current_dir(self.0.path(""))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .args(["-c", "user.name=t", "-c", "user.email=t@example.com"])
            .args(arguments)
            .status()
            .unwrap();
        assert!(status.success(), "{arguments:?}");
    }

    fn diff(&self, arguments: &[&str]) -> Run {
        let mut command = super::support::command();
        run(command.current_dir(self.0.path("")).arg("diff").args(arguments))
    }
}

fn younger() -> String {
    SHOP.replace("min: 18", "min: 16") + "minors: { rationale: Youth accounts. }\n"
}

fn older() -> String {
    SHOP.replace("min: 18", "min: 21")
}

#[test]
fn revisions_are_compared_with_the_disk_and_with_each_other() {
    let repository = Repository::new(&[("shop.yaml", SHOP)]);
    repository.diff(&["main"]).ends_with(0).prints("nothing has changed in 1 policy");
    repository.write("shop.yaml", &younger());
    let witness = "a 17-year-old with a passport of Lithuania: was review, now accept";
    repository.diff(&["main"]).ends_with(4).prints(witness).tells("it is looser");
    repository.git(&["switch", "--quiet", "-c", "feature"]);
    repository.commit();
    repository.diff(&["main..feature"]).ends_with(4).prints(witness);
    repository.diff(&["main", "feature"]).ends_with(4).prints(witness);
    repository.diff(&["HEAD~1..HEAD", "--format", "markdown"]).ends_with(4).prints("| looser | `age` |");
    repository.diff(&["feature..main"]).ends_with(0).prints("shuts out   a 17-year-old");
}

#[test]
fn two_files_are_one_policy_whatever_they_are_called() {
    let policies =
        Policies::new(&[("shop.yaml", SHOP), ("club.yaml", &older().replace("name: shop", "name: club"))]);
    let (shop, club) = (policies.path("shop.yaml"), policies.path("club.yaml"));
    let arguments = |a: &Path, b: &Path| ["diff".into(), a.as_os_str().to_owned(), b.as_os_str().to_owned()];
    policies.kyc(arguments(&shop, &club)).ends_with(0).prints("club: tighter").prints("a 20-year-old");
    policies.kyc(arguments(&club, &shop)).ends_with(4).prints("shop: looser");
    policies.kyc(arguments(&shop, &policies.path(""))).ends_with(0).prints("nothing has changed in 1 policy");
}

#[test]
fn what_fails_is_for_the_caller_to_say() {
    let repository = Repository::new(&[("shop.yaml", SHOP)]);
    repository.write("shop.yaml", &older());
    repository.write("other.yaml", &SHOP.replace("name: shop", "name: other"));
    for (kinds, code) in [
        ("looser", 4),
        ("tighter", 4),
        ("more-data", 4),
        ("routing,cosmetic", 0),
        ("none", 0),
        ("none,looser", 4),
    ] {
        repository.diff(&["main", "--fail-on", kinds]).ends_with(code);
    }
    repository.diff(&["main", "--policy", "shop"]).ends_with(0);
    repository.diff(&["main", "--policy", "other"]).ends_with(4).prints("other: new");
    repository.diff(&["main", "--policy", "nobody"]).ends_with(2).tells("neither side has a policy `nobody`");
    let json = repository.diff(&["main", "--format", "json", "--fail-on", "none"]).ends_with(0).json();
    assert_eq!(
        json.pointer("/policies/1/changes/0/class").and_then(|class| class.as_str()),
        Some("tighter"),
        "{json}"
    );
}

#[test]
fn mistakes_of_the_newer_side_fail_and_those_of_the_older_are_said() {
    let repository = Repository::new(&[("broken.yaml", BROKEN), ("shop.yaml", SHOP)]);
    let fixed = SHOP.replace("name: shop", "name: broken");
    repository.write("broken.yaml", &fixed);
    repository.diff(&["main"]).ends_with(4).prints("the older file has mistakes");
    repository.write("broken.yaml", BROKEN);
    repository
        .diff(&["main"])
        .ends_with(1)
        .prints("the file has mistakes")
        .tells("`XX` is not a country code");
}

#[test]
fn what_is_neither_path_nor_revision_is_refused() {
    let repository = Repository::new(&[("shop.yaml", SHOP)]);
    repository.diff(&["nowhere"]).ends_with(2).tells("no commit `nowhere`");
    repository.diff(&["--", "--output=x"]).ends_with(2).tells("is not a revision");
    repository.diff(&["main...feature"]).ends_with(2).tells("git merge-base");
    repository.diff(&["main.."]).ends_with(2).tells("`main..HEAD` compares two revisions");
    repository.diff(&["policies/_set.yaml"]).ends_with(2).tells("is no policy, but what policies share");
    repository.diff(&["main..feature", "main"]).ends_with(2).tells("already names both sides");
    repository.diff(&["nowhere.yaml"]).ends_with(2).tells("cannot read `nowhere.yaml`");
    // Whoever prepared the checkout could have put a lax folder in the place of the branch.
    fs::create_dir(repository.0.path("main")).unwrap();
    repository.diff(&["main"]).ends_with(2).tells("is a folder and a revision of git");
    repository.diff(&["refs/heads/main"]).ends_with(0);
}

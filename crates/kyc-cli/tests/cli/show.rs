use std::fs;
use std::process::Command;

use crate::support::{BROKEN, Policies, SHOP};

#[test]
fn a_policy_is_shown_in_plain_words() {
    let folder = Policies::new(&[("shop.yaml", SHOP)]);
    let shown = folder.kyc(["show", "shop"]).ends_with(0);
    for words in ["Customers of the shop.", "Latvia and Lithuania", "aged 18 or over", "Who is refused"] {
        assert!(shown.out.contains(words), "{words}: {shown:?}");
    }
    assert!(!shown.out.contains("[age]") && !shown.out.contains("(LT)"));
    folder.kyc(["show", "shop", "--keys", "--expand"]).ends_with(0).prints("[age]").prints("Lithuania (LT)");
    folder
        .kyc(["show", "shop", "--format", "markdown"])
        .ends_with(0)
        .prints("## shop\n")
        .prints("### Who passes");
    let html = folder.kyc(["show", "shop", "--format", "html"]).ends_with(0);
    assert!(html.out.starts_with("<!doctype html>") && html.out.ends_with("</html>\n"));
    let json = folder.kyc(["show", "shop", "--format", "json"]).ends_with(0).json();
    assert_eq!(json["name"], "shop");
    assert_eq!(json["parts"][0]["id"], "passes");
}

#[test]
fn mistakes_of_the_policy_refuse_and_those_of_others_are_noted() {
    let folder = Policies::new(&[("shop.yaml", SHOP), ("broken.yaml", BROKEN)]);
    folder
        .kyc(["show", "shop"])
        .ends_with(0)
        .prints("Customers of the shop.")
        .tells("other files of the folder have mistakes");
    folder
        .kyc(["show", "broken"])
        .ends_with(1)
        .prints_nothing()
        .tells("error[unknown-country]")
        .tells("broken.yaml:2:");
    folder.kyc(["show", "shpo"]).ends_with(1).prints_nothing().tells("did you mean `shop`?");
    let set = Policies::new(&[("shop.yaml", SHOP), ("_set.yaml", "denny: [KP]\n")]);
    set.kyc(["show", "shop"]).ends_with(1).tells("error[unknown-key]");
}

/// A repository with one commit of the folder's policies.
fn committed(folder: &Policies) {
    for arguments in [
        &["init", "--quiet", "--initial-branch=main"][..],
        &["add", "."],
        &["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "--message=x"],
    ] {
        let mut git = Command::new("git");
        git.current_dir(folder.path("")).env("GIT_CONFIG_GLOBAL", "/dev/null").args(arguments);
        assert!(git.status().unwrap().success());
    }
}

#[test]
fn a_policy_is_shown_as_of_a_revision() {
    let folder = Policies::new(&[("shop.yaml", SHOP)]);
    committed(&folder);
    fs::write(folder.path("shop.yaml"), SHOP.replace("18", "21")).unwrap();
    folder.kyc(["show", "shop"]).ends_with(0).prints("aged 21 or over");
    folder
        .kyc(["show", "shop", "--at", "main"])
        .ends_with(0)
        .prints("aged 18 or over")
        .prints("As of main (commit ");
    let json = folder.kyc(["show", "shop", "--at", "HEAD", "--format", "json"]).ends_with(0).json();
    assert_eq!(json["revision"]["name"], "HEAD");
    folder
        .kyc(["show", "shop", "--at", "nobody"])
        .ends_with(2)
        .tells("has no commit `nobody`")
        .prints_nothing();
    folder
        .kyc(["show", "shop", "--at", "--help"])
        .ends_with(2)
        .tells("it begins like an option")
        .prints_nothing();
    folder.kyc(["show", "shpo", "--at", "main"]).ends_with(1).tells("did you mean `shop`?");
}

#[test]
fn what_a_hook_says_of_another_repository_does_not_matter() {
    let folder = Policies::new(&[("shop.yaml", SHOP)]);
    committed(&folder);
    let other = Policies::new(&[("shop.yaml", BROKEN)]);
    committed(&other);
    let mut command = folder.command();
    command.env("GIT_DIR", other.path(".git")).env("GIT_WORK_TREE", other.path("")).env("GIT_PREFIX", "x/");
    let shown = crate::support::run(command.args(["show", "shop", "--at", "main"])).ends_with(0);
    assert!(shown.out.contains("aged 18 or over"), "{shown:?}");
}

#[test]
fn without_a_repository_or_git_it_says_so() {
    let folder = Policies::new(&[("shop.yaml", SHOP)]);
    folder
        .kyc(["show", "shop", "--at", "main"])
        .ends_with(2)
        .tells("is in no git repository")
        .prints_nothing();
    let mut command = folder.command();
    let run = crate::support::run(command.env("PATH", "/nonexistent").args(["show", "shop", "--at", "main"]));
    run.ends_with(2).tells("cannot run `git`").tells("install git");
}

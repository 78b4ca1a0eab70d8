use std::fs;

use crate::support::{Policies, SHOP, command, run};

const UNTIDY: &str = "documents: [ PASSPORT ]\ncountries: [NO] # north\nname: untidy\n";
const TIDY: &str = "name: untidy\ncountries: [\"NO\"]                     # north\ndocuments: [PASSPORT]\n";
const UNREADABLE: &str = "name: unreadable\ncountries: [LT\n";

fn text(folder: &Policies, name: &str) -> String {
    fs::read_to_string(folder.path(name)).unwrap()
}

#[test]
fn a_folder_is_formatted_with_its_set() {
    let folder = Policies::new(&[
        ("untidy.yaml", UNTIDY),
        ("shop.yaml", SHOP),
        ("_set.yaml", "timezone: UTC\nhosts: [ app.example.com ]\n"),
    ]);
    let done = folder.kyc(["fmt"]).ends_with(0).prints("untidy.yaml\n").prints("_set.yaml\n");
    assert!(!done.out.contains("shop.yaml"), "{done:?}");
    assert_eq!(done.err, "2 of 3 files formatted\n");
    assert_eq!(text(&folder, "untidy.yaml"), TIDY);
    assert_eq!(text(&folder, "_set.yaml"), "hosts: [app.example.com]\ntimezone: UTC\n");
    assert_eq!(text(&folder, "shop.yaml"), SHOP);
    let again = folder.kyc(["fmt"]).ends_with(0).prints_nothing();
    assert_eq!(again.err, "3 files, nothing to format\n");
    assert_eq!(fs::read_dir(folder.path("")).unwrap().count(), 3, "nothing is left behind");
}

#[test]
fn a_check_shows_the_difference_and_writes_nothing() {
    let folder = Policies::new(&[("untidy.yaml", UNTIDY), ("shop.yaml", SHOP)]);
    let shown = folder
        .kyc(["fmt", "--check"])
        .ends_with(1)
        .prints("\n-countries: [NO] # north\n")
        .prints("\n+documents: [PASSPORT]\n");
    assert!(shown.out.starts_with("--- ") && !shown.out.contains("shop"), "{shown:?}");
    assert_eq!(shown.err, "1 of 2 files not formatted\n");
    assert_eq!(text(&folder, "untidy.yaml"), UNTIDY);
    let path = folder.path("shop.yaml");
    run(command().args(["fmt", "--check"]).arg(path)).ends_with(0).prints_nothing();
}

#[test]
fn what_cannot_be_read_is_told_and_left_alone() {
    let folder = Policies::new(&[("unreadable.yaml", UNREADABLE), ("untidy.yaml", UNTIDY)]);
    let done = folder.kyc(["fmt"]).ends_with(1).tells("error[yaml-syntax]").tells("unreadable.yaml:2:16");
    assert!(done.err.ends_with("1 of 2 files formatted, 1 left alone\n"), "{done:?}");
    assert_eq!(text(&folder, "unreadable.yaml"), UNREADABLE);
    assert_eq!(text(&folder, "untidy.yaml"), TIDY);
}

#[test]
fn what_would_grow_too_large_is_left_alone() {
    let text = "name: large # c\n".repeat(4_000);
    let folder = Policies::new(&[("large.yaml", &text)]);
    folder.kyc(["fmt"]).ends_with(1).prints_nothing().tells("larger than 65536 bytes");
    assert!(fs::read_to_string(folder.path("large.yaml")).unwrap() == text);
}

#[test]
fn mistakes_of_other_kinds_are_no_obstacle() {
    let folder = Policies::new(&[("broken.yaml", "countries: [XX]\nname: broken\n")]);
    folder.kyc(["fmt"]).ends_with(0);
    assert_eq!(text(&folder, "broken.yaml"), "name: broken\ncountries: [XX]\n");
}

#[test]
fn standard_input_goes_to_standard_output() {
    let format = |args: &[&str], text: &str| run(command().args(args).write_stdin(text));
    let done = format(&["fmt", "-"], UNTIDY).ends_with(0);
    assert_eq!((done.out.as_str(), done.err.as_str()), (TIDY, ""));
    assert_eq!(format(&["fmt", "-"], TIDY).ends_with(0).out, TIDY);
    format(&["fmt", "--check", "-"], TIDY).ends_with(0).prints_nothing();
    format(&["fmt", "--check", "-"], UNTIDY).ends_with(1).prints("+documents: [PASSPORT]");
    format(&["fmt", "-"], UNREADABLE).ends_with(1).prints_nothing().tells("standard input:2:16");
    format(&["fmt", "-"], "").ends_with(1).prints_nothing().tells("empty-document");
    let set = "timezone: UTC\nhosts: [app.example.com]\n";
    assert_eq!(
        format(&["fmt", "--set", "-"], set).ends_with(0).out,
        "hosts: [app.example.com]\ntimezone: UTC\n"
    );
}

#[test]
fn paths_that_are_not_there_are_wrong_use() {
    let folder = Policies::new(&[]);
    folder.kyc(["fmt"]).ends_with(2).prints_nothing().tells("holds no policy");
    run(command().args(["fmt", "nowhere.yaml"])).ends_with(2).tells("cannot read `nowhere.yaml`");
}

#[cfg(unix)]
#[test]
fn links_stay_links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = Policies::new(&[("real.txt", UNTIDY)]);
    let (real, link) = (folder.path("real.txt"), folder.path("untidy.yaml"));
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.txt", &link).unwrap();
    folder.kyc(["fmt"]).ends_with(0);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(text(&folder, "real.txt"), TIDY);
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn a_draft_is_formatted() {
    let folder = Policies::new(&[("_set.yaml", "hosts: [app.example.com]\n")]);
    folder.kyc(["new", "shop"]).ends_with(0);
    folder.kyc(["fmt", "--check"]).ends_with(0).prints_nothing();
}

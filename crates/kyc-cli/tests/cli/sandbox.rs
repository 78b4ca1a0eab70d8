use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use kyc_sandbox::Scenario;

use crate::support::{Policies, SHOP, command, run};

#[test]
fn scenarios_are_listed() {
    let list = run(command().args(["sandbox", "--list-scenarios"])).ends_with(0);
    assert_eq!(list.out.lines().count(), Scenario::ALL.len());
    run(command().args(["sandbox", "--scenario", "confict"])).ends_with(2).tells("conflict");
}

#[test]
fn other_machines_are_kept_out() {
    run(command().args(["sandbox", "--listen", "0.0.0.0:0"]))
        .ends_with(2)
        .prints_nothing()
        .tells("--allow-remote");
    run(command().args(["sandbox", "--listen", "localhost"])).ends_with(2);
}

#[cfg(unix)]
#[test]
fn it_serves_with_the_settings_that_it_prints_until_it_is_asked_to_stop() {
    for signal in ["-TERM", "-INT"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kyc"))
            .args(["sandbox", "--scenario", "conflict"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines: Vec<_> =
            BufReader::new(child.stdout.take().unwrap()).lines().take(3).map(Result::unwrap).collect();
        let folder = Policies::new(&[("shop.yaml", SHOP)]);
        let mut issue = folder.command();
        for line in &lines {
            let (name, value) = line.strip_prefix("export ").unwrap().split_once('=').unwrap();
            issue.env(name, value);
        }
        let issued = run(issue.args(["issue", "shop", "--client-id=c-1", "--set=first_name=Ann"]));
        let killed = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        let ended = child.wait().unwrap();
        issued.ends_with(3).tells("status 409");
        assert!(killed.success() && ended.code() == Some(0), "{ended:?}");
    }
}

//! The container file, the systemd unit and the settings that lie beside them fit the program and each other.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kyc_server::settings::{Input, KEYS, SettingsFile, read};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().parent().unwrap().to_owned()
}

fn deploy(name: &str) -> String {
    fs::read_to_string(root().join("crates/kyc-server/deploy").join(name)).unwrap()
}

#[test]
fn the_settings_are_without_a_mistake() {
    let path = PathBuf::from("/etc/kyc/kyc.yaml");
    let file = SettingsFile { path, bytes: deploy("kyc.yaml").into_bytes() };
    let (settings, worth_a_look) = read(&Input { file: Some(file), ..Input::default() }).unwrap();
    assert!(worth_a_look.diagnostics().is_empty(), "{worth_a_look}");
    assert_eq!(settings.policies, Path::new("/etc/kyc/policies"));
}

#[test]
fn the_container_is_built_of_what_is_there_and_runs_as_nobody_in_particular() {
    let text = deploy("Containerfile");
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let copied = lines.iter().filter_map(|line| line.strip_prefix("COPY "));
    let own: Vec<&str> = copied.filter(|copied| !copied.starts_with("--from")).collect();
    for copied in own {
        let (from, _) = copied.split_once(' ').unwrap();
        assert!(root().join(from).exists(), "{from} is not in the repository");
    }
    let stage = lines.iter().rposition(|line| line.starts_with("FROM ")).unwrap();
    let user = lines[stage..].iter().find_map(|line| line.strip_prefix("USER ")).unwrap();
    assert_ne!(user.parse::<u32>().unwrap(), 0, "a number, so that a cluster can tell that it is not root");
    assert!(lines.iter().all(|line| !line.contains(":latest")), "what is built on is named");
    assert!(lines[stage..].iter().any(|line| line.starts_with("HEALTHCHECK ")));
    let toolchain = fs::read_to_string(root().join("rust-toolchain.toml")).unwrap();
    let from = lines.iter().find_map(|line| line.strip_prefix("FROM rust:")).unwrap();
    let release = from.split('-').next().unwrap();
    assert!(toolchain.contains(release), "the toolchain is another than {release}");
}

/// Every `--flag` behind `kyc serve` is one that it takes.
#[test]
fn the_flags_are_those_of_the_command() {
    let known: Vec<String> = KEYS.iter().filter_map(|key| Some(format!("--{}", key.flag()?))).collect();
    for name in ["Containerfile", "kyc.service"] {
        let text = deploy(name).replace(['"', ',', '[', ']'], " ");
        let lines = text.lines().filter(|line| !line.starts_with('#') && line.contains("serve"));
        for flag in lines
            .flat_map(str::split_whitespace)
            .filter(|word| word.starts_with("--c") || word.starts_with("--p"))
        {
            let is_own = ["--config", "--check", "--probe"].contains(&flag);
            assert!(is_own || known.iter().any(|known| known == flag), "{name}: {flag}");
        }
    }
}

/// systemd's own opinion, where there is one.
#[test]
fn the_unit_is_what_systemd_takes_and_sees_little_of_the_machine() {
    let unit = deploy("kyc.service");
    for line in ["DynamicUser=yes", "ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet="] {
        assert!(unit.lines().any(|written| written == line), "{line} is missing");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kyc.service");
    // A program that is there in place of the one that will be.
    let program = std::env::current_exe().unwrap();
    fs::write(&path, unit.replace("/usr/local/bin/kyc", program.to_str().unwrap())).unwrap();
    // Machines without systemd have no opinion.
    let Ok(verified) = Command::new("systemd-analyze").arg("verify").arg(&path).output() else { return };
    let told = String::from_utf8_lossy(&verified.stderr).into_owned();
    let ours: Vec<&str> = told.lines().filter(|line| line.contains("kyc.service")).collect();
    assert!(ours.is_empty(), "{ours:?}");
}

//! What a declared policy costs the compiler: a crate of 100 derived policies beside one of 100 structs with the same
//! fields that derive `serde::Deserialize` and `garde::Validate`, and the same 100 policies as files. Target: at most
//! 1.0.
//!
//! `cargo bench -p kyc-tests --bench compile_time`
//!
//! The crates are written into the target folder as a workspace of their own, with the defaults of cargo: nothing is
//! optimised, neither the crates nor the macros. Dependencies are built beforehand; what is measured is `cargo build`
//! of one crate after its source was touched, in turns. Once, cargo fetches `garde`; after that no network is needed.

#![expect(clippy::print_stdout, reason = "a measurement prints")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a measurement fails by panicking")]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

/// Policies in each crate.
const POLICIES: usize = 100;
/// Builds of each crate.
const RUNS: usize = 9;

/// The crates, in the order of their figures; the first is what the others are compared with.
const CRATES: [(&str, &str); 3] = [
    ("plain", "100 structs with serde::Deserialize and garde::Validate"),
    ("derived", "100 structs with #[derive(Policy)]"),
    ("folder", "100 files through policies!"),
];

/// Whether the compiler may use what it knows of the build before.
const MODES: [(&str, &str); 2] = [("1", "touched, incremental (the default)"), ("0", "from nothing")];

fn main() {
    // `cargo test --benches` runs this file too, and nothing is to be measured then.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile-time");
    write_crates(&workspace);
    fetch(&workspace);
    for (incremental, mode) in MODES {
        // The dependencies, and the crates once.
        build(&workspace, incremental, &["--workspace"]);
        let mut times: [Vec<Duration>; CRATES.len()] = Default::default();
        for _ in 0..RUNS {
            for ((name, _), times) in CRATES.iter().zip(&mut times) {
                touch(&workspace.join(name).join("src/lib.rs"));
                let start = Instant::now();
                build(&workspace, incremental, &["--package", name]);
                times.push(start.elapsed());
            }
        }
        println!("{mode}, median of {RUNS} (fastest):");
        let of_plain = (median(&mut times[0]), times[0][0]);
        for ((_, what), times) in CRATES.iter().zip(&mut times) {
            let (median, fastest) = (median(times), times[0]);
            println!(
                "  {what}: {:.2} s ({:.2} s), ratio {:.2} ({:.2})",
                median.as_secs_f64(),
                fastest.as_secs_f64(),
                median.as_secs_f64() / of_plain.0.as_secs_f64(),
                fastest.as_secs_f64() / of_plain.1.as_secs_f64(),
            );
        }
    }
}

/// Sorts the times.
fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn touch(path: &Path) {
    File::options().write(true).open(path).unwrap().set_modified(SystemTime::now()).unwrap();
}

/// Fetches what cargo does not have yet.
fn fetch(workspace: &Path) {
    let offline = cargo(workspace, &["fetch", "--offline"]).stderr(Stdio::null()).status().unwrap();
    assert!(
        offline.success() || cargo(workspace, &["fetch"]).status().unwrap().success(),
        "garde can be fetched"
    );
}

fn build(workspace: &Path, incremental: &str, what: &[&str]) {
    let status =
        cargo(workspace, &["build", "--offline"]).args(what).env("CARGO_INCREMENTAL", incremental).status();
    assert!(status.unwrap().success(), "the generated crates in {} build", workspace.display());
}

fn cargo(workspace: &Path, arguments: &[&str]) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(arguments).arg("--quiet").current_dir(workspace);
    cargo.env("CARGO_TARGET_DIR", workspace.join("target"));
    cargo
}

/// What a key of a policy has.
enum Value {
    /// A word, number or duration.
    Word(String),
    /// A text that Rust writes in quotes.
    Text(String),
    List(Vec<String>),
    Section(Vec<(&'static str, Value)>),
}

/// One policy, in neither notation.
struct Made {
    number: usize,
    keys: Vec<(&'static str, Value)>,
    /// The client's fields beside `client_id`, and whether they are required.
    fields: Vec<(&'static str, bool)>,
}

fn word(text: &str) -> Value {
    Value::Word(text.to_owned())
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn pick<T: Copy>(of: &[T], number: usize) -> T {
    of[number % of.len()]
}

fn make(number: usize) -> Made {
    let countries = pick::<&[&str]>(
        &[
            &["EEA", "CH", "-LI"],
            &["LT", "LV", "EE"],
            &["any", "-KP", "-IR"],
            &["EU", "GB", "NO"],
            &["DE", "AT"],
        ],
        number,
    );
    let documents = pick::<&[&str]>(
        &[
            &["PASSPORT", "ID_CARD"],
            &["PASSPORT"],
            &["PASSPORT", "ID_CARD", "RESIDENCE_PERMIT"],
            &["DRIVER_LICENSE"],
        ],
        number,
    );
    let words = |words: &[&str]| Value::List(words.iter().map(|word| (*word).to_owned()).collect());
    let page = |page: &str| text(format!("https://app.example.com/shop-{number}/{page}"));
    let on = |on: bool| word(if on { "true" } else { "false" });
    let keys = vec![
        ("name", text(format!("shop-{number}"))),
        ("description", text(format!("Accounts of shop {number}."))),
        ("owner", text("risk@example.com")),
        ("rationale", text(format!("Low limits and known clients, RISK-{number}."))),
        ("review_by", text("2027-06-30")),
        ("risk_tier", word(pick(&["low", "standard"], number))),
        ("countries", words(countries)),
        ("documents", words(documents)),
        ("age", Value::Section(vec![("min", Value::Word((18 + number % 5).to_string()))])),
        ("expiry", Value::Section(vec![("none", word("review")), ("min_remaining", word("30d"))])),
        (
            "token",
            Value::Section(vec![
                ("expires_in", word(pick(&["30m", "1h", "2h"], number))),
                ("session_length", word(pick(&["5m", "10m"], number))),
            ]),
        ),
        (
            "redirect",
            Value::Section(vec![
                ("success", page("ok")),
                ("error", page("failed")),
                ("unverified", page("waiting")),
            ]),
        ),
        (
            "manual_review",
            Value::Section(vec![
                ("successful", on(number.is_multiple_of(2))),
                ("failed", on(number.is_multiple_of(3))),
            ]),
        ),
        (
            "checks",
            Value::Section(vec![
                ("aml", on(true)),
                ("liveness", on(true)),
                ("ip_proxy", on(number % 2 == 1)),
            ]),
        ),
        (
            "verdict",
            Value::Section(vec![
                ("outside", word(pick(&["review", "reject"], number))),
                ("tags", Value::Section(vec![("UNDER_AGE", word("reject")), ("NAME", word("review"))])),
                ("aml", Value::Section(vec![("sanctions", word("review")), ("pep", word("review"))])),
            ]),
        ),
        ("reverify", Value::Section(vec![("every", word("5y"))])),
    ];
    let fields = vec![
        ("first_name", true),
        ("last_name", true),
        ("date_of_birth", true),
        (pick(&["document_country", "external_ref"], number), number.is_multiple_of(3)),
        ("locale", false),
    ];
    Made { number, keys, fields }
}

impl Value {
    fn to_rust(&self) -> String {
        match self {
            Self::Word(word) => format!(" = {word}"),
            Self::Text(text) => format!(" = {text:?}"),
            Self::List(words) => format!(" = [{}]", words.join(", ")),
            Self::Section(keys) => {
                let keys: Vec<_> =
                    keys.iter().map(|(key, value)| format!("{key}{}", value.to_rust())).collect();
                format!("({})", keys.join(", "))
            }
        }
    }

    fn to_yaml(&self) -> String {
        match self {
            Self::Word(text) | Self::Text(text) => text.clone(),
            Self::List(words) => format!("[{}]", words.join(", ")),
            Self::Section(keys) => {
                let keys: Vec<_> =
                    keys.iter().map(|(key, value)| format!("{key}: {}", value.to_yaml())).collect();
                format!("{{ {} }}", keys.join(", "))
            }
        }
    }
}

impl Made {
    /// A struct that declares the policy.
    fn to_struct(&self) -> String {
        let mut code = "#[derive(kyc::Policy)]\n#[policy(\n    set = \"policies\",\n".to_owned();
        for (key, value) in &self.keys {
            writeln!(code, "    {key}{},", value.to_rust()).unwrap();
        }
        writeln!(code, ")]\npub struct Shop{} {{\n    pub client_id: kyc::ClientId,", self.number).unwrap();
        for (field, required) in &self.fields {
            let ty = match *field {
                "first_name" | "last_name" => "kyc::PersonName",
                "date_of_birth" => "kyc::Date",
                "document_country" => "kyc::Personal<kyc::Country>",
                "external_ref" => "kyc::ExternalRef",
                _ => "kyc::Locale",
            };
            writeln!(code, "    pub {field}: {},", optional(ty, *required)).unwrap();
        }
        code + "}\n\n"
    }

    /// A struct with the same fields, whose checks are attributes.
    fn to_plain_struct(&self) -> String {
        let mut code = format!(
            "#[derive(serde::Deserialize, garde::Validate)]\npub struct Shop{} {{\n    #[garde(ascii, length(min = 1, max = 100))]\n    pub client_id: String,\n",
            self.number
        );
        for (field, required) in &self.fields {
            let check = match *field {
                "first_name" | "last_name" => "length(min = 1, max = 100)",
                "date_of_birth" => "ascii, length(equal = 10)",
                "document_country" | "locale" => "alphanumeric, length(equal = 2)",
                _ => "ascii, length(min = 1, max = 40)",
            };
            writeln!(code, "    #[garde({check})]\n    pub {field}: {},", optional("String", *required))
                .unwrap();
        }
        code + "}\n\n"
    }

    /// The policy as a file.
    fn to_file(&self) -> String {
        let mut file = String::new();
        for (key, value) in &self.keys {
            writeln!(file, "{key}: {}", value.to_yaml()).unwrap();
        }
        let list = |of: bool| {
            let fields = self.fields.iter().filter(|(_, required)| *required == of);
            fields.map(|(field, _)| *field).collect::<Vec<_>>().join(", ")
        };
        writeln!(file, "client: {{ require: [{}], accept: [{}] }}", list(true), list(false)).unwrap();
        file
    }
}

fn optional(ty: &str, required: bool) -> String {
    if required { ty.to_owned() } else { format!("Option<{ty}>") }
}

const SET: &str = "\
hosts: [app.example.com]
must_state: [age, checks.aml, manual_review, verdict]
governance: { require: [description, owner, rationale, review_by, risk_tier], reverify: { low: 5y, standard: 5y } }
timezone: Europe/Vilnius
";

/// Writes the workspace; files that stay the same are left alone, so that dependencies are built once.
fn write_crates(workspace: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let kyc = format!("kyc = {{ path = {:?} }}", root.join("crates/kyc").to_str().unwrap());
    write(
        &workspace.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"plain\", \"derived\", \"folder\"]\n",
    );
    // The same versions as everywhere else; cargo adds what is missing.
    let lock = workspace.join("Cargo.lock");
    if !lock.exists() {
        fs::copy(root.join("Cargo.lock"), lock).unwrap();
    }
    let plain = "serde = { version = \"1\", features = [\"derive\"] }\ngarde = { version = \"0.23\", features = [\"derive\"] }";
    for (name, dependencies) in [("plain", plain), ("derived", &kyc), ("folder", &kyc)] {
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n"
        );
        write(&workspace.join(name).join("Cargo.toml"), &manifest);
    }
    let policies: Vec<Made> = (0..POLICIES).map(make).collect();
    let code = |name: &str| -> PathBuf { workspace.join(name).join("src/lib.rs") };
    write(&code("plain"), &policies.iter().map(Made::to_plain_struct).collect::<String>());
    write(&code("derived"), &policies.iter().map(Made::to_struct).collect::<String>());
    write(&code("folder"), "kyc::policies!(\"policies\");\n");
    write(&workspace.join("derived/policies/_set.yaml"), SET);
    write(&workspace.join("folder/policies/_set.yaml"), SET);
    for policy in &policies {
        write(&workspace.join(format!("folder/policies/shop-{}.yaml", policy.number)), &policy.to_file());
    }
}

fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

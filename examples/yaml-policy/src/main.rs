//! Checking policies that are text in memory: what an editor, a form or a test needs.
//!
//! The example checks a set and a policy with mistakes, shows every mistake with its place, then checks the corrected
//! policy and shows what would be sent for one client, with personal values masked.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::error::Error;

use kyc::policy::{
    Checked, Policy, PolicySet, SourceMap, Style, check_policy, check_set, merge, read_json, to_text,
};
use kyc::{Client, Diagnostic};

/// What the policies of a folder share.
const SET: &str = "\
hosts: [app.example.com]
must_state: [age, checks.aml]
governance: { require: [owner] }
";

/// Ten mistakes, all found in one pass.
const WITH_MISTAKES: &str = "\
name: shop
contries: [LT, LV]
countries: [BALTIC, LT, UK]
documents: [PASPORT]
age: 18
token: { type: DOCUMENT, expires_in: 3600 }
redirect: { success: https://app.exmaple.com/ok }
checks: { liveness: true }
";

const CORRECTED: &str = "\
name: shop
owner: shop-risk@example.com
countries: [LT, LV, GB]
documents: [PASSPORT]
age: { min: 18 }
token: { expires_in: 1h }
redirect: { success: https://app.example.com/ok }
checks: { aml: false, liveness: true }
client: { require: [name, date_of_birth, document_country] }
";

const CLIENT: &str = r#"{
  "client_id": "user-123",
  "first_name": "Jonas",
  "date_of_birth": "1990-05-15",
  "document_country": "LT"
}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let mut sources = SourceMap::default();
    let (set, problems) = check_set(&mut sources, "_set.yaml", SET.as_bytes());
    show(&sources, &problems);

    let checked = check(&mut sources, &set, WITH_MISTAKES);
    show(&sources, &checked.diagnostics);
    println!("{} problems; a policy: {}\n", checked.diagnostics.len(), checked.value.is_some());

    let checked = check(&mut sources, &set, CORRECTED);
    show(&sources, &checked.diagnostics);
    let policy = checked.value.ok_or("the corrected policy has mistakes")?;
    println!("name      {}", policy.name());
    println!("digest    {}", policy.digest());
    println!("document  {}", policy.document_digest());

    // The same rules run once more with one client's data; the library knows no clock, so the caller brings the time.
    let client = Client::read(&read_json(CLIENT.as_bytes())?);
    match merge(&policy, client, jiff::Timestamp::now()) {
        Ok(merged) => println!("request   {}", merged.request().to_masked_wire()),
        Err(problems) => show(&sources, &problems),
    }
    Ok(())
}

/// Checks a text as if it were the file `shop.yaml`.
fn check(sources: &mut SourceMap, set: &PolicySet, text: &str) -> Checked<Policy> {
    check_policy(sources, "shop.yaml", Some("shop"), text.as_bytes(), set)
}

fn show(sources: &SourceMap, problems: &[Diagnostic]) {
    for problem in problems {
        println!("{}\n", to_text(sources, problem, Style::Plain));
    }
}

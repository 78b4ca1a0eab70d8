//! A service that asks `kyc serve` for tokens, and what it does with each kind of answer.
//!
//! `cargo run -q -p service` starts a service with a stand-in of the vendor in this process; nothing leaves the machine and
//! nothing is paid for. With an address, as in `cargo run -q -p service -- http://127.0.0.1:8080`, it asks that service,
//! with the key in `KYC_CALLER_KEY` if there is one.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

mod client;
mod local;

use std::error::Error;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use tokio::process::Command;

use client::{Answer, Client, Token};
use local::Local;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let key = std::env::var("KYC_CALLER_KEY").ok();
    let address = std::env::args().nth(1);
    if let Some(base) = address.filter(|argument| argument != "--with-curl") {
        return ask(&Client::new(&base, key)?).await;
    }
    let folder = tempfile::tempdir()?;
    let local = Local::start(folder.path()).await?;
    ask(&Client::new(&local.base, None)?).await?;
    if std::env::args().nth(1).is_some() {
        curl(&local.base).await?;
    }
    local.stop().await?;

    println!("\n== a vendor that makes a session which demands less than it was asked for");
    let folder = tempfile::tempdir()?;
    let local = Local::start_with_weak_vendor(folder.path()).await?;
    let client = Client::new(&local.base, None)?;
    let intent = new_key();
    show(&client.issue("eu-onboarding", &intent, &person("user-7", "Jonas", "1990-05-15")).await?);
    println!("-- the same key again: nothing is paid for a second time");
    show(&client.issue("eu-onboarding", &intent, &person("user-7", "Jonas", "1990-05-15")).await?);
    println!("-- told to pay once more");
    let mut again = person("user-7", "Jonas", "1990-05-15");
    if let Some(members) = again.as_object_mut() {
        members.insert("reissue".to_owned(), Value::Bool(true));
    }
    show(&client.issue("eu-onboarding", &intent, &again).await?);
    local.stop().await
}

/// Everything that can be asked of a service whose vendor is well.
async fn ask(client: &Client) -> Result<(), Box<dyn Error>> {
    // One key for one intent, kept where the intent is kept.
    let intent = new_key();
    // A new client each time: this may be run again on one database.
    let user = format!("user-{}", &new_key());
    let jonas = person(&user, "Jonas", "1990-05-15");
    println!("== an adult");
    show(&client.issue("eu-onboarding", &intent, &jonas).await?);

    println!("\n== the same request again, as after an answer that got lost on its way");
    show(&client.issue("eu-onboarding", &intent, &jonas).await?);

    println!("\n== the same key for somebody else");
    show(&client.issue("eu-onboarding", &intent, &person(&user, "Petras", "1980-01-01")).await?);

    println!("\n== a 17-year-old whose name is mistyped");
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let birthday = today.checked_sub(17.years())?.to_string();
    show(&client.issue("eu-onboarding", &new_key(), &person(&user, "J0nas", &birthday)).await?);

    println!("\n== a name of no policy");
    show(&client.issue("eu-onbording", &new_key(), &jonas).await?);

    println!("\n== what would be sent, without sending it");
    let would = client.dry_run("eu-onboarding", &jonas).await?;
    println!("{:#}", would.get("request").unwrap_or(&would));
    Ok(())
}

/// The data of one client, and no word about the policy.
fn person(client_id: &str, first_name: &str, date_of_birth: &str) -> Value {
    json!({ "client_id": client_id, "first_name": first_name, "date_of_birth": date_of_birth })
}

fn new_key() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// The place where a service decides what to do.
fn show(answer: &Answer) {
    match answer {
        Answer::New(token) => println!("a new session: {}", described(token)),
        Answer::Again(token) => println!("the session of before: {}", described(token)),
        Answer::No(problem, retry_after) => {
            println!("{}: {}", problem.code, problem.detail.as_ref().unwrap_or(&problem.title));
            for violation in &problem.violations {
                println!("  {}: {}", violation.pointer, violation.message);
            }
            // The codes that need a decision. For all others the status says who has to act, as everywhere in HTTP.
            match (problem.code.as_str(), retry_after) {
                ("session-lost" | "session-weaker", _) => {
                    println!(
                        "a session may have been paid for; `\"reissue\": true` with the same key pays for another"
                    );
                }
                ("session-ambiguous", _) => println!("a person has to look: `kyc ledger resolve`"),
                ("token-expired", _) => println!("the token is too old; a fresh key pays for a new session"),
                (_, Some(pause)) => println!("ask again with the same key in {} s", pause.as_secs()),
                (_, None) => {}
            }
        }
    }
}

fn described(token: &Token) -> String {
    let Token { redirect_url, scan_ref, expires_at, session_id, policy } = token;
    // The address carries the token: it goes to the client's browser, and into no log.
    let host = redirect_url.split('/').nth(2).unwrap_or_default();
    format!(
        "{session_id}\n  at the vendor   {scan_ref}\n  send them to    {host}\n  until           {expires_at}\n  \
         policy          {} {}",
        policy.name, policy.digest
    )
}

/// The same with curl, for whoever writes in another language.
async fn curl(base: &str) -> Result<(), Box<dyn Error>> {
    println!("\n== the same with curl");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/curl.sh");
    let status = Command::new("sh").arg(script).arg(base).status().await?;
    if status.success() { Ok(()) } else { Err(format!("curl.sh: {status}").into()) }
}

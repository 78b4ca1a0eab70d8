//! A service whose policies the Rust compiler checks: four ways to declare one, and tokens issued under them.
//!
//! The vendor is the stand-in `kyc-sandbox`, started in this process: nothing leaves the machine and nothing is paid
//! for.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

mod policies;

use std::error::Error;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use kyc::policy::{SourceMap, Style, check_policy, check_set, to_text};
use kyc::{
    ApiKey, ApiSecret, Client, ClientInput, Country, Date, Digest, IssueError, Issued, Issuer, Locale,
    Personal, Policy, Registry, TypedPolicy,
};
use kyc_sandbox::Sandbox;

use crate::policies::{AgeGate, Onboarding, STAFF, shipped};

/// Known when the program is built.
const ONBOARDING: Digest = Onboarding::POLICY.digest();

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // What was compiled in needs no files at run time. A service that is also asked by name keeps it in a registry.
    let compiled_in: Vec<&Policy> = [&[AgeGate::POLICY, STAFF], shipped::ALL].concat();
    let registry: Registry = compiled_in.into_iter().collect();
    for policy in registry.iter() {
        println!("{:<17} {}", policy.name(), policy.digest());
    }

    let sandbox = Sandbox::builder().build().start().await?;
    let issuer = issuer(&registry, sandbox.base_url())?;

    println!("\n== under the struct's own policy");
    show(&issuer.issue(buyer(30)?).await);

    // No policy is compiled again for a client, and no rule is lost: what needs the client's data waits for it.
    println!("\n== a buyer of 17");
    show(&issuer.issue(buyer(17)?).await);

    println!("\n== under the file, by type and by name");
    let typed = issuer.issue(jonas()?).await?;
    let named = issuer.issue_by_name("eu-onboarding", jonas_as_text()).await?;
    println!("by type  {}", typed.policy.digest);
    println!("by name  {}", named.policy.digest);
    println!("one policy: {}", typed.policy == named.policy && typed.policy.digest == ONBOARDING);

    println!("\n== under a struct that was written for us");
    show(&issuer.issue(driver()?).await);

    println!("\n== under a policy without a struct");
    show(&issuer.issue_by_name("staff", jonas_as_text()).await);

    // The program was built with 18, and somebody has changed the file on the server since.
    println!("\n== a registry that says otherwise");
    let edited = edited()?;
    let issuer = self::issuer(&edited, sandbox.base_url())?;
    show(&issuer.issue(jonas()?).await);
    println!("allowed:");
    show(&issuer.allow_differing().issue(jonas()?).await);

    println!("\nthe vendor has seen {} requests", sandbox.received().len());
    sandbox.shutdown().await;
    Ok(())
}

/// Issues at the stand-in, which accepts one key pair.
fn issuer(registry: &Registry, base_url: &str) -> Result<Issuer, Box<dyn Error>> {
    let (key, secret) = (ApiKey::new("sandbox-key")?, ApiSecret::new("sandbox-secret")?);
    let vendor = kyc::vendor::Client::builder(key, secret).base_url(base_url).build()?;
    Ok(Issuer::new(registry.clone(), vendor))
}

/// A buyer who has their birthday today. Each value is checked where it is made: no `AgeGate` holds an unfit one.
fn buyer(years: i32) -> Result<AgeGate, Box<dyn Error>> {
    let birthday = Timestamp::now().to_zoned(TimeZone::UTC).date().checked_sub(years.years())?;
    Ok(AgeGate {
        client_id: "user-123".parse()?,
        date_of_birth: Date::new(birthday.year(), birthday.month(), birthday.day())?,
        locale: Some(Locale::new("lt")?),
    })
}

fn jonas() -> Result<Onboarding, Box<dyn Error>> {
    Ok(Onboarding {
        client_id: "user-456".parse()?,
        first_name: Some("Jonas".parse()?),
        last_name: "Jonaitis".parse()?,
        date_of_birth: Date::new(1990, 5, 15)?,
        document_country: Some(Personal::new("LT".parse::<Country>()?)),
        locale: None,
        external_ref: None,
    })
}

/// The same person as a caller over the network would bring them.
fn jonas_as_text() -> Client {
    let mut input = ClientInput::default();
    input.text("client_id", "user-456");
    input.text("first_name", "Jonas");
    input.text("last_name", "Jonaitis");
    input.text("date_of_birth", "1990-05-15");
    Client::read(&input)
}

fn driver() -> Result<shipped::DriverRental, Box<dyn Error>> {
    Ok(shipped::DriverRental {
        client_id: "user-789".parse()?,
        first_name: None,
        last_name: Some("Doe".parse()?),
        date_of_birth: Date::new(1985, 2, 3)?,
        document_country: Personal::new("DE".parse::<Country>()?),
        document_number: None,
        date_of_expiry: None,
        locale: None,
    })
}

/// The folder as it is after an edit that this program was not built with.
fn edited() -> Result<Registry, Box<dyn Error>> {
    let mut sources = SourceMap::default();
    let set = include_str!("../../../policies/_set.yaml");
    let text =
        include_str!("../../../policies/eu-onboarding.yaml").replace("age: { min: 18 }", "age: { min: 21 }");
    let (set, _) = check_set(&mut sources, "_set.yaml", set.as_bytes());
    let checked = check_policy(&mut sources, "eu-onboarding.yaml", None, text.as_bytes(), &set);
    Ok([checked.value.ok_or("the edited policy has mistakes")?].into_iter().collect())
}

fn show(answer: &Result<Issued, IssueError>) {
    match answer {
        Ok(issued) => println!("token for a session under {} {}", issued.policy.name, issued.policy.digest),
        // Every problem, and no value.
        Err(IssueError::Client { policy, problems }) => {
            println!("refused by {policy}, and nothing was sent:");
            for problem in problems {
                println!("{}", to_text(&SourceMap::default(), problem, Style::Plain));
            }
        }
        Err(error) => println!("refused: {error}"),
    }
}

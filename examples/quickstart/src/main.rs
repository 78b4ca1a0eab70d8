//! The smallest service: a folder of policies, an account at the vendor, and tokens by policy name.
//!
//! The vendor is the stand-in `kyc-sandbox`, started in this process: nothing leaves the machine and nothing is paid
//! for. A real service differs in two lines: its own credentials, and no `base_url`.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::error::Error;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use kyc::policy::{SourceMap, Style, to_text};
use kyc::{ApiKey, ApiSecret, Client, ClientInput, IssueError, Issued, Issuer, Registry};
use kyc_sandbox::{Sandbox, Scenario};

/// Beside the examples, wherever the program is started.
const POLICIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies");

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // Once, when the service starts. A folder with a mistake is refused as a whole.
    let registry = Registry::open(POLICIES)?;
    let policy = registry.policy("eu-onboarding")?;
    println!("{} policies; eu-onboarding is {}\n", registry.len(), policy.digest());

    let sandbox = Sandbox::builder().build().start().await?;
    let issuer = issuer(&registry, sandbox.base_url())?;

    println!("== an adult");
    show(&issuer.issue_by_name("eu-onboarding", client("Jonas", "1990-05-15")).await);

    // Everything about the client is checked before anything is sent, and all problems are told at once.
    println!("\n== a 17-year-old whose name is mistyped");
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let birthday = today.checked_sub(17.years())?.to_string();
    show(&issuer.issue_by_name("eu-onboarding", client("J0nas", &birthday)).await);

    println!("\n== a name of no policy");
    show(&issuer.issue_by_name("eu-onbording", client("Jonas", "1990-05-15")).await);
    println!("\nthe vendor has seen {} request", sandbox.received().len());
    sandbox.shutdown().await;

    println!("\n== a vendor that fails while it has the request");
    let failing = Sandbox::builder().scenario(Scenario::ServerError).build().start().await?;
    let issuer = self::issuer(&registry, failing.base_url())?;
    show(&issuer.issue_by_name("eu-onboarding", client("Jonas", "1990-05-15")).await);
    failing.shutdown().await;
    Ok(())
}

/// Issues at the stand-in, which accepts one key pair.
fn issuer(registry: &Registry, base_url: &str) -> Result<Issuer, Box<dyn Error>> {
    let (key, secret) = (ApiKey::new("sandbox-key")?, ApiSecret::new("sandbox-secret")?);
    let vendor = kyc::vendor::Client::builder(key, secret).base_url(base_url).build()?;
    Ok(Issuer::new(registry.clone(), vendor))
}

/// What a caller brings: the data of one client, and no word about the policy.
fn client(first_name: &str, date_of_birth: &str) -> Client {
    let mut input = ClientInput::default();
    input.text("client_id", "user-123");
    input.text("first_name", first_name);
    input.text("date_of_birth", date_of_birth);
    Client::read(&input)
}

/// The place where a service answers its own caller, class by class.
fn show(answer: &Result<Issued, IssueError>) {
    match answer {
        Ok(issued) => {
            println!("scan reference  {}", issued.scan_ref);
            // The address carries the token: it goes to the client's browser, and into no log.
            println!("send them to    {}", host(issued.redirect_url.expose_secret()));
            println!("token expires   {}", issued.expires_at);
            println!("policy          {} {}", issued.policy.name, issued.policy.digest);
        }
        // The caller is wrong: 404.
        Err(IssueError::UnknownPolicy(unknown)) => println!("{unknown}"),
        // The client's data is wrong: 422, with every problem. No problem repeats a value.
        Err(IssueError::Client { problems, .. }) => {
            // Client data stands in no file, so there is no text to show beside the problems.
            for problem in problems {
                println!("{}", to_text(&SourceMap::default(), problem, Style::Plain));
            }
        }
        // The vendor: 502, or 503 if asking again later is safe.
        Err(IssueError::Vendor(error)) => {
            println!("{error}");
            println!(
                "ask again: {}; session may exist: {}",
                error.is_retryable(),
                error.may_have_been_created()
            );
            println!("help: {}", error.hint());
        }
        // A session exists and cannot be opened: somebody has to look.
        Err(IssueError::NoAddress { scan_ref }) => println!("session {scan_ref} has no address; delete it"),
        // A class that a later release adds.
        Err(error) => println!("{error}"),
    }
}

/// The part of an address between the scheme and the path.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

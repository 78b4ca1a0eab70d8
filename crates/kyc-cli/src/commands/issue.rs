//! `kyc issue`: a token from the vendor, or from the stand-in.

use std::env;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};
use jiff::Timestamp;
use kyc::policy::{merge, to_json};
use kyc::vendor::{BaseUrl, DummyStatus};
use kyc::{ApiKey, ApiSecret, Client, Folder, IssueError, Issued, Issuer, Registry};
use kyc_sandbox::Sandbox;
use serde_json::json;

use crate::client_data::ClientArgs;
use crate::commands::sandbox::{KEY, SECRET};
use crate::credentials::CredentialArgs;
use crate::error::{CommandError, with_causes};
use crate::exit::Exit;
use crate::files::PoliciesArg;
use crate::format::{Format, FormatArg};
use crate::problems::{client_refused, located, open, show, tell};
use crate::refusal::{data_error, issue_error, unknown_policy, vendor_error};
use crate::runtime::block_on;
use crate::ui::Ui;

/// Issue a verification token for one client under a policy
///
/// Everything is checked first, and nothing is sent while anything is wrong. A session at the vendor costs money;
/// `--sandbox` issues a token that costs nothing and verifies nobody.
///
/// This command alone prints secrets: whoever holds the token or the address can go through the verification.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc issue shop --sandbox --client-id c-1 --set last_name=Doe --set date_of_birth=1990-05-15
  kyc issue shop --data client.json --format json
  kyc issue shop --data - --api-key-file /run/secrets/key --api-secret-file /run/secrets/secret
  kyc issue shop --data client.json --dummy-status SUSPECTED

The credentials come from KYC_API_KEY and KYC_API_SECRET, from the files that KYC_API_KEY_FILE and
KYC_API_SECRET_FILE name, or from the files of the options; never from the command line itself.

JSON on standard output:
  a token            an object with auth_token, redirect_url, scan_ref, expires_at, digit_code,
                     policy { name, digest }, warnings
  mistakes           an array of diagnostics, as `kyc check` writes it
  any other failure  { \"error\": { kind, message, hint, status, identifier, may_have_been_created,
                     retryable, scan_ref } }

Ends with 1 if a policy or the data is wrong or no policy has the name, with 3 if the vendor issues none.")]
pub(crate) struct IssueArgs {
    /// The policy
    name: String,

    #[command(flatten)]
    client: ClientArgs,

    #[command(flatten)]
    policies: PoliciesArg,

    /// Issue from a stand-in of the vendor inside this command; needs no credentials
    #[arg(long, conflicts_with = "vendor_url")]
    sandbox: bool,

    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, help = VENDOR_URL_HELP)]
    vendor_url: Option<String>,

    /// For development environments only: end the session at once with this status, nobody verified
    ///
    /// For tests of what comes after a verification. The vendor refuses it in other environments; the sandbox takes it.
    #[arg(long, value_name = "STATUS", value_parser = dummy_statuses())]
    dummy_status: Option<DummyStatus>,

    #[command(flatten)]
    credentials: CredentialArgs,

    #[command(flatten)]
    format: FormatArg,
}

/// Not left to clap: a set variable beside `--sandbox` would be a conflict.
const VENDOR_URL_HELP: &str =
    "Where the vendor's API is [env: KYC_VENDOR_URL] [default: the vendor's own address]";

fn dummy_statuses() -> impl TypedValueParser<Value = DummyStatus> {
    let words = DummyStatus::ALL.iter().map(|status| status.as_str());
    PossibleValuesParser::new(words).try_map(|word| DummyStatus::from_word(&word).ok_or("not a dummy status"))
}

pub(crate) fn run(args: &IssueArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let format = args.format.format;
    let (folder, registry) = open(&args.policies, format, ui)?;
    registry.policy(&args.name).map_err(|error| unknown_policy(ui, format, &error))?;
    let client = args.client.read().map_err(|error| data_error(ui, format, error))?;
    let issued = if args.sandbox {
        block_on(issue_from_sandbox(ui, registry, args, client))?
    } else {
        let url = vendor_url(args.vendor_url.clone())?;
        let (key, secret) = args.credentials.read()?;
        let vendor = vendor(key, secret, url)?;
        block_on(async { Ok(issue(ui, registry, vendor, args, client).await) })?
    };
    match issued {
        Ok(issued) => report(ui, format, &folder, issued),
        Err(error) => Err(refuse(ui, format, &folder, &args.name, error)?),
    }
}

async fn issue(
    ui: &mut Ui,
    registry: Registry,
    vendor: kyc::vendor::Client,
    args: &IssueArgs,
    client: Client,
) -> Result<Issued, IssueError> {
    match args.dummy_status {
        None => Issuer::new(registry, vendor).issue_by_name(&args.name, client).await,
        Some(status) => issue_dummy(ui, &registry, &vendor, &args.name, client, status).await,
    }
}

/// What the issuer does, but for a session that nobody goes through: no service can ask for one.
async fn issue_dummy(
    ui: &mut Ui,
    registry: &Registry,
    vendor: &kyc::vendor::Client,
    name: &str,
    client: Client,
    status: DummyStatus,
) -> Result<Issued, IssueError> {
    let policy = registry.policy(name)?;
    let now = Timestamp::now();
    let merged = merge(policy, client, now)
        .map_err(|problems| IssueError::Client { policy: policy.name().to_owned(), problems })?;
    let answer = vendor
        .create_dummy_token(merged.request(), status)
        .await
        .map_err(|error| IssueError::Vendor(Box::new(error)))?;
    if DummyStatus::is_confirmed_by(&answer) {
        ui.note(format_args!("a dummy session: it ended as {status}, and nobody was verified"));
    } else {
        ui.note(
            "the vendor does not say that this is a dummy session: it may be a live one that is paid for",
        );
    }
    Issued::of(policy, merged, answer, now)
}

async fn issue_from_sandbox(
    ui: &mut Ui,
    registry: Registry,
    args: &IssueArgs,
    client: Client,
) -> Result<Result<Issued, IssueError>, CommandError> {
    let sandbox = Sandbox::builder().credentials(KEY, SECRET).build();
    let running = sandbox
        .start()
        .await
        .map_err(|error| CommandError::usage(format!("the sandbox cannot be started: {error}")))?;
    let malformed = |error| CommandError::usage(format!("the sandbox's credentials are malformed: {error}"));
    let (key, secret) = (ApiKey::new(KEY).map_err(malformed)?, ApiSecret::new(SECRET).map_err(malformed)?);
    let vendor = vendor(key, secret, running.base_url().to_owned())?;
    let issued = issue(ui, registry, vendor, args, client).await;
    if issued.is_ok() {
        ui.note(
            "the token comes from the sandbox: it verifies nobody, and its address ends with this command",
        );
    }
    running.shutdown().await;
    Ok(issued)
}

/// The address of the API: of the option, else of the environment, else the vendor's own.
fn vendor_url(option: Option<String>) -> Result<String, CommandError> {
    match (option, env::var_os("KYC_VENDOR_URL")) {
        (Some(url), _) => Ok(url),
        (None, Some(url)) => {
            url.into_string().map_err(|_| CommandError::usage("`KYC_VENDOR_URL` is not an address"))
        }
        (None, None) => Ok(BaseUrl::DEFAULT.to_owned()),
    }
}

fn vendor(key: ApiKey, secret: ApiSecret, url: String) -> Result<kyc::vendor::Client, CommandError> {
    kyc::vendor::Client::builder(key, secret).base_url(url).build().map_err(|error| {
        CommandError::usage(with_causes(&error)).hint(format!(
            "the address is `https://…`, or `http://…` on this very machine; the vendor's own is {}",
            BaseUrl::DEFAULT
        ))
    })
}

fn report(ui: &mut Ui, format: Format, folder: &Folder, issued: Issued) -> Result<Exit, CommandError> {
    let warnings = located(issued.warnings, folder.file(&issued.policy.name).map(|file| &file.places));
    // Whole seconds, never later than the vendor's.
    let expires_at = Timestamp::from_second(issued.expires_at.as_second()).unwrap_or(issued.expires_at);
    let token = issued.auth_token.expose_secret();
    let url = issued.redirect_url.expose_secret();
    let digit_code = issued.digit_code.as_ref().map(kyc::DigitCode::expose_secret);
    let (policy, scan_ref) = (&issued.policy, &issued.scan_ref);
    let written = match format {
        Format::Text => {
            tell(ui, folder.sources(), &warnings);
            let code = digit_code.map(|code| format!("digit code      {code}\n")).unwrap_or_default();
            // In one piece: a reader that takes the first line and goes has got the token all the same.
            let text = format!(
                "auth token      {token}\nredirect URL    {url}\nscan reference  {scan_ref}\n{code}\
                 expires at      {expires_at}\npolicy          {}\npolicy digest   {}\n",
                policy.name, policy.digest
            );
            ui.bytes(text.as_bytes())
        }
        Format::Json => ui.json(&json!({
            "auth_token": token,
            "redirect_url": url,
            "scan_ref": scan_ref.as_str(),
            "expires_at": expires_at.to_string(),
            "digit_code": digit_code,
            "policy": { "name": policy.name, "digest": policy.digest.to_string() },
            "warnings": to_json(folder.sources(), &warnings),
        })),
    };
    let written = match written {
        Ok(()) if ui.reader_is_gone() => Err(CommandError::usage("nobody reads standard output")),
        written => written,
    };
    written.map_err(|error| {
        CommandError::usage(format!("the session {scan_ref} was created, and {error}"))
            .hint("delete the session in the vendor's dashboard before you ask for another")
    })?;
    Ok(Exit::Fine)
}

fn refuse(
    ui: &mut Ui,
    format: Format,
    folder: &Folder,
    name: &str,
    error: IssueError,
) -> Result<CommandError, CommandError> {
    Ok(match error {
        IssueError::UnknownPolicy(error) => unknown_policy(ui, format, &error),
        IssueError::Client { problems, .. } => {
            let problems = located(problems, folder.file(name).map(|file| &file.places));
            show(ui, format, folder.sources(), &problems)?;
            client_refused(name, &problems)
        }
        IssueError::Vendor(error) => vendor_error(ui, format, &error),
        other => issue_error(ui, format, &other),
    })
}

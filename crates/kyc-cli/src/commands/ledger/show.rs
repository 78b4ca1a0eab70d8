//! `kyc ledger show`: what became of one session.

use clap::Args;
use kyc_ledger::history::PolicyDigest;
use kyc_ledger::{HistoryEntry, Session, SessionId, moment};
use serde_json::{Value, json};

use crate::error::CommandError;
use crate::exit::Exit;
use crate::format::{Format, FormatArg};
use crate::ledger_access::{LedgerArg, failed, inspect};
use crate::runtime::block_on;
use crate::ui::Ui;

/// Show what became of one session
///
/// Shows the session and its history, with commitments in place of whatever is personal. Whether it is true, `kyc ledger
/// verify` says.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc ledger show 01a20dea019d7711ab7abf5bb206a27c
  kyc ledger show 01a20dea019d7711ab7abf5bb206a27c --format json | jq .history")]
pub(crate) struct ShowArgs {
    /// The session, as `session_id` of the service's answer
    #[arg(value_name = "SESSION")]
    session: SessionId,

    #[command(flatten)]
    ledger: LedgerArg,

    #[command(flatten)]
    format: FormatArg,
}

pub(crate) fn run(args: &ShowArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let settings = args.ledger.settings(ui)?;
    let (session, history) = block_on(async {
        let mut inspector = inspect(&settings).await?;
        let session = inspector.session(args.session).await.map_err(failed)?;
        Ok((session, inspector.history_of(args.session).await.map_err(failed)?))
    })?;
    let session =
        session.ok_or_else(|| CommandError::wrong(format!("there is no session `{}`", args.session)))?;
    match args.format.format {
        Format::Text => {
            for (name, value) in facts(&session) {
                ui.line(format_args!("{name:<12} {value}"))?;
            }
            ui.line("\nhistory")?;
            for entry in &history {
                let HistoryEntry { step, at, instance, kind, facts } = entry;
                let at = moment(*at);
                ui.line(format_args!("{step:>3}  {at}  {instance}  {kind}  {}", shortened(facts)))?;
            }
        }
        Format::Json => ui.json(&as_json(&session, &history))?,
    }
    Ok(Exit::Fine)
}

/// What is known of a session, each with its name.
fn facts(session: &Session) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("session", session.id.to_string()),
        ("state", session.state.to_string()),
        ("caller", session.caller.to_string()),
        ("policy", session.policy.clone()),
        ("digest", PolicyDigest::new(session.digest).to_string()),
        ("account", format!("{} ({})", session.account, session.environment)),
        ("asked for", moment(session.created_at)),
    ];
    let mut add = |name, value: Option<String>| facts.extend(value.map(|value| (name, value)));
    add("replaces", session.replaces.map(|id| format!("{id}, as attempt {}", session.attempt)));
    add("scan_ref", session.scan_ref.as_ref().map(ToString::to_string));
    add("token ends", session.expires_at.map(moment));
    add("closed", session.closed_at.map(moment));
    add("erased", session.erased_at.map(moment));
    add(
        "refusal",
        session.refusal.as_ref().map(|refusal| match refusal.status {
            Some(status) => format!("{} (status {status})", refusal.code),
            None => refusal.code.clone(),
        }),
    );
    facts
}

/// Facts with digests and commitments cut, which nobody reads to the end.
fn shortened(facts: &str) -> String {
    const KEPT: usize = 12;
    let Ok(Value::Object(mut map)) = serde_json::from_str(facts) else { return facts.to_owned() };
    for value in map.values_mut() {
        if let Value::String(text) = value
            && text.len() == 64
        {
            *text = text.chars().take(KEPT).chain(['…']).collect();
        }
    }
    Value::Object(map).to_string()
}

fn as_json(session: &Session, history: &[HistoryEntry]) -> Value {
    let entry = |entry: &HistoryEntry| {
        json!({
            "step": entry.step,
            "at": moment(entry.at),
            "instance": entry.instance,
            "kind": entry.kind,
            "facts": serde_json::from_str::<Value>(&entry.facts).unwrap_or_default(),
        })
    };
    let mut described = session.described();
    if let Value::Object(described) = &mut described {
        described.insert("caller".to_owned(), session.caller.as_str().into());
        described.insert("history".to_owned(), history.iter().map(entry).collect());
    }
    described
}

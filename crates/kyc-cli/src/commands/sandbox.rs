//! `kyc sandbox`: a stand-in of the vendor on this machine.

use std::net::SocketAddr;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use kyc_sandbox::{Sandbox, Scenario};
use tokio::net::TcpListener;

use crate::error::CommandError;
use crate::exit::Exit;
use crate::runtime::block_on;
use crate::signals::stop;
use crate::ui::Ui;

/// The key of the sandbox. It opens nothing else.
pub(super) const KEY: &str = "sandbox-key";
/// The secret of the sandbox. It opens nothing else.
pub(super) const SECRET: &str = "sandbox-secret";

/// Run a stand-in of the vendor on this machine
///
/// It checks requests as the vendor's documentation says and issues tokens that verify nobody. A scenario makes it
/// misbehave. Settings for `kyc issue` go to standard output; it serves until Ctrl-C or SIGTERM.
///
/// It keeps requests in memory: send it no data of real people.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc sandbox
  kyc sandbox --listen 127.0.0.1:8088 --scenario rate-limited-once
  kyc sandbox --list-scenarios")]
pub(crate) struct SandboxArgs {
    /// Address and port; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,

    /// How to answer; `--list-scenarios` shows the choice
    #[arg(long, value_name = "NAME", value_parser = scenarios(), hide_possible_values = true)]
    #[arg(default_value = Scenario::Normal.name())]
    scenario: Scenario,

    /// List the scenarios
    #[arg(long)]
    list_scenarios: bool,

    /// Listen where other machines can reach it
    #[arg(long)]
    allow_remote: bool,
}

fn scenarios() -> impl TypedValueParser<Value = Scenario> {
    let names = Scenario::ALL.iter().map(|scenario| scenario.name());
    PossibleValuesParser::new(names).try_map(|name| name.parse::<Scenario>())
}

pub(crate) fn run(args: &SandboxArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    if args.list_scenarios {
        let lines: Vec<_> = Scenario::ALL
            .iter()
            .map(|scenario| format!("{:24}  {}", scenario.name(), scenario.description()))
            .collect();
        ui.line(lines.join("\n"))?;
        return Ok(Exit::Fine);
    }
    if !args.listen.ip().is_loopback() && !args.allow_remote {
        return Err(CommandError::usage(format!(
            "other machines could reach the sandbox on {}",
            args.listen
        ))
        .hint("listen on 127.0.0.1, or add `--allow-remote` if the network is yours alone"));
    }
    block_on(serve(args, ui))
}

async fn serve(args: &SandboxArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let cannot = |error| CommandError::usage(format!("cannot listen on {}: {error}", args.listen));
    let stopped = stop().map_err(|error| CommandError::usage(format!("cannot wait for signals: {error}")))?;
    let listener = TcpListener::bind(args.listen).await.map_err(cannot)?;
    let sandbox = Sandbox::builder().credentials(KEY, SECRET).scenario(args.scenario).build();
    let running = sandbox.start_on(listener).map_err(cannot)?;
    ui.line(format_args!(
        "export KYC_VENDOR_URL={}\nexport KYC_API_KEY={KEY}\nexport KYC_API_SECRET={SECRET}",
        running.base_url()
    ))?;
    if args.scenario != Scenario::Normal {
        ui.note(format_args!("scenario {}: {}", args.scenario, args.scenario.description()));
    }
    ui.note("serving until Ctrl-C; the lines above are the settings for `kyc issue`");
    stopped.await;
    running.shutdown().await;
    Ok(Exit::Fine)
}

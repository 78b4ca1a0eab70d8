//! The commands, one file each.

mod can;
mod check;
mod completions;
mod diff;
mod explain;
mod fmt;
mod issue;
mod keys;
mod ledger;
mod list;
mod new;
mod register;
mod request;
mod retention;
mod sandbox;
mod schema;
mod serve;
mod show;
mod test;

use clap::Subcommand;

use crate::error::CommandError;
use crate::exit::Exit;
use crate::ui::Ui;

#[derive(Subcommand)]
pub(crate) enum Command {
    Check(check::CheckArgs),
    Explain(explain::ExplainArgs),
    Fmt(fmt::FmtArgs),
    List(list::ListArgs),
    New(new::NewArgs),
    Show(show::ShowArgs),
    Register(register::RegisterArgs),
    Can(can::CanArgs),
    Test(test::TestArgs),
    Diff(diff::DiffArgs),
    Request(request::RequestArgs),
    Issue(issue::IssueArgs),
    Serve(serve::ServeArgs),
    Keys(keys::KeysArgs),
    Ledger(ledger::LedgerArgs),
    Retention(retention::RetentionArgs),
    Sandbox(sandbox::SandboxArgs),
    Schema(schema::SchemaArgs),
    Completions(completions::CompletionsArgs),
}

impl Command {
    pub(crate) fn run(self, ui: &mut Ui) -> Result<Exit, CommandError> {
        match self {
            Self::Check(args) => check::run(&args, ui),
            Self::Explain(args) => explain::run(&args, ui),
            Self::Fmt(args) => fmt::run(&args, ui),
            Self::List(args) => list::run(&args, ui),
            Self::New(args) => new::run(&args, ui),
            Self::Show(args) => show::run(&args, ui),
            Self::Register(args) => register::run(&args, ui),
            Self::Can(args) => can::run(&args, ui),
            Self::Test(args) => test::run(&args, ui),
            Self::Diff(args) => diff::run(&args, ui),
            Self::Request(args) => request::run(&args, ui),
            Self::Issue(args) => issue::run(&args, ui),
            Self::Serve(args) => serve::run(args, ui),
            Self::Keys(args) => keys::run(&args, ui),
            Self::Ledger(args) => ledger::run(&args, ui),
            Self::Retention(args) => retention::run(&args, ui),
            Self::Sandbox(args) => sandbox::run(&args, ui),
            Self::Schema(args) => schema::run(&args, ui),
            Self::Completions(args) => completions::run(&args, ui),
        }
    }
}

//! `kyc list`: the policies of a folder at a glance.

use std::iter;

use clap::Args;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};
use kyc::core::{Country, CountrySet};
use kyc::policy::{Countries, Governance, RiskTier};
use kyc::{ClientField, Folder, Policy, PolicyFile, SET_FILE};
use serde_json::{Value, json};

use crate::error::CommandError;
use crate::exit::Exit;
use crate::files::{PoliciesArg, count, read_folder};
use crate::format::{Format, FormatArg};
use crate::ui::Ui;

/// List the policies of a folder
///
/// A policy with mistakes is listed and marked, and the command ends with 1.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc list
  kyc list --format json | jq -r '.[] | [.name, .digest] | @tsv'")]
pub(crate) struct ListArgs {
    #[command(flatten)]
    policies: PoliciesArg,

    #[command(flatten)]
    format: FormatArg,
}

pub(crate) fn run(args: &ListArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let path = &args.policies.policies;
    let folder = read_folder(path)?;
    match args.format.format {
        Format::Text => ui.line(table(&folder))?,
        Format::Json => ui.json(&folder.files().iter().map(json).collect())?,
    }
    if !folder.has_errors() {
        return Ok(Exit::Fine);
    }
    let wrong = folder.files().iter().filter(|file| file.policy.is_none()).count();
    let wrong = match wrong {
        0 => format!("`{SET_FILE}` has mistakes"),
        some => format!("mistakes in {some} of {}", count(folder.files().len(), "policy", "policies")),
    };
    let checked = path.display();
    Err(CommandError::wrong(wrong).hint(format!("`kyc check {checked}` shows them")))
}

/// The width of a terminal from which on there is room for descriptions.
const WIDE: u16 = 100;

fn table(folder: &Folder) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_header([
        "NAME",
        "TIER",
        "COUNTRIES",
        "REQUIRED",
        "DIGEST",
        "DESCRIPTION",
    ]);
    for file in folder.files() {
        table.add_row(row(file));
    }
    // On a narrow terminal the prose gives way: names and digests are there to be copied.
    let longest = ClientField::ALL.iter().map(|field| field.as_str().len()).max().unwrap_or_default();
    let whole = ColumnConstraint::ContentWidth;
    let words = ColumnConstraint::LowerBoundary(Width::Fixed(u16::try_from(longest + 3).unwrap_or(u16::MAX)));
    let prose = match table.width() {
        Some(width) if width < WIDE => ColumnConstraint::Hidden,
        _ => ColumnConstraint::LowerBoundary(Width::Fixed(20)),
    };
    table.set_constraints([whole, whole, whole, words, whole, prose]);
    table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn row(file: &PolicyFile) -> [String; 6] {
    let nothing = || "-".to_owned();
    let Some(policy) = &file.policy else {
        return [file.name.clone(), nothing(), nothing(), "(has mistakes)".to_owned(), nothing(), nothing()];
    };
    let Governance { description, risk_tier, .. } = policy.governance();
    [
        file.name.clone(),
        risk_tier.map_or_else(nothing, |tier| tier.to_string()),
        countries(policy.sections().countries),
        required(policy).collect::<Vec<_>>().join(", "),
        policy.digest().to_string().chars().take(12).collect(),
        description.as_ref().map_or_else(nothing, ToString::to_string),
    ]
}

/// A few codes as they are, many as their number.
fn countries(countries: Countries) -> String {
    const FEW: usize = 4;
    let short = |set: CountrySet, many: &str| match set.len() {
        0..=FEW => set.iter().map(Country::code).collect::<Vec<_>>().join(", "),
        number => format!("{number}{many}"),
    };
    match countries {
        Countries::Listed(set) => short(set, " countries"),
        Countries::AnyBut(except) if except.is_empty() => "any".to_owned(),
        Countries::AnyBut(except) => format!("any but {}", short(except, "")),
    }
}

/// The required fields in the words of the policy, where `name` stands for either name.
fn required(policy: &Policy) -> impl Iterator<Item = &'static str> {
    let name = policy.requires_name().then_some("name");
    let fields = policy.required_fields();
    let own = iter::once(ClientField::ClientId).filter(move |id| fields.contains(*id));
    let others = fields.iter().filter(|field| *field != ClientField::ClientId);
    own.map(ClientField::as_str).chain(name).chain(others.map(ClientField::as_str))
}

fn json(file: &PolicyFile) -> Value {
    let policy = file.policy.as_ref();
    let governance = policy.map(Policy::governance);
    json!({
        "name": file.name,
        "file": file.path.to_string_lossy(),
        "has_mistakes": policy.is_none(),
        "description": governance.and_then(|of| of.description.as_deref()),
        "owner": governance.and_then(|of| of.owner.as_deref()),
        "review_by": governance.and_then(|of| of.review_by).map(|day| day.to_string()),
        "risk_tier": governance.and_then(|of| of.risk_tier).map(RiskTier::as_str),
        "countries": policy.map(|of| of.countries().iter().map(Country::code).collect::<Vec<_>>()),
        "required": policy.map(|of| required(of).collect::<Vec<_>>()),
        "accepted": policy.map(|of| of.accepted_fields().iter().map(ClientField::as_str).collect::<Vec<_>>()),
        "digest": policy.map(|of| of.digest().to_string()),
        "document_digest": policy.map(|of| of.document_digest().to_string()),
    })
}

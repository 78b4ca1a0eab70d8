//! `kyc can`: what would become of a person under a policy.

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date as Day;
use kyc::core::{Country, DocumentResult, DocumentType, FaceResult, Flag, SessionStatus};
use kyc::policy::{
    AmlList, Applicant, Birth, Facts, Field, Judgement, ResultTag, Ruling, Today, Validity, Whence,
};
use kyc::{Folder, Policy};
use serde_json::{Value, json};

use crate::error::CommandError;
use crate::exit::Exit;
use crate::files::PoliciesArg;
use crate::format::{Format, FormatArg};
use crate::places::{demanded, place};
use crate::problems::open;
use crate::refusal::unknown_policy;
use crate::ui::Ui;

/// Say what would become of a person under a policy, and why
///
/// The person is made up: nothing is sent, and nobody's data is needed. Country, document and age that are not given
/// are not known. Everything else that is not given is unremarkable: the document is valid for ten years, the person
/// is a national of the issuing country and sits there, document and face passed, every check was made and found
/// nothing.
#[derive(Args)]
#[command(after_help = "\
Examples:
  kyc can shop --country LT --document ID_CARD --age 17
  kyc can shop --country LT --document ID_CARD --age 40 --tag DUPLICATE_FACE --aml pep
  kyc can shop --country LT --document ID_CARD --age 40 --expires 2026-12-01 --format json | jq .outcome

Ends with 0 whatever the outcome is.")]
pub(crate) struct CanArgs {
    /// The policy
    name: String,

    /// The country that issued the document, such as LT
    #[arg(long, value_name = "CODE")]
    country: Option<Country>,

    /// The type of the document, as results name it, such as `ID_CARD`
    #[arg(long, value_name = "TYPE", value_parser = document)]
    document: Option<DocumentType>,

    /// The age in whole years
    #[arg(long, value_name = "YEARS", value_parser = clap::value_parser!(u32).range(..=150))]
    age: Option<u32>,

    /// The nationality
    #[arg(long, value_name = "CODE")]
    nationality: Option<Country>,

    /// The country of the address on the internet
    #[arg(long, value_name = "CODE")]
    ip_country: Option<Country>,

    /// The last day on which the document is valid, or `never`, or `unknown`
    #[arg(long, value_name = "DAY", value_parser = expires)]
    expires: Option<Validity>,

    /// A tag of the vendor, such as `DUPLICATE_FACE`; repeat it for more
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,

    /// A list that has an entry: `sanctions`, `pep`, `adverse_media` or `false_positive`; repeat it for more
    #[arg(long, value_name = "LIST", value_parser = list)]
    aml: Vec<AmlList>,

    /// What the vendor says as a whole
    #[arg(long, value_name = "STATUS", default_value = "APPROVED")]
    status: String,

    /// What became of the document at the vendor
    #[arg(long, value_name = "RESULT", default_value = "DOC_VALIDATED")]
    document_result: String,

    /// What became of the face at the vendor
    #[arg(long, value_name = "RESULT", default_value = "FACE_MATCH")]
    face_result: String,

    /// A required check that left no trace, such as checks.liveness; repeat it for more
    #[arg(long, value_name = "KEY", value_parser = flag)]
    untraced: Vec<Flag>,

    /// The day of the verification; today if it is not given
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<Day>,

    #[command(flatten)]
    policies: PoliciesArg,

    #[command(flatten)]
    format: FormatArg,
}

pub(crate) fn run(args: &CanArgs, ui: &mut Ui) -> Result<Exit, CommandError> {
    let format = args.format.format;
    let (folder, registry) = open(&args.policies, format, ui)?;
    let policy = registry.policy(&args.name).map_err(|error| unknown_policy(ui, format, &error))?;
    let facts = facts(args, policy)?;
    let judgement = policy.judge(&facts, Today { deny: folder.set().denied() });
    match format {
        Format::Text => ui.line(page(&judgement, policy, &folder))?,
        Format::Json => ui.json(&answer(&judgement, policy, &folder))?,
    }
    Ok(Exit::Fine)
}

/// The made-up result.
fn facts(args: &CanArgs, policy: &Policy) -> Result<Facts, CommandError> {
    let zone = policy.sections().zone();
    let day = args.on.unwrap_or_else(|| zone.to_datetime(Timestamp::now()).date());
    let noon = day.at(12, 0, 0, 0).to_zoned(zone.clone()).map(|noon| noon.timestamp());
    let noon = noon.map_err(|_| CommandError::usage(format!("{day} is too far away")))?;
    Ok(applicant(args).facts(noon, &zone))
}

/// The made-up person.
fn applicant(args: &CanArgs) -> Applicant {
    let whence = |country: Option<Country>| country.map_or(Whence::Document, Whence::Of);
    Applicant {
        country: args.country,
        document: args.document,
        birth: args.age.map(Birth::Age),
        nationality: whence(args.nationality),
        ip_country: whence(args.ip_country),
        expires: args.expires.unwrap_or(Validity::Long),
        tags: args.tag.iter().map(|tag| ResultTag::from_word(tag)).collect(),
        aml: args.aml.clone(),
        status: SessionStatus::from_word(&args.status),
        document_result: DocumentResult::from_word(&args.document_result),
        face_result: FaceResult::from_word(&args.face_result),
        untraced: args.untraced.clone(),
        ..Applicant::default()
    }
}

fn page(judgement: &Judgement, policy: &Policy, folder: &Folder) -> String {
    let mut lines = vec![format!("{}: {}", judgement.ruling(), meaning(judgement.ruling()))];
    let width = judgement.reasons().iter().map(|reason| reason.kind.as_str().len()).max().unwrap_or_default();
    for reason in judgement.reasons() {
        let (outcome, kind) = (reason.outcome.as_str(), reason.kind.as_str());
        lines.push(format!("\n{outcome:7} {kind:width$}  {}", reason.message));
        lines.push(format!("        {}", demanded(reason.key.as_deref(), policy.name(), folder)));
    }
    lines.join("\n")
}

fn meaning(ruling: Ruling) -> &'static str {
    match ruling {
        Ruling::Accept => "the person passes",
        Ruling::Review => "a person looks at the result",
        Ruling::Reject => "the person does not pass",
        Ruling::Pending => "nothing follows from the result yet",
        Ruling::Expired => "nobody was verified, and nobody was refused",
    }
}

fn answer(judgement: &Judgement, policy: &Policy, folder: &Folder) -> Value {
    let reasons = judgement.reasons().iter().map(|reason| {
        let place = reason.key.as_deref().and_then(|key| place(key, policy.name(), folder));
        json!({
            "rule": reason.kind.as_str(),
            "outcome": reason.outcome.as_str(),
            "message": reason.message,
            "key": reason.key,
            "file": place.as_ref().map(|(file, _, _)| file),
            "line": place.as_ref().map(|(_, line, _)| line),
            "column": place.as_ref().map(|(_, _, column)| column),
        })
    });
    json!({
        "policy": { "name": policy.name(), "digest": policy.digest().to_string() },
        "outcome": judgement.ruling().as_str(),
        "reasons": reasons.collect::<Vec<_>>(),
    })
}

fn document(word: &str) -> Result<DocumentType, String> {
    DocumentType::from_word(word)
        .ok_or_else(|| unknown(word, "a document type", DocumentType::ALL.iter().map(|of| of.as_str())))
}

fn list(word: &str) -> Result<AmlList, String> {
    AmlList::from_word(word).ok_or_else(|| unknown(word, "a list", AmlList::ALL.iter().map(|of| of.as_str())))
}

/// A flag by its key in policies.
fn flag(key: &str) -> Result<Flag, String> {
    let found = Field::flags().find(|(of, _)| *of == key);
    found.map(|(_, flag)| flag).ok_or_else(|| unknown(key, "a check", Field::flags().map(|(of, _)| of)))
}

fn unknown<'w>(word: &str, what: &str, known: impl IntoIterator<Item = &'w str>) -> String {
    match kyc::policy::nearest(word, known) {
        Some(near) => format!("not {what}; did you mean `{near}`?"),
        None => format!("not {what}"),
    }
}

fn expires(text: &str) -> Result<Validity, String> {
    match text {
        "never" => Ok(Validity::Never),
        "unknown" => Ok(Validity::Unknown),
        _ => day(text).map(Validity::On),
    }
}

fn day(text: &str) -> Result<Day, String> {
    kyc::core::parse_iso_date(text).map_err(|error| format!("{error}; write a day as YYYY-MM-DD"))
}

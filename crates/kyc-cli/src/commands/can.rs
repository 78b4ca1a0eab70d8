//! `kyc can`: what would become of a person under a policy.

use clap::Args;
use jiff::civil::Date as Day;
use jiff::{Timestamp, ToSpan};
use kyc::core::{Country, DocumentResult, DocumentType, FaceResult, Flag, Flags, SessionStatus};
use kyc::policy::{
    Aml, AmlList, AmlStatus, Birth, Expires, Facts, Judgement, Places, Reason, ResultTag, Ruling, SourceMap,
    Today,
};
use kyc::{Folder, Policy};
use serde_json::{Value, json};

use crate::error::CommandError;
use crate::exit::Exit;
use crate::files::PoliciesArg;
use crate::format::{Format, FormatArg};
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
    expires: Option<Stated>,

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

/// Until when a document is valid, as far as it is stated.
#[derive(Clone, Copy)]
struct Stated(Option<Expires>);

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
    let noon = day.at(12, 0, 0, 0).to_zoned(zone).map(|noon| noon.timestamp());
    let noon = noon.map_err(|_| CommandError::usage(format!("{day} is too far away")))?;
    let in_ten_years = || day.checked_add(10.years()).ok().map(Expires::On);
    let untraced = |flag: &Flag| args.untraced.contains(flag);
    Ok(Facts {
        is_final: true,
        status: SessionStatus::from_word(&args.status),
        document: Some(DocumentResult::from_word(&args.document_result)),
        face: Some(FaceResult::from_word(&args.face_result)),
        issuing_country: args.country,
        document_type: args.document,
        nationality: args.nationality.or(args.country),
        ip_country: args.ip_country.or(args.country),
        birth: args.age.map(Birth::Age),
        expires: args.expires.map_or_else(in_ten_years, |Stated(expires)| expires),
        tags: args.tag.iter().map(|tag| ResultTag::from_word(tag)).collect(),
        aml: aml(&args.aml),
        shown: Flag::ALL.iter().fold(Flags::NONE, |flags, flag| flags.with(*flag, !untraced(flag))),
        started: noon,
        finished: noon,
    })
}

fn aml(lists: &[AmlList]) -> Aml {
    let mut aml = Aml { sanctions: AmlStatus::Clear, pep: AmlStatus::Clear, adverse_media: AmlStatus::Clear };
    for list in lists {
        match list {
            AmlList::Sanctions => aml.sanctions = AmlStatus::Hit,
            AmlList::Pep => aml.pep = AmlStatus::Hit,
            AmlList::AdverseMedia => aml.adverse_media = AmlStatus::Hit,
            // Which list it is of makes no difference: take one that has no entry.
            AmlList::FalsePositive => {
                let lists = [&mut aml.sanctions, &mut aml.adverse_media, &mut aml.pep];
                if let Some(list) = lists.into_iter().find(|list| **list == AmlStatus::Clear) {
                    *list = AmlStatus::FalsePositive;
                }
            }
        }
    }
    aml
}

fn page(judgement: &Judgement, policy: &Policy, folder: &Folder) -> String {
    let mut lines = vec![format!("{}: {}", judgement.ruling(), meaning(judgement.ruling()))];
    let width = judgement.reasons().iter().map(|reason| reason.kind.as_str().len()).max().unwrap_or_default();
    for reason in judgement.reasons() {
        let (outcome, kind) = (reason.outcome.as_str(), reason.kind.as_str());
        lines.push(format!("\n{outcome:7} {kind:width$}  {}", reason.message));
        lines.push(format!("        {}", demanded(reason, policy, folder)));
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

/// Where the policy demands it.
fn demanded(reason: &Reason, policy: &Policy, folder: &Folder) -> String {
    let Some(key) = &reason.key else { return "under every policy".to_owned() };
    match place(key, policy, folder) {
        Some((file, line, column)) => format!("{file}:{line}:{column} `{key}`"),
        None => format!("`{key}`, which is not stated and has its default"),
    }
}

fn answer(judgement: &Judgement, policy: &Policy, folder: &Folder) -> Value {
    let reasons = judgement.reasons().iter().map(|reason| {
        let place = reason.key.as_deref().and_then(|key| place(key, policy, folder));
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

/// File, line and column of the key, or of the nearest one around it that is stated.
fn place(key: &str, policy: &Policy, folder: &Folder) -> Option<(String, usize, usize)> {
    let file = folder.file(policy.name())?;
    let stated = nearest(key, &file.places)?;
    locate(folder.sources(), &file.places, stated)
}

fn nearest<'k>(key: &'k str, places: &Places) -> Option<&'k str> {
    if places.is_stated(key) { Some(key) } else { nearest(key.rsplit_once('.')?.0, places) }
}

fn locate(sources: &SourceMap, places: &Places, key: &str) -> Option<(String, usize, usize)> {
    let (file, bytes) = sources.span(places.value(key)?)?;
    let position = sources.position(file, &bytes);
    Some((sources.name(file).to_owned(), position.line, position.column))
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
    use kyc::policy::{FIELDS, Shape};
    let flags = FIELDS.iter().filter_map(|field| match field.shape {
        Shape::Flag(flag) => Some((field.key, flag)),
        _ => None,
    });
    let found = flags.clone().find(|(of, _)| *of == key);
    found.map(|(_, flag)| flag).ok_or_else(|| unknown(key, "a check", flags.map(|(of, _)| of)))
}

fn unknown<'w>(word: &str, what: &str, known: impl IntoIterator<Item = &'w str>) -> String {
    match kyc::policy::nearest(word, known) {
        Some(near) => format!("not {what}; did you mean `{near}`?"),
        None => format!("not {what}"),
    }
}

fn expires(text: &str) -> Result<Stated, String> {
    match text {
        "never" => Ok(Stated(Some(Expires::Never))),
        "unknown" => Ok(Stated(None)),
        _ => day(text).map(|day| Stated(Some(Expires::On(day)))),
    }
}

fn day(text: &str) -> Result<Day, String> {
    kyc::core::parse_iso_date(text).map_err(|error| format!("{error}; write a day as YYYY-MM-DD"))
}

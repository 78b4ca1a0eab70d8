//! `#[policy(file = "…")]`: the policy of a file, with whose client section the fields of the struct must agree.

use std::path::{Path, PathBuf};

use kyc_folder::Folder;
use kyc_policy::{ClientField, Disagreement, Policy};

use super::{Declared, package, read};
use crate::field::StructField;
use crate::options::{At, Options};
use crate::read::RawEntry;
use crate::report::Mistakes;
use crate::spans::{Place, Spans};

/// The policy of a file, with whose client section the fields must agree.
pub(super) fn declared(
    file: &At<PathBuf>,
    entries: &[RawEntry],
    options: &Options,
    fields: &[StructField],
    mistakes: &mut Mistakes,
) -> Option<Declared> {
    for entry in entries {
        mistakes.add(entry.place, "the policy stands in the file, and nothing of it here");
    }
    if let Some(set) = &options.set {
        mistakes.add(set.place, "the set of a file is the `_set.yaml` beside it");
    }
    let mut folder = read(file, |path| Folder::read_file_in(&package(), path), mistakes)?;
    let spans = Spans::new(folder.sources_mut());
    mistakes.add_all(folder.diagnostics(), folder.sources(), &spans, file.place);
    let files = folder.paths().map(Path::to_owned).collect();
    let Ok([policy]) = <[Policy; 1]>::try_from(folder.into_policies().ok()?) else {
        mistakes.add(file.place, "this is the file of a set, and no policy");
        return None;
    };
    if !mistakes.is_unreadable() {
        agree(&policy, fields, file.place, mistakes);
    }
    Some(Declared { policy, files })
}

/// Reports how the fields disagree with the policy's client section, each on its field.
pub(super) fn agree(policy: &Policy, fields: &[StructField], file: Place, mistakes: &mut Mistakes) {
    let known: Vec<_> =
        fields.iter().filter_map(|field| Some((field.client_field()?, field.required))).collect();
    let of = |field: ClientField| fields.iter().find(|of| of.client_field() == Some(field));
    let place = |field: ClientField| of(field).map_or(file, StructField::place);
    let ty = |field: ClientField| of(field).map_or(file, StructField::type_place);
    for disagreement in policy.disagreements(&known) {
        let (place, message) = match disagreement {
            Disagreement::Missing(field) => {
                let ty = field.type_name();
                (
                    file,
                    format!(
                        "the policy requires `{field}`, and the struct has no such field\nhelp: add `{field}: {ty}`"
                    ),
                )
            }
            Disagreement::MissingName => (
                file,
                "the policy requires a name, and the struct has neither `first_name` nor `last_name`\n\
                 help: add `first_name: Option<PersonName>` and `last_name: Option<PersonName>`"
                    .to_owned(),
            ),
            Disagreement::Unused(field) => {
                let ty = field.type_name();
                (
                    file,
                    format!(
                        "the policy accepts `{field}`, and the struct has no such field\nhelp: add `{field}: Option<{ty}>`"
                    ),
                )
            }
            Disagreement::Unexpected(field) => (
                place(field),
                format!(
                    "the policy takes no `{field}`\nhelp: leave the field out, or name it in the policy's `client` section"
                ),
            ),
            Disagreement::NotOptional(field) => {
                (ty(field), format!("the policy requires `{field}`, so it is no `Option`"))
            }
            Disagreement::Optional(field) => (
                ty(field),
                format!(
                    "the policy accepts `{field}` and does not require it, so it is an `Option<{}>`",
                    field.type_name()
                ),
            ),
        };
        mistakes.add(place, &message);
    }
}

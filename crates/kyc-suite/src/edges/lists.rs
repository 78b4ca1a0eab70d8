//! Edges of the verdict: tags, lists, and checks that left no trace.

use kyc_core::{FaceResult, TokenType};
use kyc_policy::{AmlList, AmlStatus, Direction, Evidence, FIELDS, ResultTag, Shape, Tag};

use super::Edges;

pub(super) fn tags(edges: &mut Edges<'_>) {
    let stated: Vec<Tag> = edges.policy().sections().verdict.tags.iter().map(|(tag, _)| *tag).collect();
    for tag in stated.iter().copied() {
        edges.add(
            format!("verdict.tags.{tag}"),
            format!("a result with the tag `{tag}`"),
            |applicant| applicant.tags = vec![ResultTag::Known(tag)],
            move |seen| seen.facts.tags.contains(&ResultTag::Known(tag)),
        );
    }
    let is_other = move |tag: Tag| !stated.contains(&tag) && !tag.is_not_performed();
    if let Some(tag) = Tag::ALL.iter().copied().find(|tag| is_other(*tag)) {
        edges.add(
            "verdict.default",
            "a result with a tag that has no line of its own",
            |applicant| applicant.tags = vec![ResultTag::Known(tag)],
            move |seen| {
                seen.facts.tags.iter().any(|tag| matches!(tag, ResultTag::Known(tag) if is_other(*tag)))
            },
        );
    }
    edges.add(
        "verdict.default",
        "a result with a tag that nobody knows yet",
        |applicant| applicant.tags = vec![ResultTag::from_word("BRAND_NEW")],
        |seen| seen.facts.tags.iter().any(|tag| matches!(tag, ResultTag::Unknown(_))),
    );
}

pub(super) fn aml(edges: &mut Edges<'_>) {
    for list in AmlList::ALL.iter().copied() {
        let what = match list {
            AmlList::FalsePositive => "an entry that is somebody else's".to_owned(),
            list => format!("an entry on the list `{list}`"),
        };
        edges.add(
            format!("verdict.aml.{list}"),
            what,
            |applicant| applicant.aml = vec![list],
            move |seen| {
                let aml = seen.facts.aml;
                match list {
                    AmlList::Sanctions => aml.sanctions == AmlStatus::Hit,
                    AmlList::Pep => aml.pep == AmlStatus::Hit,
                    AmlList::AdverseMedia => aml.adverse_media == AmlStatus::Hit,
                    AmlList::FalsePositive => {
                        [aml.sanctions, aml.pep, aml.adverse_media].contains(&AmlStatus::FalsePositive)
                    }
                }
            },
        );
    }
}

/// What must have been done, and was not.
pub(super) fn evidence(edges: &mut Edges<'_>) {
    if edges.policy().sections().token.token_type == TokenType::Identification {
        edges.add(
            "token.type",
            "a face that was not matched",
            |applicant| applicant.face_result = FaceResult::Mismatch,
            |seen| seen.facts.face.as_ref() != Some(&FaceResult::Match),
        );
    } else {
        edges.add(
            "token.type",
            "a face that nobody compared",
            |applicant| applicant.face_result = FaceResult::NotChecked,
            |seen| seen.facts.face.as_ref() != Some(&FaceResult::Match),
        );
    }
    for field in FIELDS {
        let Shape::Flag(flag) = field.shape else { continue };
        let is_demanded =
            field.direction == Direction::TrueIsTighter && edges.policy().sections().flags.is_on(flag);
        if is_demanded && matches!(field.evidence, Evidence::Result | Evidence::Echo) {
            edges.add(
                field.key,
                format!("a result where nothing shows that `{}` was in force", field.key),
                |applicant| applicant.untraced = vec![flag],
                move |seen| seen.facts.shown.state(flag) != Some(true),
            );
        }
    }
}

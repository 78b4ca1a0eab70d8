//! What the vendor concluded: nothing is accepted that is not final, validated and matched.

use kyc_core::{DocumentResult, FaceResult, SessionStatus, TokenType};

use super::{Facts, Judging, Reason, ReasonKind, Ruling};

/// Why there is nothing to judge yet, or nothing at all.
pub(super) fn not_concluded(facts: &Facts) -> Option<Reason> {
    // A session that ran out may be called final or not; nobody was verified in it.
    if matches!(facts.status, SessionStatus::Expired | SessionStatus::ExpiredDeleted) {
        return Some(Reason::always(ReasonKind::SessionExpired, Ruling::Expired, "the session ran out"));
    }
    (!facts.is_final).then(|| {
        Reason::always(ReasonKind::NotFinal, Ruling::Pending, "the vendor does not call the result final")
    })
}

pub(super) fn judge(judging: &Judging<'_>, reasons: &mut Vec<Reason>) {
    let facts = judging.facts;
    let is_approved = facts.status == SessionStatus::Approved;
    match &facts.status {
        // A suspected result has passed the checks; its tags say what is suspected.
        SessionStatus::Approved | SessionStatus::Suspected => {}
        SessionStatus::Denied => {
            reasons.push(Reason::always(
                ReasonKind::VendorDenied,
                Ruling::Reject,
                "the vendor denied the person",
            ));
        }
        other => reasons.push(Reason::always(
            ReasonKind::StatusInconclusive,
            Ruling::Review,
            format!("the vendor's status is `{other}`, which is no conclusion"),
        )),
    }
    let document_failed = facts.document != Some(DocumentResult::Validated);
    let face_failed = judging.sections.token.token_type == TokenType::Identification
        && facts.face != Some(FaceResult::Match);
    if document_failed {
        let found = facts.document.as_ref().map_or("no result", DocumentResult::as_str);
        let message = format!("the document was not validated: {found}");
        reasons.push(Reason::always(ReasonKind::DocumentNotValidated, Ruling::Review, message));
    }
    if face_failed {
        let found = facts.face.as_ref().map_or("no result", FaceResult::as_str);
        let message = format!("the face was not matched: {found}");
        reasons.push(Reason::new(ReasonKind::FaceNotMatched, Ruling::Review, "token.type", message));
    }
    if is_approved && (document_failed || face_failed) {
        let message = "the vendor approved although a part of the check had failed";
        reasons.push(Reason::always(ReasonKind::VendorOverride, Ruling::Review, message));
    }
}

//! One decision in two engines: what the shipped policy `eu-onboarding` makes of a result, by its verdict and as a set
//! of Cedar policies that permit and forbid the same results.

use cedar_policy::{
    Authorizer, Context, Decision, Entities, EntityUid, PolicySet as CedarPolicies, Request, RestrictedExpression,
};
use jiff::{Timestamp, civil};
use kyc_core::{Country, DocumentResult, DocumentType, FaceResult, Flag, Flags, SessionStatus};
use kyc_policy::{
    Aml, AmlStatus, Birth, Expires, Facts, Policy, PolicySet, ResultTag, Ruling, SourceMap, Today, check_policy,
    check_set,
};

/// What matters of a result. Everything else is unremarkable.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    pub country: &'static str,
    pub document: &'static str,
    pub nationality: &'static str,
    pub age: u32,
    /// For how many more days the document is valid.
    pub valid_for: i64,
    pub tag: Option<&'static str>,
    pub is_sanctioned: bool,
    pub passes: bool,
}

const FINE: Case = Case {
    country: "LT",
    document: "ID_CARD",
    nationality: "LT",
    age: 40,
    valid_for: 3_650,
    tag: None,
    is_sanctioned: false,
    passes: true,
};

/// Results on both sides of each rule.
pub const CASES: [Case; 12] = [
    FINE,
    Case { country: "CH", document: "PASSPORT", ..FINE },
    Case { age: 18, valid_for: 30, ..FINE },
    Case { country: "LI", passes: false, ..FINE },
    Case { country: "BR", document: "DRIVER_LICENSE", passes: false, ..FINE },
    Case { document: "VISA", passes: false, ..FINE },
    Case { age: 17, passes: false, ..FINE },
    Case { valid_for: 29, passes: false, ..FINE },
    Case { nationality: "KP", passes: false, ..FINE },
    Case { nationality: "IR", passes: false, ..FINE },
    Case { tag: Some("NAME"), passes: false, ..FINE },
    Case { is_sanctioned: true, passes: false, ..FINE },
];

const MOMENT: Timestamp = Timestamp::constant(1_767_263_400, 0);

/// The shipped policy.
pub fn policy() -> Policy {
    let mut sources = SourceMap::default();
    let set = include_bytes!("../../../policies/_set.yaml");
    let (set, _): (PolicySet, _) = check_set(&mut sources, "_set.yaml", set);
    let text = include_bytes!("../../../policies/eu-onboarding.yaml");
    check_policy(&mut sources, "eu-onboarding.yaml", Some("eu-onboarding"), text, &set).value.expect("no mistake")
}

/// The result, for the verdict.
pub fn facts(case: Case) -> Facts {
    let today: civil::Date = MOMENT.to_zoned(jiff::tz::TimeZone::UTC).date();
    let expires = today.checked_add(jiff::Span::new().days(case.valid_for)).expect("a day");
    let status = if case.is_sanctioned { AmlStatus::Hit } else { AmlStatus::Clear };
    Facts {
        is_final: true,
        status: SessionStatus::Approved,
        document: Some(DocumentResult::Validated),
        face: Some(FaceResult::Match),
        issuing_country: Country::from_alpha2(case.country),
        document_type: DocumentType::from_word(case.document),
        nationality: Country::from_alpha2(case.nationality),
        ip_country: Country::from_alpha2(case.country),
        birth: Some(Birth::Age(case.age)),
        expires: Some(Expires::On(expires)),
        tags: case.tag.map(ResultTag::from_word).into_iter().collect(),
        aml: Aml { sanctions: status, pep: AmlStatus::Clear, adverse_media: AmlStatus::Clear },
        shown: Flag::ALL.iter().fold(Flags::NONE, |flags, flag| flags.with(*flag, true)),
        started: MOMENT,
        finished: MOMENT,
    }
}

/// Whether the person passes by the verdict.
pub fn judged(policy: &Policy, facts: &Facts) -> bool {
    policy.judge(facts, Today::default()).ruling() == Ruling::Accept
}

/// The same decision in Cedar: one permission and what forbids it.
pub fn cedar_policies(policy: &Policy) -> CedarPolicies {
    let countries: Vec<_> = policy.countries().iter().map(|country| format!("\"{}\"", country.code())).collect();
    let text = format!(
        r#"permit (principal, action == Action::"pass", resource) when {{
            context.isFinal && context.status == "APPROVED" && context.document == "DOC_VALIDATED"
                && context.face == "FACE_MATCH"
                && [{}].contains(context.issuingCountry)
                && ["PASSPORT", "ID_CARD"].contains(context.documentType)
                && context.age >= 18 && context.validFor >= 30
        }};
        forbid (principal, action, resource) when {{ ["KP", "IR"].contains(context.nationality) }};
        forbid (principal, action, resource) when {{ !context.tags.isEmpty() }};
        forbid (principal, action, resource) when {{
            context.sanctions == "HIT" || context.pep == "HIT" || context.adverseMedia == "HIT"
        }};
        forbid (principal, action, resource) unless {{
            context.shown.containsAll(["aml", "liveness", "ip_proxy", "manual_review"])
        }};"#,
        countries.join(", ")
    );
    text.parse().expect("Cedar policies")
}

/// The result, for Cedar.
pub fn request(case: Case) -> Request {
    let text = |text: &str| RestrictedExpression::new_string(text.to_owned());
    let set = |words: &[&str]| RestrictedExpression::new_set(words.iter().map(|word| text(word)));
    let status = if case.is_sanctioned { "HIT" } else { "CLEAR" };
    let tags: Vec<_> = case.tag.into_iter().collect();
    let context = Context::from_pairs(
        [
            ("isFinal", RestrictedExpression::new_bool(true)),
            ("status", text("APPROVED")),
            ("document", text("DOC_VALIDATED")),
            ("face", text("FACE_MATCH")),
            ("issuingCountry", text(case.country)),
            ("documentType", text(case.document)),
            ("nationality", text(case.nationality)),
            ("age", RestrictedExpression::new_long(i64::from(case.age))),
            ("validFor", RestrictedExpression::new_long(case.valid_for)),
            ("tags", set(&tags)),
            ("sanctions", text(status)),
            ("pep", text("CLEAR")),
            ("adverseMedia", text("CLEAR")),
            ("shown", set(&["aml", "liveness", "ip_proxy", "manual_review"])),
        ]
        .map(|(key, value)| (key.to_owned(), value)),
    );
    let uid = |text: &str| text.parse::<EntityUid>().expect("an entity");
    let (principal, action, resource) = (uid("Client::\"c\""), uid("Action::\"pass\""), uid("Policy::\"p\""));
    Request::new(principal, action, resource, context.expect("a context"), None).expect("a request")
}

/// Whether the person passes by Cedar.
pub fn authorised(policies: &CedarPolicies, request: &Request) -> bool {
    Authorizer::new().is_authorized(request, policies, &Entities::empty()).decision() == Decision::Allow
}

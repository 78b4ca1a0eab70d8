//! What the fuzzer calls, one function per door through which foreign bytes come in. Each must return, whatever the
//! bytes are; what it finds is kept in `tests/fuzz/corpus` and replayed by an ordinary test.

use std::sync::LazyLock;

use jiff::Timestamp;
use kyc_core::{
    ClientId, DocumentSet, DocumentType, EncodedSettings, Flag, Flags, Identifications, RequestedDocuments,
    SessionData, SessionState, Settings, TokenRequest, TokenResponse,
};
use kyc_policy::{
    Client, Diagnostic, Digest, FileKind, Policy, PolicySet, SourceMap, Style, Unformatted, check_policy,
    check_set, merge, read_json, to_json, to_text,
};

/// A door by name.
pub type Target = (&'static str, fn(&[u8]));

/// Every door.
pub const TARGETS: [Target; 6] = [
    ("yaml_reader", yaml_reader),
    ("policy_check", policy_check),
    ("format", format),
    ("merge_input", merge_input),
    ("vendor_answer", vendor_answer),
    ("sandbox_body", sandbox_body),
];

/// A policy set of any bytes: read, lowered and rendered.
pub fn yaml_reader(bytes: &[u8]) {
    let mut sources = SourceMap::default();
    let (_, diagnostics) = check_set(&mut sources, "_set.yaml", bytes);
    render(&sources, &diagnostics);
}

/// A policy of any bytes, under a set that demands much: checked, rendered, and merged if it is one.
///
/// # Panics
///
/// Two checks of the same bytes give two digests, or the stand-in refuses what the merge lets pass.
pub fn policy_check(bytes: &[u8]) {
    let mut sources = SourceMap::default();
    let checked = check_policy(&mut sources, "fuzz.yaml", None, bytes, &SET);
    render(&sources, &checked.diagnostics);
    if let Some(policy) = checked.value {
        let again = check_policy(&mut SourceMap::default(), "fuzz.yaml", None, bytes, &SET);
        assert_eq!(
            again.value.map(|policy| policy.digest()),
            Some(policy.digest()),
            "a digest must be stable"
        );
        let client = read_json(FULL_CLIENT).map(|input| Client::read(&input));
        if let Ok(client) = client {
            accepted_by_the_vendor(&policy, client);
        }
    }
}

/// A policy and a set of any bytes: formatted, and formatted again.
///
/// # Panics
///
/// What is formatted means something else, breaks other rules, or changes when it is formatted again.
pub fn format(bytes: &[u8]) {
    for kind in [FileKind::Policy, FileKind::Set] {
        let formatted = match kyc_policy::format(&mut SourceMap::default(), "fuzz.yaml", bytes, kind) {
            Ok(formatted) => formatted,
            Err(Unformatted::Unreadable(why)) => {
                assert!(!why.is_empty(), "refused in silence");
                continue;
            }
            // Left alone, and it is said so: nothing has become something else.
            Err(_) => continue,
        };
        let again = kyc_policy::format(&mut SourceMap::default(), "fuzz.yaml", formatted.as_bytes(), kind);
        assert_eq!(again.ok().as_deref(), Some(&*formatted), "a formatted file stays as it is");
        let (before, after) = (outcome(bytes, kind), outcome(formatted.as_bytes(), kind));
        let is_sound = |outcome: &Outcome| outcome.1.is_empty();
        if before.0.is_some() || is_sound(&before) {
            assert_eq!(visible(&before), visible(&after), "{formatted}");
        }
        assert_eq!(before.0, after.0, "{formatted}");
        // What nobody sees is spelled out inside of texts, and left out between them.
        assert!(invisible(&after) <= invisible(&before), "{formatted}");
    }
}

/// The digests of a policy, and the rules that it or a set breaks.
type Outcome = (Option<[Digest; 2]>, Vec<&'static str>);

const INVISIBLE: &str = "invisible-character";

fn visible((digests, rules): &Outcome) -> Outcome {
    (*digests, rules.iter().copied().filter(|rule| *rule != INVISIBLE).collect())
}

fn invisible((_, rules): &Outcome) -> usize {
    rules.iter().filter(|rule| **rule == INVISIBLE).count()
}

fn outcome(bytes: &[u8], kind: FileKind) -> Outcome {
    let (digests, diagnostics) = checked(bytes, kind);
    let mut rules: Vec<_> = diagnostics.iter().map(|found| found.rule().id).collect();
    rules.sort_unstable();
    (digests, rules)
}

fn checked(bytes: &[u8], kind: FileKind) -> (Option<[Digest; 2]>, Vec<Diagnostic>) {
    let mut sources = SourceMap::default();
    match kind {
        FileKind::Policy => {
            let checked = check_policy(&mut sources, "fuzz.yaml", None, bytes, &SET);
            let digests = checked.value.map(|policy| [policy.digest(), policy.document_digest()]);
            (digests, checked.diagnostics)
        }
        FileKind::Set => (None, check_set(&mut sources, "_set.yaml", bytes).1),
    }
}

/// A client's data of any bytes, under policies that take much.
pub fn merge_input(bytes: &[u8]) {
    let Ok(input) = read_json(bytes) else { return };
    for policy in POLICIES.iter() {
        accepted_by_the_vendor(policy, Client::read(&input));
    }
}

/// An answer of the vendor of any bytes, to every call.
pub fn vendor_answer(bytes: &[u8]) {
    if let Ok(response) = TokenResponse::from_wire(bytes) {
        let flags = Flag::ALL.iter().fold(Flags::NONE, |flags, flag| flags.with(*flag, true));
        let settings = EncodedSettings::new(&Settings { flags, ..Settings::default() });
        if let Ok(client_id) = ClientId::new("user-1") {
            let mut request = TokenRequest::new(settings, client_id);
            request.documents = RequestedDocuments::of(DocumentSet::EMPTY.with(DocumentType::Passport));
            response.weaker_than(&request);
        }
    }
    let _ = SessionState::from_wire(bytes);
    let _ = SessionData::from_wire(bytes);
    let _ = Identifications::from_wire(bytes);
}

/// A token request of any bytes, at the stand-in.
pub fn sandbox_body(bytes: &[u8]) {
    let _ = kyc_sandbox::validate(bytes);
}

/// Whatever the merge lets pass is what the vendor documents; whatever it refuses can be shown.
fn accepted_by_the_vendor(policy: &Policy, client: Client) {
    match merge(policy, client, *NOW) {
        // The stand-in refuses parameters newer than its schema, which is what the escape hatch is for.
        Ok(merged) if policy.sections().special.vendor.is_empty() => {
            let refusal = kyc_sandbox::validate(&merged.request().to_wire()).err();
            assert!(refusal.is_none(), "{refusal:?}");
        }
        Ok(_) => {}
        Err(problems) => render(&SourceMap::default(), &problems),
    }
}

fn render(sources: &SourceMap, diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        let text = to_text(sources, diagnostic, Style::Plain);
        assert!(text.contains(diagnostic.rule().id), "{text}");
    }
    let json = to_json(sources, diagnostics);
    assert_eq!(json.as_array().map(Vec::len), Some(diagnostics.len()), "{json}");
}

static NOW: LazyLock<Timestamp> =
    LazyLock::new(|| "2026-11-23T12:00:00Z".parse().unwrap_or(Timestamp::UNIX_EPOCH));

static SET: LazyLock<PolicySet> = LazyLock::new(|| {
    let text = "hosts: [app.example.com]\nintake: https://hooks.example.com/x\ngroups: { BALTICS: [EE, LT, LV] }\n\
                deny: [KP]\nmust_state: [age]\ngovernance: { require: [owner], reverify: { high: 1y } }\n\
                timezone: Europe/Vilnius\nceilings: { expires_in: 24h }\nnever_accept: [NAME]\n";
    check_set(&mut SourceMap::default(), "_set.yaml", text.as_bytes()).0
});

const FULL_CLIENT: &[u8] = br#"{ "client_id": "user-1", "external_ref": "order 7/8", "first_name": "John",
    "last_name": "Doe", "date_of_birth": "1990-05-15", "nationality": "LT", "document_number": "LX1",
    "personal_number": "39005150000", "sex": "M", "date_of_expiry": "2199-01-01", "date_of_issue": "2020-01-01",
    "address": "Gedimino pr. 1", "document_country": "LT", "locale": "lt" }"#;

static POLICIES: LazyLock<Vec<Policy>> = LazyLock::new(|| {
    let all = "client: { accept: [external_ref, name, date_of_birth, nationality, document_number, personal_number, \
               sex, date_of_expiry, date_of_issue, address, document_country, locale] }\n";
    let texts = [
        format!("name: a\ncountries: any\ndocuments: any\nage: {{ min: 18, max: 80 }}\n{all}"),
        "name: b\ncountries: [EU]\ndocuments: { any: [PASSPORT], LT: [ID_CARD] }\n\
         redirect: { success: \"https://app.example.com/{external_ref}?c={client_id}\" }\n\
         client: { require: [external_ref, document_country] }\n"
            .to_owned(),
        "name: c\ncountries: any\ndocuments: any\n\
         steps: { ALL: { ALL: { BILL: { type: COMPARE, fields: [address] } } } }\nclient: { require: [step_data] }\n"
            .to_owned(),
    ];
    let check = |text: &String| {
        check_policy(&mut SourceMap::default(), "x.yaml", None, text.as_bytes(), &PolicySet::empty()).value
    };
    texts.iter().filter_map(check).collect()
});

//! A checked policy as constants: the parts that it states, and what was computed from them. That nothing is forgotten
//! here is held by the tests that compare each policy of the corpus with the same one from a file.

use std::fmt::Debug;

use jiff::civil;
use kyc_core::{
    Age, AgeBounds, Country, CountrySet, DocumentSet, Extra, Flags, Nfc, Questionnaire, Step, StepPlace,
    StepText, VendorId, WebUrl,
};
use kyc_policy::{
    Countries, CountryLockMode, Delivery, DocumentScope, Loosening, Policy, Reuse, Screen, Sections, Special,
    SpecialGovernance, Text, UrlTemplate, Verdict,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// An expression for the policy, in which `__p` is the module of what generated code needs.
pub(crate) fn policy(policy: &Policy) -> TokenStream {
    let parts = parts(policy.sections());
    let waiting = policy.waiting();
    let digest = bytes(policy.digest().as_bytes());
    let document_digest = bytes(policy.document_digest().as_bytes());
    quote! {
        __p::policy(
            &[#(__p::Part::#parts),*],
            #waiting,
            *#digest,
            *#document_digest,
        )
    }
}

fn bytes(bytes: &[u8; 32]) -> proc_macro2::Literal {
    proc_macro2::Literal::byte_string(bytes)
}

/// The parts that `sections` states, without their common path.
fn parts(sections: &Sections) -> Vec<TokenStream> {
    let mut parts = Vec::new();
    let name = &sections.name;
    parts.push(quote!(Name(#name)));
    governance(sections, &mut parts);
    acceptance(sections, &mut parts);
    session(sections, &mut parts);
    checks(sections, &mut parts);
    parts
}

fn governance(sections: &Sections, parts: &mut Vec<TokenStream>) {
    let governance = &sections.governance;
    let text = |text: &Option<Text>| text.as_ref().map(ToString::to_string);
    parts.extend(text(&governance.description).map(|text| quote!(Description(#text))));
    parts.extend(text(&governance.owner).map(|text| quote!(Owner(#text))));
    parts.extend(text(&governance.rationale).map(|text| quote!(Rationale(#text))));
    parts.extend(text(&governance.legal_basis).map(|text| quote!(LegalBasis(#text))));
    parts.extend(governance.review_by.map(day).map(|day| quote!(ReviewBy(#day))));
    parts.extend(
        governance.risk_tier.map(|tier| variant("RiskTier", tier)).map(|tier| quote!(RiskTier(#tier))),
    );
    if let Some(every) = governance.reverify.every {
        let (count, unit) = every.parts();
        parts.push(quote!(ReverifyEvery(__p::Duration::proven(#count, #unit))));
    }
    if !governance.reverify.on.is_empty() {
        let events = governance.reverify.on.bits();
        parts.push(quote!(ReverifyOn(#events)));
    }
    if *governance.special != SpecialGovernance::NONE {
        let special = special_governance(&governance.special);
        parts.push(quote!(SpecialGovernance(#special)));
    }
}

/// What few policies say of themselves.
fn special_governance(special: &SpecialGovernance) -> TokenStream {
    let SpecialGovernance { extends, loosen, inherited_loosen, effective, minors } = special;
    let text = |text: &Option<Text>| option(text.as_deref().map(borrowed));
    let (extends, minors) = (text(extends), text(minors));
    let (from, until) = (option(effective.from.map(day)), option(effective.until.map(day)));
    let all = |all: &[Loosening]| slice(quote!(__p::Loosening), all.iter().map(loosening).collect());
    let (loosen, inherited) = (all(loosen), all(inherited_loosen));
    held(
        quote!(__p::SpecialGovernance),
        quote!(__p::SpecialGovernance {
            extends: #extends,
            loosen: __p::Cow::Borrowed(#loosen),
            inherited_loosen: __p::Cow::Borrowed(#inherited),
            effective: __p::Effective { from: #from, until: #until },
            minors: #minors,
        }),
    )
}

fn loosening(Loosening { key, reason, until }: &Loosening) -> TokenStream {
    let until = day(*until);
    quote!(__p::Loosening {
        key: __p::Cow::Borrowed(#key),
        reason: __p::Cow::Borrowed(#reason),
        until: #until,
    })
}

/// Who passes, and what is made of results.
fn acceptance(sections: &Sections, parts: &mut Vec<TokenStream>) {
    let countries = match sections.countries {
        Countries::Listed(set) => (quote!(Listed), country_set(set)),
        Countries::AnyBut(set) => (quote!(AnyBut), country_set(set)),
    };
    let (kind, set) = countries;
    parts.push(quote!(Countries(__p::Countries::#kind(#set))));
    let documents = &sections.documents;
    let default = option(documents.default.map(scope));
    let rows = documents.rows.iter().map(|(country, row)| {
        let (country, row) = (self::country(*country), scope(*row));
        quote!((#country, #row))
    });
    let eid = document_set(documents.eid);
    parts.push(quote!(Documents(#default, &[#(#rows),*], #eid)));
    parts.extend(screen(sections.nationality).map(|screen| quote!(Nationality(#screen))));
    parts.extend(screen(sections.ip_country).map(|screen| quote!(IpCountry(#screen))));
    if sections.age != AgeBounds::NONE {
        let age = |age: Option<Age>| option(age.map(Age::get).map(|years| quote!(__p::Age::proven(#years))));
        let (min, max) = (age(sections.age.min()), age(sections.age.max()));
        parts.push(quote!(Age(__p::AgeBounds::proven(#min, #max))));
    }
    if sections.expiry != kyc_policy::Expiry::DEFAULT {
        let none = variant("Outcome", sections.expiry.none);
        let days = sections.expiry.min_remaining_days;
        parts.push(quote!(Expiry(__p::Expiry { none: #none, min_remaining_days: #days })));
    }
    let verdict = &sections.verdict;
    let (default, outside) = (variant("Outcome", verdict.default), variant("Outcome", verdict.outside));
    let tags =
        verdict.tags.iter().map(|(tag, outcome)| pair(variant("Tag", *tag), variant("Outcome", *outcome)));
    let aml = verdict.aml.iter().map(|(list, outcome)| {
        let (list, outcome) = (variant("AmlList", list), variant("Outcome", outcome));
        quote!(.with(#list, #outcome))
    });
    if *verdict != Verdict::DEFAULT {
        parts.push(quote!(Verdict(#default, #outside, &[#(#tags),*], __p::AmlOutcomes::NONE #(#aml)*)));
    }
}

/// How sessions run, and where people and results go.
fn session(sections: &Sections, parts: &mut Vec<TokenStream>) {
    let lock =
        unless(sections.country_lock, CountryLockMode::Auto).map(|mode| variant("CountryLockMode", mode));
    parts.extend(lock.map(|mode| quote!(CountryLock(#mode))));
    let token = sections.token;
    if token != kyc_policy::Token::DEFAULT {
        let token_type = variant("TokenType", token.token_type);
        let (expires_in, session_length) = (token.expires_in.get(), token.session_length.get());
        parts.push(quote!(Token(__p::Token {
            token_type: #token_type,
            expires_in: __p::ExpiryTime::proven(#expires_in),
            session_length: __p::SessionLength::proven(#session_length),
        })));
    }
    let redirect = &sections.redirect;
    parts.extend(redirect.success.as_ref().map(template).map(|url| quote!(Success(#url))));
    parts.extend(redirect.error.as_ref().map(template).map(|url| quote!(Error(#url))));
    parts.extend(redirect.unverified.as_ref().map(template).map(|url| quote!(Unverified(#url))));
    let delivery =
        unless(sections.delivery, Delivery::Redirect).map(|delivery| variant("Delivery", delivery));
    parts.extend(delivery.map(|delivery| quote!(Delivery(#delivery))));
    let reuse = unless(sections.reuse, Reuse::Never).map(|reuse| variant("Reuse", reuse));
    parts.extend(reuse.map(|reuse| quote!(Reuse(#reuse))));
    let zone = unless(&*sections.timezone, kyc_policy::UTC);
    parts.extend(zone.map(|zone| quote!(Timezone(#zone))));
    let client = sections.client;
    let (require, accept) = (client.require.bits(), client.accept.bits());
    let require_name = client.require_name;
    parts.push(quote!(Client(#require, #accept, #require_name)));
}

/// What is checked, asked and shown.
fn checks(sections: &Sections, parts: &mut Vec<TokenStream>) {
    if sections.flags != Flags::NONE {
        let flags = flags(sections.flags);
        parts.push(quote!(Flags(#flags)));
    }
    match &sections.questionnaire {
        Questionnaire::Account => {}
        Questionnaire::None => parts.push(quote!(NoQuestionnaire)),
        Questionnaire::Key { key, required } => {
            let (key, required) = (key.as_str(), option(required.map(|required| quote!(#required))));
            parts.push(quote!(Questionnaire(#key, #required)));
        }
    }
    if sections.nfc != Nfc::Account {
        let nfc = variant("Nfc", sections.nfc);
        parts.push(quote!(Nfc(#nfc)));
    }
    match &sections.extra {
        Extra::Account => {}
        Extra::UtilityBill(on) => parts.push(quote!(UtilityBill(#on))),
        Extra::Steps(steps) => {
            let steps = steps.iter().map(|(place, step)| pair(step_place(place), self::step(step)));
            let steps = slice(quote!((__p::StepPlace, __p::Step)), steps.collect());
            parts.push(quote!(Steps(#steps)));
        }
    }
    let locale = sections.locale.as_ref().map(kyc_core::Locale::as_str);
    parts.extend(locale.map(|locale| quote!(Locale(#locale))));
    if *sections.special != Special::NONE {
        let special = special(&sections.special);
        parts.push(quote!(Special(#special)));
    }
}

/// What few policies state.
fn special(special: &Special) -> TokenStream {
    let webhook = option(special.webhook.as_ref().map(|webhook| {
        let url = web_url(webhook.url.as_web_url());
        let unjudged = option(webhook.unjudged.as_deref().map(|reason| quote!(#reason)));
        quote!(__p::webhook(#url, #unjudged))
    }));
    let id = |id: &Option<VendorId>| {
        option(id.as_ref().map(VendorId::as_str).map(|id| quote!(__p::VendorId::proven(#id))))
    };
    let (theme, risk_profile) = (id(&special.theme), id(&special.risk_profile));
    let countries = country_set(special.registry_countries);
    let threshold = special.face_threshold.map(kyc_core::FaceThreshold::get);
    let threshold = option(threshold.map(|number| quote!(__p::FaceThreshold::proven(#number))));
    let fields = special.vendor.iter().map(|field| {
        let (name, json) = (field.name(), field.json());
        quote!(__p::VendorField::proven(#name, #json))
    });
    let fields = slice(quote!(__p::VendorField), fields.collect());
    held(
        quote!(__p::Special),
        quote!(__p::Special {
            webhook: #webhook,
            theme: #theme,
            risk_profile: #risk_profile,
            registry_countries: #countries,
            face_threshold: #threshold,
            vendor: __p::VendorFields::proven(#fields),
        }),
    )
}

/// A variant without fields, whose `Debug` is its name.
fn variant(of: &str, value: impl Debug) -> TokenStream {
    let (of, variant) =
        (Ident::new(of, Span::call_site()), Ident::new(&format!("{value:?}"), Span::call_site()));
    quote!(__p::#of::#variant)
}

fn unless<T: PartialEq>(value: T, neutral: T) -> Option<T> {
    (value != neutral).then_some(value)
}

fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote!(__p::None), |value| quote!(__p::Some(#value)))
}

/// A slice of values that have a destructor, for which the compiler makes no static of its own.
fn slice(ty: TokenStream, items: Vec<TokenStream>) -> TokenStream {
    let count = items.len();
    quote!({
        static ITEMS: [#ty; #count] = [#(#items),*];
        &ITEMS
    })
}

/// A reference to a value that has a destructor, as [`slice()`].
fn held(ty: TokenStream, value: TokenStream) -> TokenStream {
    quote!({
        static HELD: #ty = #value;
        &HELD
    })
}

fn borrowed(text: &str) -> TokenStream {
    quote!(__p::Cow::Borrowed(#text))
}

fn pair(a: TokenStream, b: TokenStream) -> TokenStream {
    quote!((#a, #b))
}

fn day(day: civil::Date) -> TokenStream {
    let (year, month, day) = (day.year(), day.month(), day.day());
    quote!(__p::date(#year, #month, #day))
}

fn country(country: Country) -> TokenStream {
    let index = country.index();
    quote!(__p::Country::proven(#index))
}

fn country_set(set: CountrySet) -> TokenStream {
    let bits = set.bits();
    quote!(__p::CountrySet::proven([#(#bits),*]))
}

fn flags(flags: Flags) -> TokenStream {
    let (stated, on) = flags.bits();
    quote!(__p::Flags::proven(#stated, #on))
}

fn document_set(set: DocumentSet) -> TokenStream {
    let bits = set.bits();
    quote!(__p::DocumentSet::proven(#bits))
}

fn scope(scope: DocumentScope) -> TokenStream {
    match scope {
        DocumentScope::Any => quote!(__p::DocumentScope::Any),
        DocumentScope::Listed(set) => {
            let set = document_set(set);
            quote!(__p::DocumentScope::Listed(#set))
        }
    }
}

fn screen(screen: Screen) -> Option<TokenStream> {
    if screen == Screen::NONE {
        return None;
    }
    let (deny, review) = (country_set(screen.deny), country_set(screen.review));
    Some(quote!(__p::Screen { deny: #deny, review: #review }))
}

fn template(template: &UrlTemplate) -> TokenStream {
    if let Some(url) = template.fixed() {
        return fixed(url);
    }
    let text = template.as_str();
    quote!(__p::Url::Filled(#text))
}

fn fixed(url: &WebUrl) -> TokenStream {
    let parts = url_parts(url);
    quote!(__p::Url::Fixed(#parts))
}

fn web_url(url: &WebUrl) -> TokenStream {
    let parts = url_parts(url);
    quote!(__p::WebUrl::proven(#parts))
}

/// Text, characters of the host, port, and whether it is https.
fn url_parts(url: &WebUrl) -> TokenStream {
    let (text, secure) = (url.as_str(), url.is_secure());
    let host_len = u16::try_from(url.host().len()).unwrap_or(u16::MAX);
    let port = option(url.port().map(|port| quote!(#port)));
    quote!(#text, #host_len, #port, #secure)
}

fn step_place(place: &StepPlace) -> TokenStream {
    let of_country = option(place.country.map(country));
    let document = option(place.document.map(|document| variant("DocumentType", document)));
    let name = place.name.as_str();
    quote!(__p::StepPlace { country: #of_country, document: #document, name: __p::StepName::proven(#name) })
}

fn step(step: &Step) -> TokenStream {
    let kind = option(step.kind.map(|kind| variant("StepType", kind)));
    let fields = step.fields.iter().map(|field| quote!(__p::Cow::Borrowed(#field)));
    let fields = slice(quote!(__p::Cow<'static, __p::str>), fields.collect());
    let texts = step.texts.iter().map(|(locale, StepText { name, description })| {
        let locale = locale.as_str();
        quote!((
            __p::Locale::proven(#locale),
            __p::StepText { name: __p::Cow::Borrowed(#name), description: __p::Cow::Borrowed(#description) },
        ))
    });
    let texts = slice(quote!((__p::Locale, __p::StepText)), texts.collect());
    let flag = |flag: Option<bool>| option(flag.map(|flag| quote!(#flag)));
    let (can_upload, can_capture) = (flag(step.can_upload), flag(step.can_capture));
    let can_upload_pdf = flag(step.can_upload_pdf);
    quote!(__p::Step {
        kind: #kind,
        fields: __p::Cow::Borrowed(#fields),
        texts: __p::Cow::Borrowed(#texts),
        can_upload: #can_upload,
        can_capture: #can_capture,
        can_upload_pdf: #can_upload_pdf,
    })
}

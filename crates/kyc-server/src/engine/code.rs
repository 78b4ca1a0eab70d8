//! Every reason why something is not done, by a code that stays: status, title, what it means and what to do.

use std::fmt;

/// What is told of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// The code as it is written.
    pub code: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// A short summary that is the same each time.
    pub title: &'static str,
    /// What happened, and what became of the session.
    pub meaning: &'static str,
    /// What the caller does now.
    pub advice: &'static str,
}

macro_rules! codes {
    ($(
        $variant:ident = $code:literal, $status:literal, $title:literal,
            $meaning:literal,
            $advice:literal;
    )+) => {
        /// Why something is not done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $title] $variant,)+
        }

        impl Code {
            /// Every code, in the order in which to list them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// What is told of it.
            pub const fn about(self) -> &'static About {
                match self {
                    $(Self::$variant => &About {
                        code: $code, status: $status, title: $title, meaning: $meaning, advice: $advice,
                    },)+
                }
            }
        }
    };
}

codes! {
    // What was sent is no request that is understood.
    MalformedRequest = "malformed-request", 400, "The request is no well-formed HTTP",
        "The head of the request, or the way in which its body is sent, breaks the rules of HTTP/1.1. Nothing was done.",
        "Use an HTTP library, and look at what changes the request on its way.";
    BadJson = "bad-json", 400, "The body is no JSON object",
        "The body could not be read as one JSON object. Nothing was done.",
        "Send one JSON object in UTF-8, with each key once.";
    QueryInvalid = "query-invalid", 400, "The query is not understood",
        "A parameter of the address is unknown, repeated, missing or malformed. Nothing was done.",
        "Correct the parameters that `violations` names.";
    IdempotencyKeyRequired = "idempotency-key-required", 400, "The header `Idempotency-Key` is missing",
        "Without a key a repeated request would pay for a second session. Nothing was done.",
        "Send a fresh key with each new intent, such as a UUID, and the same key with each repetition of it.";
    IdempotencyKeyInvalid = "idempotency-key-invalid", 400, "The header `Idempotency-Key` is malformed",
        "The key is not 1 to 255 visible ASCII characters, or was sent twice. Nothing was done.",
        "Send one key, such as a UUID.";
    Unauthenticated = "unauthenticated", 401, "The caller is not known",
        "The API key is missing, malformed, unknown or revoked. Nothing was done.",
        "Send `Authorization: Bearer` with a key made by `kyc keys add`.";
    Forbidden = "forbidden", 403, "The caller may not do this",
        "The API key lacks the scope that this needs. Nothing was done.",
        "Use a key with the scope, or have one made by `kyc keys add`.";
    PolicyNotFound = "policy-not-found", 404, "No such policy for this caller",
        "No policy has this name, or the caller is not for it. Nothing was done.",
        "Check the name; `GET /v1/policies` lists those of this caller.";
    SessionNotFound = "session-not-found", 404, "No such session for this caller",
        "No session has this id, or it is another caller's.",
        "Check the id: it is the `session_id` of the answer that issued the token.";
    NotFound = "not-found", 404, "Nothing is at this path",
        "The service has no resource at this path.",
        "Check the path with `/openapi.json`.";
    MethodNotAllowed = "method-not-allowed", 405, "The path does not take this method",
        "The resource exists, and does not take this method.",
        "Use one of the methods in the header `Allow`.";
    RequestTimeout = "request-timeout", 408, "The request did not arrive in time",
        "The request was sent too slowly. Nothing was done.",
        "Send it again, faster.";
    BodyTooLarge = "body-too-large", 413, "The body is too large",
        "The body is larger than the service takes. Nothing was done.",
        "Send a smaller body: the data of one client is far below 64 KiB.";
    UnsupportedMediaType = "unsupported-media-type", 415, "The body is not declared as JSON",
        "The content type is not `application/json`, or the body is encoded. Nothing was done.",
        "Send `Content-Type: application/json` and the body as it is.";
    HeadersTooLarge = "headers-too-large", 431, "The head of the request is too large",
        "The headers or the address are longer than the service takes. Nothing was done.",
        "Send fewer or shorter headers.";

    HostNotLocal = "host-not-local", 421, "The host is not this machine",
        "The service has no keys of callers and so answers this machine alone, under the names `localhost`, `127.0.0.1` \
         and `[::1]`, and nothing that a proxy passes on. Nothing was done.",
        "Use one of these names; for others, and behind a proxy, make keys by `kyc keys add` and start the service anew.";

    // What was asked does not fit.
    ClientDataInvalid = "client-data-invalid", 422, "The client's data does not fit the policy",
        "The data has mistakes under this policy, all of which `violations` names. Nothing was sent to the vendor.",
        "Correct the fields and ask again, with the same key or another.";
    IdempotencyKeyReused = "idempotency-key-reused", 422, "The idempotency key belongs to another request",
        "The key was used with another policy or other data. Nothing was sent to the vendor.",
        "Use a fresh key for a new intent, and the same data to repeat the old one.";

    // What was asked stands against something that exists.
    InProgress = "in-progress", 409, "The same request is under way",
        "A call with this key has not ended yet, and no second one was made.",
        "Ask again with the same key and data after `Retry-After`: the answer will be that of the first call.";
    ClientBusy = "client-busy", 409, "Another session of this client is under way",
        "For this client another session is just being made, or it is being found out whether one exists. Nothing was \
         sent to the vendor.",
        "Ask again with the same key and data after `Retry-After`.";
    SessionLost = "session-lost", 409, "A session exists and its token is lost",
        "The vendor made (and may charge for) a session for this key, whose token never arrived or is withheld, and \
         cannot be fetched again.",
        "To pay for another session, ask again with the same key and data and `\"reissue\": true`.";
    SessionAmbiguous = "session-ambiguous", 409, "It is not known which session belongs to the request",
        "The vendor lists several new sessions of this client, so nobody can say which one is of this key. No second \
         call was made.",
        "Have somebody look at the vendor's dashboard and settle it with `kyc ledger resolve`.";
    SessionRetained = "session-retained", 409, "The session must still be kept",
        "The policies' `retention` says that the session is kept until a later day. Nothing was erased.",
        "Ask again after that day.";
    KeyMissing = "key-missing", 409, "The key that opens the stored token is missing",
        "The token was issued and stored, and the service no longer has the master key that it was sealed with. No \
         second session was bought.",
        "Give the service back the master key that `detail` names, then ask again.";
    TokenExpired = "token-expired", 410, "The stored token can no longer be used",
        "The token of this key has expired, its result has come, its time for repetition is over, or it was erased.",
        "For another session use a fresh key.";

    // Too much, or not now.
    RateLimited = "rate-limited", 429, "The caller asks too often",
        "The caller has used up its rate. Nothing was done.",
        "Ask again after `Retry-After`.";
    Overloaded = "overloaded", 503, "No call to the vendor can be made now",
        "The vendor's account has no place or rate left, or its calls have failed too often and are paused. Nothing was \
         sent to the vendor and nothing was written.",
        "Ask again with the same key and data after `Retry-After`.";
    LedgerUnavailable = "ledger-unavailable", 503, "The ledger cannot be written",
        "The intent could not be stored, so the vendor was not called; or the outcome could not be stored, and it will \
         be found out.",
        "Ask again with the same key and data after `Retry-After`; never with another key.";
    ShuttingDown = "shutting-down", 503, "The service is stopping",
        "The service takes no new requests. Nothing was done.",
        "Ask again with the same key and data: another instance will answer, or this one after its start.";

    // The vendor.
    VendorRefused = "vendor-refused", 502, "The vendor refused the request",
        "The vendor answered that it does not take the request; no session was created.",
        "`detail` says why. Correct the policy, the data or the account, then ask again with the same key and data.";
    SessionWeaker = "session-weaker", 502, "The vendor issued a session that is weaker than the policy",
        "The vendor made (and may charge for) a session that asks less of the client than the policy does. Its token is \
         withheld.",
        "Have the vendor switch the parameters that `detail` names on for the account; then ask again with the same key \
         and data and `\"reissue\": true`.";
    VendorBusy = "vendor-busy", 503, "The vendor takes no more calls now",
        "The vendor answered that the account calls too often; no session was created.",
        "Ask again with the same key and data after `Retry-After`.";
    VendorUnreachable = "vendor-unreachable", 503, "The vendor cannot be reached",
        "No connection to the vendor could be made; nothing was sent, so no session was created.",
        "Ask again with the same key and data after `Retry-After`.";
    VendorOutcomeUnknown = "vendor-outcome-unknown", 504, "It is not known whether a session was created",
        "The request was sent, and no usable answer came. The service finds out by the vendor's own list, and makes no \
         second call before.",
        "Ask again with the same key and data after `Retry-After`, and never with another key: that could pay twice.";

    // Ours.
    Internal = "internal", 500, "The service made a mistake",
        "Something that cannot happen has happened.",
        "Ask again with the same key and data, and report the request id.";
}

impl Code {
    /// The code as it is written.
    pub const fn as_str(self) -> &'static str {
        self.about().code
    }

    /// The HTTP status.
    pub const fn status(self) -> u16 {
        self.about().status
    }

    /// A short summary that is the same each time.
    pub const fn title(self) -> &'static str {
        self.about().title
    }

    /// The code that is written as exactly `text`.
    pub fn from_word(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_words_with_a_fitting_status() {
        for code in Code::ALL {
            let About { code: word, status, title, meaning, advice } = code.about();
            assert_eq!(Code::from_word(word), Some(*code), "{word} is there twice");
            assert!(word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{word}");
            assert!((400..600).contains(status), "{word}");
            assert!(!title.is_empty() && !title.ends_with('.'), "{word}");
            for sentence in [meaning, advice] {
                assert!(sentence.ends_with('.') && !sentence.contains("  "), "{word}: {sentence}");
            }
        }
    }
}

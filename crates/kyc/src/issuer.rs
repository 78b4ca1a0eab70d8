//! Issuing tokens: by the name of a policy, for one client.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use kyc_core::{
    AllowedDocuments, AuthToken, DigitCode, ExpiryTime, RedirectUrl, ScanRef, TokenEcho, TokenResponse,
};
use kyc_policy::{Client, Diagnostic, Digest, Merged, Policy, TypedPolicy, merge};
use thiserror::Error;
use tracing::{info, warn};

use crate::registry::{Registry, UnknownPolicy};

/// Issues tokens under the policies of a registry. Cheap to clone; share one per process, for it keeps connections.
#[derive(Clone, Debug)]
pub struct Issuer {
    registry: Registry,
    vendor: kyc_client::Client,
    allows_differing: bool,
}

/// A token that was issued.
#[derive(Debug)]
#[non_exhaustive]
pub struct Issued {
    /// The session's token: whoever holds it can go through the verification.
    pub auth_token: AuthToken,
    /// The address that the client opens. It carries the token.
    pub redirect_url: RedirectUrl,
    /// The vendor's reference of the session.
    pub scan_ref: ScanRef,
    /// When the unused token expires; counted from before the call, so never too late.
    pub expires_at: Timestamp,
    /// The code for the vendor's mobile application, if the policy asks for one.
    pub digit_code: Option<DigitCode>,
    /// The policy that the session was issued under.
    pub policy: PolicyRef,
    /// What the vendor says is in force, parameter by parameter; nothing of it is weaker than what was asked.
    pub echo: TokenEcho,
    /// The document types that the vendor says the client may choose.
    pub allowed_documents: Option<AllowedDocuments>,
    /// Things worth a look about the client's data.
    pub warnings: Vec<Diagnostic>,
}

/// A policy by name and content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyRef {
    /// The name.
    pub name: String,
    /// Digest of everything that reaches the vendor or the verdict.
    pub digest: Digest,
}

/// Why no token was issued.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum IssueError {
    /// No policy has this name. Nothing was sent.
    #[error(transparent)]
    UnknownPolicy(#[from] UnknownPolicy),
    /// The registry holds another policy under the name of the one that was compiled in. Nothing was sent.
    #[error(
        "policy `{policy}` was compiled in with digest {compiled}, and the registry holds it with digest {loaded}: \
         build anew, or allow it with `Issuer::allow_differing`"
    )]
    Differing {
        /// Name of both.
        policy: String,
        /// Digest of the policy that was compiled in.
        compiled: Digest,
        /// Digest of the policy in the registry.
        loaded: Digest,
    },
    /// The client's data has mistakes under this policy. Nothing was sent.
    #[error("the client's data does not fit policy `{policy}`: {}", list(problems))]
    Client {
        /// Name of the policy.
        policy: String,
        /// All of them; none holds a value.
        problems: Vec<Diagnostic>,
    },
    /// The vendor refused, could not be reached, or answered something else than was asked.
    #[error(transparent)]
    Vendor(#[from] Box<kyc_client::Error>),
    /// The vendor's answer carries no address, and none could be built.
    #[error("the session {scan_ref} was created, and its answer carries no address to open")]
    NoAddress {
        /// The vendor's reference of the session.
        scan_ref: ScanRef,
    },
}

impl Issuer {
    /// Issues under the policies of `registry` with the account of `vendor`.
    pub const fn new(registry: Registry, vendor: kyc_client::Client) -> Self {
        Self { registry, vendor, allows_differing: false }
    }

    /// Lets [`Issuer::issue`] issue under the policy that was compiled in although the registry holds another one of
    /// that name. Without this, whoever changes the file alone would believe that the change is in force.
    #[must_use]
    pub fn allow_differing(self) -> Self {
        Self { allows_differing: true, ..self }
    }

    /// The policies.
    pub const fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Issues a token for one client under the policy that the type of its data declares.
    ///
    /// # Errors
    ///
    /// Those of [`Issuer::issue_by_name`], and [`IssueError::Differing`] if the registry holds another policy of that
    /// name.
    pub async fn issue<P: TypedPolicy>(&self, client: P) -> Result<Issued, IssueError> {
        let policy = P::POLICY;
        if let Ok(loaded) = self.registry.policy(policy.name())
            && loaded.digest() != policy.digest()
            && !self.allows_differing
        {
            return Err(IssueError::Differing {
                policy: policy.name().to_owned(),
                compiled: policy.digest(),
                loaded: loaded.digest(),
            });
        }
        self.issue_at(policy, client.into_client(), Timestamp::now()).await
    }

    /// Issues a token under the policy of this name.
    ///
    /// # Errors
    ///
    /// See [`IssueError`]; whether a session may exist all the same is answered by
    /// [`kyc_client::Error::may_have_been_created`].
    pub async fn issue_by_name(&self, name: &str, client: Client) -> Result<Issued, IssueError> {
        let policy = self.registry.policy(name)?;
        self.issue_at(policy, client, Timestamp::now()).await
    }

    /// Issues a token under `policy` at the moment `now`.
    async fn issue_at(&self, policy: &Policy, client: Client, now: Timestamp) -> Result<Issued, IssueError> {
        let merged = merge(policy, client, now)
            .map_err(|problems| IssueError::Client { policy: policy.name().to_owned(), problems })?;
        let answer = self.vendor.create_token(merged.request()).await.map_err(|error| {
            warn!(policy = policy.name(), digest = %merged.digest(), %error, "no token");
            IssueError::Vendor(Box::new(error))
        })?;
        let issued = Issued::of(policy, merged, answer, now)?;
        let PolicyRef { name, digest } = &issued.policy;
        info!(policy = name, %digest, scan_ref = %issued.scan_ref, "token issued");
        Ok(issued)
    }
}

impl Issued {
    /// What was issued, for callers that send the merged request themselves: `answer` came to `merged`, which was
    /// merged under `policy` and sent at `sent`.
    ///
    /// # Errors
    ///
    /// [`IssueError::NoAddress`] if the answer has no address. The vendor's client always gives it one.
    pub fn of(
        policy: &Policy,
        merged: Merged,
        answer: TokenResponse,
        sent: Timestamp,
    ) -> Result<Self, IssueError> {
        let Some(redirect_url) = answer.redirect_url else {
            return Err(IssueError::NoAddress { scan_ref: answer.scan_ref });
        };
        let expires_at = sent + lifetime(policy.token_lifetime(), answer.expiry_time);
        Ok(Self {
            auth_token: answer.auth_token,
            redirect_url,
            scan_ref: answer.scan_ref,
            expires_at,
            digit_code: answer.digit_code,
            policy: PolicyRef { name: policy.name().to_owned(), digest: merged.digest() },
            echo: answer.echo,
            allowed_documents: answer.allowed_documents,
            warnings: merged.into_warnings(),
        })
    }
}

/// The problems in one line; none of them holds a value.
fn list(problems: &[Diagnostic]) -> String {
    problems.iter().map(Diagnostic::message).collect::<Vec<_>>().join("; ")
}

/// How long the token lives: what the vendor confirmed, and never longer than was asked.
fn lifetime(asked: ExpiryTime, confirmed: Option<u32>) -> SignedDuration {
    let asked = asked.get();
    let seconds = confirmed.map_or(asked, |confirmed| confirmed.min(asked));
    SignedDuration::try_from(Duration::from_secs(u64::from(seconds))).unwrap_or_default()
}

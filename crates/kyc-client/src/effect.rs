//! What a call does at the vendor, and hence what a failure leaves open and whether the call may be repeated.

/// What a call does when the vendor carries it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Makes a session, which costs money. Twice would make two.
    Creates,
    /// Deletes a client's data. No document says what doing it twice does.
    Deletes,
    /// Changes nothing.
    Reads,
}

impl Effect {
    /// Whether the call may be sent again although the vendor may have carried it out.
    pub(crate) const fn may_repeat(self) -> bool {
        matches!(self, Self::Reads)
    }

    /// How every text ends when the vendor did not act.
    pub(crate) const fn not_done(self) -> &'static str {
        match self {
            Self::Creates => "no session was created",
            Self::Deletes => "nothing was deleted",
            Self::Reads => "nothing was changed",
        }
    }

    /// How every text ends when it is not known what the vendor did.
    pub(crate) const fn perhaps_done(self) -> &'static str {
        match self {
            Self::Creates => "a session may have been created",
            Self::Deletes => "the session may have been deleted",
            Self::Reads => "nothing was changed",
        }
    }

    /// What to do when it is not known what the vendor did.
    pub(crate) const fn hint(self) -> &'static str {
        match self {
            Self::Creates => {
                "do not simply ask again, which can pay for a second session: look for the client in the vendor's \
                 dashboard, or wait for the webhook of its `clientId`"
            }
            Self::Deletes => "ask for the session's status, and delete it again only if it is not deleted",
            Self::Reads => "ask again later, not in a tight loop: the vendor may restrict accounts that poll",
        }
    }
}

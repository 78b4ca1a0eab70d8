//! W3C Trace Context: the trace that a request belongs to, taken over from the caller or begun here.

use std::fmt;

/// A place in a trace: `traceparent`, version 00.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TraceContext {
    trace: u128,
    span: u64,
    sampled: bool,
}

impl TraceContext {
    /// A trace of its own, of 24 random bytes.
    pub(super) fn begin() -> Self {
        Self { trace: random(), span: random_span(), sampled: false }
    }

    /// The place under the one that `traceparent` names; a trace of its own if it names none.
    pub(super) fn under(traceparent: Option<&str>) -> Self {
        let parent = traceparent.and_then(Self::parse);
        parent.map_or_else(Self::begin, |parent| Self { span: random_span(), ..parent })
    }

    /// Reads `00-<32 hex>-<16 hex>-<2 hex>`. Of later versions what follows is left aside, as the standard wants it.
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let is_known = version == "00" && parts.next().is_none();
        let is_later = version != "00" && version != "ff" && hex(version, 2).is_some();
        let (trace, span) = (hex(trace, 32)?, u64::try_from(hex(span, 16)?).ok()?);
        let flags = hex(flags, 2)?;
        ((is_known || is_later) && trace != 0 && span != 0).then_some(Self {
            trace,
            span,
            sampled: flags & 1 == 1,
        })
    }

    /// The trace, as 32 hexadecimal digits.
    pub(super) fn trace_id(self) -> impl fmt::Display {
        fmt::from_fn(move |f| write!(f, "{:032x}", self.trace))
    }
}

impl fmt::Display for TraceContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{:032x}-{:016x}-{:02x}", self.trace, self.span, u8::from(self.sampled))
    }
}

/// Exactly so many lower-case hexadecimal digits.
fn hex(text: &str, digits: usize) -> Option<u128> {
    let is_hex = text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    u128::from_str_radix(text, 16).ok().filter(|_| is_hex)
}

fn random() -> u128 {
    uuid::Uuid::new_v4().as_u128()
}

fn random_span() -> u64 {
    // The low half of a random UUID holds two fixed bits, so it is never zero.
    u64::try_from(random() & u128::from(u64::MAX)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    #[test]
    fn a_trace_goes_on_under_a_new_span() {
        let here = TraceContext::under(Some(PARENT)).to_string();
        let parts = |text: &str| text.split('-').map(str::to_owned).collect::<Vec<_>>();
        let (here, parent) = (parts(&here), parts(PARENT));
        assert_eq!((&here[..2], &here[3]), (&parent[..2], &parent[3]));
        assert_ne!(here[2], parent[2]);
        assert_eq!(TraceContext::parse(PARENT).unwrap().to_string(), PARENT);
        assert!(TraceContext::parse(&PARENT.replacen("00", "cc", 1)).is_some());
        assert!(TraceContext::parse(&format!("{}-more", PARENT.replacen("00", "cc", 1))).is_some());
    }

    #[test]
    fn what_is_malformed_begins_a_trace() {
        for text in [
            "",
            "00",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
            "00-+af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ] {
            assert_eq!(TraceContext::parse(text), None, "{text}");
            assert!(!TraceContext::under(Some(text)).to_string().contains("0af7651916"), "{text}");
        }
    }
}

//! The bytes of one connection under the limits of time: a head that trickles in, a reader that takes no answer, and
//! silence between two requests end the connection. What the HTTP library says of malformed heads becomes a problem
//! document on the way out.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

use super::limits::ConnectionLimits;
use super::phase::{Awaits, Phase};
use super::refusal::Refusal;

/// How long, and for how many bytes, a closed connection is still read, so that the peer sees the answer and not a
/// reset.
const LINGER: Duration = Duration::from_secs(1);
const LINGER_BYTES: usize = 4 * 1024 * 1024;

/// The bytes of a connection, guarded.
pub(super) struct Guard<S> {
    stream: S,
    phase: Phase,
    limits: ConnectionLimits,
    reading: Alarm,
    writing: Alarm,
    refusal: Option<Sending>,
    lingered: Option<usize>,
}

/// A bound of time that runs while something is awaited.
struct Alarm {
    sleep: Pin<Box<Sleep>>,
    runs_for: Option<Awaits>,
}

/// A document on its way out in place of another.
struct Sending {
    document: Vec<u8>,
    sent: usize,
}

impl<S> Guard<S> {
    pub(super) fn new(stream: S, phase: Phase, limits: ConnectionLimits) -> Self {
        Self {
            stream,
            phase,
            limits,
            reading: Alarm::idle(),
            writing: Alarm::idle(),
            refusal: None,
            lingered: None,
        }
    }
}

impl Alarm {
    fn idle() -> Self {
        Self { sleep: Box::pin(sleep(Duration::ZERO)), runs_for: None }
    }

    fn stop(&mut self) {
        self.runs_for = None;
    }

    /// Whether what is awaited has taken longer than `bound`, counted from the first call for it.
    fn is_over(&mut self, cx: &mut Context<'_>, awaits: Awaits, bound: Duration) -> bool {
        if self.runs_for != Some(awaits) {
            self.runs_for = Some(awaits);
            self.sleep.as_mut().reset(Instant::now() + bound);
        }
        self.sleep.as_mut().poll(cx).is_ready()
    }
}

impl Sending {
    fn poll<S: AsyncWrite + Unpin>(&mut self, stream: &mut S, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while let Some(rest) = self.document.get(self.sent..).filter(|rest| !rest.is_empty()) {
            match ready!(Pin::new(&mut *stream).poll_write(cx, rest))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                sent => self.sent += sent,
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Guard<S> {
    /// Nothing came to read: whether that may go on.
    fn keep_reading(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let awaits = self.phase.awaits();
        let bound = match awaits {
            Awaits::Service => {
                self.reading.stop();
                return Poll::Pending;
            }
            Awaits::Request => self.limits.idle_time,
            Awaits::Head => self.limits.head_time,
        };
        if !self.reading.is_over(cx, awaits, bound) {
            return Poll::Pending;
        }
        if awaits == Awaits::Head {
            let mut sending = Sending { document: Refusal::TOO_SLOW.to_bytes(), sent: 0 };
            // Whoever is this slow may not take an answer either; the connection ends in any case.
            let _ = sending.poll(&mut self.stream, cx);
        }
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    /// The peer took no byte: whether that may go on.
    fn keep_writing<T>(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        if self.writing.is_over(cx, Awaits::Service, self.limits.write_time) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Poll::Pending
    }

    fn poll_replaced(&mut self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.refusal.is_none() {
            self.refusal =
                Refusal::in_place_of(bytes).map(|refusal| Sending { document: refusal.to_bytes(), sent: 0 });
        }
        let Some(sending) = &mut self.refusal else {
            return Pin::new(&mut self.stream).poll_write(cx, bytes);
        };
        ready!(sending.poll(&mut self.stream, cx))?;
        self.refusal = None;
        Poll::Ready(Ok(bytes.len()))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Guard<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        match Pin::new(&mut this.stream).poll_read(cx, buffer) {
            Poll::Ready(Ok(())) => {
                if buffer.filled().len() > before && this.phase.awaits() == Awaits::Request {
                    this.phase.set(Awaits::Head);
                }
                Poll::Ready(Ok(()))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => this.keep_reading(cx),
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Guard<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        match this.poll_replaced(cx, bytes) {
            Poll::Pending => this.keep_writing(cx),
            ready @ Poll::Ready(_) => {
                this.writing.stop();
                ready
            }
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        match Pin::new(&mut this.stream).poll_flush(cx) {
            Poll::Pending => this.keep_writing(cx),
            ready @ Poll::Ready(_) => {
                this.writing.stop();
                ready
            }
        }
    }

    /// Closes for writing, and reads on for a moment: unread bytes would make the system reset the connection, and the
    /// peer would lose the answer.
    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.lingered.is_none() {
            match Pin::new(&mut this.stream).poll_shutdown(cx) {
                Poll::Pending => return this.keep_writing(cx),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Ready(Ok(())) => {
                    this.lingered = Some(0);
                    this.reading.stop();
                }
            }
        }
        let lingered = this.lingered.get_or_insert(0);
        let mut bytes = [0; 4 * 1024];
        while *lingered < LINGER_BYTES {
            let mut buffer = ReadBuf::new(&mut bytes);
            match Pin::new(&mut this.stream).poll_read(cx, &mut buffer) {
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => *lingered += buffer.filled().len(),
                Poll::Pending if !this.reading.is_over(cx, Awaits::Service, LINGER) => return Poll::Pending,
                _ => break,
            }
        }
        Poll::Ready(Ok(()))
    }
}

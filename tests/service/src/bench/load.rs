//! Callers: over connections that stay open, as fast as they are answered or at a fixed rate.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http::{Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// What requests are sent to.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// Where it listens.
    pub(super) address: SocketAddr,
    /// Path and query; `{}` in it is a number below [`Target::policies`].
    pub(super) path: String,
    /// How many policies take turns.
    pub(super) policies: u64,
    /// The caller's key, where one is needed.
    pub(super) key: Option<String>,
    /// The only status that counts.
    pub(super) expected: StatusCode,
}

/// How much load.
#[derive(Clone, Copy, Debug)]
pub(super) struct Load {
    /// Connections, each with one request at a time.
    pub(super) connections: usize,
    /// Not counted, at the beginning.
    pub(super) warm_up: Duration,
    /// Counted.
    pub(super) duration: Duration,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Answers, those that are not counted included.
    pub answers: u64,
    /// Answers a second.
    pub rate: f64,
    /// How long each took, shortest first.
    pub latencies: Vec<Duration>,
}

impl Measured {
    fn new(callers: Vec<(u64, Vec<Duration>)>, duration: Duration) -> Self {
        let answers = callers.iter().map(|(answers, _)| answers).sum();
        let mut latencies: Vec<Duration> = callers.into_iter().flat_map(|(_, latencies)| latencies).collect();
        latencies.sort_unstable();
        #[expect(clippy::cast_precision_loss, reason = "a count of requests")]
        let rate = latencies.len() as f64 / duration.as_secs_f64();
        Self { answers, rate, latencies }
    }

    /// The time within which so many of a thousand were answered.
    pub fn within(&self, thousandth: usize) -> Duration {
        let place = (self.latencies.len() * thousandth).div_ceil(1000).saturating_sub(1);
        self.latencies.get(place).copied().unwrap_or_default()
    }
}

/// Numbers that no two requests of this process share, so that no client and no key comes twice.
static REQUESTS: AtomicU64 = AtomicU64::new(0);

impl Target {
    fn request(&self) -> Request<Full<Bytes>> {
        let number = REQUESTS.fetch_add(1, Ordering::Relaxed);
        let client = format!("{}-{number}", std::process::id());
        let body = format!(
            r#"{{"client_id":"{client}","first_name":"Jonas","last_name":"Jonaitis","date_of_birth":"1990-05-15","document_country":"LT"}}"#
        );
        let path = self.path.replace("{}", &(number % self.policies).to_string());
        let request = Request::post(path)
            .header(HOST, self.address.to_string())
            .header(CONTENT_TYPE, "application/json")
            .header("idempotency-key", client);
        let request = match &self.key {
            Some(key) => request.header(AUTHORIZATION, format!("Bearer {key}")),
            None => request,
        };
        request.body(Full::from(body)).unwrap()
    }

    async fn connect(&self) -> SendRequest<Full<Bytes>> {
        let stream = TcpStream::connect(self.address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let (sender, connection) = handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        sender
    }

    /// Sends one request and reads the whole answer.
    async fn ask(&self, sender: &mut SendRequest<Full<Bytes>>) {
        sender.ready().await.unwrap();
        let answer = sender.send_request(self.request()).await.unwrap();
        let status = answer.status();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(status, self.expected, "{}: {}", self.path, String::from_utf8_lossy(&body));
    }

    /// Each connection asks again as soon as it was answered.
    pub(super) async fn as_fast_as_it_answers(&self, load: Load) -> Measured {
        let begin = Instant::now() + load.warm_up;
        let end = begin + load.duration;
        let callers: Vec<_> = (0..load.connections)
            .map(|_| {
                let target = self.clone();
                tokio::spawn(async move {
                    let mut sender = target.connect().await;
                    let (mut answers, mut latencies) = (0, Vec::new());
                    loop {
                        let asked = Instant::now();
                        if asked >= end {
                            return (answers, latencies);
                        }
                        target.ask(&mut sender).await;
                        answers += 1;
                        let answered = Instant::now();
                        if answered >= begin && answered < end {
                            latencies.push(answered - asked);
                        }
                    }
                })
            })
            .collect();
        Measured::new(joined(callers).await, load.duration)
    }

    /// So many requests a second, however they are answered. The time of a request counts from the moment at which it
    /// was due: one that had to wait because others were slow is as late as its caller would have seen it.
    pub(super) async fn at_a_rate(&self, per_second: u32, load: Load) -> Measured {
        let (due, queue) = mpsc::unbounded_channel::<Instant>();
        let queue = Arc::new(tokio::sync::Mutex::new(queue));
        let mut callers = Vec::new();
        let mut senders = Vec::new();
        for _ in 0..load.connections {
            senders.push(self.connect().await);
        }
        let begin = Instant::now() + load.warm_up;
        for mut sender in senders {
            let (target, queue) = (self.clone(), Arc::clone(&queue));
            callers.push(tokio::spawn(async move {
                let (mut answers, mut latencies) = (0, Vec::new());
                loop {
                    let next = queue.lock().await.recv().await;
                    let Some(due) = next else { return (answers, latencies) };
                    target.ask(&mut sender).await;
                    answers += 1;
                    if due >= begin {
                        latencies.push(due.elapsed());
                    }
                }
            }));
        }
        // A thread wakes within a tenth of a millisecond; the timer of the runtime would only after a whole one.
        let clock = std::thread::spawn(move || {
            let end = begin + load.duration;
            let mut next = Instant::now();
            while next < end {
                std::thread::sleep(next.saturating_duration_since(Instant::now()));
                let _ = due.send(next);
                next += Duration::from_secs(1) / per_second;
            }
        });
        let latencies = joined(callers).await;
        clock.join().unwrap();
        Measured::new(latencies, load.duration)
    }
}

async fn joined<T>(tasks: Vec<JoinHandle<T>>) -> Vec<T> {
    let mut all = Vec::new();
    for task in tasks {
        all.push(task.await.unwrap());
    }
    all
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::net::TcpListener;

    use super::*;
    use crate::bench::{Answer, forward, stand_in};

    #[tokio::test]
    async fn callers_are_answered_by_the_vendor_through_a_forwarder() {
        let [vendor, front] = [
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap(),
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap(),
        ];
        let (vendor_address, address) = (vendor.local_addr().unwrap(), front.local_addr().unwrap());
        let delay = Duration::from_millis(5);
        let answer = Answer::recorded(b"{\"a\":\"000000000000\",\"b\":\"000000000000\"}".to_vec());
        tokio::spawn(stand_in(vendor, answer, delay));
        tokio::spawn(forward(front, vendor_address));
        let expected = StatusCode::CREATED;
        let target = Target { address, path: "/{}".to_owned(), policies: 3, key: None, expected };
        let duration = Duration::from_millis(200);
        let load = Load { connections: 4, warm_up: Duration::ZERO, duration };
        for measured in [target.as_fast_as_it_answers(load).await, target.at_a_rate(100, load).await] {
            assert!(measured.answers > 0 && measured.within(1) >= delay, "{measured:?}");
        }
    }

    #[test]
    fn the_hundredth_slowest_of_a_thousand() {
        let measured = Measured::new(
            vec![(1, Vec::new()), (1000, (1..=1000).rev().map(Duration::from_millis).collect())],
            Duration::from_secs(10),
        );
        assert_eq!(measured.within(990), Duration::from_millis(990));
        assert_eq!(measured.within(500), Duration::from_millis(500));
        assert_eq!(measured.within(1000), Duration::from_secs(1));
        assert_eq!(measured.answers, 1001);
        assert!((measured.rate - 100.0).abs() < 1e-9);
    }
}

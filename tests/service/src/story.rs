//! What callers saw of each key over the whole of a test, and whether it may be so.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use futures_util::stream;
use kyc_sandbox::MAX_SESSIONS;
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::caller::{Answer, Caller, Issued};
use crate::people;

/// What is said of a session that exists, and whose token never came or is withheld.
pub const LOST: [&str; 2] = ["session-lost", "session-weaker"];

/// How long it may take until every key has its last answer: reconciliation, pauses after failures of the vendor, and a
/// machine and a disk that are busy with other things.
const LONGEST: Duration = Duration::from_mins(5);
/// Keys of one test: with a session more for each that was lost, no more than the stand-in remembers.
const MOST: usize = MAX_SESSIONS * 2 / 3;
/// Keys that are asked for at once in the end.
const AT_ONCE: usize = 16;

/// One idempotency key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub key: String,
    /// Whom it asks a session for.
    pub client: String,
    /// Every different answer.
    pub answers: BTreeSet<Answer>,
    /// What was asked for once more because the first was lost, knowing that it is paid for again.
    pub reissued: Option<Issued>,
}

impl Key {
    /// The token that it was answered with, if all such answers agree.
    fn issued<'a>(&'a self) -> BTreeSet<&'a Issued> {
        let issued = |answer: &'a Answer| match answer {
            Answer::Issued(issued) => Some(issued),
            Answer::Problem(..) | Answer::Nothing => None,
        };
        self.answers.iter().filter_map(issued).collect()
    }

    /// Whether its session exists, and its token cannot be had.
    fn is_lost(&self) -> bool {
        LOST.iter().any(|code| self.was(code))
    }

    fn was(&self, code: &str) -> bool {
        self.answers.iter().any(|answer| answer.code() == Some(code))
    }
}

/// All keys of a test.
#[derive(Clone, Debug, Default)]
pub struct Story(Arc<Mutex<Vec<Key>>>);

impl Story {
    /// The keys so far.
    pub fn keys(&self) -> Vec<Key> {
        self.0.lock().unwrap().clone()
    }

    /// How many keys have a session whose token cannot be had.
    pub fn lost(&self) -> usize {
        self.keys().iter().filter(|key| key.is_lost()).count()
    }

    /// Waits until so many keys have been asked for, however busy the machine is.
    pub async fn has_keys(&self, count: usize) {
        let end = Instant::now() + LONGEST;
        while self.0.lock().unwrap().len() < count {
            assert!(Instant::now() < end, "callers ask for too little");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    fn key(&self, place: usize) -> Key {
        self.0.lock().unwrap()[place].clone()
    }

    fn add(&self, place: usize, answer: Answer) {
        self.0.lock().unwrap()[place].answers.insert(answer);
    }

    /// A new key, or now and then one that was used before, perhaps by somebody who still waits.
    fn some_key(&self, random: &mut fastrand::Rng) -> (usize, Key) {
        let mut keys = self.0.lock().unwrap();
        let number = keys.len();
        if number == MOST || (number > 0 && random.f64() < 0.4) {
            // Mostly a recent one.
            let place = number - 1 - random.usize(0..number.min(12));
            return (place, keys[place].clone());
        }
        // Every eighth client has two keys.
        let client = if number % 8 == 7 { number - 1 } else { number };
        let key = Key { key: format!("key-{number}"), client: format!("client-{client}"), ..Key::default() };
        keys.push(key.clone());
        (number, key)
    }

    /// Asks once under a key of this name, for a client of this name, which count from then on like all others.
    pub async fn ask(&self, service: SocketAddr, name: &str) -> Answer {
        let key = Key { key: name.to_owned(), client: name.to_owned(), ..Key::default() };
        let place = {
            let mut keys = self.0.lock().unwrap();
            keys.push(key);
            keys.len() - 1
        };
        let answer = Caller::default().ask(service, name, &people::client(name)).await;
        self.add(place, answer.clone());
        answer
    }

    /// Starts callers who ask one of the services again and again, until they are told to stop.
    pub fn callers(&self, count: usize, services: &[SocketAddr], seed: u64) -> Callers {
        let (stop, stopped) = watch::channel(false);
        let tasks = (0..count)
            .map(|number| {
                let (story, services, stopped) = (self.clone(), services.to_vec(), stopped.clone());
                let mut random = fastrand::Rng::with_seed(seed.wrapping_add(number as u64));
                tokio::spawn(async move {
                    let caller = Caller::default();
                    while !*stopped.borrow() {
                        let (place, key) = story.some_key(&mut random);
                        let service = services[random.usize(0..services.len())];
                        let answer = caller.ask(service, &key.key, &people::client(&key.client)).await;
                        let failed = answer == Answer::Nothing;
                        story.add(place, answer);
                        // The stand-in keeps a bounded number of sessions; hurry would only push old ones out.
                        let pause = if failed { 40 } else { 20 };
                        tokio::time::sleep(Duration::from_millis(random.u64(0..pause))).await;
                    }
                })
            })
            .collect();
        Callers { stop, tasks }
    }

    /// Asks for every key until its answer is the last one. For what was lost, asks again and says so.
    pub async fn settle(&self, services: &[SocketAddr]) {
        let end = Instant::now() + LONGEST;
        let caller = Caller::default();
        let places = 0..self.keys().len();
        stream::iter(places)
            .for_each_concurrent(AT_ONCE, |place| {
                let (caller, service) = (caller.clone(), services[place % services.len()]);
                async move { self.settle_one(place, &caller, service, end).await }
            })
            .await;
    }

    async fn settle_one(&self, place: usize, caller: &Caller, service: SocketAddr, end: Instant) {
        let key = self.key(place);
        let mut body = people::client(&key.client);
        loop {
            let answer = caller.ask(service, &key.key, &body).await;
            let is_reissue = !body["reissue"].is_null();
            match &answer {
                Answer::Issued(issued) if is_reissue => {
                    self.0.lock().unwrap()[place].reissued = Some(issued.clone());
                    return;
                }
                _ => self.add(place, answer.clone()),
            }
            match &answer {
                Answer::Issued(_) => return,
                Answer::Problem(_, code) if LOST.contains(&code.as_str()) && !is_reissue => {
                    body["reissue"] = Value::Bool(true);
                }
                _ => {
                    assert!(Instant::now() < end, "{} has no last answer: {answer:?}", key.key);
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
            }
        }
    }

    /// What must not be, given the sessions that the vendor lists and those that the service knows, by client.
    pub fn judge(
        &self,
        vendor: &BTreeMap<String, Vec<String>>,
        known: &BTreeMap<String, Vec<String>>,
    ) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut by_client: BTreeMap<String, Vec<Key>> = BTreeMap::new();
        for key in self.keys() {
            let name = &key.key;
            let issued = key.issued();
            let lost = key.is_lost();
            if issued.len() > 1 {
                wrong.push(format!("{name} has two answers: {issued:?}"));
            }
            if lost && !issued.is_empty() {
                wrong.push(format!("{name} was lost, and has an answer"));
            }
            if issued.is_empty() && key.reissued.is_none() {
                wrong.push(format!("{name} was never answered: {:?}", key.answers));
            }
            by_client.entry(key.client.clone()).or_default().push(key);
        }
        for (client, keys) in &by_client {
            let sessions = vendor.get(client).map(Vec::as_slice).unwrap_or_default();
            let known = known.get(client).map(Vec::as_slice).unwrap_or_default();
            let told = keys.iter().flat_map(|key| key.issued().into_iter().chain(&key.reissued));
            let told: BTreeSet<&String> = told.map(|issued| &issued.scan_ref).collect();
            // A session for each key, and one more where the first was lost.
            let lost = keys.iter().filter(|key| key.is_lost()).count();
            if sessions.len() != keys.len() + lost {
                wrong.push(format!(
                    "{client} has {} sessions for {} keys, of which {lost} were lost",
                    sessions.len(),
                    keys.len()
                ));
            }
            for session in told.iter().filter(|told| !sessions.contains(told)) {
                wrong.push(format!("{client} was told of {session}, which the vendor does not know"));
            }
            for session in sessions.iter().filter(|session| !known.contains(session)) {
                wrong.push(format!("{session} of {client} is not in the ledger"));
            }
        }
        wrong
    }
}

/// Callers at work.
#[derive(Debug)]
pub struct Callers {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Callers {
    /// Lets each finish what it has begun.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        for task in self.tasks {
            task.await.unwrap();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issued(session: &str) -> Issued {
        Issued {
            session_id: format!("id-{session}"),
            scan_ref: session.to_owned(),
            auth_token: format!("token-{session}"),
            expires_at: String::new(),
        }
    }

    fn told(session: &str) -> Answer {
        Answer::Issued(issued(session))
    }

    fn problem(code: &str) -> Answer {
        Answer::Problem(409, code.to_owned())
    }

    /// One key of one client, with the sessions of both sides.
    fn judged(answers: &[Answer], reissued: Option<&str>, vendor: &[&str], known: &[&str]) -> Vec<String> {
        let key = Key {
            key: "key".to_owned(),
            client: "client".to_owned(),
            answers: answers.iter().cloned().collect(),
            reissued: reissued.map(issued),
        };
        let sessions = |sessions: &[&str]| {
            let sessions: Vec<String> = sessions.iter().map(|session| (*session).to_owned()).collect();
            BTreeMap::from([("client".to_owned(), sessions)])
        };
        Story(Arc::new(Mutex::new(vec![key]))).judge(&sessions(vendor), &sessions(known))
    }

    #[test]
    fn what_may_be() {
        for (answers, reissued, both) in [
            (vec![told("a")], None, vec!["a"]),
            (vec![Answer::Nothing, problem("in-progress"), told("a")], None, vec!["a"]),
            (vec![problem("session-lost")], Some("b"), vec!["a", "b"]),
        ] {
            assert_eq!(judged(&answers, reissued, &both, &both), [""; 0]);
        }
    }

    #[test]
    fn what_must_not_be() {
        for (answers, reissued, vendor, known, expected) in [
            (vec![told("a"), told("b")], None, vec!["a", "b"], vec!["a", "b"], "two answers"),
            (vec![told("a")], None, vec!["a", "b"], vec!["a", "b"], "2 sessions for 1 keys"),
            (vec![told("a")], None, vec!["a"], vec![], "not in the ledger"),
            (vec![told("a")], None, vec!["b"], vec!["b"], "does not know"),
            (vec![told("a"), problem("session-lost")], Some("b"), vec!["a", "b"], vec!["a", "b"], "was lost"),
            (vec![problem("client-busy")], None, vec!["a"], vec!["a"], "never answered"),
            (vec![problem("session-lost")], Some("b"), vec!["b"], vec!["b"], "1 sessions for 1 keys"),
        ] {
            let wrong = judged(&answers, reissued, &vendor, &known);
            assert!(wrong.iter().any(|wrong| wrong.contains(expected)), "{expected}: {wrong:?}");
        }
    }
}

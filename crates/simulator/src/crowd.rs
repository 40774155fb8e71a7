//! Many people at once: a load generator that costs little itself.
//!
//! Raw HTTP/1.1 over kept-alive connections, request bytes made from one template by cutting and pasting. Closed loop:
//! each connection sends when its last answer is there. Open loop: requests are sent at a fixed rate whatever happens,
//! and latency is measured from when a request *should* have been sent, so that a stall is not hidden.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use serde::Serialize;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::Instant,
};

use crate::judge;

/// Who does what.
#[derive(Debug, Clone)]
pub struct Crowd {
    /// `host:port`.
    pub address: String,
    /// The path of the skill URL.
    pub path: String,
    /// How many different people.
    pub users: u64,
    /// Added to user numbers, so that later crowds are other people.
    pub first_user: u64,
    /// Added to request numbers, so that a later crowd of the same people sends other requests.
    pub first_request: u64,
    /// How many connections at once.
    pub connections: usize,
    /// How many requests altogether.
    pub requests: u64,
    /// Requests per second; `None` for as fast as answers come.
    pub rate: Option<f64>,
    /// What people say, in turn.
    pub says: Vec<String>,
    /// A connection that breaks is not made anew: its people go home.
    pub until_broken: bool,
    /// Every so many answers is judged; 0 for none.
    pub judge_every: u64,
}

/// How it went.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Outcome {
    /// Answers with 200.
    pub answered: u64,
    /// Other answers.
    pub other_status: u64,
    /// Connections that broke or were refused.
    pub broken: u64,
    /// Answers that Kakao would not show.
    pub invalid: u64,
    /// Seconds from the first request to the last answer.
    pub seconds: f64,
    /// Answers per second.
    pub per_second: f64,
    /// Milliseconds.
    pub p50: f64,
    /// Milliseconds.
    pub p99: f64,
    /// Milliseconds.
    pub p999: f64,
    /// Milliseconds.
    pub max: f64,
    /// Ids of answered requests, where they were asked for.
    #[serde(skip)]
    pub answered_ids: Vec<String>,
}

/// The body of a request from a user; also what other load tools may send.
pub fn body(user: u64, text: &str) -> String {
    let key = format!("{:064x}ab", user.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ user);
    let text = serde_json::Value::from(text);
    format!(
        r#"{{"bot":{{"id":"64aa10b2c3d4e5f60718293a","name":"맑은마켓"}},"intent":{{"id":"64aa10b2c3d4e5f607182940","name":"폴백 블록","extra":{{"reason":{{"code":1,"message":"OK"}}}}}},"action":{{"id":"64aa10b2c3d4e5f607182955","name":"상담 스킬","params":{{}},"detailParams":{{}},"clientExtra":{{}}}},"userRequest":{{"block":{{"id":"64aa10b2c3d4e5f607182940","name":"폴백 블록"}},"user":{{"id":"{key}","type":"botUserKey","properties":{{"botUserKey":"{key}","isFriend":true,"plusfriendUserKey":"Qk3-x_PmT0aB","bot_user_key":"{key}","plusfriend_user_key":"Qk3-x_PmT0aB"}}}},"utterance":{text},"params":{{"surface":"Kakaotalk.plusfriend"}},"lang":"ko","timezone":"Asia/Seoul"}},"contexts":[],"flow":{{"lastBlock":{{"id":"64aa10b2c3d4e5f607182931","name":"웰컴 블록"}},"trigger":{{"type":"TEXT_INPUT","referrerBlock":{{"id":"64aa10b2c3d4e5f607182931","name":"웰컴 블록"}}}}}}}}"#
    )
}

impl Crowd {
    /// Sends all requests. `keep_ids` remembers which were answered.
    pub async fn run(&self, keep_ids: bool) -> Outcome {
        let shared = Arc::new(Shared::default());
        let begun = Instant::now();
        let mut tasks = Vec::with_capacity(self.connections);
        for _ in 0..self.connections {
            let (crowd, shared) = (self.clone(), Arc::clone(&shared));
            tasks.push(tokio::spawn(async move { crowd.connection(&shared, begun, keep_ids).await }));
        }
        for task in tasks {
            let _ = task.await;
        }
        let seconds = begun.elapsed().as_secs_f64();
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let histogram = shared.histogram.lock().unwrap_or_else(PoisonError::into_inner);
        let answered = count(&shared.answered);
        Outcome {
            answered,
            other_status: count(&shared.other_status),
            broken: count(&shared.broken),
            invalid: count(&shared.invalid),
            seconds,
            per_second: answered as f64 / seconds,
            p50: histogram.percentile(0.5),
            p99: histogram.percentile(0.99),
            p999: histogram.percentile(0.999),
            max: histogram.percentile(1.0),
            answered_ids: std::mem::take(&mut *shared.ids.lock().unwrap_or_else(PoisonError::into_inner)),
        }
    }

    async fn connection(&self, shared: &Shared, begun: Instant, keep_ids: bool) {
        let mut stream = None;
        let mut answer = Vec::with_capacity(8 * 1024);
        let mut histogram = Histogram::default();
        let mut ids = Vec::new();
        loop {
            let number = shared.next.fetch_add(1, Ordering::Relaxed);
            if number >= self.requests {
                break;
            }
            let due = self.rate.map(|rate| begun + Duration::from_secs_f64(number as f64 / rate));
            if let Some(due) = due {
                tokio::time::sleep_until(due).await;
            }
            let user = self.first_user + number % self.users;
            let said = &self.says[(number / self.users) as usize % self.says.len()];
            let id = format!("chp-{user:016x}{:016x}", self.first_request + number);
            let body = body(user, said);
            let request = format!(
                "POST {} HTTP/1.1\r\nhost: {}\r\naccept: */*\r\ncontent-type: application/json\r\nuser-agent: AHC/2.1\r\nx-request-id: {id}\r\ncontent-length: {}\r\n\r\n{body}",
                self.path,
                self.address,
                body.len()
            );
            let sent = due.unwrap_or_else(Instant::now);
            match exchange(&mut stream, &self.address, request.as_bytes(), &mut answer).await {
                Ok((200, from)) => {
                    histogram.add(sent.elapsed());
                    shared.answered.fetch_add(1, Ordering::Relaxed);
                    if self.judge_every > 0
                        && number.is_multiple_of(self.judge_every)
                        && !judge::judge(&answer[from..]).violations.is_empty()
                    {
                        shared.invalid.fetch_add(1, Ordering::Relaxed);
                    }
                    if keep_ids {
                        ids.push(id);
                    }
                }
                Ok(_) => drop(shared.other_status.fetch_add(1, Ordering::Relaxed)),
                Err(_) => {
                    stream = None;
                    shared.broken.fetch_add(1, Ordering::Relaxed);
                    if self.until_broken {
                        break;
                    }
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        }
        shared.histogram.lock().unwrap_or_else(PoisonError::into_inner).join(&histogram);
        shared.ids.lock().unwrap_or_else(PoisonError::into_inner).extend(ids);
    }
}

#[derive(Default)]
struct Shared {
    next: AtomicU64,
    answered: AtomicU64,
    other_status: AtomicU64,
    broken: AtomicU64,
    invalid: AtomicU64,
    histogram: Mutex<Histogram>,
    ids: Mutex<Vec<String>>,
}

/// One request and its answer; the status, and where the body begins.
async fn exchange(
    stream: &mut Option<TcpStream>,
    address: &str,
    request: &[u8],
    answer: &mut Vec<u8>,
) -> std::io::Result<(u16, usize)> {
    let connection = match stream {
        Some(connection) => connection,
        None => {
            let connection = TcpStream::connect(address).await?;
            connection.set_nodelay(true)?;
            stream.insert(connection)
        }
    };
    connection.write_all(request).await?;
    answer.clear();
    loop {
        if connection.read_buf(answer).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if let Some(head) = find(answer, b"\r\n\r\n") {
            let length = content_length(&answer[..head]).ok_or(std::io::ErrorKind::InvalidData)?;
            let from = head + 4;
            if answer.len() >= from + length {
                let status =
                    std::str::from_utf8(&answer[9..12]).ok().and_then(|text| text.parse().ok()).unwrap_or(0);
                return Ok((status, from));
            }
        }
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

fn content_length(head: &[u8]) -> Option<usize> {
    let head = std::str::from_utf8(head).ok()?;
    head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    })
}

/// Durations in buckets of about three per cent.
#[derive(Debug, Clone)]
pub(crate) struct Histogram {
    counts: Vec<u64>,
    max: Duration,
}

impl Default for Histogram {
    fn default() -> Self {
        Self { counts: vec![0; 64 * 32], max: Duration::ZERO }
    }
}

impl Histogram {
    pub(crate) fn add(&mut self, duration: Duration) {
        let micros = (duration.as_micros() as u64).max(1);
        let power = u64::from(micros.ilog2());
        let step = if power >= 5 { (micros >> (power - 5)) & 31 } else { (micros << (5 - power)) & 31 };
        self.counts[(power * 32 + step) as usize] += 1;
        self.max = self.max.max(duration);
    }

    /// How many.
    pub(crate) fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    fn join(&mut self, other: &Self) {
        for (mine, theirs) in self.counts.iter_mut().zip(&other.counts) {
            *mine += theirs;
        }
        self.max = self.max.max(other.max);
    }

    /// Milliseconds.
    pub(crate) fn percentile(&self, share: f64) -> f64 {
        let total = self.count();
        if total == 0 {
            return 0.0;
        }
        let wanted = ((total as f64 * share).ceil() as u64).max(1);
        let mut seen = 0;
        for (at, count) in self.counts.iter().enumerate() {
            seen += count;
            if seen >= wanted {
                let (power, step) = (at / 32, at % 32);
                let upper = 2_f64.powi(power as i32) * (1.0 + (step as f64 + 1.0) / 32.0);
                return (upper / 1_000.0).min(self.max.as_secs_f64() * 1_000.0);
            }
        }
        self.max.as_secs_f64() * 1_000.0
    }
}

//! One call on one process: the order, the questions in between, the end.

use std::{collections::VecDeque, time::Duration};

use futures_util::stream::{FuturesUnordered, StreamExt as _};
use tokio::time::{Instant, sleep_until};

use super::process::{Event, Process};
use crate::{
    MAX_BODY,
    call::{Failure, HttpFailure, HttpRequest, HttpResponse, Outcome},
    frame::{Asked, Head, Order, Report},
};

/// Questions of one call that are under way at once; more wait.
const AT_ONCE: usize = 16;
/// Questions of one call in all; more are refused.
const IN_ALL: usize = 50;
/// Bytes of bodies that one call may send in all. A worker does not listen while it asks, so what it asks has to be
/// taken, and this bounds it.
const SENT_IN_ALL: usize = 8 << 20;
/// Bytes of answers that a script has not taken, past which no further question is put to the world.
const HELD: usize = 4 << 20;
/// A script that has not asked or ended by now computes, and goes to the end of the queue for processors.
const SLOW: Duration = Duration::from_millis(200);
/// What was agreed for a call.
#[derive(Debug)]
pub struct Terms<'a> {
    pub script: &'a str,
    pub context: &'a [u8],
    pub within: Duration,
    pub grace: Duration,
}

/// How it ended for the process.
#[derive(Debug)]
pub enum End {
    /// It reported.
    Done { outcome: Outcome, reusable: bool },
    /// It was killed, or died.
    Killed(Failure),
    /// It was dead already; nothing was run.
    Untouched,
}

/// Serves a call to its end.
pub async fn serve<F, Fut>(process: &mut Process, terms: &Terms<'_>, door: &F) -> End
where
    F: Fn(HttpRequest) -> Fut + Sync,
    Fut: Future<Output = Result<HttpResponse, HttpFailure>> + Send,
{
    process.calls += 1;
    let call = process.calls;
    let order =
        Order::Run { call, script: terms.script.to_owned(), within_ms: terms.within.as_millis() as u64 };
    if let Err(error) = process.push(&order, terms.context) {
        return End::Killed(Failure::worker(&error.to_string()));
    }
    let begun = Instant::now();
    let kill_at = begun + terms.within + terms.grace;
    let mut slow_at = begun + SLOW;
    let mut seen = false;
    let mut asked = 0;
    let mut sent = 0;
    let mut queue: VecDeque<(u32, HttpRequest)> = VecDeque::new();
    let mut under_way = FuturesUnordered::new();
    loop {
        while under_way.len() < AT_ONCE
            && process.pending() < HELD
            && let Some((id, request)) = queue.pop_front()
        {
            under_way.push(async move { (id, door(request).await) });
        }
        tokio::select! {
            event = process.event() => match event {
                Event::Moved | Event::Report(Report::Ready, _) => {}
                Event::Report(Report::Ask { id, request }, body) => {
                    seen = true;
                    asked += 1;
                    sent += body.len();
                    if asked > IN_ALL || sent > SENT_IN_ALL {
                        let mib = SENT_IN_ALL >> 20;
                        let why = format!("한 번에 요청을 {IN_ALL}개, {mib}MiB까지 보낼 수 있어요. A script may send {IN_ALL} requests and {mib} MiB.");
                        reply(process, call, id, Err(HttpFailure::new("ERR_TOO_MANY_REQUESTS", why)));
                    } else {
                        queue.push_back((id, from_asked(request, body)));
                    }
                }
                Event::Report(Report::Done { failure, logs, leaving }, value) => {
                    let value = match failure {
                        Some(failure) => Err(failure),
                        None => serde_json::from_slice(&value)
                            .map_err(|error| Failure::result_unreadable(&error.to_string())),
                    };
                    let reusable = !leaving && !process.slowed;
                    return End::Done { outcome: Outcome { value, logs }, reusable };
                }
                Event::Lost(_) if !seen && begun.elapsed() < SLOW => return End::Untouched,
                Event::Lost(why) => return End::Killed(Failure::worker(&why)),
            },
            Some((id, answer)) = under_way.next() => {
                reply(process, call, id, answer);
                slow_at = Instant::now() + SLOW;
            }
            () = sleep_until(kill_at) => {
                process.kill();
                return End::Killed(Failure::timeout(terms.within));
            }
            () = sleep_until(slow_at), if !process.slowed && under_way.is_empty() => process.slow(),
        }
    }
}

fn from_asked(asked: Asked, body: Vec<u8>) -> HttpRequest {
    let Asked { method, url, headers, timeout_ms, max_redirects, has_body } = asked;
    HttpRequest { method, url, headers, body: has_body.then_some(body), timeout_ms, max_redirects }
}

/// Puts an answer among what is to be written.
fn reply(process: &mut Process, call: u64, id: u32, answer: Result<HttpResponse, HttpFailure>) {
    let answer = answer.and_then(|response| {
        if response.body.len() > MAX_BODY {
            let why = "응답이 1MiB보다 커요. The response is larger than 1 MiB.";
            return Err(HttpFailure::new("ERR_RESPONSE_TOO_LARGE", why));
        }
        Ok(response)
    });
    let (answer, body) = match answer {
        Ok(HttpResponse { status, reason, headers, body, url }) => {
            (Ok(Head { status, reason, headers, url }), body)
        }
        Err(failure) => (Err(failure), Vec::new()),
    };
    if let Err(error) = process.push(&Order::Reply { call, id, answer }, &body) {
        let failure = HttpFailure::new("ERR_RESPONSE_HEADERS", error.to_string());
        // Small by construction.
        let _ = process.push(&Order::Reply { call, id, answer: Err(failure) }, b"");
    }
}

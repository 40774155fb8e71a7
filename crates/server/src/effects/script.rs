//! Runs the script node's JavaScript in a worker process (spec bot.md, "The script node").
//!
//! A script reaches the world through the guarded client and nothing else; the pool ends it from outside.

use std::time::{Duration, Instant};

use bytes::Bytes;
use engine::ask::Reply;
use sandbox::{Call, HttpFailure, HttpRequest, HttpResponse, MAX_BODY, Outcome, Pool};
use serde_json::{Map, Value, json};
use store::BotId;

use crate::{
    clock::Clock,
    guard::{Guard, GuardError, Request},
};

/// Redirects that are followed where a script does not say.
const MAX_REDIRECTS: u32 = 5;

/// Runs it, until then at the latest.
pub async fn run(
    (pool, guard): (&Pool, &Guard),
    bot: BotId,
    script: &str,
    context: &Value,
    until: Instant,
) -> Reply {
    let owner = bot.to_string();
    let within = until.saturating_duration_since(Clock::default().instant());
    let call = Call { owner: &owner, script, context: context.clone(), within };
    let door = |request: HttpRequest| async move { send(guard, request, until).await };
    reply(pool.run(call, &door).await)
}

/// What the flow learns of a script that has ended.
pub(crate) fn reply(outcome: Outcome) -> Reply {
    let mut results = Map::new();
    if !outcome.logs.is_empty() {
        let lines = outcome.logs.iter().map(|log| json!({"level": log.level, "text": log.text}));
        results.insert("logs".to_owned(), lines.collect());
    }
    match outcome.value {
        Ok(result) => {
            results.insert("result".to_owned(), result);
            Reply::Done(results)
        }
        Err(failure) => {
            // The stack is for the author, in the trace and in `sandbox.error.stack`'s place among the results.
            if !failure.stack.is_empty() {
                results.insert("stack".to_owned(), failure.stack.into());
            }
            Reply::Failed { name: failure.name, message: failure.message, results }
        }
    }
}

async fn send(guard: &Guard, request: HttpRequest, until: Instant) -> Result<HttpResponse, HttpFailure> {
    let mut call = Request::new(&request.method, &request.url)
        .max_bytes(MAX_BODY)
        .max_redirects(request.max_redirects.unwrap_or(MAX_REDIRECTS).min(MAX_REDIRECTS));
    call.headers = request.headers;
    call.body = request.body.map(Bytes::from);
    let patience = request.timeout_ms.map(|ms| Clock::default().instant() + Duration::from_millis(ms));
    let until = patience.map_or(until, |patience| patience.min(until));
    let response = guard.send(call, until.into()).await.map_err(|error| failure(&error))?;
    Ok(HttpResponse {
        status: response.status,
        reason: String::new(),
        headers: response.headers,
        body: response.body.to_vec(),
        url: response.url,
    })
}

fn failure(error: &GuardError) -> HttpFailure {
    let code = error.code().map(str::to_owned);
    HttpFailure { name: "Error".to_owned(), code, message: error.to_string() }
}

//! What a call costs: `cargo run --release -p sandbox --example overhead`.
//!
//! Build the worker first: `cargo build --release -p sandbox`. "Call" is the pool's round trip as the server sees it;
//! a worker makes the next engine after it has answered, which is why a call right after another waits for that: the
//! second column has callers that leave a moment between two calls.

use std::{
    error::Error,
    time::{Duration, Instant},
};

use sandbox::{Call, HttpFailure, HttpRequest, HttpResponse, Options, Pool};
use serde_json::json;

const CALLS: usize = 400;
const PAUSE: Duration = Duration::from_millis(5);

const SCRIPTS: [(&str, &str); 9] = [
    ("empty handler", "module.exports = function (context, callback) { callback(null, {}) }"),
    ("async handler", "module.exports = async () => ({ params: { a: 1 } })"),
    ("lodash", "const _ = require('lodash'); module.exports = async () => ({ data: _.chunk([1, 2, 3], 2) })"),
    ("moment", "const m = require('moment'); module.exports = async () => ({ data: m().format() })"),
    (
        "moment-timezone",
        "const m = require('moment-timezone'); module.exports = async () => ({ data: m.tz('Asia/Seoul').format() })",
    ),
    (
        "cheerio",
        "const c = require('cheerio'); module.exports = async () => ({ data: c.load('<b>x</b>')('b').text() })",
    ),
    (
        "iconv-lite",
        "const i = require('iconv-lite'); module.exports = async () => ({ data: i.encode('가', 'euc-kr').length })",
    ),
    (
        "axios, one request",
        "const a = require('axios'); module.exports = async () => ({ data: (await a.get('http://x.y')).data })",
    ),
    (
        "axios, 1 MiB of text",
        "const a = require('axios'); module.exports = async () => ({ data: (await a.get('http://x.y/large', { responseType: 'text' })).data.length })",
    ),
];

async fn door(request: HttpRequest) -> Result<HttpResponse, HttpFailure> {
    let body = if request.url.ends_with("large") { vec![b'x'; 1 << 20] } else { br#"{"a":1}"#.to_vec() };
    Ok(HttpResponse { status: 200, reason: String::new(), headers: Vec::new(), body, url: String::new() })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let here = std::env::current_exe()?;
    let worker = here.ancestors().nth(2).ok_or("no target folder")?.join("js-worker");
    let pool = Pool::new(Options::new(worker, [""; 0]));
    println!("{:<20} {:>9} {:>9} {:>9} {:>9}   (ms)", "", "p50", "p99", "p50 rest", "p99 rest");
    for (name, script) in SCRIPTS {
        let busy = measure(&pool, script, Duration::ZERO, CALLS).await?;
        let rested = measure(&pool, script, PAUSE, CALLS / 8).await?;
        println!("{name:<20} {:>9.3} {:>9.3} {:>9.3} {:>9.3}", busy.0, busy.1, rested.0, rested.1);
    }
    Ok(())
}

/// Median and 99th percentile in milliseconds.
async fn measure(
    pool: &Pool,
    script: &str,
    pause: Duration,
    calls: usize,
) -> Result<(f64, f64), Box<dyn Error>> {
    let mut took = Vec::with_capacity(calls);
    for _ in 0..calls {
        tokio::time::sleep(pause).await;
        #[expect(clippy::disallowed_methods, reason = "this measures")]
        let begun = Instant::now();
        let context = json!({ "params": { "name": "김철수" }, "message": { "text": "안녕" } });
        let call = Call { owner: "bot", script, context, within: Duration::from_secs(5) };
        pool.run(call, &door).await.value?;
        took.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    took.sort_by(f64::total_cmp);
    Ok((took[calls / 2], took[calls * 99 / 100]))
}

//! Scripts that mean harm, or know no better. Each ends in a failure with a name, or in a harmless value, within its
//! time and the grace; and the next call, on the same pool, is served as if nothing had been.

use std::time::{Duration, Instant};

use sandbox::{Call, HttpFailure, HttpRequest, HttpResponse, Options, Outcome, Pool};
use serde_json::{Value, json};

/// What each gets.
const WITHIN: Duration = Duration::from_millis(700);
/// What a machine with other things to do may add to time and grace.
const SLACK: Duration = Duration::from_millis(1500);

/// The scripts, each with the names of the failures that are right; `ok` is a value.
fn hostile() -> Vec<(String, String)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/scripts/hostile.json");
    let rows: Value =
        serde_json::from_str(&std::fs::read_to_string(path).expect("is there")).expect("is JSON");
    let text = |row: &Value, key: &str| row[key].as_str().expect("is a text").to_owned();
    let rows = rows.as_array().expect("is a list").iter();
    rows.map(|row| (text(row, "script"), text(row, "ends"))).collect()
}

async fn slow(_: HttpRequest) -> Result<HttpResponse, HttpFailure> {
    tokio::time::sleep(Duration::from_millis(300)).await;
    Err(HttpFailure::new("ECONNREFUSED", "nobody listens"))
}

fn pool(workers: usize) -> Pool {
    let mut options = Options::new(env!("CARGO_BIN_EXE_js-worker"), [""; 0]);
    options.workers = workers;
    options.per_owner = (workers / 2).max(1);
    Pool::new(options)
}

async fn run(pool: &Pool, owner: &str, script: &str, within: Duration) -> Outcome {
    pool.run(Call { owner, script, context: json!({ "params": {} }), within }, &slow).await
}

fn name_of(value: &Result<Value, sandbox::Failure>) -> &str {
    value.as_ref().map_or_else(|failure| failure.name.as_str(), |_| "ok")
}

#[expect(clippy::disallowed_methods, reason = "how long a call takes is what is tested")]
fn now() -> Instant {
    Instant::now()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_ends_in_time_with_a_name_and_the_next_call_is_served() {
    let pool = pool(4);
    let mut wrong = Vec::new();
    let scripts = hostile();
    assert!(scripts.len() >= 40, "a set of scripts");
    for (script, expected) in &scripts {
        let begun = now();
        let outcome = run(&pool, "hostile", script, WITHIN).await;
        let took = begun.elapsed();
        let name = name_of(&outcome.value);
        if !expected.split('|').any(|fine| fine == name || (fine == "nnn" && name.starts_with("nnn"))) {
            wrong.push(format!("{script}\n  expected {expected}, was {:?}", outcome.value));
        }
        if took > WITHIN + Duration::from_millis(100) + SLACK {
            wrong.push(format!("{script}\n  took {took:?}"));
        }
        if let Err(failure) = &outcome.value {
            assert!(
                failure.message.chars().count() <= 2100 && failure.stack.chars().count() <= 4100,
                "{script}"
            );
            assert!(failure.name.chars().count() <= 101, "{script}");
        }
        let letters: usize = outcome.logs.iter().map(|log| log.text.chars().count()).sum();
        assert!(letters <= 10_000 && outcome.logs.len() <= 100, "{script}");
        let after =
            run(&pool, "hostile", "module.exports = async () => ({ data: 'fine' })", Duration::from_secs(5))
                .await;
        if after.value != Ok(json!({ "data": "fine" })) {
            wrong.push(format!("after {script}\n  {:?}", after.value));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_script_breaks_the_next_does_not_see() {
    let pool = pool(1);
    for script in [
        "Object.prototype.polluted = 1; Array.prototype.map = null; JSON.parse = null; globalThis.left = 1; Math.random = () => 4; module.exports = () => ({ data: 1 })",
        "require('util').format = () => 'mine'; require('lodash').VERSION = 'mine'; process.env.SECRET = 'x'; console.log = null; module.exports = () => ({ data: 1 })",
    ] {
        let _ = run(&pool, "a", script, Duration::from_secs(5)).await;
        let look = "module.exports = () => ({ data: [({}).polluted, typeof [].map, typeof JSON.parse, typeof left, Math.random() < 1,
            require('util').format('%s', 1), process.env.SECRET, typeof console.log].map(String).join() })";
        let seen = run(&pool, "b", look, Duration::from_secs(5)).await;
        let clean = json!({ "data": "undefined,function,function,undefined,true,1,undefined,function" });
        assert_eq!(seen.value, Ok(clean), "after {script}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_bots_hostile_scripts_leave_room_for_another() {
    let pool = pool(4);
    pool.warm();
    let scripts = [
        "for (;;);",
        "module.exports = () => { new Array(4e9).reverse() }",
        "module.exports = () => { const a = []; for (;;) a.push('x'.repeat(100000) + a.length) }",
        "module.exports = () => new Promise((r) => setTimeout(r, 1e6))",
    ];
    let hostile: Vec<_> = (0..12)
        .map(|at| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let mut ended = Vec::new();
                for round in 0..3 {
                    let outcome =
                        run(&pool, "a", scripts[(at + round) % 4], Duration::from_millis(800)).await;
                    ended.push(name_of(&outcome.value).to_owned());
                }
                ended
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let mut took = Vec::new();
    for at in 0..60 {
        let begun = now();
        let script = format!("module.exports = async () => ({{ data: {at} }})");
        let outcome = run(&pool, "b", &script, Duration::from_secs(5)).await;
        assert_eq!(outcome.value, Ok(json!({ "data": at })));
        took.push(begun.elapsed());
        assert!(pool.status().busy <= 4);
    }
    took.sort();
    assert!(took[30] < Duration::from_millis(500), "half of the calls took longer than {:?}", took[30]);
    for task in hostile {
        for name in task.await.unwrap() {
            assert!(["TimeoutError", "MemoryError", "BusyError"].contains(&name.as_str()), "{name}");
        }
    }
    assert_eq!(pool.status().busy, 0);
}

#[tokio::test]
async fn a_call_that_nobody_waits_for_is_killed() {
    let pool = pool(2);
    let call = run(&pool, "a", "for (;;);", Duration::from_secs(5));
    assert!(tokio::time::timeout(Duration::from_millis(300), call).await.is_err());
    assert_eq!(pool.status().busy, 0);
    let after = run(&pool, "a", "module.exports = async () => ({ data: 1 })", Duration::from_secs(5)).await;
    assert_eq!(after.value, Ok(json!({ "data": 1 })));
}

#[tokio::test]
async fn a_script_that_asks_without_end_is_refused_and_its_neighbours_are_not() {
    let pool = pool(2);
    let script = "const axios = require('axios'); module.exports = async () => {
        const all = await Promise.allSettled(Array.from({ length: 3000 }, (_, i) => axios.get('http://a.b/' + i)));
        return { data: [...new Set(all.map((one) => one.reason.code))].sort() } }";
    let outcome = run(&pool, "a", script, Duration::from_secs(5)).await;
    assert_eq!(outcome.value, Ok(json!({ "data": ["ECONNREFUSED", "ERR_TOO_MANY_REQUESTS"] })));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_uses_up_workers_gets_them_one_by_one() {
    let pool = pool(4);
    let waits = "module.exports = (c, cb) => setTimeout(() => cb(null, { data: 1 }), 400)";
    let two = |owner: &'static str| {
        let pool = pool.clone();
        let within = Duration::from_secs(5);
        async move {
            let both =
                async { tokio::join!(run(&pool, owner, waits, within), run(&pool, owner, waits, within)) };
            let look = async {
                tokio::time::sleep(Duration::from_millis(200)).await;
                pool.status()
            };
            let ((first, second), status) = tokio::join!(both, look);
            assert!(first.value.is_ok() && second.value.is_ok());
            (status.busy, status.waiting)
        }
    };
    let _ = run(&pool, "spender", waits, Duration::from_secs(5)).await;
    assert_eq!(two("spender").await, (2, 0), "before");
    for _ in 0..3 {
        let _ = run(&pool, "spender", "for (;;);", Duration::from_millis(100)).await;
    }
    assert_eq!(two("spender").await, (1, 1), "after three loops");
    assert_eq!(two("other").await, (2, 0), "others as before");
}

//! Scripts that mean harm, or know no better. Each ends in a failure with a name, or in a harmless value, within its
//! time and the grace; and the next call, on the same pool, is served as if nothing had been.

use std::time::{Duration, Instant};

use sandbox::{Call, HttpFailure, HttpRequest, HttpResponse, Options, Outcome, Pool};
use serde_json::{Value, json};

/// What each gets.
const WITHIN: Duration = Duration::from_millis(700);
/// What a machine with other things to do may add to time and grace.
const SLACK: Duration = Duration::from_millis(1500);

/// Script, then the names of the failures that are right; `ok` is a value.
const HOSTILE: [(&str, &str); 88] = [
    // Time.
    ("while (true) {}", "TimeoutError"),
    ("module.exports = () => { for (;;); }", "TimeoutError"),
    (
        "module.exports = () => { for (;;) { try { for (;;); } catch (e) {} finally { continue } } }",
        "TimeoutError",
    ),
    ("module.exports = () => new Promise(() => {})", "UnfinishedError"),
    ("module.exports = (c, cb) => {}", "UnfinishedError"),
    ("module.exports = async () => { for (;;) await 0 }", "TimeoutError"),
    (
        "module.exports = () => { const f = () => Promise.resolve().then(f); return f() }",
        "TimeoutError|MemoryError",
    ),
    ("module.exports = () => { const f = () => queueMicrotask(f); f() }", "TimeoutError"),
    ("module.exports = () => { const f = () => process.nextTick(f); f() }", "TimeoutError"),
    ("module.exports = () => { const f = () => setImmediate(f); f() }", "TimeoutError"),
    ("module.exports = () => { const f = () => setTimeout(f, 0); f() }", "TimeoutError"),
    ("module.exports = () => { setInterval(() => {}, 1) }", "TimeoutError"),
    ("module.exports = (c, cb) => { setTimeout(() => cb(null, { data: 'late' }), 60000) }", "TimeoutError"),
    (
        "module.exports = (c, cb) => { for (let i = 0; i < 10000; i++) setTimeout(() => {}, i % 50); setTimeout(() => cb(null, { data: 1 }), 60) }",
        "ok|TimeoutError",
    ),
    (
        "module.exports = (c, cb) => { for (let i = 0; i < 10000; i++) setTimeout(() => cb(null, { data: i }), 1e9) }",
        "TimeoutError",
    ),
    ("module.exports = () => { function* f() { for (;;) yield 1 } for (const x of f()); }", "TimeoutError"),
    (
        "module.exports = async () => { async function* f() { for (;;) yield 1 } for await (const x of f()); }",
        "TimeoutError",
    ),
    (
        "module.exports = () => { (function f() { try { f() } finally { f() } })() }",
        "TimeoutError|RangeError|InternalError",
    ),
    ("module.exports = () => ({ then() { for (;;); } })", "TimeoutError"),
    (
        "module.exports = () => { const s = Date.now(); while (Date.now() - s < 60000); return {} }",
        "TimeoutError",
    ),
    // Operations that no interrupt reaches.
    ("module.exports = () => { new Array(4e9).reverse() }", "TimeoutError|MemoryError"),
    ("module.exports = () => new Array(1000000000) + ''", "TimeoutError|MemoryError"),
    (
        "module.exports = () => { let s = 'a'.repeat(5e6); for (;;) s = s.replaceAll('a', 'bb').slice(0, 5e6).replaceAll('b', 'a') }",
        "TimeoutError|MemoryError",
    ),
    (
        "module.exports = () => [].concat.apply([], new Array(4e9))",
        "TimeoutError|MemoryError|RangeError|InternalError",
    ),
    (
        "module.exports = () => { const a = []; a.length = 4294967295; a.sort(); return {} }",
        "ok|TimeoutError|MemoryError",
    ),
    (
        "module.exports = () => { const a = []; a[4294967294] = 1; return { data: a.indexOf(2) } }",
        "ok|TimeoutError",
    ),
    (
        "module.exports = () => Array.prototype.includes.call({ length: 9e15 }, 1)",
        "TimeoutError|UnfinishedError|ok",
    ),
    ("module.exports = () => Array.from({ length: 4e9 })", "TimeoutError|MemoryError|RangeError"),
    ("module.exports = () => ({ data: 3n ** 10000000n > 1n })", "TimeoutError|MemoryError|RangeError|ok"),
    (
        "module.exports = () => ({ data: (2n ** 4000000n).toString().length })",
        "TimeoutError|MemoryError|RangeError|ok",
    ),
    ("module.exports = () => ({ data: /^(a+)+$/.test('a'.repeat(60) + 'b') })", "TimeoutError|InternalError"),
    (
        "module.exports = () => ({ data: /(x+x+)+y/.exec('x'.repeat(5000)) })",
        "TimeoutError|InternalError|MemoryError",
    ),
    (
        "module.exports = () => ({ data: /((a{0,100}){0,100}){0,100}b/.test('a'.repeat(1000)) })",
        "TimeoutError|InternalError|SyntaxError|MemoryError",
    ),
    (
        "module.exports = () => ({ data: 'a'.repeat(1e6).match(/(.*)*\\1$/) })",
        "TimeoutError|InternalError|MemoryError|ResultTooLargeError",
    ),
    (
        "module.exports = () => { new RegExp('('.repeat(20000) + ')'.repeat(20000)) }",
        "SyntaxError|InternalError|MemoryError|RangeError|TimeoutError",
    ),
    (
        "module.exports = () => { const sab = new SharedArrayBuffer(8); Atomics.wait(new Int32Array(sab), 0, 0) }",
        "TypeError|ReferenceError|TimeoutError",
    ),
    (
        "module.exports = () => JSON.parse('['.repeat(25000000))",
        "MemoryError|SyntaxError|InternalError|RangeError|TimeoutError",
    ),
    (
        "module.exports = () => { crypto.randomUUID(); require('crypto').pbkdf2Sync('a', 'b', 1e9, 64, 'sha512') }",
        "TimeoutError|LibraryError",
    ),
    ("module.exports = () => structuredClone({ length: 1, get a() { for (;;); } })", "TimeoutError"),
    // Memory.
    ("module.exports = () => { const a = []; for (;;) a.push({ a }) }", "MemoryError|TimeoutError"),
    (
        "module.exports = () => { const a = []; for (;;) a.push(new Array(1000).fill(a)) }",
        "MemoryError|TimeoutError",
    ),
    ("module.exports = () => { let s = 'a'; for (;;) s += s }", "MemoryError|InternalError|RangeError"),
    (
        "module.exports = () => { const a = []; for (;;) a.push('x'.repeat(100000) + a.length) }",
        "MemoryError",
    ),
    ("module.exports = () => { new ArrayBuffer(1e9) }", "MemoryError|RangeError"),
    ("module.exports = () => { new Uint8Array(2e9).fill(1) }", "MemoryError|RangeError"),
    ("module.exports = () => { const a = []; for (;;) a.push(new ArrayBuffer(1e6)) }", "MemoryError"),
    (
        "module.exports = () => { const m = new Map(); for (let i = 0; ; i++) m.set(i, m) }",
        "MemoryError|TimeoutError",
    ),
    (
        "module.exports = () => { for (let i = 0; ; i++) globalThis['x' + i] = Symbol(i) }",
        "MemoryError|TimeoutError",
    ),
    (
        "module.exports = () => { let f = () => 1; for (;;) { const g = f; f = () => g() } }",
        "MemoryError|TimeoutError",
    ),
    (
        "module.exports = () => { const a = []; for (;;) { try { for (;;) a.push(a.slice()) } catch (e) {} } }",
        "MemoryError|TimeoutError",
    ),
    ("module.exports = () => { let p = {}; for (;;) p = { p } }", "MemoryError|TimeoutError"),
    (
        "module.exports = () => ({ data: 'x'.repeat(1e6).padEnd(2 ** 30 - 1) })",
        "MemoryError|RangeError|InternalError",
    ),
    (
        "module.exports = () => { const r = new FinalizationRegistry(() => { for (;;); }); for (let i = 0; i < 1e5; i++) r.register({}, i); return { data: 1 } }",
        "ok|TimeoutError|MemoryError",
    ),
    (
        "module.exports = () => { for (let i = 0; ; i++) console.log('x'.repeat(1000), i) }",
        "TimeoutError|MemoryError",
    ),
    ("module.exports = () => { const f = () => f(); f() }", "RangeError|InternalError"),
    (
        "module.exports = () => { let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return { data: o } }",
        "RangeError|InternalError|ResultError|ResultTooLargeError|MemoryError|TimeoutError",
    ),
    (
        "module.exports = () => { let s = '['.repeat(3000) + ']'.repeat(3000); return { data: JSON.parse(s) } }",
        "ResultError|RangeError|InternalError",
    ),
    // Results and errors.
    ("module.exports = () => ({ data: 'x'.repeat(50000) })", "ResultTooLargeError"),
    ("module.exports = () => ({ data: '한'.repeat(17000) })", "ResultTooLargeError"),
    ("module.exports = () => { const a = {}; a.a = a; return a }", "TypeError"),
    ("module.exports = () => ({ data: 10n })", "TypeError"),
    ("module.exports = (c, cb) => cb(null, () => 1)", "ok"),
    ("module.exports = () => ({ get data() { for (;;); } })", "TimeoutError"),
    ("module.exports = () => ({ toJSON() { throw new RangeError('no') } })", "RangeError"),
    ("module.exports = () => ({ toJSON() { return 'x'.repeat(1e6) } })", "ResultTooLargeError"),
    (
        "module.exports = () => new Proxy({}, { get() { throw new EvalError('trap') }, ownKeys() { throw new EvalError('trap') } })",
        "EvalError",
    ),
    ("module.exports = () => new Proxy({}, { ownKeys() { for (;;); } })", "TimeoutError"),
    ("module.exports = () => new Proxy(function () {}, {})", "ok|UnfinishedError"),
    ("module.exports = () => { throw null }", "Error"),
    ("module.exports = () => { throw undefined }", "Error"),
    ("module.exports = () => { throw Symbol('s') }", "Error"),
    ("module.exports = () => { throw { get name() { for (;;); } } }", "TimeoutError|Error"),
    ("module.exports = () => { throw { toString() { throw 1 } } }", "Error"),
    (
        "module.exports = () => { throw new Proxy(new Error('x'), { get() { throw new Error('y') } }) }",
        "Error",
    ),
    (
        "module.exports = () => { const e = new Error('x'.repeat(1e6)); e.stack = 'y'.repeat(1e6); e.name = 'n'.repeat(1e6); throw e }",
        "nnn",
    ),
    ("module.exports = () => { const e = new Error(); e.message = '\\ud800'; throw e }", "Error"),
    // Surroundings.
    ("module.exports = () => { process.exit(0) }", "NotAllowedError"),
    (
        "module.exports = () => { process.stdout.write('\\x05\\0\\0\\0\\0\\0\\0\\0Ready'); return { data: 1 } }",
        "ok",
    ),
    ("module.exports = () => require('fs').readFileSync('/etc/passwd')", "LibraryError"),
    ("module.exports = () => require('child_process').execSync('ls')", "LibraryError"),
    ("module.exports = () => import('fs')", "ReferenceError|TypeError|Error|SyntaxError"),
    (
        "module.exports = () => { const F = (() => {}).constructor; return { data: F('return typeof std + typeof os')() } }",
        "ok",
    ),
    ("module.exports = () => eval('for (;;);')", "TimeoutError"),
    (
        "JSON.stringify = () => { throw 1 }; Promise.prototype.then = () => { throw 2 }; Array.prototype.push = null; Map.prototype.get = null; Reflect.apply = null; Object.prototype.then = 1; module.exports = () => ({ data: 1 })",
        "ok",
    ),
    (
        "Object.defineProperty(Object.prototype, 'name', { set() { throw 1 }, get() { return 'x' } }); module.exports = () => ({ data: 1 })",
        "ok",
    ),
    (
        "Array.prototype[Symbol.iterator] = () => { throw new Error('tampered') }; module.exports = (c, cb) => setTimeout(() => cb(null, { data: 1 }), 1)",
        "ok|Error|TypeError",
    ),
    (
        "for (const k of Object.getOwnPropertyNames(globalThis)) { try { delete globalThis[k] } catch (e) {} } module.exports = () => ({ data: 1 })",
        "ok",
    ),
    ("module.exports = () => { require('axios').get('http://a.b'); return { data: 1 } }", "ok"),
];

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
    for (script, expected) in HOSTILE {
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

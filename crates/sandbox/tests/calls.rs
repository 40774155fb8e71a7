//! What a call gives back, in the words of the spec (bot.md, "The script node").

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use sandbox::{Call, Failure, HttpFailure, HttpRequest, HttpResponse, Options, Outcome, Pool};
use serde_json::{Value, json};

fn options() -> Options {
    Options::new(env!("CARGO_BIN_EXE_js-worker"), [""; 0])
}

async fn closed(_: HttpRequest) -> Result<HttpResponse, HttpFailure> {
    Err(HttpFailure::new("ECONNREFUSED", "nobody listens"))
}

fn call(script: &str) -> Call<'_> {
    let context = json!({ "params": { "name": "김철수", "n": 3 }, "message": { "text": "안녕" } });
    Call { owner: "bot", script, context, within: Duration::from_secs(5) }
}

async fn run(pool: &Pool, script: &str) -> Outcome {
    pool.run(call(script), &closed).await
}

async fn failure(pool: &Pool, script: &str) -> Failure {
    run(pool, script).await.value.expect_err(script)
}

#[tokio::test]
async fn handlers_of_all_kinds_give_their_result() {
    let pool = Pool::new(options());
    for (script, expected) in [
        (
            "module.exports = function (context, callback) { callback(null, { params: { a: 1 } }) }",
            json!({"params": {"a": 1}}),
        ),
        (
            "module.exports = (c, cb) => { setTimeout(() => cb(null, { data: c.params.name }), 5) }",
            json!({"data": "김철수"}),
        ),
        ("module.exports = async (c) => ({ message: c.message.text })", json!({"message": "안녕"})),
        ("module.exports = (c) => Promise.resolve({ custom: [c.params.n] })", json!({"custom": [3]})),
        ("module.exports = (c) => ({ data: 1 })", json!({"data": 1})),
        ("module.exports.default = async () => ({ data: 2 })", json!({"data": 2})),
        ("exports.default = async () => ({ data: 3 })", json!({"data": 3})),
        ("module.exports = async () => {}", json!({})),
        ("module.exports = async () => null", json!({})),
        ("module.exports = (c, cb) => cb()", json!({})),
        ("module.exports = (c, cb) => { cb(null, { data: 1 }); cb(null, { data: 2 }) }", json!({"data": 1})),
        (
            "module.exports = async (c, cb) => { await 0; cb(null, { data: 'callback' }); return { data: 'promise' } }",
            json!({"data": "callback"}),
        ),
    ] {
        let outcome = run(&pool, script).await;
        assert_eq!(outcome.value.as_ref().ok(), Some(&expected), "{script}: {outcome:?}");
    }
}

#[tokio::test]
async fn what_goes_wrong_has_a_name_a_message_and_a_line() {
    let pool = Pool::new(options());
    let thrown =
        failure(&pool, "module.exports = () => {\n  const a = 1;\n  throw new RangeError('범위');\n}").await;
    assert_eq!((&thrown.name[..], &thrown.message[..]), ("RangeError", "범위"));
    assert!(
        thrown.stack.starts_with("RangeError: 범위\n") && thrown.stack.contains("script.js:3:"),
        "{thrown:?}"
    );
    for (script, name, part) in [
        ("module.exports = async () => { await 0; throw new TypeError('x') }", "TypeError", "x"),
        ("module.exports = () => Promise.reject(new Error('y'))", "Error", "y"),
        ("module.exports = (c, cb) => cb(new Error('z'))", "Error", "z"),
        ("module.exports = (c, cb) => cb('only text')", "Error", "only text"),
        ("module.exports = (c, cb) => cb({ code: 7, why: 'w' })", "Error", "\"code\":7"),
        (
            "module.exports = (c, cb) => { setTimeout(() => { throw new Error('in a timer') }, 1) }",
            "Error",
            "in a timer",
        ),
        ("module.exports = (c, cb) => { Promise.reject(new Error('unhandled')) }", "Error", "unhandled"),
        (
            "module.exports = (c, cb) => { require('axios').get('http://a.b').then((r) => cb(null, {})) }",
            "AxiosError",
            "nobody listens",
        ),
        ("undefinedName()", "ReferenceError", "undefinedName"),
        ("module.exports = {}", "HandlerError", "module.exports = function"),
        ("", "HandlerError", "module.exports = function"),
        ("let a = 1;\nlet b = ;", "SyntaxError", "(2:"),
        ("module.exports = () => JSON.parse('{')", "SyntaxError", "(1:"),
        ("require('fs')", "LibraryError", "'fs'"),
        ("require('fs')", "LibraryError", "lodash, moment"),
        ("require('http')", "LibraryError", "'http'"),
        ("require('npm:lodash')", "LibraryError", "npm:lodash"),
        ("require('own:start')", "LibraryError", "own:start"),
        ("require('lodash/')", "LibraryError", "lodash/"),
        ("require('lodash/nothing')", "LibraryError", "lodash/nothing"),
    ] {
        let failure = failure(&pool, script).await;
        assert_eq!(failure.name, name, "{script}: {failure:?}");
        assert!(failure.message.contains(part), "{script}: {failure:?}");
    }
}

#[tokio::test]
async fn the_console_is_kept_in_order_whatever_the_end() {
    let pool = Pool::new(options());
    let script = "console.log('하나', 1, { a: [null] }); console.warn('%s!', 'two'); console.error(new Error('three').message);
        module.exports = () => { console.info(); throw new Error('end') }";
    let outcome = run(&pool, script).await;
    let logs: Vec<(&str, &str)> = outcome.logs.iter().map(|log| (&log.level[..], &log.text[..])).collect();
    assert_eq!(logs, [("log", "하나 1 { a: [ null ] }"), ("warn", "two!"), ("error", "three"), ("info", "")]);
    assert!(outcome.value.is_err());
    let many =
        "for (let i = 0; i < 500; i++) console.log('한'.repeat(70)); module.exports = async () => ({})";
    let outcome = run(&pool, many).await;
    assert_eq!(outcome.logs.len(), 100);
    let long = "console.log('한'.repeat(20000)); console.log('x'); module.exports = async () => ({})";
    let outcome = run(&pool, long).await;
    assert_eq!(outcome.logs.iter().map(|log| log.text.chars().count()).collect::<Vec<_>>(), [10_000]);
}

#[tokio::test]
async fn sizes_are_bounded_each_way() {
    let pool = Pool::new(options());
    let fits =
        format!("module.exports = async () => ({{ data: 1 }}) //{}", "x".repeat(sandbox::MAX_CODE - 45));
    assert_eq!(fits.len(), sandbox::MAX_CODE);
    assert_eq!(run(&pool, &fits).await.value, Ok(json!({ "data": 1 })));
    assert_eq!(failure(&pool, &format!("{fits}x")).await.name, "CodeTooLargeError");
    // {"data":"…"} has eleven bytes of its own.
    let result = |size: usize| format!("module.exports = async () => ({{ data: 'x'.repeat({size}) }})");
    assert!(run(&pool, &result(sandbox::MAX_RESULT - 11)).await.value.is_ok());
    assert_eq!(failure(&pool, &result(sandbox::MAX_RESULT - 10)).await.name, "ResultTooLargeError");
    let mut large = call("module.exports = async () => ({})");
    large.context = json!("x".repeat(3 << 20));
    assert_eq!(pool.run(large, &closed).await.value.unwrap_err().name, "ContextTooLargeError");
    let body =
        "module.exports = async () => fetch('http://a.b', { method: 'POST', body: 'x'.repeat(1048577) })";
    assert_eq!(failure(&pool, body).await.name, "RangeError");
    let door = |_| async {
        let body = vec![b'x'; sandbox::MAX_BODY + 1];
        Ok(HttpResponse { status: 200, reason: String::new(), headers: Vec::new(), body, url: String::new() })
    };
    let script = "module.exports = async () => fetch('http://a.b').catch((e) => ({ data: e.code }))";
    let outcome = pool.run(call(script), &door).await;
    assert_eq!(outcome.value, Ok(json!({ "data": "ERR_RESPONSE_TOO_LARGE" })));
}

#[tokio::test]
async fn large_bodies_cross_both_ways_at_once() {
    let pool = Pool::new(options());
    let door = |request: HttpRequest| async move {
        let body = request.body.unwrap_or_default();
        Ok(HttpResponse { status: 200, reason: String::new(), headers: Vec::new(), body, url: String::new() })
    };
    let script = "module.exports = async () => {
        const all = await Promise.all(Array.from({ length: 10 }, (_, i) =>
            fetch('http://a.b', { method: 'POST', body: String(i).repeat(i < 4 ? 1000000 : 500000) }).then((r) => r.text())));
        return { data: all.map((text) => [text[0], text.length]) } }";
    let outcome = pool.run(call(script), &door).await;
    let data = outcome.value.unwrap()["data"].clone();
    assert_eq!(data.as_array().unwrap().len(), 10);
    assert_eq!(data[3], json!(["3", 1_000_000]));
    let script = script.replace("500000", "1000000");
    let refused = pool.run(call(&script), &door).await.value.unwrap_err();
    assert_eq!((&refused.name[..], refused.message.contains("8 MiB")), ("FetchError", true), "{refused:?}");
}

#[tokio::test]
async fn questions_are_asked_at_once_but_not_all() {
    let pool = Pool::new(options());
    let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let door = |_| {
        let (now, most) = (&now, &most);
        async move {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(50)).await;
            now.fetch_sub(1, Ordering::SeqCst);
            Err(HttpFailure::new("ENOTFOUND", "x"))
        }
    };
    let script = "module.exports = async () => ({ data: (await Promise.allSettled(Array.from({ length: 40 }, () => fetch('http://a.b')))).length })";
    let outcome = pool.run(call(script), &door).await;
    assert_eq!(outcome.value, Ok(json!({ "data": 40 })));
    assert_eq!(most.load(Ordering::SeqCst), 16);
}

#[tokio::test]
async fn an_answer_that_comes_after_the_end_disturbs_no_one() {
    let mut options = options();
    options.workers = 1;
    let pool = Pool::new(options);
    let door = |_| async {
        let body = vec![b'x'; 500_000];
        Ok(HttpResponse { status: 200, reason: String::new(), headers: Vec::new(), body, url: String::new() })
    };
    let script = "module.exports = (c, cb) => { for (let i = 0; i < 20; i++) fetch('http://a.b'); setTimeout(() => cb(null, { data: 1 }), 2) }";
    for at in 0..20 {
        assert_eq!(pool.run(call(script), &door).await.value, Ok(json!({ "data": 1 })));
        let next = format!("module.exports = async () => ({{ data: {at} }})");
        assert_eq!(run(&pool, &next).await.value, Ok(json!({ "data": at })));
    }
}

#[tokio::test]
async fn the_callers_patience_is_kept_queueing_included() {
    let mut options = options();
    (options.workers, options.per_owner, options.waiting_per_owner) = (1, 1, 2);
    let pool = Pool::new(options);
    // From here on its one worker stands there.
    assert!(run(&pool, "module.exports = async () => ({})").await.value.is_ok());
    let long = "module.exports = () => new Promise((resolve) => setTimeout(resolve, 60000))";
    let patient = |ms| Call { within: Duration::from_millis(ms), ..call(long) };
    let names = |outcome: Outcome| outcome.value.unwrap_err().name;
    let (first, second, third, fourth) = tokio::join!(
        pool.run(patient(600), &closed),
        pool.run(patient(200), &closed),
        pool.run(patient(1200), &closed),
        pool.run(patient(1200), &closed),
    );
    assert_eq!(names(first), "TimeoutError");
    assert_eq!(names(second), "BusyError", "it waited in vain");
    assert_eq!(names(third), "TimeoutError", "it got what was left of its time");
    assert_eq!(names(fourth), "BusyError", "two may wait");
}

#[tokio::test]
async fn workers_are_replaced_after_many_calls() {
    let mut options = options();
    options.workers = 1;
    let pool = Pool::new(options);
    for at in 0..1100 {
        assert_eq!(
            run(&pool, "module.exports = async () => ({ data: 1 })").await.value,
            Ok(json!({ "data": 1 })),
            "{at}"
        );
    }
}

#[tokio::test]
async fn a_worker_that_cannot_be_started_is_said_at_once() {
    for (program, part) in [("/no/such/program", "cannot be started"), ("/bin/true", "cannot be started")] {
        let pool = Pool::new(Options::new(program, [""; 0]));
        let failure = failure(&pool, "module.exports = async () => ({})").await;
        assert_eq!(failure.name, "WorkerError");
        assert!(failure.message.contains(part), "{failure:?}");
    }
}

#[tokio::test]
async fn the_context_arrives_as_it_is() {
    let pool = Pool::new(options());
    let mut call = call("module.exports = async (c) => ({ data: [c, Object.keys(c.params)] })");
    call.context =
        json!({ "params": { "__proto__": 1, "b": null, "a": [1.5, "\u{2028}\u{0}\"", { "깊이": true }] } });
    let expected: Value = json!([call.context.clone(), ["__proto__", "b", "a"]]);
    assert_eq!(pool.run(call, &closed).await.value.unwrap()["data"], expected);
}

//! What a call gives back, in the words of the spec (bot.md, "The script node").

use std::time::Duration;

use sandbox::{Call, HttpFailure, HttpRequest, HttpResponse, Options, Outcome, Pool};
use serde_json::{Value, json};

fn pool() -> Pool {
    Pool::new(Options::new(env!("CARGO_BIN_EXE_js-worker"), [""; 0]))
}

async fn closed(_: HttpRequest) -> Result<HttpResponse, HttpFailure> {
    Err(HttpFailure::new("ECONNREFUSED", "nobody listens"))
}

async fn run(pool: &Pool, script: &str) -> Outcome {
    let context = json!({ "params": { "name": "김철수", "n": 3 }, "message": { "text": "안녕" } });
    let call = Call { owner: "bot", script, context, within: Duration::from_secs(5) };
    pool.run(call, &closed).await
}

#[tokio::test]
async fn handlers_of_all_kinds_give_their_result() {
    let pool = pool();
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

//! Path tests: recorded in the preview, played again against the draft, taken out and in.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use crate::browser::{Browser, Testbed};

const NOTHING: Value = Value::Null;

/// An upstream that counts how often it was asked, and answers with that.
async fn upstream() -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let number = count.fetch_add(1, Ordering::SeqCst) + 1;
            let mut head = [0; 4_096];
            drop(socket.read(&mut head).await);
            let body = format!("{{\"number\":{number}}}");
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            drop(socket.write_all(answer.as_bytes()).await);
        }
    });
    (port, asked)
}

fn bot(port: u16, script: &str, text: &str) -> String {
    json!({"title": "시험", "preference": {"entryFlowId": 1, "fallbackFlowId": 1}, "flows": [{"id": 1, "title": "시작", "nodes": [
        {"id": 1, "type": "entry", "label": "진입", "next": [{"nodeId": 2}]},
        {"id": 2, "type": "fetch", "label": "부르기", "data": {"method": "GET", "uri": format!("http://127.0.0.1:{port}/")}, "next": [{"nodeId": 3}]},
        {"id": 3, "type": "sandbox", "label": "계산", "data": {"script": script}, "next": [{"nodeId": 4}]},
        {"id": 4, "type": "response", "label": "말", "data": {"message": {"type": "text", "text": text}}, "next": [{"nodeId": 5}]},
        {"id": 5, "type": "keyboard", "label": "입력", "data": {"type": "any"}, "next": [{"nodeId": 2}]},
    ]}]})
    .to_string()
}

const SCRIPT: &str =
    "module.exports = async (context) => ({ params: { twice: context.fetch.data.number * 2 } })";

async fn given(text: &str) -> (Testbed, Browser, String) {
    let bed = Testbed::start_with(|config| {
        config.scripts.program = crate::browser::js_worker();
        config.outbound.allow = vec!["127.0.0.0/8".parse().expect("a range")];
    })
    .await;
    let (mut owner, workspace) = bed.owner().await;
    let at = format!("/api/workspaces/{workspace}/bots");
    let body = format!("{{\"file\":{text}}}").into_bytes();
    let made = owner.raw("POST", &at, Some("application/json"), body).await.expect(201);
    let at = format!("{at}/{}", made["bot"]["id"].as_str().expect("an id"));
    (bed, owner, at)
}

async fn save(owner: &mut Browser, at: &str, text: &str) {
    let base = owner.get(&format!("{at}/draft")).await.expect(200)["revision"].clone();
    let body = format!("{{\"base\":{base},\"file\":{text}}}").into_bytes();
    owner.raw("PUT", &format!("{at}/draft"), Some("application/json"), body).await.expect(200);
}

/// Tries these events one after the other and keeps what was answered as the steps of a test.
async fn recorded(owner: &mut Browser, at: &str, events: &[Value]) -> Vec<Value> {
    let (mut state, mut steps) = (NOTHING, Vec::new());
    for event in events {
        let body = json!({"channel": "kakao", "state": state, "event": event});
        let seen = owner.call("POST", &format!("{at}/preview"), &body).await.expect(200);
        state = seen["state"].clone();
        steps.push(json!({"event": event, "answer": seen["answer"], "replies": seen["replies"]}));
    }
    steps
}

async fn run(owner: &mut Browser, at: &str) -> Value {
    let ran = owner.call("POST", &format!("{at}/tests/run"), &json!({"source": "draft"})).await.expect(200);
    ran["results"][0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorded_conversation_is_played_again_without_the_world() {
    let (port, asked) = upstream().await;
    let text = "{{fetch.data.number}} · {{params.twice}} · {{DATE()}} · {{RAND(1, 1000000)}}";
    let (_bed, mut owner, at) = given(&bot(port, SCRIPT, text)).await;
    let events = [json!({"type": "start"}), json!({"type": "message", "text": "또"})];
    let steps = recorded(&mut owner, &at, &events).await;
    let said =
        steps[1]["answer"]["template"]["outputs"][0]["simpleText"]["text"].as_str().expect("text").to_owned();
    assert!(said.starts_with("2 · 4 · 20"), "{said}");
    let test = json!({"name": "두 번", "channel": "kakao", "steps": steps});
    let kept = owner.call("POST", &format!("{at}/tests"), &test).await.expect(201);
    // Nobody is asked, and time and chance are those of the recording.
    let result = run(&mut owner, &at).await;
    assert_eq!(
        (&result["passed"], &result["name"], &result["id"]),
        (&json!(true), &json!("두 번"), &kept["id"]),
        "{result}"
    );
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    // A changed text is seen, and where.
    save(&mut owner, &at, &bot(port, SCRIPT, &text.replace(" · {{params", " 곱하기 둘 {{params"))).await;
    let result = run(&mut owner, &at).await;
    assert_eq!((&result["passed"], &result["steps"][0]["passed"]), (&json!(false), &json!(false)));
    let difference = result["steps"][0]["difference"].as_str().expect("text");
    assert!(difference.starts_with("말풍선 1 › simpleText › text: ‘1 · 2"), "{difference}");
    assert!(difference.contains("‘1 곱하기 둘 2"), "{difference}");
    // A changed script runs anew, on what was recorded before it.
    save(&mut owner, &at, &bot(port, &SCRIPT.replace("* 2", "* 3"), text)).await;
    let result = run(&mut owner, &at).await;
    assert!(result["steps"][0]["difference"].as_str().expect("text").contains("‘1 · 3"), "{result}");
    // … and cannot call anybody.
    let calls = "const axios = require('axios'); module.exports = async () => { await axios.get('http://127.0.0.1/'); return {} }";
    save(&mut owner, &at, &bot(port, calls, text)).await;
    assert_eq!(run(&mut owner, &at).await["passed"], false);
    assert_eq!(asked.load(Ordering::SeqCst), 2, "the world was not asked");
    // The answers of today are taken over.
    let path = format!("{at}/tests/{}", kept["id"].as_str().expect("an id"));
    let steps: Vec<Value> = run(&mut owner, &at).await["steps"]
        .as_array()
        .expect("steps")
        .iter()
        .zip(kept["steps"].as_array().expect("steps"))
        .map(
            |(seen, step)| json!({"event": step["event"], "answer": seen["got"], "replies": step["replies"]}),
        )
        .collect();
    let changed = owner.call("PATCH", &path, &json!({"name": "셋", "steps": steps})).await.expect(200);
    assert_eq!((&changed["name"], &changed["channel"]), (&json!("셋"), &json!("kakao")));
    assert_eq!(run(&mut owner, &at).await["passed"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_recorded_is_told() {
    let (port, asked) = upstream().await;
    let (_bed, mut owner, at) = given(&bot(port, SCRIPT, "{{fetch.data.number}}{{fetch.error.name}}")).await;
    let mut steps = recorded(&mut owner, &at, &[json!({"type": "start"})]).await;
    steps[0]["replies"].as_array_mut().expect("replies").remove(1);
    let test = json!({"name": "하나", "channel": "kakao", "steps": steps});
    owner.call("POST", &format!("{at}/tests"), &test).await.expect(201);
    let result = run(&mut owner, &at).await;
    let difference = result["steps"][0]["difference"].as_str().expect("text");
    assert!(
        difference.contains("NotRecorded") && difference.contains(&format!("GET http://127.0.0.1:{port}/")),
        "{difference}"
    );
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_to_another_question_is_told_though_the_answer_is_alike() {
    let (port, _) = upstream().await;
    let file = bot(port, SCRIPT, "안녕하세요");
    let (_bed, mut owner, at) = given(&file).await;
    let steps = recorded(&mut owner, &at, &[json!({"type": "start"})]).await;
    let test = json!({"name": "하나", "channel": "kakao", "steps": steps});
    owner.call("POST", &format!("{at}/tests"), &test).await.expect(201);
    assert_eq!(run(&mut owner, &at).await["passed"], true);
    let differs = async |owner: &mut Browser, change: &dyn Fn(&mut Value)| {
        let mut changed: Value = serde_json::from_str(&file).expect("is JSON");
        for node in changed["flows"][0]["nodes"].as_array_mut().expect("nodes") {
            if node["type"] == "fetch" {
                change(&mut node["data"]);
            }
        }
        save(owner, &at, &changed.to_string()).await;
        let result = run(owner, &at).await;
        assert_eq!(result["passed"], false, "{result}");
        result["steps"][0]["difference"].as_str().expect("text").to_owned()
    };
    let address = format!("http://127.0.0.1:{port}/other");
    let said = differs(&mut owner, &|data| data["uri"] = json!(address)).await;
    assert!(said.contains("기록할 때와 다른 것을 요청해요") && said.contains("/other"), "{said}");
    let said = differs(&mut owner, &|data| data["headers"] = json!({"x-shop": "둘째 가게"})).await;
    assert!(said.contains("다른 헤더나 본문"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tests_are_kept_within_bounds_and_go_out_and_in_as_a_file() {
    let (_bed, mut owner, at) = given(&bot(1, SCRIPT, "안녕")).await;
    let step = json!({"event": {"type": "start"}, "answer": {"a": 1}});
    for bad in [
        json!({"name": "", "channel": "kakao", "steps": [step]}),
        json!({"name": "가", "channel": "kakao", "steps": []}),
        json!({"name": "가", "channel": "kakao", "steps": vec![step.clone(); 201]}),
        json!({"name": "가", "channel": "kakao", "steps": [{"event": {"type": "start"}, "answer": "가".repeat(400_000)}]}),
    ] {
        assert_eq!(owner.call("POST", &format!("{at}/tests"), &bad).await.problem(), "422 invalid");
    }
    let bad = json!({"name": "가", "channel": "fax", "steps": [step]});
    assert_eq!(owner.call("POST", &format!("{at}/tests"), &bad).await.problem(), "400 malformed");
    let test = |name: &str| json!({"name": name, "channel": "web", "person": {"params": {"name": "김"}}, "steps": [step]});
    let made = owner.call("POST", &format!("{at}/tests"), &test("하나")).await.expect(201);
    let file = owner.get(&format!("{at}/tests/file")).await;
    assert!(file.header("content-disposition").contains("path-tests.json"));
    assert_eq!(file.json()["tests"][0]["person"]["params"]["name"], "김");
    let taken = owner
        .raw("POST", &format!("{at}/tests/file"), Some("application/json"), file.bytes.clone())
        .await
        .expect(201);
    assert_eq!(taken["items"].as_array().map(Vec::len), Some(1));
    let list = owner.get(&format!("{at}/tests")).await.expect(200);
    assert_eq!(list["items"].as_array().map(Vec::len), Some(2));
    let path = format!("{at}/tests/{}", made["id"].as_str().expect("an id"));
    owner.call("DELETE", &path, &NOTHING).await.expect(204);
    for (method, body) in [("DELETE", NOTHING), ("PATCH", json!({"name": "둘"}))] {
        assert_eq!(owner.call(method, &path, &body).await.problem(), "404 no-such-path-test");
    }
    assert_eq!(
        owner.call("PATCH", &format!("{at}/tests/x"), &json!({})).await.problem(),
        "404 no-such-path-test"
    );
}

//! Whatever arrives, the sender gets a valid answer in time, and the operator learns what was wrong.

use std::time::Duration;

use simulator::judge;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::testbed::{Testbed, fixture};

const ERROR: &str = "문제가 생겼어요";

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_are_no_requests_are_answered_and_recorded() {
    let bed = Testbed::start(
        &fixture("fixtures/bots/back.json")
            .replace("{{#if ($eq platform \\\"test\\\")}}\\n{{error}}{{/if}}", ""),
        "",
    )
    .await;
    bed.kakao().room("kim").enter().await.sees(&["0"]);
    let cases: [(&str, Vec<u8>); 9] = [
        ("not-json", b"oops".to_vec()),
        ("empty-body", Vec::new()),
        ("not-an-object", b"[1, 2]".to_vec()),
        ("no-user-request", b"{\"result\": \"transformed\"}".to_vec()),
        ("user-request-type", b"{\"userRequest\": 5}".to_vec()),
        ("no-user", br#"{"userRequest": {"utterance": "hi", "user": {}}}"#.to_vec()),
        ("validation", br#"{"utterance": "a", "value": {"origin": "a"}, "isInSlotFilling": true}"#.to_vec()),
        ("not-json", vec![0xff; 2_000]),
        ("too-large", vec![b' '; 10 * 1024 * 1024]),
    ];
    let kinds: Vec<&str> = cases.iter().map(|(kind, _)| *kind).collect();
    for (number, (kind, body)) in cases.iter().enumerate() {
        let seen = bed.kakao().sends(body.clone(), &format!("chp-{number}")).await;
        assert_eq!((seen.status, seen.trouble.clone()), (200, None), "{kind}: {}", seen.answer);
        assert!(seen.texts()[0].contains(ERROR), "{kind}: {:?}", seen.texts());
    }
    assert_eq!(bed.problems().await, kinds);
    assert_eq!(bed.turns().await, 1);
    bed.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_never_ends_is_answered_in_time() {
    let bed =
        Testbed::start_with(&fixture("fixtures/bots/back.json"), "", |config| config.kakao.deadline_ms = 700)
            .await;
    let url = bed.url();
    let (address, path) = url
        .trim_start_matches("http://")
        .split_at(url.trim_start_matches("http://").find('/').expect("a path"));
    let mut stream = TcpStream::connect(address).await.expect("connects");
    let head = format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n{{");
    stream.write_all(head.as_bytes()).await.expect("writes");
    let mut answer = Vec::new();
    let reading = async {
        while !String::from_utf8_lossy(&answer).contains("]}}") {
            stream.read_buf(&mut answer).await.expect("reads");
        }
    };
    tokio::time::timeout(Duration::from_secs(3), reading).await.expect("in time");
    let text = String::from_utf8_lossy(&answer);
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    let body = text.split("\r\n\r\n").nth(1).expect("a body");
    assert!(judge::judge(body.as_bytes()).violations.is_empty(), "{text}");
    assert_eq!(bed.problems().await, ["body-broken"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_may_vanish() {
    let bed = Testbed::start_with(&fixture("fixtures/bots/back.json"), "", |config| {
        config.kakao.deadline_ms = 1_000;
    })
    .await;
    bed.kakao().room("kim").enter().await.sees(&["0"]);
    // The table is gone: each read fails, as with a broken disk.
    let file = bed.hub.config.data.join("closer.db");
    rusqlite::Connection::open(&file).and_then(|it| it.execute_batch("DROP TABLE sessions")).expect("breaks");
    let seen = bed.kakao().room("kim").says("진행").await;
    assert_eq!((seen.status, seen.trouble.clone()), (200, None), "{}", seen.answer);
    assert!(seen.texts()[0].contains(ERROR), "{:?}", seen.texts());
}

/// Mutated requests: no panic, no 5xx, no answer that Kakao would not show.
#[tokio::test(flavor = "multi_thread")]
async fn mutated_requests_are_all_answered() {
    let bed = Testbed::start(&fixture("examples/shop.json"), "").await;
    let seeds: Vec<Vec<u8>> =
        ["fallback-2019", "quick-reply-2025", "photo-2019", "secure-image-2023", "bot-test-2021"]
            .iter()
            .map(|name| fixture(&format!("fixtures/kakao/{name}.json")).into_bytes())
            .collect();
    let outcome = simulator::mutate::bombard(&bed.url(), &seeds, 3_000, 11).await;
    assert_eq!((outcome.requests, outcome.refused.len()), (3_000, 0), "{:?}", outcome.refused.first());
    bed.stop().await;
}

//! What goes wrong: hooks that are tried again, repeated, late and in the wrong order; calls that fail half-way.

use std::time::Duration;

use serde_json::{Value, json};
use simulator::relay::{Dialect, From, HookKind, Retries};

use super::company::Company;

const SHORT: Retries = Retries { times: 3, pause: Duration::from_millis(1) };

#[tokio::test]
async fn hooks_that_are_not_taken_are_tried_again() {
    let company = Company::with(Dialect::Native, |options| options.retries = SHORT).await;
    company.answers(&[(404, ""), (500, ""), (200, "")]);
    let said = company.relay.consult("kim", "a").await;
    assert_eq!((said.taken(), said.deliveries[0].tries), (true, 3));
    assert_eq!(company.paths(), ["/reference"; 3]);
    // After the last try a message is lost for good.
    company.answers(&[(500, ""); 4]);
    let lost = company.relay.write("kim", "들리나요?").await;
    assert_eq!((lost.taken(), lost.status(), lost.deliveries[0].tries), (false, 500, 4));
    assert_eq!(company.paths(), ["/message"; 4]);
    assert_eq!(company.relay.counts().lost, 1);
    company.relay.write("kim", "지금은요?").await;
    assert_eq!(company.paths().len(), 1);
}

#[tokio::test]
async fn bizgo_wants_its_own_words_back() {
    let company = Company::with(Dialect::Bizgo, |options| options.retries = SHORT).await;
    company.answers(&[(200, "{}"), (200, "OK"), (200, r#"{"code":"A001"}"#), (200, "")]);
    let said = company.relay.consult("kim", "a").await;
    assert_eq!((said.taken(), said.status(), said.deliveries[0].tries), (false, 200, 4));
    assert_eq!(company.relay.session("kim"), None);
    assert!(company.relay.consult("kim", "a").await.taken());
}

#[tokio::test]
async fn a_company_that_does_not_answer_in_time_has_not_answered() {
    let company = Company::with(Dialect::Native, |options| {
        options.retries.times = 0;
        options.hook_timeout = Duration::from_millis(50);
    })
    .await;
    let deaf = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("listens");
    company.relay.set_receive(&format!("http://{}", deaf.local_addr().expect("an address")));
    let said = company.relay.write("kim", "여보세요").await;
    assert_eq!((said.taken(), said.status()), (false, 0));
    assert!(!said.body().is_empty(), "says why");
}

#[tokio::test]
async fn hooks_come_twice_late_and_in_the_wrong_order() {
    let company = Company::start(Dialect::Native).await;
    let relay = &company.relay;
    relay.faults().swap = 1;
    relay.write("kim", "하나").await;
    assert_eq!(company.paths(), ["/message", "/reference"]);
    relay.faults().duplicate = 1;
    relay.write("kim", "둘").await;
    let hooks = company.hooks();
    assert_eq!(hooks.len(), 2);
    assert_eq!(hooks[0], hooks[1], "to the byte");
    relay.faults().swap = 1;
    let held = relay.write("kim", "셋").await;
    assert!(held.deliveries[0].held && company.paths().is_empty());
    relay.write("kim", "넷").await;
    let said: Vec<Value> = company.hooks().into_iter().map(|(_, body)| body["content"].clone()).collect();
    assert_eq!(said, ["넷", "셋"]);
    relay.faults().delay = Duration::from_millis(40);
    let begun = tokio::time::Instant::now();
    relay.write("kim", "다섯").await;
    assert!(begun.elapsed() >= Duration::from_millis(40));
    relay.faults().delay = Duration::ZERO;
    relay.faults().seen_late = Duration::from_millis(30);
    company.hooks();
    assert!(relay.read("kim").await.deliveries.is_empty());
    assert!(company.paths().is_empty());
    assert!(relay.settle().await);
    assert_eq!(company.paths(), ["/seen_info"]);
}

#[tokio::test]
async fn the_last_hooks_can_be_sent_again() {
    let company = Company::start(Dialect::Bizgo).await;
    company.relay.write("kim", "하나").await;
    company.relay.write("kim", "둘").await;
    let first = company.hooks();
    assert!(company.relay.resend_last(2).await.iter().all(|delivery| delivery.taken));
    assert_eq!(company.hooks(), first[1..]);
}

#[tokio::test]
async fn an_answer_can_be_lost_after_the_message_was_taken() {
    let company = Company::start(Dialect::Native).await;
    let relay = &company.relay;
    relay.write("kim", "안녕하세요").await;
    relay.faults().lose_answer = 1;
    let bare = reqwest::Client::builder().no_proxy().build().expect("a client");
    let url = format!("{}/v2/{}/chat/write", relay.base_url(), relay.credentials()["partner_key"]);
    let body =
        json!({"user_key": "kim", "sender_key": relay.sender_key(), "serial_number": "s1", "message": "네"});
    let asked = bare.post(url).header("content-type", "application/json").body(body.to_string());
    assert!(asked.send().await.is_err(), "the connection ends");
    assert!(relay.sees("kim", "네").await);
    // The same serial says that it was sent, and it stands there once.
    assert_eq!(company.writes("kim", "s1", json!({"message": "네"})).await["code"], -504);
    assert_eq!(relay.room("kim").iter().filter(|shown| shown.from == From::Company).count(), 1);
}

#[tokio::test]
async fn calls_fail_are_limited_and_are_slow() {
    let company = Company::start(Dialect::Bizgo).await;
    let relay = &company.relay;
    relay.write("kim", "안녕하세요").await;
    let path = "/api/comm/v1/cstalk/plain";
    let body = json!({"userKey": "kim", "senderKey": relay.sender_key(), "msgType": "TEXT", "message": "네"});
    relay.faults().too_many = 1;
    let (status, answer) = company.calls("POST", path, &[], &body).await;
    assert_eq!((status, &answer["common"]["authCode"]), (429, &json!("A020")));
    relay.faults().fail = 1;
    assert_eq!(company.calls("POST", path, &[], &body).await.0, 500);
    assert_eq!(relay.room("kim").len(), 1, "neither was taken");
    relay.faults().slow = Duration::from_millis(60);
    let begun = tokio::time::Instant::now();
    assert_eq!(company.calls("POST", path, &[], &body).await.1["data"]["code"], "A000");
    assert!(begun.elapsed() >= Duration::from_millis(60));
    relay.faults().slow = Duration::ZERO;
    // Trouble can be for some calls only.
    relay.faults().only = "endWithBot".to_owned();
    relay.faults().fail = 1;
    assert_eq!(company.calls("POST", path, &[], &body).await.0, 200);
    assert_eq!(relay.faults().fail, 1);

    let company = Company::start(Dialect::HappytalkV1).await;
    company.relay.write("kim", "안녕하세요").await;
    company.relay.faults().refuse.extend([-600, -601]);
    let sent = async |serial| company.writes("kim", serial, json!({"message": "네"})).await;
    assert_eq!(
        (sent("s1").await["code"].clone(), sent("s1").await["code"].clone()),
        (json!(-600), json!(-601))
    );
    assert_eq!(sent("s1").await["code"], 0);
}

#[tokio::test]
async fn a_call_waits_for_the_session_that_is_just_opening() {
    // The company answers its webhook late, and writes before.
    let company = Company::with(Dialect::Native, |options| options.gap = Duration::from_millis(50)).await;
    company.answers(&[(500, ""), (500, ""), (500, "")]);
    let relay = company.relay.clone();
    let writing = tokio::spawn(async move { relay.write("kim", "안녕하세요").await });
    while company.relay.room("kim").is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(company.writes("kim", "s1", json!({"message": "네"})).await["code"], 0);
    assert!(writing.await.expect("no panic").of(HookKind::Message).is_some_and(|message| message.taken));
}

#[tokio::test]
async fn what_is_remembered_is_bounded() {
    let company = Company::with(Dialect::Native, |options| {
        options.keep = 5;
        options.remember = 10;
    })
    .await;
    for number in 0..40 {
        company.relay.write("kim", &format!("{number}번째 말이에요")).await;
        company.writes("kim", &format!("s{number}"), json!({"message": "네", "nonsense": number})).await;
    }
    let room = company.relay.room("kim");
    assert_eq!(room.len(), 5);
    assert_eq!(room[4].number, 40, "numbers are not used again");
    assert_eq!(company.relay.violations().len(), 10);
    assert_eq!(company.relay.counts().violations, 40);
    assert_eq!(company.relay.resend_last(100).await.len(), 10);
}

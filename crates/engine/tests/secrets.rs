//! Secrets: only an HTTP node's own placeholder of this turn is worth anything, and nothing that is kept or shown
//! holds even that.

use std::{fs, path::Path, sync::Arc};

use engine::{
    ask::{Ask, Fetch, FetchBody, Reply},
    bot::{Bot, BotFile},
    event::Event,
    message::Received,
    secret::{self, secret_nonce},
    session::Session,
    turn::{self, Outcome, Setting, Step},
};
use serde_json::{Value, json};

fn bot(text: &str) -> Arc<Bot> {
    Arc::new(Bot::compile(&BotFile::read(text).expect("is a bot").file))
}

fn asking() -> Arc<Bot> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/bots/asking.json");
    bot(&fs::read_to_string(path).expect("the bot is there"))
}

/// Plays one turn; each request is answered with its own placeholders, as a careless upstream would.
fn play(bot: &Arc<Bot>, session: Session, event: Event, seed: u64) -> (Outcome, Vec<Fetch>) {
    let setting = Setting { platform: "kakao".to_owned(), seed, ..Setting::default() };
    let mut turn = turn::begin(Arc::clone(bot), session, event, setting);
    let mut asked = Vec::new();
    loop {
        match turn.step() {
            Step::Rest(outcome) => return (*outcome, asked),
            Step::Ask(ask) => {
                let Ask::Fetch(fetch) = *ask else { panic!("only HTTP nodes ask here") };
                let key = fetch.headers.first().map(|(_, value)| value.clone());
                let results =
                    json!({"uri": fetch.uri, "statusCode": 200, "data": {"ok": true, "key": [key]}});
                asked.push(fetch);
                turn.resume(Reply::Done(results.as_object().cloned().unwrap_or_default()), 1);
            }
        }
    }
}

fn fill(text: &str, seed: u64) -> String {
    let of = |piece: secret::Piece| match piece {
        secret::Piece::Text(text) => text.to_owned(),
        secret::Piece::Secret(name) => format!("<{name}>"),
    };
    secret::pieces(text, &secret_nonce(seed)).into_iter().map(of).collect()
}

#[test]
fn a_placeholder_that_someone_typed_gets_nothing() {
    let bot = asking();
    let goto = Event::Goto { flow_id: 3, node_id: None };
    let (outcome, _) = play(&bot, Session::default(), goto, 1);
    // The best that a stranger can know: the shape, and the nonce of a turn that is over.
    let typed = secret::placeholder("ORDER_API_KEY", &secret_nonce(1));
    let (_, asked) = play(&bot, outcome.session, Event::Message(Received::text(&typed)), 2);
    let FetchBody::Text(body) = &asked[0].body else { panic!("a JSON body") };
    assert!(body.contains(&typed));
    assert_eq!(&fill(body, 2), body, "what was typed stays what it is");
    assert_eq!(fill(&asked[0].headers[0].1, 2), "<ORDER_API_KEY>");
    let FetchBody::Form(form) = &asked[1].body else { panic!("a form") };
    assert_eq!(fill(&form[1].1, 2), typed);
}

#[test]
fn nothing_that_is_kept_holds_a_placeholder_that_works() {
    let bot = asking();
    let (outcome, _) = play(&bot, Session::default(), Event::Goto { flow_id: 3, node_id: None }, 1);
    let (outcome, asked) = play(&bot, outcome.session, Event::Message(Received::text("문의")), 2);
    assert!(asked[0].headers[0].1.contains(&secret_nonce(2)));
    let said: Vec<_> = outcome.messages.iter().map(|sent| &sent.message).collect();
    for kept in [
        serde_json::to_string(&outcome.session).expect("is written"),
        serde_json::to_string(&outcome.trace).expect("is written"),
        serde_json::to_string(&said).expect("is written"),
    ] {
        assert!(!kept.contains(&secret_nonce(2)), "{kept}");
    }
    let trace = serde_json::to_value(&outcome.trace).expect("is written");
    assert_eq!(trace["visits"][0]["data"]["headers"]["X-Api-Key"], "⟦secret:ORDER_API_KEY⟧");
    assert_eq!(trace["visits"][0]["changed"]["fetch"]["data"]["key"][0], "⟦secret:ORDER_API_KEY⟧");
}

fn check_fault(kind: &str, data: &Value, expected: &str) {
    let file = json!({"title": "", "preference": {"entryFlowId": 1}, "flows": [{"id": 1, "title": "", "nodes": [
        {"id": 1, "type": "entry", "next": [{"nodeId": 2}]}, {"id": 2, "type": kind, "data": data}]}]});
    let (outcome, asked) = play(&bot(&file.to_string()), Session::default(), Event::Start, 1);
    assert!(asked.is_empty());
    let fault = outcome.fault.expect("the turn fails").said().en;
    assert!(fault.contains(expected), "{fault}");
}

#[test]
fn elsewhere_a_secret_is_a_mistake() {
    let outside = "SECRET can only be used in an HTTP node";
    let text = r#"{{SECRET("KEY")}}"#;
    check_fault("response", &json!({"message": {"type": "text", "text": text}}), outside);
    check_fault("params", &json!({"set": [{"key": "a", "value": text}]}), outside);
    check_fault("email", &json!({"to": "a@example.com", "body": text}), outside);
    check_fault("llm", &json!({"prompt": text}), outside);
}

#[test]
fn a_secret_is_named_by_its_author() {
    // If a value could name it, the end user could choose.
    for text in [
        "{{SECRET(params.name)}}",
        "{{SECRET message}}",
        "{{(SECRET)}}",
        r#"{{SECRET("a:b")}}"#,
        "{{SECRET(1)}}",
    ] {
        check_fault("fetch", &json!({"uri": text}), "SECRET takes a name in quotation marks");
    }
    for text in
        [r#"{{ESCAPE(SECRET("KEY"))}}"#, r#"{{#if (SECRET "KEY")}}a{{/if}}"#, r#"{{$eq "a" (SECRET "KEY")}}"#]
    {
        check_fault("fetch", &json!({"uri": text}), "SECRET stands alone");
    }
    check_fault("fetch", &json!({"uri": "{{SECRET()}}"}), "another number of arguments");
}

//! `llm` and `chitchat` against an OpenAI-compatible endpoint.

use std::time::Duration;

use engine::ask::{Llm, LlmMessage, LlmRole};
use serde_json::{Value, json};
use server::effects::{chitchat, llm};
use simulator::provider::{
    Turn,
    openai::{OpenAi, Says},
};
use tokio::time::Instant;

use crate::bed::{Bed, done, failed};

const KEY: &str = "sk-test-1234567890";

async fn openai() -> OpenAi {
    OpenAi::start(Some(KEY)).await.expect("listens")
}

fn settings(openai: &OpenAi) -> Value {
    json!({"baseUrl": format!("{}/v1/", openai.url()), "apiKey": KEY, "model": "small-1"})
}

fn message(role: LlmRole, content: &str) -> LlmMessage {
    LlmMessage { role, content: content.to_owned() }
}

fn ask() -> Llm {
    Llm {
        provider: String::new(),
        model: String::new(),
        messages: vec![
            message(LlmRole::System, "짧게 답해요."),
            message(LlmRole::User, "영업시간이 언제예요?"),
        ],
        temperature: Some(0.3),
        max_tokens: Some(200),
        max_chars: 400,
    }
}

#[tokio::test]
async fn the_model_answers() {
    let (bed, openai) = (Bed::new(), openai().await);
    openai.says([Says::Text("\n 평일 10시부터 18시까지예요. \n".to_owned())]);
    let results = done(llm::answer(&bed.call(), &settings(&openai), &ask()).await);
    assert_eq!(results["answer"], "평일 10시부터 18시까지예요.");
    assert_eq!(results["finishReason"], "stop");
    assert_eq!(results["usage"]["promptTokens"], 11);
    let heard = openai.heard().remove(0).json();
    assert_eq!(
        heard,
        json!({"model": "small-1", "temperature": 0.3, "max_tokens": 200, "messages": [
            {"role": "system", "content": "짧게 답해요."}, {"role": "user", "content": "영업시간이 언제예요?"}]})
    );
    // What the node does not say is left to the provider, and its model goes first.
    let plain = Llm { model: "big-2".to_owned(), temperature: None, max_tokens: None, ..ask() };
    done(llm::answer(&bed.call(), &settings(&openai), &plain).await);
    let heard = openai.heard().remove(1).json();
    assert_eq!(
        (&heard["model"], heard.get("temperature"), heard.get("max_tokens")),
        (&json!("big-2"), None, None)
    );
}

#[tokio::test]
async fn an_answer_that_was_cut_is_an_answer() {
    let (bed, openai) = (Bed::new(), openai().await);
    openai.says([
        Says::Cut("평일 10시부터".to_owned()),
        Says::Text("<think>음…</think>\n네, 열어요.".to_owned()),
    ]);
    let results = done(llm::answer(&bed.call(), &settings(&openai), &ask()).await);
    assert_eq!((&results["answer"], &results["finishReason"]), (&json!("평일 10시부터"), &json!("length")));
    // What a model thinks aloud is no answer.
    let results = done(llm::answer(&bed.call(), &settings(&openai), &ask()).await);
    assert_eq!(results["answer"], "네, 열어요.");
}

#[tokio::test]
async fn refusal_filter_and_nothing_are_failures_with_names() {
    let (bed, openai) = (Bed::new(), openai().await);
    for (says, expected, reason) in [
        (Says::Refusal("도와드릴 수 없어요.".to_owned()), "Refused", "stop"),
        (Says::Filtered, "Refused", "content_filter"),
        (Says::Blank, "EmptyAnswer", "stop"),
        (Says::Cut(String::new()), "EmptyAnswer", "length"),
        (Says::Text("<think>생각만 하다 끝".to_owned()), "EmptyAnswer", "stop"),
    ] {
        openai.says([says]);
        let (name, message, results) = failed(llm::answer(&bed.call(), &settings(&openai), &ask()).await);
        assert_eq!((name.as_str(), &results["finishReason"]), (expected, &json!(reason)), "{message}");
        assert!(results["usage"].is_object() && results.get("answer").is_none());
    }
}

#[tokio::test]
async fn failures_are_told_apart_and_show_no_key() {
    let (bed, openai) = (Bed::new(), openai().await);
    let mut stranger = settings(&openai);
    stranger["apiKey"] = "sk-wrong-abcdefgh".into();
    let (name, message, _) = failed(llm::answer(&bed.call(), &stranger, &ask()).await);
    assert_eq!(name, "SignInFailed");
    // The endpoint repeats the key that it was given.
    assert!(
        message.contains("Incorrect API key provided: ***") && !message.contains("sk-wrong"),
        "{message}"
    );
    let missing = json!({"error": {"message": "The model 'x' does not exist", "code": "model_not_found"}});
    for (turn, expected, calls) in [
        (Turn::Status(404, missing), "StatusCodeError", 1),
        (Turn::Garbage, "BadResponse", 1),
        (Turn::Json(json!({"choices": []})), "BadResponse", 1),
        (Turn::Status(302, json!({})), "StatusCodeError", 1),
    ] {
        let before = openai.heard().len();
        openai.answers([turn.clone()]);
        let (name, message, _) = failed(llm::answer(&bed.call(), &settings(&openai), &ask()).await);
        assert_eq!((name.as_str(), openai.heard().len() - before), (expected, calls), "{turn:?}: {message}");
    }
    let closed = json!({"baseUrl": "http://127.0.0.1:9/v1", "model": "m"});
    assert_eq!(failed(llm::answer(&bed.call(), &closed, &ask()).await).0, "ConnectionRefused");
    let (name, ..) = failed(llm::answer(&Bed::public_only().call(), &settings(&openai), &ask()).await);
    assert_eq!(name, "PrivateAddress");
}

#[tokio::test]
async fn it_is_asked_once_more_where_the_time_is_there() {
    let (bed, openai) = (Bed::new(), openai().await);
    let overloaded = json!({"error": {"message": "The engine is overloaded"}});
    for turn in [
        Turn::TooMany { retry_after: Some("1".to_owned()) },
        Turn::Status(503, overloaded.clone()),
        Turn::Cut,
    ] {
        let (before, begun) = (openai.heard().len(), Instant::now());
        openai.answers([turn.clone()]);
        done(llm::answer(&bed.call(), &settings(&openai), &ask()).await);
        assert_eq!(openai.heard().len() - before, 2, "{turn:?}");
        let waits = matches!(turn, Turn::TooMany { .. });
        assert_eq!(begun.elapsed() >= Duration::from_secs(1), waits, "{turn:?}");
    }
    // Twice is enough.
    let before = openai.heard().len();
    openai.answers(vec![Turn::Status(500, overloaded); 2]);
    let (name, message, _) = failed(llm::answer(&bed.call(), &settings(&openai), &ask()).await);
    assert_eq!((name.as_str(), openai.heard().len() - before), ("StatusCodeError", 2));
    assert!(message.contains("overloaded"), "{message}");
}

#[tokio::test]
async fn it_is_not_asked_again_when_the_time_is_short() {
    let (bed, openai) = (Bed::new(), openai().await);
    let begun = Instant::now();
    openai.answers([Turn::TooMany { retry_after: Some("30".to_owned()) }]);
    let (name, message, _) = failed(llm::answer(&bed.call(), &settings(&openai), &ask()).await);
    assert_eq!((name.as_str(), openai.heard().len()), ("TooManyRequests", 1));
    assert!(message.contains("30초 뒤") && begun.elapsed() < Duration::from_secs(1), "{message}");
    for turn in [Turn::Hang, Turn::Slow(Duration::from_secs(2))] {
        let begun = Instant::now();
        openai.answers([turn]);
        let call = bed.within(Duration::from_millis(400));
        assert_eq!(failed(llm::answer(&call, &settings(&openai), &ask()).await).0, "TimeoutError");
        assert!(begun.elapsed() < Duration::from_millis(900));
    }
}

#[tokio::test]
async fn a_model_that_has_another_name_for_the_bound_gets_that() {
    let (bed, openai) = (Bed::new(), openai().await);
    let refused = json!({"error": {"message": "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        "type": "invalid_request_error", "param": "max_tokens", "code": "unsupported_parameter"}});
    openai.answers([Turn::Status(400, refused)]);
    done(llm::answer(&bed.call(), &settings(&openai), &ask()).await);
    let heard = openai.heard().remove(1).json();
    assert_eq!((&heard["max_completion_tokens"], heard.get("max_tokens")), (&json!(200), None));
}

#[tokio::test]
async fn a_local_model_needs_no_key_and_headers_are_sent() {
    let (bed, openai) = (Bed::new(), OpenAi::start(None).await.expect("listens"));
    let settings =
        json!({"baseUrl": format!("{}/v1", openai.url()), "model": "local", "headers": {"x-team": "shop"}});
    done(llm::answer(&bed.call(), &settings, &ask()).await);
    let heard = openai.heard().remove(0);
    assert_eq!((heard.header("authorization"), heard.header("x-team")), (None, Some("shop")));
}

#[tokio::test]
async fn small_talk_has_a_persona_and_a_memory() {
    let (bed, openai) = (Bed::new(), openai().await);
    openai.says([Says::Text("저도 반가워요!".to_owned())]);
    let history = [message(LlmRole::User, "안녕"), message(LlmRole::Assistant, "안녕하세요!")];
    let results = done(chitchat::answer(&bed.call(), &settings(&openai), "반가워요", &history).await);
    assert_eq!(results["answer"], "저도 반가워요!");
    let heard = openai.heard().remove(0).json();
    let roles: Vec<_> =
        heard["messages"].as_array().expect("a list").iter().map(|one| one["role"].clone()).collect();
    assert_eq!(roles, ["system", "user", "assistant", "user"]);
    assert_eq!(heard["messages"][3]["content"], "반가워요");
    openai.says([Says::Refusal("…".to_owned())]);
    let refused = chitchat::answer(&bed.call(), &settings(&openai), "나쁜 말", &[]).await;
    assert_eq!(failed(refused).0, "Refused");
}

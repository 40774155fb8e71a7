//! What a person sees when the skill is slow, wrong or away, and what Kakao keeps between messages.

use std::time::Duration;

use serde_json::{Value, json};
use simulator::{
    callback::Callbacks,
    kakao::{Era, Kakao, Mode, Trouble},
    script,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// A skill that answers each request by this function: status, milliseconds to wait, body.
async fn skill(answer: impl Fn(&Value) -> (u16, u64, String) + Copy + Send + Sync + 'static) -> Kakao {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.expect("accepts");
            tokio::spawn(async move {
                let mut request = Vec::new();
                let body = loop {
                    let mut part = [0; 4_096];
                    let read = stream.read(&mut part).await.expect("reads");
                    request.extend_from_slice(&part[..read]);
                    let head = request.windows(4).position(|window| window == b"\r\n\r\n");
                    let whole =
                        head.and_then(|head| serde_json::from_slice::<Value>(&request[head + 4..]).ok());
                    if let Some(body) = whole {
                        break body;
                    }
                };
                let (status, wait, body) = answer(&body);
                tokio::time::sleep(Duration::from_millis(wait)).await;
                let head = format!(
                    "HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                // A client that did not wait is no failure of this server.
                let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
            });
        }
    });
    let mut kakao = Kakao::new(&format!("http://{address}/skill")).expect("this machine");
    kakao.deadline = Duration::from_millis(300);
    kakao
}

fn says(text: &str) -> String {
    json!({"version": "2.0", "template": {"outputs": [{"simpleText": {"text": text}}]}}).to_string()
}

#[tokio::test]
async fn an_answer_that_is_late_wrong_or_missing_is_not_seen() {
    let kakao = skill(|request| match request["userRequest"]["utterance"].as_str() {
        Some("늦게") => (200, 600, says("늦었어요")),
        Some("고장") => (500, 0, says("고장")),
        Some("빈 글") => (200, 0, says("")),
        _ => (200, 0, says("네")),
    })
    .await;
    let mut room = kakao.room("kim");
    room.says("안녕").await.sees(&["네"]);
    assert_eq!(room.says("늦게").await.trouble, Some(Trouble::Timeout));
    assert_eq!(room.says("고장").await.trouble, Some(Trouble::Status(500)));
    let empty = room.says("빈 글").await;
    assert!(matches!(&empty.trouble, Some(Trouble::Violations(broken)) if broken[0].rule == "text-empty"));
    assert!(empty.bubbles.is_empty());
    let away = Kakao::new("http://127.0.0.1:9/skill").expect("this machine");
    assert!(matches!(away.room("kim").says("안녕").await.trouble, Some(Trouble::Connection(_))));
}

#[tokio::test]
async fn contexts_live_as_many_turns_as_the_answer_said() {
    let kakao = skill(|request| {
        let held: Vec<&str> = request["contexts"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|context| context["name"].as_str())
            .collect();
        let mut answer: Value =
            serde_json::from_str(&says(&format!("[{}]", held.join(",")))).expect("is JSON");
        if request["userRequest"]["utterance"] == "기억해" {
            answer["context"] = json!({"values": [{"name": "주문", "lifeSpan": 2, "params": {"번호": "7"}}]});
        }
        (200, 0, answer.to_string())
    })
    .await;
    let mut room = kakao.room("kim");
    room.says("기억해").await.sees(&["[]"]);
    room.says("하나").await.sees(&["[주문]"]);
    room.says("둘").await.sees(&["[주문]"]);
    room.says("셋").await.sees(&["[]"]);
}

#[tokio::test]
async fn buttons_bring_back_what_they_carry_and_quick_replies_vanish() {
    let kakao = skill(|request| {
        let extra = &request["action"]["clientExtra"];
        let trigger = &request["flow"]["trigger"]["type"];
        let text = format!("{} {extra} {trigger}", request["userRequest"]["utterance"]);
        let reply = json!({"label": "예", "action": "message", "messageText": "그럼요", "extra": {"n": 1}});
        let button = json!({"label": "상담원", "action": "operator"});
        let answer = json!({"version": "2.0", "template": {"outputs": [{"textCard": {"title": text, "buttons": [button]}}],
            "quickReplies": [reply]}});
        (200, 0, answer.to_string())
    })
    .await;
    let mut room = kakao.room("kim");
    room.says("안녕").await;
    room.taps("예").await.sees(&[r#""그럼요" {"n":1} "QUICKREPLY_BUTTON_MESSAGE""#]);
    assert!(room.taps("없는 버튼").await.trouble.is_some());
    room.taps("상담원").await;
    assert_eq!(room.says("들려요?").await.trouble, Some(Trouble::WithAgent));
    room.leaves_agent();
    assert!(room.says("들려요?").await.trouble.is_none());
}

#[tokio::test]
async fn a_repeated_delivery_is_the_same_to_the_byte() {
    let kakao = skill(|request| (200, 0, says(&request["userRequest"]["utterance"].to_string()))).await;
    let mut room = kakao.room("kim");
    let first = room.says("안녕").await;
    assert_eq!(room.repeats().await.request, first.request);
}

#[tokio::test]
async fn a_scene_is_played_and_its_differences_are_named() {
    let kakao = skill(|request| {
        (200, 0, says(&format!("{}!", request["userRequest"]["utterance"].as_str().unwrap_or(""))))
    })
    .await;
    let scene = "# 인사\n> 안녕\n< 안녕!\n> 잘 가\n< 또 오세요\n";
    let played = script::play(&mut kakao.room("kim"), scene, |_, _| {}).await;
    assert_eq!((played.checked, played.differences.len()), (2, 1), "{:?}", played.differences);
    assert!(played.differences[0].contains("또 오세요"), "{:?}", played.differences);
}

#[tokio::test]
async fn a_scene_comes_through_other_blocks_and_through_transform_functions() {
    let kakao = skill(|request| {
        let wrapped = request.get("payload").map_or("", |_| "wrapped ");
        let whole = request.get("payload").unwrap_or(request);
        let text = |pointer| whole.pointer(pointer).and_then(Value::as_str).unwrap_or("?");
        let said =
            format!("{wrapped}{}: {}", text("/userRequest/block/name"), text("/userRequest/utterance"));
        (200, 0, says(&said))
    })
    .await;
    let scene = "> (block 주문) 커피\n< 주문: 커피\n> (transformed) 안녕\n< wrapped 폴백 블록: 안녕\n";
    let played = script::play(&mut kakao.room("kim"), scene, |_, _| {}).await;
    assert_eq!((played.checked, played.differences.as_slice()), (2, &[][..]));
}

#[tokio::test]
async fn a_block_that_does_not_use_the_skills_data_asks_and_shows_nothing() {
    let kakao = skill(|request| {
        let text = request["userRequest"]["utterance"].as_str().unwrap_or("");
        let answer = json!({"version": "2.0", "template": {"outputs": [{"simpleText": {"text": text}}],
            "quickReplies": [{"label": "예약", "action": "message", "messageText": "예약"}]}});
        (200, 0, answer.to_string())
    })
    .await;
    let mut room = kakao.room("kim");
    let seen = room.says_unused("안녕").await;
    assert!(seen.trouble.is_none());
    assert_eq!((seen.status, seen.texts().len(), room.quick_replies.len()), (200, 0, 0));
    assert!(seen.answer.contains("안녕"), "the skill was asked: {}", seen.answer);
    let scene = "> (unused) 안녕\n< [예약]\n> 안녕\n< [예약]\n";
    let played = script::play(&mut room, scene, |_, _| {}).await;
    assert_eq!((played.checked, played.differences.len()), (2, 1), "{:?}", played.differences);
}

/// Posts a late answer as a skill would; what Kakao says to it.
async fn post(url: &str, body: &str) -> (u16, Value) {
    let (address, path) = url.trim_start_matches("http://").split_at(url[7..].find('/').expect("a path"));
    let mut stream = tokio::net::TcpStream::connect(address).await.expect("connects");
    let request = format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).await.expect("writes");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("reads");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a body");
    let status = head[9..12].parse().expect("a status");
    (status, serde_json::from_str(body).expect("is JSON"))
}

#[tokio::test]
async fn a_late_answer_is_taken_once_in_time_and_only_where_it_was_announced() {
    let mut kakao = skill(|request| match request["userRequest"]["utterance"].as_str() {
        Some("천천히") => {
            (200, 0, json!({"version": "2.0", "useCallback": true, "data": {"text": "잠시만요"}}).to_string())
        }
        _ => (200, 0, says(request["userRequest"]["callbackUrl"].as_str().unwrap_or("없음"))),
    })
    .await;
    kakao.room("kim").says("주소").await.sees(&["없음"]);
    kakao.callbacks = Some(Callbacks::start_with(Duration::from_millis(400)).await.expect("listens"));
    let mut room = kakao.room("kim");
    let refused = |said: (u16, Value)| {
        assert_eq!((said.0, &said.1["status"]), (400, &json!("FAIL")));
        said.1["message"].as_str().expect("a text").to_owned()
    };
    let unannounced = room.says("주소").await.texts().remove(0);
    assert!(refused(post(&unannounced, &says("네")).await).contains("Use callback true"));
    let announced = room.says("천천히").await;
    let url = announced.late.clone().expect("a late answer is awaited");
    assert!(url.contains("/v1/bots/") && announced.bubbles.is_empty());
    assert!(refused(post(&url, "oops").await).contains("json response"));
    assert!(refused(post(&url, &says("")).await).contains("skill-json"));
    assert!(refused(post(&url.replace("/bots/", "/bots/x"), &says("네")).await).contains("bot ID"));
    assert!(refused(post(&format!("{url}9"), &says("네")).await).contains("callback token"));
    let (status, said) = post(&url, &says("다 됐어요")).await;
    assert_eq!((status, &said["status"]), (200, &json!("SUCCESS")));
    room.waits(&announced, Duration::from_secs(1)).await.sees(&["다 됐어요"]);
    assert!(refused(post(&url, &says("한 번 더")).await).contains("callback token"));
    let forgotten = room.says("천천히").await;
    assert_eq!(room.waits(&forgotten, Duration::from_millis(450)).await.trouble, Some(Trouble::Timeout));
    assert!(
        refused(post(forgotten.late.as_deref().expect("an address"), &says("늦었어요")).await)
            .contains("callback token")
    );
    let tested = kakao.mode(Mode::BotTest).room("kim").says("주소").await.texts().remove(0);
    assert!(tested.contains("!/callback/"));
    assert!(refused(post(&tested, &says("네")).await).contains("testing purposes"));
}

/// The requests that this simulator makes have the fields of the captured ones, door by door.
#[tokio::test]
async fn requests_have_the_fields_of_the_captures() {
    let kakao = skill(|_| (200, 0, says("네"))).await;
    for (capture, mode, era) in [
        ("fallback-2019.json", Mode::Operating, Era::Y2019),
        ("development-channel-2023.json", Mode::Development, Era::Y2020),
        ("bot-test-2021.json", Mode::BotTest, Era::Y2020),
        ("skill-editor-test.json", Mode::EditorTest, Era::Y2020),
        ("quick-reply-2025.json", Mode::Operating, Era::Y2025),
    ] {
        let path = format!("{}/../../fixtures/kakao/{capture}", env!("CARGO_MANIFEST_DIR"));
        let captured: Value =
            serde_json::from_slice(&std::fs::read(path).expect("is there")).expect("is JSON");
        let captured = captured.get("body").unwrap_or(&captured);
        let mut room = kakao.clone().mode(mode).era(era).room("kim");
        room.enter().await;
        let sent = room.says("안녕").await.request;
        let sent: Value = serde_json::from_str(&sent).expect("is JSON");
        let (mine, theirs) = (fields(&sent), fields(captured));
        let missing: Vec<&String> = theirs.iter().filter(|field| !mine.contains(*field)).collect();
        assert_eq!(missing, Vec::<&String>::new(), "{capture}: captured, but not sent");
        assert_eq!(
            sent["bot"]["id"].as_str().map(|id| id.ends_with('!')),
            captured["bot"]["id"].as_str().map(|id| id.ends_with('!')),
            "{capture}"
        );
    }
}

/// The paths of all objects' fields; what a bot's owner names (parameters, contexts) and lists are left out.
fn fields(value: &Value) -> std::collections::BTreeSet<String> {
    fn walk(value: &Value, path: &str, found: &mut std::collections::BTreeSet<String>) {
        if ["/action/params", "/action/detailParams", "/action/clientExtra", "/contexts"].contains(&path) {
            return;
        }
        for (key, inner) in value.as_object().into_iter().flatten() {
            let path = format!("{path}/{key}");
            walk(inner, &path, found);
            found.insert(path);
        }
    }
    let mut found = std::collections::BTreeSet::new();
    walk(value, "", &mut found);
    found
}

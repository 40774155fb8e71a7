//! The editor's calls: drafts that nobody overwrites unseen, who is there, limits, the check, the preview, parts tried by
//! themselves, pictures.

use std::time::Duration;

use serde_json::{Value, json};

use crate::browser::{Browser, Testbed, file};

const NOTHING: Value = Value::Null;

/// An owner, an editor, and the address of a bot.
async fn given(bot: &str) -> (Testbed, Browser, Browser, String) {
    let bed = Testbed::start_with(|config| config.scripts.program = crate::browser::js_worker()).await;
    let (mut owner, workspace) = bed.owner().await;
    let editor = bed.member(&mut owner, &workspace, "editor").await;
    let at = format!("/api/workspaces/{workspace}/bots");
    let body = format!("{{\"file\":{bot}}}").into_bytes();
    let made = owner.raw("POST", &at, Some("application/json"), body).await.expect(201);
    let at = format!("{at}/{}", made["bot"]["id"].as_str().expect("an id"));
    (bed, owner, editor, at)
}

/// A bot of one flow with these nodes behind its entry.
fn bot(nodes: &Value) -> String {
    let mut all = vec![json!({"id": 1, "type": "entry", "label": "진입", "next": [{"nodeId": 2}]})];
    all.extend(nodes.as_array().expect("a list").clone());
    json!({"title": "시험", "preference": {"entryFlowId": 1, "fallbackFlowId": 1},
        "flows": [{"id": 1, "title": "시작", "nodes": all}]})
    .to_string()
}

/// Says something in the preview; what is answered becomes the next state.
struct Room<'a> {
    browser: &'a mut Browser,
    at: &'a str,
    state: Value,
    channel: &'static str,
}

impl Room<'_> {
    async fn does(&mut self, event: Value) -> Value {
        let body = json!({"channel": self.channel, "state": self.state, "event": event, "source": "draft"});
        let seen = self.browser.call("POST", &format!("{}/preview", self.at), &body).await.expect(200);
        self.state = seen["state"].clone();
        seen
    }

    async fn says(&mut self, text: &str) -> Value {
        self.does(json!({"type": "message", "text": text})).await
    }
}

fn bubbles(seen: &Value) -> Vec<String> {
    let outputs = seen["answer"]["template"]["outputs"].as_array().expect("a skill response");
    outputs
        .iter()
        .map(|output| {
            let text = output.pointer("/simpleText/text").or_else(|| output.pointer("/textCard/description"));
            text.and_then(Value::as_str).unwrap_or("(…)").to_owned()
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_saved_on_its_base_and_never_over_another() {
    // Numbers that JavaScript would spell otherwise come back as they were.
    let text = file("examples/shop.json").trim_end().replacen(
        "{\n",
        "{\n  \"strange\": [\n    24.0,\n    1e3\n  ],\n",
        1,
    );
    let (_bed, mut owner, mut editor, at) = given(&text).await;
    let draft = editor.get(&format!("{at}/draft")).await;
    let body = String::from_utf8(draft.bytes.clone()).expect("is UTF-8");
    assert!(body.contains(&format!("\"file\":{text}")), "the file stands in it byte for byte");
    assert_eq!((&draft.json()["revision"], draft.json()["updatedAt"].is_i64()), (&json!(1), true));
    let put = async |browser: &mut Browser, base: i64, text: &str| {
        let body = format!("{{\"base\":{base},\"file\":{text}}}").into_bytes();
        browser.raw("PUT", &format!("{at}/draft"), Some("application/json"), body).await
    };
    // The same again is no change.
    assert_eq!(put(&mut editor, 1, &text).await.expect(200)["revision"], 1);
    let mine = text.replacen("처음 인사", "첫인사", 1);
    let kept = put(&mut editor, 1, &mine).await.expect(200);
    assert_eq!((&kept["revision"], &kept["warnings"][0]["code"]), (&json!(2), &json!("unknown-key")));
    let theirs = text.replacen("다시 인사", "또 인사", 1);
    assert_eq!(put(&mut owner, 1, &theirs).await.problem(), "409 draft-changed");
    let exported = owner.get(&format!("{at}/export")).await;
    assert!(exported.bytes == mine.as_bytes(), "nothing was stored");
    assert_eq!(put(&mut owner, 2, &theirs).await.expect(200)["revision"], 3);
    // A refused file says where, for people and for programs.
    let refused = put(&mut editor, 3, &text.replacen("\"nodeId\": 2", "\"nodeId\": 99", 1)).await;
    assert_eq!(refused.problem(), "422 bot-file-refused");
    let error = &refused.json()["errors"][0];
    assert_eq!(
        (&error["flow"], &error["node"], &error["field"], &error["code"]),
        (&json!(1), &json!(1), &json!("next[0].nodeId"), &json!("edge-to-missing-node"))
    );
    assert_eq!(put(&mut editor, 3, "{}").await.problem(), "422 bot-file-refused");
    // Autosave does not fill the log.
    let workspace = at.split("/bots/").next().expect("a workspace");
    let log = owner.get(&format!("{workspace}/audit")).await.expect(200);
    let edits = log["items"].as_array().expect("lines").iter().filter(|line| line["action"] == "bot.edit");
    assert_eq!(edits.count(), 2, "one of each person");
}

/// Reads the next event of a stream: its name and data.
async fn event(stream: &mut reqwest::Response, kept: &mut String) -> (String, Value) {
    loop {
        while let Some((event, rest)) = kept.clone().split_once("\n\n") {
            rest.clone_into(kept);
            let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
            if let (Some(name), Some(data)) = (field("event:"), field("data:")) {
                return (name.to_owned(), serde_json::from_str(data).expect("is JSON"));
            }
        }
        let piece = tokio::time::timeout(Duration::from_secs(10), stream.chunk()).await.expect("comes soon");
        *kept += &String::from_utf8_lossy(&piece.expect("is read").expect("goes on"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_work_on_a_draft_see_each_other() {
    let (bed, mut owner, mut editor, at) = given(file("examples/shop.json").trim_end()).await;
    let request = owner.request("GET", &format!("{at}/draft/events"));
    let mut stream = request.send().await.expect("an answer");
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let mut kept = String::new();
    assert_eq!(event(&mut stream, &mut kept).await, ("presence".to_owned(), json!({"people": []})));
    let place = json!({"session": "tab-1", "flow": 1, "node": 3});
    let there = editor.call("PUT", &format!("{at}/draft/presence"), &place).await.expect(200);
    assert_eq!((&there["people"][0]["name"], &there["people"][0]["node"]), (&json!("이editor"), &json!(3)));
    let (name, data) = event(&mut stream, &mut kept).await;
    assert_eq!((name.as_str(), &data["people"][0]["session"]), ("presence", &json!("tab-1")));
    for bad in ["", "a b", &"a".repeat(65)] {
        let refused = editor.call("PUT", &format!("{at}/draft/presence"), &json!({"session": bad})).await;
        assert_eq!(refused.problem(), "422 invalid");
    }
    let text = file("examples/shop.json").replacen("처음 인사", "첫인사", 1);
    let request = editor
        .request("PUT", &format!("{at}/draft"))
        .header("x-closer", "1")
        .header("x-editor-session", "tab-1")
        .header("content-type", "application/json")
        .body(format!("{{\"base\":1,\"file\":{text}}}"));
    editor.send(request).await.expect(200);
    assert_eq!(
        event(&mut stream, &mut kept).await,
        ("saved".to_owned(), json!({"revision": 2, "session": "tab-1", "name": "이editor"}))
    );
    // Changes from elsewhere are told as well.
    owner.call("PATCH", &at, &json!({"title": "새 이름"})).await.expect(200);
    let (name, data) = event(&mut stream, &mut kept).await;
    assert_eq!((name.as_str(), &data["revision"], &data["session"]), ("saved", &json!(3), &NOTHING));
    // A server that stops sends everyone home.
    bed.hub.editors.close();
    let end = tokio::time::timeout(Duration::from_secs(5), stream.chunk()).await.expect("ends soon");
    assert_eq!(end.expect("ends well"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_limits_are_those_by_which_is_shaped() {
    let (_bed, _owner, mut editor, _) =
        given(&bot(&json!([{"id": 2, "type": "response", "data": {}}]))).await;
    let seen = editor.get("/api/channels").await.expect(200);
    let ids: Vec<&str> = seen["channels"]
        .as_array()
        .expect("channels")
        .iter()
        .map(|it| it["id"].as_str().expect("an id"))
        .collect();
    assert_eq!(ids, ["kakao", "kakaobiz", "web"]);
    let limits = &seen["channels"][0]["limits"];
    let kakao = channels::kakao::CAPABILITIES;
    assert_eq!(limits["buttonLabel"], kakao.label);
    assert_eq!(limits["text"], kakao.text);
    assert_eq!((&limits["bubbles"], &limits["textFold"]), (&json!(3), &json!(500)));
    assert_eq!(seen["channels"][2]["limits"]["bubbles"], NOTHING);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_check_names_places_and_errors_stop_publishing() {
    let broken = bot(&json!([
        {"id": 2, "type": "response", "label": "인사", "data": {"message": {"type": "text", "text": "{{#if a}}안녕"}},
            "next": [{"nodeId": 3}]},
        {"id": 3, "type": "keyboard", "label": "메뉴", "data": {"type": "buttons", "buttons": [
            {"type": "postback", "label": "열다섯 글자가 넘는 긴 버튼이에요"}]}, "next": [{"nodeId": 4}]},
        {"id": 4, "type": "sandbox", "label": "계산", "data": {"script": "module.exports = ("}, "next": [{"nodeId": 3}]},
    ]));
    let (_bed, _owner, mut editor, at) = given(&broken).await;
    let seen = editor.call("POST", &format!("{at}/check"), &json!({})).await.expect(200);
    let found = |code: &str| {
        let all = seen["complaints"].as_array().expect("complaints");
        all.iter().find(|it| it["code"] == code).unwrap_or_else(|| panic!("{code}: {seen}")).clone()
    };
    let template = found("template-error");
    assert_eq!(
        (
            &template["severity"],
            &template["flow"],
            &template["node"],
            &template["field"],
            &template["channel"]
        ),
        (&json!("error"), &json!(1), &json!(2), &json!("data.message.text"), &NOTHING)
    );
    assert!(template["place"].as_str().expect("text").contains("노드 2 '인사'"));
    let label = found("limit-label");
    assert_eq!(
        (&label["severity"], &label["channel"], &label["field"]),
        (&json!("note"), &json!("kakao"), &json!("data.buttons[0].label"))
    );
    assert_eq!(found("script-syntax")["severity"], "error");
    let english =
        editor.clone().speaking("en").call("POST", &format!("{at}/check"), &json!({})).await.expect(200);
    assert!(english["complaints"].to_string().contains("A turn that comes here"));
    let refused = editor.call("POST", &format!("{at}/publish"), &NOTHING).await;
    assert_eq!(refused.problem(), "422 bot-has-errors");
    let errors = refused.json()["errors"].as_array().expect("errors").clone();
    assert_eq!(
        errors.iter().map(|it| it["code"].as_str().expect("a code")).collect::<Vec<_>>(),
        ["template-error", "script-syntax"]
    );
    // A file that is not stored can be checked; so can one that is no bot.
    let good = file("examples/shop.json");
    let body = format!("{{\"file\":{good}}}").into_bytes();
    let seen = editor.raw("POST", &format!("{at}/check"), Some("application/json"), body).await.expect(200);
    assert!(
        seen["complaints"].as_array().expect("complaints").iter().all(|it| it["severity"] != "error"),
        "{seen}"
    );
    let seen = editor.call("POST", &format!("{at}/check"), &json!({"file": {"flows": []}})).await.expect(200);
    assert_eq!(seen["complaints"][0]["severity"], "error");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_shows_what_kakao_would_get() {
    let (_bed, _owner, mut editor, at) = given(file("examples/shop.json").trim_end()).await;
    let mut room = Room { browser: &mut editor, at: &at, state: NOTHING, channel: "kakao" };
    let begun = room.does(json!({"type": "start"})).await;
    assert_eq!(begun["request"]["userRequest"]["block"]["name"], "웰컴 블록");
    assert_eq!(begun["answer"]["version"], "2.0");
    assert!(bubbles(&begun)[0].starts_with("안녕하세요, 맑은마켓이에요."));
    let visited: Vec<i64> = begun["trace"]["visits"]
        .as_array()
        .expect("visits")
        .iter()
        .map(|it| it["node"].as_i64().expect("a node"))
        .collect();
    assert_eq!(visited, [1, 2, 4]);
    let after_start = room.state.clone();
    // What the answer gave is pressed.
    let button = begun["answer"]["template"]["quickReplies"][0].clone();
    assert_eq!(button["label"], "주문 조회");
    room.does(json!({"type": "message", "button": button})).await;
    let named = room.says("김하늘").await;
    assert_eq!(bubbles(&named), ["김하늘님, 주문 번호 여섯 자리를 입력해 주세요. (예: 240817)"]);
    assert_eq!(named["contextBefore"]["params"], json!({}));
    assert_eq!(named["context"]["params"]["name"], "김하늘");
    assert_eq!(named["context"]["message"]["text"], "김하늘");
    assert_eq!(named["context"]["platform"], "kakao");
    let changed: Vec<&Value> = named["trace"]["visits"]
        .as_array()
        .expect("visits")
        .iter()
        .filter(|it| !it["changed"].is_null())
        .map(|it| &it["changed"]["params.name"])
        .collect();
    assert_eq!(changed, [&json!("김하늘")]);
    // Back to an earlier answer, and on another way from there.
    room.state = after_start;
    let other = room.says("영업시간").await;
    assert!(bubbles(&other)[0].starts_with("평일 10시부터"));
    assert_eq!(other["context"]["params"], json!({}), "what was said on the other way is not known");
    // An agent call says why nobody comes.
    let called = room.does(json!({"type": "goto", "flow": 6})).await;
    assert!(called["agentCall"]["reason"].as_str().expect("text").contains("1:1 채팅"), "{called}");
    let operator = called["answer"].to_string().contains("\"operator\"");
    assert!(operator, "{called}");
    // Somebody of whom something is known.
    let body = json!({"channel": "kakao", "state": null, "event": {"type": "start"},
        "person": {"params": {"name": "이바다"}, "returning": true, "userKey": "kim"}});
    let known = room.browser.call("POST", &format!("{at}/preview"), &body).await.expect(200);
    assert_eq!(bubbles(&known), ["이바다님, 다시 오셨네요. 무엇을 도와드릴까요?"]);
    assert_eq!(known["request"]["userRequest"]["user"]["id"], "kim");
    // What no channel sends, and states that are none.
    for (event, pointer) in [
        (json!({"type": "message", "location": {"latitude": 37.5, "longitude": 127.0}}), "/event/location"),
        (json!({"type": "message", "button": {"label": "가", "action": "webLink"}}), "/event/button"),
    ] {
        let body = json!({"channel": "kakao", "state": null, "event": event});
        let refused = room.browser.call("POST", &format!("{at}/preview"), &body).await;
        assert_eq!(
            (refused.problem().as_str(), &refused.json()["errors"][0]["pointer"]),
            ("422 invalid", &json!(pointer))
        );
    }
    let body = json!({"channel": "kakao", "state": {"k": 7}, "event": {"type": "start"}});
    assert_eq!(room.browser.call("POST", &format!("{at}/preview"), &body).await.problem(), "400 malformed");
    let body = json!({"channel": "kakao", "state": null, "event": {"type": "start"}, "source": "live"});
    assert_eq!(
        room.browser.call("POST", &format!("{at}/preview"), &body).await.problem(),
        "404 no-such-version"
    );
}

/// What the skill URL answers to this request: the door of Kakao, nothing of the console.
async fn skill(bed: &Testbed, at: &str, request: &Value) -> Value {
    let id = at.rsplit('/').next().expect("an id");
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let url = format!("{}/webhook/kakao/{id}/i/skill/draft", bed.base);
    let request = client.post(url).header("content-type", "application/json").body(request.to_string());
    let bytes = request.send().await.expect("an answer").bytes().await.expect("a body");
    serde_json::from_slice(&bytes).expect("is JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_draws_what_is_really_sent() {
    let (bed, _owner, mut editor, at) = given(file("examples/shop.json").trim_end()).await;
    let mut room = Room { browser: &mut editor, at: &at, state: NOTHING, channel: "kakao" };
    let says = |text: &str| json!({"type": "message", "text": text});
    let mut last = NOTHING;
    for event in [
        json!({"type": "start"}),
        says("상품"),
        NOTHING,
        json!({"type": "goto", "flow": 3}),
        says("김하늘"),
        says("240817"),
        says("뒤로"),
        says("무슨 말인지 모를 말"),
        json!({"type": "message", "media": {"uri": "https://t1.kakaocdn.net/a.jpg"}}),
    ] {
        // Null presses the first button of the cards that were shown last.
        let event = if event.is_null() {
            let pointer = "/answer/template/outputs/0/carousel/items/0/buttons/0";
            json!({"type": "message", "button": Value::pointer(&last, pointer).expect("a button")})
        } else {
            event
        };
        last = room.does(event.clone()).await;
        // The very request of the preview, sent to the address that Kakao calls.
        assert_eq!(skill(&bed, &at, &last["request"]).await, last["answer"], "{event}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_marks_what_the_channel_shows_otherwise() {
    let say = |id: i64, text: &str, next: i64| {
        json!({"id": id, "type": "response", "label": format!("말 {id}"),
            "data": {"message": {"type": "cards", "cards": [{"title": text, "buttons": [{"type": "link", "label": "열다섯 글자가 넘는 긴 버튼이에요", "uri": "https://example.com"}]}]}},
            "next": [{"nodeId": next}]})
    };
    let many = bot(&json!([
        say(2, "하나", 3), say(3, "둘", 4), say(4, "셋", 5), say(5, "넷", 6),
        {"id": 6, "type": "keyboard", "label": "입력", "data": {"type": "any"}},
    ]));
    let (_bed, _owner, mut editor, at) = given(&many).await;
    let mut room = Room { browser: &mut editor, at: &at, state: NOTHING, channel: "kakao" };
    let seen = room.does(json!({"type": "start"})).await;
    assert_eq!(bubbles(&seen).len(), 3);
    let marks = seen["marks"].as_array().expect("marks").clone();
    let cut: Vec<&Value> =
        marks.iter().filter(|mark| mark["code"] == "label-cut").map(|mark| &mark["bubble"]).collect();
    assert_eq!(cut, [&json!(0), &json!(1), &json!(2), &json!(3)]);
    let held = marks.iter().find(|mark| mark["code"] == "held").expect("one waits");
    assert!(held["message"].as_str().expect("text").contains("1개"), "{held}");
    // "더보기" brings the rest, and the scenario does not move.
    let more = seen["answer"]["template"]["quickReplies"][0].clone();
    let rest = room.does(json!({"type": "message", "button": more})).await;
    assert_eq!((bubbles(&rest).len(), &rest["trace"]["visits"]), (1, &json!([])));
    // On ConsultationTalk each card is a bubble of its own, nothing waits, and more stands on its buttons.
    let mut room = Room { browser: &mut editor, at: &at, state: NOTHING, channel: "kakaobiz" };
    let seen = room.does(json!({"type": "start"})).await;
    assert_eq!(
        (&seen["answer"]["relay"], seen["answer"]["calls"].as_array().map(Vec::len)),
        (&json!("native"), Some(4))
    );
    assert_eq!(seen["marks"], json!([]), "28 characters stand on its buttons");
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_and_failures_are_shown_with_their_reasons() {
    let failing = bot(&json!([
        {"id": 2, "type": "fetch", "label": "부르기", "data": {"method": "GET", "uri": "http://127.0.0.1:1/{{SECRET(\"key\")}}"},
            "next": [{"nodeId": 3}]},
        {"id": 3, "type": "response", "label": "탈", "data": {"message": {"type": "media", "media": {"contentType": "image", "uri": ""}}}},
    ]));
    let (_bed, _owner, mut editor, at) = given(&failing).await;
    let mut room = Room { browser: &mut editor, at: &at, state: NOTHING, channel: "kakao" };
    let seen = room.does(json!({"type": "start"})).await;
    assert!(seen["fault"].as_str().expect("a fault").contains("노드 3"), "{seen}");
    let recorded = &seen["replies"][1];
    assert_eq!((&seen["replies"][0]["kind"], &recorded["node"]), (&json!("moment"), &json!("fetch")));
    assert_eq!(recorded["asked"], "GET http://127.0.0.1:1/⟦secret:key⟧");
    assert!(!recorded["error"].as_str().expect("a name").is_empty());
    let english = json!({"channel": "kakao", "state": null, "event": {"type": "start"}});
    let seen =
        editor.clone().speaking("en").call("POST", &format!("{at}/preview"), &english).await.expect(200);
    assert!(seen["fault"].as_str().expect("a fault").contains("node 3"));
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_and_templates_are_tried_by_themselves() {
    let (_bed, _owner, mut editor, at) =
        given(&bot(&json!([{"id": 2, "type": "response", "data": {}}]))).await;
    let script = "module.exports = async (context) => { console.log('합계', context.params.n); return { params: { n: context.params.n * 2 } } }";
    let run = async |browser: &mut Browser, script: &str| {
        let body = json!({"script": script, "context": {"params": {"n": 21}}});
        browser.call("POST", &format!("{at}/script/run"), &body).await.expect(200)
    };
    let ran = run(&mut editor, script).await;
    assert_eq!((&ran["result"], &ran["logs"][0]["text"]), (&json!({"params": {"n": 42}}), &json!("합계 21")));
    assert!(ran["tookMs"].is_u64() && ran.get("error").is_none());
    let ran = run(&mut editor, "module.exports = () => { throw new TypeError('아니요') }").await;
    assert_eq!((&ran["error"]["name"], &ran["error"]["message"]), (&json!("TypeError"), &json!("아니요")));
    assert!(ran["error"]["stack"].as_str().expect("text").contains("script.js"), "{ran}");
    assert_eq!(run(&mut editor, "module.exports = (").await["error"]["name"], "SyntaxError");
    let render = async |browser: &mut Browser, template: &str, secrets: bool| {
        let context = json!({"params": {"name": "김하늘"}, "message": {"type": "text", "text": "안녕"}});
        let body = json!({"template": template, "context": context, "secrets": secrets});
        browser.call("POST", &format!("{at}/template/render"), &body).await.expect(200)
    };
    let rendered = render(&mut editor, "{{JOSA(name, \"은\")}} {{message}}", false).await;
    assert_eq!(rendered, json!({"text": "김하늘은 안녕"}));
    let rendered = render(&mut editor, "가나\n{{#if a}}", false).await;
    assert_eq!(rendered["error"]["at"]["line"], 2);
    assert!(rendered["error"]["message"].as_str().expect("text").contains("닫는"));
    assert!(render(&mut editor, "{{SECRET(\"key\")}}", false).await["error"]["message"].is_string());
    assert_eq!(render(&mut editor, "a={{SECRET(\"key\")}}", true).await, json!({"text": "a=⟦secret:key⟧"}));
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_drawn_anew_and_served_to_everyone() {
    let (bed, _owner, mut editor, at) =
        given(&bot(&json!([{"id": 2, "type": "response", "data": {}}]))).await;
    // A PNG of one transparent dot, as every painting program writes it.
    let png = [
        0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00,
        0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1f, 0x15, 0xc4, 0x89, 0x00,
        0x00, 0x00, 0x0b, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x60, 0x00, 0x02, 0x00, 0x00, 0x05, 0x00,
        0x01, 0x7a, 0x5e, 0xab, 0x3f, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
    ];
    let up = async |browser: &mut Browser, bytes: &[u8]| {
        browser.raw("POST", &format!("{at}/media"), Some("image/png"), bytes.to_vec()).await
    };
    let made = up(&mut editor, &png).await.expect(201);
    assert_eq!(
        (&made["contentType"], &made["width"], &made["height"]),
        (&json!("image/png"), &json!(1), &json!(1))
    );
    let url = made["url"].as_str().expect("an address").to_owned();
    assert_eq!(up(&mut editor, &png).await.expect(201)["url"], url, "the same bytes are the same picture");
    let path = url.strip_prefix(&bed.base).expect("is ours").to_owned();
    let seen = bed.browser().get(&path).await;
    assert_eq!((seen.status.as_u16(), seen.header("content-type")), (200, "image/png"));
    assert_eq!(seen.header("cross-origin-resource-policy"), "cross-origin");
    assert!(seen.header("cache-control").contains("immutable"));
    assert_eq!(seen.bytes.len() as u64, made["size"].as_u64().expect("a size"));
    for gone in [
        path.replace(".png", ".jpg"),
        path.replace(".png", ""),
        "/media/x.png".to_owned(),
        "/media/a/b.png".to_owned(),
    ] {
        assert_eq!(bed.browser().get(&gone).await.status.as_u16(), 404, "{gone}");
    }
    for bad in [&b"<svg onload=alert(1)>"[..], b"", b"MZ\x90\0"] {
        assert_eq!(up(&mut editor, bad).await.problem(), "422 not-media");
    }
    assert_eq!(up(&mut editor, &vec![0; 10 * 1024 * 1024 + 1]).await.problem(), "413 too-large");
}

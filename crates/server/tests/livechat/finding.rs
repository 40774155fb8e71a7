//! What agents find: conversations by parts of Korean words, what waits longest, what is theirs alone, what the bots do now.

use serde_json::{Value, json};

use crate::bed::Bed;

fn ids(list: &Value) -> Vec<String> {
    let items = list["items"].as_array().expect("a list");
    items.iter().map(|it| it["id"].as_str().expect("an id").to_owned()).collect()
}

/// A customer who has called an agent and said this.
async fn caller(bed: &mut Bed, text: &str) -> (crate::bed::Page, String) {
    let before = ids(&bed.owner.get(&bed.at("chats")).await.expect(200));
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("상담원").await;
    page.sees("bot", "상담원을 부르고 있어요.").await;
    page.says(text).await;
    let list = bed.until("chats", |list| ids(list).len() > before.len()).await;
    let new = ids(&list).into_iter().find(|id| !before.contains(id)).expect("a new one");
    (page, new)
}

/// A query string's value.
fn query(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn conversations_are_found_by_parts_of_words() {
    let mut bed = Bed::start().await;
    let (mut page, first) = caller(&mut bed, "어제 주문한 귤을 환불해 주실 수 있나요?").await;
    let (_other, second) = caller(&mut bed, "배송은 언제 오나요?").await;
    let found = async |bed: &mut Bed, text: &str| {
        bed.owner.get(&bed.at(&format!("chats?search={}", query(text)))).await.expect(200)
    };
    let list = found(&mut bed, "환불해주실").await;
    assert_eq!(ids(&list), std::slice::from_ref(&first));
    assert_eq!(list["items"][0]["found"]["text"], "어제 주문한 귤을 환불해 주실 수 있나요?");
    let seq = list["items"][0]["found"]["seq"].as_i64().expect("a number");
    let thread = bed.owner.get(&bed.at(&format!("chats/{first}/messages"))).await.expect(200);
    assert_eq!(thread["messages"][seq as usize]["data"]["text"], "어제 주문한 귤을 환불해 주실 수 있나요?");
    assert_eq!(ids(&found(&mut bed, "나요").await), [second.clone(), first.clone()], "newest first");
    assert_eq!(ids(&found(&mut bed, "귤").await), std::slice::from_ref(&first));
    assert_eq!(ids(&found(&mut bed, "귤 환불").await), std::slice::from_ref(&first));
    assert!(ids(&found(&mut bed, "귤 배송").await).is_empty(), "no message has both");
    assert!(ids(&found(&mut bed, "?!").await).is_empty());
    assert!(ids(&found(&mut bed, "상담원을 부르고").await).is_empty(), "bots say that to everybody");
    // What an agent writes is found, and so is a name at once.
    let send = bed.at(&format!("chats/{second}/messages"));
    let said = json!({"clientId": "a", "data": {"type": "text", "text": "내일 새벽에 도착합니다"}});
    bed.owner.call("POST", &send, &said).await.expect(200);
    assert_eq!(ids(&found(&mut bed, "새벽에도착").await), std::slice::from_ref(&second));
    let chat = bed.at(&format!("chats/{first}"));
    let profile = json!({"name": "황보 손님", "phone": "010-9876-5432", "tags": ["단골"], "category": ["주문", "취소"]});
    let kept = bed.owner.call("PATCH", &chat, &profile).await.expect(200);
    assert_eq!((&kept["category"], &kept["name"]), (&json!(["주문", "취소"]), &json!("황보 손님")));
    for text in ["황보손", "98765432", "보 손"] {
        let list = found(&mut bed, text).await;
        assert_eq!((ids(&list), &list["items"][0]["found"]), (vec![first.clone()], &Value::Null), "{text}");
    }
    // Who changes one thing changes nothing else.
    let kept = bed.owner.call("PATCH", &chat, &json!({"email": "h@example.com"})).await.expect(200);
    assert_eq!((&kept["name"], &kept["tags"]), (&json!("황보 손님"), &json!(["단골"])));
    let too_deep = json!({"category": ["가", "나", "다", "라"]});
    assert_eq!(bed.owner.call("PATCH", &chat, &too_deep).await.problem(), "422 invalid");
    for (rest, expected) in [
        (format!("chats?tag={}", query("단골")), vec![first.clone()]),
        (format!("chats?tag={}", query("단")), vec![]),
        (format!("chats?category={}", query("주문")), vec![first.clone()]),
        (format!("chats?category={}", query("주문 > 취소")), vec![first.clone()]),
        (format!("chats?category={}", query("취소")), vec![]),
        ("chats?state=requested&longest=true".to_owned(), vec![first.clone()]),
    ] {
        assert_eq!(ids(&bed.owner.get(&bed.at(&rest)).await.expect(200)), expected, "{rest}");
    }
    // A search is narrowed by state as a list is.
    let rest = format!("chats?state=connected&search={}", query("나요"));
    assert_eq!(ids(&bed.owner.get(&bed.at(&rest)).await.expect(200)), [second]);
    page.says("고마워요").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_is_a_text_without_what_colleagues_note() {
    let mut bed = Bed::start().await;
    let (_page, chat) = caller(&mut bed, "주소를 바꿔 주세요").await;
    let at = |rest: &str| bed.at(&format!("chats/{chat}/{rest}"));
    let (notes, export, messages) = (at("notes"), at("export"), at("messages"));
    bed.owner.call("POST", &notes, &json!({"text": "단골이니 친절하게"})).await.expect(201);
    let said = json!({"clientId": "a", "data": {"type": "text", "text": "바꿨어요.\n내일 가요."}});
    bed.owner.call("POST", &messages, &said).await.expect(200);
    let answer = bed.owner.request("GET", &export).send().await.expect("an answer");
    assert_eq!(answer.headers()["content-type"], "text/plain; charset=utf-8");
    let text = answer.text().await.expect("a text");
    assert!(text.starts_with('\u{feff}'), "{text}");
    let places: Vec<usize> = [
        "챗봇: 안녕하세요",
        "고객: 상담원",
        "[상담원 호출]",
        "고객: 주소를 바꿔",
        "[상담 입장]",
        "바꿨어요.\r\n    내일",
    ]
    .iter()
    .map(|part| text.find(part).unwrap_or_else(|| panic!("{part} in {text}")))
    .collect();
    assert!(places.is_sorted(), "{places:?} {text}");
    assert!(!text.contains("친절하게"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_mentioned_is_told_and_nobody_else() {
    let mut bed = Bed::start().await;
    let mut kim = bed.server.member(&mut bed.owner, &bed.workspace, "readonly").await;
    let mut lee = bed.server.member(&mut bed.owner, &bed.workspace, "editor").await;
    let me = kim.get("/api/me").await.expect(200)["id"].clone();
    let (mut of_kim, mut of_lee) = (bed.console(&kim, "").await, bed.console(&lee, "").await);
    of_kim.kind("hello").await;
    of_lee.kind("hello").await;
    let (_page, chat) = caller(&mut bed, "도와주세요").await;
    let notes = bed.at(&format!("chats/{chat}/notes"));
    let note = json!({"text": "@김 봐 주세요", "mentions": [me, "nobody"]});
    let line = bed.owner.call("POST", &notes, &note).await.expect(201);
    assert_eq!(line["data"]["mentions"], json!([me]));
    let told = of_kim.kind("mention").await;
    assert_eq!(
        (&told["chat"], &told["data"]["line"], &told["data"]["text"]),
        (&json!(chat), &line["id"], &json!("@김 봐 주세요"))
    );
    // It waits for kim until they look.
    let unseen = bed.at("mentions/unseen");
    assert_eq!(kim.get(&unseen).await.expect(200)["unseen"], 1);
    assert_eq!(lee.get(&unseen).await.expect(200)["unseen"], 0);
    let inbox = kim.get(&bed.at("mentions")).await.expect(200);
    let first = &inbox["items"][0];
    assert_eq!(
        (&first["line"], &first["text"], &first["seen"], &first["chat"]["id"]),
        (&line["id"], &json!("@김 봐 주세요"), &json!(false), &json!(chat))
    );
    kim.call("POST", &bed.at("mentions/seen"), &json!({"line": line["id"]})).await.expect(204);
    assert_eq!(kim.get(&unseen).await.expect(200)["unseen"], 0);
    assert_eq!(kim.get(&bed.at("mentions")).await.expect(200)["items"][0]["seen"], true);
    assert_eq!(lee.get(&bed.at("mentions")).await.expect(200)["items"], json!([]));
    assert_eq!(
        kim.call("POST", &bed.at("mentions/seen"), &json!({"line": "x"})).await.problem(),
        "400 malformed"
    );
    // The next thing that lee hears is what came after it.
    lee.call("PATCH", &bed.at(&format!("chats/{chat}")), &json!({"name": "손님"})).await.expect(200);
    let next = of_lee
        .wait("an event after the note", |frame| {
            frame["type"] == "mention" || (frame["type"] == "chat" && frame["data"]["name"] == "손님")
        })
        .await;
    assert_eq!(next["type"], "chat");
}

#[tokio::test(flavor = "multi_thread")]
async fn agents_find_only_what_is_theirs_where_the_team_says_so() {
    let mut bed = Bed::start().await;
    let mut kim = bed.server.member(&mut bed.owner, &bed.workspace, "readonly").await;
    bed.settings(json!({"assignment": {"onlyAssigned": true}})).await;
    let me: String = kim.get("/api/me").await.expect(200)["id"].as_str().expect("an id").to_owned();
    let mut console = bed.console(&kim, "").await;
    console.kind("hello").await;
    let (mut page, chat) = caller(&mut bed, "처음 뵙겠어요").await;
    let base = bed.at(&format!("chats/{chat}"));
    let at = |rest: &str| format!("{base}{rest}");
    assert!(ids(&kim.get(&bed.at("chats")).await.expect(200)).is_empty());
    assert!(ids(&kim.get(&bed.at(&format!("chats?search={}", query("뵙겠")))).await.expect(200)).is_empty());
    assert_eq!(kim.get(&bed.at("chats/counts")).await.expect(200)["items"], json!([]));
    for path in
        [at(""), at("/messages"), at("/export"), at("/panels"), bed.at(&format!("suggestions?chat={chat}"))]
    {
        assert_eq!(kim.get(&path).await.problem(), "404 no-such-chat", "{path}");
    }
    let said = json!({"clientId": "k", "data": {"type": "text", "text": "네"}});
    for (method, path, body) in [
        ("POST", at("/take"), Value::Null),
        ("POST", at("/join"), Value::Null),
        ("POST", at("/transfer"), json!({"to": me})),
        ("POST", at("/complete"), json!({})),
        ("POST", at("/messages"), said.clone()),
        ("POST", at("/notes"), json!({"text": "몰래"})),
        ("POST", at("/seen"), json!({"seq": 1})),
        ("POST", at("/typing"), Value::Null),
        ("PATCH", at(""), json!({"name": "몰래"})),
    ] {
        assert_eq!(kim.call(method, &path, &body).await.problem(), "404 no-such-chat", "{method} {path}");
    }
    // The owner hands it over: it is there, from this event on.
    bed.owner.call("POST", &at("/transfer"), &json!({"to": me})).await.expect(200);
    let first = console.wait("something of it", |frame| frame["chat"] == chat.as_str()).await;
    assert_eq!(first["data"]["kind"], "transferred", "nothing from before: {first}");
    assert_eq!(ids(&kim.get(&bed.at("chats")).await.expect(200)), std::slice::from_ref(&chat));
    kim.call("POST", &at("/messages"), &said).await.expect(200);
    page.sees("agent", "네").await;
    // … and takes it away again: the console is told that it is gone, and hears no more.
    bed.owner.call("POST", &at("/transfer"), &json!({"to": null})).await.expect(200);
    let gone = console.wait("that it is gone", |frame| frame["type"] == "gone").await;
    assert_eq!(gone["chat"], chat.as_str());
    page.says("여보세요?").await;
    bed.owner.call("POST", &at("/transfer"), &json!({"to": me})).await.expect(200);
    let next = console
        .wait("something of it", |frame| {
            frame["chat"] == chat.as_str() && frame["seq"].as_i64() > gone["seq"].as_i64()
        })
        .await;
    assert_eq!(next["data"]["kind"], "transferred", "{next}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_the_workspace_watches_it_no_more() {
    let mut bed = Bed::start().await;
    let kim = bed.server.member(&mut bed.owner, &bed.workspace, "readonly").await;
    let mut console = bed.console(&kim, "").await;
    console.kind("hello").await;
    let members = bed.owner.get(&bed.at("members")).await.expect(200);
    let member = members["items"].as_array().expect("members").iter().find(|it| it["role"] == "readonly");
    let path = bed.at(&format!("members/{}", member.expect("a reader")["id"].as_str().expect("an id")));
    bed.owner.call("DELETE", &path, &Value::Null).await.expect(204);
    assert!(console.closes().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_bots_do_now_is_watched_and_stepped_into() {
    let mut bed = Bed::start().await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    let list = bed.until("chats/running", |list| ids(list).len() == 1).await;
    let running = &list["items"][0];
    assert_eq!(
        (&running["flowTitle"], &running["nodeTitle"], &running["state"]),
        (&json!("시작"), &json!("입력"), &json!("bot"))
    );
    let chat = ids(&list)[0].clone();
    bed.owner.call("POST", &bed.at(&format!("chats/{chat}/take")), &Value::Null).await.expect(200);
    assert!(ids(&bed.owner.get(&bed.at("chats/running")).await.expect(200)).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_of_kakaotalk_are_read_here_and_answered_elsewhere() {
    let mut bed = Bed::start().await;
    let kakao = bed.at(&format!("bots/{}/kakao", bed.bot));
    bed.owner.call("PATCH", &kakao, &json!({"enabled": true})).await.expect(200);
    let url = format!("{}/webhook/kakao/{}/i/skill", bed.server.base, bed.bot);
    let skill = simulator::kakao::Kakao::new(&url).expect("an address");
    let mut room = skill.room("kakao-kim");
    room.says("안녕하세요").await;
    room.says("배송").await;
    let list = bed.until("chats", |list| list["items"][0]["lastText"] == "배송").await;
    let chat = list["items"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!((&list["items"][0]["platform"], &list["items"][0]["state"]), (&json!("kakao"), &json!("bot")));
    let whole = bed.owner.get(&bed.at(&format!("chats/{chat}"))).await.expect(200);
    assert_eq!(whole["answerable"], false);
    let take = bed.owner.call("POST", &bed.at(&format!("chats/{chat}/take")), &Value::Null).await;
    assert_eq!(take.problem(), "409 chat-elsewhere");
    let thread = bed.owner.get(&bed.at(&format!("chats/{chat}/messages"))).await.expect(200);
    assert!(thread["messages"].as_array().expect("messages").len() >= 4, "{thread}");
    let found = bed.owner.get(&bed.at(&format!("chats?search={}", query("배송")))).await.expect(200);
    assert_eq!(ids(&found), [chat]);
}

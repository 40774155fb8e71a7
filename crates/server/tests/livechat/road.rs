//! The road from the bot to an agent and back.

use serde_json::{Value, json};

use crate::bed::Bed;

/// The id of the only conversation.
async fn only_chat(bed: &mut Bed) -> String {
    let list =
        bed.until("chats", |list| list["items"].as_array().is_some_and(|items| items.len() == 1)).await;
    list["items"][0]["id"].as_str().expect("an id").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bot_calls_an_agent_who_talks_and_gives_back() {
    let mut bed = Bed::start().await;
    let mut kim = bed.server.member(&mut bed.owner, &bed.workspace, "readonly").await;
    let mut console = bed.console(&kim, "?agent=true").await;
    console.kind("hello").await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    let state = page.with("bot").await;
    let state = if state["quickReplies"].as_array().is_some_and(Vec::is_empty) {
        page.with("bot").await
    } else {
        state
    };
    assert_eq!(state["quickReplies"][0]["label"], "배송");
    page.says("배송").await;
    page.sees("bot", "내일 도착해요.").await;
    page.says("상담원").await;
    page.sees("bot", "상담원을 부르고 있어요.").await;
    assert_eq!(page.with("waiting").await["cancel"], "상담 취소");
    // The agent sees the request with what led to it.
    console
        .wait("the request", |frame| frame["type"] == "line" && frame["data"]["kind"] == "requested")
        .await;
    let chat = only_chat(&mut bed).await;
    let list = kim.get(&bed.at("chats?state=requested")).await.expect(200);
    assert_eq!((&list["items"][0]["state"], &list["items"][0]["owner"]), (&json!("requested"), &Value::Null));
    let counts = kim.get(&bed.at("chats/counts")).await.expect(200);
    assert_eq!((&counts["items"][0]["requested"], &counts["items"][0]["queued"]), (&json!(1), &json!(1)));
    page.says("어제 주문했어요").await;
    let thread = kim.get(&bed.at(&format!("chats/{chat}/messages"))).await.expect(200);
    let texts: Vec<&str> = thread["messages"]
        .as_array()
        .expect("messages")
        .iter()
        .map(|it| it["data"]["text"].as_str().expect("a text"))
        .collect();
    assert_eq!(
        texts,
        ["안녕하세요", "배송", "내일 도착해요.", "상담원", "상담원을 부르고 있어요.", "어제 주문했어요"]
    );
    assert_eq!(thread["lines"][0]["kind"], "requested");
    // They take it; the customer sees that somebody is there, but not who.
    let taken = kim.call("POST", &bed.at(&format!("chats/{chat}/take")), &Value::Null).await.expect(200);
    assert_eq!((&taken["state"], taken["owner"].is_string()), (&json!("connected"), true));
    page.with("agent").await;
    let send = |id: &str, text: &str| json!({"clientId": id, "data": {"type": "text", "text": text}});
    let path = bed.at(&format!("chats/{chat}/messages"));
    let sent = kim.call("POST", &path, &send("k1", "안녕하세요, 무엇을 도와드릴까요?")).await.expect(200);
    let again = kim.call("POST", &path, &send("k1", "안녕하세요, 무엇을 도와드릴까요?")).await.expect(200);
    assert_eq!(sent["seq"], again["seq"], "sent twice is one message");
    page.sees("agent", "안녕하세요, 무엇을 도와드릴까요?").await;
    page.says("주소를 바꾸고 싶어요").await;
    let heard = console
        .wait("the customer's words", |frame| {
            frame["type"] == "message" && frame["message"]["data"]["text"] == "주소를 바꾸고 싶어요"
        })
        .await;
    assert_eq!((&heard["chat"], &heard["data"]["unread"]), (&json!(chat), &json!(1)));
    kim.call("POST", &path, &send("k2", "바꿔 드렸어요.")).await.expect(200);
    page.sees("agent", "바꿔 드렸어요.").await;
    let note = bed.at(&format!("chats/{chat}/notes"));
    kim.call("POST", &note, &json!({"text": "주소 변경함"})).await.expect(201);
    // It is completed: the bot answers again, and the next message calls again.
    let done = kim.call("POST", &bed.at(&format!("chats/{chat}/complete")), &json!({})).await.expect(200);
    assert_eq!(
        (&done["state"], &done["owner"], &done["unread"]),
        (&json!("completed"), &Value::Null, &json!(0))
    );
    page.with("bot").await;
    page.says("하나 더요").await;
    page.sees("bot", "상담원을 부르고 있어요.").await;
    page.with("waiting").await;
    let thread = kim.get(&path).await.expect(200);
    let kinds: Vec<&str> = thread["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|it| it["kind"].as_str().expect("a kind"))
        .collect();
    assert_eq!(kinds, ["requested", "connected", "note", "completed", "requested"]);
    assert_eq!(
        thread["messages"].as_array().expect("messages").len() as i64,
        page.seq + 1,
        "nothing was doubled"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_taken_back_by_its_word() {
    let mut bed = Bed::start().await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("상담원").await;
    page.sees("bot", "상담원을 부르고 있어요.").await;
    page.says("상담 취소").await;
    page.sees("bot", "상담을 취소했어요.").await;
    page.with("bot").await;
    let list = bed.until("chats?state=missed", |list| list["items"][0]["missed"] == "cancelled").await;
    assert_eq!(list["items"].as_array().expect("a list").len(), 1);
    page.says("배송").await;
    page.sees("bot", "내일 도착해요.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_away_gets_what_it_missed_once_and_in_order() {
    let mut bed = Bed::start().await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("상담원").await;
    page.sees("bot", "상담원을 부르고 있어요.").await;
    let (token, seq) = (page.token.clone(), page.seq);
    let mut tab = bed.page(&token, None, false).await;
    for text in [("bot", "안녕하세요"), ("user", "상담원"), ("bot", "상담원을 부르고 있어요.")]
    {
        tab.sees(text.0, text.1).await;
    }
    drop(page);
    let chat = only_chat(&mut bed).await;
    let path = bed.at(&format!("chats/{chat}/messages"));
    for n in 0..30 {
        let body = json!({"clientId": format!("k{n}"), "data": {"type": "text", "text": format!("{n}")}});
        bed.owner.call("POST", &path, &body).await.expect(200);
    }
    let mut back = bed.page(&token, Some(seq), false).await;
    for n in 0..30 {
        back.sees("agent", &n.to_string()).await;
        tab.sees("agent", &n.to_string()).await;
    }
    assert_eq!(back.socket().kind("ready").await["seq"], seq + 30);
    back.with("agent").await;
    // Two tabs are one conversation; a message that is sent again is the same message.
    let id = back.says("고마워요").await;
    tab.sees("user", "고마워요").await;
    back.socket().send(json!({"type": "message", "id": id, "text": "고마워요"})).await;
    back.socket().wait("done again", |frame| frame["type"] == "done" && frame["id"] == id.as_str()).await;
    let thread = bed.owner.get(&path).await.expect(200);
    assert_eq!(thread["messages"].as_array().expect("messages").last().expect("one")["seq"], seq + 31);
    // A console that was away for all of it gets every event, in order.
    let mut console = bed.console(&bed.owner, "?after=0").await;
    console.kind("hello").await;
    let mut last = 0;
    loop {
        let frame = console.wait("an event", |frame| frame["seq"].is_i64() && frame["type"] != "hello").await;
        last += 1;
        assert_eq!(frame["seq"], last, "{frame}");
        if frame["message"]["data"]["text"] == "고마워요" {
            break;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_runs_in_a_consultation_and_another_after_it() {
    let mut bed = Bed::start().await;
    let own = format!("bots/{}/chat-settings", bed.bot);
    let path = bed.at(&own);
    bed.owner.call("PUT", &path, &json!({"completion": {"flowId": 3}})).await.expect(200);
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    let chat = only_chat(&mut bed).await;
    let at = |rest: &str| bed.at(&format!("chats/{chat}/{rest}"));
    let (take, flow, complete, messages) = (at("take"), at("flow"), at("complete"), at("messages"));
    // An agent steps in: the bot is silent.
    let stepped = bed.owner.call("POST", &take, &Value::Null).await.expect(200);
    assert_eq!((&stepped["origin"], &stepped["state"]), (&json!("step-in"), &json!("connected")));
    page.says("배송").await;
    assert_eq!(bed.owner.call("POST", &flow, &json!({"flowId": 99})).await.problem(), "404 no-such-flow");
    let started = bed.owner.call("POST", &flow, &json!({"flowId": 1})).await.expect(200);
    assert_eq!(started["flow"], true);
    page.sees("bot", "안녕하세요").await;
    page.says("배송").await;
    page.sees("bot", "내일 도착해요.").await;
    let stopped = bed.owner.call("DELETE", &flow, &Value::Null).await.expect(200);
    assert_eq!(stopped["flow"], false);
    page.says("배송").await;
    bed.owner
        .call("POST", &messages, &json!({"clientId": "a", "data": {"type": "text", "text": "제가 답할게요"}}))
        .await
        .expect(200);
    page.sees("agent", "제가 답할게요").await;
    bed.owner.call("POST", &complete, &json!({})).await.expect(200);
    page.sees("bot", "상담은 어떠셨어요?").await;
    page.says("좋았어요").await;
    page.sees("bot", "고맙습니다.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_sides_see_that_the_other_types() {
    let mut bed = Bed::start().await;
    let mut console = bed.console(&bed.owner, "").await;
    console.kind("hello").await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    let chat = only_chat(&mut bed).await;
    page.socket().send(json!({"type": "typing"})).await;
    let typing = console.kind("typing").await;
    assert_eq!((&typing["chat"], &typing["from"]), (&json!(chat), &json!("user")));
    let take = bed.at(&format!("chats/{chat}/take"));
    bed.owner.call("POST", &take, &Value::Null).await.expect(200);
    console.send(json!({"type": "typing", "chat": chat})).await;
    assert_eq!(page.socket().kind("typing").await["from"], "agent");
    page.socket().send(json!({"type": "ping"})).await;
    page.socket().kind("pong").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_of_the_server_loses_and_doubles_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bed = Bed::start_with(|config| config.data = folder.path().to_owned()).await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("상담원").await;
    page.sees("bot", "상담원을 부르고 있어요.").await;
    let chat = only_chat(&mut bed).await;
    let path = bed.at(&format!("chats/{chat}/messages"));
    let send = |n: i32| json!({"clientId": format!("k{n}"), "data": {"type": "text", "text": n.to_string()}});
    bed.owner.call("POST", &path, &send(1)).await.expect(200);
    page.sees("agent", "1").await;
    let id = page.sends("받았나요?").await;
    page.sees("user", "받았나요?").await;
    let (token, seq) = (page.token.clone(), page.seq);
    let mut console = bed.console(&bed.owner, "?after=0").await;
    let seen =
        console.wait("the question", |frame| frame["message"]["data"]["text"] == "받았나요?").await["seq"]
            .clone();
    let mut bed = bed.restarted(folder.path()).await;
    // What both sides may have sent without an answer is sent again.
    bed.owner.call("POST", &path, &send(1)).await.expect(200);
    bed.owner.call("POST", &path, &send(2)).await.expect(200);
    let mut page = bed.page(&token, Some(seq), false).await;
    page.socket().send(json!({"type": "message", "id": id, "text": "받았나요?"})).await;
    page.sees("agent", "2").await;
    page.with("agent").await;
    page.says("네").await;
    let mut console = bed.console(&bed.owner, &format!("?after={seen}")).await;
    let mut said = Vec::new();
    while said.last().is_none_or(|text| text != "네") {
        let frame = console.kind("message").await;
        said.push(frame["message"]["data"]["text"].as_str().expect("a text").to_owned());
    }
    assert_eq!(said, ["2", "네"]);
    let thread = bed.owner.get(&path).await.expect(200);
    assert_eq!(thread["messages"].as_array().expect("messages").len() as i64, page.seq + 1);
}

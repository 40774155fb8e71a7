//! ConsultationTalk: customers behind a dealer's relay, the bot, and agents.

use std::time::Duration;

use serde_json::{Value, json};
use simulator::relay::{Clock, Dialect, From, HookKind, Kind, Options, Relay};

use crate::bed::{Bed, bot_file};

/// All relays.
const ALL: [Dialect; 5] =
    [Dialect::Native, Dialect::HappytalkV1, Dialect::HappytalkV3, Dialect::Dktechin, Dialect::Bizgo];

/// What a dialect is called in a channel's settings.
fn relay_name(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Native => "native",
        Dialect::HappytalkV1 => "happytalk-v1",
        Dialect::HappytalkV3 => "happytalk-v3",
        Dialect::Dktechin => "dktechin",
        Dialect::Bizgo => "bizgo",
    }
}

/// A server whose bot is behind a relay, and the relay.
pub struct Scene {
    /// The server.
    pub bed: Bed,
    /// The relay.
    pub relay: Relay,
}

impl Scene {
    async fn start(dialect: Dialect) -> Self {
        Self::start_with(Options::of(dialect), dialect, bot_file()).await
    }

    /// The same with a relay and a bot of one's own.
    pub async fn start_with(options: Options, dialect: Dialect, file: Value) -> Self {
        let bed = Bed::start_with_bot(
            |config| config.outbound.allow = vec!["127.0.0.0/8".parse().expect("a range")],
            file,
        )
        .await;
        // Sessions end by the server's clock, too.
        let clock = bed.server.hub.clock;
        let options = Options { clock: Clock::of(move || clock.now_ms()), ..options };
        let relay = Relay::start(dialect, options).await.expect("listens");
        let mut scene = Self { bed, relay };
        let channel = scene.channel(json!({})).await;
        assert!(scene.relay.set_receive(channel["receiveUrl"].as_str().expect("an address")));
        scene
    }

    /// Sets the channel up; `more` goes into its settings.
    async fn channel(&mut self, more: Value) -> Value {
        let base = self.relay.base_url().to_owned();
        let mut settings = json!({"baseUrl": base, "mediaHosts": [base.trim_start_matches("http://")]});
        for (name, value) in more.as_object().expect("an object") {
            settings[name] = value.clone();
        }
        let body = json!({
            "enabled": true,
            "relay": relay_name(self.relay.dialect()),
            "senderKey": self.relay.sender_key(),
            "settings": settings,
            "keys": self.relay.credentials(),
        });
        let path = self.path();
        self.bed.owner.call("PUT", &path, &body).await.expect(200)
    }

    fn path(&self) -> String {
        format!("/api/workspaces/{}/bots/{}/consulttalk", self.bed.workspace, self.bed.bot)
    }

    /// The only conversation of the channel, once it is as it should be.
    async fn chat(&mut self, holds: impl Fn(&Value) -> bool) -> Value {
        let fits = |list: &Value| {
            let items = list["items"].as_array().expect("a list");
            items.iter().any(|chat| chat["platform"] == "kakaobiz" && holds(chat))
        };
        let list = self.bed.until("chats", fits).await;
        list["items"]
            .as_array()
            .expect("a list")
            .iter()
            .find(|chat| chat["platform"] == "kakaobiz")
            .expect("is there")
            .clone()
    }

    /// Its messages, once they are as they should be.
    async fn thread(&mut self, chat: &str, holds: impl Fn(&Value) -> bool) -> Value {
        self.bed.until(&format!("chats/{chat}/messages"), holds).await
    }

    async fn agent(&mut self, method: &str, chat: &str, rest: &str, body: Value) -> Value {
        let path = self.bed.at(&format!("chats/{chat}/{rest}"));
        self.bed.owner.call(method, &path, &body).await.expect(200)
    }

    async fn says(&mut self, chat: &str, id: &str, text: &str) -> Value {
        self.agent("POST", chat, "messages", json!({"clientId": id, "data": {"type": "text", "text": text}}))
            .await
    }

    /// What the company has said, once it has said so much.
    async fn shown(&self, user: &str, count: usize) -> Vec<String> {
        let said = self.relay.said(user, count).await;
        assert_eq!(self.relay.violations(), [], "the relay's rules were kept");
        said.into_iter().map(|bubble| bubble.text).collect()
    }
}

/// What was said in a thread: by whom, and what.
fn words(thread: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let messages = thread["messages"].as_array().expect("messages");
    messages.iter().map(|message| (text(&message["from"]), text(&message["data"]["text"]))).collect()
}

fn kinds(thread: &Value) -> Vec<String> {
    let lines = thread["lines"].as_array().expect("lines");
    lines.iter().map(|line| line["kind"].as_str().expect("a kind").to_owned()).collect()
}

/// Is everything that was said in the customer's hands?
fn delivered(thread: &Value) -> bool {
    let messages = thread["messages"].as_array().expect("messages");
    messages.iter().filter(|message| message["from"] != "user").all(|message| {
        let deliveries = message["deliveries"].as_array().expect("a list");
        !deliveries.is_empty() && deliveries.iter().all(|delivery| delivery["state"] == "sent")
    })
}

/// The road: the bot answers, an agent comes, gives back, the session ends.
async fn road(dialect: Dialect) {
    let mut scene = Scene::start(dialect).await;
    let relay = scene.relay.clone();
    // A session that begins with a message begins with the welcome.
    assert!(relay.write("kim", "배송").await.taken());
    assert_eq!(scene.shown("kim", 2).await, ["안녕하세요", "내일 도착해요."]);
    assert!(relay.press("kim", "상담원").await.taken(), "quick replies can be pressed");
    assert_eq!(scene.shown("kim", 3).await[2], "상담원을 부르고 있어요.");
    let chat = scene.chat(|chat| chat["state"] == "requested").await;
    assert_eq!(chat["room"]["open"], true, "{chat}");
    let id = chat["id"].as_str().expect("an id").to_owned();
    assert!(relay.write("kim", "어제 주문했어요").await.taken());
    scene.thread(&id, |thread| words(thread).iter().any(|(_, text)| text == "어제 주문했어요")).await;
    scene.agent("POST", &id, "take", Value::Null).await;
    let sent = scene.says(&id, "a1", "주소를 바꿔 드릴까요?").await;
    assert_eq!(scene.says(&id, "a1", "주소를 바꿔 드릴까요?").await["seq"], sent["seq"], "sent twice is one");
    assert_eq!(scene.shown("kim", 4).await[3], "주소를 바꿔 드릴까요?");
    assert!(relay.write("kim", "네").await.taken());
    // The bot takes it back in the same session.
    scene.thread(&id, |thread| words(thread).last().is_some_and(|(_, text)| text == "네")).await;
    scene.agent("POST", &id, "complete", json!({"flowId": 3})).await;
    assert_eq!(scene.shown("kim", 5).await[4], "상담은 어떠셨어요?");
    assert!(relay.write("kim", "좋았어요").await.taken());
    assert_eq!(scene.shown("kim", 6).await[5], "고맙습니다.");
    let thread = scene.thread(&id, delivered).await;
    assert_eq!(
        words(&thread).iter().map(|(from, text)| format!("{from}: {text}")).collect::<Vec<_>>(),
        [
            "bot: 안녕하세요",
            "user: 배송",
            "bot: 내일 도착해요.",
            "user: 상담원",
            "bot: 상담원을 부르고 있어요.",
            "user: 어제 주문했어요",
            "agent: 주소를 바꿔 드릴까요?",
            "user: 네",
            "bot: 상담은 어떠셨어요?",
            "user: 좋았어요",
            "bot: 고맙습니다.",
        ]
    );
    assert_eq!(kinds(&thread), ["room-opened", "requested", "connected", "completed"]);
    // The agent ends the session; nothing can be said afterwards, and the reason is told.
    scene.agent("POST", &id, "room/end", json!({"event": null})).await;
    assert_eq!(relay.ended("kim").await, Some("EP"));
    // The messenger's own word of it may come before ours, and without a reason.
    let chat = scene.chat(|chat| chat["room"]["why"] == "EP").await;
    assert_eq!(chat["room"]["open"], false, "{chat}");
    let path = scene.bed.at(&format!("chats/{id}/messages"));
    let body = json!({"clientId": "a2", "data": {"type": "text", "text": "한 가지 더요"}});
    let refused = scene.bed.owner.call("POST", &path, &body).await.expect(409);
    assert_eq!(refused["type"], "/problems/room-closed", "{refused}");
    // A word of the customer's opens the next session.
    assert!(relay.write("kim", "다시 왔어요").await.taken());
    scene.chat(|chat| chat["room"]["open"] == true).await;
    assert_eq!(scene.shown("kim", 7).await[6], "안녕하세요");
    assert_eq!(relay.billed(&relay.today()), 1);
    let now = relay.now_ms();
    let used = scene.path() + &format!("/use?from={}&to={}", now - 86_400_000, now + 86_400_000);
    assert_eq!(scene.bed.owner.get(&used).await.expect(200)["roomDays"], 1);
    assert_eq!(relay.violations(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_road_leads_through_the_native_relay() {
    road(Dialect::Native).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_road_leads_through_happytalk() {
    road(Dialect::HappytalkV1).await;
    road(Dialect::HappytalkV3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_road_leads_through_dktechin() {
    road(Dialect::Dktechin).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_road_leads_through_bizgo() {
    road(Dialect::Bizgo).await;
}

/// Whatever is repeated or comes in another order is there once.
#[tokio::test(flavor = "multi_thread")]
async fn what_comes_twice_or_out_of_order_is_there_once() {
    for dialect in ALL {
        let mut scene = Scene::start(dialect).await;
        let relay = scene.relay.clone();
        {
            let mut faults = relay.faults();
            faults.duplicate = 6;
            faults.swap = 1;
        }
        assert!(relay.write("lee", "배송").await.taken());
        for text in ["하나", "둘", "셋"] {
            assert!(relay.write("lee", text).await.taken());
        }
        relay.resend_last(8).await;
        let id = scene.chat(|_| true).await["id"].as_str().expect("an id").to_owned();
        let said = |thread: &Value| words(thread).iter().filter(|(from, _)| from == "user").count();
        let thread = scene.thread(&id, |thread| said(thread) >= 4 && delivered(thread)).await;
        // What was sent once more has been taken up by now, or never will be seen: nothing may have come of it.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let mut texts: Vec<String> =
            words(&thread).into_iter().filter(|(from, _)| from == "user").map(|(_, text)| text).collect();
        assert_eq!(said(&scene.thread(&id, |_| true).await), 4, "{dialect:?}");
        texts.sort();
        assert_eq!(texts, ["둘", "배송", "셋", "하나"], "{dialect:?}");
        assert_eq!(relay.violations(), [], "{dialect:?}");
    }
}

/// A call whose answer is lost is repeated where the relay knows the number again, and nowhere else.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_sends_nothing_twice() {
    for dialect in ALL {
        let mut scene = Scene::start(dialect).await;
        let relay = scene.relay.clone();
        assert!(relay.write("park", "배송").await.taken());
        assert_eq!(scene.shown("park", 2).await.len(), 2);
        let id = scene.chat(|_| true).await["id"].as_str().expect("an id").to_owned();
        scene.thread(&id, delivered).await;
        relay.faults().lose_answer = 1;
        scene.agent("POST", &id, "take", Value::Null).await;
        scene.says(&id, "a1", "한 번만 보여야 해요").await;
        let state = |thread: &Value| {
            thread["messages"].as_array().expect("messages").last().expect("one")["deliveries"][0]["state"]
                .clone()
        };
        // Bizgo does not know it again, but tells of it later.
        let repeats = dialect != Dialect::Dktechin;
        let expected = if repeats { "sent" } else { "failed" };
        let thread = scene.thread(&id, |thread| state(thread) == expected).await;
        let last = thread["messages"].as_array().expect("messages").last().expect("one").clone();
        if !repeats {
            let why = &last["deliveries"][0]["why"];
            assert!(why["ko"].as_str().is_some_and(|text| !text.is_empty()), "{why}");
        }
        let shown = scene.shown("park", 3).await;
        assert_eq!(shown.iter().filter(|text| *text == "한 번만 보여야 해요").count(), 1, "{dialect:?}");
        // What comes after it is not held up.
        scene.says(&id, "a2", "다음 말").await;
        assert!(relay.sees("park", "다음 말").await, "{dialect:?}");
    }
}

/// A relay that answers with an error may have taken the call: it is repeated where the number is known again.
#[tokio::test(flavor = "multi_thread")]
async fn an_error_of_the_relay_sends_nothing_twice() {
    for (dialect, expected) in
        [(Dialect::Native, "sent"), (Dialect::Dktechin, "failed"), (Dialect::Bizgo, "failed")]
    {
        let mut scene = Scene::start(dialect).await;
        let relay = scene.relay.clone();
        assert!(relay.write("kang", "배송").await.taken());
        assert_eq!(scene.shown("kang", 2).await.len(), 2);
        let id = scene.chat(|_| true).await["id"].as_str().expect("an id").to_owned();
        scene.thread(&id, delivered).await;
        relay.faults().fail = 1;
        scene.agent("POST", &id, "take", Value::Null).await;
        scene.says(&id, "a1", "다시 보낼까요?").await;
        let state = |thread: &Value| {
            thread["messages"].as_array().expect("messages").last().expect("one")["deliveries"][0]["state"]
                .clone()
        };
        scene.thread(&id, |thread| state(thread) == expected).await;
    }
}

/// Results of what others have written through the same relay hold nobody up.
#[tokio::test(flavor = "multi_thread")]
async fn results_of_others_hold_nobody_up() {
    let mut scene = Scene::start(Dialect::Bizgo).await;
    let relay = scene.relay.clone();
    assert!(relay.write("song", "배송").await.taken());
    scene.shown("song", 2).await;
    let receive = relay.receive().expect("an address");
    let body = json!({"msgKey": "nobody", "userKey": "song", "senderKey": relay.sender_key(), "serviceType": "CSTALK",
        "msgType": "TEXT", "requestType": "write", "reportCode": "A000", "reportText": "Success", "ref": "theirs"});
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let answer = client.post(format!("{receive}/cstalk/result")).json(&body).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    assert!(relay.write("song", "그다음 말").await.taken());
    let id = scene.chat(|_| true).await["id"].as_str().expect("an id").to_owned();
    scene.thread(&id, |thread| words(thread).iter().any(|(_, text)| text == "그다음 말")).await;
}

/// Too many calls, and a relay that is away for a moment, only take longer.
#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_is_busy_is_tried_again() {
    for dialect in [Dialect::Bizgo, Dialect::Native] {
        let mut scene = Scene::start(dialect).await;
        let relay = scene.relay.clone();
        assert!(relay.write("choi", "배송").await.taken());
        scene.shown("choi", 2).await;
        let id = scene.chat(|_| true).await["id"].as_str().expect("an id").to_owned();
        scene.thread(&id, delivered).await;
        if dialect == Dialect::Bizgo {
            relay.faults().too_many = 1;
        } else {
            relay.faults().refuse.push_back(-600);
        }
        scene.agent("POST", &id, "take", Value::Null).await;
        scene.says(&id, "a1", "조금 늦어요").await;
        scene.says(&id, "a2", "그다음이에요").await;
        let shown = scene.shown("choi", 4).await;
        assert_eq!(shown[2..], ["조금 늦어요", "그다음이에요"], "in their order: {dialect:?}");
        scene.thread(&id, delivered).await;
    }
}

/// Ends that are not the agent's: each closes the room once, and ends the consultation.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_by_itself() {
    for (dialect, how) in [
        (Dialect::Native, "word"),
        (Dialect::Dktechin, "leave"),
        (Dialect::Bizgo, "block"),
        (Dialect::HappytalkV3, "expire"),
    ] {
        let mut scene = Scene::start(dialect).await;
        let relay = scene.relay.clone();
        relay.write("han", "상담원").await;
        let id =
            scene.chat(|chat| chat["state"] == "requested").await["id"].as_str().expect("an id").to_owned();
        scene.agent("POST", &id, "take", Value::Null).await;
        let ended = match how {
            "word" => relay.end_word("han").await,
            "leave" => relay.leave("han").await,
            "block" => relay.block("han").await,
            _ => relay.expire("han").await,
        };
        assert!(ended.of(HookKind::ExpiredSession).is_some_and(|hook| hook.taken), "{dialect:?} {how}");
        relay.resend_last(1).await;
        let chat = scene.chat(|chat| chat["room"]["open"] == false).await;
        assert_eq!(chat["state"], "completed", "{dialect:?} {how}");
        let thread = scene.thread(&id, |_| true).await;
        let closed = kinds(&thread).iter().filter(|kind| *kind == "room-closed").count();
        assert_eq!(closed, 1, "{dialect:?} {how}: {:?}", kinds(&thread));
    }
}

/// Pictures both ways: the customer's are copied, the agent's uploaded first.
#[tokio::test(flavor = "multi_thread")]
async fn pictures_and_files_go_both_ways() {
    for dialect in ALL {
        let mut scene = Scene::start(dialect).await;
        let relay = scene.relay.clone();
        relay.write("yoon", "상담원").await;
        let id =
            scene.chat(|chat| chat["state"] == "requested").await["id"].as_str().expect("an id").to_owned();
        scene.agent("POST", &id, "take", Value::Null).await;
        assert!(relay.photos("yoon", 2).await.taken());
        assert!(relay.file("yoon", "견적.pdf", b"%PDF-1.7 \n").await.taken());
        assert!(relay.file("yoon", "이상한.pdf", b"MZ\x90\0").await.taken());
        let media = |thread: &Value| -> Vec<(String, String)> {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let messages = thread["messages"].as_array().expect("messages").iter();
            let media = messages.filter(|message| message["data"]["type"] == "media");
            media
                .map(|it| (text(&it["data"]["media"]["contentType"]), text(&it["data"]["media"]["uri"])))
                .collect()
        };
        let thread = scene.thread(&id, |thread| media(thread).len() == 4).await;
        let media = media(&thread);
        let own = format!("{}/media/", scene.bed.server.base);
        assert_eq!(
            media.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(),
            ["image", "image", "link", "link"]
        );
        assert!(media[..3].iter().all(|(_, uri)| uri.starts_with(&own)), "{dialect:?}: {media:?}");
        assert!(!media[3].1.starts_with(&own), "what is not what its name says is not kept: {media:?}");
        // The copied picture goes back: it is uploaded and shown.
        let data = json!({"type": "media", "media": {"contentType": "image", "uri": media[0].1}});
        scene.agent("POST", &id, "messages", json!({"clientId": "a1", "data": data})).await;
        let shows =
            |shown: &simulator::relay::Shown| shown.from == From::Company && shown.bubble.kind == Kind::Photo;
        assert!(relay.sees_such("yoon", shows).await, "{dialect:?}");
        assert_eq!(relay.violations(), [], "{dialect:?}");
    }
}

/// A long text comes whole, whatever the hook itself holds of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_text_comes_whole() {
    for dialect in ALL {
        let mut scene = Scene::start(dialect).await;
        let long = "가나다라마바사아자차".repeat(700);
        assert!(scene.relay.write("seo", &long).await.taken());
        let id = scene.chat(|_| true).await["id"].as_str().expect("an id").to_owned();
        let thread = scene.thread(&id, |thread| words(thread).iter().any(|(from, _)| from == "user")).await;
        let said = words(&thread).into_iter().find(|(from, _)| from == "user").expect("is there").1;
        assert_eq!(said.chars().count(), long.chars().count(), "{dialect:?}");
        assert_eq!(said, long, "{dialect:?}");
    }
}

/// What the start of a session brings reaches the context and the agent; the agent hands over to the other bot.
#[tokio::test(flavor = "multi_thread")]
async fn what_openbuilder_hands_over_reaches_the_agent() {
    let mut scene = Scene::start(Dialect::HappytalkV1).await;
    let relay = scene.relay.clone();
    assert!(relay.consult("kang", "order_8812").await.taken());
    assert_eq!(
        scene.shown("kang", 1).await,
        ["안녕하세요"],
        "a session that begins with a button is welcomed"
    );
    let id = scene.chat(|_| true).await["id"].as_str().expect("an id").to_owned();
    let path = scene.bed.at(&format!("chats/{id}"));
    let chat = scene.bed.owner.get(&path).await.expect(200);
    assert_eq!(chat["params"]["consult"]["extra"], "order_8812", "{chat}");
    // The button once more: nobody is welcomed twice.
    assert!(relay.consult("kang", "order_9000").await.taken());
    scene.bed.until(&format!("chats/{id}"), |chat| chat["params"]["consult"]["extra"] == "order_9000").await;
    assert_eq!(scene.shown("kang", 1).await.len(), 1);
    scene.agent("POST", &id, "take", Value::Null).await;
    scene.agent("POST", &id, "room/end", json!({"event": "WELCOME"})).await;
    assert!(relay.ended("kang").await.is_some());
    let chat = scene.chat(|chat| chat["room"]["why"] == "WB").await;
    assert_eq!((chat["state"].as_str(), chat["room"]["open"].as_bool()), (Some("completed"), Some(false)));
}

/// What the customer and OpenBuilder's bot said to each other before is there for the agent.
#[tokio::test(flavor = "multi_thread")]
async fn the_other_bots_conversation_is_handed_over() {
    let options = Options { history_in_reference: true, ..Options::of(Dialect::Native) };
    let mut scene = Scene::start_with(options, Dialect::Native, bot_file()).await;
    let history = vec![json!({"utterance": "환불하고 싶어요", "blockName": "환불 안내",
        "messages": [{"type": "text", "text": "주문번호를 알려 주세요."}]})];
    assert!(scene.relay.from_bot("ahn", history).await.taken());
    let id = scene.chat(|_| true).await["id"].as_str().expect("an id").to_owned();
    let chat =
        scene.bed.until(&format!("chats/{id}"), |chat| chat["params"]["consult"]["history"].is_array()).await;
    assert_eq!(chat["params"]["consult"]["history"][0]["utterance"], "환불하고 싶어요");
}

/// What came while the channel was switched off, or before the bot was published, is not lost: it waits.
#[tokio::test(flavor = "multi_thread")]
async fn what_came_before_the_bot_could_answer_waits() {
    let mut scene = Scene::start(Dialect::HappytalkV1).await;
    let relay = scene.relay.clone();
    // Taken by the server, and then the channel is switched off before it is taken up.
    scene.bed.server.sql("UPDATE bots SET live_version = NULL");
    assert!(relay.write("bae", "배송").await.taken());
    let path = scene.path();
    let waits = async |scene: &mut Scene, count: i64| {
        for _ in 0..200 {
            if scene.bed.owner.get(&path).await.expect(200)["waiting"] == count {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        false
    };
    assert!(waits(&mut scene, 2).await, "the session's beginning and the message");
    scene.bed.server.sql("UPDATE bots SET live_version = 1");
    assert_eq!(scene.shown("bae", 2).await, ["안녕하세요", "내일 도착해요."]);
    assert!(waits(&mut scene, 0).await);
}

/// Of two runs of the server, one is at work for a customer while the other gets their next message: it goes on as soon as
/// the first is done, and not when its time would be over.
#[tokio::test(flavor = "multi_thread")]
async fn what_another_run_works_on_is_waited_for_and_no_longer() {
    let mut scene = Scene::start(Dialect::Native).await;
    assert!(scene.relay.write("oh", "배송").await.taken());
    scene.shown("oh", 2).await;
    let chat = scene.chat(|_| true).await;
    let hub = std::sync::Arc::clone(&scene.bed.server.hub);
    let now_ms = hub.clock.now_ms();
    let elsewhere = store::HookRow {
        id: store::HookId::new(now_ms, hub.die.roll_wide()),
        bot: scene.bed.bot.parse().expect("an id"),
        user_key: chat["userKey"].as_str().expect("a key").to_owned(),
        hook: "message".to_owned(),
        headers: "{}".to_owned(),
        body: b"{}".to_vec(),
        owner: store::OwnerId::new(now_ms, hub.die.roll_wide()),
        tries: 0,
        next_at: now_ms + 60_000,
    };
    let id = elsewhere.id;
    hub.store.add_consult_hook(elsewhere).await.expect("is kept");
    assert!(scene.relay.write("oh", "배송").await.taken());
    tokio::time::sleep(Duration::from_secs(1)).await;
    let said =
        scene.relay.room("oh").into_iter().filter(|shown| shown.bubble.text == "내일 도착해요.").count();
    assert_eq!(said, 1, "the second answer waits for its turn");
    hub.store.consult_hook_done(id).await.expect("is done");
    let begun = tokio::time::Instant::now();
    scene.shown("oh", 3).await;
    assert!(begun.elapsed() < Duration::from_secs(20), "not after the minute that the other had");
}

/// An agent keeps a customer out, and lets them in again.
#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_blocked_and_let_in_again() {
    for dialect in ALL {
        let mut scene = Scene::start(dialect).await;
        let relay = scene.relay.clone();
        relay.write("noh", "상담원").await;
        let id =
            scene.chat(|chat| chat["state"] == "requested").await["id"].as_str().expect("an id").to_owned();
        scene.agent("POST", &id, "room/block", json!({"blocked": true})).await;
        let chat = scene.chat(|chat| chat["room"]["blocked"] == true).await;
        assert!(relay.is_blocked("noh"), "{dialect:?}");
        assert_eq!((chat["room"]["open"].as_bool(), chat["room"]["why"].as_str()), (Some(false), Some("BU")));
        scene.agent("POST", &id, "room/block", json!({"blocked": false})).await;
        scene.chat(|chat| chat["room"].get("blocked").is_none()).await;
        assert!(!relay.is_blocked("noh"), "{dialect:?}");
        assert_eq!(relay.violations(), [], "{dialect:?}");
    }
}

/// Who does not know the address, or comes from another one, or speaks for another sender, is told so and changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn strangers_are_not_heard() {
    let mut scene = Scene::start(Dialect::Native).await;
    let url = scene.relay.receive().expect("an address");
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let hook = |sender: &str| {
        json!({"user_key": "x", "sender_key": sender, "session_id": "1", "time": 1, "serial_number": 1, "type": "text",
            "contents": ["안녕"]})
        .to_string()
    };
    let post = async |url: String, body: String| {
        client.post(url).body(body).send().await.expect("an answer").status().as_u16()
    };
    let sender = scene.relay.sender_key().to_owned();
    let other = format!("{}/consulttalk/0000/message", scene.bed.server.base);
    assert_eq!(post(other, hook(&sender)).await, 404);
    assert_eq!(post(format!("{url}/message"), hook("another")).await, 403);
    assert_eq!(post(format!("{url}/message"), "x".repeat(2 * 1024 * 1024)).await, 413);
    scene.channel(json!({"addresses": ["203.0.113.0/24"]})).await;
    assert_eq!(post(format!("{url}/message"), hook(&sender)).await, 403);
    // What makes no sense is taken, and harms nobody.
    scene.channel(json!({})).await;
    for body in ["", "{", "[]", "{\"user_key\":1}", "\u{0}"] {
        assert_eq!(post(format!("{url}/message"), body.to_owned()).await, 200, "{body:?}");
    }
    assert_eq!(post(format!("{url}/something_new"), hook(&sender)).await, 200);
    assert!(scene.relay.write("ok", "배송").await.taken());
    scene.shown("ok", 2).await;
    // Switched off it takes nothing, so that the relay knows.
    let body = json!({"enabled": false, "relay": "native", "senderKey": sender, "settings": {"baseUrl": scene.relay.base_url()}});
    let path = scene.path();
    scene.bed.owner.call("PUT", &path, &body).await.expect(200);
    assert_eq!(post(format!("{url}/message"), hook(&sender)).await, 503);
}

/// The keys of the dealer are never shown, and stay when the rest is changed.
#[tokio::test(flavor = "multi_thread")]
async fn keys_are_kept_and_never_shown() {
    let mut scene = Scene::start(Dialect::HappytalkV1).await;
    let path = scene.path();
    let shown = scene.bed.owner.get(&path).await.expect(200);
    assert_eq!(shown["keys"], json!(["client_id", "client_secret"]));
    let secret = &scene.relay.credentials()["client_secret"];
    assert!(!shown.to_string().contains(secret.as_str()));
    let body = json!({"enabled": true, "relay": "happytalk-v1", "senderKey": scene.relay.sender_key(),
        "settings": {"baseUrl": scene.relay.base_url(), "channelId": "@malgeun"}});
    scene.bed.owner.call("PUT", &path, &body).await.expect(200);
    assert!(scene.relay.write("kim", "배송").await.taken());
    scene.shown("kim", 2).await;
    let shown = scene.bed.owner.get(&path).await.expect(200);
    assert!(shown["heardAt"].is_i64() && shown["calledAt"].is_i64() && shown["trouble"].is_null(), "{shown}");
    // The dealer is asked to let customers write.
    let asked =
        scene.bed.owner.call("POST", &format!("{path}/ask"), &json!({"work": "activate"})).await.expect(200);
    assert_eq!(asked["done"], true, "{asked}");
    scene.bed.owner.call("DELETE", &path, &Value::Null).await.expect(204);
    assert_eq!(scene.bed.owner.get(&path).await.expect(200)["configured"], false);
}

/// Name and telephone number that a customer agrees to give stand where agents look, and in the context.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_customer_agrees_to_give_stands_in_the_profile() {
    for dialect in [Dialect::Bizgo, Dialect::Dktechin] {
        let mut scene = Scene::start(dialect).await;
        let relay = scene.relay.clone();
        relay.write("moon", "상담원").await;
        let id =
            scene.chat(|chat| chat["state"] == "requested").await["id"].as_str().expect("an id").to_owned();
        scene.agent("POST", &id, "take", Value::Null).await;
        scene.agent("POST", &id, "room/consent", json!({"clientId": "c1"})).await;
        assert!(relay.sees_such("moon", |shown| shown.bubble.kind == Kind::Consent).await, "{dialect:?}");
        assert!(relay.consent("moon", "01012345678", "문고객").await.taken(), "{dialect:?}");
        let chat = scene.chat(|chat| chat["phone"] == "01012345678").await;
        assert_eq!(chat["name"], "문고객", "{dialect:?}");
        let whole =
            scene.bed.until(&format!("chats/{id}"), |chat| chat["params"]["consultPhone"].is_string()).await;
        assert_eq!(whole["params"]["consultNickname"], "문고객");
        assert_eq!(relay.violations(), [], "{dialect:?}");
    }
    // A relay that has no such question says so.
    let mut scene = Scene::start(Dialect::HappytalkV1).await;
    scene.relay.write("moon", "상담원").await;
    let id = scene.chat(|chat| chat["state"] == "requested").await["id"].as_str().expect("an id").to_owned();
    let path = scene.bed.at(&format!("chats/{id}/room/consent"));
    let refused = scene.bed.owner.call("POST", &path, &json!({"clientId": "c1"})).await;
    assert_eq!(refused.status.as_u16(), 409);
}

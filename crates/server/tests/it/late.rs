//! No answer comes too late (spec product.md K13): waiting texts, answers that are fetched or posted, and what happens
//! in between. Times are a tenth of Kakao's, so that nobody waits for these scenes.

use std::time::Duration;

use serde_json::json;
use simulator::{
    callback::Callbacks,
    kakao::{Kakao, Mode, Seen, Trouble},
    upstream::Upstream,
};
use store::{LateState, NewLate, OwnerId, TurnId, TurnKey};

use crate::{on_both, testbed::Testbed};

const WAIT: &str = "답변을 준비하고 있어요. 조금만 기다려 주세요.";

/// A bot that looks everything up at an address: it says so, asks, and tells what it heard.
fn asking(upstream: &Upstream, path: &str) -> String {
    json!({"title": "조회", "preference": {"entryFlowId": 1}, "flows": [{"id": 1, "title": "시작", "nodes": [
        {"id": 1, "type": "entry", "next": [{"nodeId": 2}]},
        {"id": 2, "type": "keyboard", "data": {"type": "any"}, "next": [
            {"nodeId": 7, "priority": 1, "where": {"message": {"equals": "안녕"}}}, {"nodeId": 3}]},
        {"id": 3, "type": "response", "data": {"message": {"type": "text", "text": "{{message.text}} 찾아볼게요"}}, "next": [{"nodeId": 4}]},
        {"id": 4, "type": "fetch", "data": {"method": "GET", "uri": format!("{}{path}?{{{{ESCAPE(message.text)}}}}", upstream.base)}, "next": [
            {"nodeId": 5, "where": {"fetch.data.ok": {"equals": true}}}, {"nodeId": 6, "where": {"fetch.error": {"exists": true}}}]},
        {"id": 5, "type": "response", "data": {"message": {"type": "text", "text": "{{message.text}} 찾았어요"}}, "next": [{"nodeId": 8}]},
        {"id": 6, "type": "response", "data": {"message": {"type": "text", "text": "{{message.text}} 못 찾았어요"}}, "next": [{"nodeId": 2}]},
        {"id": 7, "type": "response", "data": {"message": {"type": "text", "text": "네, 안녕하세요"}}, "next": [{"nodeId": 2}]},
        {"id": 8, "type": "params", "data": {"type": "set", "set": [{"key": "last", "value": "{{message.text}}"}]}, "next": [{"nodeId": 2}]}
    ]}]})
    .to_string()
}

async fn bed(path: &str, database: &str) -> (Testbed, Upstream) {
    let upstream = Upstream::start().await.expect("listens");
    let bed = Testbed::start_with(&asking(&upstream, path), database, |config| {
        config.kakao.waiting_after_ms = 400;
        config.kakao.deadline_ms = 900;
        config.kakao.late_within_ms = 3_000;
        config.kakao.callback_hosts.push("127.0.0.1".to_owned());
        config.outbound.allow = vec!["127.0.0.1/32".parse().expect("a network")];
    })
    .await;
    (bed, upstream)
}

async fn with_callbacks(bed: &Testbed, valid: Duration) -> Kakao {
    let mut kakao = bed.kakao();
    kakao.callbacks = Some(Callbacks::start_with(valid).await.expect("listens"));
    kakao
}

fn in_time(seen: &Seen) {
    assert!(seen.took < Duration::from_millis(900), "{:?}", seen.took);
}

on_both! {
    /// The answer is fetched by a button: pressed too early it waits again, and pressed twice it is the same.
    async fn a_slow_answer_is_fetched_by_a_button(database: &str) {
        let (bed, upstream) = bed("/slow/1100", database).await;
        let mut room = bed.kakao().room("kim");
        room.enter().await;
        let seen = room.says("주문").await;
        in_time(&seen);
        seen.sees(&["주문 찾아볼게요", WAIT]);
        assert_eq!(seen.chips(), ["답변 보기"]);
        let early = room.taps("답변 보기").await;
        in_time(&early);
        early.sees(&[WAIT]);
        let mut same = room.clone();
        tokio::time::sleep(Duration::from_millis(400)).await;
        room.taps("답변 보기").await.sees(&["주문 찾았어요"]);
        same.taps("답변 보기").await.sees(&["주문 찾았어요"]);
        room.says("답변 보기").await.sees(&["주문 찾았어요"]);
        room.says("안녕").await.sees(&["네, 안녕하세요"]);
        assert_eq!(upstream.requests(), 1);
        bed.stop().await;
    }

    /// What nobody fetched is shown with the next turn, once; the scenario stands where it should.
    async fn an_answer_that_nobody_fetched_comes_with_the_next(database: &str) {
        let (bed, _upstream) = bed("/slow/600", database).await;
        let mut room = bed.kakao().room("kim");
        room.enter().await;
        room.says("주문").await.sees(&["주문 찾아볼게요", WAIT]);
        tokio::time::sleep(Duration::from_millis(400)).await;
        room.says("안녕").await.sees(&["주문 찾았어요", "네, 안녕하세요"]);
        room.says("안녕").await.sees(&["네, 안녕하세요"]);
        bed.stop().await;
    }

    /// Whoever writes on meanwhile is answered in order, and nothing is lost.
    async fn writing_on_meanwhile_keeps_the_order(database: &str) {
        let (bed, upstream) = bed("/slow/700", database).await;
        let mut room = bed.kakao().room("kim");
        room.enter().await;
        let (kakao, second) = (bed.kakao(), room.request("둘"));
        let (first, next) = tokio::join!(room.says("하나"), async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            kakao.sends(second, "chp-second").await
        });
        first.sees(&["하나 찾아볼게요", WAIT]);
        in_time(&next);
        next.sees(&[WAIT]);
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        room.taps("답변 보기").await.sees(&["하나 찾았어요", "둘 찾아볼게요", "둘 찾았어요"]);
        assert_eq!(upstream.requests(), 2);
        bed.stop().await;
    }

    /// Who types the button's label too early is told to wait, and has not used the answer up by that.
    async fn asking_too_early_uses_nothing_up(database: &str) {
        let (bed, _upstream) = bed("/slow/1000", database).await;
        let mut room = bed.kakao().room("kim");
        room.enter().await;
        let (kakao, typed) = (bed.kakao(), room.request("답변 보기"));
        let (first, early) = tokio::join!(room.says("하나"), async {
            tokio::time::sleep(Duration::from_millis(150)).await;
            kakao.sends(typed, "chp-typed").await
        });
        first.sees(&["하나 찾아볼게요", WAIT]);
        in_time(&early);
        early.sees(&[WAIT]);
        tokio::time::sleep(Duration::from_millis(1_000)).await;
        room.says("안녕").await.sees(&["하나 찾았어요", "네, 안녕하세요"]);
        bed.stop().await;
    }

    /// Where the block has callbacks on, the answer is posted, whole and once.
    async fn a_slow_answer_is_posted_to_the_callback(database: &str) {
        let (bed, _upstream) = bed("/slow/600", database).await;
        let mut room = with_callbacks(&bed, Duration::from_secs(60)).await.room("kim");
        room.enter().await;
        let seen = room.says("주문").await;
        in_time(&seen);
        assert!(seen.use_callback, "{}", seen.answer);
        room.waits(&seen, Duration::from_secs(4)).await.sees(&["주문 찾아볼게요", "주문 찾았어요"]);
        room.says("안녕").await.sees(&["네, 안녕하세요"]);
        assert_eq!(bed.owed("kim").await, None);
        bed.stop().await;
    }

    /// An answer that Kakao does not take is told to the operator and shown with the next turn.
    async fn an_answer_that_cannot_be_posted_is_kept(database: &str) {
        let (bed, _upstream) = bed("/slow/600", database).await;
        let mut room = with_callbacks(&bed, Duration::ZERO).await.room("kim");
        room.enter().await;
        let seen = room.says("주문").await;
        assert!(seen.use_callback, "{}", seen.answer);
        tokio::time::sleep(Duration::from_millis(1_900)).await;
        room.says("안녕").await.sees(&["주문 찾아볼게요", "주문 찾았어요", "네, 안녕하세요"]);
        room.says("안녕").await.sees(&["네, 안녕하세요"]);
        assert_eq!(bed.problems().await, ["callback"]);
        bed.stop().await;
    }

    /// What a process that died has owed: the person is told, and so is the operator.
    async fn what_a_dead_process_owed_is_settled(database: &str) {
        let (bed, _upstream) = bed("/json", database).await;
        let mut room = bed.kakao().room("kim");
        room.enter().await;
        let seen = room.says("주문").await;
        seen.sees(&["주문 찾아볼게요", "주문 찾았어요"]);
        bed.owes("kim").await;
        assert_eq!(bed.owed("kim").await, Some(LateState::Running));
        server::turns::late::settle(&bed.hub).await;
        assert_eq!(bed.owed("kim").await, Some(LateState::Lost));
        assert_eq!(bed.problems().await, ["lost"]);
        let asked = bed.kakao().sends(press(&room.request("답변 보기")), "chp-press").await;
        asked.sees(&["기다리시던 답변을 준비하지 못했어요. 번거로우시겠지만 한 번 더 말씀해 주세요."]);
        bed.stop().await;
    }
}

/// Nothing but Kakao's own addresses gets an answer: elsewhere the button takes over.
#[tokio::test(flavor = "multi_thread")]
async fn answers_go_to_kakao_only() {
    let upstream = Upstream::start().await.expect("listens");
    let bed = Testbed::start_with(&asking(&upstream, "/slow/600"), "", |config| {
        config.kakao.waiting_after_ms = 400;
        config.kakao.deadline_ms = 900;
        config.outbound.allow = vec!["127.0.0.1/32".parse().expect("a network")];
    })
    .await;
    let mut room = with_callbacks(&bed, Duration::from_secs(60)).await.room("kim");
    room.enter().await;
    let seen = room.says("주문").await;
    assert!(!seen.use_callback, "{}", seen.answer);
    seen.sees(&["주문 찾아볼게요", WAIT]);
    bed.stop().await;
}

/// In the bot test callbacks do not work; the button does, and nothing is stored.
#[tokio::test(flavor = "multi_thread")]
async fn a_bot_test_waits_too() {
    let (bed, _upstream) = bed("/slow/600", "").await;
    let kakao = with_callbacks(&bed, Duration::from_secs(60)).await.mode(Mode::BotTest);
    let mut room = kakao.room("kim");
    room.enter().await;
    room.says("주문").await.sees(&["주문 찾아볼게요", WAIT]);
    tokio::time::sleep(Duration::from_millis(400)).await;
    room.taps("답변 보기").await.sees(&["주문 찾았어요"]);
    assert_eq!(bed.turns().await, 0);
    bed.stop().await;
}

/// A server that never answers costs its customer the longest time a turn may take, and then the edge for errors.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_other_side_does_there_is_an_answer() {
    for path in ["/hang", "/cut", "/garbage", "/status/503"] {
        let (bed, _upstream) = bed(path, "").await;
        let mut room = bed.kakao().room("kim");
        room.enter().await;
        let first = room.says("주문").await;
        assert_eq!(first.trouble, None::<Trouble>);
        in_time(&first);
        let texts = if first.chips().is_empty() {
            first.texts()
        } else {
            tokio::time::sleep(Duration::from_millis(2_800)).await;
            [first.texts(), room.taps("답변 보기").await.texts()].concat()
        };
        let wanted: &[&str] =
            if path == "/status/503" { &["주문 찾았어요"] } else { &["주문 못 찾았어요"] };
        assert_eq!(texts.last().map(String::as_str), wanted.first().copied(), "{path}: {texts:?}");
        bed.stop().await;
    }
}

/// The same request as if the button had been pressed.
fn press(typed: &[u8]) -> Vec<u8> {
    let mut body: serde_json::Value = serde_json::from_slice(typed).expect("is JSON");
    body["action"]["clientExtra"] = json!({"closer": {"late": 1}});
    body.to_string().into_bytes()
}

impl Testbed {
    /// How far the newest late answer of this person is.
    async fn owed(&self, name: &str) -> Option<LateState> {
        let user_key = user_key(&self.kakao(), name);
        let bot = self.bot.parse().expect("an id");
        let key = TurnKey { bot, platform: "kakao", draft: false, user_key: &user_key };
        self.hub.store.late_of(key).await.expect("reads")
    }

    /// Another process has told this person to wait, long ago.
    async fn owes(&self, name: &str) {
        let now_ms = self.hub.clock.now_ms() - 120_000;
        let roll = || self.hub.die.roll_wide();
        let late = NewLate {
            turn: TurnId::new(now_ms, roll()),
            workspace: self.hub.store.default_workspace(now_ms, roll()).await.expect("is there"),
            bot: self.bot.parse().expect("an id"),
            platform: "kakao".to_owned(),
            draft: false,
            user_key: user_key(&self.kakao(), name),
            owner: OwnerId::new(now_ms, roll()),
            callback_url: None,
            expires_at: now_ms + 60_000,
            request_id: None,
            told: "{}".to_owned(),
            now_ms,
        };
        self.hub.store.begin_late(late).await.expect("is written");
    }
}

/// The key under which the simulator sends this person's messages.
fn user_key(kakao: &Kakao, name: &str) -> String {
    let body: serde_json::Value = serde_json::from_slice(&kakao.room(name).request("")).expect("is JSON");
    body["userRequest"]["user"]["id"].as_str().expect("a key").to_owned()
}

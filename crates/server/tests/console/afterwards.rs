//! A published bot with customers who talk to it through KakaoTalk, for the scenes about what owners see afterwards.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use server::config::Config;
use simulator::kakao::Kakao;

use crate::browser::{Browser, Testbed};

/// An owner, a published bot, and where it is.
pub struct Shop {
    /// The server.
    pub bed: Testbed,
    /// The owner's browser.
    pub owner: Browser,
    /// The workspace.
    pub workspace: String,
    /// The bot.
    pub bot: String,
}

/// A bot with an answer, a way that leads nowhere, and a fallback flow.
pub fn file() -> Value {
    let node = |id: i64, kind: &str, data: Value, next: Value| {
        json!({"id": id, "type": kind, "label": format!("노드 {id}"), "data": data,
        "meta": {"design": {"x": 0, "y": 0}}, "next": next})
    };
    let text = |text: &str| json!({"message": {"type": "text", "text": text}});
    let is = |to: i64, text: &str| json!({"nodeId": to, "where": {"message.text": {"equals": text}}});
    let button = |label: &str| json!({"label": label, "type": "postback"});
    json!({"title": "맑은마켓", "flows": [
        {"id": 1, "title": "시작", "data": {"entry": 1}, "nodes": [
            node(1, "entry", json!({}), json!([{"nodeId": 2}])),
            node(2, "response", text("안녕하세요. 무엇을 도와드릴까요?"), json!([{"nodeId": 3}])),
            node(3, "keyboard", json!({"type": "buttons", "buttons": [button("영업시간"), button("고장")]}),
                json!([is(4, "영업시간"), is(5, "고장")])),
            node(4, "response", text("10시부터 18시까지예요."), json!([{"nodeId": 3}])),
            node(5, "flow", json!({"flowId": "{{params.nowhere}}"}), json!([])),
        ]},
        {"id": 2, "title": "폴백", "data": {"entry": 1}, "nodes": [
            node(1, "entry", json!({}), json!([{"nodeId": 2}])),
            node(2, "response", text("잘 모르겠어요."), json!([{"nodeId": 3}])),
            node(3, "flow", json!({"flowId": 1, "nodeId": 3}), json!([])),
        ]},
    ], "preference": {"entryFlowId": 1, "fallbackFlowId": 2,
        "systemMessage": {"empty": "(메시지 없음)", "error": "오류가 났어요.", "additionalChoice": "골라 주세요.", "unsupportedMedia": "볼 수 없어요."},
        "sessionBehavior": {"restoreNavigation": true, "welcomeOnSessionStart": true, "welcomeOnMessageWithoutSession": true}}})
}

impl Shop {
    /// A server whose owner has published the bot.
    pub async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// The same with another configuration.
    pub async fn open_with(change: impl FnOnce(&mut Config)) -> Self {
        let bed = Testbed::start_with(change).await;
        let (mut owner, workspace) = bed.owner().await;
        let path = format!("/api/workspaces/{workspace}/bots");
        let made = owner.call("POST", &path, &json!({"file": file()})).await.expect(201);
        let bot = made["bot"]["id"].as_str().expect("an id").to_owned();
        owner.call("POST", &format!("{path}/{bot}/publish"), &Value::Null).await.expect(200);
        Self { bed, owner, workspace, bot }
    }

    /// The path of something of the bot.
    pub fn at(&self, rest: &str) -> String {
        format!("/api/workspaces/{}/bots/{}{rest}", self.workspace, self.bot)
    }

    /// Asks for something of the bot.
    pub async fn get(&mut self, rest: &str) -> Value {
        let path = self.at(rest);
        self.owner.get(&path).await.expect(200)
    }

    /// The bot at Kakao.
    pub fn kakao(&self) -> Kakao {
        Kakao::new(&format!("{}/webhook/kakao/{}/i/skill", self.bed.base, self.bot)).expect("an address")
    }

    /// Waits until so many requests stand in the log.
    pub async fn logged(&mut self, count: usize) -> Vec<Value> {
        let mut seen = 0;
        for _ in 0..200 {
            let list = self.get("/requests?limit=100").await;
            let items = list["items"].as_array().expect("items").clone();
            seen = items.len();
            if seen >= count {
                return items;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{seen} requests stand in the log, not {count}");
    }

    /// How a check of the guide stands: its state and detail.
    pub async fn check(&mut self, id: &str) -> (String, String) {
        let channel = self.get("/kakao").await;
        let checks = channel["checks"].as_array().expect("checks");
        let check = checks.iter().find(|check| check["id"] == id).expect("the check");
        let text = |key: &str| check[key].as_str().expect("text").to_owned();
        (text("state"), text("detail"))
    }

    /// Adds up what is there.
    pub async fn added_up(&self) {
        let hub = Arc::clone(&self.bed.hub);
        server::insight::follow::catch_up(&hub).await.expect("adds up");
    }
}

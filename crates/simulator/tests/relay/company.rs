//! A company's server: takes hooks, remembers them, and calls the relay by hand-written requests.

use std::sync::{Arc, Mutex};

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use simulator::{
    provider::listen::{self, Heard, Said},
    relay::{Clock, Dialect, Options, Relay},
};

/// 2026-11-28, 10:00 in Seoul, and it stands still.
pub const NOON: i64 = 1_795_827_600_000;

#[derive(Clone)]
pub struct Company {
    pub relay: Relay,
    heard: Arc<Mutex<Vec<Heard>>>,
    answers: Arc<Mutex<Vec<(u16, &'static str)>>>,
    client: Client,
}

impl Company {
    pub async fn start(dialect: Dialect) -> Self {
        Self::with(dialect, |_| {}).await
    }

    pub async fn with(dialect: Dialect, change: impl FnOnce(&mut Options)) -> Self {
        let mut options = Options::of(dialect);
        options.clock = Clock::of(|| NOON);
        options.retries.pause = std::time::Duration::from_millis(5);
        change(&mut options);
        let relay = Relay::start(dialect, options).await.expect("listens");
        let heard: Arc<Mutex<Vec<Heard>>> = Arc::default();
        let answers: Arc<Mutex<Vec<(u16, &'static str)>>> = Arc::default();
        let (hearing, answering) = (Arc::clone(&heard), Arc::clone(&answers));
        let url = listen::listen(move |hook| {
            hearing.lock().expect("no panic").push(hook);
            let mut answers = answering.lock().expect("no panic");
            let (status, body) = if answers.is_empty() {
                (200, r#"{"code":"A000","result":"Success"}"#)
            } else {
                answers.remove(0)
            };
            Said::text(status, "application/json", body)
        })
        .await
        .expect("listens");
        assert!(relay.set_receive(&format!("{url}/in")));
        Self { relay, heard, answers, client: Client::builder().no_proxy().build().expect("a client") }
    }

    /// How the next hooks are answered.
    pub fn answers(&self, answers: &[(u16, &'static str)]) {
        self.answers.lock().expect("no panic").extend(answers);
    }

    /// The hooks so far, as paths and bodies, and they are forgotten.
    pub fn hooks(&self) -> Vec<(String, Value)> {
        self.heads().into_iter().map(|heard| (heard.path[3..].to_owned(), heard.json())).collect()
    }

    /// The same, whole.
    pub fn heads(&self) -> Vec<Heard> {
        std::mem::take(&mut *self.heard.lock().expect("no panic"))
    }

    /// The paths of the hooks so far, and they are forgotten.
    pub fn paths(&self) -> Vec<String> {
        self.hooks().into_iter().map(|(path, _)| path).collect()
    }

    fn key(&self, name: &str) -> &str {
        &self.relay.credentials()[name]
    }

    fn ask(&self, method: &str, path: &str) -> RequestBuilder {
        let relay = &self.relay;
        let path = match relay.dialect() {
            Dialect::Native => path.replace("{partner}", self.key("partner_key")),
            _ => path.to_owned(),
        };
        let url = format!("{}{path}", relay.base_url());
        let asked = self.client.request(method.parse().expect("a method"), url);
        match relay.dialect() {
            Dialect::Native => asked,
            Dialect::HappytalkV1 | Dialect::HappytalkV3 => asked
                .header("HT-Client-Id", self.key("client_id"))
                .header("HT-Client-Secret", self.key("client_secret")),
            Dialect::Dktechin => asked
                .header("X-Platform-Type", "kakao_counsel_talk")
                .header("X-Service-Key", relay.sender_key()),
            Dialect::Bizgo => asked.header("Authorization", self.key("api_key")),
        }
    }

    /// A call with a body as it stands; status and answer.
    pub async fn calls(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> (u16, Value) {
        let mut asked = self.ask(method, path);
        for (name, value) in headers {
            asked = asked.header(*name, *value);
        }
        if !body.is_null() {
            asked = asked.header("content-type", "application/json").body(body.to_string());
        }
        let answer = asked.send().await.expect("an answer");
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap_or_default())
    }

    /// A POST with the keys of the room in its body, in the relay's spelling.
    pub async fn post(&self, path: &str, user: &str, more: Value) -> Value {
        let camel = self.relay.dialect() == Dialect::Bizgo;
        let (user_key, sender_key) =
            if camel { ("userKey", "senderKey") } else { ("user_key", "sender_key") };
        let mut body = json!({user_key: user, sender_key: self.relay.sender_key()});
        for (key, value) in more.as_object().into_iter().flatten() {
            body[key] = value.clone();
        }
        self.calls("POST", path, &[], &body).await.1
    }

    /// `chat/write` of the first two generations; the answer.
    pub async fn writes(&self, user: &str, serial: &str, more: Value) -> Value {
        let path = match self.relay.dialect() {
            Dialect::Native => "/v2/{partner}/chat/write",
            _ => "/v1/chat/write",
        };
        let mut body = json!({"serial_number": serial});
        for (key, value) in more.as_object().into_iter().flatten() {
            body[key] = value.clone();
        }
        self.post(path, user, body).await
    }

    /// An upload; the answer.
    pub async fn uploads(
        &self,
        path: &str,
        field: &str,
        name: &str,
        bytes: &[u8],
        texts: &[(&str, &str)],
    ) -> Value {
        let mut body = Vec::new();
        for (name, value) in texts {
            body.extend(
                format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .into_bytes(),
            );
        }
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        let asked = self.ask("POST", path).header("content-type", "multipart/form-data; boundary=edge");
        let answer = asked.body(body).send().await.expect("an answer");
        answer.json().await.unwrap_or_default()
    }

    /// The rules that were broken since, by name.
    pub fn broken(&self) -> Vec<&'static str> {
        self.relay.violations().into_iter().map(|violation| violation.rule).collect()
    }
}

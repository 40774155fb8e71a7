//! A server with a bot on the web, customers' pages, and agents' consoles.

use std::{
    collections::VecDeque,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use simulator::upstream::Upstream;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest as _, http::HeaderValue},
};

use crate::browser::{Browser, Testbed};

/// How long a test waits for what must come.
const SOON: Duration = Duration::from_secs(20);

/// The bot: it greets, knows of deliveries, calls agents, and has a survey.
pub fn bot_file() -> Value {
    let text = |text: &str| json!({"message": {"type": "text", "text": text}});
    json!({"title": "맑은마켓", "preference": {"entryFlowId": 1, "fallbackFlowId": 2}, "flows": [
        {"id": 1, "title": "시작", "nodes": [
            {"id": 1, "type": "entry", "label": "진입", "next": [{"nodeId": 2}]},
            {"id": 2, "type": "response", "label": "인사", "data": text("안녕하세요"), "next": [{"nodeId": 3}]},
            {"id": 3, "type": "keyboard", "label": "입력", "data": {"type": "buttons", "buttons": [
                {"label": "배송", "type": "postback"}, {"label": "상담원", "type": "postback"}]}, "next": [
                {"nodeId": 4, "where": {"message.text": {"equals": "상담원"}}},
                {"nodeId": 6, "where": {"message.text": {"equals": "배송"}}}]},
            {"id": 4, "type": "manual", "label": "상담원 호출", "data": {"messages": {"default":
                {"type": "text", "text": "상담원을 부르고 있어요.", "actions": {"cancel": "상담 취소"}}}},
                "next": [{"nodeId": 5}]},
            {"id": 5, "type": "response", "label": "취소", "data": text("상담을 취소했어요."), "next": [{"nodeId": 3}]},
            {"id": 6, "type": "response", "label": "배송", "data": text("내일 도착해요."), "next": [{"nodeId": 3}]}]},
        {"id": 2, "title": "폴백", "nodes": [
            {"id": 1, "type": "entry", "label": "진입", "next": [{"nodeId": 2}]},
            {"id": 2, "type": "response", "label": "모름", "data": text("잘 모르겠어요.")}]},
        {"id": 3, "title": "만족도", "nodes": [
            {"id": 1, "type": "entry", "label": "진입", "next": [{"nodeId": 2}]},
            {"id": 2, "type": "response", "label": "질문", "data": text("상담은 어떠셨어요?"), "next": [{"nodeId": 3}]},
            {"id": 3, "type": "keyboard", "label": "답", "data": {"type": "any"}, "next": [{"nodeId": 4}]},
            {"id": 4, "type": "response", "label": "끝", "data": text("고맙습니다.")}]}
    ]})
}

/// The server, its owner, and the bot.
pub struct Bed {
    /// The server.
    pub server: Testbed,
    /// The owner's browser.
    pub owner: Browser,
    /// The workspace.
    pub workspace: String,
    /// The bot.
    pub bot: String,
}

/// A socket, and what came over it.
pub struct Socket {
    stream: WebSocketStream<TcpStream>,
    /// What came and was not asked for yet.
    came: VecDeque<Value>,
}

/// A customer's page.
pub struct Page {
    /// What the browser keeps.
    pub token: String,
    /// The number of the last message that it has.
    pub seq: i64,
    socket: Socket,
}

impl Bed {
    /// A server whose bot is published and on the web.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// The same with another configuration.
    pub async fn start_with(change: impl FnOnce(&mut server::config::Config)) -> Self {
        Self::start_with_bot(change, bot_file()).await
    }

    /// The same beside a server that it may call.
    pub async fn start_beside() -> (Self, Upstream) {
        let upstream = Upstream::start().await.expect("listens");
        let own = |config: &mut server::config::Config| {
            config.outbound.allow = vec!["127.0.0.1/32".parse().expect("a network")];
        };
        (Self::start_with(own).await, upstream)
    }

    /// The same with another bot.
    pub async fn start_with_bot(change: impl FnOnce(&mut server::config::Config), file: Value) -> Self {
        let server = Testbed::start_with(change).await;
        let (mut owner, workspace) = server.owner().await;
        let bots = format!("/api/workspaces/{workspace}/bots");
        let made = owner.call("POST", &bots, &json!({"file": file})).await.expect(201);
        let bot = made["bot"]["id"].as_str().expect("an id").to_owned();
        owner.call("POST", &format!("{bots}/{bot}/publish"), &Value::Null).await.expect(200);
        let mut bed = Self { server, owner, workspace, bot };
        bed.web(json!({"enabled": true})).await;
        bed
    }

    /// The same after the server was stopped and started again on this data.
    pub async fn restarted(self, data: &std::path::Path) -> Self {
        let Self { server, owner, workspace, bot } = self;
        let address = server.base.strip_prefix("http://").expect("http").to_owned();
        drop(server);
        while TcpStream::connect(&address).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let server = Testbed::start_with(|config| {
            data.clone_into(&mut config.data);
            config.listen = address.parse().expect("an address");
        })
        .await;
        Self { server, owner, workspace, bot }
    }

    /// Sets up the web chat.
    pub async fn web(&mut self, body: Value) {
        let path = format!("/api/workspaces/{}/bots/{}/web", self.workspace, self.bot);
        self.owner.call("PUT", &path, &body).await.expect(200);
    }

    /// Sets up how the team works.
    pub async fn settings(&mut self, body: Value) {
        let path = format!("/api/workspaces/{}/chat-settings", self.workspace);
        self.owner.call("PUT", &path, &body).await.expect(200);
    }

    /// A path under the workspace.
    pub fn at(&self, rest: &str) -> String {
        format!("/api/workspaces/{}/{rest}", self.workspace)
    }

    /// Begins a session as a page does.
    pub async fn session(&self, body: Value) -> (u16, Value) {
        let url = format!("{}/webchat/{}/session", self.server.base, self.bot);
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let answer = client.post(url).body(body.to_string()).send().await.expect("an answer");
        (answer.status().as_u16(), answer.json().await.expect("JSON"))
    }

    /// A new customer who opens the room.
    pub async fn customer(&self) -> Page {
        let (status, session) = self.session(json!({})).await;
        assert_eq!(status, 200, "{session}");
        self.page(session["token"].as_str().expect("a token"), None, true).await
    }

    /// A page with this token that has messages up to a number.
    pub async fn page(&self, token: &str, after: Option<i64>, start: bool) -> Page {
        let mut socket = self.socket(&format!("/webchat/{}/socket", self.bot), None).await.expect("connects");
        socket.send(json!({"type": "hello", "token": token, "after": after, "start": start})).await;
        Page { token: token.to_owned(), seq: after.unwrap_or(-1), socket }
    }

    /// An agent's console that watches and takes requests.
    pub async fn console(&self, browser: &Browser, query: &str) -> Socket {
        self.socket(&self.at(&format!("live{query}")), browser.cookie.as_deref()).await.expect("connects")
    }

    /// A socket; the status where it is refused.
    pub async fn socket(&self, path: &str, cookie: Option<&str>) -> Result<Socket, u16> {
        self.socket_from(path, cookie, None).await
    }

    /// The same for a page of some site.
    pub async fn socket_from(
        &self,
        path: &str,
        cookie: Option<&str>,
        origin: Option<&str>,
    ) -> Result<Socket, u16> {
        let address = self.server.base.strip_prefix("http://").expect("http");
        let mut request = format!("ws://{address}{path}").into_client_request().expect("a request");
        for (name, value) in [("cookie", cookie), ("origin", origin)] {
            if let Some(value) = value {
                request.headers_mut().insert(name, HeaderValue::from_str(value).expect("a header"));
            }
        }
        let stream = TcpStream::connect(address).await.expect("listens");
        match client_async(request, stream).await {
            Ok((stream, _)) => Ok(Socket { stream, came: VecDeque::new() }),
            Err(tokio_tungstenite::tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// Waits until the list says what is expected.
    pub async fn until(&mut self, rest: &str, holds: impl Fn(&Value) -> bool) -> Value {
        let path = self.at(rest);
        for _ in 0..400 {
            let list = self.owner.get(&path).await.expect(200);
            if holds(&list) {
                return list;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{rest}: {}", self.owner.get(&path).await.expect(200));
    }
}

impl Socket {
    /// Sends a frame.
    pub async fn send(&mut self, frame: Value) {
        self.stream.send(Message::text(frame.to_string())).await.expect("is sent");
    }

    /// The next frame; `None` where the other end closes.
    pub async fn next(&mut self) -> Option<Value> {
        loop {
            match self.stream.next().await? {
                Ok(Message::Text(text)) => return Some(serde_json::from_str(&text).expect("JSON")),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// The next frame that fits; others are kept for later.
    pub async fn wait(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.came.iter().position(&fits) {
            return self.came.remove(at).expect("is there");
        }
        let waiting = async {
            loop {
                let frame = self.next().await.unwrap_or_else(|| panic!("closed before {what}"));
                if fits(&frame) {
                    return frame;
                }
                self.came.push_back(frame);
            }
        };
        match tokio::time::timeout(SOON, waiting).await {
            Ok(frame) => frame,
            Err(late) => panic!("{what} did not come ({late}); came: {:#?}", self.came),
        }
    }

    /// The next frame of a kind.
    pub async fn kind(&mut self, kind: &str) -> Value {
        self.wait(kind, |frame| frame["type"] == kind).await
    }

    /// Does the other end close?
    pub async fn closes(&mut self) -> bool {
        let closing = async { while self.next().await.is_some() {} };
        tokio::time::timeout(SOON, closing).await.is_ok()
    }
}

impl Page {
    /// What is said next: by whom, and what. Numbers have no gap.
    pub async fn hears(&mut self) -> (String, String) {
        let frame = self.socket.kind("message").await;
        assert_eq!(frame["seq"], self.seq + 1, "{frame}");
        self.seq += 1;
        assert!(frame.get("author").is_none(), "customers do not see who: {frame}");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&frame["from"]), text(&frame["data"]["text"]))
    }

    /// The bot, an agent or the customer says this next.
    pub async fn sees(&mut self, from: &str, text: &str) {
        assert_eq!(self.hears().await, (from.to_owned(), text.to_owned()));
    }

    /// Writes something; it comes back as the thread's next message. The page's id of it.
    pub async fn says(&mut self, text: &str) -> String {
        let id = self.sends(text).await;
        self.sees("user", text).await;
        self.socket.wait("done", |frame| frame["type"] == "done" && frame["id"] == id.as_str()).await;
        id
    }

    /// Writes something and does not wait.
    pub async fn sends(&mut self, text: &str) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let id = format!("m{}", NEXT.fetch_add(1, Ordering::Relaxed));
        self.socket.send(json!({"type": "message", "id": id, "text": text})).await;
        id
    }

    /// Who answers now becomes this.
    pub async fn with(&mut self, with: &str) -> Value {
        self.socket.wait(with, |frame| frame["type"] == "state" && frame["with"] == with).await
    }

    /// Its socket.
    pub fn socket(&mut self) -> &mut Socket {
        &mut self.socket
    }
}

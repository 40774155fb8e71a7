//! A server on a database of its own, and browsers that talk to it: each keeps its cookie, as browsers do.

use std::{path::PathBuf, sync::Arc};

use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use server::{Hub, Server, config::Config};
use tokio::sync::oneshot;

/// A password that is good enough.
pub const PASSWORD: &str = "맑은 하늘 종이배 소풍";

/// A running server.
pub struct Testbed {
    /// Its inside, to look at.
    pub hub: Arc<Hub>,
    /// Its address: `http://127.0.0.1:…`.
    pub base: String,
    /// Its data.
    pub folder: tempfile::TempDir,
    _stop: oneshot::Sender<()>,
}

/// A browser: it keeps its cookie.
#[derive(Clone)]
pub struct Browser {
    client: reqwest::Client,
    base: String,
    /// The cookie that was set last.
    pub cookie: Option<String>,
    language: &'static str,
    address: Option<String>,
}

/// What came back.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: header::HeaderMap,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A new database on the tests' PostgreSQL. `None`, and said so, where there is none.
pub async fn postgres() -> Option<String> {
    let Ok(url) = std::env::var("CLOSER_TEST_POSTGRES") else {
        assert!(std::env::var("CLOSER_TEST_REQUIRE_POSTGRES").is_err(), "CLOSER_TEST_POSTGRES is not set");
        println!("not run on PostgreSQL: CLOSER_TEST_POSTGRES is not set (cargo xtask test starts one)");
        return None;
    };
    let (head, options) = url.split_once('?').unwrap_or((&url, ""));
    let server = head.rsplit_once('/').map_or(head, |(server, _)| server);
    let chance = server::clock::Die::new().expect("chance").roll();
    let name = format!("closer_console_{}_{chance:x}", std::process::id());
    let (client, connection) =
        tokio_postgres::connect(&url, tokio_postgres::NoTls).await.expect("PostgreSQL answers");
    tokio::spawn(connection);
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.expect("a database can be made");
    Some(format!("{server}/{name}?{options}"))
}

/// A file of the project.
pub fn file(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The worker for scripts, which `cargo test --workspace` builds beside this test.
pub fn js_worker() -> PathBuf {
    let own = std::env::current_exe().expect("this test has a place");
    own.with_file_name(format!("../js-worker{}", std::env::consts::EXE_SUFFIX))
}

impl Testbed {
    /// A server that nobody owns yet.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// The same with another configuration.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config {
            listen: "127.0.0.1:0".parse().expect("an address"),
            data: folder.path().to_owned(),
            ..Config::default()
        };
        change(&mut config);
        let server = Server::build(config).await.expect("starts");
        let hub = Arc::clone(server.hub());
        let base = format!("http://{}", server.address());
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(async move { server.run(async move { drop(stopped.await) }).await.expect("runs") });
        Self { hub, base, folder, _stop: stop }
    }

    /// Changes the database behind the server's back, as time does.
    pub fn sql(&self, sql: &str) {
        let connection = rusqlite::Connection::open(self.folder.path().join("closer.db")).expect("opens");
        connection.busy_timeout(std::time::Duration::from_secs(5)).expect("waits");
        connection.execute_batch(sql).expect("is changed");
    }

    /// A browser that nobody has signed in with.
    pub fn browser(&self) -> Browser {
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        Browser { client, base: self.base.clone(), cookie: None, language: "ko", address: None }
    }

    /// The owner's browser, and the workspace.
    pub async fn owner(&self) -> (Browser, String) {
        let mut browser = self.browser();
        let me = browser
            .call(
                "POST",
                "/api/setup",
                &json!({"email": "owner@example.com", "password": PASSWORD, "name": "김소유",
                    "workspace": "맑은마켓", "language": "ko"}),
            )
            .await
            .expect(201);
        (browser, me["workspaces"][0]["id"].as_str().expect("an id").to_owned())
    }

    /// Somebody who was invited with this role.
    pub async fn member(&self, owner: &mut Browser, workspace: &str, role: &str) -> Browser {
        let email = format!("{role}@example.com");
        let path = format!("/api/workspaces/{workspace}/invites");
        let made = owner.call("POST", &path, &json!({"emails": [email], "role": role})).await.expect(201);
        let link = made["items"][0]["link"].as_str().expect("a link");
        let token = link.rsplit('/').next().expect("a token");
        let mut browser = self.browser();
        let accepted = json!({"name": format!("이{role}"), "password": PASSWORD, "language": "ko"});
        browser.call("POST", &format!("/api/invites/{token}"), &accepted).await.expect(200);
        browser
    }
}

impl Browser {
    /// The same browser in another language.
    pub fn speaking(mut self, language: &'static str) -> Self {
        self.language = language;
        self
    }

    /// The same browser, seen by the server's proxy from this address.
    pub fn from(mut self, address: &str) -> Self {
        self.address = Some(address.to_owned());
        self
    }

    /// Sends a call as the console does; null for no body.
    pub async fn call(&mut self, method: &str, path: &str, body: &Value) -> Answer {
        let bytes = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let kind = (!body.is_null()).then_some("application/json");
        self.raw(method, path, kind, bytes).await
    }

    /// Asks for something.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.call("GET", path, &Value::Null).await
    }

    /// Sends bytes of some kind.
    pub async fn raw(&mut self, method: &str, path: &str, kind: Option<&str>, bytes: Vec<u8>) -> Answer {
        let mut request = self.request(method, path).header("x-closer", "1");
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        self.send(request.body(bytes)).await
    }

    /// A request with nothing but cookie and language.
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.base))
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header(header::USER_AGENT, "Test/1.0");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(address) = &self.address {
            request = request.header("x-forwarded-for", address);
        }
        request
    }

    /// Sends a request and keeps the cookie of the answer.
    pub async fn send(&mut self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        if let Some(set) = headers.get(header::SET_COOKIE) {
            let pair = set.to_str().expect("text").split(';').next().expect("a pair").to_owned();
            self.cookie = (!pair.ends_with('=')).then_some(pair);
        }
        let endless = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        let bytes = if endless { Vec::new() } else { response.bytes().await.expect("a body").to_vec() };
        Answer { status, headers, bytes }
    }
}

impl Answer {
    /// The body, where the status is this.
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        if self.bytes.is_empty() { Value::Null } else { self.json() }
    }

    /// The kind of a problem, with its status: `403 role-too-low`. The answer must be a whole problem.
    pub fn problem(&self) -> String {
        let kind = self.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        assert_eq!(
            kind,
            Some("application/problem+json"),
            "{} {:?}",
            self.status,
            String::from_utf8_lossy(&self.bytes)
        );
        let body = self.json();
        assert_eq!(body["status"], self.status.as_u16());
        for key in ["title", "detail", "instance"] {
            assert!(body[key].as_str().is_some_and(|text| !text.is_empty()), "{body}");
        }
        let name = body["type"].as_str().and_then(|kind| kind.strip_prefix("/problems/")).expect("a type");
        format!("{} {name}", self.status.as_u16())
    }

    /// A header's text, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.bytes)))
    }
}

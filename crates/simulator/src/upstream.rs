//! A shop's own server as bots meet it: quick, slow, silent, cut off or talking nonsense.
//!
//! The path says how it behaves: `/json`, `/slow/MS`, `/hang`, `/cut` (closes in the middle of the body), `/garbage` (no
//! HTTP at all), `/status/CODE`, `/echo` (method, path, headers and body as JSON). Every answer but an echo is
//! `{"ok": true, "said": "<what stands behind the question mark>"}`. [`Upstream::page`] puts something at a path of its own.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use serde_json::{Map, Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// More than this of a request is not read.
const MAX_REQUEST: usize = 2 * 1024 * 1024;
/// How long a silent server is silent: longer than anybody waits.
const SILENCE: Duration = Duration::from_secs(600);

/// A server on this machine, until the runtime ends.
#[derive(Debug, Clone)]
pub struct Upstream {
    /// `http://127.0.0.1:PORT`.
    pub base: String,
    requests: Arc<AtomicU64>,
    pages: Pages,
    posted: Posted,
}

/// What was posted to fixed addresses: path, headers and body.
type Posted = Arc<Mutex<Vec<(String, Map<String, Value>, Vec<u8>)>>>;

/// What stands at fixed addresses.
type Pages = Arc<Mutex<HashMap<String, (String, Duration)>>>;

/// A request that has arrived whole.
struct Heard {
    method: String,
    path: String,
    headers: Map<String, Value>,
    body: Vec<u8>,
}

impl Upstream {
    /// Listens on a free port.
    pub async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let base = format!("http://{}", listener.local_addr()?);
        let requests = Arc::new(AtomicU64::new(0));
        let pages = Pages::default();
        let upstream = Self { base, requests, pages, posted: Posted::default() };
        let serving = upstream.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let serving = serving.clone();
                // A caller that hangs up has nobody left to answer.
                tokio::spawn(async move { drop(serve(stream, &serving).await) });
            }
        });
        Ok(upstream)
    }

    /// Puts this JSON at a path of its own.
    pub fn page(&self, path: &str, json: &str) {
        self.slow_page(path, json, Duration::ZERO);
    }

    /// The same with a server that takes so long for it.
    pub fn slow_page(&self, path: &str, json: &str, after: Duration) {
        self.pages().insert(path.to_owned(), (json.to_owned(), after));
    }

    /// The bodies that were posted to a page, in order.
    pub fn posted(&self, path: &str) -> Vec<String> {
        self.deliveries(path).into_iter().map(|(_, body)| body).collect()
    }

    /// What was posted to a page, in order: headers by their lower-case names, and bodies.
    pub fn deliveries(&self, path: &str) -> Vec<(Map<String, Value>, String)> {
        let text = |body: Vec<u8>| String::from_utf8_lossy(&body).into_owned();
        self.posts(path).into_iter().map(|(head, body)| (head, text(body))).collect()
    }

    /// The same with bodies as they came.
    pub fn posts(&self, path: &str) -> Vec<(Map<String, Value>, Vec<u8>)> {
        let posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
        posted
            .iter()
            .filter(|(to, ..)| to == path)
            .map(|(_, head, body)| (head.clone(), body.clone()))
            .collect()
    }

    fn pages(&self) -> MutexGuard<'_, HashMap<String, (String, Duration)>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many requests have come.
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }
}

async fn serve(mut stream: TcpStream, upstream: &Upstream) -> std::io::Result<()> {
    let mut left = Vec::new();
    while let Some(heard) = read(&mut stream, &mut left).await? {
        upstream.requests.fetch_add(1, Ordering::Relaxed);
        let (path, query) = heard.path.split_once('?').unwrap_or((&heard.path, ""));
        let page = upstream.pages().get(path).cloned();
        if let Some((page, after)) = page {
            tokio::time::sleep(after).await;
            if heard.method == "POST" {
                let post = (path.to_owned(), heard.headers.clone(), heard.body.clone());
                upstream.posted.lock().unwrap_or_else(PoisonError::into_inner).push(post);
            }
            answer(&mut stream, "200 OK", &page).await?;
            continue;
        }
        let said = json!({"ok": true, "said": query}).to_string();
        let mut parts = path.trim_start_matches('/').split('/');
        let (kind, amount) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        match kind {
            "slow" => {
                tokio::time::sleep(Duration::from_millis(amount.parse().unwrap_or(0))).await;
                answer(&mut stream, "200 OK", &said).await?;
            }
            "hang" => {
                tokio::time::sleep(SILENCE).await;
                return Ok(());
            }
            "cut" => {
                let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{\"ok\":";
                return stream.write_all(head.as_bytes()).await;
            }
            "garbage" => return stream.write_all(b"\x00\xffnot http\r\n\r\n").await,
            "status" => {
                let code: u16 = amount.parse().unwrap_or(500);
                answer(&mut stream, &format!("{code} Status"), &said).await?;
            }
            "echo" => {
                let body = String::from_utf8_lossy(&heard.body);
                let echo = json!({"method": heard.method, "path": heard.path, "headers": heard.headers, "body": body});
                answer(&mut stream, "200 OK", &echo.to_string()).await?;
            }
            "json" => answer(&mut stream, "200 OK", &said).await?,
            _ => answer(&mut stream, "404 Not Found", r#"{"ok": false}"#).await?,
        }
    }
    Ok(())
}

async fn answer(stream: &mut TcpStream, status: &str, body: &str) -> std::io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes()).await
}

/// The next request of a connection; what came after it stays in `left`.
async fn read(stream: &mut TcpStream, left: &mut Vec<u8>) -> std::io::Result<Option<Heard>> {
    loop {
        if let Some(head) = left.windows(4).position(|window| window == b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&left[..head]).into_owned();
            let mut lines = text.lines();
            let mut first = lines.next().unwrap_or_default().split(' ');
            let method = first.next().unwrap_or_default().to_owned();
            let path = first.next().unwrap_or_default().to_owned();
            let headers: Map<String, Value> = lines
                .filter_map(|line| line.split_once(':'))
                .map(|(name, value)| (name.trim().to_ascii_lowercase(), Value::from(value.trim())))
                .collect();
            let length: usize = headers
                .get("content-length")
                .and_then(Value::as_str)
                .and_then(|length| length.parse().ok())
                .unwrap_or(0);
            if left.len() >= head + 4 + length {
                let body = left[head + 4..head + 4 + length].to_vec();
                left.drain(..head + 4 + length);
                return Ok(Some(Heard { method, path, headers, body }));
            }
        }
        if left.len() > MAX_REQUEST || stream.read_buf(left).await? == 0 {
            return Ok(None);
        }
    }
}

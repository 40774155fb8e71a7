//! The small HTTP/1.1 listener of all stand-ins: one request per connection, bodies with a length.

use std::{io, sync::Arc, time::Duration};

use reqwest::Url;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// More is not read.
const MAX_REQUEST: usize = 4 * 1024 * 1024;
/// How long a caller is kept who gets no answer: longer than any caller waits.
const NEVER: Duration = Duration::from_secs(600);

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// `GET`, `POST`, ….
    pub method: String,
    /// The path, without its percent signs.
    pub path: String,
    /// What stands behind the question mark, decoded.
    pub query: Vec<(String, String)>,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Said {
    /// 200, 404, ….
    pub status: u16,
    /// Names and values, besides those of the connection.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How long it takes.
    pub after: Duration,
    /// Does the connection end in the middle of the body?
    pub cut: bool,
}

impl Heard {
    /// The value of a header, named in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The value of a parameter of the address.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The body, where it is JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The fields of a form.
    pub fn form(&self) -> Vec<(String, String)> {
        pairs(&String::from_utf8_lossy(&self.body))
    }
}

impl Said {
    /// JSON.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::text(status, "application/json; charset=UTF-8", &body.to_string())
    }

    /// A text of this type.
    pub fn text(status: u16, content_type: &str, body: &str) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body: body.as_bytes().to_vec(),
            after: Duration::ZERO,
            cut: false,
        }
    }

    /// With one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Silence.
    pub fn never() -> Self {
        Self { after: NEVER, ..Self::text(504, "text/plain", "") }
    }
}

/// Answers requests on a free port until the runtime ends; its address, without a slash at the end.
pub async fn listen(answer: impl Fn(Heard) -> Said + Send + Sync + 'static) -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let base = format!("http://{}", listener.local_addr()?);
    let answer = Arc::new(answer);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let answer = Arc::clone(&answer);
            // A caller that hangs up has nobody left to tell.
            tokio::spawn(async move { drop(serve(stream, answer.as_ref()).await) });
        }
    });
    Ok(base)
}

async fn serve(mut stream: TcpStream, answer: &(impl Fn(Heard) -> Said + Sync)) -> io::Result<()> {
    let Some(heard) = read(&mut stream).await? else { return Ok(()) };
    let said = answer(heard);
    tokio::time::sleep(said.after).await;
    let mut head = format!("HTTP/1.1 {} {}\r\n", said.status, reason(said.status));
    for (name, value) in &said.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("connection: close\r\ncontent-length: {}\r\n\r\n", said.body.len()));
    stream.write_all(head.as_bytes()).await?;
    let end = if said.cut { said.body.len() / 2 } else { said.body.len() };
    stream.write_all(&said.body[..end]).await?;
    stream.shutdown().await
}

async fn read(stream: &mut TcpStream) -> io::Result<Option<Heard>> {
    let mut request = Vec::new();
    loop {
        if stream.read_buf(&mut request).await? == 0 || request.len() > MAX_REQUEST {
            return Ok(None);
        }
        let Some(head) = request.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let text = String::from_utf8_lossy(&request[..head]).into_owned();
        let headers: Vec<(String, String)> = text
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let length = headers
            .iter()
            .find(|(name, _)| name == "content-length")
            .and_then(|(_, value)| value.parse().ok())
            .unwrap_or(0);
        let Some(body) = request.get(head + 4..head + 4 + length) else { continue };
        let mut words = text.lines().next().unwrap_or_default().split(' ');
        let method = words.next().unwrap_or_default().to_owned();
        let target = words.next().unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let path = unescape(path);
        return Ok(Some(Heard { method, path, query: pairs(query), headers, body: body.to_vec() }));
    }
}

/// Names and values of a query or a form.
fn pairs(text: &str) -> Vec<(String, String)> {
    Url::parse(&format!("http://here/?{text}"))
        .map(|url| url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
        .unwrap_or_default()
}

fn unescape(path: &str) -> String {
    // A plus sign is a space in queries only.
    let query = format!("path={}", path.replace('+', "%2B").replace('&', "%26").replace('#', "%23"));
    pairs(&query).into_iter().next().map(|(_, path)| path).unwrap_or_default()
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        301 => "Moved Permanently",
        302 => "Found",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        429 => "Too Many Requests",
        _ => "Status",
    }
}

//! The small HTTP/1.1 listener of all stand-ins: bodies with a length or in chunks, one request per connection unless a
//! [`Door`] keeps its callers.

use std::{future::Future, io, sync::Arc, time::Duration};

use reqwest::Url;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// More is not read, unless a door says otherwise.
const MAX_REQUEST: usize = 4 * 1024 * 1024;
/// A longer head is no request.
const MAX_HEAD: usize = 64 * 1024;
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
    /// Does the connection end before the first byte?
    pub lost: bool,
}

/// How a listener takes its callers.
#[derive(Debug, Clone, Copy)]
pub struct Door {
    /// Its port; 0 for a free one.
    pub port: u16,
    /// Bytes of a body; callers with more are hung up on.
    pub max_request: usize,
    /// May a caller send the next request over the same connection?
    pub keep: bool,
}

impl Default for Door {
    fn default() -> Self {
        Self { port: 0, max_request: MAX_REQUEST, keep: false }
    }
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
            lost: false,
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
    open(Door::default(), move |heard| std::future::ready(answer(heard))).await
}

/// The same behind a door of one's own, by answers that may wait for something.
pub async fn open<A>(door: Door, answer: impl Fn(Heard) -> A + Send + Sync + 'static) -> io::Result<String>
where
    A: Future<Output = Said> + Send,
{
    let listener = TcpListener::bind(("127.0.0.1", door.port)).await?;
    let base = format!("http://{}", listener.local_addr()?);
    let answer = Arc::new(answer);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let answer = Arc::clone(&answer);
            // A caller that hangs up has nobody left to tell.
            tokio::spawn(async move { drop(serve(stream, door, answer.as_ref()).await) });
        }
    });
    Ok(base)
}

async fn serve<A>(mut stream: TcpStream, door: Door, answer: &(impl Fn(Heard) -> A + Sync)) -> io::Result<()>
where
    A: Future<Output = Said> + Send,
{
    stream.set_nodelay(true)?;
    let mut unread = Vec::new();
    while let Some(heard) = read(&mut stream, &mut unread, door.max_request).await? {
        let asked = heard.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
        let said = answer(heard).await;
        tokio::time::sleep(said.after).await;
        if said.lost {
            return Ok(());
        }
        let last = asked || said.cut || !door.keep;
        let mut head = format!("HTTP/1.1 {} {}\r\n", said.status, reason(said.status));
        for (name, value) in &said.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let connection = if last { "close" } else { "keep-alive" };
        head.push_str(&format!("connection: {connection}\r\ncontent-length: {}\r\n\r\n", said.body.len()));
        let end = if said.cut { said.body.len() / 2 } else { said.body.len() };
        let mut whole = head.into_bytes();
        whole.extend_from_slice(&said.body[..end]);
        stream.write_all(&whole).await?;
        if last {
            break;
        }
    }
    stream.shutdown().await
}

/// The next request; what came behind it stays unread.
async fn read(stream: &mut TcpStream, unread: &mut Vec<u8>, max: usize) -> io::Result<Option<Heard>> {
    let head = loop {
        let found = unread.windows(4).position(|window| window == b"\r\n\r\n");
        match found {
            Some(at) => break at,
            None if unread.len() > MAX_HEAD => return Ok(None),
            None if stream.read_buf(unread).await? == 0 => return Ok(None),
            None => {}
        }
    };
    let text = String::from_utf8_lossy(&unread[..head]).into_owned();
    unread.drain(..head + 4);
    let headers: Vec<(String, String)> = text
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let header =
        |wanted: &str| headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let body = if header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked")) {
        let Some(body) = chunks(stream, unread, max).await? else { return Ok(None) };
        body
    } else {
        let length = header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
        if length > max || !fill(stream, unread, length).await? {
            return Ok(None);
        }
        unread.drain(..length).collect()
    };
    let mut words = text.lines().next().unwrap_or_default().split(' ');
    let method = words.next().unwrap_or_default().to_owned();
    let target = words.next().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = unescape(path);
    Ok(Some(Heard { method, path, query: pairs(query), headers, body }))
}

/// Reads on until so many bytes are unread; false where the caller is gone before.
async fn fill(stream: &mut TcpStream, unread: &mut Vec<u8>, length: usize) -> io::Result<bool> {
    while unread.len() < length {
        if stream.read_buf(unread).await? == 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A body that comes in chunks.
async fn chunks(stream: &mut TcpStream, unread: &mut Vec<u8>, max: usize) -> io::Result<Option<Vec<u8>>> {
    let mut body = Vec::new();
    loop {
        let end = loop {
            match unread.windows(2).position(|window| window == b"\r\n") {
                Some(at) => break at,
                None if unread.len() > MAX_HEAD || !fill(stream, unread, unread.len() + 1).await? => {
                    return Ok(None);
                }
                None => {}
            }
        };
        let size = String::from_utf8_lossy(&unread[..end]);
        let size = size.split(';').next().unwrap_or_default().trim();
        let Ok(size) = usize::from_str_radix(size, 16) else { return Ok(None) };
        if body.len() + size > max || !fill(stream, unread, end + 2 + size + 2).await? {
            return Ok(None);
        }
        body.extend_from_slice(&unread[end + 2..end + 2 + size]);
        unread.drain(..end + 2 + size + 2);
        if size == 0 {
            return Ok(Some(body));
        }
    }
}

/// Names and values of a query or a form.
fn pairs(text: &str) -> Vec<(String, String)> {
    Url::parse(&format!("http://here/?{text}"))
        .map(|url| url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
        .unwrap_or_default()
}

/// A text without its percent signs.
pub(crate) fn unescape(path: &str) -> String {
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
        413 => "Payload Too Large",
        429 => "Too Many Requests",
        _ => "Status",
    }
}

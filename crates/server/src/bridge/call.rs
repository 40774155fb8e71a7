//! One call to an old server (spec legacy-smartchat.md 2): what the old platform sent, and what it took for an answer.
//!
//! Exactly 200 is an answer. Redirects are followed for `GET` only, within the same host. What an answer's Content-Type
//! says is not looked at. Nothing is sent again: the servers are state machines, and a second call would be a second step.

use bytes::Bytes;
use channels::smartchat::{
    address,
    incoming::{self, Kind},
    legacy::{self, Keyboard, Reply, Unread},
};
use tokio::time::Instant;
use url::Url;

use crate::guard::{Guard, GuardError, Request, Response};

/// Redirects of one `GET`.
const MAX_HOPS: u32 = 3;
/// Characters of an answer that stand in an error.
const EXCERPT: usize = 600;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Failure {
    /// It could not be called, or the time was up.
    #[error("{0}")]
    Call(GuardError),
    /// The status is not 200.
    #[error("response is not OK({status})")]
    Status {
        /// It.
        status: u16,
        /// What came with it.
        body: String,
    },
    /// It leads elsewhere, where that is not followed.
    #[error("response is not OK({status}): it leads to {to}")]
    Redirect {
        /// 301, 302, ….
        status: u16,
        /// Where it leads.
        to: String,
    },
    /// It cannot be read.
    #[error("{why}")]
    Unread {
        /// Why.
        why: Unread,
        /// What came.
        body: String,
    },
    /// It was not called: it failed again and again.
    #[error("the server failed ten times in a row and is left alone for a moment")]
    Paused,
}

impl Failure {
    /// A stable name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Call(GuardError::TimedOut { .. }) => "timeout",
            Self::Call(GuardError::Private { .. }) => "private-address",
            Self::Call(_) => "connection",
            Self::Status { .. } => "status",
            Self::Redirect { .. } => "redirect",
            Self::Unread { .. } => "answer",
            Self::Paused => "paused",
        }
    }

    /// What happened, in Korean.
    pub fn ko(&self) -> String {
        match self {
            Self::Call(error @ GuardError::Private { .. }) => {
                format!(
                    "{} 회사 안의 서버라면 서버를 운영하는 분이 closer bridge allow 명령으로 열 수 있어요.",
                    first_sentence(&error.ko())
                )
            }
            Self::Call(error) => error.ko(),
            Self::Status { status, .. } => {
                format!("응답 상태가 200이 아니라 {status}이에요. 예전 플랫폼도 200만 받았어요.")
            }
            Self::Redirect { status, to } => format!(
                "{status}로 다른 주소({to})를 알려 왔어요. POST는 따라가지 않고, GET도 같은 호스트로만 따라가요. 그 주소를 바로 적어 주세요."
            ),
            Self::Unread { why, .. } => why.ko(),
            Self::Paused => "서버가 연달아 10번 실패해서 잠시 쉬고 있어요. 곧 다시 시도해요.".to_owned(),
        }
    }

    /// What happened, in English.
    pub fn en(&self) -> String {
        match self {
            Self::Call(error @ GuardError::Private { .. }) => format!(
                "{error}. If it is a server inside the company, whoever runs this server can open it: closer bridge allow."
            ),
            Self::Status { status, .. } => {
                format!("The status is {status}, not 200. The old platform took 200 only.")
            }
            Self::Redirect { status, to } => format!(
                "It answered {status} and named another address ({to}). A POST is not redirected, a GET only within the same host. Enter that address itself."
            ),
            other => other.to_string(),
        }
    }

    /// The server's own answer, as far as there was one.
    pub fn answer(&self) -> Option<&str> {
        match self {
            Self::Status { body, .. } | Self::Unread { body, .. } => Some(body.as_str()),
            _ => None,
        }
        .filter(|body| !body.is_empty())
    }
}

/// `GET /keyboard`.
pub async fn keyboard(guard: &Guard, base: &str, until: Instant) -> Result<Keyboard, Failure> {
    let response = get(guard, &address::keyboard(base), until).await?;
    legacy::home(&response.body).map_err(|why| unread(why, &response.body))
}

/// `POST /message`.
pub async fn message(
    guard: &Guard,
    base: &str,
    (user_key, kind, content): (&str, Kind, &str),
    until: Instant,
) -> Result<Reply, Failure> {
    let body = incoming::body(user_key, kind, content);
    let response = post(guard, &address::message(base), body, until).await?;
    legacy::reply(&response.body).map_err(|why| unread(why, &response.body))
}

/// `POST /friend`; what comes back does not matter to anybody but whoever looks at the server.
pub async fn friend(guard: &Guard, base: &str, user_key: &str, until: Instant) -> Result<Response, Failure> {
    let (url, body) = (address::friend(base), incoming::friend_body(user_key));
    send(guard, post_of(&url, body), until).await
}

/// `DELETE` at this address; the same.
pub async fn delete(guard: &Guard, url: &str, until: Instant) -> Result<Response, Failure> {
    send(guard, Request::new("DELETE", url), until).await
}

/// `GET`, with redirects within the same host.
pub async fn get(guard: &Guard, url: &str, until: Instant) -> Result<Response, Failure> {
    let mut url = url.to_owned();
    for _ in 0..=MAX_HOPS {
        let response = send(guard, Request::new("GET", &url), until).await?;
        match redirect(&url, &response) {
            None => return ok(response),
            Some((to, true)) => url = to,
            Some((to, false)) => return Err(Failure::Redirect { status: response.status, to }),
        }
    }
    Err(Failure::Call(GuardError::TooManyRedirects { max: MAX_HOPS }))
}

async fn post(guard: &Guard, url: &str, body: String, until: Instant) -> Result<Response, Failure> {
    let response = send(guard, post_of(url, body), until).await?;
    if let Some((to, _)) = redirect(url, &response) {
        return Err(Failure::Redirect { status: response.status, to });
    }
    ok(response)
}

fn post_of(url: &str, body: String) -> Request {
    Request::new("POST", url).header("content-type", "application/json; charset=utf-8").body(body)
}

async fn send(guard: &Guard, request: Request, until: Instant) -> Result<Response, Failure> {
    let request = request.max_redirects(0).max_bytes(legacy::MAX_BYTES);
    guard.send(request, until).await.map_err(Failure::Call)
}

fn ok(response: Response) -> Result<Response, Failure> {
    if response.status == 200 {
        Ok(response)
    } else {
        Err(Failure::Status { status: response.status, body: excerpt(&response.body) })
    }
}

/// Where a response leads, and whether that is followed: the same host, and not out of https.
fn redirect(from: &str, response: &Response) -> Option<(String, bool)> {
    if !matches!(response.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = response.header("location")?;
    let from = Url::parse(from).ok()?;
    let to = from.join(location.trim()).ok()?;
    let usual = |url: &Url| url.port().is_none();
    let same_port = from.port() == to.port() || (usual(&from) && usual(&to));
    let follows =
        from.host() == to.host() && same_port && !(from.scheme() == "https" && to.scheme() == "http");
    Some((to.to_string(), follows))
}

fn unread(why: Unread, body: &Bytes) -> Failure {
    Failure::Unread { why, body: excerpt(body) }
}

/// The beginning of an answer.
pub fn excerpt(body: &[u8]) -> String {
    // Four bytes a character at most.
    let head = &body[..body.len().min(EXCERPT * 4)];
    String::from_utf8_lossy(head).chars().filter(|letter| *letter != '\0').take(EXCERPT).collect()
}

fn first_sentence(text: &str) -> &str {
    text.split_once(". ").map_or(text, |(first, _)| first)
}

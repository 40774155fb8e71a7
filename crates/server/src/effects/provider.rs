//! What all questions to outside services share: for whom and until when one is asked, what is remembered between
//! questions, how an answer is read, and how a failure is told.
//!
//! A service is reached through the guard alone. What a service says about a failure is shown to the bot's author,
//! without the keys that it may repeat.

pub mod chat;
pub mod door;
pub mod google;

use engine::ask::Reply;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use store::WorkspaceId;
use tokio::time::Instant;

use super::{mail, nlp::watson};
use crate::{
    clock::{Clock, Die},
    guard::{Guard, GuardError, Request, Response},
};

/// Letters of a service's own words about a failure.
const MAX_SAID: usize = 300;
/// Where services put their words about a failure.
const SAID_AT: [&str; 6] = ["/error/message", "/error_description", "/message", "/msg", "/detail", "/error"];
/// A key that is shorter is no secret, and hiding it would tear words apart.
const MIN_SECRET: usize = 6;

/// For whom a service is asked, and until when.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The client.
    pub guard: &'a Guard,
    /// What is remembered between questions.
    pub memory: &'a Memory,
    /// The clock.
    pub clock: Clock,
    /// The die.
    pub die: &'a Die,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// What services that remember a conversation know it by; the same text for the same conversation.
    pub session: &'a str,
    /// When the answer has to be there.
    pub until: Instant,
}

/// What is remembered between questions. All of it can be lost.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) mails: mail::Pace,
    pub(super) tokens: google::Tokens,
    pub(super) sessions: watson::Sessions,
}

/// Why a service did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The connection's settings cannot be read.
    #[error("The settings of the connection to {who} cannot be used: {why}")]
    Settings {
        /// The service.
        who: &'static str,
        /// What is wrong.
        why: String,
    },
    /// It was not reached.
    #[error(transparent)]
    Guard(#[from] GuardError),
    /// It does not accept the key or account.
    #[error("{who} does not accept the key or account of this connection ({status}): {said}")]
    SignIn {
        /// The service.
        who: &'static str,
        /// 401 or 403.
        status: u16,
        /// Its own words.
        said: String,
    },
    /// It was asked too often.
    #[error("{who} is asked too often{}", wait_en(*wait_s))]
    TooMany {
        /// The service.
        who: &'static str,
        /// When it may be asked again, in seconds.
        wait_s: Option<u64>,
    },
    /// It answered with an error.
    #[error("{who} answered {status}: {said}")]
    Status {
        /// The service.
        who: &'static str,
        /// The status.
        status: u16,
        /// Its own words.
        said: String,
    },
    /// Its answer is not what it should be.
    #[error("The answer of {who} cannot be read")]
    Unreadable {
        /// The service.
        who: &'static str,
    },
}

/// A failure that people are told of. Its `Display` is in English.
pub trait Told: std::fmt::Display {
    /// A stable name, for the edges of a flow.
    fn name(&self) -> &'static str;
    /// The same in Korean.
    fn ko(&self) -> String;
}

/// A failure as the flow learns of it. `secrets` never stand in it.
pub fn failed(error: &impl Told, secrets: &[&str], results: Map<String, Value>) -> Reply {
    let message = hide(&format!("{error}. {}", error.ko()), secrets);
    Reply::Failed { name: error.name().to_owned(), message, results }
}

/// Takes secrets out of a text.
pub fn hide(text: &str, secrets: &[&str]) -> String {
    let known = secrets.iter().filter(|secret| secret.len() >= MIN_SECRET);
    known.fold(text.to_owned(), |text, secret| text.replace(secret, "***"))
}

/// Reads a connection's settings.
pub(crate) fn settings<T: DeserializeOwned>(who: &'static str, settings: &Value) -> Result<T, Trouble> {
    T::deserialize(settings).map_err(|error| Trouble::Settings { who, why: error.to_string() })
}

/// An address of a service: base and path with one slash between them.
pub(crate) fn join(base: &str, path: &str) -> String {
    format!("{}/{}", base.trim().trim_end_matches('/'), path.trim_start_matches('/'))
}

/// One part of a path, as it stands in an address.
pub(crate) fn part(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// The first letters of a text, as many as a service takes.
pub(crate) fn shortened(text: &str, max_chars: usize) -> &str {
    text.char_indices().nth(max_chars).map_or(text, |(end, _)| &text[..end])
}

impl Call<'_> {
    /// Sends a request to a service and reads the JSON of its answer. A redirect is none: the key would go with it.
    pub(super) async fn json(&self, who: &'static str, request: Request) -> Result<Value, Trouble> {
        let response = self.guard.send(request.max_redirects(0), self.until).await?;
        if !response.is_success() {
            return Err(Trouble::of(who, &response));
        }
        serde_json::from_slice(&response.body).map_err(|_| Trouble::Unreadable { who })
    }
}

impl Trouble {
    /// What an answer that is no success means.
    pub fn of(who: &'static str, response: &Response) -> Self {
        let status = response.status;
        let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
        let said = SAID_AT.iter().find_map(|at| body.pointer(at).and_then(Value::as_str));
        let said = shortened(said.unwrap_or_default().trim(), MAX_SAID).to_owned();
        match status {
            401 | 403 => Self::SignIn { who, status, said },
            429 => Self::TooMany { who, wait_s: wait_s(response) },
            _ => Self::Status { who, status, said },
        }
    }

    /// The status of the answer, where there was one.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::SignIn { status, .. } | Self::Status { status, .. } => Some(*status),
            Self::TooMany { .. } => Some(429),
            _ => None,
        }
    }
}

/// `Retry-After` in seconds. Dates are not read: services that are asked here send numbers.
pub(crate) fn wait_s(response: &Response) -> Option<u64> {
    response
        .header("retry-after")
        .and_then(|value| value.trim().parse::<f64>().ok())
        .map(|wait| wait.ceil() as u64)
}

fn wait_en(wait_s: Option<u64>) -> String {
    wait_s.map_or_else(String::new, |wait| format!("; it may be asked again in {wait} s"))
}

impl Told for Trouble {
    fn name(&self) -> &'static str {
        match self {
            Self::Settings { .. } => "BadConnection",
            Self::Guard(error) => error.name(),
            Self::SignIn { .. } => "SignInFailed",
            Self::TooMany { .. } => "TooManyRequests",
            Self::Status { .. } => "StatusCodeError",
            Self::Unreadable { .. } => "BadResponse",
        }
    }

    fn ko(&self) -> String {
        match self {
            Self::Settings { who, why } => {
                format!("{who} 연결 설정을 쓸 수 없어요. closer connect로 다시 연결해 주세요: {why}")
            }
            Self::Guard(error) => error.ko(),
            Self::SignIn { who, status, .. } => format!(
                "{who}에서 이 연결의 키나 계정을 받아 주지 않았어요({status}). 키와 권한을 확인해 주세요."
            ),
            Self::TooMany { who, wait_s: Some(wait) } => {
                format!("{who}에 너무 자주 요청했어요. {wait}초 뒤에 다시 할 수 있어요.")
            }
            Self::TooMany { who, wait_s: None } => {
                format!("{who}에 너무 자주 요청했어요. 요금제의 한도를 확인해 주세요.")
            }
            Self::Status { who, status, .. } => format!("{who}에서 {status} 상태로 답했어요."),
            Self::Unreadable { who } => format!("{who}의 응답을 읽을 수 없어요. 연결 주소를 확인해 주세요."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_taken_out_of_texts() {
        assert_eq!(hide("key sk-123456 is wrong", &["sk-123456", ""]), "key *** is wrong");
        assert_eq!(hide("a b", &["a"]), "a b");
    }

    #[test]
    fn parts_of_a_path_stay_one_part() {
        assert_eq!(part("'시트 1'!A1/../x?"), "%27%EC%8B%9C%ED%8A%B8%201%27%21A1%2F..%2Fx%3F");
        assert_eq!(join("http://a/v1/ ", "/x"), "http://a/v1/x");
        assert_eq!(shortened("가나다", 2), "가나");
    }
}

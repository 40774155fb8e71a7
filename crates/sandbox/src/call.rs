//! What goes into a call of a script and what comes out of it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;

/// One script to run once.
#[derive(Debug, Clone)]
pub struct Call<'a> {
    /// Whose script it is: calls of one owner never take all workers.
    pub owner: &'a str,
    /// The source of a CommonJS module whose export is the handler.
    pub script: &'a str,
    /// The handler's first argument.
    pub context: Value,
    /// How long the caller waits, queueing included. The script itself gets [`crate::MAX_TIME`] at most.
    pub within: Duration,
}

/// How a call ended, and what the script wrote on its console until then.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The handler's result, `{params?, custom?, data?, message?}`; nothing at all is `{}`.
    pub value: Result<Value, Failure>,
    /// What `console.log` and its kin were given; bounded.
    pub logs: Vec<Log>,
}

impl Outcome {
    pub(crate) fn failed(failure: Failure) -> Self {
        Self { value: Err(failure), logs: Vec::new() }
    }
}

/// One line on a script's console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    /// `debug`, `info`, `log`, `warn` or `error`.
    pub level: String,
    /// The arguments as Node would show them.
    pub text: String,
}

/// Why a call gave no result. What the script threw, or one of ours:
///
/// | `name` | when |
/// | --- | --- |
/// | `SyntaxError` | the script does not parse; line and column in the message |
/// | `HandlerError` | `module.exports` is no function |
/// | `TimeoutError` | its time was over |
/// | `MemoryError` | it needed more memory than a script gets |
/// | `UnfinishedError` | it waits for nothing any more and has not called back |
/// | `CodeTooLargeError`, `ContextTooLargeError`, `ResultTooLargeError` | sizes |
/// | `LibraryError` | `require` of what is not offered |
/// | `BusyError` | no worker was free in time |
/// | `WorkerError` | the worker process ended on its own or could not be started |
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{name}: {message}")]
pub struct Failure {
    /// The error's `name`.
    pub name: String,
    /// The error's `message`; ours are Korean, then English.
    pub message: String,
    /// The error's `stack`, with the script's lines; empty where no line is to blame.
    pub stack: String,
}

impl Failure {
    pub(crate) fn ours(name: &str, message: impl Into<String>) -> Self {
        Self { name: name.to_owned(), message: message.into(), stack: String::new() }
    }

    pub(crate) fn timeout(after: Duration) -> Self {
        let ms = after.as_millis();
        Self::ours(
            "TimeoutError",
            format!("스크립트가 {ms}ms 안에 끝나지 않았어요. The script did not finish within {ms} ms."),
        )
    }

    pub(crate) fn memory(bytes: usize) -> Self {
        let mib = bytes >> 20;
        Self::ours(
            "MemoryError",
            format!(
                "스크립트가 메모리를 {mib}MiB 넘게 썼어요. The script needed more than {mib} MiB of memory."
            ),
        )
    }

    pub(crate) fn code_too_large(bytes: usize) -> Self {
        let max = crate::MAX_CODE;
        Self::ours(
            "CodeTooLargeError",
            format!(
                "스크립트가 {bytes}바이트예요. {max}바이트까지 쓸 수 있어요. The script has {bytes} bytes; {max} are allowed."
            ),
        )
    }

    pub(crate) fn context_too_large(max: usize) -> Self {
        Self::ours(
            "ContextTooLargeError",
            format!(
                "스크립트에 넘길 대화 정보가 {max}바이트보다 커요. The context for the script is larger than {max} bytes."
            ),
        )
    }

    pub(crate) fn result_too_large(bytes: usize) -> Self {
        let max = crate::MAX_RESULT;
        Self::ours(
            "ResultTooLargeError",
            format!(
                "스크립트의 결과가 {bytes}바이트예요. {max}바이트까지 돌려줄 수 있어요. The script's result has {bytes} bytes; {max} are allowed."
            ),
        )
    }

    pub(crate) fn result_unreadable(why: &str) -> Self {
        Self::ours(
            "ResultError",
            format!(
                "스크립트의 결과를 JSON으로 읽을 수 없어요. The script's result cannot be read as JSON: {why}"
            ),
        )
    }

    pub(crate) fn busy() -> Self {
        Self::ours(
            "BusyError",
            "지금 실행 중인 스크립트가 너무 많아요. 잠시 후 다시 시도해 주세요. Too many scripts are running; try again shortly.",
        )
    }

    pub(crate) fn worker(why: &str) -> Self {
        Self::ours(
            "WorkerError",
            format!(
                "스크립트를 실행하던 프로세스가 멈췄어요. The process that ran the script has failed: {why}"
            ),
        )
    }
}

/// What a script asks of the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// In capitals.
    pub method: String,
    /// Absolute; not checked here.
    pub url: String,
    /// Names as the script wrote them, without doubles.
    pub headers: Vec<(String, String)>,
    /// [`crate::MAX_BODY`] bytes at most.
    pub body: Option<Vec<u8>>,
    /// The script's own patience, if it stated one.
    pub timeout_ms: Option<u64>,
    /// How many redirects the script wants to be followed, if it said so; 0 is none.
    pub max_redirects: Option<u32>,
}

/// What the world said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpResponse {
    /// 100–599.
    pub status: u16,
    /// `Not Found` and the like; may be empty.
    pub reason: String,
    /// In the order received; names may repeat.
    pub headers: Vec<(String, String)>,
    /// [`crate::MAX_BODY`] bytes at most; more is an error for the script.
    pub body: Vec<u8>,
    /// Where the last redirect led.
    pub url: String,
}

/// Why there is no response. Scripts get it as an `Error` with a `code`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HttpFailure {
    /// The error's `name`, usually `Error`.
    pub name: String,
    /// As Node names it: `ECONNREFUSED`, `ETIMEDOUT`, `ENOTFOUND`, …
    pub code: Option<String>,
    /// A sentence for the bot's author.
    pub message: String,
}

impl HttpFailure {
    /// A failure with a code.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { name: "Error".to_owned(), code: Some(code.to_owned()), message: message.into() }
    }
}

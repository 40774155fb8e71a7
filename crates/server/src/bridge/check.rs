//! "Check my server": the calls that Kakao's own API TEST made, in its order (spec legacy-smartchat.md 3.6), and then a
//! message. As then, only the home keyboard has to work; the message is asked for where the caller wants it, because it
//! is a step in somebody's conversation.

use std::time::Duration;

use channels::smartchat::{
    address,
    incoming::Kind,
    legacy::{self, Keyboard, Reply},
};
use serde::Serialize;
use tokio::time::Instant;
use utoipa::ToSchema;

use super::{
    Settings,
    call::{self, Failure},
};
use crate::{
    Hub,
    guard::{Guard, Response},
};

/// The key that Kakao's test used.
const TEST_KEY: &str = "test";
/// What is said where nothing else is to be said.
pub const HELLO: &str = "안녕하세요";
/// How long one call may take: what the old platform gave.
const WITHIN: Duration = Duration::from_secs(5);

/// One call of the check.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BridgeCall)]
pub struct Checked {
    /// `DELETE /friend/test`, …
    pub call: String,
    /// Whether it has to work.
    pub needed: bool,
    /// Whether it did.
    pub ok: bool,
    /// The status; null where there was no answer.
    #[schema(required)]
    pub status: Option<u16>,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// What happened and what to do, in Korean; empty where all is well.
    pub ko: String,
    /// The same in English.
    pub en: String,
    /// The beginning of the server's own answer.
    pub answer: String,
    /// The buttons that it shows.
    pub buttons: Vec<String>,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BridgeReport)]
pub struct Report {
    /// The base address as it is used.
    pub url: String,
    /// Can it be bridged?
    pub ok: bool,
    /// The calls, in order.
    pub calls: Vec<Checked>,
    /// What is odd about the address, as stable names: `ends-in-keyboard`, `ends-in-message`, `plain-http`.
    pub warnings: Vec<&'static str>,
}

/// Calls the server.
pub async fn run(hub: &Hub, settings: &Settings, say: Option<&str>) -> Report {
    let base = address::base(&settings.url).ok();
    let mut warnings = Vec::new();
    match base.as_ref().and_then(|base| base.surplus) {
        Some("/keyboard") => warnings.push("ends-in-keyboard"),
        Some(_) => warnings.push("ends-in-message"),
        None => {}
    }
    if base.as_ref().is_some_and(|base| base.plain_http) {
        warnings.push("plain-http");
    }
    let (url, guard) = (&settings.url, hub.bridges.guard(settings.is_inside(), &hub.guard));
    let mut calls = vec![
        told("DELETE /friend/test", hub, |until| async move {
            call::delete(guard, &address::friend_gone(url, TEST_KEY), until).await
        })
        .await,
        told("POST /friend", hub, |until| call::friend(guard, url, TEST_KEY, until)).await,
        told("DELETE /chat_room/test", hub, |until| async move {
            call::delete(guard, &address::room_left(url, TEST_KEY), until).await
        })
        .await,
    ];
    calls.push(home(hub, guard, url).await);
    if let Some(say) = say {
        calls.push(message(hub, guard, (url, say)).await);
    }
    Report { url: url.clone(), ok: calls.iter().all(|call| call.ok || !call.needed), calls, warnings }
}

/// A call whose answer did not matter to the old platform.
async fn told<F>(name: &str, hub: &Hub, ask: impl FnOnce(Instant) -> F) -> Checked
where
    F: Future<Output = Result<Response, Failure>>,
{
    let begun = hub.clock.instant();
    let done = ask(Instant::now() + WITHIN).await;
    let took_ms = (hub.clock.instant() - begun).as_millis() as u64;
    match done {
        Ok(response) => {
            let ok = response.is_success();
            let (ko, en) = if ok {
                (String::new(), String::new())
            } else {
                (
                    "이 알림을 다루지 않는 서버예요. 그대로 두어도 대화에는 문제가 없어요.".to_owned(),
                    "The server does not handle this notice. Conversations work all the same.".to_owned(),
                )
            };
            Checked {
                call: name.to_owned(),
                needed: false,
                ok,
                status: Some(response.status),
                took_ms,
                ko,
                en,
                answer: call::excerpt(&response.body),
                buttons: Vec::new(),
            }
        }
        Err(failure) => failed(name, false, took_ms, &failure),
    }
}

async fn home(hub: &Hub, guard: &Guard, base: &str) -> Checked {
    let (name, begun) = ("GET /keyboard", hub.clock.instant());
    let url = address::keyboard(base);
    let got = call::get(guard, &url, Instant::now() + WITHIN).await;
    let took_ms = (hub.clock.instant() - begun).as_millis() as u64;
    let response = match got {
        Ok(response) => response,
        Err(failure) => return failed(name, true, took_ms, &failure),
    };
    let answer = call::excerpt(&response.body);
    match legacy::home(&response.body) {
        Ok(Keyboard { buttons }) => Checked { buttons, ..well(name, took_ms, answer) },
        Err(why) => failed(name, true, took_ms, &Failure::Unread { why, body: answer }),
    }
}

async fn message(hub: &Hub, guard: &Guard, (base, say): (&str, &str)) -> Checked {
    let (name, begun) = ("POST /message", hub.clock.instant());
    let asked = call::message(guard, base, (TEST_KEY, Kind::Text, say), Instant::now() + WITHIN).await;
    let took_ms = (hub.clock.instant() - begun).as_millis() as u64;
    match asked {
        Ok(reply) => {
            let buttons = reply.keyboard.clone().unwrap_or_default().buttons;
            Checked { buttons, ..well(name, took_ms, in_words(&reply)) }
        }
        // A server that only knows its own buttons may well refuse a word of ours.
        Err(failure) => failed(name, false, took_ms, &failure),
    }
}

fn in_words(reply: &Reply) -> String {
    let parts = [
        reply.text.clone(),
        reply.photo.as_ref().map(|photo| photo.url.clone()),
        reply.link.as_ref().map(|link| format!("[{}] {}", link.label, link.url)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn well(name: &str, took_ms: u64, answer: String) -> Checked {
    Checked {
        call: name.to_owned(),
        needed: name == "GET /keyboard",
        ok: true,
        status: Some(200),
        took_ms,
        ko: String::new(),
        en: String::new(),
        answer,
        buttons: Vec::new(),
    }
}

fn failed(name: &str, needed: bool, took_ms: u64, failure: &Failure) -> Checked {
    let status = match failure {
        Failure::Status { status, .. } | Failure::Redirect { status, .. } => Some(*status),
        Failure::Unread { .. } => Some(200),
        Failure::Call(_) | Failure::Paused => None,
    };
    Checked {
        call: name.to_owned(),
        needed,
        ok: false,
        status,
        took_ms,
        ko: failure.ko(),
        en: failure.en(),
        answer: failure.answer().unwrap_or_default().to_owned(),
        buttons: Vec::new(),
    }
}

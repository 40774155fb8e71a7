//! Pushes: a bot speaks first, through Kakao's Event API (kakao-skill.md 7).
//!
//! Kakao takes 1 to 100 users a call; more are sent as several. That a call is taken does not mean that anybody was
//! reached: the results are asked for later, until they are complete or a day is over. Each message costs money, so a
//! call is written before it is made and never made twice.
//!
//! Kakao does not say what the result of a call that still runs looks like. It is taken for complete once as many users
//! are accounted for as were named.

pub mod explain;
mod outcome;
mod results;

use std::time::Duration;

use engine::ask::{MAX_PUSH_TARGETS, Push, PushTarget, Reply};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use store::{BotId, NewPush, PushId, PushState, PushStep, StoreError, TargetState, WorkspaceId};
use tokio::time::{Instant, timeout_at};

pub use self::results::{fetch, watch};
use crate::{
    Hub,
    effects::provider::{Told, Trouble, failed, hide, join, part, settings, shortened},
    guard::{GuardError, Request},
    vault::{Kind, VaultError},
};

/// Kakao's host.
const BASE: &str = "https://bot-api.kakao.com";
/// When results are asked for first.
const FIRST_CHECK: Duration = Duration::from_secs(10);
/// Users of one push, over all of its calls.
const MAX_USERS: usize = 100_000;
/// How long the calls of a push that nobody waits for may take, each.
pub const CALL_WITHIN: Duration = Duration::from_secs(10);
const WHO: &str = "Kakao Event API";

/// One call of a push.
#[derive(Debug)]
pub struct Call {
    /// Its id here.
    pub id: PushId,
    /// How many users it named.
    pub users: usize,
    /// What Kakao said.
    pub taken: Result<Taken, PushError>,
}

/// Kakao has taken a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Kakao's name of it.
    pub task_id: String,
    /// What Kakao said besides; mostly nothing.
    pub message: String,
}

/// Why a push was not sent.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    /// Kakao, or the way to it.
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// No connection.
    #[error(
        "There is no connection of kind kakao_event; connect the REST key of the app that is linked to the channel"
    )]
    NotConnected,
    /// The vault does not open.
    #[error("The connection cannot be read: {0}")]
    Vault(#[from] VaultError),
    /// The database.
    #[error("The push could not be written down, so it was not sent: {0}")]
    Store(#[from] StoreError),
    /// The database took longer than there is time.
    #[error("The push was not written down in time, so it was not sent")]
    Late,
    /// Nobody, or too many.
    #[error("A push goes to 1 to {MAX_USERS} users, not to {0}")]
    Users(usize),
    /// The event has no name.
    #[error("The event's name is missing: it is the one that is set on the block")]
    NoEvent,
    /// Kakao took nothing.
    #[error("Kakao did not take the push: {message}")]
    Refused {
        /// Kakao's words.
        message: String,
    },
}

/// A connection `kakao_event`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Desk {
    rest_api_key: String,
    bot_id: String,
    #[serde(default)]
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    #[serde(default)]
    task_id: String,
    status: String,
    #[serde(default)]
    message: Option<String>,
}

/// Sends a push of a bot, in as many calls as it takes. An error means that no call was made; what became of each call
/// stands in the list. After a call that shows that no other can succeed, the rest is not tried and not listed.
pub async fn send(
    hub: &Hub,
    (workspace, bot): (WorkspaceId, BotId),
    push: &Push,
    until: Option<Instant>,
) -> Result<Vec<Call>, PushError> {
    if push.event.trim().is_empty() {
        return Err(PushError::NoEvent);
    }
    if push.to.is_empty() || push.to.len() > MAX_USERS {
        return Err(PushError::Users(push.to.len()));
    }
    let desk = desk(hub, (workspace, bot), until).await?;
    let mut calls = Vec::new();
    for users in push.to.chunks(MAX_PUSH_TARGETS) {
        let id = PushId::new(hub.clock.now_ms(), hub.die.roll_wide());
        let within = until.unwrap_or_else(|| Instant::now() + CALL_WITHIN);
        let writing = timeout_at(within, write(hub, id, (workspace, bot), (push, users)));
        let written = writing.await.map_err(|_| PushError::Late).and_then(|written| Ok(written?));
        let taken = match written {
            Ok(()) => {
                let taken = talk(hub, &desk, (push, users), within).await;
                note(hub, id, &taken, &desk).await;
                taken
            }
            // Without a trace nothing is sent.
            Err(error) if calls.is_empty() => return Err(error),
            Err(error) => Err(error),
        };
        let hopeless = taken.as_ref().is_err_and(PushError::is_hopeless);
        calls.push(Call { id, users: users.len(), taken });
        if hopeless {
            break;
        }
    }
    Ok(calls)
}

/// Answers the node `push`. Results: `taskId`, `status` (`SUCCESS` means taken) and `message`.
pub async fn answer(hub: &Hub, of: (WorkspaceId, BotId), push: &Push, until: Instant) -> Reply {
    let sent = send(hub, of, push, Some(until)).await;
    let calls = match sent {
        Ok(calls) => calls,
        Err(error) => return failed(&error, &[], Map::new()),
    };
    // A node names as many users as one call takes; should it name more, the first failure speaks for all.
    let mut results = Map::new();
    for call in calls {
        match call.taken {
            Ok(taken) => {
                results.insert("taskId".to_owned(), taken.task_id.into());
                results.insert("status".to_owned(), "SUCCESS".into());
                results.insert("message".to_owned(), taken.message.into());
            }
            Err(error) => return failed(&error, &[], results),
        }
    }
    Reply::Done(results)
}

/// The connection of a bot: the one that is called `bot-<id>`, or the workspace's only or default one.
async fn desk(
    hub: &Hub,
    (workspace, bot): (WorkspaceId, BotId),
    until: Option<Instant>,
) -> Result<Desk, PushError> {
    let own = format!("bot-{bot}");
    let until = until.unwrap_or_else(|| Instant::now() + CALL_WITHIN);
    let find = async {
        let found = hub.vault.connection(workspace, Kind::KakaoEvent, Some(&own)).await?;
        match found {
            Some(found) => Ok(Some(found)),
            None => hub.vault.connection(workspace, Kind::KakaoEvent, None).await,
        }
    };
    let timed_out = || Trouble::from(GuardError::TimedOut { host: WHO.to_owned() });
    let found = timeout_at(until, find).await.map_err(|_| timed_out())??;
    Ok(settings(WHO, &found.ok_or(PushError::NotConnected)?)?)
}

async fn write(
    hub: &Hub,
    id: PushId,
    (workspace, bot): (WorkspaceId, BotId),
    (push, users): (&Push, &[PushTarget]),
) -> Result<(), StoreError> {
    let targets = users.iter().map(|user| (user.kind.as_str(), user.id.clone())).collect();
    let event = push.event.trim().to_owned();
    hub.store.add_push(NewPush { id, workspace, bot, event, targets, now_ms: hub.clock.now_ms() }).await
}

async fn talk(
    hub: &Hub,
    desk: &Desk,
    (push, users): (&Push, &[PushTarget]),
    until: Instant,
) -> Result<Taken, PushError> {
    let users: Vec<Value> =
        users.iter().map(|user| json!({"type": user.kind.as_str(), "id": user.id})).collect();
    let mut body = json!({"event": {"name": push.event.trim()}, "user": users});
    if !push.data.is_empty() {
        body["event"]["data"] = Value::Object(push.data.clone());
    }
    if !push.params.is_empty() {
        body["params"] = Value::Object(push.params.clone());
    }
    // The exclamation mark of a development channel's bot stands as it is in Kakao's examples.
    let bot = part(desk.bot_id.trim()).replace("%21", "!");
    let request = Request::new("POST", &desk.at(&format!("v2/bots/{bot}/talk"))).json(&body);
    let answer = desk.ask(hub, request, until).await?;
    let answer = Answer::deserialize(answer).map_err(|_| Trouble::Unreadable { who: WHO })?;
    let message = answer.message.unwrap_or_default();
    if answer.status == "SUCCESS" && !answer.task_id.is_empty() {
        return Ok(Taken { task_id: answer.task_id, message });
    }
    let message = if message.is_empty() { answer.status } else { message };
    Err(PushError::Refused { message: shortened(&message, 300).to_owned() })
}

/// Writes what became of a call. Where that fails the call stays `sending`, which says as much as is known.
async fn note(hub: &Hub, id: PushId, taken: &Result<Taken, PushError>, desk: &Desk) {
    let now_ms = hub.clock.now_ms();
    let step = match taken {
        Ok(taken) => PushStep {
            task_id: Some(taken.task_id.clone()),
            state: PushState::Open,
            message: taken.message.clone(),
            check_at: Some(now_ms + FIRST_CHECK.as_millis() as i64),
            all: Some((TargetState::Accepted, None)),
            each: Vec::new(),
        },
        Err(error) => {
            let message = hide(&format!("{error}. {}", error.ko()), &[&desk.rest_api_key]);
            let (state, target) = if error.is_certain() {
                (PushState::Refused, TargetState::Failed)
            } else {
                (PushState::Unknown, TargetState::Unknown)
            };
            let all = Some((target, Some(message.clone())));
            PushStep { task_id: None, state, message, check_at: None, all, each: Vec::new() }
        }
    };
    if let Err(error) = hub.store.step_push(id, step, now_ms).await {
        tracing::error!(%error, push.id = %id, "what became of a push could not be written; it stays `sending`");
    }
}

impl Desk {
    fn at(&self, path: &str) -> String {
        join(self.url.as_deref().unwrap_or(BASE), path)
    }

    async fn ask(&self, hub: &Hub, request: Request, until: Instant) -> Result<Value, Trouble> {
        let request = request
            .header("authorization", &format!("KakaoAK {}", self.rest_api_key.trim()))
            .max_redirects(0);
        let response = hub.guard.send(request, until).await?;
        if !response.is_success() {
            return Err(match Trouble::of(WHO, &response) {
                Trouble::SignIn { who, status, said } => {
                    Trouble::SignIn { who, status, said: hide(&said, &[&self.rest_api_key]) }
                }
                Trouble::Status { who, status, said } => {
                    Trouble::Status { who, status, said: hide(&said, &[&self.rest_api_key]) }
                }
                other => other,
            });
        }
        serde_json::from_slice(&response.body).map_err(|_| Trouble::Unreadable { who: WHO })
    }
}

impl PushError {
    /// Is it certain that Kakao sent nothing?
    fn is_certain(&self) -> bool {
        match self {
            Self::Trouble(Trouble::Guard(error)) => !matches!(
                error,
                GuardError::Cut { .. }
                    | GuardError::TimedOut { .. }
                    | GuardError::BadResponse { .. }
                    | GuardError::TooLarge { .. }
            ),
            Self::Trouble(Trouble::Status { status, .. }) => *status < 500,
            Self::Trouble(Trouble::Unreadable { .. }) => false,
            _ => true,
        }
    }

    /// Would the next call fail alike?
    fn is_hopeless(&self) -> bool {
        !matches!(self, Self::Trouble(Trouble::Guard(GuardError::Cut { .. } | GuardError::TimedOut { .. })))
    }
}

impl Told for PushError {
    fn name(&self) -> &'static str {
        match self {
            Self::Trouble(trouble) => trouble.name(),
            Self::NotConnected => "NotConnected",
            Self::Vault(_) => "VaultError",
            Self::Store(_) => "StoreError",
            Self::Late => "TimeoutError",
            Self::Users(_) => "BadRecipients",
            Self::NoEvent => "NoEvent",
            Self::Refused { .. } => "PushRefused",
        }
    }

    fn ko(&self) -> String {
        match self {
            Self::Trouble(trouble) => trouble.ko(),
            Self::NotConnected => {
                "kakao_event 연결이 없어요. 채널과 연결된 카카오 디벨로퍼스 앱의 REST API 키를 closer connect로 연결해 주세요.".to_owned()
            }
            Self::Vault(error) => format!("연결 정보를 읽지 못했어요: {}", error.ko()),
            Self::Store(error) => format!("기록하지 못해서 메시지를 보내지 않았어요: {error}"),
            Self::Late => "제때 기록하지 못해서 메시지를 보내지 않았어요.".to_owned(),
            Self::Users(count) => format!("1명에서 {MAX_USERS}명까지 보낼 수 있어요 (지금 {count}명)."),
            Self::NoEvent => "블록에 설정한 이벤트 이름을 적어 주세요.".to_owned(),
            Self::Refused { message } => format!("카카오가 메시지를 받지 않았어요: {message}"),
        }
    }
}

//! What happens in a workspace, as it happens: over a WebSocket, or as server-sent events where a proxy forbids those
//! (docs/live.md).

use std::{collections::HashSet, convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{
        State,
        ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, header},
    response::{
        IntoResponse, Response,
        sse::{Event as SseEvent, KeepAlive, Sse},
    },
};
use futures_util::{SinkExt as _, stream};
use serde::Deserialize;
use serde_json::json;
use store::{AccountId, ChatQuery, EndUserId, WorkspaceId};
use tokio::{sync::broadcast::error::RecvError, time::Instant};
use utoipa::IntoParams;

use super::chats::deeds::tell_typing;
use crate::{
    Hub,
    chat::settings,
    http::{
        access::{Caller, Role, own_origin},
        input::Params,
        problem::Problem,
    },
    live::{
        self,
        feed::{After, Event, Watcher},
        presence::{self, Present},
    },
};

/// Bytes of a frame of a console.
const MAX_FRAME: usize = 4 * 1024;
/// Conversations of an agent that are known at the beginning, where others are hidden.
const MAX_OWN: u32 = 500;
/// How long a console may take to take a frame.
const SEND_WITHIN: Duration = Duration::from_secs(20);

/// From where on, and as whom.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct From {
    /// The number of the last event that was seen; absent: from now on.
    after: Option<i64>,
    /// Does this console answer customers? Then its agent is online while it is open.
    agent: Option<bool>,
}

/// A console that watches.
struct Console {
    hub: Arc<Hub>,
    workspace: WorkspaceId,
    account: AccountId,
    /// Are conversations of others hidden from the agent, where the team says so?
    only_own: bool,
    /// Does the team say so?
    restricts: bool,
    /// Conversations that are theirs, as far as others are hidden.
    own: HashSet<EndUserId>,
    watcher: Watcher,
    seen: i64,
    present: Option<Present>,
    /// What is to be sent, oldest last.
    ready: Vec<Utf8Bytes>,
    /// There may be events that were not read.
    behind: bool,
    /// When it is said next that the agent is there.
    say_at: Instant,
}

/// What happens in a workspace, as it happens. With `Upgrade: websocket` a WebSocket with JSON frames, with
/// `Accept: text/event-stream` server-sent events; their `id` is the event's number.
#[utoipa::path(get, path = "/api/workspaces/{ws}/live", operation_id = "watchWorkspace", tag = "live", params(From),
    responses((status = 200, body = String, content_type = "text/event-stream")))]
pub async fn live(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    headers: HeaderMap,
    Params(from): Params<From>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    let (workspace, role) = caller.member()?;
    let who = (workspace, caller.account.id, role);
    let accepts = |kind: &str| {
        headers
            .get(header::ACCEPT)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|all| all.contains(kind))
    };
    match upgrade {
        Ok(upgrade) => {
            own_origin(&hub, &headers)?;
            let console = Console::begin(&hub, who, &from).await?;
            let upgrade = upgrade.max_message_size(MAX_FRAME).max_frame_size(MAX_FRAME);
            Ok(upgrade.on_upgrade(move |socket| console.serve(socket)))
        }
        Err(_) if accepts("text/event-stream") => {
            let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
            let from = From { after: last.or(from.after), ..from };
            let console = Console::begin(&hub, who, &from).await?;
            let events = stream::unfold(console, |mut console| async move {
                let (id, text) = console.next_event().await?;
                let event = SseEvent::default().data(text.as_str());
                let event = match id {
                    Some(id) => event.id(id.to_string()),
                    None => event,
                };
                Some((Ok::<_, Infallible>(event), console))
            });
            Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
        }
        Err(_) => {
            Err(Problem::Malformed("ask for Upgrade: websocket or Accept: text/event-stream".to_owned()))
        }
    }
}

impl Console {
    async fn begin(
        hub: &Arc<Hub>,
        (workspace, account, role): (WorkspaceId, AccountId, Role),
        from: &From,
    ) -> Result<Self, Problem> {
        let watcher = live::watch(hub, workspace).await?;
        let newest = watcher.newest();
        let seen = from.after.filter(|after| (0..=newest).contains(after)).unwrap_or(newest);
        // Who names a number that was never given has seen another database.
        let reset = from.after.is_some_and(|after| after != seen);
        let present = match from.agent {
            Some(true) => Some(Present::begin(hub, (workspace, account)).await?),
            _ => None,
        };
        let mut ready = vec![json!({"type": "hello", "seq": seen}).to_string().into()];
        if reset {
            ready.insert(0, json!({"type": "reset", "seq": newest}).to_string().into());
        }
        let say_at = Instant::now() + presence::SAY_EVERY;
        let restricts = settings::restricts(hub, workspace).await?;
        let own = if restricts {
            let query = ChatQuery { owner: Some(account), limit: MAX_OWN, ..ChatQuery::default() };
            hub.store.chats(workspace, query).await?.into_iter().map(|chat| chat.end_user).collect()
        } else {
            HashSet::new()
        };
        Ok(Self {
            hub: Arc::clone(hub),
            workspace,
            account,
            only_own: role < Role::Admin,
            restricts,
            own,
            watcher,
            seen,
            present,
            ready,
            behind: true,
            say_at,
        })
    }

    /// The next frame, and its number where it has one. `None` where the server stops.
    async fn next_event(&mut self) -> Option<(Option<i64>, Utf8Bytes)> {
        loop {
            if let Some(text) = self.ready.pop() {
                let id = text.starts_with("{\"seq\":").then(|| seq_of(&text)).flatten();
                return Some((id, text));
            }
            if self.hub.stopping() {
                return None;
            }
            // This may be dropped while it reads: it is behind until it has read.
            if self.behind {
                self.read().await;
                continue;
            }
            tokio::select! {
                // The feed, which this holds, keeps the other end.
                _ = self.watcher.last.changed() => self.behind = true,
                signal = self.watcher.signals.recv() => match signal {
                    // Perhaps this one is none any more: it is looked at now.
                    Ok(text) if &*text == live::MEMBERS => self.say_at = Instant::now(),
                    Ok(text) if self.hears(&text) => return Some((None, text.as_ref().into())),
                    Ok(_) => {}
                    // Signals may be lost: the next one says how things are.
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return None,
                },
                () = tokio::time::sleep_until(self.say_at) => {
                    self.say_at += presence::SAY_EVERY;
                    if !self.is_member().await {
                        return None;
                    }
                    self.say().await;
                }
            }
        }
    }

    /// Is the agent still a member? What they may see may have changed, too.
    async fn is_member(&mut self) -> bool {
        match self.hub.store.member(self.workspace, self.account).await {
            Ok(Some(member)) => {
                self.only_own = Role::read(&member.role).is_none_or(|role| role < Role::Admin);
                true
            }
            Ok(None) => false,
            // Whoever was one a moment ago is one while the store cannot be asked.
            Err(_) => true,
        }
    }

    /// An event as this console gets it, if at all. Of a conversation that is theirs no more it hears once that it is gone.
    fn sees(&mut self, event: &Event) -> Option<Utf8Bytes> {
        if event.to.as_ref().is_some_and(|to| !to.contains(&self.account)) {
            return None;
        }
        let (Some(holders), Some(chat), true) = (&event.holders, event.chat, self.only_own) else {
            return Some(event.text.clone());
        };
        self.restricts = true;
        if holders.contains(&self.account) {
            self.own.insert(chat);
            return Some(event.text.clone());
        }
        // The number comes first, as in every event.
        self.own
            .remove(&chat)
            .then(|| format!(r#"{{"seq":{},"type":"gone","chat":"{chat}"}}"#, event.seq).into())
    }

    /// Is a signal for this console? Who types in a conversation is told to those who see it.
    fn hears(&self, signal: &str) -> bool {
        if !self.only_own || !self.restricts {
            return true;
        }
        let signal: serde_json::Value = serde_json::from_str(signal).unwrap_or_default();
        signal["type"] != "typing"
            || signal["chat"].as_str().and_then(|id| id.parse().ok()).is_some_and(|id| self.own.contains(&id))
    }

    async fn say(&self) {
        if let Some(present) = &self.present
            && let Err(error) = present.say().await
        {
            tracing::warn!(%error, "that an agent is there could not be written; it is tried again");
        }
    }

    /// Reads what has happened since.
    async fn read(&mut self) {
        match self.watcher.after(&self.hub, self.seen).await {
            Ok(After::Events(events)) => {
                // There may be more than is read at once.
                self.behind = !events.is_empty();
                if let Some(last) = events.last() {
                    self.seen = last.seq;
                }
                let mut ready: Vec<Utf8Bytes> = events.iter().filter_map(|event| self.sees(event)).collect();
                ready.reverse();
                self.ready = ready;
            }
            Ok(After::Reset(newest)) => {
                (self.seen, self.behind) = (newest, false);
                self.ready = vec![json!({"type": "reset", "seq": newest}).to_string().into()];
            }
            Err(error) => {
                tracing::warn!(%error, "events could not be read; they are read again in a second");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }

    async fn serve(mut self, mut socket: WebSocket) {
        loop {
            tokio::select! {
                next = self.next_event() => {
                    let Some((_, text)) = next else { return };
                    // What is ready goes out together: with many consoles, writing is what costs.
                    let sending = async {
                        socket.feed(Message::Text(text)).await?;
                        while let Some(text) = self.ready.pop() {
                            socket.feed(Message::Text(text)).await?;
                        }
                        socket.flush().await
                    };
                    if !matches!(tokio::time::timeout(SEND_WITHIN, sending).await, Ok(Ok(()))) {
                        return;
                    }
                }
                came = socket.recv() => match came {
                    Some(Ok(Message::Text(text))) => {
                        if let Some(answer) = self.came(&text) {
                            self.ready.push(answer.into());
                        }
                    }
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                    Some(Ok(_)) => {}
                }
            }
        }
    }

    /// What a console sends: that its agent types, and whether the server is there.
    fn came(&self, text: &str) -> Option<String> {
        let frame: serde_json::Value = serde_json::from_str(text).ok()?;
        match frame["type"].as_str()? {
            "ping" => Some(json!({"type": "pong"}).to_string()),
            "typing" => {
                let chat: EndUserId = frame["chat"].as_str()?.parse().ok()?;
                let (hub, workspace, account) = (Arc::clone(&self.hub), self.workspace, self.account);
                tokio::spawn(async move { tell_typing(&hub, workspace, chat, account).await });
                None
            }
            _ => None,
        }
    }
}

/// The number that an event's frame begins with.
fn seq_of(text: &str) -> Option<i64> {
    let rest = text.strip_prefix("{\"seq\":")?;
    rest.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

//! A page that is connected: what it sends is done in order, what is said to it is sent in order.
//!
//! Each thing that a page asks for is done in a task of its own, so that a page which goes stops nothing in the middle.
//! The page keeps the number of the last message that it has; this keeps the number of the last that was sent. Whatever is
//! missed in between (a ring too many, a turn of another process) is read from the thread.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use channels::web::{
    frame::{ClientFrame, ServerFrame},
    inbound::{self, Refusal},
};
use serde_json::{Map, Value, value::RawValue};
use store::{BotId, ThreadMessage};
use tokio::{sync::broadcast::error::RecvError, task::JoinHandle};

use crate::{
    Hub,
    chat::{
        ChatError, WEB,
        change::{consultation_of, state_frame},
        hear::{self, Answered, EndUser, Heard},
        kept::Kept,
    },
    live::bells::{BellKey, Listener, Ring},
    webchat,
};

/// How long a page may take to say who it is.
const HELLO_WITHIN: Duration = Duration::from_secs(10);
/// How long a page may be silent before it is asked whether it is there, and how long it may then take.
const SILENT_FOR: Duration = Duration::from_secs(40);
/// How long a page may take to take a frame.
const SEND_WITHIN: Duration = Duration::from_secs(20);
/// Frames of a page that wait for the one before.
const MAX_WAITING: usize = 20;
/// Messages that a page gets which has none yet.
const FIRST_MESSAGES: u32 = 50;
/// Messages of an earlier part of the thread, and the bytes after which it ends.
const EARLIER_MESSAGES: u32 = 50;
const EARLIER_BYTES: usize = 96 * 1024;
/// Messages that are read at once.
const READ_AT_ONCE: u32 = 100;
/// Typing is told at most so often.
const TYPING_EVERY_MS: i64 = 1_000;

/// The page has gone, or was sent away.
struct Gone;

/// Something that a page asked for and that is being done.
struct Doing {
    id: Option<String>,
    task: JoinHandle<Result<Answered, ChatError>>,
}

struct Page<'a> {
    hub: &'a Arc<Hub>,
    socket: WebSocket,
    user: EndUser,
    listener: Listener<'a>,
    /// The number of the last message that was sent.
    sent: i64,
    /// Where the page had nothing, only the newest messages are sent.
    fresh: bool,
    waiting: VecDeque<(Option<String>, Heard, Map<String, Value>)>,
    doing: Option<Doing>,
    typing_at: i64,
}

/// Serves a page until it goes.
pub async fn serve(hub: &Arc<Hub>, bot: BotId, secret: Vec<u8>, mut socket: WebSocket) {
    let hello = tokio::time::timeout(HELLO_WITHIN, hello(&mut socket)).await;
    let Ok(Some(hello)) = hello else {
        close(socket, 4000, "say hello first").await;
        return;
    };
    let ClientFrame::Hello { token, after, start, params } = hello else { return };
    let now_ms = hub.clock.now_ms();
    let Some(visitor) = webchat::read_token(&secret, &bot.to_string(), &token, now_ms) else {
        close(socket, 4001, "the token is not good; begin a session").await;
        return;
    };
    let user = EndUser { bot, platform: WEB, user_key: visitor.user_key, params: Map::new(), room: None };
    let mut page = Page {
        hub,
        socket,
        listener: hub.live.bells.listen(BellKey::new(bot, WEB, &user.user_key)),
        user,
        sent: after.unwrap_or(-1),
        fresh: after.is_none(),
        waiting: VecDeque::new(),
        doing: None,
        typing_at: 0,
    };
    let served = page.run(start, params).await;
    let Page { socket, .. } = page;
    if served.is_ok() {
        close(socket, 1012, "the server restarts").await;
    }
}

/// The first frame. Nothing else is listened to before it.
async fn hello(socket: &mut WebSocket) -> Option<ClientFrame> {
    loop {
        match socket.recv().await?.ok()? {
            Message::Text(text) => {
                return inbound::read(&text).ok().filter(|frame| matches!(frame, ClientFrame::Hello { .. }));
            }
            Message::Ping(_) | Message::Pong(_) => {}
            Message::Binary(_) | Message::Close(_) => return None,
        }
    }
}

impl Page<'_> {
    async fn run(&mut self, start: bool, params: Map<String, Value>) -> Result<(), Gone> {
        self.catch_up().await?;
        self.send(ServerFrame::Ready { seq: self.sent }.text()).await?;
        if start || !params.is_empty() {
            let heard = if start { Heard::Start } else { Heard::Params };
            self.waiting.push_back((None, heard, params));
        }
        let mut asked = false;
        loop {
            if self.hub.stopping() {
                return Ok(());
            }
            self.next();
            tokio::select! {
                biased;
                // What a turn said is told before that it is done.
                ring = self.listener.rings.recv() => self.rung(ring).await?,
                done = done(&mut self.doing) => self.finished(done).await?,
                came = tokio::time::timeout(SILENT_FOR, self.socket.recv()) => match came {
                    Ok(Some(Ok(message))) => {
                        asked = false;
                        self.came(message).await?;
                    }
                    Ok(_) => return Err(Gone),
                    Err(_) if asked => return Err(Gone),
                    Err(_) => {
                        asked = true;
                        self.deliver(Message::Ping(Vec::new().into())).await?;
                    }
                }
            }
        }
    }

    /// Begins what waits, if nothing is being done.
    fn next(&mut self) {
        if self.doing.is_none()
            && let Some((id, heard, params)) = self.waiting.pop_front()
        {
            let (hub, user) = (Arc::clone(self.hub), EndUser { params, ..self.user.clone() });
            let own = id.clone();
            let task = tokio::spawn(async move { hear::hear(&hub, &user, heard, own.as_deref()).await });
            self.doing = Some(Doing { id, task });
        }
    }

    async fn came(&mut self, message: Message) -> Result<(), Gone> {
        let text = match message {
            Message::Text(text) => text,
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
            Message::Close(_) => return Err(Gone),
            Message::Binary(_) => return self.refuse(None, inbound::UNREADABLE, None).await,
        };
        let frame = match inbound::read(&text) {
            Ok(frame) => frame,
            Err(refusal) => {
                // The page is told which of its messages it was, if that can be read.
                let id = serde_json::from_str::<Value>(&text).ok();
                let id = id.as_ref().and_then(|frame| frame["id"].as_str()).filter(|id| id.len() <= 256);
                return self.refuse(id.map(str::to_owned), refusal, None).await;
            }
        };
        let (id, heard, params) = match frame {
            ClientFrame::Ping => return self.send(ServerFrame::Pong.text()).await,
            ClientFrame::Typing => {
                self.types();
                return Ok(());
            }
            ClientFrame::Hello { .. } => return Ok(()),
            ClientFrame::Message { id, text, payload, media } => {
                // Bots and agents' consoles are told the whole address.
                let media = media.map(|media| engine::message::Media {
                    uri: format!("{}{}", self.hub.config.public_url(), media.uri),
                    ..media
                });
                (id, Heard::Message(inbound::received(text, payload, media)), Map::new())
            }
            ClientFrame::Goto { id, flow_id, node_id, label } => {
                (id, Heard::Goto { flow_id, node_id, label }, Map::new())
            }
            ClientFrame::History { id, before } => {
                return match self.paced() {
                    Some(wait) => self.refuse(Some(id), FAST, Some(wait)).await,
                    None => self.earlier(&id, before).await,
                };
            }
            ClientFrame::Start { id } => (id, Heard::Start, Map::new()),
            ClientFrame::Restart { id } => (id, Heard::Restart, Map::new()),
            ClientFrame::Cancel { id } => (id, Heard::Cancel, Map::new()),
            ClientFrame::Params { id, params } => (id, Heard::Params, params),
        };
        if let Some(wait) = self.paced().or((self.waiting.len() >= MAX_WAITING).then_some(1_000)) {
            return self.refuse(Some(id), FAST, Some(wait)).await;
        }
        self.waiting.push_back((Some(id), heard, params));
        Ok(())
    }

    /// The milliseconds to wait, where this visitor has asked for too much of late.
    fn paced(&self) -> Option<i64> {
        let now_ms = self.hub.clock.now_ms();
        self.hub.web_visitors.take(self.user.bot, &self.user.user_key, now_ms).err()
    }

    /// Sends what was said before a message. Only this visitor's: the thread is found by whom the token names.
    async fn earlier(&mut self, id: &str, before: i64) -> Result<(), Gone> {
        let read = self.read().await?.and_then(|read| read.session);
        let earlier = match read {
            Some(session) => {
                let found =
                    self.hub.store.chat_before(session.end_user, Some(before), EARLIER_MESSAGES + 1).await;
                found.map_err(unread)?
            }
            None => Vec::new(),
        };
        let found = earlier.len();
        let mut bytes = 0;
        let mut part: Vec<(ThreadMessage, Box<RawValue>)> = Vec::new();
        for mut message in earlier.into_iter().take(EARLIER_MESSAGES as usize) {
            bytes += message.data.len();
            if bytes > EARLIER_BYTES && !part.is_empty() {
                break;
            }
            let Ok(data) = RawValue::from_string(std::mem::take(&mut message.data)) else { continue };
            part.push((message, data));
        }
        let more = found > part.len();
        part.reverse();
        let ids: Vec<String> = part.iter().map(|(message, _)| message.id.to_string()).collect();
        let messages =
            part.iter().zip(&ids).map(|((message, data), id)| frame_of(message, id, data)).collect();
        let text = ServerFrame::History { id, messages, more }.text();
        self.send(text).await
    }

    /// Something that the page asked for is done.
    async fn finished(
        &mut self,
        result: Result<Result<Answered, ChatError>, tokio::task::JoinError>,
    ) -> Result<(), Gone> {
        let id = self.doing.take().and_then(|doing| doing.id);
        match result {
            Ok(Ok(_)) => match id {
                Some(id) => self.send(ServerFrame::Done { id: &id }.text()).await,
                None => Ok(()),
            },
            Ok(Err(error)) => {
                let (refusal, wait) = told(&error);
                self.refuse(id, refusal, wait).await
            }
            Err(error) => {
                tracing::error!(%error, bot.id = %self.user.bot, "a turn failed by a bug; please report it");
                self.refuse(id, FAILED, Some(1_000)).await
            }
        }
    }

    async fn rung(&mut self, ring: Result<Ring, RecvError>) -> Result<(), Gone> {
        match ring {
            Ok(Ring::Said { messages, state }) => {
                for (seq, text) in messages.iter() {
                    match seq - self.sent {
                        1 => {
                            self.send(text.to_string()).await?;
                            self.sent = *seq;
                        }
                        // A gap: what is missing is in the store.
                        2.. => return self.catch_up().await,
                        _ => {}
                    }
                }
                self.send(state.to_string()).await
            }
            Ok(Ring::Typing(from)) => self.send(ServerFrame::Typing { from }.text()).await,
            Err(RecvError::Lagged(_)) => self.catch_up().await,
            Err(RecvError::Closed) => Ok(()),
        }
    }

    // Mutable, for a socket is no thing to be shared between threads.
    async fn read(&mut self) -> Result<Option<store::ChatRead>, Gone> {
        self.hub.store.chat_by_key(self.user.bot, self.user.platform, &self.user.user_key).await.map_err(
            |error| {
                tracing::warn!(%error, "a page's conversation could not be read; the page connects again");
                Gone
            },
        )
    }

    /// Sends what the page has not got, and how things stand.
    async fn catch_up(&mut self) -> Result<(), Gone> {
        let fresh = std::mem::take(&mut self.fresh);
        let Some(read) = self.read().await? else { return Ok(()) };
        let Some(session) = read.session else { return Ok(()) };
        let hub = self.hub;
        let store = &hub.store;
        if fresh {
            let mut newest =
                store.chat_before(session.end_user, None, FIRST_MESSAGES).await.map_err(unread)?;
            newest.reverse();
            self.send_all(newest).await?;
        }
        loop {
            let missed = store.chat_after(session.end_user, self.sent, READ_AT_ONCE).await.map_err(unread)?;
            if missed.is_empty() {
                break;
            }
            self.send_all(missed).await?;
        }
        let consultation = read.chat.as_ref().map(consultation_of).unwrap_or_default();
        let state = state_frame(&consultation, &Kept::read(&session.state));
        self.send(state).await
    }

    async fn send_all(&mut self, messages: Vec<ThreadMessage>) -> Result<(), Gone> {
        for mut message in messages {
            let Ok(data) = RawValue::from_string(std::mem::take(&mut message.data)) else { continue };
            let text = frame_of(&message, &message.id.to_string(), &data).text();
            self.send(text).await?;
            self.sent = message.seq;
        }
        Ok(())
    }

    /// Consoles see that the end user types.
    fn types(&mut self) {
        let now_ms = self.hub.clock.now_ms();
        if now_ms - self.typing_at < TYPING_EVERY_MS {
            return;
        }
        self.typing_at = now_ms;
        let (hub, user) = (Arc::clone(self.hub), self.user.clone());
        tokio::spawn(async move {
            let read = hub.store.chat_by_key(user.bot, user.platform, &user.user_key).await;
            if let Ok(Some(store::ChatRead { workspace, chat: Some(chat), .. })) = read {
                let text = serde_json::json!({"type": "typing", "chat": chat.end_user, "from": "user"});
                hub.live.signal(workspace, text.to_string());
            }
        });
    }

    async fn refuse(&mut self, id: Option<String>, refusal: Refusal, wait: Option<i64>) -> Result<(), Gone> {
        let Refusal { code, ko, en } = refusal;
        self.send(ServerFrame::Error { id: id.as_deref(), code, ko, en, retry_after_ms: wait }.text()).await
    }

    async fn send(&mut self, text: String) -> Result<(), Gone> {
        self.deliver(Message::Text(text.into())).await
    }

    async fn deliver(&mut self, message: Message) -> Result<(), Gone> {
        match tokio::time::timeout(SEND_WITHIN, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Gone),
        }
    }
}

/// A message of the thread as pages get it: they are not told which agent it was.
fn frame_of<'a>(message: &'a ThreadMessage, id: &'a str, data: &'a RawValue) -> ServerFrame<'a> {
    ServerFrame::Message {
        seq: message.seq,
        id,
        from: &message.sender,
        at: message.at,
        client_id: message.client_id.as_deref().filter(|_| message.is_user),
        delay_ms: None,
        data,
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn unread(error: store::ReadError) -> Gone {
    tracing::warn!(%error, "a page's thread could not be read; the page connects again");
    Gone
}

async fn done(doing: &mut Option<Doing>) -> Result<Result<Answered, ChatError>, tokio::task::JoinError> {
    match doing {
        Some(doing) => (&mut doing.task).await,
        None => std::future::pending().await,
    }
}

async fn close(mut socket: WebSocket, code: u16, reason: &'static str) {
    // A page that has gone hears nothing.
    let frame = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
    let _ = tokio::time::timeout(Duration::from_secs(2), socket.send(frame)).await;
}

const FAST: Refusal = Refusal {
    code: "too-fast",
    ko: "메시지를 너무 빨리 보냈어요. 잠시 뒤에 다시 보내 주세요.",
    en: "Too many messages at once; send it again in a moment.",
};
const FAILED: Refusal = Refusal {
    code: "failed",
    ko: "메시지를 처리하지 못했어요. 다시 보내 주세요.",
    en: "The message could not be processed; send it again.",
};
const CLOSED: Refusal =
    Refusal {
        code: "off", ko: "지금은 채팅을 쓸 수 없어요.", en: "The chat is not available now."
    };

/// What a page is told of an error, and when it may try again.
fn told(error: &ChatError) -> (Refusal, Option<i64>) {
    match error {
        ChatError::NoBot | ChatError::Off | ChatError::Unpublished => (CLOSED, None),
        ChatError::Busy | ChatError::Conflict => (FAILED, Some(1_000)),
        error => {
            tracing::error!(%error, "what a page sent could not be processed");
            (FAILED, Some(2_000))
        }
    }
}

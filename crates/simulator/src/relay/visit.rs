//! What customers do, and the hooks that follow (consulttalk.md 12, 14).

use std::sync::Arc;

use serde_json::Value;
use tokio::time::Instant;

use super::{
    files::Bytes,
    hook::{Event, HookKind, hook},
    office::Office,
    options::{Contents, Order},
    post::{Delivery, Hook},
    room::{Bubble, From, Kind, Medium, Session},
    state::State,
};

/// What followed from something that a customer did.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// The hooks, in the order in which they were sent.
    pub deliveries: Vec<Delivery>,
    /// Why the company heard nothing of it.
    pub unheard: Option<Unheard>,
    /// The address that a button opened.
    pub opened: Option<String>,
}

/// Why the company hears nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unheard {
    /// It blocked this person.
    Blocked,
    /// The bot has the conversation.
    WithBot,
    /// Its chat is deactivated.
    ChatOff,
    /// There is no session to end or to read in.
    NoSession,
    /// No button or quick reply has this label.
    NoSuchButton,
    /// The button leads out of the room.
    LedOut,
    /// Nobody asked for consent.
    NotAsked,
    /// It did not ask for this hook.
    NotWanted,
}

impl Outcome {
    pub(super) fn unheard(why: Unheard) -> Self {
        Self { unheard: Some(why), ..Self::default() }
    }

    /// Were all hooks taken, and was there one?
    pub fn taken(&self) -> bool {
        !self.deliveries.is_empty() && self.deliveries.iter().all(|delivery| delivery.taken)
    }

    /// The last hook of this kind.
    pub fn of(&self, kind: HookKind) -> Option<&Delivery> {
        self.deliveries.iter().rev().find(|delivery| delivery.kind == kind)
    }

    /// What answers for the whole: the message, or else the last hook.
    pub fn main(&self) -> Option<&Delivery> {
        self.of(HookKind::Message).or_else(|| self.deliveries.last())
    }

    /// The status of the main hook's last answer; 0 where there was none.
    pub fn status(&self) -> u16 {
        self.main().map_or(0, |delivery| delivery.status)
    }

    /// The body of the main hook's last answer.
    pub fn body(&self) -> &str {
        self.main().map_or("", |delivery| &delivery.body)
    }

    /// How long the main hook's last answer took, in milliseconds.
    pub fn ms(&self) -> f64 {
        self.main().map_or(0.0, |delivery| delivery.took.as_secs_f64() * 1_000.0)
    }
}

/// A message of a customer.
#[derive(Debug, Default)]
pub(super) struct Word {
    pub kind: Kind,
    pub text: String,
    pub files: Vec<(String, Bytes)>,
    pub extra: Option<String>,
}

/// A request for a consultation that is no message.
#[derive(Debug, Default)]
pub(super) struct Start {
    pub kind: &'static str,
    pub extra: Option<String>,
    pub history: Vec<Value>,
}

/// Characters of meta that a start carries; more are cut without a word (1.6).
const EXTRA: usize = 1_000;

impl Office {
    /// A customer says something.
    pub async fn say(self: &Arc<Self>, user: &str, word: Word) -> Outcome {
        let (before, reference, messages, session) = {
            let mut state = self.state();
            let (now_ms, keep) = (state.now_ms(), state.options.keep);
            let serial = state.next_serial();
            let media: Vec<Medium> = word
                .files
                .into_iter()
                .map(|(name, bytes)| {
                    let (number, size) = (state.next(), bytes.as_ref().len() as u64);
                    let url = state.files.keep(self.base(), number, &name, bytes, now_ms);
                    Medium { url, name, size }
                })
                .collect();
            let bubble = Bubble {
                kind: word.kind,
                text: word.text.clone(),
                media: media.clone(),
                ..Bubble::default()
            };
            let room = state.room(user);
            room.away = false;
            room.show(From::Customer, &serial.to_string(), now_ms, bubble, keep);
            if let Some(why) = deaf(&mut state, user) {
                drop(state);
                self.changed();
                return Outcome::unheard(why);
            }
            let day = state.today();
            day.rooms.insert(user.to_owned());
            day.asked.insert(user.to_owned());
            let before = lapse(&mut state, user);
            let (session, first) = enter(&mut state, user, "UM");
            let room = state.room(user);
            room.waiting.get_or_insert_with(Instant::now);
            let last = room.last_start.clone();
            let reference = first.then(|| {
                let event = Event::Reference { extra: None, last, history: Vec::new() };
                hook(&mut state, user, Some(&session), now_ms, &event)
            });
            let urls = media.into_iter().map(|medium| medium.url).collect();
            let messages = messages(
                &mut state,
                self.base(),
                user,
                &session,
                serial,
                word.kind,
                &word.text,
                urls,
                word.extra.as_deref(),
            );
            (before, reference, messages, session)
        };
        self.changed();
        let mut deliveries = Vec::new();
        if let Some(expired) = before {
            deliveries.push(self.post(expired).await);
        }
        let swap = {
            let mut faults = self.faults();
            let swap = faults.swap > 0;
            faults.swap = faults.swap.saturating_sub(1);
            swap
        };
        match reference {
            Some(reference) => deliveries.extend(self.open_with(reference, messages, swap).await),
            None if swap => {
                deliveries.extend(messages.iter().map(|hook| Delivery { held: true, ..Delivery::of(hook) }));
                self.state().room(user).held.extend(messages);
            }
            None => {
                for message in messages {
                    deliveries.push(self.post(message).await);
                }
                let late = std::mem::take(&mut self.state().room(user).held);
                for message in late {
                    deliveries.push(self.post(message).await);
                }
            }
        }
        self.give_up(user, &session);
        Outcome { deliveries, ..Outcome::default() }
    }

    /// The hooks of a session's first message.
    async fn open_with(&self, reference: Hook, messages: Vec<Hook>, swap: bool) -> Vec<Delivery> {
        let gap = self.options.gap;
        let order = match self.options.order {
            Order::ReferenceFirst if swap => Order::MessageFirst,
            Order::MessageFirst if swap => Order::ReferenceFirst,
            order => order,
        };
        let all = async {
            let mut deliveries = Vec::new();
            for message in messages {
                deliveries.push(self.post(message).await);
            }
            deliveries
        };
        match order {
            Order::ReferenceFirst => {
                let mut deliveries = vec![self.post(reference).await];
                tokio::time::sleep(gap).await;
                deliveries.extend(all.await);
                deliveries
            }
            Order::MessageFirst => {
                let mut deliveries = all.await;
                tokio::time::sleep(gap).await;
                deliveries.push(self.post(reference).await);
                deliveries
            }
            Order::Together => {
                let (first, mut deliveries) = tokio::join!(self.post(reference), all);
                deliveries.insert(0, first);
                deliveries
            }
        }
    }

    /// A session whose hooks nobody took was never there.
    fn give_up(&self, user: &str, session: &Session) {
        let mut state = self.state();
        let room = state.room(user);
        if room.opening.as_ref().is_some_and(|opening| opening.id == session.id) {
            room.opening = None;
            drop(state);
            self.changed();
        }
    }

    /// A customer asks for a consultation by a button, a code, or through the bot.
    pub async fn consult(self: &Arc<Self>, user: &str, start: Start) -> Outcome {
        let extra = start.extra.map(|extra| extra.chars().take(EXTRA).collect::<String>());
        let (before, reference, session) = {
            let mut state = self.state();
            let now_ms = state.now_ms();
            let room = state.room(user);
            (room.away, room.with_bot) = (false, false);
            if let Some(why) = deaf(&mut state, user) {
                return Outcome::unheard(why);
            }
            let day = state.today();
            day.rooms.insert(user.to_owned());
            day.asked.insert(user.to_owned());
            let before = lapse(&mut state, user);
            let (session, _) = enter(&mut state, user, start.kind);
            let last = state.room(user).last_start.clone();
            let history = if state.options.history_in_reference { start.history.clone() } else { Vec::new() };
            let event = Event::Reference { extra: extra.clone(), last, history };
            let reference = hook(&mut state, user, Some(&session), now_ms, &event);
            if let Some(extra) = extra.filter(|extra| !extra.is_empty()) {
                state.room(user).last_start = Some((extra, String::new(), now_ms));
            }
            if !start.history.is_empty() {
                state.history.insert(user.to_owned(), start.history);
            }
            (before, reference, session)
        };
        let mut deliveries = Vec::new();
        if let Some(expired) = before {
            deliveries.push(self.post(expired).await);
        }
        deliveries.push(self.post(reference).await);
        self.give_up(user, &session);
        Outcome { deliveries, ..Outcome::default() }
    }

    /// A session ends on the customer's side.
    pub async fn finish(self: &Arc<Self>, user: &str, how: &'static str, notice: &str) -> Outcome {
        let told = {
            let mut state = self.state();
            let (now_ms, keep) = (state.now_ms(), state.options.keep);
            let room = state.room(user);
            room.away = how == "BF";
            let ended = room.close(how, now_ms);
            if !notice.is_empty() {
                room.show(From::Kakao, "", now_ms, Bubble::text(notice), keep);
            }
            ended.map(|ended| hook(&mut state, user, Some(&ended), now_ms, &Event::Expired))
        };
        self.changed();
        match told {
            Some(told) => Outcome { deliveries: vec![self.post(told).await], ..Outcome::default() },
            None => Outcome::unheard(Unheard::NoSession),
        }
    }

    /// All sessions whose time is over end (`AE`); the rooms.
    pub async fn lapse_all(self: &Arc<Self>) -> Vec<Delivery> {
        let hooks: Vec<Hook> = {
            let mut state = self.state();
            let mut users: Vec<String> = state.rooms.keys().cloned().collect();
            users.sort_unstable();
            users.iter().filter_map(|user| lapse(&mut state, user)).collect()
        };
        let mut deliveries = Vec::new();
        for expired in hooks {
            deliveries.push(self.post(expired).await);
        }
        deliveries
    }

    /// Something that happens within an open session, as its hook.
    pub fn within(&self, user: &str, event: &Event) -> Option<Hook> {
        let mut state = self.state();
        let now_ms = state.now_ms();
        let session = state.rooms.get(user)?.open(now_ms)?.clone();
        Some(hook(&mut state, user, Some(&session), now_ms, event))
    }
}

/// The hooks of one message: one, unless photos come one by one as they once did.
#[expect(clippy::too_many_arguments, reason = "a message has so many parts")]
fn messages(
    state: &mut State,
    base: &str,
    user: &str,
    session: &Session,
    serial: i64,
    kind: Kind,
    text: &str,
    media: Vec<String>,
    extra: Option<&str>,
) -> Vec<Hook> {
    let now_ms = state.now_ms();
    let limit = state.options.long_text;
    let (text, long) = if text.chars().count() > limit.over {
        let number = state.next();
        let whole = Bytes::Own(text.as_bytes().into());
        let url = state.files.keep(base, number, "message.txt", whole, now_ms);
        (text.chars().take(limit.keep).collect(), Some(url))
    } else {
        (text.to_owned(), None)
    };
    let one_by_one = matches!(state.options.contents, Contents::Old | Contents::OldObject) && media.len() > 1;
    let bundles: Vec<Vec<String>> =
        if one_by_one { media.into_iter().map(|url| vec![url]).collect() } else { vec![media] };
    let mut hooks = Vec::new();
    for (at, media) in bundles.into_iter().enumerate() {
        let serial = if at == 0 { serial } else { state.next_serial() };
        let event = Event::Message {
            serial,
            kind,
            text: text.clone(),
            long: long.clone(),
            media,
            extra: extra.map(str::to_owned),
        };
        hooks.push(hook(state, user, Some(session), now_ms, &event));
    }
    hooks
}

/// Why the company would hear nothing of this person, with what the person is told instead.
fn deaf(state: &mut State, user: &str) -> Option<Unheard> {
    let (now_ms, keep, active) = (state.now_ms(), state.options.keep, state.active);
    let room = state.room(user);
    let (why, from, notice) = if room.blocked {
        (Unheard::Blocked, From::Kakao, "이 채널과 대화할 수 없습니다.")
    } else if room.with_bot {
        (Unheard::WithBot, From::Bot, "챗봇이에요. 무엇을 도와드릴까요?")
    } else if !active {
        (Unheard::ChatOff, From::Kakao, "지금은 채팅을 이용할 수 없는 채널입니다.")
    } else {
        return None;
    };
    room.show(from, "", now_ms, Bubble::text(notice), keep);
    Some(why)
}

/// The session in which a request comes, and whether it opens it.
fn enter(state: &mut State, user: &str, kind: &'static str) -> (Session, bool) {
    let now_ms = state.now_ms();
    let room = state.room(user);
    if let Some(session) = room.session.as_mut().filter(|session| session.is_open(now_ms)) {
        session.extend(now_ms);
        return (session.clone(), false);
    }
    if let Some(opening) = &room.opening {
        return (opening.clone(), false);
    }
    let session = state.next_session(kind);
    state.room(user).opening = Some(session.clone());
    (session, true)
}

/// Ends a session whose time is over; its hook.
fn lapse(state: &mut State, user: &str) -> Option<Hook> {
    let now_ms = state.now_ms();
    let room = state.room(user);
    let over =
        room.session.as_ref().is_some_and(|session| session.ended.is_none() && !session.is_open(now_ms));
    let ended = if over { room.close("AE", now_ms) } else { None }?;
    Some(hook(state, user, Some(&ended), now_ms, &Event::Expired))
}

//! One change of a conversation, from what was read to what is committed and told.

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

use channels::web::frame::ServerFrame;
use livechat::{
    Act, AgentId, Consultation, Line, Origin, Refused, Resume, Settings, State,
    consultation::Lost,
    room::{Became, Told},
    settings,
};
use serde_json::{json, value::RawValue};
use store::{
    AccountId, BotId, ChatCommit, ChatRead, ChatRow, CommitError, ConsultationId, ConversationId, EndUserId,
    LineId, Load, MessageId, NewLine, NewLive, NewMessage, NewOut, NewSend, NewTurn, OutId,
};

use super::{ChatError, hear::RoomTold, kept::Kept, summary, view};
use crate::{
    Hub,
    consulttalk::{
        self,
        outlet::{Outlet, Spoken},
    },
    live::bells::{BellKey, Ring},
};

/// The param by which a flow says what a customer gives the consultation, from 1 to 5.
const SCORE: &str = "chat:score";
/// How long a commit may wait.
const COMMIT_WITHIN: Duration = Duration::from_secs(10);

/// Whose conversation it is.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    /// The bot.
    pub bot: BotId,
    /// The channel.
    pub platform: &'a str,
    /// What the channel calls the end user.
    pub user_key: &'a str,
}

/// Something to be said in a thread.
#[derive(Debug)]
pub struct Say {
    /// `user`, `bot` or `agent`.
    pub from: &'static str,
    /// The message, as JSON.
    pub data: String,
    /// The same after masking.
    pub masked: Option<String>,
    /// When the masked form takes over; at once where absent.
    pub mask_after_ms: Option<u64>,
    /// How long to show typing before it.
    pub delay_ms: u64,
    /// The sender's id of it.
    pub client_id: Option<String>,
    /// The agent who says it.
    pub author: Option<AccountId>,
    /// Which answer of the system it is, where the messenger knows such (spec consulttalk.md, "auto_answer").
    pub system: Option<&'static str>,
    /// Is it the messenger's own question for name and telephone number?
    pub consent: bool,
}

/// A change that is being made.
#[derive(Debug)]
pub struct Change<'a> {
    hub: &'a Arc<Hub>,
    /// Now.
    pub now_ms: i64,
    /// The settings that hold here.
    pub settings: Arc<Settings>,
    /// The chat as it will be.
    pub chat: ChatRow,
    /// The state as it will be.
    pub kept: Kept,
    /// The consultation as it will be.
    pub consultation: Consultation,
    /// The turn that the bot took.
    pub turn: Option<NewTurn>,
    /// Does the end user come back after a long time?
    pub new_visit: bool,
    begun: Instant,
    expected_version: Option<i64>,
    first_seq: i64,
    messages: Vec<NewMessage>,
    sends: Vec<NewSend>,
    lines: Vec<(Line, Option<AccountId>)>,
    loads: Vec<(AgentId, i64)>,
    frames: Vec<(i64, Box<str>)>,
    consultation_moved: bool,
    score: Option<i64>,
    /// The way to the end user, where it leads through a relay.
    outlet: Option<Box<Outlet>>,
    spoken: Vec<Spoken>,
    works: Vec<(&'static str, String)>,
    notes: Vec<(&'static str, serde_json::Value, Option<AccountId>)>,
    room_moved: bool,
}

/// What was committed.
#[derive(Debug)]
pub struct Changed {
    /// The chat after it.
    pub chat: ChatRow,
    /// The numbers of the new messages: the first, and the one after the last.
    pub messages: std::ops::Range<i64>,
}

/// An account as the rules know it.
pub fn agent(account: AccountId) -> AgentId {
    AgentId(*account.as_bytes())
}

/// … and back.
pub fn account(agent: AgentId) -> AccountId {
    AccountId::from_bytes(agent.0)
}

impl<'a> Change<'a> {
    /// Begins with what was read.
    pub fn begin(hub: &'a Arc<Hub>, read: &ChatRead, key: Key<'_>, settings: Arc<Settings>) -> Self {
        let now_ms = hub.clock.now_ms();
        let session = read.session.as_ref();
        let idle_ms = i64::from(hub.config.kakao.new_conversation_after_hours) * 3_600_000;
        let new_visit = session.is_some_and(|row| now_ms - row.updated_at > idle_ms);
        let end_user =
            session.map_or_else(|| EndUserId::new(now_ms, hub.die.roll_wide()), |row| row.end_user);
        let is_open =
            read.chat.as_ref().is_some_and(|chat| State::read(&chat.state).is_some_and(State::is_open));
        let conversation = session
            .filter(|_| !new_visit || is_open)
            .map_or_else(|| ConversationId::new(now_ms, hub.die.roll_wide()), |row| row.conversation);
        let chat = match &read.chat {
            Some(chat) => ChatRow { conversation, ..chat.clone() },
            None => ChatRow {
                last_seq: session.map_or(-1, |row| row.messages - 1),
                ..ChatRow::begun(
                    (read.workspace, key.bot),
                    (key.platform, key.user_key),
                    (end_user, conversation),
                    now_ms,
                )
            },
        };
        Self {
            hub,
            now_ms,
            settings,
            consultation: consultation_of(&chat),
            chat,
            kept: session.map_or_else(Kept::default, |row| Kept::read(&row.state)),
            turn: None,
            new_visit: new_visit && !is_open,
            begun: hub.clock.instant(),
            expected_version: session.map(|row| row.version),
            first_seq: session.map_or(0, |row| row.messages),
            messages: Vec::new(),
            sends: Vec::new(),
            lines: Vec::new(),
            loads: Vec::new(),
            frames: Vec::new(),
            consultation_moved: false,
            score: None,
            outlet: read
                .consult
                .as_ref()
                .filter(|_| key.platform == consulttalk::PLATFORM)
                .and_then(Outlet::new)
                .map(Box::new),
            spoken: Vec::new(),
            works: Vec::new(),
            notes: Vec::new(),
            room_moved: false,
        }
    }

    /// Is there nothing to be committed?
    pub fn is_empty(&self) -> bool {
        self.turn.is_none()
            && self.messages.is_empty()
            && self.lines.is_empty()
            && self.notes.is_empty()
            && self.works.is_empty()
    }

    /// Has the room changed, if only by when something was read?
    pub fn room_moved(&self) -> bool {
        self.room_moved
    }

    /// Takes up what the messenger tells of the room. A consultation ends with its session.
    pub fn enter(&mut self, told: &RoomTold) -> Became {
        let mut room = consulttalk::room_of(self.chat.room.as_deref());
        let before = room.clone();
        let became = match told {
            RoomTold::Heard { session, at } => {
                room.take(Told::Heard { session: session.as_deref(), at: *at })
            }
            RoomTold::Asked { session, at } => {
                room.take(Told::Asked { session: session.as_deref(), at: *at })
            }
            RoomTold::Ended { session, why } => {
                room.take(Told::Ended { session: session.as_deref(), why: why.as_deref() })
            }
            RoomTold::Seen { at } => room.take(Told::Seen { at: *at }),
            RoomTold::Blocked(blocked) => {
                self.note(if *blocked { "room-blocked" } else { "room-unblocked" }, json!({}), None);
                room.take(Told::Blocked(*blocked))
            }
            RoomTold::Personal => {
                self.note("consented", json!({}), None);
                Became::Same
            }
        };
        match became {
            Became::Begun => self.note("room-opened", json!({}), None),
            Became::Closed => {
                self.note("room-closed", json!({"why": room.why}), None);
                self.kept.quick_replies.clear();
                let act = if self.consultation.state == State::Requested { Act::Leaves } else { Act::Close };
                // Where there is no consultation nothing ends.
                let _ = self.act(act, None);
            }
            Became::Same | Became::Past => {}
        }
        self.room_moved |= room != before;
        if self.room_moved {
            self.chat.room = serde_json::to_string(&room).ok();
        }
        became
    }

    /// May something be said to the end user? Why not, where a messenger's room is closed.
    pub fn may_say(&self) -> Result<(), ChatError> {
        if self.chat.platform != consulttalk::PLATFORM {
            return Ok(());
        }
        let room = consulttalk::room_of(self.chat.room.as_deref());
        if room.is_open(self.now_ms) { Ok(()) } else { Err(ChatError::RoomClosed { blocked: room.blocked }) }
    }

    /// Can the messenger ask for name and telephone number?
    pub fn asks_consent(&self) -> bool {
        self.outlet.as_ref().is_some_and(|outlet| outlet.asks_consent())
    }

    /// Writes a line for agents.
    pub fn note(&mut self, kind: &'static str, data: serde_json::Value, by: Option<AccountId>) {
        self.notes.push((kind, data, by));
    }

    /// Has the relay do something else than say: end the session, block.
    pub fn has_done(&mut self, work: &'static str, data: String) {
        self.works.push((work, data));
    }

    /// How long it has taken until now, in microseconds.
    pub fn took_us(&self) -> i64 {
        i64::try_from((self.hub.clock.instant() - self.begun).as_micros()).unwrap_or(i64::MAX)
    }

    /// Does an act by the rules, and writes down what it makes of the consultation.
    pub fn act(&mut self, act: Act, by: Option<AccountId>) -> Result<Option<Resume>, Refused> {
        let done = self.consultation.act(act)?;
        let before = std::mem::replace(&mut self.consultation, done.after);
        let (after, chat, now) = (&self.consultation, &mut self.chat, self.now_ms);
        if after.state.is_open() && !before.state.is_open() {
            chat.consultation = Some(ConsultationId::new(now, self.hub.die.roll_wide()));
            chat.requested_at = Some(now);
            (chat.connected_at, chat.answered_at, chat.ended_at) = (None, None, None);
            (chat.transfers, chat.missed, chat.unread) = (0, None, 0);
            chat.waiting_since = (after.state == State::Requested).then_some(now);
            if after.state == State::Connected {
                "[]".clone_into(&mut chat.category);
                chat.in_hours = true;
            }
        }
        if after.state == State::Connected {
            chat.connected_at = chat.connected_at.or(Some(now));
        }
        if matches!(act, Act::Transfer(_)) {
            chat.transfers += 1;
        }
        if !after.state.is_open() && before.state.is_open() {
            chat.ended_at = Some(now);
            chat.waiting_since = None;
            chat.unread = 0;
            if let Some(owner) = before.owner.filter(|_| before.state == State::Connected) {
                chat.previous = Some(account(owner));
            }
            self.kept.cancel = None;
            self.kept.session.agent_called &= done.resume == Some(Resume::AfterCall);
        }
        for line in &done.lines {
            if let Line::Missed(lost) = line {
                // A call that is taken back at once was a mistake: where the team says so it counts for nothing.
                let quick = chat.requested_at.is_some_and(|at| now - at < settings::QUICK_MS);
                let ignored = *lost == Lost::Cancelled && quick && self.settings.cancel.ignore_quick;
                chat.missed = Some(if ignored { "ignored" } else { lost.name() }.to_owned());
            }
        }
        after.state.name().clone_into(&mut chat.state);
        if after.origin == Origin::Call { "call" } else { "step-in" }.clone_into(&mut chat.origin);
        chat.owner = after.owner.map(account);
        chat.flow = after.flow;
        chat.moved = after.moved;
        let present: Vec<String> = after.present.iter().map(|agent| account(*agent).to_string()).collect();
        chat.present = json!(present).to_string();
        self.consultation_moved |= !done.lines.is_empty() || !done.loads.is_empty();
        self.lines.extend(done.lines.into_iter().map(|line| (line, by)));
        self.loads.extend(done.loads);
        Ok(done.resume)
    }

    /// Takes what a flow has asked of the customer: what they give the newest consultation. It is taken once.
    pub fn take_score(&mut self) {
        let Some(score) = self.kept.session.params.shift_remove(SCORE) else { return };
        let score = engine::value::as_text(&score).and_then(|text| text.trim().parse::<i64>().ok());
        self.score = score.filter(|score| (1..=5).contains(score) && self.chat.consultation.is_some());
    }

    /// Says something in the thread.
    pub fn say(&mut self, say: Say) {
        let seq = self.first_seq + self.messages.len() as i64;
        let id = MessageId::new(self.now_ms, self.hub.die.roll_wide());
        let frame = RawValue::from_string(say.data.clone()).ok().map(|data| {
            ServerFrame::Message {
                seq,
                id: &id.to_string(),
                from: say.from,
                at: self.now_ms,
                client_id: say.client_id.as_deref().filter(|_| say.author.is_none()),
                delay_ms: Some(say.delay_ms).filter(|delay| *delay > 0),
                data: &data,
            }
            .text()
        });
        self.frames.push((seq, frame.unwrap_or_default().into()));
        if self.outlet.is_some() && say.from != "user" {
            let (data, system, consent) = (say.data.clone(), say.system, say.consent);
            self.spoken.push(Spoken { seq, data, system, consent });
        }
        // Masked at once: the unmasked form is never written.
        let (data, masked) = match (say.masked, say.mask_after_ms) {
            (Some(masked), None) => (masked, None),
            (masked, _) => (say.data, masked),
        };
        let chat = &mut self.chat;
        chat.last_seq = seq;
        chat.last_at = self.now_ms;
        say.from.clone_into(&mut chat.last_sender);
        chat.last_text = summary::of(masked.as_ref().unwrap_or(&data));
        if self.consultation.state.is_open() {
            match say.from {
                "user" => {
                    chat.unread += 1;
                    if !self.consultation.bot_answers() {
                        chat.waiting_since = chat.waiting_since.or(Some(self.now_ms));
                    }
                }
                "agent" => {
                    (chat.unread, chat.waiting_since) = (0, None);
                    if chat.answered_at.is_none() {
                        chat.answered_at = Some(self.now_ms);
                        self.consultation_moved = true;
                    }
                }
                _ => {}
            }
        }
        if let Some(client_id) = say.client_id {
            self.sends.push(NewSend { seq, client_id, author: say.author });
        }
        let mask_at = masked.is_some().then(|| self.now_ms + say.mask_after_ms.unwrap_or(0) as i64);
        self.messages.push(NewMessage {
            id,
            is_user: say.from == "user",
            sender: say.from,
            data,
            masked,
            mask_at,
            created_at: self.now_ms,
        });
    }

    /// The frame of who answers now and what can be tapped.
    pub fn state_frame(&self) -> String {
        state_frame(&self.consultation, &self.kept)
    }

    /// Commits it, and tells consoles and pages.
    pub async fn commit(self) -> Result<Changed, CommitError> {
        let hub = self.hub;
        let max = i64::from(self.settings.assignment.max);
        let mut loads: Vec<Load> = self
            .loads
            .iter()
            .map(|(agent, by)| Load { agent: account(*agent), up_to: (*by > 0).then_some(max) })
            .collect();
        loads.sort_by_key(|load| load.agent);
        let lines: Vec<NewLine> = self
            .lines
            .iter()
            .enumerate()
            .map(|(at, (line, by))| NewLine {
                // Lines of one moment sort as they happened.
                id: LineId::new(self.now_ms, (at as u128) << 72 | u128::from(hub.die.roll())),
                kind: line.name(),
                agent: line.agent().map(account),
                by: *by,
                data: match line {
                    Line::Requested => json!({"category": raw(&self.chat.category)}).to_string(),
                    Line::Missed(_) => json!({"why": self.chat.missed}).to_string(),
                    _ => "{}".to_owned(),
                },
            })
            .collect();
        let noted = self.notes.into_iter().enumerate().map(|(at, (kind, data, by))| NewLine {
            id: LineId::new(self.now_ms, ((lines.len() + at) as u128) << 72 | u128::from(hub.die.roll())),
            kind,
            agent: None,
            by,
            data: data.to_string(),
        });
        let lines: Vec<NewLine> = lines.iter().cloned().chain(noted).collect();
        let state: Arc<str> = state_frame(&self.consultation, &self.kept).into();
        let mut outbox = Vec::new();
        if let Some(outlet) = &self.outlet {
            outbox = outlet.outs(&self.spoken, &self.kept.quick_replies, (self.now_ms, &hub.die));
            for (work, data) in self.works {
                let id = OutId::new(self.now_ms, crate::consulttalk::in_turn(&hub.die));
                outbox.push(NewOut { id, work, seq: -1, part: 0, data, system: true });
            }
        }
        let goes_out = !outbox.is_empty();
        let end_user = self.chat.end_user;
        let event = |kind, message, data| NewLive { kind, end_user: Some(end_user), message, data };
        let mut events: Vec<NewLive> =
            self.frames.iter().map(|(seq, _)| event("message", Some(*seq), String::new())).collect();
        events.extend(
            lines.iter().map(|line| event("line", None, line_json(line, self.now_ms, self.chat.last_seq))),
        );
        // The last event brings the chat as it is after all of them.
        let view = view::json(self.chat.clone());
        match events.last_mut() {
            Some(last) if last.data.is_empty() => last.data = view,
            _ => events.push(event("chat", None, view)),
        }
        let messages = self.first_seq..self.first_seq + self.messages.len() as i64;
        let chat = self.chat.clone();
        let commit = ChatCommit {
            chat: self.chat,
            expected_version: self.expected_version,
            state: self.kept.text(),
            turn: self.turn,
            first_seq: self.first_seq,
            messages: self.messages,
            sends: self.sends,
            outbox,
            lines,
            consultation_moved: self.consultation_moved,
            score: self.score,
            loads,
            events,
            now_ms: self.now_ms,
        };
        hub.store.commit_chat(commit, COMMIT_WITHIN).await?;
        hub.live.ring(chat.workspace);
        if goes_out {
            consulttalk::outbox::wake(hub, end_user);
        }
        let bell = BellKey::new(chat.bot, &chat.platform, &chat.user_key);
        hub.live.bells.ring(&bell, Ring::Said { messages: self.frames.into(), state });
        Ok(Changed { chat, messages })
    }

    /// The agent whose counter was full, where a commit says so: it is the only one that takes more.
    pub fn takes(&self) -> Option<AccountId> {
        self.loads.iter().find(|(_, by)| *by > 0).map(|(agent, _)| account(*agent))
    }

    /// What a commit's failure means, to be told; `None` where it is to be tried again.
    pub fn failed(error: CommitError, takes: Option<AccountId>, settings: &Settings) -> Option<ChatError> {
        match error {
            CommitError::Stale { table: "agents" } => {
                let max = settings.assignment.max;
                Some(takes.map_or(ChatError::Conflict, |agent| ChatError::Full { max, agent }))
            }
            CommitError::Stale { .. } | CommitError::Duplicate { .. } => None,
            other => Some(other.into()),
        }
    }
}

/// The frame of who answers now and what can be tapped.
pub fn state_frame(consultation: &Consultation, kept: &Kept) -> String {
    let waits = consultation.state == State::Requested;
    ServerFrame::State {
        with: match consultation.state {
            State::Requested => "waiting",
            State::Connected => "agent",
            _ => "bot",
        },
        quick_replies: &kept.quick_replies,
        cancel: kept.cancel.as_deref().filter(|_| waits),
    }
    .text()
}

/// The consultation that a chat's row holds.
pub fn consultation_of(chat: &ChatRow) -> Consultation {
    let present: Vec<AccountId> = serde_json::from_str(&chat.present).unwrap_or_default();
    let state = State::read(&chat.state).unwrap_or(State::Bot);
    Consultation {
        state,
        origin: if chat.origin == "step-in" { Origin::StepIn } else { Origin::Call },
        owner: chat.owner.map(agent),
        present: present.into_iter().map(agent).collect::<BTreeSet<_>>(),
        flow: chat.flow,
        moved: chat.moved,
    }
}

/// A line as consoles get it.
pub fn line_json(line: &NewLine, at: i64, after_seq: i64) -> String {
    json!({"id": line.id, "kind": line.kind, "at": at, "afterSeq": after_seq, "agent": line.agent, "by": line.by,
        "data": raw(&line.data)})
    .to_string()
}

fn raw(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_default()
}

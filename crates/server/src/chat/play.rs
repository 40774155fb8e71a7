//! The bot's part of a change: the engine runs, and what it says is said.
//!
//! A node that calls an agent is answered here: within operating hours the call is a request; outside it is what the team
//! has chosen (spec live-chat.md, "Operating hours").

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use engine::{
    bot::Bot,
    event::Event,
    message::Message,
    turn::{self, Outcome, Setting, Step, Trace},
};
use livechat::{Act, State, hours::Now};
use serde_json::{Value, json};
use store::{BotId, NewTurn, TurnId, WorkspaceId};

use super::{
    ChatError,
    change::{Change, Say},
    spoken::{self, Spoken},
};
use crate::{
    Hub, consulttalk,
    effects::{self, World},
    insight::note,
    live::bells::{BellKey, Ring},
    turns::{
        bots::{Edition, LoadError},
        play::kept_trace,
    },
};

/// How long a turn may take in all: nobody but a person waits for it, who sees that the bot is typing.
const TURN_WITHIN: Duration = Duration::from_secs(60);
/// The waits of so long ago say how long one waits now.
const RECENT_MS: i64 = 3_600_000;
/// Levels of a category.
const MAX_LEVELS: usize = 3;

/// A bot that is ready to answer.
#[derive(Debug)]
pub struct Player<'a> {
    hub: &'a Hub,
    workspace: WorkspaceId,
    id: BotId,
    version: i64,
    /// The bot.
    pub bot: Arc<Bot>,
}

/// What a run told that is not in the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Played {
    /// The world was asked: what it did cannot be done again.
    pub asked: bool,
    /// An agent was called and the request waits.
    pub requested: bool,
}

impl<'a> Player<'a> {
    /// The bot's published version.
    pub async fn load(
        hub: &'a Hub,
        workspace: WorkspaceId,
        id: BotId,
        live_version: Option<i64>,
    ) -> Result<Self, ChatError> {
        let version = live_version.ok_or(ChatError::Unpublished)?;
        let bot =
            hub.bots.get(&hub.store, id, Edition::Version(version)).await.map_err(|error| match error {
                LoadError::Store(error) => ChatError::from(error),
                broken => ChatError::Broken(broken.to_string()),
            })?;
        Ok(Self { hub, workspace, id, version, bot })
    }

    /// Lets the bot answer an event. `request` is the page's id of it.
    pub async fn play(&self, change: &mut Change<'_>, event: Event, request: Option<&str>) -> Played {
        let until = self.hub.clock.instant() + TURN_WITHIN;
        let turn = TurnId::new(change.now_ms, self.hub.die.roll_wide());
        let mut played = Played { asked: false, requested: false };
        let heard = match &event {
            Event::Message(received) => received.text.clone(),
            _ => None,
        };
        let mut outcome = self.run(change, event, until, &mut played).await;
        let facts = note::facts(heard.as_deref(), &outcome, None);
        let mut trace = std::mem::take(&mut outcome.trace);
        let fault = outcome.fault.as_ref().map(|fault| fault.said().ko);
        let mut answered = say(change, &outcome);
        if let Some(call) = outcome.agent_call.take() {
            let more = self.called(change, call, until, &mut played).await;
            if let Some(mut more) = more {
                answered.extend(say(change, &more));
                append(&mut trace, std::mem::take(&mut more.trace));
            }
        }
        change.take_score();
        let answer = json!({"messages": answered, "quickReplies": change.kept.quick_replies}).to_string();
        change.turn = Some(NewTurn {
            id: turn,
            request_id: request.map(str::to_owned),
            mode: if change.chat.platform == consulttalk::PLATFORM { "kakaobiz" } else { "web" },
            block: None,
            bot_version: self.version,
            started_at: change.now_ms,
            took_us: change.took_us(),
            answer,
            late: None,
            trace: kept_trace(self.hub, &trace),
            fault,
            facts,
        });
        played
    }

    /// One run of the engine.
    async fn run(
        &self,
        change: &mut Change<'_>,
        event: Event,
        until: Instant,
        played: &mut Played,
    ) -> Outcome {
        let hub = self.hub;
        let setting = Setting {
            platform: change.chat.platform.clone(),
            bot_id: self.id.to_string(),
            end_user_id: Some(change.chat.end_user.to_string()),
            conversation_id: change.chat.conversation.to_string(),
            user_key: change.chat.user_key.clone(),
            extra: self.queue(change).await.map(|queue| ("queue", queue)).into_iter().collect(),
            new_visit: std::mem::take(&mut change.new_visit),
            now_ms: change.now_ms,
            seed: hub.die.roll(),
        };
        let world = World {
            hub,
            workspace: self.workspace,
            bot: self.id,
            seed: setting.seed,
            session: setting.conversation_id.clone(),
            until,
        };
        let session = std::mem::take(&mut change.kept.session);
        let mut turn = turn::begin(Arc::clone(&self.bot), session, event, setting);
        let outcome = loop {
            match turn.step() {
                Step::Rest(outcome) => break *outcome,
                Step::Ask(ask) => {
                    if !std::mem::replace(&mut played.asked, true) {
                        let chat = &change.chat;
                        let bell = BellKey::new(chat.bot, &chat.platform, &chat.user_key);
                        hub.live.bells.ring(&bell, Ring::Typing("bot"));
                    }
                    let begun = hub.clock.instant();
                    // On the heap: most turns ask nothing, and all of them would carry it.
                    let reply = Box::pin(effects::answer(&world, &ask)).await;
                    turn.resume(reply, (hub.clock.instant() - begun).as_millis() as u64);
                }
            }
        };
        change.kept.session = outcome.session.clone();
        outcome
    }

    /// What a template may say of the queue: `{{queue.position}}` is the place that a call would get, `{{queue.minutes}}` how
    /// long those who called within the last hour waited on average. Only for bots that call agents.
    async fn queue(&self, change: &Change<'_>) -> Option<Value> {
        if !calls_agents(&self.bot) {
            return None;
        }
        match self.hub.store.queue_ahead(self.workspace, change.now_ms - RECENT_MS).await {
            Ok((waiting, wait_ms)) => {
                let minutes = wait_ms.map(|wait| (wait + 59_999) / 60_000);
                Some(json!({"position": waiting + 1, "minutes": minutes}))
            }
            Err(error) => {
                tracing::warn!(%error, "the queue could not be read; templates see none");
                None
            }
        }
    }

    /// An agent is called. What the bot says beyond the notice, where it goes on.
    async fn called(
        &self,
        change: &mut Change<'_>,
        call: turn::AgentCall,
        until: Instant,
        played: &mut Played,
    ) -> Option<Outcome> {
        let settings = Arc::clone(&change.settings);
        let hours = &settings.hours;
        let is_open = hours.at(change.now_ms) == Now::Open;
        if !is_open && let Some(flow_id) = hours.flow_id {
            return Some(self.run(change, Event::Goto { flow_id, node_id: None }, until, played).await);
        }
        let notice = self.notice(change, &hours.notice).filter(|_| !is_open);
        if !is_open && !hours.accept {
            if let Some(text) = notice {
                bot_says(change, &Message::Text { text, buttons: Vec::new() }, "S2");
            }
            return Some(self.run(change, Event::Cancel, until, played).await);
        }
        let beside = !is_open && hours.bot_answers;
        change.chat.category = category(change).to_string();
        change.chat.in_hours = is_open;
        let called = change.act(if beside { Act::RequestBeside } else { Act::Request }, None);
        if called.is_err() {
            // There is a request already, and the bot answers beside it.
            return None;
        }
        match (&call.message, notice) {
            (_, Some(text)) => bot_says(change, &Message::Text { text, buttons: Vec::new() }, "S2"),
            (Some(message), None) => bot_says(change, message, "S4"),
            (None, None) => {}
        }
        if change.consultation.state == State::Requested {
            played.requested = true;
            change.kept.cancel = call.cancel;
        }
        if beside {
            return Some(self.run(change, Event::Cancel, until, played).await);
        }
        change.kept.quick_replies.clear();
        None
    }

    /// The team's notice, rendered in the conversation's context.
    fn notice(&self, change: &Change<'_>, template: &str) -> Option<String> {
        if template.trim().is_empty() {
            return None;
        }
        let params = Value::Object(change.kept.session.params.clone());
        let context = engine::context::Context::from_value(json!({
            "botId": self.id.to_string(),
            "userKey": change.chat.user_key,
            "platform": change.chat.platform,
            "params": params,
        }));
        let mut env = engine::template::Env::new(change.now_ms, self.hub.die.roll());
        let rendered = engine::template::Template::parse(template)
            .and_then(|template| template.render(&context, &mut env).map(|rendered| rendered.text));
        // What cannot be rendered is said as it stands: better than silence.
        Some(rendered.unwrap_or_else(|_| template.to_owned()))
    }
}

/// Does a bot call agents anywhere?
pub fn calls_agents(bot: &Bot) -> bool {
    let calls = |flow: &engine::bot::Flow| {
        flow.nodes.iter().any(|node| matches!(node.work, engine::node::Work::Manual(_)))
    };
    bot.flows.iter().any(calls)
}

/// Says what the bot has said; the same as it is stored in the turn.
fn say(change: &mut Change<'_>, outcome: &Outcome) -> Vec<Value> {
    // A relay's bubbles are shaped when they go out: in the thread stands what was said.
    let is_relayed = change.chat.platform == consulttalk::PLATFORM;
    let said = if is_relayed { spoken::whole(outcome) } else { spoken::of(outcome) };
    change.kept.quick_replies = said.quick_replies;
    let mut stored = Vec::new();
    for Spoken { message, masked, mask_after_ms, delay_ms } in &said.messages {
        let masked = masked.as_ref();
        stored.push(to_value(masked.unwrap_or(message)));
        change.say(Say {
            from: "bot",
            data: to_value(message).to_string(),
            masked: masked.map(|message| to_value(message).to_string()),
            mask_after_ms: *mask_after_ms,
            delay_ms: *delay_ms,
            client_id: None,
            author: None,
            system: None,
            consent: false,
        });
    }
    stored
}

/// Says what is no turn's: a notice, or that an agent comes. `system` is its kind among the messenger's system answers.
fn bot_says(change: &mut Change<'_>, message: &Message, system: &'static str) {
    change.say(Say {
        from: "bot",
        data: to_value(message).to_string(),
        masked: None,
        mask_after_ms: None,
        delay_ms: 0,
        client_id: None,
        author: None,
        system: Some(system),
        consent: false,
    });
}

fn append(trace: &mut Trace, more: Trace) {
    trace.visits.extend(more.visits);
    trace.fault = trace.fault.take().or(more.fault);
}

/// What a call is about: `chat:category` as a list or a path, or three params for three levels.
fn category(change: &Change<'_>) -> Value {
    let params = &change.kept.session.params;
    let text = |value: &Value| engine::value::as_text(value).map(|text| text.trim().to_owned());
    let levels: Vec<String> = match params.get("chat:category") {
        Some(Value::Array(levels)) => levels.iter().filter_map(text).collect(),
        Some(value) => text(value)
            .map(|path| path.split('>').map(|level| level.trim().to_owned()).collect())
            .unwrap_or_default(),
        None => (0..MAX_LEVELS)
            .map_while(|level| params.get(&format!("chat:category{level}")).and_then(text))
            .collect(),
    };
    json!(levels.into_iter().filter(|level| !level.is_empty()).take(MAX_LEVELS).collect::<Vec<_>>())
}

fn to_value(message: &Message) -> Value {
    serde_json::to_value(message).unwrap_or_default()
}

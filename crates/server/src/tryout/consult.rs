//! A turn on ConsultationTalk: what a relay would post goes through the reader of hooks, and what comes out are the calls
//! that the relay would get, of bubbles that the outbox's own shaping makes.
//!
//! Nothing is uploaded: a picture stands in its call where the bot has it, and not where Kakao would. What only a running
//! server knows is made up and always the same. An agent who is called never comes; until the call is taken back the bot is
//! silent, as it would be. Which relay it is and the channel's own words are recorded with the turn, so that a path test is
//! played as it was, wherever that is.

use std::collections::{BTreeMap, VecDeque};

use channels::consulttalk::{
    self, Call, CallBody, Line, Mark as Pressed, Part, Relay, What, Whom,
    tried::{self, Posted},
};
use engine::{
    event::Event,
    lang::Said,
    message::{Button, Media, Message as Sent, Received},
    turn::{self, Setting},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::ConsultChannelRow;

use super::{
    Act, Channel, Mark, Message, State, Tried, Try, Untried,
    door::{Door, Entry},
};
use crate::{
    chat::{hear::Heard, play as chat, spoken},
    consulttalk::{
        ConsultSettings, hooks,
        outlet::{Outlet, Shaped, Spoken},
    },
};

/// Messages whose buttons can still be pressed. In a real thread all can.
const REMEMBERED: usize = 40;
/// The dealer's key in the path of a call: nobody's.
const PARTNER: &str = "partner";
/// What the bot says while an agent is waited for (spec consulttalk.md 3.1).
const WAITING: &str = "S4";

/// A channel as far as it decides what a relay gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Setup {
    /// The relay.
    pub relay: Relay,
    /// What stands above buttons that find no room.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    additional_choice: String,
    /// What is said in place of what cannot be shown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    unsupported_media: String,
}

impl Default for Setup {
    /// Kakao's own protocol, for bots without a channel.
    fn default() -> Self {
        Self { relay: Relay::Native, additional_choice: String::new(), unsupported_media: String::new() }
    }
}

impl Setup {
    /// That of a bot's channel; the default where it has none.
    pub fn of(channel: Option<&ConsultChannelRow>) -> Self {
        let Some((channel, relay)) = channel.and_then(|row| Some((row, Relay::read(&row.relay)?))) else {
            return Self::default();
        };
        let ConsultSettings { additional_choice, unsupported_media, .. } =
            ConsultSettings::read(&channel.settings);
        Self { relay, additional_choice, unsupported_media }
    }

    fn outlet(&self) -> Outlet {
        let settings = ConsultSettings {
            additional_choice: self.additional_choice.clone(),
            unsupported_media: self.unsupported_media.clone(),
            ..ConsultSettings::default()
        };
        Outlet::of(self.relay, settings)
    }

    fn line(&self) -> Line {
        Line {
            relay: self.relay,
            base_url: String::new(),
            sender_key: tried::SENDER_KEY.to_owned(),
            credentials: BTreeMap::from([("partner_key".to_owned(), PARTNER.to_owned())]),
            paths: BTreeMap::new(),
            headers: Vec::new(),
        }
    }
}

/// What the server knows of the thread between two turns, besides how much was said.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Thread {
    /// Buttons of messages by their numbers, the oldest first.
    #[serde(rename = "b")]
    buttons: VecDeque<(i64, Vec<Button>)>,
    /// What stands under the last answer.
    #[serde(rename = "q")]
    quick_replies: Vec<Button>,
}

impl Thread {
    /// The button that came back.
    fn pressed(&self, mark: Pressed) -> Option<Button> {
        match mark {
            Pressed::Button { seq, n } => {
                self.buttons.iter().find(|(known, _)| *known == seq)?.1.get(n).cloned()
            }
            Pressed::QuickReply { n, .. } => self.quick_replies.get(n).cloned(),
        }
    }

    fn remember(&mut self, seq: i64, message: &Sent) {
        let buttons: Vec<Button> = (0..).map_while(|n| consulttalk::button_of(message, n).cloned()).collect();
        if !buttons.is_empty() {
            self.buttons.push_back((seq, buttons));
        }
        while self.buttons.len() > REMEMBERED {
            self.buttons.pop_front();
        }
    }
}

/// Tries one act through a relay.
pub(super) async fn run(
    attempt: &Try<'_>,
    mut state: State,
    mut setting: Setting,
    door: &mut Door<'_>,
) -> Result<Tried, Untried> {
    let (bot, setup) = (attempt.bot, attempt.consult);
    door.tell(Entry::Consult(setup.clone()));
    let (request, heard) = hear(attempt, &state)?;
    let mut event = match &heard {
        Heard::Start => Event::Start,
        Heard::Goto { flow_id, node_id, .. } => Event::Goto { flow_id: *flow_id, node_id: *node_id },
        Heard::Message(received) => Event::Message(received.clone()),
        // Customers do nothing else here.
        Heard::Restart | Heard::Cancel | Heard::Params | Heard::Kept(_) => return Err(unreadable()),
    };
    let said = match heard {
        Heard::Message(received) => Some(received),
        Heard::Goto { label: Some(label), .. } => Some(Received::text(label)),
        _ => None,
    };
    state.room.messages += i64::from(said.is_some());
    if state.room.waits {
        if !state.room.is_taken_back_by(said.as_ref()) {
            let context = turn::context(bot, &state.kept.session, &setting);
            let answer = written(setup, &state.user, &[]);
            return Ok(Tried::silent(state, context, (request, answer), vec![Mark::waits()], door));
        }
        event = Event::Cancel;
        state.room.resume();
    }
    if chat::calls_agents(bot) {
        // Nobody is before somebody who only tries.
        setting.extra.push(("queue", json!({"position": 1, "minutes": null})));
    }
    let played = super::play(bot, &mut state.kept, event, setting, door).await;
    let whole = spoken::whole(&played.outcome);
    let mut quick_replies = whole.quick_replies;
    let mut says: Vec<(Sent, Option<&'static str>)> =
        whole.messages.into_iter().map(|one| (one.message, None)).collect();
    if let Some(call) = &played.outcome.agent_call {
        says.extend(call.message.clone().map(|message| (message, Some(WAITING))));
        quick_replies.clear();
        state.room.waits = true;
        state.room.cancel.clone_from(&call.cancel);
    }
    let mut spoken = Vec::with_capacity(says.len());
    for (message, system) in says {
        let seq = state.room.messages;
        state.room.messages += 1;
        state.thread.remember(seq, &message);
        let data = serde_json::to_string(&message).unwrap_or_default();
        spoken.push(Spoken { seq, data, system, consent: false });
    }
    let (bubbles, notes) = setup.outlet().bubbles(&spoken, &quick_replies);
    state.thread.quick_replies = quick_replies;
    let marks = notes.iter().map(Mark::of_note_on_consulttalk).collect();
    let answer = written(setup, &state.user, &bubbles);
    Ok(played.tried(state, (request, answer), marks, Channel::Kakaobiz, door))
}

/// The hook of an act, and what it says. What leads to a flow is no customer's deed: an agent does it, or the API.
fn hear(attempt: &Try<'_>, state: &State) -> Result<(Value, Heard), Untried> {
    let message = match attempt.act {
        Act::Start => return read(attempt, state, tried::Act::Ask),
        Act::Goto { flow, node } => {
            let request = json!({"flowId": flow, "nodeId": node});
            return Ok((request, Heard::Goto { flow_id: *flow, node_id: *node, label: None }));
        }
        Act::Message(message) => message,
    };
    let Message { text, payload, button, media, location } = &**message;
    if location.is_some() {
        return Err(Untried::NotOnChannel(
            "/event/location",
            Said::new(
                "고객이 상담톡에 위치를 보내면 무엇이 오는지 카카오 문서에 없어서 해 볼 수 없어요. 주소를 글로 입력해 보세요.",
                "Kakao's documents do not say what comes when a customer sends a place here; type the address instead.",
            ),
        ));
    }
    if let Some(media) = media {
        return read(attempt, state, tried::Act::Photo(&media.uri));
    }
    let Some(button) = button else {
        let text = text.as_deref().unwrap_or_default();
        // Any other system's button may carry what is no mark of ours.
        return read(attempt, state, tried::Act::Say { text, extra: payload.as_deref() });
    };
    let word = |key: &str| button.get(key).and_then(Value::as_str);
    match word("type") {
        Some("BK" | "MD") => {
            let text = word("name").unwrap_or_default();
            // Natively a quick reply has another word for it than a button.
            let extra = word("extra").or_else(|| word("chat_extra"));
            read(attempt, state, tried::Act::Say { text, extra })
        }
        _ => Err(Untried::NotOnChannel(
            "/event/button",
            Said::new(
                "이 버튼은 봇에 아무것도 보내지 않아요. 휴대폰에서는 링크나 앱을 열거나 채널 챗봇으로 넘어가요.",
                "This button sends nothing to the bot: on a phone it opens a link or an app, or the channel's chatbot takes over.",
            ),
        )),
    }
}

/// Posts a hook, and reads it as from a relay.
fn read(attempt: &Try<'_>, state: &State, act: tried::Act<'_>) -> Result<(Value, Heard), Untried> {
    let relay = attempt.consult.relay;
    let person =
        tried::Person { user_key: &state.user, said: state.room.messages, now_ms: attempt.moment.now_ms };
    let posted = tried::hook(relay, act, person);
    let hook = consulttalk::read(
        relay,
        posted.path,
        &|name| posted.header(name),
        posted.body.to_string().as_bytes(),
    );
    let heard = match hook.what {
        What::Reference(_) => Heard::Start,
        What::Message(said) => match said.parts.into_iter().next().ok_or_else(unreadable)? {
            Part::Text(text) => pressed(&state.thread, text, said.extra.as_deref()),
            Part::Media { url, comment, .. } => {
                let media = Media { content_type: "image".to_owned(), uri: url, alt_text: None };
                let text = (!comment.is_empty()).then_some(comment);
                Heard::Message(Received { text, ..Received::media(media) })
            }
            Part::Unknown { kind } => Heard::Message(Received { kind, ..Received::default() }),
        },
        _ => return Err(unreadable()),
    };
    let Posted { path, headers, body } = posted;
    let mut request = json!({"path": path, "body": body});
    if !headers.is_empty() {
        request["headers"] = headers
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect::<Map<_, _>>()
            .into();
    }
    Ok((request, heard))
}

/// A text, or the button whose mark came with it.
fn pressed(thread: &Thread, text: String, extra: Option<&str>) -> Heard {
    match (extra, extra.and_then(consulttalk::mark)) {
        (None, _) => Heard::Message(Received::text(text)),
        (Some(extra), None) => Heard::Message(Received::postback(text, extra)),
        (Some(_), Some(mark)) => hooks::meaning(thread.pressed(mark), text),
    }
}

/// What is said must not be blank: no messenger sends that.
fn unreadable() -> Untried {
    Untried::NotOnChannel(
        "/event",
        Said::new("상담톡으로 보낼 수 없는 내용이에요.", "This cannot be sent on ConsultationTalk."),
    )
}

/// The calls that the relay gets.
fn written(setup: &Setup, user_key: &str, bubbles: &[Shaped]) -> Value {
    let line = setup.line();
    let whom = Whom { user_key, session_id: Some(tried::SESSION_ID) };
    let calls: Vec<Value> = bubbles
        .iter()
        .map(|Shaped { seq, part, bubble }| {
            let Call { method, url, headers, body } =
                consulttalk::send(&line, whom, &format!("preview{seq}part{part}"), bubble);
            let body = match body {
                CallBody::Json(text) => serde_json::from_str(&text).unwrap_or_default(),
                CallBody::None | CallBody::Form { .. } => Value::Null,
            };
            let mut call = json!({"method": method, "url": url, "body": body});
            if !headers.is_empty() {
                call["headers"] = headers
                    .into_iter()
                    .map(|(name, value)| (name, value.into()))
                    .collect::<Map<_, _>>()
                    .into();
            }
            call
        })
        .collect();
    json!({"relay": setup.relay, "calls": calls})
}

//! A turn on the web: what a page would send goes through the reader of pages, and what comes out are the frames that a page
//! would get (docs/webchat.md), written by the code that writes them.
//!
//! What only a running server knows is made up and always the same, so that a path test finds no difference in it: ids are
//! numbers, and the time is the turn's. An agent who is called never comes; until the call is taken back the bot is silent,
//! as it would be.

use std::sync::Arc;

use channels::web::{
    frame::{ClientFrame, ServerFrame},
    inbound,
};
use engine::{
    bot::Bot,
    event::Event,
    lang::Said,
    message::{Action, Button, Received},
    turn::{self, Outcome, Setting},
};
use serde_json::{Value, json, value::RawValue};

use super::{Act, Channel, Mark, Message, Played, Room, State, Tried, Try, Untried, door::Door};
use crate::chat::{play as chat, spoken};

/// What a page did, as the server reads it.
struct Heard {
    event: Event,
    /// What stands in the thread of it.
    said: Option<Received>,
    /// The page's id of it.
    id: Option<String>,
}

/// Tries one act on the web.
pub(super) async fn run(
    attempt: &Try<'_>,
    mut state: State,
    mut setting: Setting,
    door: &mut Door<'_>,
) -> Result<Tried, Untried> {
    let bot = attempt.bot;
    let request = frame(attempt.act, state.room.messages)?;
    let mut heard = read(&request, attempt.act)?;
    let mut frames = Frames { at: attempt.moment.now_ms, next: state.room.messages, sent: Vec::new() };
    if heard.id.is_none() {
        frames.send(&ServerFrame::Ready { seq: frames.next - 1 });
    }
    if let Some(said) = &heard.said {
        frames.say("user", &said.to_context().to_string(), heard.id.as_deref(), 0);
    }
    if state.room.waits {
        if !state.room.is_taken_back_by(heard.said.as_ref()) {
            return Ok(unheard(bot, state, &setting, (request, frames, heard.id), door));
        }
        heard.event = Event::Cancel;
        state.room.resume();
    }
    if chat::calls_agents(bot) {
        // Nobody is before somebody who only tries.
        setting.extra.push(("queue", json!({"position": 1, "minutes": null})));
    }
    let played = super::play(bot, &mut state.kept, heard.event, setting, door).await;
    let Outcome { agent_call, .. } = &played.outcome;
    let mut said = spoken::of(&played.outcome);
    for message in &said.messages {
        frames.say("bot", &text(&message.message), None, message.delay_ms);
    }
    if let Some(call) = agent_call {
        if let Some(message) = &call.message {
            frames.say("bot", &text(message), None, 0);
        }
        said.quick_replies.clear();
        state.room.waits = true;
        state.room.cancel.clone_from(&call.cancel);
    }
    state.room.messages = frames.next;
    let marks = said.notes.iter().map(Mark::of_note).collect();
    let answer = frames.end(&state.room, &said.quick_replies, heard.id.as_deref());
    Ok(Played::tried(played, state, (request, answer), marks, Channel::Web, door))
}

/// While an agent is waited for, what is written goes to the agents.
fn unheard(
    bot: &Arc<Bot>,
    mut state: State,
    setting: &Setting,
    (request, frames, id): (Value, Frames, Option<String>),
    door: &mut Door<'_>,
) -> Tried {
    let context = turn::context(bot, &state.kept.session, setting);
    state.room.messages = frames.next;
    let answer = frames.end(&state.room, &[], id.as_deref());
    Tried::silent(state, context, (request, answer), vec![Mark::waits()], door)
}

/// The frame that a page would send.
fn frame(act: &Act, nth: i64) -> Result<Value, Untried> {
    let id = format!("preview-{nth}");
    let message = match act {
        Act::Start => return Ok(json!({"type": "hello", "token": "…", "start": true})),
        Act::Goto { flow, node } => return Ok(goto(&id, *flow, *node, None)),
        Act::Message(message) => message,
    };
    let Message { text, payload, button, media, location } = &**message;
    if location.is_some() {
        return Err(Untried::NotOnChannel(
            "/event/location",
            Said::new(
                "웹 채팅에서는 위치를 보낼 수 없어요. 주소를 글로 입력해 보세요.",
                "Pages send no places; type the address instead.",
            ),
        ));
    }
    let button = button.clone().and_then(|button| serde_json::from_value::<Button>(button).ok());
    let (said, payload) = match button {
        Some(Button { label, action: Action::Goto { flow_id, node_id } }) => {
            return Ok(goto(&id, flow_id, node_id, Some(&label)));
        }
        Some(Button { action: Action::Link { .. }, .. }) => {
            return Err(Untried::NotOnChannel(
                "/event/button",
                Said::new(
                    "이 버튼은 봇에 아무것도 보내지 않고 링크를 열어요.",
                    "This button sends nothing to the bot: it opens a link.",
                ),
            ));
        }
        Some(Button { label, action: Action::Postback { payload } }) => (Some(label), payload),
        None => (text.clone(), payload.clone()),
    };
    let mut frame = json!({"type": "message", "id": id});
    if let Some(media) = media {
        let kind = media.content_type.as_deref().unwrap_or("image");
        // Pages name what they have uploaded without the server's address.
        let name = media.uri.find("/media/").map_or(media.uri.as_str(), |at| &media.uri[at..]);
        frame["media"] = json!({"contentType": kind, "uri": name});
        return Ok(frame);
    }
    frame["text"] = said.unwrap_or_default().into();
    if let Some(payload) = payload {
        frame["payload"] = payload.into();
    }
    Ok(frame)
}

fn goto(id: &str, flow: i64, node: Option<i64>, label: Option<&str>) -> Value {
    let mut frame = json!({"type": "goto", "id": id, "flowId": flow});
    if let Some(node) = node {
        frame["nodeId"] = node.into();
    }
    if let Some(label) = label {
        frame["label"] = label.into();
    }
    frame
}

/// Reads it as from a page.
fn read(request: &Value, act: &Act) -> Result<Heard, Untried> {
    let frame = inbound::read(&request.to_string()).map_err(|refusal| {
        let pointer = if refusal.code == "bad-media" { "/event/media" } else { "/event/text" };
        Untried::NotOnChannel(pointer, Said::new(refusal.ko, refusal.en))
    })?;
    Ok(match frame {
        ClientFrame::Message { id, text, payload, media } => {
            // Bots are told the whole address.
            let media = media.map(|media| match act {
                Act::Message(message) => {
                    let whole = message.media.as_ref().map(|given| given.uri.clone());
                    engine::message::Media { uri: whole.unwrap_or(media.uri), ..media }
                }
                Act::Start | Act::Goto { .. } => media,
            });
            let received = inbound::received(text, payload, media);
            Heard { event: Event::Message(received.clone()), said: Some(received), id: Some(id) }
        }
        ClientFrame::Goto { id, flow_id, node_id, label } => {
            Heard { event: inbound::goto(flow_id, node_id), said: label.map(Received::text), id: Some(id) }
        }
        _ => Heard { event: Event::Start, said: None, id: None },
    })
}

/// What a page gets.
struct Frames {
    at: i64,
    /// The number of the next message.
    next: i64,
    sent: Vec<Value>,
}

impl Frames {
    fn say(&mut self, from: &str, data: &str, client_id: Option<&str>, delay_ms: u64) {
        let Ok(data) = serde_json::from_str::<Box<RawValue>>(data) else { return };
        let seq = self.next;
        self.next += 1;
        self.send(&ServerFrame::Message {
            seq,
            id: &seq.to_string(),
            from,
            at: self.at,
            client_id,
            delay_ms: Some(delay_ms).filter(|delay| *delay > 0),
            data: &data,
        });
    }

    fn end(mut self, room: &Room, quick_replies: &[Button], id: Option<&str>) -> Value {
        self.send(&ServerFrame::State {
            with: if room.waits { "waiting" } else { "bot" },
            quick_replies,
            cancel: room.cancel.as_deref().filter(|_| room.waits),
        });
        if let Some(id) = id {
            self.send(&ServerFrame::Done { id });
        }
        json!({"frames": self.sent})
    }

    fn send(&mut self, frame: &ServerFrame<'_>) {
        self.sent.push(serde_json::from_str(&frame.text()).unwrap_or_default());
    }
}

fn text(message: &engine::message::Message) -> String {
    // Only maps with keys that are no strings fail to serialise; there are none.
    serde_json::to_string(message).unwrap_or_default()
}

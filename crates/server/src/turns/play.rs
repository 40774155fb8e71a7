//! The engine run of a turn: what was heard goes in, an answer in Kakao's words comes out.
//!
//! Knows no store and no clock. The page that "더보기" asks for needs no engine: it is what was held back.

use std::sync::Arc;

use channels::kakao::{
    inbound::{Heard, Inbound},
    outbound::{self, Answer},
};
use engine::{
    bot::Bot,
    event::Event,
    message::{Message, Received},
    turn::{self, Outcome, Setting, Step},
};

use super::kept::Kept;
use crate::effects;

/// A turn that has run, before it is kept.
#[derive(Debug)]
pub struct Played {
    /// The skill response.
    pub body: String,
    /// The skill response as it is stored: differs where `MASK` hides something.
    pub stored_body: Option<String>,
    /// The conversation's new state.
    pub kept: Kept,
    /// The messages of the thread.
    pub said: Vec<Said>,
    /// The trace, as JSON.
    pub trace: String,
    /// Why the scenario failed.
    pub fault: Option<String>,
    /// The world was asked: what it did cannot be done again.
    pub asked: bool,
}

/// A message for the thread.
#[derive(Debug)]
pub struct Said {
    /// Did the end user say it?
    pub is_user: bool,
    /// The message, as JSON.
    pub data: String,
    /// The same after masking.
    pub masked: Option<String>,
    /// When the masked form takes over; at once where absent.
    pub mask_after_ms: Option<u64>,
}

/// Plays one turn. The session is taken out of what was kept; the next one is in [`Played::kept`].
pub fn play(bot: &Arc<Bot>, kept: &mut Kept, inbound: &Inbound, setting: Setting) -> Played {
    let event = match (&inbound.heard, &kept.held) {
        (Heard::More, Some(held)) => return next_page(held, kept, inbound),
        // Nothing is held any more: the label of the button is taken as a message.
        (Heard::More | Heard::Unreadable, _) => {
            Event::Message(Received::text(inbound.said.clone().unwrap_or_default()))
        }
        (Heard::Event(event), _) => event.clone(),
    };
    // A label comes back without its marker where the user types it.
    if let (Event::Message(heard), Some(held)) = (&event, &kept.held)
        && heard.payload.is_none()
        && heard.text.as_deref().map(str::trim) == Some(held.label())
    {
        return next_page(held, kept, inbound);
    }
    let mut said: Vec<Said> = heard(&event, inbound).into_iter().collect();
    let mut turn = turn::begin(Arc::clone(bot), std::mem::take(&mut kept.session), event, setting);
    let mut asked = false;
    let outcome = loop {
        match turn.step() {
            Step::Rest(outcome) => break *outcome,
            Step::Ask(ask) => {
                asked = true;
                turn.resume(effects::answer(&ask), 0);
            }
        }
    };
    let shaped = outbound::shape(&answer(&outcome, |sent| &sent.message));
    let masked = outcome.messages.iter().any(|sent| sent.stored.is_some());
    let stored_body = masked.then(|| {
        outbound::shape(&answer(&outcome, |sent| sent.stored.as_ref().unwrap_or(&sent.message))).body
    });
    said.extend(outcome.messages.iter().map(|sent| Said {
        is_user: false,
        data: json(&sent.message),
        masked: sent.stored.as_ref().map(json),
        mask_after_ms: sent.mask_after_ms,
    }));
    if let Some(message) = outcome.agent_call.as_ref().and_then(|call| call.message.as_ref()) {
        said.push(Said { is_user: false, data: json(message), masked: None, mask_after_ms: None });
    }
    Played {
        body: shaped.body,
        stored_body,
        trace: json(&outcome.trace),
        fault: outcome.fault.as_ref().map(|fault| fault.said().ko),
        kept: Kept { session: outcome.session, held: shaped.rest, recent: Vec::new() },
        said,
        asked,
    }
}

fn answer<'a>(outcome: &'a Outcome, pick: impl Fn(&'a turn::Sent) -> &'a Message) -> Answer<'a> {
    let call = outcome.agent_call.as_ref();
    Answer {
        messages: outcome.messages.iter().map(pick).collect(),
        quick_replies: &outcome.quick_replies,
        agent_call: call.map(|call| (call.message.as_ref(), call.label.as_str())),
        words: outbound::Words {
            more: &outcome.words.more,
            additional_choice: &outcome.words.additional_choice,
            unsupported_media: &outcome.words.unsupported_media,
            empty: &outcome.words.empty,
        },
    }
}

/// Serves what did not fit; the scenario does not move.
fn next_page(held: &outbound::Held, kept: &Kept, inbound: &Inbound) -> Played {
    let shaped = outbound::shape_held(held);
    let text = Received::text(inbound.said.clone().unwrap_or_default());
    Played {
        body: shaped.body,
        stored_body: None,
        kept: Kept { session: kept.session.clone(), held: shaped.rest, recent: Vec::new() },
        said: vec![Said {
            is_user: true,
            data: text.to_context().to_string(),
            masked: None,
            mask_after_ms: None,
        }],
        trace: "{}".to_owned(),
        fault: None,
        asked: false,
    }
}

/// The end user's side of the thread. Opening the room says nothing.
fn heard(event: &Event, inbound: &Inbound) -> Option<Said> {
    let data = match event {
        Event::Start | Event::Cancel => return None,
        Event::Message(heard) => heard.to_context(),
        Event::Goto { .. } => Received::text(inbound.said.clone().unwrap_or_default()).to_context(),
    };
    Some(Said { is_user: true, data: data.to_string(), masked: None, mask_after_ms: None })
}

fn json<T: serde::Serialize>(part: &T) -> String {
    // Only maps with keys that are no strings fail to serialise; there are none.
    serde_json::to_string(part).unwrap_or_default()
}

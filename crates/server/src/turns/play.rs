//! The engine run of a turn: what was heard goes in, what is to be shown comes out.
//!
//! What a button asks for that was held back needs no engine: [`page`] serves it, and the scenario does not move.

use std::sync::Arc;

use channels::kakao::{
    inbound::{Heard, Inbound},
    outbound::{self, Answer, Held, ShapeNote},
};
use engine::{
    ask::Ask,
    bot::Bot,
    event::Event,
    message::{Message, Received},
    turn::{self, AgentCall, Outcome, Setting, Step, Trace, Words},
};

use store::TurnFacts;

use super::{
    early::{Early, Interim},
    kept::{Kept, Late},
};
use crate::{
    Hub,
    effects::{self, World},
    insight::note,
};

/// A turn that has run, before it is kept.
#[derive(Debug)]
pub struct Played {
    /// All that is to be shown and was not shown yet.
    pub held: Held,
    /// The same of this turn as it is stored: there only where `MASK` hides something.
    pub stored: Option<Held>,
    /// The conversation's new state, without what is held.
    pub kept: Kept,
    /// The messages of the thread.
    pub said: Vec<Said>,
    /// The trace, as JSON.
    pub trace: String,
    /// Why the scenario failed.
    pub fault: Option<String>,
    /// What it leaves for statistics.
    pub facts: TurnFacts,
    /// The answer shows buttons.
    pub offers: bool,
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

/// What was held back, asked for by a button or by its label.
#[derive(Debug)]
pub enum Page {
    /// The answer's body and the state after it.
    Shown(String, Box<Kept>),
    /// A late answer is asked for, and there is none in the session.
    NoneLate,
}

/// What was held back, if that is what this request asks for.
pub fn page(kept: &Kept, inbound: &Inbound) -> Option<Page> {
    // A label comes back without its marker where the user types it.
    let typed = match &inbound.heard {
        Heard::Event(Event::Message(heard)) if heard.payload.is_none() => {
            heard.text.as_deref().map(str::trim)
        }
        _ => None,
    };
    let says = |label: &str| !label.is_empty() && typed == Some(label.trim());
    let late = kept.late.as_ref();
    if matches!(inbound.heard, Heard::Late) || late.is_some_and(|late| says(&late.button)) {
        return Some(late.map_or(Page::NoneLate, |late| {
            let shaped = outbound::shape_held(&late.held);
            let late = Late { fetched: true, ..late.clone() };
            Page::Shown(shaped.body, Box::new(Kept { held: shaped.rest, late: Some(late), ..kept.clone() }))
        }));
    }
    let held = kept.held.as_ref()?;
    if matches!(inbound.heard, Heard::More) || says(held.label()) {
        let shaped = outbound::shape_held(held);
        return Some(Page::Shown(shaped.body, Box::new(Kept { held: shaped.rest, ..kept.clone() })));
    }
    None
}

/// What the end user visibly said, for the thread.
pub fn said_by_user(inbound: &Inbound) -> Said {
    let text = Received::text(inbound.said.clone().unwrap_or_default());
    Said { is_user: true, data: text.to_context().to_string(), masked: None, mask_after_ms: None }
}

/// Plays one turn. What was kept is taken out of it; the next state is in [`Played::kept`].
pub async fn play(
    bot: &Arc<Bot>,
    kept: &mut Kept,
    inbound: &Inbound,
    setting: Setting,
    (world, early): (&World<'_>, &mut Early<'_>),
) -> Played {
    let event = match &inbound.heard {
        Heard::Event(event) => event.clone(),
        // Nothing is held any more: the label of the button is taken as a message.
        Heard::More | Heard::Late | Heard::Unreadable => {
            Event::Message(Received::text(inbound.said.clone().unwrap_or_default()))
        }
    };
    // An answer that nobody has fetched comes first.
    let mut before = kept.late.take().filter(|late| !late.fetched).map(|late| late.held);
    let mut said: Vec<Said> = heard(&event, inbound).into_iter().collect();
    let mut turn = turn::begin(Arc::clone(bot), std::mem::take(&mut kept.session), event, setting);
    let mut asked = false;
    let outcome = loop {
        match turn.step() {
            Step::Rest(outcome) => break *outcome,
            Step::Ask(ask) => {
                asked = true;
                let (reply, took_ms) =
                    early.wait(ask_world(world, &ask), || interim(&mut turn, before.take())).await;
                turn.resume(reply, took_ms);
            }
        }
    };
    let (rest, shown) = early.take_rest();
    let before = before.or(rest);
    let (held, notes) = whole(before, &outcome, shown, |sent| &sent.message);
    let masked = outcome.messages.iter().any(|sent| sent.stored.is_some());
    let stored =
        masked.then(|| whole(None, &outcome, 0, |sent| sent.stored.as_ref().unwrap_or(&sent.message)).0);
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
        facts: note::facts(inbound.said.as_deref(), &outcome, cuts(&notes)),
        offers: offers(&outcome),
        held,
        stored,
        trace: kept_trace(world.hub, &outcome.trace),
        fault: outcome.fault.as_ref().map(|fault| fault.said().ko),
        kept: Kept { session: outcome.session, ..Kept::default() },
        said,
        asked,
    }
}

async fn ask_world(world: &World<'_>, ask: &Ask) -> (engine::ask::Reply, u64) {
    let begun = world.hub.clock.instant();
    // On the heap: most turns ask nothing, and all of them would carry it.
    let reply = Box::pin(effects::answer(world, ask)).await;
    (reply, (world.hub.clock.instant() - begun).as_millis() as u64)
}

/// What can be told of a turn that goes on.
fn interim(turn: &mut turn::Turn, before: Option<Held>) -> Interim {
    let words = turn.words();
    let count = turn.said().len();
    let so_far = (count > 0).then(|| {
        let messages = turn.said().iter().map(|sent| &sent.message).collect();
        outbound::hold(&answer(messages, None, &[], &words)).0
    });
    let said = match (before, so_far) {
        (Some(before), Some(so_far)) => Some(before.then(so_far)),
        (before, so_far) => before.or(so_far),
    };
    Interim { said, count, words }
}

/// What comes before, and after it the messages of the outcome that were not shown yet; and what of those could not be
/// sent as it was.
pub(crate) fn whole<'a>(
    before: Option<Held>,
    outcome: &'a Outcome,
    shown: usize,
    pick: impl Fn(&'a turn::Sent) -> &'a Message,
) -> (Held, Vec<ShapeNote>) {
    let messages: Vec<&Message> = outcome.messages.iter().skip(shown).map(pick).collect();
    let call = outcome.agent_call.as_ref();
    let silent = messages.is_empty() && call.is_none() && outcome.quick_replies.is_empty();
    match before {
        // "(No message)" is for people who would see nothing else.
        Some(before) if silent => (before, Vec::new()),
        before => {
            let (held, notes) =
                outbound::hold(&answer(messages, call, &outcome.quick_replies, &outcome.words));
            match before {
                Some(before) => (before.then(held), notes),
                None => (held, notes),
            }
        }
    }
}

/// What shaping took away, by name; what was only divided or moved is all there.
fn cuts(notes: &[ShapeNote]) -> Option<String> {
    let mut names: Vec<&str> = notes.iter().map(|note| note.what).filter(|what| loses(what)).collect();
    names.sort_unstable();
    names.dedup();
    (!names.is_empty()).then(|| names.join(", "))
}

fn loses(what: &str) -> bool {
    what.ends_with("-cut") || what.ends_with("-dropped") || what == "quick-reply-link"
}

/// Can somebody press something in the answer?
fn offers(outcome: &Outcome) -> bool {
    let messages = outcome.messages.iter().map(|sent| &sent.message);
    !outcome.quick_replies.is_empty() || messages.flat_map(Message::buttons).next().is_some()
}

fn answer<'a>(
    messages: Vec<&'a Message>,
    call: Option<&'a AgentCall>,
    quick_replies: &'a [engine::message::Button],
    words: &'a Words,
) -> Answer<'a> {
    Answer {
        messages,
        quick_replies,
        agent_call: call.map(|call| (call.message.as_ref(), call.label.as_str())),
        words: outbound::Words {
            more: &words.more,
            additional_choice: &words.additional_choice,
            unsupported_media: &words.unsupported_media,
            empty: &words.empty,
        },
    }
}

/// The end user's side of the thread. Opening the room says nothing.
fn heard(event: &Event, inbound: &Inbound) -> Option<Said> {
    let data = match event {
        Event::Start | Event::Cancel => return None,
        Event::Message(heard) => heard.to_context(),
        Event::Goto { .. } => return Some(said_by_user(inbound)),
    };
    Some(Said { is_user: true, data: data.to_string(), masked: None, mask_after_ms: None })
}

/// The trace as it is stored, where traces are kept.
pub fn kept_trace(hub: &Hub, trace: &Trace) -> String {
    if hub.config.limits.traces { json(trace) } else { "{}".to_owned() }
}

fn json<T: serde::Serialize>(part: &T) -> String {
    // Only maps with keys that are no strings fail to serialise; there are none.
    serde_json::to_string(part).unwrap_or_default()
}

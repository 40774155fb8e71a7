//! From what a bot says to a skill response (spec kakao-skill.md 4, product.md K9).
//!
//! `shape.rs` turns messages into bubbles that are valid by themselves; this module counts them into pages: three
//! bubbles, ten quick replies, 30 KB. What does not fit on the first page is [`Held`], behind a quick reply "더보기".
//! Quick replies vanish when the next message is sent, so each page brings them again.

use engine::message::{Button, Message};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    limits,
    marker::Extra,
    reply,
    shape::{Bubble, Shaper},
    wire,
};
pub use crate::ShapeNote;
use crate::text;

/// What a bot says in one turn.
#[derive(Debug, Clone)]
pub struct Answer<'a> {
    /// The messages, in order.
    pub messages: Vec<&'a Message>,
    /// What can be tapped instead of typing.
    pub quick_replies: &'a [Button],
    /// An agent is called: what is said about it, and what stands on the button.
    pub agent_call: Option<(Option<&'a Message>, &'a str)>,
    /// What the bot says by itself.
    pub words: Words<'a>,
}

/// What the bot says by itself, rendered (spec bot.md, "The file").
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The label that asks for what did not fit.
    pub more: &'a str,
    /// Stands over buttons that need a bubble of their own.
    pub additional_choice: &'a str,
    /// Stands for a medium that KakaoTalk does not show.
    pub unsupported_media: &'a str,
    /// Said where there is nothing else to say.
    pub empty: &'a str,
}

/// A skill response, and what did not fit into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shaped {
    /// The response's JSON.
    pub body: String,
    /// The next pages.
    pub rest: Option<Held>,
    /// What was divided, moved or cut.
    pub notes: Vec<ShapeNote>,
}

/// What waits behind "더보기". Stored with the conversation until it is fetched or something else is said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// Bubbles that were not shown yet, as they go out.
    #[serde(rename = "b", default)]
    bubbles: Vec<Value>,
    /// All quick replies, as they go out.
    #[serde(rename = "q", default)]
    chips: Vec<Value>,
    /// The quick reply with which the next page begins.
    #[serde(rename = "f", default)]
    from: usize,
    /// The label that asks for the next page.
    #[serde(rename = "m")]
    more: String,
    /// Stands over a page that has quick replies only.
    #[serde(rename = "c")]
    choice: String,
}

impl Held {
    /// Holds these bubbles and quick replies as they are; each is valid by itself.
    pub(crate) fn of(bubbles: Vec<Value>, chips: Vec<Value>, more: &str, choice: &str) -> Self {
        Self { more: more_label(more, &chips), bubbles, chips, from: 0, choice: choice.to_owned() }
    }

    /// Holds nothing: no bubble is left to show.
    pub fn is_empty(&self) -> bool {
        self.bubbles.is_empty()
    }

    /// What was held before, and after it what is said next; only the last can still be answered by tapping.
    #[must_use]
    pub fn then(mut self, next: Self) -> Self {
        self.bubbles.extend(next.bubbles);
        Self { bubbles: self.bubbles, ..next }
    }

    /// How many bubbles are held.
    pub fn bubbles(&self) -> usize {
        self.bubbles.len()
    }

    /// How many bytes the bubbles that are held take on the wire.
    pub fn bytes(&self) -> usize {
        self.bubbles.iter().map(wire::size).sum()
    }

    /// What is said to see the next page, where the marker does not come back.
    pub fn label(&self) -> &str {
        &self.more
    }
}

/// Shapes an answer to its first page.
pub fn shape(answer: &Answer<'_>) -> Shaped {
    let (held, notes) = hold(answer);
    Shaped { notes, ..page(&held) }
}

/// Shapes an answer that nobody sees yet: all of it is held.
pub fn hold(answer: &Answer<'_>) -> (Held, Vec<ShapeNote>) {
    let mut shaper = Shaper::new(answer.words);
    for (at, message) in answer.messages.iter().enumerate() {
        shaper.message(Some(at), message);
    }
    if let Some((message, label)) = answer.agent_call {
        shaper.agent_call(message, label);
    }
    let chips = shaper.quick_replies(answer.quick_replies);
    let Shaper { bubbles, mut notes, .. } = shaper;
    let (mut bubbles, moved) = outputs(bubbles);
    for note in &mut notes {
        note.bubble = moved.get(note.bubble).copied().unwrap_or(bubbles.len().saturating_sub(1));
    }
    if bubbles.is_empty() {
        let empty = [answer.words.empty, reply::NOTHING]
            .into_iter()
            .map(text::clean)
            .find(|said| !said.trim().is_empty());
        bubbles.push(wire::simple_text(&text::cut(&empty.unwrap_or_default(), limits::TEXT)));
    }
    let held = Held {
        bubbles,
        more: more_label(answer.words.more, &chips),
        chips,
        from: 0,
        choice: text::cut(&shaper_choice(answer.words), limits::TEXT_CARD),
    };
    (held, notes)
}

/// The next page of an answer.
pub fn shape_held(held: &Held) -> Shaped {
    page(held)
}

/// Shapes what is said while the answer takes longer than Kakao waits: what was said until now, the waiting text, and
/// a quick reply that fetches the answer. What finds no room is held for the answer.
pub fn shape_waiting(said: Option<Held>, waiting: &str, button: &str) -> (String, Option<Held>) {
    let mut outputs = Vec::new();
    let rest = said.and_then(|mut held| {
        let fit = fitting(&held.bubbles, limits::OUTPUTS - 1);
        outputs.extend(held.bubbles.drain(..fit));
        Some(held).filter(|held| !held.is_empty())
    });
    let or = |said: &str, default: &str| {
        let said = text::clean(said);
        if said.trim().is_empty() { default.to_owned() } else { said.trim().to_owned() }
    };
    outputs.push(wire::simple_text(&text::cut(&or(waiting, reply::WAITING), limits::TEXT)));
    let label = text::cut(&or(button, reply::WAITING_BUTTON).replace('\n', " "), limits::LABEL);
    let chip = wire::says(&label, &label, Some(&Extra::late()));
    (wire::response(&outputs, &[chip]), rest)
}

/// How many bubbles go out together: at most so many, and not more bytes than Kakao takes.
fn fitting(bubbles: &[Value], most: usize) -> usize {
    let mut bytes = 0;
    bubbles
        .iter()
        .take(most)
        .take_while(|bubble| {
            bytes += wire::size(bubble);
            bytes <= limits::CAROUSEL_BYTES
        })
        .count()
}

/// Bubbles as they go out: neighbouring texts are joined where that saves a page, and nothing else. With it where each
/// of them went.
fn outputs(bubbles: Vec<Bubble>) -> (Vec<Value>, Vec<usize>) {
    let mut joined: Vec<Bubble> = Vec::with_capacity(bubbles.len());
    let mut moved = Vec::with_capacity(bubbles.len());
    let mut surplus = bubbles.len().saturating_sub(limits::OUTPUTS);
    for bubble in bubbles {
        match (joined.last_mut(), bubble) {
            (Some(Bubble::Plain(before)), Bubble::Plain(text))
                if surplus > 0 && text::count(before) + text::count(&text) + 2 <= limits::TEXT =>
            {
                before.push_str("\n\n");
                before.push_str(&text);
                surplus -= 1;
            }
            (_, bubble) => joined.push(bubble),
        }
        moved.push(joined.len() - 1);
    }
    (joined.into_iter().map(Bubble::into_output).collect(), moved)
}

fn page(held: &Held) -> Shaped {
    // Each bubble is small enough by itself, so that a page with one always goes.
    let shown = fitting(&held.bubbles, limits::OUTPUTS).max(usize::from(!held.bubbles.is_empty()));
    let choice = [wire::simple_text(&held.choice)];
    let outputs = if shown == 0 { &choice[..] } else { &held.bubbles[..shown] };
    let bubbles_left = held.bubbles.len() > shown;
    let chips = &held.chips;
    let all_fit = chips.len() <= limits::QUICK_REPLIES - usize::from(bubbles_left);
    let from = if all_fit || held.from >= chips.len() { 0 } else { held.from };
    let until = if all_fit { chips.len() } else { chips.len().min(from + limits::QUICK_REPLIES - 1) };
    let mut quick_replies = chips[from..until].to_vec();
    let rest = (bubbles_left || !all_fit).then(|| {
        quick_replies.push(wire::says(
            &text::cut(&held.more, limits::LABEL),
            &held.more,
            Some(&Extra::more()),
        ));
        Held {
            bubbles: held.bubbles[shown..].to_vec(),
            // The pages of quick replies turn in a circle, so that none is out of reach.
            from: if until >= chips.len() { 0 } else { until },
            ..held.clone()
        }
    });
    Shaped { body: wire::response(outputs, &quick_replies), rest, notes: Vec::new() }
}

/// The label of the quick reply for the next page; never that of a quick reply of the bot.
fn more_label(more: &str, chips: &[Value]) -> String {
    let more = text::clean(more).trim().replace('\n', " ");
    let mut label = if more.is_empty() { "더보기".to_owned() } else { text::cut(&more, limits::LABEL) };
    while chips.iter().any(|chip| chip["messageText"] == label.as_str() || chip["label"] == label.as_str()) {
        label = text::cut(&format!("▸ {label}"), limits::LABEL + 2);
        if label.len() > 200 {
            break;
        }
    }
    label
}

fn shaper_choice(words: Words<'_>) -> String {
    let choice = text::clean(words.additional_choice);
    if choice.trim().is_empty() { "아래에서 선택해 주세요.".to_owned() } else { choice }
}

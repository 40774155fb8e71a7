//! What is said, as it goes to a customer through a relay: shaped into bubbles when it is committed. The preview asks
//! here, too, so that it shows what a customer would get.

use channels::{
    ShapeNote,
    consulttalk::{self, Bubble, Facts, Relay, Words, facts},
};
use engine::message::{Button, Message};
use store::NewOut;

use super::ConsultSettings;
use crate::clock::Die;

/// What stands above buttons that find no room, where the channel's settings do not say.
const ADDITIONAL_CHOICE: &str = "추가 선택지";
/// What is said in place of what cannot be shown, where the channel's settings do not say.
const UNSUPPORTED_MEDIA: &str = "상담톡에서 볼 수 없는 내용이에요. 아래 버튼을 눌러 확인해 주세요.";

/// The way to a bot's customers.
#[derive(Debug, Clone)]
pub struct Outlet {
    facts: Facts,
    settings: ConsultSettings,
}

/// Something that was said and is to go out.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// Its number in the thread.
    pub seq: i64,
    /// The message as JSON, unmasked.
    pub data: String,
    /// Which answer of the system it is: `S1` … `S5`; `None` where a bot or an agent says it.
    pub system: Option<&'static str>,
    /// Is it the question whether the customer gives their name and number?
    pub consent: bool,
}

/// A bubble on its way.
#[derive(Debug, Clone)]
pub struct Shaped {
    /// The number of the message that it is a part of.
    pub seq: i64,
    /// Which part of it, from 0.
    pub part: usize,
    /// What goes to the relay.
    pub bubble: Bubble,
}

impl Outlet {
    /// The outlet of a channel: its relay by name, its settings as stored. `None` for a relay that is not known.
    pub fn new((relay, settings): &(String, String)) -> Option<Self> {
        Some(Self::of(Relay::read(relay)?, ConsultSettings::read(settings)))
    }

    /// The outlet of a relay.
    pub fn of(relay: Relay, settings: ConsultSettings) -> Self {
        Self { facts: facts(relay), settings }
    }

    /// Can the customer be asked for name and telephone number?
    pub fn asks_consent(&self) -> bool {
        self.facts.asks_consent
    }

    /// What is written into the outbox: each bubble of each message, the quick replies with the last.
    pub fn outs(
        &self,
        spoken: &[Spoken],
        quick_replies: &[Button],
        (now_ms, die): (i64, &Die),
    ) -> Vec<NewOut> {
        let (bubbles, _) = self.bubbles(spoken, quick_replies);
        let out = |Shaped { seq, part, bubble }: Shaped| NewOut {
            id: store::OutId::new(now_ms, super::in_turn(die)),
            work: "send",
            seq,
            part: i64::try_from(part).unwrap_or(i64::MAX),
            data: serde_json::to_string(&bubble).unwrap_or_default(),
            system: bubble.auto_answer.is_some(),
        };
        bubbles.into_iter().map(out).collect()
    }

    /// The bubbles of what is said, and what is in them otherwise than it was said; a note's `bubble` counts all of them.
    pub fn bubbles(&self, spoken: &[Spoken], quick_replies: &[Button]) -> (Vec<Shaped>, Vec<ShapeNote>) {
        let or = |own: &str, other: &'static str| {
            if own.trim().is_empty() { other.to_owned() } else { own.to_owned() }
        };
        let additional_choice = or(&self.settings.additional_choice, ADDITIONAL_CHOICE);
        let unsupported_media = or(&self.settings.unsupported_media, UNSUPPORTED_MEDIA);
        let words = Words { additional_choice: &additional_choice, unsupported_media: &unsupported_media };
        let (mut shaped, mut notes): (Vec<Shaped>, Vec<ShapeNote>) = (Vec::new(), Vec::new());
        let last = spoken.last().map(|spoken| spoken.seq);
        for (at, one) in spoken.iter().enumerate() {
            let consent = one.consent.then(|| consulttalk::consent(&self.facts)).flatten();
            let (mut bubbles, mut noted) = match (consent, serde_json::from_str::<Message>(&one.data)) {
                (Some(bubble), _) => (vec![bubble], Vec::new()),
                (None, Ok(message)) => consulttalk::shape_noted(&self.facts, one.seq, &message, words),
                (None, Err(error)) => {
                    tracing::error!(%error, "what was said is no message and cannot go to the customer");
                    continue;
                }
            };
            for note in &mut noted {
                note.message = Some(at);
            }
            if Some(one.seq) == last && !quick_replies.is_empty() {
                noted.extend(consulttalk::quick_replies(
                    &self.facts,
                    one.seq,
                    quick_replies,
                    &mut bubbles,
                    words,
                ));
            }
            let before = shaped.len();
            notes.extend(noted.into_iter().map(|note| ShapeNote { bubble: before + note.bubble, ..note }));
            for (part, mut bubble) in bubbles.into_iter().enumerate() {
                // An answer of the system is a text; what comes with it is not one.
                let system = one.system.filter(|_| bubble.may_be_system_answer());
                bubble.auto_answer = system.map(str::to_owned);
                shaped.push(Shaped { seq: one.seq, part, bubble });
            }
        }
        (shaped, notes)
    }
}

//! What is said, as it goes to a customer through a relay: shaped into bubbles when it is committed.

use channels::consulttalk::{self, Facts, Relay, Words, facts};
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

impl Outlet {
    /// The outlet of a channel: its relay by name, its settings as stored. `None` for a relay that is not known.
    pub fn new((relay, settings): &(String, String)) -> Option<Self> {
        Some(Self { facts: facts(Relay::read(relay)?), settings: ConsultSettings::read(settings) })
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
        let or = |own: &str, other: &'static str| {
            if own.trim().is_empty() { other.to_owned() } else { own.to_owned() }
        };
        let additional_choice = or(&self.settings.additional_choice, ADDITIONAL_CHOICE);
        let unsupported_media = or(&self.settings.unsupported_media, UNSUPPORTED_MEDIA);
        let words = Words { additional_choice: &additional_choice, unsupported_media: &unsupported_media };
        let mut outs = Vec::new();
        let last = spoken.last().map(|spoken| spoken.seq);
        for one in spoken {
            let consent = one.consent.then(|| consulttalk::consent(&self.facts)).flatten();
            let mut bubbles = match (consent, serde_json::from_str::<Message>(&one.data)) {
                (Some(bubble), _) => vec![bubble],
                (None, Ok(message)) => consulttalk::shape(&self.facts, one.seq, &message, words),
                (None, Err(error)) => {
                    tracing::error!(%error, "what was said is no message and cannot go to the customer");
                    continue;
                }
            };
            if Some(one.seq) == last && !quick_replies.is_empty() {
                consulttalk::quick_replies(&self.facts, one.seq, quick_replies, &mut bubbles, words);
            }
            for (part, mut bubble) in bubbles.into_iter().enumerate() {
                // An answer of the system is a text; what comes with it is not one.
                let system = one.system.filter(|_| bubble.may_be_system_answer());
                bubble.auto_answer = system.map(str::to_owned);
                outs.push(NewOut {
                    id: store::OutId::new(now_ms, super::in_turn(die)),
                    work: "send",
                    seq: one.seq,
                    part: i64::try_from(part).unwrap_or(i64::MAX),
                    data: serde_json::to_string(&bubble).unwrap_or_default(),
                    system: system.is_some(),
                });
            }
        }
        outs
    }
}

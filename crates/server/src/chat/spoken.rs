//! What a page gets of what the bot said: shaped to what the web chat shows, and beside it what is stored.
//!
//! The preview asks here, too, so that it shows what a page would get.

use channels::{
    ShapeNote,
    web::outbound::{self, Shaped},
};
use engine::{
    message::{Button, Message},
    turn::{Outcome, Sent},
};

/// One message on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Spoken {
    /// As the page gets it.
    pub message: Message,
    /// As it is to be stored, where it is masked.
    pub masked: Option<Message>,
    /// When the masked form takes over; at once where absent.
    pub mask_after_ms: Option<u64>,
    /// How long to show typing before it.
    pub delay_ms: u64,
}

/// All that the bot said in a turn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Said {
    /// The messages, in order.
    pub messages: Vec<Spoken>,
    /// What can be tapped below them.
    pub quick_replies: Vec<Button>,
    /// What the page shows otherwise than it was said.
    pub notes: Vec<ShapeNote>,
}

/// What a page gets of an outcome.
pub fn of(outcome: &Outcome) -> Said {
    let sent = &outcome.messages;
    let choice = &outcome.words.additional_choice;
    let Shaped { messages, quick_replies, notes } =
        outbound::shape(sent.iter().map(|sent| &sent.message), &outcome.quick_replies, choice);
    let mut last = None;
    let messages = messages
        .into_iter()
        .map(|(at, message)| {
            let Sent { stored, mask_after_ms, delay_ms, .. } = &sent[at];
            let first = last.replace(at) != Some(at);
            // Of a message that was divided the first part is stored as the whole masked one, and the others as nothing that
            // could be read: the seams of the two texts need not be the same.
            let hidden = || Message::Text { text: HIDDEN.to_owned(), buttons: Vec::new() };
            let masked = stored.as_ref().map(|stored| if first { stored.clone() } else { hidden() });
            Spoken {
                message,
                masked,
                mask_after_ms: *mask_after_ms,
                // Typing is shown once.
                delay_ms: if first { *delay_ms } else { 0 },
            }
        })
        .collect();
    Said { messages, quick_replies, notes }
}

/// All that was said, as it was said: for channels that shape it when it goes out.
pub fn whole(outcome: &Outcome) -> Said {
    let messages = outcome.messages.iter().map(|sent| Spoken {
        message: sent.message.clone(),
        masked: sent.stored.clone(),
        mask_after_ms: sent.mask_after_ms,
        delay_ms: sent.delay_ms,
    });
    Said { messages: messages.collect(), quick_replies: outcome.quick_replies.clone(), notes: Vec::new() }
}

/// What is stored of the further parts of a masked message.
const HIDDEN: &str = "•••";

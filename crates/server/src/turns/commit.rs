//! What a turn leaves in the store, as one batch.

use channels::kakao::{inbound::Inbound, outbound};
use store::{
    BotHead, BotId, ConversationId, EndUserId, LateEnd, MessageId, NewMessage, NewTurn, SessionRow,
    TurnCommit, TurnFacts, TurnId,
};

use super::{SkillRequest, bots::Edition, early::Told, kept::Kept, lane::LaneKey, play::Said, run::PLATFORM};
use crate::Hub;

/// Whose turn it is, and where it is kept.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// The bot.
    pub bot_id: BotId,
    /// What the turn read of it.
    pub head: &'a BotHead,
    /// What of it answers.
    pub edition: Edition,
    /// The end user's lane.
    pub lane: &'a LaneKey,
    /// The end user.
    pub end_user: EndUserId,
    /// The conversation.
    pub conversation: ConversationId,
    /// What was read of it.
    pub session: Option<&'a SessionRow>,
    /// Now.
    pub now_ms: i64,
}

/// What a turn did.
#[derive(Debug)]
pub struct Done {
    /// Its id.
    pub turn: TurnId,
    /// The conversation's new state.
    pub kept: Kept,
    /// What was said, in order.
    pub said: Vec<Said>,
    /// What was answered, as it is stored.
    pub answer: String,
    /// What was answered later, as it is stored.
    pub late: Option<String>,
    /// What becomes of the late answer.
    pub end: Option<LateEnd>,
    /// What happened, as JSON.
    pub trace: String,
    /// Why the scenario failed.
    pub fault: Option<String>,
    /// What it leaves for statistics.
    pub facts: TurnFacts,
}

/// The first answer of a turn whose person was told to wait, as it is stored where `MASK` hides something: nothing that
/// was said stands in it.
pub fn told_masked(told: &Told, waiting: &str) -> String {
    match told.way {
        super::early::Way::Callback(_) => told.body.clone(),
        super::early::Way::Fetch => outbound::shape_waiting(None, waiting, &told.button).0,
    }
}

/// The batch.
pub fn of(hub: &Hub, request: &SkillRequest, inbound: &Inbound, who: &Who<'_>, mut done: Done) -> TurnCommit {
    let now_ms = who.now_ms;
    if let Some(id) = &request.request_id {
        done.kept.remember(id, &done.turn.to_string());
    }
    let messages = done
        .said
        .into_iter()
        .map(|said| {
            // Masked at once: the unmasked form is never written.
            let (data, masked) = match (said.masked, said.mask_after_ms) {
                (Some(masked), None) => (masked, None),
                (masked, _) => (said.data, masked),
            };
            let mask_at = masked.is_some().then(|| now_ms + said.mask_after_ms.unwrap_or(0) as i64);
            NewMessage {
                id: MessageId::new(now_ms, hub.die.roll_wide()),
                is_user: said.is_user,
                sender: if said.is_user { "user" } else { "bot" },
                data,
                masked,
                mask_at,
                created_at: now_ms,
            }
        })
        .collect();
    TurnCommit {
        workspace: who.head.workspace,
        bot: who.bot_id,
        platform: PLATFORM.to_owned(),
        draft: request.draft,
        user_key: who.lane.user.clone(),
        end_user: who.end_user,
        conversation: who.conversation,
        expected_version: who.session.map(|row| row.version),
        state: done.kept.state(),
        recent: serde_json::to_string(&done.kept.recent).unwrap_or_default(),
        first_seq: who.session.map_or(0, |row| row.messages),
        turn: NewTurn {
            id: done.turn,
            request_id: request.request_id.clone(),
            mode: inbound.mode.name(),
            block: inbound.block.name.clone(),
            bot_version: match who.edition {
                Edition::Version(number) => number,
                Edition::Draft(_) => 0,
            },
            started_at: now_ms,
            took_us: i64::try_from((hub.clock.instant() - request.arrived).as_micros()).unwrap_or(i64::MAX),
            answer: done.answer,
            late: done.late,
            trace: done.trace,
            fault: done.fault,
            facts: done.facts,
        },
        messages,
        late: done.end,
        now_ms,
    }
}

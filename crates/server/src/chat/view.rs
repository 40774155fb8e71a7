//! A conversation as consoles see it, in lists and in events.

use serde::Serialize;
use serde_json::value::RawValue;
use store::{AccountId, BotId, ChatRow, ConsultationId, EndUserId};
use utoipa::ToSchema;

/// A conversation in the agents' list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Chat {
    /// Its id: the end user's.
    #[schema(value_type = String)]
    pub id: EndUserId,
    /// The bot.
    #[schema(value_type = String)]
    pub bot: BotId,
    /// The channel: `web`, `kakaobiz`.
    pub platform: String,
    /// What the channel calls the end user.
    pub user_key: String,
    /// `bot`, `requested` (대기), `connected` (진행), `completed` (완료) or `missed` (놓침).
    pub state: String,
    /// `call`, or `step-in` where an agent came by themselves.
    pub origin: String,
    /// The newest consultation.
    #[schema(required, value_type = Option<String>)]
    pub consultation: Option<ConsultationId>,
    /// The agent whose it is; null in the queue and where none is open.
    #[schema(required, value_type = Option<String>)]
    pub owner: Option<AccountId>,
    /// The agent who served this end user last.
    #[schema(required, value_type = Option<String>)]
    pub previous: Option<AccountId>,
    /// The agents in it.
    #[schema(value_type = Vec<String>)]
    pub present: Box<RawValue>,
    /// Does the bot answer beside, by a flow that an agent has started?
    pub flow: bool,
    /// What it is about: 대, 중, 소분류.
    #[schema(value_type = Vec<String>)]
    pub category: Box<RawValue>,
    /// Was it requested within operating hours?
    pub in_hours: bool,
    /// When it was requested, or an agent stepped in.
    #[schema(required)]
    pub requested_at: Option<i64>,
    /// When the first agent came.
    #[schema(required)]
    pub connected_at: Option<i64>,
    /// When an agent first answered.
    #[schema(required)]
    pub answered_at: Option<i64>,
    /// When it ended.
    #[schema(required)]
    pub ended_at: Option<i64>,
    /// Why it was missed: `cancelled`, `left` or `expired`.
    #[schema(required)]
    pub missed: Option<String>,
    /// Since when the end user waits for an agent's answer.
    #[schema(required)]
    pub waiting_since: Option<i64>,
    /// The end user's name, as agents wrote it down.
    pub name: String,
    /// … telephone number.
    pub phone: String,
    /// … e-mail address.
    pub email: String,
    /// … gender, in words.
    pub gender: String,
    /// Tags.
    #[schema(value_type = Vec<String>)]
    pub tags: Box<RawValue>,
    /// The number of the last message; -1 where there is none.
    pub last_seq: i64,
    /// When something was last said.
    pub last_at: i64,
    /// Who said it: `user`, `bot` or `agent`.
    pub last_sender: String,
    /// What, in one line.
    pub last_text: String,
    /// Messages of the end user that no agent has seen, while one is called or talks.
    pub unread: i64,
    /// When it began.
    pub created_at: i64,
    /// The customer's room at the messenger; null on channels that have no such thing.
    #[schema(required, value_type = Option<ChatRoom>)]
    pub room: Option<Box<RawValue>>,
}

/// A customer's room at a messenger that gives and takes the permission to write.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct ChatRoom {
    /// May the company write?
    pub open: bool,
    /// The messenger's id of the session.
    pub session: String,
    /// When it began.
    pub since: i64,
    /// When it ends by itself.
    pub until: i64,
    /// When the customer last wrote.
    pub heard_at: i64,
    /// Up to when the customer has read.
    pub seen_at: Option<i64>,
    /// Why it ended, as the messenger's letters say: `EU`, `EC`, …; empty where it did not say.
    pub why: Option<String>,
    /// Has an agent blocked the customer?
    pub blocked: Option<bool>,
}

impl From<ChatRow> for Chat {
    fn from(row: ChatRow) -> Self {
        Self {
            id: row.end_user,
            bot: row.bot,
            platform: row.platform,
            user_key: row.user_key,
            state: row.state,
            origin: row.origin,
            consultation: row.consultation,
            owner: row.owner,
            previous: row.previous,
            present: list(row.present),
            flow: row.flow,
            category: list(row.category),
            in_hours: row.in_hours,
            requested_at: row.requested_at,
            connected_at: row.connected_at,
            answered_at: row.answered_at,
            ended_at: row.ended_at,
            missed: row.missed,
            waiting_since: row.waiting_since,
            name: row.name,
            phone: row.phone,
            email: row.email,
            gender: row.gender,
            tags: list(row.tags),
            last_seq: row.last_seq,
            last_at: row.last_at,
            last_sender: row.last_sender,
            last_text: row.last_text,
            unread: row.unread,
            created_at: row.created_at,
            room: row.room.and_then(|room| RawValue::from_string(room).ok()),
        }
    }
}

/// What the console of an agent called its message. It is stored with the agent's id before it, so that agents and end users
/// never take each other's.
pub fn own_id(stored: &str, author: Option<AccountId>) -> &str {
    author.and_then(|author| stored.strip_prefix(&format!("{author}:"))).unwrap_or(stored)
}

/// A list that is stored as JSON.
fn list(text: String) -> Box<RawValue> {
    RawValue::from_string(text).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

/// The JSON of a conversation, for an event.
pub fn json(row: ChatRow) -> String {
    // Only maps with keys that are no strings fail to serialise; there are none.
    serde_json::to_string(&Chat::from(row)).unwrap_or_default()
}

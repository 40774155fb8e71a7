//! Conversations that agents can take over: one read and one commit for whatever happens in one.
//!
//! Each change moves the session's version, which is the guard: what a customer writes, what the bot answers and what agents
//! do with a conversation have one order. The agents' counters are guarded in the same batch, so no agent gets more than
//! they may, on however many processes.

use std::time::Duration;

use crate::{
    AccountId, BotId, ConsultationId, ConversationId, EndUserId, LineId, NewLive, NewMessage, NewOut,
    NewTurn, ReadError, SessionRow, Store, TurnCommit, TurnId, WorkspaceId, consult_outbox,
    db::{Batch, CommitError, DbError, Row, Value},
    live, turns,
};

statements! {
    // Both reads end with the columns of a chat.
    READ_BY_KEY = concat!("SELECT b.workspace_id, b.live_version, b.title, w.enabled, w.settings, w.secret, t.relay, t.settings,
        s.end_user_id, s.conversation_id, s.version, s.state, s.recent, s.message_count, s.updated_at, ", chat_columns!(), "
        FROM bots b
        LEFT JOIN web_channels w ON w.bot_id = b.id
        LEFT JOIN consult_channels t ON t.bot_id = b.id AND t.enabled = 1
        LEFT JOIN end_users u ON u.bot_id = b.id AND u.platform = $2 AND u.draft = 0 AND u.user_key = $3
        LEFT JOIN sessions s ON s.end_user_id = u.id
        LEFT JOIN chats c ON c.end_user_id = u.id
        WHERE b.id = $1 AND b.deleted_at IS NULL");
    READ_BY_ID = concat!("SELECT b.workspace_id, b.live_version, b.title, w.enabled, w.settings, w.secret, t.relay, t.settings,
        s.end_user_id, s.conversation_id, s.version, s.state, s.recent, s.message_count, s.updated_at, ", chat_columns!(), "
        FROM chats c
        JOIN bots b ON b.id = c.bot_id
        JOIN sessions s ON s.end_user_id = c.end_user_id
        LEFT JOIN web_channels w ON w.bot_id = b.id
        LEFT JOIN consult_channels t ON t.bot_id = b.id AND t.enabled = 1
        WHERE c.workspace_id = $1 AND c.end_user_id = $2");
    TOUCH = "UPDATE sessions SET version = version + 1, state = $3, message_count = $4, updated_at = $5
        WHERE end_user_id = $1 AND version = $2";
    SAVE = "INSERT INTO chats (end_user_id, workspace_id, bot_id, conversation_id, platform, user_key, state, origin,
        consultation_id, owner_id, previous_id, present, flow, moved, category, in_hours, requested_at, connected_at,
        answered_at, ended_at, transfers, missed, waiting_since, name, phone, email, gender, tags, last_seq, last_at,
        last_sender, last_text, unread, created_at, room)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
        $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35)
        ON CONFLICT (end_user_id) DO UPDATE SET conversation_id = excluded.conversation_id, state = excluded.state,
        origin = excluded.origin, consultation_id = excluded.consultation_id, owner_id = excluded.owner_id,
        previous_id = excluded.previous_id, present = excluded.present, flow = excluded.flow, moved = excluded.moved,
        category = excluded.category, in_hours = excluded.in_hours, requested_at = excluded.requested_at,
        connected_at = excluded.connected_at, answered_at = excluded.answered_at, ended_at = excluded.ended_at,
        transfers = excluded.transfers, missed = excluded.missed, waiting_since = excluded.waiting_since,
        last_seq = excluded.last_seq, last_at = excluded.last_at, last_sender = excluded.last_sender,
        last_text = excluded.last_text, unread = excluded.unread, room = excluded.room";
    SAVE_CONSULTATION = "INSERT INTO consultations (id, workspace_id, bot_id, end_user_id, platform, origin, state, category,
        in_hours, owner_id, requested_at, connected_at, answered_at, ended_at, transfers, missed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, owner_id = excluded.owner_id,
        connected_at = excluded.connected_at, answered_at = excluded.answered_at, ended_at = excluded.ended_at,
        transfers = excluded.transfers, missed = excluded.missed";
    RATE = "UPDATE consultations SET score = $2 WHERE id = $1";
    TAKE_LOAD = "UPDATE agents SET open = open + 1 WHERE workspace_id = $1 AND account_id = $2 AND open < $3";
    GIVE_LOAD = "UPDATE agents SET open = open - 1 WHERE workspace_id = $1 AND account_id = $2 AND open > 0";
    ADD_LINE = "INSERT INTO chat_lines (end_user_id, id, workspace_id, kind, at, after_seq, agent_id, by_id, data)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ADD_SEND = "INSERT INTO sends (end_user_id, seq, client_id, author_id) VALUES ($1, $2, $3, $4)";
    SENT = "SELECT seq FROM sends WHERE end_user_id = $1 AND client_id = $2";
}

/// A conversation in the agents' list, and the newest consultation in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatRow {
    /// Whose conversation it is; the chat's id.
    pub end_user: EndUserId,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The bot.
    pub bot: BotId,
    /// The conversation.
    pub conversation: ConversationId,
    /// The channel.
    pub platform: String,
    /// What the channel calls the end user.
    pub user_key: String,
    /// `bot`, `requested`, `connected`, `completed` or `missed`.
    pub state: String,
    /// `call` or `step-in`.
    pub origin: String,
    /// The newest consultation.
    pub consultation: Option<ConsultationId>,
    /// Whose it is.
    pub owner: Option<AccountId>,
    /// Who served this end user last.
    pub previous: Option<AccountId>,
    /// The ids of the agents in it, as JSON.
    pub present: String,
    /// Does a flow run that an agent has started?
    pub flow: bool,
    /// Has an agent moved the end user?
    pub moved: bool,
    /// What it is about, as JSON.
    pub category: String,
    /// Was it requested within operating hours?
    pub in_hours: bool,
    /// When it was requested, or an agent stepped in.
    pub requested_at: Option<i64>,
    /// When the first agent came.
    pub connected_at: Option<i64>,
    /// When an agent first answered.
    pub answered_at: Option<i64>,
    /// When it ended.
    pub ended_at: Option<i64>,
    /// How often it was handed over.
    pub transfers: i64,
    /// Why it was missed.
    pub missed: Option<String>,
    /// Since when the end user waits for an agent's answer.
    pub waiting_since: Option<i64>,
    /// The end user's name.
    pub name: String,
    /// … telephone number.
    pub phone: String,
    /// … e-mail address.
    pub email: String,
    /// … gender, in words.
    pub gender: String,
    /// Tags, as JSON.
    pub tags: String,
    /// The number of the last message; -1 where there is none.
    pub last_seq: i64,
    /// When something was last said.
    pub last_at: i64,
    /// Who said it: `user`, `bot` or `agent`.
    pub last_sender: String,
    /// What, in short.
    pub last_text: String,
    /// Messages of the end user that no agent has seen.
    pub unread: i64,
    /// When it began.
    pub created_at: i64,
    /// What is known of the customer's room at the messenger, as JSON; `None` on channels that have no such thing.
    pub room: Option<String>,
}

impl ChatRow {
    /// A conversation in which nothing was said yet and no agent was ever asked for.
    pub fn begun(
        (workspace, bot): (WorkspaceId, BotId),
        (platform, user_key): (&str, &str),
        (end_user, conversation): (EndUserId, ConversationId),
        now_ms: i64,
    ) -> Self {
        Self {
            end_user,
            workspace,
            bot,
            conversation,
            platform: platform.to_owned(),
            user_key: user_key.to_owned(),
            state: "bot".to_owned(),
            origin: "call".to_owned(),
            consultation: None,
            owner: None,
            previous: None,
            present: "[]".to_owned(),
            flow: false,
            moved: false,
            category: "[]".to_owned(),
            in_hours: true,
            requested_at: None,
            connected_at: None,
            answered_at: None,
            ended_at: None,
            transfers: 0,
            missed: None,
            waiting_since: None,
            name: String::new(),
            phone: String::new(),
            email: String::new(),
            gender: String::new(),
            tags: "[]".to_owned(),
            last_seq: -1,
            last_at: now_ms,
            last_sender: String::new(),
            last_text: String::new(),
            unread: 0,
            created_at: now_ms,
            room: None,
        }
    }
}

/// All that a change of a conversation needs to begin.
#[derive(Debug, Clone)]
pub struct ChatRead {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The bot's version that answers.
    pub live_version: Option<i64>,
    /// What people call the bot.
    pub bot_title: String,
    /// Its web chat: is it on, its settings as JSON, its secret.
    pub web: Option<(bool, String, Vec<u8>)>,
    /// Its ConsultationTalk where it is on: the relay, and the settings as JSON.
    pub consult: Option<(String, String)>,
    /// The session; `None` for a new end user.
    pub session: Option<SessionRow>,
    /// The chat; `None` where nothing was said yet.
    pub chat: Option<ChatRow>,
}

/// A change of an agent's number of open consultations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// The agent.
    pub agent: AccountId,
    /// One more, if they have less than this; one less where `None`.
    pub up_to: Option<i64>,
}

/// A line of a thread that agents alone see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLine {
    /// Its id.
    pub id: LineId,
    /// What happened, or `note`.
    pub kind: &'static str,
    /// Whom it is about.
    pub agent: Option<AccountId>,
    /// Who did it.
    pub by: Option<AccountId>,
    /// More about it, as JSON.
    pub data: String,
}

/// A message that was sent with an id of the sender's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSend {
    /// The message's number.
    pub seq: i64,
    /// The sender's id of it.
    pub client_id: String,
    /// The agent who sent it.
    pub author: Option<AccountId>,
}

/// A change of a conversation.
#[derive(Debug, Clone)]
pub struct ChatCommit {
    /// The chat after it.
    pub chat: ChatRow,
    /// The session's version that was read; `None` for a new end user, who begins with a turn.
    pub expected_version: Option<i64>,
    /// The session's state after it, as JSON.
    pub state: String,
    /// The bot's turn, where it took one.
    pub turn: Option<NewTurn>,
    /// The number of the first new message.
    pub first_seq: i64,
    /// New messages.
    pub messages: Vec<NewMessage>,
    /// … of which these have an id of the sender's.
    pub sends: Vec<NewSend>,
    /// What goes to the end user through a relay.
    pub outbox: Vec<NewOut>,
    /// Lines for agents.
    pub lines: Vec<NewLine>,
    /// Whether the consultation is new or has changed.
    pub consultation_moved: bool,
    /// What the customer gives the newest consultation, from 1 to 5.
    pub score: Option<i64>,
    /// Agents' counters, in the order of their ids: two batches never wait for each other.
    pub loads: Vec<Load>,
    /// What consoles are told.
    pub events: Vec<NewLive>,
    /// Now.
    pub now_ms: i64,
}

impl Store {
    /// Reads a conversation by what the channel calls the end user. `None` where there is no such bot.
    pub async fn chat_by_key(
        &self,
        bot: BotId,
        platform: &str,
        user_key: &str,
    ) -> Result<Option<ChatRead>, ReadError> {
        let params = vec![bot.into(), platform.into(), user_key.into()];
        self.db.row(READ_BY_KEY, params).await?.map(chat_read).transpose()
    }

    /// Reads a conversation of a workspace by its end user.
    pub async fn chat_by_id(
        &self,
        workspace: WorkspaceId,
        end_user: EndUserId,
    ) -> Result<Option<ChatRead>, ReadError> {
        let params = vec![workspace.into(), end_user.into()];
        self.db.row(READ_BY_ID, params).await?.map(chat_read).transpose()
    }

    /// The number of the message that was sent with this id, where one was.
    pub async fn sent(&self, end_user: EndUserId, client_id: &str) -> Result<Option<i64>, ReadError> {
        let params = vec![end_user.into(), client_id.into()];
        self.db.row(SENT, params).await?.map(|mut row| row.int()).transpose()
    }

    /// Commits a change of a conversation, or nothing of it.
    ///
    /// `Stale` names `sessions` where the conversation has moved, `agents` where an agent has no room. `Duplicate` where
    /// a message with this id of the sender's is there. Where the connection breaks while committing, a turn or a sent
    /// message is looked up.
    pub async fn commit_chat(&self, commit: ChatCommit, within: Duration) -> Result<(), CommitError> {
        let end_user = commit.chat.end_user;
        let turn = commit.turn.as_ref().map(|turn| turn.id);
        let send = commit.sends.first().map(|send| send.client_id.clone());
        match self.db.commit(batch(commit), within).await {
            Err(CommitError::Unknown) => {
                let found = match (turn, send) {
                    (Some(turn), _) => self.turn_answer(end_user, turn).await.map(|answer| answer.is_some()),
                    (None, Some(send)) => self.sent(end_user, &send).await.map(|seq| seq.is_some()),
                    (None, None) => return Err(CommitError::Unknown),
                };
                match found {
                    Ok(true) => Ok(()),
                    Ok(false) => {
                        Err(CommitError::Unavailable(DbError::Connect("the connection was lost".to_owned())))
                    }
                    Err(_) => Err(CommitError::Unknown),
                }
            }
            done => done,
        }
    }
}

/// The batch of a change. Guards come first; what others wait for longest (agents' counters, the numbers of events) last.
fn batch(commit: ChatCommit) -> Batch {
    let ChatCommit { chat, now_ms, first_seq, messages, .. } = commit;
    let (workspace, end_user) = (chat.workspace, chat.end_user);
    let mut batch = match commit.turn {
        Some(turn) => turns::batch(TurnCommit {
            workspace,
            bot: chat.bot,
            platform: chat.platform.clone(),
            draft: false,
            user_key: chat.user_key.clone(),
            end_user,
            conversation: chat.conversation,
            expected_version: commit.expected_version,
            state: commit.state,
            recent: "[]".to_owned(),
            first_seq,
            turn,
            messages,
            late: None,
            now_ms,
        }),
        None => {
            let count = first_seq + messages.len() as i64;
            let params = vec![
                end_user.into(),
                commit.expected_version.unwrap_or(-1).into(),
                commit.state.into(),
                count.into(),
                now_ms.into(),
            ];
            let batch = Batch::default().guarded("sessions", TOUCH, params);
            let whose = (workspace, end_user, chat.conversation);
            // No turn said it: an agent did, or the customer while an agent is there.
            turns::add_messages(batch, whose, TurnId::from_bytes([0; 16]), first_seq, messages)
        }
    };
    for send in commit.sends {
        batch = batch.then(
            ADD_SEND,
            vec![end_user.into(), send.seq.into(), send.client_id.into(), send.author.into()],
        );
    }
    batch = consult_outbox::add(batch, &chat, commit.outbox, now_ms);
    for line in commit.lines {
        batch = batch.then(
            ADD_LINE,
            vec![
                end_user.into(),
                line.id.into(),
                workspace.into(),
                line.kind.into(),
                now_ms.into(),
                chat.last_seq.into(),
                line.agent.into(),
                line.by.into(),
                line.data.into(),
            ],
        );
    }
    if commit.consultation_moved
        && let (Some(id), Some(requested_at)) = (chat.consultation, chat.requested_at)
    {
        batch = batch.then(SAVE_CONSULTATION, consultation(id, requested_at, &chat));
    }
    if let (Some(id), Some(score)) = (chat.consultation, commit.score) {
        batch = batch.then(RATE, vec![id.into(), score.into()]);
    }
    batch = batch.then(SAVE, params(chat));
    for load in commit.loads {
        batch = match load.up_to {
            Some(most) => {
                batch.guarded("agents", TAKE_LOAD, vec![workspace.into(), load.agent.into(), most.into()])
            }
            None => batch.then(GIVE_LOAD, vec![workspace.into(), load.agent.into()]),
        };
    }
    live::add(batch, workspace, commit.events, now_ms)
}

fn consultation(id: ConsultationId, requested_at: i64, chat: &ChatRow) -> Vec<Value> {
    // Its last owner stays in the figures.
    let owner = chat.owner.or(chat.previous.filter(|_| chat.connected_at.is_some()));
    vec![
        id.into(),
        chat.workspace.into(),
        chat.bot.into(),
        chat.end_user.into(),
        chat.platform.as_str().into(),
        chat.origin.as_str().into(),
        chat.state.as_str().into(),
        chat.category.as_str().into(),
        chat.in_hours.into(),
        owner.into(),
        requested_at.into(),
        chat.connected_at.into(),
        chat.answered_at.into(),
        chat.ended_at.into(),
        chat.transfers.into(),
        chat.missed.clone().into(),
    ]
}

fn params(chat: ChatRow) -> Vec<Value> {
    vec![
        chat.end_user.into(),
        chat.workspace.into(),
        chat.bot.into(),
        chat.conversation.into(),
        chat.platform.into(),
        chat.user_key.into(),
        chat.state.into(),
        chat.origin.into(),
        chat.consultation.into(),
        chat.owner.into(),
        chat.previous.into(),
        chat.present.into(),
        chat.flow.into(),
        chat.moved.into(),
        chat.category.into(),
        chat.in_hours.into(),
        chat.requested_at.into(),
        chat.connected_at.into(),
        chat.answered_at.into(),
        chat.ended_at.into(),
        chat.transfers.into(),
        chat.missed.into(),
        chat.waiting_since.into(),
        chat.name.into(),
        chat.phone.into(),
        chat.email.into(),
        chat.gender.into(),
        chat.tags.into(),
        chat.last_seq.into(),
        chat.last_at.into(),
        chat.last_sender.into(),
        chat.last_text.into(),
        chat.unread.into(),
        chat.created_at.into(),
        chat.room.into(),
    ]
}

fn chat_read(mut row: Row) -> Result<ChatRead, ReadError> {
    let (workspace, live_version, bot_title) =
        (row.id(WorkspaceId::from_bytes)?, row.opt_int()?, row.text()?);
    let web = match (row.opt_int()?, row.opt_text()?, row.opt_bytes()?) {
        (Some(enabled), Some(settings), Some(secret)) => Some((enabled != 0, settings, secret)),
        _ => None,
    };
    let consult = row.opt_text()?.zip(row.opt_text()?);
    let session = match row.opt_id(EndUserId::from_bytes)? {
        Some(end_user) => Some(turns::session_row(end_user, &mut row)?),
        None => {
            for _ in 0..6 {
                row.skip()?;
            }
            None
        }
    };
    let chat = match row.opt_id(EndUserId::from_bytes)? {
        Some(end_user) => Some(chat_row(end_user, &mut row)?),
        None => None,
    };
    Ok(ChatRead { workspace, live_version, bot_title, web, consult, session, chat })
}

/// The columns of a chat (`chat_columns!`) after its id.
pub(crate) fn chat_row(end_user: EndUserId, row: &mut Row) -> Result<ChatRow, ReadError> {
    Ok(ChatRow {
        end_user,
        workspace: row.id(WorkspaceId::from_bytes)?,
        bot: row.id(BotId::from_bytes)?,
        conversation: row.id(ConversationId::from_bytes)?,
        platform: row.text()?,
        user_key: row.text()?,
        state: row.text()?,
        origin: row.text()?,
        consultation: row.opt_id(ConsultationId::from_bytes)?,
        owner: row.opt_id(AccountId::from_bytes)?,
        previous: row.opt_id(AccountId::from_bytes)?,
        present: row.text()?,
        flow: row.truth()?,
        moved: row.truth()?,
        category: row.text()?,
        in_hours: row.truth()?,
        requested_at: row.opt_int()?,
        connected_at: row.opt_int()?,
        answered_at: row.opt_int()?,
        ended_at: row.opt_int()?,
        transfers: row.int()?,
        missed: row.opt_text()?,
        waiting_since: row.opt_int()?,
        name: row.text()?,
        phone: row.text()?,
        email: row.text()?,
        gender: row.text()?,
        tags: row.text()?,
        last_seq: row.int()?,
        last_at: row.int()?,
        last_sender: row.text()?,
        last_text: row.text()?,
        unread: row.int()?,
        created_at: row.int()?,
        room: row.opt_text()?,
    })
}

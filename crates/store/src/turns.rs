//! The hot path: one read and one commit per turn.

use std::{sync::LazyLock, time::Duration};

use crate::{
    BotId, ConversationId, EndUserId, LateEnd, MessageId, ReadError, Store, TurnFacts, TurnId, WorkspaceId,
    db::{Batch, CommitError, DbError, Row, Value},
    facts, late,
};

/// Columns of `messages` in the order of [`insert_messages`].
const MESSAGE_COLUMNS: usize = 12;
/// Messages in one statement at most.
const MESSAGES_AT_ONCE: usize = 8;

statements! {
    READ = "SELECT b.workspace_id, b.live_version, b.draft_revision, b.kakao_enabled, b.kakao_header_name,
        b.kakao_header_hash, b.bridge, s.end_user_id, s.conversation_id, s.version, s.state, s.recent, s.message_count, s.updated_at
        FROM bots b
        LEFT JOIN end_users u ON u.bot_id = b.id AND u.platform = $2 AND u.draft = $3 AND u.user_key = $4
        LEFT JOIN sessions s ON s.end_user_id = u.id
        WHERE b.id = $1 AND b.deleted_at IS NULL";
    ADD_END_USER = "INSERT INTO end_users (bot_id, platform, draft, user_key, id, workspace_id, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    ADD_SESSION = "INSERT INTO sessions (end_user_id, workspace_id, bot_id, conversation_id, version, state, recent,
        message_count, created_at, updated_at) VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $8)";
    SAVE_SESSION = "UPDATE sessions SET conversation_id = $3, version = version + 1, state = $4, recent = $5,
        message_count = $6, updated_at = $7 WHERE end_user_id = $1 AND version = $2";
    ADD_TURN = "INSERT INTO turns (id, workspace_id, bot_id, end_user_id, conversation_id, request_id, mode, block,
        bot_version, started_at, took_us, answer, trace, fault, late)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    ADD_MESSAGE = "INSERT INTO messages (end_user_id, seq, id, workspace_id, conversation_id, turn_id, is_user, sender,
        data, masked, mask_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    ANSWER = "SELECT answer FROM turns WHERE id = $2 AND end_user_id = $1";
    LIST = "SELECT id, end_user_id, conversation_id, request_id, mode, block, bot_version, started_at, took_us, trace, fault
        FROM turns WHERE bot_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    COUNTS = "SELECT count(*), count(DISTINCT end_user_id), count(fault) FROM turns WHERE bot_id = $1 AND id >= $2";
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy)]
pub struct TurnKey<'a> {
    /// The bot.
    pub bot: BotId,
    /// The channel.
    pub platform: &'a str,
    /// Does the draft answer? What it is tried with is kept apart.
    pub draft: bool,
    /// What the channel calls the end user.
    pub user_key: &'a str,
}

/// All that a turn needs to begin.
#[derive(Debug, Clone)]
pub struct TurnRead {
    /// The bot.
    pub bot: BotHead,
    /// The conversation; `None` for a new end user.
    pub session: Option<SessionRow>,
}

/// What a turn needs of its bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotHead {
    /// Whose it is.
    pub workspace: WorkspaceId,
    /// The version that answers.
    pub live_version: Option<i64>,
    /// Counts the changes of the draft.
    pub draft_revision: i64,
    /// Is KakaoTalk switched on?
    pub kakao_enabled: bool,
    /// The name of the secret header, where one is asked for.
    pub kakao_header_name: Option<String>,
    /// The SHA-256 of its value.
    pub kakao_header_hash: Option<Vec<u8>>,
    /// Where the old server is that answers for it, as JSON; `None` for a bot with flows.
    pub bridge: Option<String>,
}

/// The state of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The end user.
    pub end_user: EndUserId,
    /// The conversation.
    pub conversation: ConversationId,
    /// Counts the turns; the guard of the next commit.
    pub version: i64,
    /// What the engine and the channel keep, as JSON.
    pub state: String,
    /// The last requests and their turns, as JSON.
    pub recent: String,
    /// How many messages there are, which is the next message's number.
    pub messages: i64,
    /// When the last turn was.
    pub updated_at: i64,
}

/// All that a turn leaves.
#[derive(Debug, Clone)]
pub struct TurnCommit {
    /// Whose bot it is.
    pub workspace: WorkspaceId,
    /// The bot.
    pub bot: BotId,
    /// The channel.
    pub platform: String,
    /// Did the draft answer?
    pub draft: bool,
    /// What the channel calls the end user.
    pub user_key: String,
    /// The end user.
    pub end_user: EndUserId,
    /// The conversation.
    pub conversation: ConversationId,
    /// The version that was read; `None` for a new end user.
    pub expected_version: Option<i64>,
    /// See [`SessionRow::state`].
    pub state: String,
    /// See [`SessionRow::recent`].
    pub recent: String,
    /// The number of the first message.
    pub first_seq: i64,
    /// The turn.
    pub turn: NewTurn,
    /// Its messages, in order.
    pub messages: Vec<NewMessage>,
    /// What becomes of the late answer, where there is one.
    pub late: Option<LateEnd>,
    /// Now.
    pub now_ms: i64,
}

/// A turn to be stored.
#[derive(Debug, Clone)]
pub struct NewTurn {
    /// Its id.
    pub id: TurnId,
    /// The channel's id of the request.
    pub request_id: Option<String>,
    /// The channel's mode, such as `operating`.
    pub mode: &'static str,
    /// The channel's block.
    pub block: Option<String>,
    /// The version that answered; 0 for the draft.
    pub bot_version: i64,
    /// When the request came.
    pub started_at: i64,
    /// How long it took until the commit, in microseconds.
    pub took_us: i64,
    /// What was answered.
    pub answer: String,
    /// The answer that came after it.
    pub late: Option<String>,
    /// What happened, as JSON.
    pub trace: String,
    /// Why the scenario failed.
    pub fault: Option<String>,
    /// What it leaves for statistics.
    pub facts: TurnFacts,
}

/// A message to be stored.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// Its id.
    pub id: MessageId,
    /// Did the end user say it?
    pub is_user: bool,
    /// `user`, `bot` or an agent.
    pub sender: &'static str,
    /// The message, as JSON.
    pub data: String,
    /// The same after masking.
    pub masked: Option<String>,
    /// When the masked form takes over.
    pub mask_at: Option<i64>,
    /// When it was said.
    pub created_at: i64,
}

/// A stored turn, without its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnRow {
    /// Its id.
    pub id: TurnId,
    /// The end user.
    pub end_user: EndUserId,
    /// The conversation.
    pub conversation: ConversationId,
    /// The channel's id of the request.
    pub request_id: Option<String>,
    /// The channel's mode.
    pub mode: String,
    /// The channel's block.
    pub block: Option<String>,
    /// The version that answered; 0 for the draft.
    pub bot_version: i64,
    /// When the request came.
    pub started_at: i64,
    /// How long it took, in microseconds.
    pub took_us: i64,
    /// What happened, as JSON.
    pub trace: String,
    /// Why the scenario failed.
    pub fault: Option<String>,
}

/// How much a bot has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Turns.
    pub turns: i64,
    /// End users.
    pub end_users: i64,
    /// Turns that failed.
    pub faults: i64,
}

impl Store {
    /// Reads all that a turn needs, in one statement. `None` where there is no such bot.
    pub async fn read_turn(&self, key: TurnKey<'_>) -> Result<Option<TurnRead>, ReadError> {
        let params = vec![key.bot.into(), key.platform.into(), key.draft.into(), key.user_key.into()];
        let Some(mut row) = self.db.row(READ, params).await? else { return Ok(None) };
        let bot = BotHead {
            workspace: row.id(WorkspaceId::from_bytes)?,
            live_version: row.opt_int()?,
            draft_revision: row.int()?,
            kakao_enabled: row.truth()?,
            kakao_header_name: row.opt_text()?,
            kakao_header_hash: row.opt_bytes()?,
            bridge: row.opt_text()?,
        };
        let session = match row.opt_id(EndUserId::from_bytes)? {
            None => None,
            Some(end_user) => Some(session_row(end_user, &mut row)?),
        };
        Ok(Some(TurnRead { bot, session }))
    }

    /// Commits a turn, or nothing of it.
    ///
    /// Where the connection breaks while committing, the turn is looked up; only if that fails too is the error
    /// [`CommitError::Unknown`].
    pub async fn commit_turn(&self, commit: TurnCommit, within: Duration) -> Result<(), CommitError> {
        let (end_user, turn) = (commit.end_user, commit.turn.id);
        match self.db.commit(batch(commit), within).await {
            Err(CommitError::Unknown) => match self.turn_answer(end_user, turn).await {
                Ok(Some(_)) => Ok(()),
                Ok(None) => {
                    Err(CommitError::Unavailable(DbError::Connect("the connection was lost".to_owned())))
                }
                Err(_) => Err(CommitError::Unknown),
            },
            done => done,
        }
    }

    /// What a stored turn answered.
    pub async fn turn_answer(&self, end_user: EndUserId, turn: TurnId) -> Result<Option<String>, ReadError> {
        self.db.row(ANSWER, vec![end_user.into(), turn.into()]).await?.map(|mut row| row.text()).transpose()
    }

    /// The turns of a bot after this one, oldest first.
    pub async fn turns(
        &self,
        bot: BotId,
        after: Option<TurnId>,
        limit: u32,
    ) -> Result<Vec<TurnRow>, ReadError> {
        let after = after.unwrap_or_else(|| TurnId::from_bytes([0; 16]));
        let rows = self.db.rows(LIST, vec![bot.into(), after.into(), limit.into()]).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(TurnRow {
                    id: row.id(TurnId::from_bytes)?,
                    end_user: row.id(EndUserId::from_bytes)?,
                    conversation: row.id(ConversationId::from_bytes)?,
                    request_id: row.opt_text()?,
                    mode: row.text()?,
                    block: row.opt_text()?,
                    bot_version: row.int()?,
                    started_at: row.int()?,
                    took_us: row.int()?,
                    trace: row.text()?,
                    fault: row.opt_text()?,
                })
            })
            .collect()
    }

    /// How much a bot has done since a moment.
    pub async fn counts(&self, bot: BotId, since_ms: i64) -> Result<Counts, ReadError> {
        let since = TurnId::new(since_ms, 0);
        let Some(mut row) = self.db.row(COUNTS, vec![bot.into(), since.into()]).await? else {
            return Ok(Counts::default());
        };
        Ok(Counts { turns: row.int()?, end_users: row.int()?, faults: row.int()? })
    }
}

/// The columns of a session after its end user's id.
pub(crate) fn session_row(end_user: EndUserId, row: &mut Row) -> Result<SessionRow, ReadError> {
    Ok(SessionRow {
        end_user,
        conversation: row.id(ConversationId::from_bytes)?,
        version: row.int()?,
        state: row.text()?,
        recent: row.text()?,
        messages: row.int()?,
        updated_at: row.int()?,
    })
}

/// The batch of a turn. Its guard comes first, so that a stale one has changed nothing.
pub(crate) fn batch(commit: TurnCommit) -> Batch {
    let facts = facts::of(&commit);
    let TurnCommit { workspace, bot, end_user, conversation, turn, messages, now_ms, .. } = commit;
    let count = commit.first_seq + messages.len() as i64;
    let mut batch = match commit.expected_version {
        Some(version) => Batch::default().guarded(
            "sessions",
            SAVE_SESSION,
            vec![
                end_user.into(),
                version.into(),
                conversation.into(),
                commit.state.into(),
                commit.recent.into(),
                count.into(),
                now_ms.into(),
            ],
        ),
        None => Batch::default()
            .guarded(
                "end_users",
                ADD_END_USER,
                vec![
                    bot.into(),
                    commit.platform.into(),
                    commit.draft.into(),
                    commit.user_key.into(),
                    end_user.into(),
                    workspace.into(),
                    now_ms.into(),
                ],
            )
            .then(
                ADD_SESSION,
                vec![
                    end_user.into(),
                    workspace.into(),
                    bot.into(),
                    conversation.into(),
                    commit.state.into(),
                    commit.recent.into(),
                    count.into(),
                    now_ms.into(),
                ],
            ),
    };
    let turn_id = turn.id;
    batch = batch.then(
        ADD_TURN,
        vec![
            turn.id.into(),
            workspace.into(),
            bot.into(),
            end_user.into(),
            conversation.into(),
            turn.request_id.into(),
            turn.mode.into(),
            turn.block.into(),
            turn.bot_version.into(),
            turn.started_at.into(),
            turn.took_us.into(),
            turn.answer.into(),
            turn.trace.into(),
            turn.fault.into(),
            turn.late.into(),
        ],
    );
    if let Some(facts) = facts {
        batch = batch.then(facts::ADD, facts);
    }
    if let Some(end) = commit.late {
        batch = late::end(batch, end);
    }
    add_messages(batch, (workspace, end_user, conversation), turn_id, commit.first_seq, messages)
}

/// Adds messages to a thread, from this number on.
pub(crate) fn add_messages(
    mut batch: Batch,
    (workspace, end_user, conversation): (WorkspaceId, EndUserId, ConversationId),
    turn_id: TurnId,
    first_seq: i64,
    messages: Vec<NewMessage>,
) -> Batch {
    let mut seq = first_seq;
    let mut messages = messages.into_iter().peekable();
    while messages.peek().is_some() {
        let mut params: Vec<Value> = Vec::with_capacity(MESSAGES_AT_ONCE * MESSAGE_COLUMNS);
        for message in messages.by_ref().take(MESSAGES_AT_ONCE) {
            params.extend([
                end_user.into(),
                seq.into(),
                message.id.into(),
                workspace.into(),
                conversation.into(),
                turn_id.into(),
                message.is_user.into(),
                message.sender.into(),
                message.data.into(),
                message.masked.into(),
                message.mask_at.into(),
                message.created_at.into(),
            ]);
            seq += 1;
        }
        batch = batch.then(insert_messages(params.len() / MESSAGE_COLUMNS), params);
    }
    batch
}

/// [`ADD_MESSAGE`] for several rows at once: one statement costs less than several, most of all across a network.
fn insert_messages(count: usize) -> &'static str {
    static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let (head, _) = ADD_MESSAGE.split_once("VALUES").unwrap_or((ADD_MESSAGE, ""));
        (1..=MESSAGES_AT_ONCE)
            .map(|count| {
                let row = |row: usize| {
                    let numbers: Vec<String> = (1..=MESSAGE_COLUMNS)
                        .map(|column| format!("${}", row * MESSAGE_COLUMNS + column))
                        .collect();
                    format!("({})", numbers.join(", "))
                };
                format!("{head}VALUES {}", (0..count).map(row).collect::<Vec<_>>().join(", "))
            })
            .collect()
    });
    &TEXTS[count - 1]
}

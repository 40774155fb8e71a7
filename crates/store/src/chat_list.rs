//! What agents look at: lists of conversations, threads with the lines that agents alone see, and what they write down.

use crate::{
    AccountId, BotId, ChatRow, EndUserId, LineId, MessageId, NewLine, NewLive, PATIENCE, ReadError, Store,
    StoreError, WorkspaceId, chat_search, chat_settings, chats,
    db::{Batch, Row, Value},
    live, mentions, threads,
};

/// May this agent see a chat? Anybody may where the agent is null, and where neither bot nor team (a bot of zeros) say that
/// agents see only what is theirs.
macro_rules! seen_by {
    ($agent:literal, $part:literal, $team:literal) => {
        concat!("(c.owner_id = ", $agent, " OR c.present LIKE ", $part, " OR ", $agent, " IS NULL OR NOT EXISTS (
            SELECT 1 FROM chat_settings o WHERE o.workspace_id = c.workspace_id AND o.only_assigned = 1 AND (o.bot_id = c.bot_id
            OR (o.bot_id = ", $team, " AND NOT EXISTS (SELECT 1 FROM chat_settings b WHERE b.workspace_id = c.workspace_id
                AND b.bot_id = c.bot_id AND b.only_assigned IS NOT NULL)))))")
    };
}

/// What all lists ask for. A filter that is not asked for is null.
macro_rules! chosen {
    () => {
        concat!(
            "c.workspace_id = $1 AND (c.last_at < $2 OR (c.last_at = $2 AND c.end_user_id < $3))
        AND (c.bot_id = $4 OR $4 IS NULL) AND (c.owner_id = $5 OR $5 IS NULL)
        AND (c.tags LIKE $6 ESCAPE '!' OR $6 IS NULL) AND (c.category LIKE $7 ESCAPE '!' OR $7 IS NULL)
        AND ",
            seen_by!("$8", "$9", "$10")
        )
    };
}

statements! {
    // Keyset paging by time and id, newest first.
    LIST = concat!("SELECT ", chat_columns!(), " FROM chats c WHERE ", chosen!(), "
        AND ($11 = CAST(0 AS BIGINT) OR c.state <> 'bot') ORDER BY c.last_at DESC, c.end_user_id DESC LIMIT $12");
    LIST_STATE = concat!("SELECT ", chat_columns!(), " FROM chats c WHERE ", chosen!(), " AND c.state = $11
        ORDER BY c.last_at DESC, c.end_user_id DESC LIMIT $12");
    // Those who wait: for an agent, or for an answer. Longest first, without a next piece.
    LIST_WAITING = concat!("SELECT ", chat_columns!(), " FROM chats c WHERE ", chosen!(), " AND c.state = $11
        ORDER BY COALESCE(c.waiting_since, c.last_at), c.end_user_id LIMIT $12");
    // With these pairs of letters: the rarest leads.
    LIST_FOUND = concat!("SELECT ", chat_columns!(), " FROM (SELECT DISTINCT end_user_id FROM chat_grams
            WHERE workspace_id = $1 AND gram >= $14 AND gram <= $15) f CROSS JOIN chats c WHERE c.end_user_id = f.end_user_id
        AND ", chosen!(), " AND (c.state = $11 OR $11 IS NULL) AND ($13 = CAST(0 AS BIGINT) OR c.state <> 'bot')
        AND EXISTS (SELECT 1 FROM chat_grams g WHERE g.end_user_id = c.end_user_id AND g.gram >= $16 AND g.gram <= $17)
        AND EXISTS (SELECT 1 FROM chat_grams g WHERE g.end_user_id = c.end_user_id AND g.gram >= $18 AND g.gram <= $19)
        AND EXISTS (SELECT 1 FROM chat_grams g WHERE g.end_user_id = c.end_user_id AND g.gram >= $20 AND g.gram <= $21)
        ORDER BY c.last_at DESC, c.end_user_id DESC LIMIT $12");
    COUNTS = concat!("SELECT c.bot_id, c.state, count(*), sum(CASE WHEN c.owner_id IS NULL THEN 0 ELSE 1 END)
        FROM chats c WHERE c.workspace_id = $1 AND (c.state = 'requested' OR c.state = 'connected')
        AND ", seen_by!("$2", "$3", "$4"), " GROUP BY c.bot_id, c.state");
    // What the bots do now, with the state of the session.
    RUNNING = concat!("SELECT s.state, ", chat_columns!(), " FROM chats c JOIN sessions s ON s.end_user_id = c.end_user_id
        WHERE ", chosen!(), " AND c.last_at >= $11 AND ((c.state <> 'requested' AND c.state <> 'connected') OR c.flow = 1)
        ORDER BY c.last_at DESC, c.end_user_id DESC LIMIT $12");
    QUEUE = concat!("SELECT ", chat_columns!(), " FROM chats c
        WHERE c.workspace_id = $1 AND c.state = 'requested' AND c.owner_id IS NULL
        ORDER BY c.requested_at, c.end_user_id LIMIT $2");
    QUEUED = "SELECT DISTINCT workspace_id FROM chats WHERE state = 'requested' AND owner_id IS NULL";
    SILENT = concat!("SELECT ", chat_columns!(), " FROM chats c
        WHERE (c.state = 'requested' OR c.state = 'connected') AND c.last_at < $1
        AND (c.last_at > $2 OR (c.last_at = $2 AND c.end_user_id > $3)) ORDER BY c.last_at, c.end_user_id LIMIT $4");
    // Whose bot is deleted: nobody can answer there any more.
    OF_GONE_BOTS = "SELECT c.workspace_id, c.end_user_id FROM chats c JOIN bots b ON b.id = c.bot_id
        WHERE (c.state = 'requested' OR c.state = 'connected') AND b.deleted_at IS NOT NULL LIMIT $1";
    // Whose agent has left the workspace.
    OF_GONE_AGENTS = "SELECT c.workspace_id, c.end_user_id FROM chats c
        LEFT JOIN members m ON m.workspace_id = c.workspace_id AND m.account_id = c.owner_id
        WHERE (c.state = 'requested' OR c.state = 'connected') AND c.owner_id IS NOT NULL AND m.account_id IS NULL LIMIT $1";
    AHEAD = "SELECT (SELECT count(*) FROM chats WHERE workspace_id = $1 AND state = 'requested'),
        (SELECT count(*) FROM consultations WHERE workspace_id = $1 AND requested_at >= $2 AND connected_at IS NOT NULL),
        (SELECT CAST(sum(connected_at - requested_at) AS BIGINT) FROM consultations
            WHERE workspace_id = $1 AND requested_at >= $2 AND connected_at IS NOT NULL)";
    CASES = "SELECT bot_id, origin, state, owner_id, requested_at, connected_at, answered_at, ended_at, transfers, missed,
        category, in_hours, score FROM consultations WHERE workspace_id = $1 AND requested_at >= $2 AND requested_at < $3
        AND (bot_id = $4 OR $4 IS NULL) ORDER BY requested_at, id LIMIT $5";
    BEFORE = "SELECT m.seq, m.is_user, m.sender, m.data, m.created_at, m.id, s.client_id, s.author_id FROM messages m
        LEFT JOIN sends s ON s.end_user_id = m.end_user_id AND s.seq = m.seq
        WHERE m.end_user_id = $1 AND m.seq < $2 ORDER BY m.seq DESC LIMIT $3";
    AFTER = "SELECT m.seq, m.is_user, m.sender, m.data, m.created_at, m.id, s.client_id, s.author_id FROM messages m
        LEFT JOIN sends s ON s.end_user_id = m.end_user_id AND s.seq = m.seq
        WHERE m.end_user_id = $1 AND m.seq > $2 ORDER BY m.seq LIMIT $3";
    LINES = "SELECT id, kind, at, after_seq, agent_id, by_id, data FROM chat_lines
        WHERE end_user_id = $1 AND id >= $2 ORDER BY id LIMIT $3";
    NOTE = "INSERT INTO chat_lines (end_user_id, id, workspace_id, kind, at, after_seq, agent_id, by_id, data)
        SELECT end_user_id, $3, workspace_id, $4, $5, last_seq, NULL, $6, $7 FROM chats
        WHERE end_user_id = $1 AND workspace_id = $2";
    PROFILE = "UPDATE chats SET name = COALESCE($3, name), phone = COALESCE($4, phone), email = COALESCE($5, email),
        gender = COALESCE($6, gender), tags = COALESCE($7, tags), category = COALESCE($8, category)
        WHERE workspace_id = $1 AND end_user_id = $2";
    CATEGORY = "UPDATE consultations SET category = $3 WHERE workspace_id = $1 AND id = (
        SELECT consultation_id FROM chats WHERE end_user_id = $2)";
    SEEN = "UPDATE chats SET unread = 0 WHERE workspace_id = $1 AND end_user_id = $2 AND unread > 0 AND last_seq <= $3";
}

/// Pairs of letters that one search asks for.
const PAIRS: usize = 4;

/// Which conversations of a workspace.
#[derive(Debug, Clone, Default)]
pub struct ChatQuery {
    /// In this state.
    pub state: Option<String>,
    /// Not those in which no agent was ever asked for.
    pub without_bot: bool,
    /// Of this bot.
    pub bot: Option<BotId>,
    /// Of this agent.
    pub owner: Option<AccountId>,
    /// With this tag.
    pub tag: Option<String>,
    /// Of this category, or one beneath it; from the outside in.
    pub category: Vec<String>,
    /// That this agent may see.
    pub seen_by: Option<AccountId>,
    /// After this one: its time and its id.
    pub after: Option<(i64, EndUserId)>,
    /// So many at most.
    pub limit: u32,
}

/// What agents write down about an end user and their conversation; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChatProfile {
    /// The name.
    pub name: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The gender, in words.
    pub gender: Option<String>,
    /// Tags, as JSON.
    pub tags: Option<String>,
    /// What it is about, as JSON.
    pub category: Option<String>,
}

/// A conversation of a list.
pub type ChatItem = ChatRow;

/// How many conversations of a bot wait or go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatCounts {
    /// The bot.
    pub bot: BotId,
    /// `requested` or `connected`.
    pub state: String,
    /// So many.
    pub count: i64,
    /// … of which so many are an agent's.
    pub owned: i64,
}

/// A message of a thread, with who sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadMessage {
    /// Its number in the thread.
    pub seq: i64,
    /// Its id.
    pub id: MessageId,
    /// Did the end user say it?
    pub is_user: bool,
    /// `user`, `bot` or `agent`.
    pub sender: String,
    /// The message, as JSON.
    pub data: String,
    /// When it was said.
    pub at: i64,
    /// The sender's id of it.
    pub client_id: Option<String>,
    /// The agent who sent it.
    pub author: Option<AccountId>,
}

/// A line of a thread that agents alone see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// Its id.
    pub id: LineId,
    /// What happened, or `note`.
    pub kind: String,
    /// When.
    pub at: i64,
    /// It stands after the message of this number.
    pub after_seq: i64,
    /// Whom it is about.
    pub agent: Option<AccountId>,
    /// Who did it.
    pub by: Option<AccountId>,
    /// More about it, as JSON.
    pub data: String,
}

/// A consultation as figures are made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// The bot.
    pub bot: BotId,
    /// `call` or `step-in`.
    pub origin: String,
    /// Where it stands.
    pub state: String,
    /// Whose it is, or was last.
    pub owner: Option<AccountId>,
    /// When it was requested.
    pub requested_at: i64,
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
    /// What it was about, as JSON.
    pub category: String,
    /// Was it requested within operating hours?
    pub in_hours: bool,
    /// What the customer gave it afterwards, from 1 to 5.
    pub score: Option<i64>,
}

impl Store {
    /// Conversations of a workspace, the one in which something was said last first.
    pub async fn chats(&self, workspace: WorkspaceId, query: ChatQuery) -> Result<Vec<ChatItem>, ReadError> {
        let mut params = chosen(workspace, &query);
        let (sql, state) = match query.state {
            Some(state) => (LIST_STATE, state.into()),
            None => (LIST, query.without_bot.into()),
        };
        params.extend([state, query.limit.into()]);
        chats_of(self.db.rows(sql, params).await?)
    }

    /// Conversations in the query's state, the one that waits longest first: for an agent, or for an agent's answer.
    pub async fn chats_waiting(
        &self,
        workspace: WorkspaceId,
        query: ChatQuery,
    ) -> Result<Vec<ChatItem>, ReadError> {
        let mut params = chosen(workspace, &query);
        params.extend([query.state.unwrap_or_default().into(), query.limit.into()]);
        chats_of(self.db.rows(LIST_WAITING, params).await?)
    }

    /// Conversations that have all of these pairs of letters (`livechat::words`), up to four of them, the rarest first.
    pub async fn chats_with(
        &self,
        workspace: WorkspaceId,
        query: ChatQuery,
        pairs: &[(i64, i64)],
    ) -> Result<Vec<ChatItem>, ReadError> {
        let Some(first) = pairs.first() else { return Ok(Vec::new()) };
        let mut params = chosen(workspace, &query);
        params.extend([query.state.into(), query.limit.into(), query.without_bot.into()]);
        for (from, to) in pairs.iter().chain(std::iter::repeat(first)).take(PAIRS) {
            params.extend([Value::Int(*from), Value::Int(*to)]);
        }
        chats_of(self.db.rows(LIST_FOUND, params).await?)
    }

    /// Conversations in which the bot answers and something was said since a moment, with the state of the session.
    pub async fn chats_running(
        &self,
        workspace: WorkspaceId,
        query: ChatQuery,
        since_ms: i64,
    ) -> Result<Vec<(ChatItem, String)>, ReadError> {
        let mut params = chosen(workspace, &query);
        params.extend([since_ms.into(), query.limit.into()]);
        self.db
            .rows(RUNNING, params)
            .await?
            .into_iter()
            .map(|mut row| {
                let state = row.text()?;
                let end_user = row.id(EndUserId::from_bytes)?;
                Ok((chats::chat_row(end_user, &mut row)?, state))
            })
            .collect()
    }

    /// How many conversations wait or go on, by bot, of those that an agent may see.
    pub async fn chat_counts(
        &self,
        workspace: WorkspaceId,
        seen_by: Option<AccountId>,
    ) -> Result<Vec<ChatCounts>, ReadError> {
        let mut params = vec![workspace.into()];
        params.extend(viewer(seen_by));
        let rows = self.db.rows(COUNTS, params).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(ChatCounts {
                    bot: row.id(BotId::from_bytes)?,
                    state: row.text()?,
                    count: row.int()?,
                    owned: row.int()?,
                })
            })
            .collect()
    }

    /// Requests that are nobody's, oldest first.
    pub async fn chat_queue(&self, workspace: WorkspaceId, limit: u32) -> Result<Vec<ChatItem>, ReadError> {
        chats_of(self.db.rows(QUEUE, vec![workspace.into(), limit.into()]).await?)
    }

    /// The workspaces in which requests are nobody's.
    pub async fn queued_workspaces(&self) -> Result<Vec<WorkspaceId>, ReadError> {
        let rows = self.db.rows(QUEUED, Vec::new()).await?;
        rows.into_iter().map(|mut row| row.id(WorkspaceId::from_bytes)).collect()
    }

    /// Open consultations of all workspaces in which nothing was said since a moment, the longest silence first; after
    /// this one, where a list goes on.
    pub async fn silent_chats(
        &self,
        since_ms: i64,
        after: Option<(i64, EndUserId)>,
        limit: u32,
    ) -> Result<Vec<ChatItem>, ReadError> {
        let (at, id) = after.unwrap_or((i64::MIN, EndUserId::from_bytes([0; 16])));
        chats_of(self.db.rows(SILENT, vec![since_ms.into(), at.into(), id.into(), limit.into()]).await?)
    }

    /// Open consultations of bots that were deleted.
    pub async fn chats_of_gone_bots(&self, limit: u32) -> Result<Vec<(WorkspaceId, EndUserId)>, ReadError> {
        places(self.db.rows(OF_GONE_BOTS, vec![limit.into()]).await?)
    }

    /// Open consultations of agents who are no members any more.
    pub async fn chats_of_gone_agents(&self, limit: u32) -> Result<Vec<(WorkspaceId, EndUserId)>, ReadError> {
        places(self.db.rows(OF_GONE_AGENTS, vec![limit.into()]).await?)
    }

    /// How many requests wait in a workspace, and how long those since a moment waited on average, in milliseconds.
    pub async fn queue_ahead(
        &self,
        workspace: WorkspaceId,
        since_ms: i64,
    ) -> Result<(i64, Option<i64>), ReadError> {
        let Some(mut row) = self.db.row(AHEAD, vec![workspace.into(), since_ms.into()]).await? else {
            return Ok((0, None));
        };
        let (waiting, came, waited) = (row.int()?, row.int()?, row.opt_int()?);
        Ok((waiting, waited.filter(|_| came > 0).map(|waited| waited / came)))
    }

    /// The consultations of a workspace that were requested from a moment until before another, oldest first; of one bot
    /// or of all.
    pub async fn consultations(
        &self,
        workspace: WorkspaceId,
        (from_ms, until_ms): (i64, i64),
        bot: Option<BotId>,
        limit: u32,
    ) -> Result<Vec<CaseRow>, ReadError> {
        let params = vec![workspace.into(), from_ms.into(), until_ms.into(), bot.into(), limit.into()];
        let rows = self.db.rows(CASES, params).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(CaseRow {
                    bot: row.id(BotId::from_bytes)?,
                    origin: row.text()?,
                    state: row.text()?,
                    owner: row.opt_id(AccountId::from_bytes)?,
                    requested_at: row.int()?,
                    connected_at: row.opt_int()?,
                    answered_at: row.opt_int()?,
                    ended_at: row.opt_int()?,
                    transfers: row.int()?,
                    missed: row.opt_text()?,
                    category: row.text()?,
                    in_hours: row.truth()?,
                    score: row.opt_int()?,
                })
            })
            .collect()
    }

    /// Messages of a thread before this number, newest first.
    pub async fn chat_before(
        &self,
        end_user: EndUserId,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<ThreadMessage>, ReadError> {
        let params = vec![end_user.into(), before.unwrap_or(i64::MAX).into(), limit.into()];
        thread(self.db.rows(BEFORE, params).await?)
    }

    /// Messages of a thread after this number, oldest first.
    pub async fn chat_after(
        &self,
        end_user: EndUserId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<ThreadMessage>, ReadError> {
        thread(self.db.rows(AFTER, vec![end_user.into(), after.into(), limit.into()]).await?)
    }

    /// The lines of a thread since a moment, oldest first.
    pub async fn chat_lines(
        &self,
        end_user: EndUserId,
        since_ms: i64,
        limit: u32,
    ) -> Result<Vec<LineRow>, ReadError> {
        let since = LineId::new(since_ms, 0);
        let rows = self.db.rows(LINES, vec![end_user.into(), since.into(), limit.into()]).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(LineRow {
                    id: row.id(LineId::from_bytes)?,
                    kind: row.text()?,
                    at: row.int()?,
                    after_seq: row.int()?,
                    agent: row.opt_id(AccountId::from_bytes)?,
                    by: row.opt_id(AccountId::from_bytes)?,
                    data: row.text()?,
                })
            })
            .collect()
    }

    /// Writes a line into a thread: a note, and whom it mentions. It moves nothing else.
    pub async fn note_chat(
        &self,
        (workspace, end_user): (WorkspaceId, EndUserId),
        (line, mentioned): (NewLine, &[AccountId]),
        events: Vec<NewLive>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let id = line.id;
        let params = vec![
            end_user.into(),
            workspace.into(),
            line.id.into(),
            line.kind.into(),
            now_ms.into(),
            line.by.into(),
            line.data.into(),
        ];
        let batch = Batch::default().guarded("chats", NOTE, params);
        let batch = mentions::add_to(batch, (workspace, end_user), id, mentioned);
        Ok(self.db.commit(live::add(batch, workspace, events, now_ms), PATIENCE).await?)
    }

    /// Writes down who an end user is, and what the conversation is about; what is `None` stays. `grams` are the pairs of
    /// letters by which they are found then. Consoles are told that the chat has changed.
    pub async fn set_chat_profile(
        &self,
        (workspace, end_user): (WorkspaceId, EndUserId),
        profile: ChatProfile,
        grams: &[i64],
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let category = profile.category.clone();
        let params = vec![
            workspace.into(),
            end_user.into(),
            profile.name.into(),
            profile.phone.into(),
            profile.email.into(),
            profile.gender.into(),
            profile.tags.into(),
            profile.category.into(),
        ];
        let mut batch = Batch::default().guarded("chats", PROFILE, params);
        if let Some(category) = category {
            batch = batch.then(CATEGORY, vec![workspace.into(), end_user.into(), category.into()]);
        }
        batch = chat_search::add_grams(batch, workspace, end_user, grams);
        let event = NewLive { kind: "chat", end_user: Some(end_user), message: None, data: String::new() };
        Ok(self.db.commit(live::add(batch, workspace, vec![event], now_ms), PATIENCE).await?)
    }

    /// An agent has seen a thread up to this message. Tells consoles only where something was unread.
    pub async fn see_chat(
        &self,
        (workspace, end_user): (WorkspaceId, EndUserId),
        up_to: i64,
        events: Vec<NewLive>,
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        let batch =
            Batch::default().guarded("chats", SEEN, vec![workspace.into(), end_user.into(), up_to.into()]);
        match self.db.commit(live::add(batch, workspace, events, now_ms), PATIENCE).await {
            Ok(()) => Ok(true),
            Err(crate::CommitError::Stale { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

/// The parameters of `chosen!`.
fn chosen(workspace: WorkspaceId, query: &ChatQuery) -> Vec<Value> {
    let (at, id) = query.after.unwrap_or((i64::MAX, EndUserId::MAX));
    let json = |text: &String| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let tag = query.tag.as_ref().map(|tag| threads::pattern(&json(tag)));
    let levels: Vec<String> = query.category.iter().map(json).collect();
    // `["주문"` and `["주문","취소"`: the list is stored without spaces.
    let category = (!levels.is_empty()).then(|| {
        let whole = threads::pattern(&format!("[{}", levels.join(",")));
        whole.trim_start_matches('%').to_owned()
    });
    let mut params: Vec<Value> = vec![
        workspace.into(),
        at.into(),
        id.into(),
        query.bot.into(),
        query.owner.into(),
        tag.into(),
        category.into(),
    ];
    params.extend(viewer(query.seen_by));
    params
}

/// The parameters of `seen_by!`.
fn viewer(agent: Option<AccountId>) -> [Value; 3] {
    [agent.into(), agent.map(|agent| format!("%\"{agent}\"%")).into(), chat_settings::team().into()]
}

fn places(rows: Vec<Row>) -> Result<Vec<(WorkspaceId, EndUserId)>, ReadError> {
    rows.into_iter()
        .map(|mut row| Ok((row.id(WorkspaceId::from_bytes)?, row.id(EndUserId::from_bytes)?)))
        .collect()
}

fn chats_of(rows: Vec<Row>) -> Result<Vec<ChatItem>, ReadError> {
    rows.into_iter()
        .map(|mut row| {
            let end_user = row.id(EndUserId::from_bytes)?;
            chats::chat_row(end_user, &mut row)
        })
        .collect()
}

fn thread(rows: Vec<Row>) -> Result<Vec<ThreadMessage>, ReadError> {
    rows.into_iter()
        .map(|mut row| {
            Ok(ThreadMessage {
                seq: row.int()?,
                is_user: row.truth()?,
                sender: row.text()?,
                data: row.text()?,
                at: row.int()?,
                id: row.id(MessageId::from_bytes)?,
                client_id: row.opt_text()?,
                author: row.opt_id(AccountId::from_bytes)?,
            })
        })
        .collect()
}

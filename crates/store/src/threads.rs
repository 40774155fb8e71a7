//! Conversations as lists and threads show them, and all that is kept of one customer: to read, to hand over, to erase.
//!
//! The list is kept by the follower ([`crate::facts`]), so it is a second or two behind; threads are the messages
//! themselves. Searching for words looks through the newest conversations first, a bounded number at a time.

use crate::{
    BotId, ConversationId, EndUserId, MessageId, PATIENCE, ReadError, Store, StoreError, TurnId,
    db::{Batch, Row},
};

statements! {
    LIST = "SELECT end_user_id, user_key, channel, first_at, last_at, said, turns, messages, faults FROM threads
        WHERE bot_id = $1 AND (last_at < $2 OR (last_at = $2 AND end_user_id < $3)) AND ($4 = '' OR channel = $4)
        ORDER BY last_at DESC, end_user_id DESC LIMIT $5";
    BY_KEY = "SELECT end_user_id, user_key, channel, first_at, last_at, said, turns, messages, faults FROM threads
        WHERE bot_id = $1 AND user_key >= $2 AND user_key < $3 AND ($4 = '' OR channel = $4) ORDER BY user_key LIMIT $5";
    HAS = "SELECT seq FROM messages WHERE end_user_id = $1 AND lower(data) LIKE $2 ESCAPE '!' ORDER BY seq DESC LIMIT 1";
    ONE = "SELECT end_user_id, user_key, channel, first_at, last_at, said, turns, messages, faults FROM threads
        WHERE bot_id = $1 AND end_user_id = $2";
    AFTER = "SELECT seq, id, conversation_id, turn_id, is_user, sender, data, created_at FROM messages
        WHERE end_user_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    FIRST_OF_TURN = "SELECT min(seq) FROM messages WHERE end_user_id = $1 AND turn_id = $2";
    STATE = "SELECT state, created_at, updated_at FROM sessions WHERE end_user_id = $1";
    TURN = "SELECT id, end_user_id, conversation_id, request_id, mode, block, bot_version, started_at, took_us, trace, fault,
        answer, late FROM turns WHERE bot_id = $1 AND id = $2";
    TURNS_OF = "SELECT id, end_user_id, conversation_id, request_id, mode, block, bot_version, started_at, took_us, trace, fault,
        answer, late FROM turns WHERE end_user_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    IDENTITIES = "SELECT id FROM end_users WHERE bot_id = $1 AND user_key = $2 AND platform = $3 AND draft = 1";
    IDENTITY = "SELECT platform, user_key FROM threads WHERE bot_id = $1 AND end_user_id = $2";
    MARKS_OF = "SELECT kind, at, turn_id FROM turn_marks WHERE bot_id = $1 AND end_user_id = $2";
    LAST_SEQ = "SELECT max(seq) FROM messages WHERE end_user_id = $1";
    ERASE_MESSAGES = "DELETE FROM messages WHERE end_user_id = $1 AND seq <= $2 AND seq > $3";
    ERASE_TURN = "DELETE FROM turns WHERE id = $1";
    ERASE_FACTS = "DELETE FROM turn_facts WHERE end_user_id = $1";
    ERASE_MARK = "DELETE FROM turn_marks WHERE bot_id = $1 AND kind = $2 AND at = $3 AND turn_id = $4";
    ERASE_SESSION = "DELETE FROM sessions WHERE end_user_id = $1";
    // An agent whose consultation goes with it has room again.
    ERASE_LOAD = "UPDATE agents SET open = open - 1 WHERE open > 0 AND EXISTS (SELECT 1 FROM chats c
        WHERE c.end_user_id = $1 AND c.owner_id = agents.account_id AND c.workspace_id = agents.workspace_id)";
    ERASE_CHAT = "DELETE FROM chats WHERE end_user_id = $1";
    ERASE_GRAMS = "DELETE FROM chat_grams WHERE end_user_id = $1";
    ERASE_CONSULTATIONS = "DELETE FROM consultations WHERE end_user_id = $1";
    ERASE_MENTIONS = "DELETE FROM mentions WHERE end_user_id = $1";
    ERASE_LINES = "DELETE FROM chat_lines WHERE end_user_id = $1";
    ERASE_OUTBOX = "DELETE FROM consult_outbox WHERE end_user_id = $1";
    ERASE_HOOKS = "DELETE FROM consult_hooks WHERE bot_id = $1 AND user_key = $2";
    ERASE_SENDS = "DELETE FROM sends WHERE end_user_id = $1";
    // The numbers of events go on without a gap; what they said of the person is gone.
    ERASE_EVENTS = "UPDATE live_events SET data = '' WHERE end_user_id = $1";
    ERASE_END_USER = "DELETE FROM end_users WHERE bot_id = $1 AND platform = $2 AND draft IN (0, 1) AND user_key = $3";
    ERASE_THREAD = "DELETE FROM threads WHERE end_user_id = $1";
    ERASE_LATE = "DELETE FROM late_answers WHERE bot_id = $1 AND user_key = $2";
    ERASE_TARGETS = "DELETE FROM push_targets WHERE user_key = $2 AND push_id IN (SELECT id FROM pushes WHERE bot_id = $1)";
    ERASE_PROBLEMS = "DELETE FROM skill_problems WHERE bot = $1 AND excerpt LIKE $2 ESCAPE '!'";
}

/// Conversations that one search for words looks through.
const WINDOW_SIZE: u32 = 500;
/// Messages that one statement erases.
const ERASED_AT_ONCE: i64 = 500;

/// A conversation as a list shows it: all that one end user has said and heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadRow {
    /// The end user.
    pub end_user: EndUserId,
    /// What the channel calls them.
    pub user_key: String,
    /// The channel.
    pub channel: String,
    /// When they first wrote.
    pub first_at: i64,
    /// When they last wrote.
    pub last_at: i64,
    /// What they said last.
    pub said: String,
    /// How many turns they had.
    pub turns: i64,
    /// How many messages were said.
    pub messages: i64,
    /// How many turns failed.
    pub faults: i64,
}

/// A conversation in which words were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundThread {
    /// The conversation.
    pub thread: ThreadRow,
    /// The newest message that has the words.
    pub seq: i64,
}

/// Where a list of conversations goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThreadCursor {
    /// The last one's time …
    pub last_at: i64,
    /// … and end user.
    pub end_user: EndUserId,
}

/// A stored turn with all that is kept of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnWhole {
    /// The turn.
    pub row: crate::TurnRow,
    /// What was answered.
    pub answer: String,
    /// The answer that came after it.
    pub late: Option<String>,
}

/// The state of a conversation, for its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateRow {
    /// What the engine and the channel keep, as JSON.
    pub state: String,
    /// When it began.
    pub created_at: i64,
    /// When the last turn was.
    pub updated_at: i64,
}

impl ThreadCursor {
    /// Before all.
    pub const START: Self = Self { last_at: i64::MAX, end_user: EndUserId::MAX };
}

impl Store {
    /// Conversations of a bot after this one, newest first; of one channel where it is not empty.
    pub async fn threads(
        &self,
        bot: BotId,
        channel: &str,
        after: Option<ThreadCursor>,
        limit: u32,
    ) -> Result<Vec<ThreadRow>, ReadError> {
        let after = after.unwrap_or(ThreadCursor::START);
        let params =
            vec![bot.into(), after.last_at.into(), after.end_user.into(), channel.into(), limit.into()];
        self.db.report(LIST, params).await?.into_iter().map(thread).collect()
    }

    /// Conversations whose end user's key begins so.
    pub async fn threads_by_key(
        &self,
        bot: BotId,
        channel: &str,
        beginning: &str,
        limit: u32,
    ) -> Result<Vec<ThreadRow>, ReadError> {
        // Nothing that begins so sorts behind this.
        let end = format!("{beginning}\u{10ffff}");
        let params = vec![bot.into(), beginning.into(), end.into(), channel.into(), limit.into()];
        self.db.report(BY_KEY, params).await?.into_iter().map(thread).collect()
    }

    /// Conversations in whose messages this stands, newest first, and where the search goes on: it looks through some
    /// hundred conversations at a time. `words` is the text as it stands in a message's JSON.
    pub async fn threads_with(
        &self,
        bot: BotId,
        (channel, words): (&str, &str),
        after: Option<ThreadCursor>,
        limit: usize,
    ) -> Result<(Vec<FoundThread>, Option<ThreadCursor>), ReadError> {
        let after = after.unwrap_or(ThreadCursor::START);
        let params =
            vec![bot.into(), after.last_at.into(), after.end_user.into(), channel.into(), WINDOW_SIZE.into()];
        let window = self.db.report(LIST, params).await?;
        let more = window.len() == WINDOW_SIZE as usize;
        let pattern = pattern(&words.to_lowercase());
        let mut found = Vec::new();
        let mut last = None;
        for thread in window.into_iter().map(thread) {
            let thread = thread?;
            let end_user = thread.end_user;
            last = Some(ThreadCursor { end_user, last_at: thread.last_at });
            let hit = self.db.report(HAS, vec![end_user.into(), pattern.as_str().into()]).await?;
            if let Some(mut hit) = hit.into_iter().next() {
                found.push(FoundThread { thread, seq: hit.int()? });
                if found.len() == limit {
                    return Ok((found, last));
                }
            }
        }
        Ok((found, last.filter(|_| more)))
    }

    /// One conversation.
    pub async fn thread_of(&self, bot: BotId, end_user: EndUserId) -> Result<Option<ThreadRow>, ReadError> {
        let rows = self.db.report(ONE, vec![bot.into(), end_user.into()]).await?;
        rows.into_iter().next().map(thread).transpose()
    }

    /// The messages of an end user after this number, oldest first.
    pub async fn thread_after(
        &self,
        end_user: EndUserId,
        after_seq: i64,
        limit: u32,
    ) -> Result<Vec<crate::MessageRow>, ReadError> {
        let rows = self.db.report(AFTER, vec![end_user.into(), after_seq.into(), limit.into()]).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(crate::MessageRow {
                    seq: row.int()?,
                    id: row.id(MessageId::from_bytes)?,
                    conversation: row.id(ConversationId::from_bytes)?,
                    turn: row.id(TurnId::from_bytes)?,
                    is_user: row.truth()?,
                    sender: row.text()?,
                    data: row.text()?,
                    created_at: row.int()?,
                })
            })
            .collect()
    }

    /// The number of a turn's first message.
    pub async fn turn_begins_at(&self, end_user: EndUserId, turn: TurnId) -> Result<Option<i64>, ReadError> {
        let rows = self.db.report(FIRST_OF_TURN, vec![end_user.into(), turn.into()]).await?;
        rows.into_iter().next().map_or(Ok(None), |mut row| row.opt_int())
    }

    /// The state of an end user's conversation.
    pub async fn session_state(&self, end_user: EndUserId) -> Result<Option<StateRow>, ReadError> {
        let rows = self.db.report(STATE, vec![end_user.into()]).await?;
        rows.into_iter()
            .next()
            .map(|mut row| {
                Ok(StateRow { state: row.text()?, created_at: row.int()?, updated_at: row.int()? })
            })
            .transpose()
    }

    /// One turn of a bot.
    pub async fn turn(&self, bot: BotId, turn: TurnId) -> Result<Option<TurnWhole>, ReadError> {
        let rows = self.db.report(TURN, vec![bot.into(), turn.into()]).await?;
        rows.into_iter().next().map(whole).transpose()
    }

    /// The turns of an end user after this one, oldest first. Looks through all turns since: not for the way of a turn.
    pub async fn turns_of(
        &self,
        end_user: EndUserId,
        after: Option<TurnId>,
        limit: u32,
    ) -> Result<Vec<TurnWhole>, ReadError> {
        // An end user's turns are not older than they are, but for the moment between a request and its turn.
        let first = TurnId::new(end_user.made_at() - 600_000, 0);
        let params = vec![end_user.into(), after.unwrap_or(first).into(), limit.into()];
        self.db.report(TURNS_OF, params).await?.into_iter().map(whole).collect()
    }

    /// Erases all that is kept of one customer of a bot: messages, turns, requests, what was marked, the state of the
    /// conversation, what the draft was tried with under the same key, and the person. The sums of the statistics stay:
    /// nobody can be told from them. Works in pieces, so that turns go on meanwhile, and can be called again.
    pub async fn erase_customer(&self, bot: BotId, end_user: EndUserId) -> Result<(), StoreError> {
        let known = self.db.report(IDENTITY, vec![bot.into(), end_user.into()]).await?.into_iter().next();
        let mut known = known.ok_or(StoreError::Missing("customer"))?;
        let (platform, user_key) = (known.text()?, known.text()?);
        let params = vec![bot.into(), user_key.as_str().into(), platform.as_str().into()];
        let mut people = vec![end_user];
        for mut row in self.db.report(IDENTITIES, params).await? {
            people.push(row.id(EndUserId::from_bytes)?);
        }
        loop {
            let ids = self.requests_of(bot, &user_key, None).await?;
            if ids.is_empty() {
                break;
            }
            self.delete_requests(bot, &ids).await?;
        }
        for person in &people {
            self.erase_person(bot, *person).await?;
        }
        let mut batch = Batch::default()
            .then(ERASE_HOOKS, vec![bot.into(), user_key.as_str().into()])
            .then(ERASE_LATE, vec![bot.into(), user_key.as_str().into()])
            .then(ERASE_TARGETS, vec![bot.into(), user_key.as_str().into()])
            .then(ERASE_PROBLEMS, vec![bot.to_string().into(), pattern(&user_key).into()]);
        // The person themselves go last: until then all of this can be begun again.
        for person in people.iter().rev() {
            for sql in [
                ERASE_LOAD,
                ERASE_CHAT,
                ERASE_GRAMS,
                ERASE_CONSULTATIONS,
                ERASE_MENTIONS,
                ERASE_LINES,
                ERASE_OUTBOX,
                ERASE_SENDS,
                ERASE_EVENTS,
                ERASE_SESSION,
                ERASE_THREAD,
            ] {
                batch = batch.then(sql, vec![(*person).into()]);
            }
        }
        let params = vec![bot.into(), platform.as_str().into(), user_key.as_str().into()];
        batch = batch.then(ERASE_END_USER, params);
        Ok(self.commit(batch).await?)
    }

    async fn erase_person(&self, bot: BotId, person: EndUserId) -> Result<(), StoreError> {
        loop {
            let turns = self.turns_of(person, None, 200).await?;
            if turns.is_empty() {
                break;
            }
            let batch = turns
                .iter()
                .fold(Batch::default(), |batch, turn| batch.then(ERASE_TURN, vec![turn.row.id.into()]));
            self.db.commit(batch, PATIENCE).await?;
        }
        let last = self.db.report(LAST_SEQ, vec![person.into()]).await?;
        let mut last = last.into_iter().next().map_or(Ok(None), |mut row| row.opt_int())?.unwrap_or(-1);
        while last >= 0 {
            let params = vec![person.into(), last.into(), (last - ERASED_AT_ONCE).into()];
            self.db.commit(Batch::default().then(ERASE_MESSAGES, params), PATIENCE).await?;
            last -= ERASED_AT_ONCE;
        }
        let marks = self.db.report(MARKS_OF, vec![bot.into(), person.into()]).await?;
        let mut batch = Batch::default().then(ERASE_FACTS, vec![person.into()]);
        for mut row in marks {
            let (kind, at, turn) = (row.text()?, row.int()?, row.id(TurnId::from_bytes)?);
            batch = batch.then(ERASE_MARK, vec![bot.into(), kind.into(), at.into(), turn.into()]);
        }
        Ok(self.db.commit(batch, PATIENCE).await?)
    }
}

/// A pattern for LIKE that finds this text anywhere.
pub(crate) fn pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

fn thread(mut row: Row) -> Result<ThreadRow, ReadError> {
    Ok(ThreadRow {
        end_user: row.id(EndUserId::from_bytes)?,
        user_key: row.text()?,
        channel: row.text()?,
        first_at: row.int()?,
        last_at: row.int()?,
        said: row.text()?,
        turns: row.int()?,
        messages: row.int()?,
        faults: row.int()?,
    })
}

fn whole(mut row: Row) -> Result<TurnWhole, ReadError> {
    Ok(TurnWhole {
        row: crate::TurnRow {
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
        },
        answer: row.text()?,
        late: row.opt_text()?,
    })
}

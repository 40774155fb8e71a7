//! The log of KakaoTalk's requests, and what was seen of a channel's set-up.
//!
//! Both are written beside the turns, in batches. What a request looked like is packed by whoever writes it; this crate
//! does not know how.

use std::sync::LazyLock;

use crate::{
    BotId, PATIENCE, ReadError, Store, StoreError, TurnId, WorkspaceId,
    db::{Batch, Row, Value},
};

/// Columns of `skill_requests` in the order of [`insert`].
const COLUMNS: usize = 18;
/// Rows of one statement.
const AT_ONCE: usize = 16;

statements! {
    ADD = "INSERT INTO skill_requests (bot_id, id, workspace_id, at, draft, mode, kind, block, user_key, request_id,
        took_us, status, stored, problem, problems, size, packed, answer)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) ON CONFLICT DO NOTHING";
    LIST = "SELECT id, at, draft, mode, kind, block, user_key, request_id, took_us, status, stored, problem, problems, size
        FROM skill_requests WHERE bot_id = $1 AND id < $2 AND ($3 = '' OR mode = $3) ORDER BY id DESC LIMIT $4";
    LIST_PROBLEMS = "SELECT id, at, draft, mode, kind, block, user_key, request_id, took_us, status, stored, problem, problems,
        size FROM skill_requests WHERE bot_id = $1 AND id < $2 AND problem IS NOT NULL AND ($5 = '' OR problem = $5)
        AND ($3 = '' OR mode = $3) ORDER BY id DESC LIMIT $4";
    PROBLEMS = "SELECT problem, count(*) FROM skill_requests WHERE bot_id = $1 AND problem IS NOT NULL GROUP BY problem";
    ONE = "SELECT id, at, draft, mode, kind, block, user_key, request_id, took_us, status, stored, problem, problems, size,
        packed, answer FROM skill_requests WHERE bot_id = $1 AND id = $2";
    OF_USER = "SELECT id FROM skill_requests WHERE bot_id = $1 AND user_key = $2 AND id > $3 ORDER BY id LIMIT 200";
    DELETE = "DELETE FROM skill_requests WHERE bot_id = $1 AND id = $2";
    OLD = "SELECT id FROM skill_requests WHERE bot_id = $1 AND id < $2 ORDER BY id LIMIT 1";
    DELETE_OLD = "DELETE FROM skill_requests WHERE bot_id = $1 AND id IN (
        SELECT id FROM skill_requests WHERE bot_id = $1 AND id < $2 ORDER BY id LIMIT 200)";
    PAST = "SELECT id FROM skill_requests WHERE bot_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2";
    SEE = "INSERT INTO kakao_seen (bot_id, draft, mode, what, name, workspace_id, detail, first_at, last_at, times, took_us,
        slowest_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (bot_id, draft, mode, what, name) DO UPDATE SET detail = excluded.detail,
        last_at = CASE WHEN kakao_seen.last_at > excluded.last_at THEN kakao_seen.last_at ELSE excluded.last_at END,
        times = CASE WHEN CAST($13 AS BIGINT) = 1 THEN excluded.times ELSE kakao_seen.times + excluded.times END,
        took_us = excluded.took_us,
        slowest_us = CASE WHEN kakao_seen.slowest_us > excluded.slowest_us THEN kakao_seen.slowest_us
            ELSE excluded.slowest_us END";
    SEEN = "SELECT draft, mode, what, name, detail, first_at, last_at, times, took_us, slowest_us FROM kakao_seen
        WHERE bot_id = $1 ORDER BY last_at DESC";
    FORGET_SEEN = "DELETE FROM kakao_seen WHERE bot_id = $1";
}

/// A request to be written down.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// The bot.
    pub bot: BotId,
    /// Its id, which is that of the turn which it began.
    pub id: TurnId,
    /// Whose bot it is.
    pub workspace: WorkspaceId,
    /// All but the raw pair.
    pub about: RequestAbout,
    /// The request, packed.
    pub packed: Option<Vec<u8>>,
    /// What was answered, where no turn has it.
    pub answer: Option<String>,
}

/// What is known of a request besides its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RequestAbout {
    /// When it came.
    pub at: i64,
    /// Did the draft answer?
    pub draft: bool,
    /// The channel's mode.
    pub mode: String,
    /// `welcome`, `fallback`, `other`, or empty.
    pub kind: String,
    /// The block's name.
    pub block: String,
    /// What the channel calls the end user.
    pub user_key: Option<String>,
    /// The channel's id of the request.
    pub request_id: Option<String>,
    /// How long the answer took, in microseconds.
    pub took_us: i64,
    /// The HTTP status of the answer.
    pub status: i64,
    /// Is there a turn of it?
    pub stored: bool,
    /// The first of its problems.
    pub problem: Option<String>,
    /// All of them, as JSON.
    pub problems: Option<String>,
    /// Bytes of the request.
    pub size: i64,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// Its id.
    pub id: TurnId,
    /// What is known of it.
    pub about: RequestAbout,
}

/// A line of the log with its raw pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestWhole {
    /// The line.
    pub row: RequestRow,
    /// The request, packed.
    pub packed: Option<Vec<u8>>,
    /// What was answered, where no turn has it.
    pub answer: Option<String>,
}

/// Something that was seen of a channel's set-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenRow {
    /// Did the draft answer?
    pub draft: bool,
    /// The channel's mode.
    pub mode: String,
    /// `welcome`, `fallback`, `other`, `bot` or `sign`.
    pub what: String,
    /// The block's name, the bot's id at Kakao, or the sign's name.
    pub name: String,
    /// What else was seen of it.
    pub detail: String,
    /// When it was first seen.
    pub first_at: i64,
    /// When it was last seen.
    pub last_at: i64,
    /// How often.
    pub times: i64,
    /// How long the last answer took, in microseconds.
    pub took_us: i64,
    /// How long the slowest took.
    pub slowest_us: i64,
}

/// Something that was seen, to be added.
#[derive(Debug, Clone)]
pub struct NewSeen {
    /// The bot.
    pub bot: BotId,
    /// Whose bot it is.
    pub workspace: WorkspaceId,
    /// What was seen; `times` is added to what is stored.
    pub row: SeenRow,
    /// … or takes its place.
    pub anew: bool,
}

/// Which lines of the log.
#[derive(Debug, Clone, Copy, Default)]
pub struct RequestFilter<'a> {
    /// Only those with problems; with this one where it is not empty.
    pub problem: Option<&'a str>,
    /// Only those of this mode; all where empty.
    pub mode: &'a str,
}

impl Store {
    /// Writes requests down, and what was seen with them.
    pub async fn log_requests(
        &self,
        requests: Vec<NewRequest>,
        seen: Vec<NewSeen>,
    ) -> Result<(), StoreError> {
        let mut batch = Batch::default();
        let mut requests = requests.into_iter().peekable();
        while requests.peek().is_some() {
            let mut params: Vec<Value> = Vec::with_capacity(AT_ONCE * COLUMNS);
            for request in requests.by_ref().take(AT_ONCE) {
                let about = request.about;
                params.extend([
                    request.bot.into(),
                    request.id.into(),
                    request.workspace.into(),
                    about.at.into(),
                    about.draft.into(),
                    about.mode.into(),
                    about.kind.into(),
                    about.block.into(),
                    about.user_key.into(),
                    about.request_id.into(),
                    about.took_us.into(),
                    about.status.into(),
                    about.stored.into(),
                    about.problem.into(),
                    about.problems.into(),
                    about.size.into(),
                    request.packed.into(),
                    request.answer.into(),
                ]);
            }
            batch = batch.then(insert(params.len() / COLUMNS), params);
        }
        for new in seen {
            let row = new.row;
            let params = vec![
                new.bot.into(),
                row.draft.into(),
                row.mode.into(),
                row.what.into(),
                row.name.into(),
                new.workspace.into(),
                row.detail.into(),
                row.first_at.into(),
                row.last_at.into(),
                row.times.into(),
                row.took_us.into(),
                row.slowest_us.into(),
                new.anew.into(),
            ];
            batch = batch.then(SEE, params);
        }
        Ok(self.db.commit(batch, PATIENCE).await?)
    }

    /// The log of a bot before this line, newest first.
    pub async fn requests(
        &self,
        bot: BotId,
        filter: RequestFilter<'_>,
        before: Option<TurnId>,
        limit: u32,
    ) -> Result<Vec<RequestRow>, ReadError> {
        let before = before.unwrap_or_else(|| TurnId::from_bytes([255; 16]));
        let mut params = vec![bot.into(), before.into(), filter.mode.into(), limit.into()];
        let rows = match filter.problem {
            None => self.db.report(LIST, params).await?,
            Some(problem) => {
                params.push(problem.into());
                self.db.report(LIST_PROBLEMS, params).await?
            }
        };
        rows.into_iter().map(|mut row| line(&mut row)).collect()
    }

    /// How many lines of a bot's log have which problem.
    pub async fn request_problems(&self, bot: BotId) -> Result<Vec<(String, i64)>, ReadError> {
        let rows = self.db.report(PROBLEMS, vec![bot.into()]).await?;
        rows.into_iter().map(|mut row| Ok((row.text()?, row.int()?))).collect()
    }

    /// One line of the log, with its raw pair.
    pub async fn request(&self, bot: BotId, id: TurnId) -> Result<Option<RequestWhole>, ReadError> {
        let found = self.db.report(ONE, vec![bot.into(), id.into()]).await?.into_iter().next();
        found
            .map(|mut row| {
                Ok(RequestWhole { row: line(&mut row)?, packed: row.opt_bytes()?, answer: row.opt_text()? })
            })
            .transpose()
    }

    /// Lines of one end user, oldest first, after this one; a few hundred at most.
    pub async fn requests_of(
        &self,
        bot: BotId,
        user_key: &str,
        after: Option<TurnId>,
    ) -> Result<Vec<TurnId>, ReadError> {
        let after = after.unwrap_or_else(|| TurnId::from_bytes([0; 16]));
        let rows = self.db.report(OF_USER, vec![bot.into(), user_key.into(), after.into()]).await?;
        rows.into_iter().map(|mut row| row.id(TurnId::from_bytes)).collect()
    }

    /// Takes lines out of the log.
    pub async fn delete_requests(&self, bot: BotId, ids: &[TurnId]) -> Result<(), StoreError> {
        let batch =
            ids.iter().fold(Batch::default(), |batch, id| batch.then(DELETE, vec![bot.into(), (*id).into()]));
        Ok(self.db.commit(batch, PATIENCE).await?)
    }

    /// Takes some of what is older out of a bot's log; is there more?
    pub async fn prune_requests(&self, bot: BotId, older_than_ms: i64) -> Result<bool, StoreError> {
        let oldest = TurnId::new(older_than_ms, 0);
        let params = || vec![bot.into(), oldest.into()];
        if self.db.report(OLD, params()).await?.is_empty() {
            return Ok(false);
        }
        self.db.commit(Batch::default().then(DELETE_OLD, params()), PATIENCE).await?;
        Ok(!self.db.report(OLD, params()).await?.is_empty())
    }

    /// When the line came before which a bot's log holds more than so many.
    pub async fn requests_past(&self, bot: BotId, keep: u32) -> Result<Option<i64>, ReadError> {
        let rows = self.db.report(PAST, vec![bot.into(), keep.into()]).await?;
        rows.into_iter().next().map(|mut row| Ok(row.id(TurnId::from_bytes)?.made_at())).transpose()
    }

    /// What was seen of a bot's channel, newest first.
    pub async fn kakao_seen(&self, bot: BotId) -> Result<Vec<SeenRow>, ReadError> {
        let rows = self.db.report(SEEN, vec![bot.into()]).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(SeenRow {
                    draft: row.truth()?,
                    mode: row.text()?,
                    what: row.text()?,
                    name: row.text()?,
                    detail: row.text()?,
                    first_at: row.int()?,
                    last_at: row.int()?,
                    times: row.int()?,
                    took_us: row.int()?,
                    slowest_us: row.int()?,
                })
            })
            .collect()
    }

    /// Forgets what was seen of a bot's channel.
    pub async fn forget_kakao_seen(&self, bot: BotId) -> Result<(), StoreError> {
        Ok(self.db.commit(Batch::default().then(FORGET_SEEN, vec![bot.into()]), PATIENCE).await?)
    }
}

fn line(row: &mut Row) -> Result<RequestRow, ReadError> {
    Ok(RequestRow {
        id: row.id(TurnId::from_bytes)?,
        about: RequestAbout {
            at: row.int()?,
            draft: row.truth()?,
            mode: row.text()?,
            kind: row.text()?,
            block: row.text()?,
            user_key: row.opt_text()?,
            request_id: row.opt_text()?,
            took_us: row.int()?,
            status: row.int()?,
            stored: row.truth()?,
            problem: row.opt_text()?,
            problems: row.opt_text()?,
            size: row.int()?,
        },
    })
}

/// [`ADD`] for several rows at once.
fn insert(count: usize) -> &'static str {
    static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let (head, rest) = ADD.split_once("VALUES").unwrap_or((ADD, ""));
        let tail = rest.split_once(')').map_or("", |(_, tail)| tail);
        (1..=AT_ONCE)
            .map(|count| {
                let row = |row: usize| {
                    let numbers: Vec<String> =
                        (1..=COLUMNS).map(|column| format!("${}", row * COLUMNS + column)).collect();
                    format!("({})", numbers.join(", "))
                };
                format!("{head}VALUES {}{tail}", (0..count).map(row).collect::<Vec<_>>().join(", "))
            })
            .collect()
    });
    &TEXTS[count - 1]
}

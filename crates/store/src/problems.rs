//! What went wrong with requests, for the operator. Bounded by number and age.

use crate::{PATIENCE, ProblemId, ReadError, Store, StoreError, WorkspaceId, db::Batch};

statements! {
    ADD = "INSERT INTO skill_problems (id, workspace_id, bot, at, kind, place, detail, excerpt, request_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    LIST = "SELECT id, bot, at, kind, place, detail, excerpt, request_id FROM skill_problems
        WHERE id < $1 ORDER BY id DESC LIMIT $2";
    LIST_OF_BOT = "SELECT id, bot, at, kind, place, detail, excerpt, request_id FROM skill_problems
        WHERE bot = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    SINCE = "SELECT kind, count(*) FROM skill_problems WHERE bot = $1 AND id >= $2 GROUP BY kind";
    PRUNE_OLD = "DELETE FROM skill_problems WHERE id < $1";
    CROWDED = "SELECT bot FROM skill_problems GROUP BY bot HAVING count(*) > $1";
    PRUNE_MANY = "DELETE FROM skill_problems WHERE bot = $1 AND id <= (
        SELECT id FROM skill_problems WHERE bot = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)";
}

/// A problem to be recorded.
#[derive(Debug, Clone)]
pub struct NewProblem {
    /// Its id.
    pub id: ProblemId,
    /// Whose bot it is, where that is known.
    pub workspace: Option<WorkspaceId>,
    /// The bot, as it stands in the address; it may be none.
    pub bot: Option<String>,
    /// When it happened.
    pub at: i64,
    /// A stable name.
    pub kind: &'static str,
    /// Where in the request, as a JSON pointer.
    pub place: String,
    /// What was missing or wrong.
    pub detail: String,
    /// The beginning of the request.
    pub excerpt: String,
    /// The channel's id of the request.
    pub request_id: Option<String>,
}

/// A recorded problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemRow {
    /// Its id.
    pub id: ProblemId,
    /// The bot, as it stands in the address.
    pub bot: Option<String>,
    /// When it happened.
    pub at: i64,
    /// A stable name.
    pub kind: String,
    /// Where in the request.
    pub place: String,
    /// What was missing or wrong.
    pub detail: String,
    /// The beginning of the request.
    pub excerpt: String,
    /// The channel's id of the request.
    pub request_id: Option<String>,
}

impl Store {
    /// Records problems.
    pub async fn record_problems(&self, problems: Vec<NewProblem>) -> Result<(), StoreError> {
        let batch = problems.into_iter().fold(Batch::default(), |batch, problem| {
            batch.then(
                ADD,
                vec![
                    problem.id.into(),
                    problem.workspace.into(),
                    problem.bot.into(),
                    problem.at.into(),
                    problem.kind.into(),
                    problem.place.into(),
                    problem.detail.into(),
                    problem.excerpt.into(),
                    problem.request_id.into(),
                ],
            )
        });
        Ok(self.db.commit(batch, PATIENCE).await?)
    }

    /// Recorded problems before this one, newest first; of one bot or of all.
    pub async fn problems(
        &self,
        bot: Option<&str>,
        limit: u32,
        before: Option<ProblemId>,
    ) -> Result<Vec<ProblemRow>, ReadError> {
        let before = before.unwrap_or_else(|| ProblemId::from_bytes([255; 16]));
        let rows = match bot {
            Some(bot) => self.db.rows(LIST_OF_BOT, vec![bot.into(), before.into(), limit.into()]).await?,
            None => self.db.rows(LIST, vec![before.into(), limit.into()]).await?,
        };
        rows.into_iter()
            .map(|mut row| {
                Ok(ProblemRow {
                    id: row.id(ProblemId::from_bytes)?,
                    bot: row.opt_text()?,
                    at: row.int()?,
                    kind: row.text()?,
                    place: row.text()?,
                    detail: row.text()?,
                    excerpt: row.text()?,
                    request_id: row.opt_text()?,
                })
            })
            .collect()
    }

    /// How many problems of which kind a bot has had since a moment.
    pub async fn problems_since(&self, bot: &str, since_ms: i64) -> Result<Vec<(String, i64)>, ReadError> {
        let rows = self.db.report(SINCE, vec![bot.into(), ProblemId::new(since_ms, 0).into()]).await?;
        rows.into_iter().map(|mut row| Ok((row.text()?, row.int()?))).collect()
    }

    /// Throws away what is older, and what is more than so many per bot.
    pub async fn prune_problems(&self, keep_per_bot: u32, older_than_ms: i64) -> Result<(), StoreError> {
        let oldest = ProblemId::new(older_than_ms, 0);
        let mut batch = Batch::default().then(PRUNE_OLD, vec![oldest.into()]);
        for mut row in self.db.rows(CROWDED, vec![keep_per_bot.into()]).await? {
            if let Some(bot) = row.opt_text()? {
                batch = batch.then(PRUNE_MANY, vec![bot.into(), keep_per_bot.into()]);
            }
        }
        Ok(self.db.commit(batch, PATIENCE).await?)
    }
}

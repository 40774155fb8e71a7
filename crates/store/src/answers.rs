//! Questions and answers of a workspace (답변 추천): kept by people, suggested to agents by pairs of letters that they share
//! with what a customer wrote (`livechat::words`).

use std::sync::LazyLock;

use crate::{
    AnswerId, PATIENCE, ReadError, Store, StoreError, WorkspaceId,
    db::{Batch, Row, Value},
    grams,
};

/// Pairs of a question that are looked for.
pub const ASKED_GRAMS: usize = 48;

statements! {
    LIST = "SELECT id, question, answer, category, uses, updated_at FROM answers
        WHERE workspace_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    ONE = "SELECT id, question, answer, category, uses, updated_at FROM answers WHERE workspace_id = $1 AND id = $2";
    COUNT = "SELECT count(*) FROM answers WHERE workspace_id = $1";
    ADD = "INSERT INTO answers (id, workspace_id, question, answer, category, uses, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, 0, $6, $6)";
    CHANGE = "UPDATE answers SET question = $3, answer = $4, category = $5, updated_at = $6
        WHERE workspace_id = $1 AND id = $2";
    REMOVE = "DELETE FROM answers WHERE workspace_id = $1 AND id = $2";
    USE = "UPDATE answers SET uses = uses + 1 WHERE workspace_id = $1 AND id = $2";
    FORGET_GRAMS = "DELETE FROM answer_grams WHERE answer_id = $1";
    ADD_GRAM = "INSERT INTO answer_grams (answer_id, gram, workspace_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    LIKE = "SELECT a.id, a.question, a.answer, a.category, a.uses, a.updated_at FROM (
            SELECT answer_id, count(*) AS hits FROM answer_grams WHERE workspace_id = $1 AND gram IN ($3)
            GROUP BY answer_id ORDER BY count(*) DESC, answer_id LIMIT $2) n
        JOIN answers a ON a.id = n.answer_id ORDER BY n.hits DESC, a.id";
    RARE = "SELECT gram, count(*) FROM answer_grams WHERE workspace_id = $1 AND gram IN ($2) GROUP BY gram";
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    /// Its id.
    pub id: AnswerId,
    /// What is asked, one way of asking in each line.
    pub question: String,
    /// What is answered.
    pub answer: String,
    /// What it is about.
    pub category: String,
    /// How often it was sent.
    pub uses: i64,
    /// When it was last changed.
    pub updated_at: i64,
}

/// A question and its answer to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnswer {
    /// Its id.
    pub id: AnswerId,
    /// See [`AnswerRow`].
    pub question: String,
    /// See [`AnswerRow`].
    pub answer: String,
    /// See [`AnswerRow`].
    pub category: String,
    /// The pairs of letters in its question.
    pub grams: Vec<i64>,
}

impl Store {
    /// Questions and answers of a workspace, newest first, after this one.
    pub async fn answers(
        &self,
        workspace: WorkspaceId,
        after: Option<AnswerId>,
        limit: u32,
    ) -> Result<Vec<AnswerRow>, ReadError> {
        let params = vec![workspace.into(), after.unwrap_or(AnswerId::MAX).into(), limit.into()];
        self.db.rows(LIST, params).await?.into_iter().map(answer).collect()
    }

    /// One of them.
    pub async fn answer(&self, workspace: WorkspaceId, id: AnswerId) -> Result<Option<AnswerRow>, ReadError> {
        self.db.row(ONE, vec![workspace.into(), id.into()]).await?.map(answer).transpose()
    }

    /// How many there are.
    pub async fn answer_count(&self, workspace: WorkspaceId) -> Result<i64, ReadError> {
        self.db.row(COUNT, vec![workspace.into()]).await?.map_or(Ok(0), |mut row| row.int())
    }

    /// Adds some, all or none.
    pub async fn add_answers(
        &self,
        workspace: WorkspaceId,
        all: Vec<NewAnswer>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let mut batch = Batch::default();
        for new in all {
            let params = vec![
                new.id.into(),
                workspace.into(),
                new.question.into(),
                new.answer.into(),
                new.category.into(),
                now_ms.into(),
            ];
            batch = with_grams(batch.then(ADD, params), workspace, new.id, &new.grams);
        }
        Ok(self.commit(batch).await?)
    }

    /// Changes one.
    pub async fn change_answer(
        &self,
        workspace: WorkspaceId,
        new: NewAnswer,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let params = vec![
            workspace.into(),
            new.id.into(),
            new.question.into(),
            new.answer.into(),
            new.category.into(),
            now_ms.into(),
        ];
        let batch =
            Batch::default().guarded("answers", CHANGE, params).then(FORGET_GRAMS, vec![new.id.into()]);
        Ok(self.commit(with_grams(batch, workspace, new.id, &new.grams)).await?)
    }

    /// Removes one.
    pub async fn remove_answer(&self, workspace: WorkspaceId, id: AnswerId) -> Result<(), StoreError> {
        let batch = Batch::default()
            .guarded("answers", REMOVE, vec![workspace.into(), id.into()])
            .then(FORGET_GRAMS, vec![id.into()]);
        Ok(self.commit(batch).await?)
    }

    /// One was sent to a customer.
    pub async fn use_answer(&self, workspace: WorkspaceId, id: AnswerId) -> Result<(), StoreError> {
        let batch = Batch::default().guarded("answers", USE, vec![workspace.into(), id.into()]);
        Ok(self.db.commit(batch, PATIENCE).await?)
    }

    /// Those whose questions share the most of these pairs of letters, of which [`ASKED_GRAMS`] are looked at.
    pub async fn answers_like(
        &self,
        workspace: WorkspaceId,
        grams: &[i64],
        limit: u32,
    ) -> Result<Vec<AnswerRow>, ReadError> {
        static TEXT: LazyLock<String> = LazyLock::new(|| LIKE.replace("($3)", &numbers(3)));
        let Some(grams) = padded(grams) else { return Ok(Vec::new()) };
        let mut params: Vec<Value> = vec![workspace.into(), limit.into()];
        params.extend(grams);
        self.db.rows(&TEXT, params).await?.into_iter().map(answer).collect()
    }

    /// In how many questions each of these pairs stands; those that stand in none are absent.
    pub async fn answer_grams(
        &self,
        workspace: WorkspaceId,
        grams: &[i64],
    ) -> Result<Vec<(i64, i64)>, ReadError> {
        static TEXT: LazyLock<String> = LazyLock::new(|| RARE.replace("($2)", &numbers(2)));
        let Some(grams) = padded(grams) else { return Ok(Vec::new()) };
        let mut params: Vec<Value> = vec![workspace.into()];
        params.extend(grams);
        let rows = self.db.rows(&TEXT, params).await?;
        rows.into_iter().map(|mut row| Ok((row.int()?, row.int()?))).collect()
    }
}

/// As many pairs as a statement names: the first again and again.
fn padded(grams: &[i64]) -> Option<impl Iterator<Item = Value> + '_> {
    let first = grams.first()?;
    Some(grams.iter().chain(std::iter::repeat(first)).take(ASKED_GRAMS).map(|gram| Value::Int(*gram)))
}

/// `($3, $4, …)` for that many.
fn numbers(first: usize) -> String {
    let all: Vec<String> = (first..first + ASKED_GRAMS).map(|number| format!("${number}")).collect();
    format!("({})", all.join(", "))
}

fn with_grams(batch: Batch, workspace: WorkspaceId, id: AnswerId, grams: &[i64]) -> Batch {
    static TEXT: LazyLock<String> = LazyLock::new(|| grams::several(ADD_GRAM));
    grams::add(batch, &TEXT, (id.into(), workspace), grams)
}

fn answer(mut row: Row) -> Result<AnswerRow, ReadError> {
    Ok(AnswerRow {
        id: row.id(AnswerId::from_bytes)?,
        question: row.text()?,
        answer: row.text()?,
        category: row.text()?,
        uses: row.int()?,
        updated_at: row.int()?,
    })
}

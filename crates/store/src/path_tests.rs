//! Path tests (경로 테스트): conversations with a bot that are played again against its draft.

use crate::{BotId, PathTestId, ReadError, Store, StoreError, WorkspaceId, db::Batch};

statements! {
    ADD = "INSERT INTO path_tests (bot_id, id, workspace_id, name, channel, steps, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7)";
    LIST = "SELECT id, name, channel, steps, created_at, updated_at FROM path_tests WHERE bot_id = $1 ORDER BY id";
    SAVE = "UPDATE path_tests SET name = $3, channel = $4, steps = $5, updated_at = $6 WHERE bot_id = $1 AND id = $2";
    REMOVE = "DELETE FROM path_tests WHERE bot_id = $1 AND id = $2";
}

/// What a path test is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathTestBody {
    /// What people call it.
    pub name: String,
    /// On which channel it is played.
    pub channel: String,
    /// What is said, as JSON.
    pub steps: String,
}

/// A path test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathTestRow {
    /// Its id.
    pub id: PathTestId,
    /// What it is made of.
    pub body: PathTestBody,
    /// When it was made.
    pub created_at: i64,
    /// When it was last changed.
    pub updated_at: i64,
}

impl Store {
    /// The path tests of a bot, oldest first.
    pub async fn path_tests(&self, bot: BotId) -> Result<Vec<PathTestRow>, ReadError> {
        let rows = self.db.rows(LIST, vec![bot.into()]).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(PathTestRow {
                    id: row.id(PathTestId::from_bytes)?,
                    body: PathTestBody { name: row.text()?, channel: row.text()?, steps: row.text()? },
                    created_at: row.int()?,
                    updated_at: row.int()?,
                })
            })
            .collect()
    }

    /// Makes path tests, all or none.
    pub async fn add_path_tests(
        &self,
        (workspace, bot): (WorkspaceId, BotId),
        tests: Vec<(PathTestId, PathTestBody)>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let batch = tests.into_iter().fold(Batch::default(), |batch, (id, body)| {
            let params = vec![
                bot.into(),
                id.into(),
                workspace.into(),
                body.name.into(),
                body.channel.into(),
                body.steps.into(),
                now_ms.into(),
            ];
            batch.then(ADD, params)
        });
        Ok(self.commit(batch).await?)
    }

    /// Changes a path test. Stale where there is none.
    pub async fn save_path_test(
        &self,
        bot: BotId,
        id: PathTestId,
        body: PathTestBody,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let params = vec![
            bot.into(),
            id.into(),
            body.name.into(),
            body.channel.into(),
            body.steps.into(),
            now_ms.into(),
        ];
        Ok(self.commit(Batch::default().guarded("path_tests", SAVE, params)).await?)
    }

    /// Deletes a path test. Stale where there is none.
    pub async fn delete_path_test(&self, bot: BotId, id: PathTestId) -> Result<(), StoreError> {
        let batch = Batch::default().guarded("path_tests", REMOVE, vec![bot.into(), id.into()]);
        Ok(self.commit(batch).await?)
    }
}

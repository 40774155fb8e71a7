//! Statistics, read from the sums that [`crate::facts`] keeps, and the turns behind them.
//!
//! A period is a range of slots. Days are those of a zone whose offset is given in slots; a period with several offsets
//! (summer time) is asked for in pieces. Without a channel all are counted but those of Kakao's development channel.

use crate::{BotId, EndUserId, ReadError, Store, TurnId, db::Row};

statements! {
    DAYS = "SELECT (slot + CAST($4 AS BIGINT)) / 48, CAST(sum(turns) AS BIGINT), CAST(sum(user_messages) AS BIGINT),
        CAST(sum(bot_messages) AS BIGINT), CAST(sum(faults) AS BIGINT), CAST(sum(unanswered) AS BIGINT),
        CAST(sum(slow) AS BIGINT), CAST(sum(cuts) AS BIGINT), CAST(sum(took_us) AS BIGINT), max(slowest_us)
        FROM stat_slots WHERE bot_id = $1 AND slot >= $2 AND slot < $3
        AND (($5 = '' AND channel NOT LIKE '%-development') OR channel = $5) GROUP BY 1 ORDER BY 1";
    CHANNELS = "SELECT channel, CAST(sum(turns) AS BIGINT), CAST(sum(user_messages) AS BIGINT),
        CAST(sum(bot_messages) AS BIGINT), CAST(sum(faults) AS BIGINT), CAST(sum(unanswered) AS BIGINT),
        CAST(sum(slow) AS BIGINT), CAST(sum(cuts) AS BIGINT), CAST(sum(took_us) AS BIGINT), max(slowest_us)
        FROM stat_slots WHERE bot_id = $1 AND slot >= $2 AND slot < $3 GROUP BY channel ORDER BY channel";
    NODES = "SELECT flow, node, kind, CAST(sum(times) AS BIGINT), CAST(sum(waited_ms) AS BIGINT), max(slowest_ms),
        CAST(sum(failed) AS BIGINT) FROM stat_nodes WHERE bot_id = $1 AND slot >= $2 AND slot < $3
        GROUP BY flow, node, kind ORDER BY 5 DESC, 1, 2 LIMIT $4";
    GROUPS = "SELECT said, count(*), max(at) FROM turn_marks WHERE bot_id = $1 AND kind = $2 AND at >= $3 AND at < $4
        AND (($5 = '' AND channel NOT LIKE '%-development') OR channel = $5)
        GROUP BY said ORDER BY 2 DESC, 3 DESC, 1 LIMIT $6";
    MARKED = "SELECT turn_id, end_user_id, channel, at, said, took_us FROM turn_marks WHERE bot_id = $1 AND kind = $2
        AND at >= $3 AND at < $4 AND (at < $5 OR (at = $5 AND turn_id < $6)) AND (CAST($7 AS BIGINT) = 0 OR said = $8)
        AND (($9 = '' AND channel NOT LIKE '%-development') OR channel = $9) ORDER BY at DESC, turn_id DESC LIMIT $10";
    MARKS_SINCE = "SELECT count(*) FROM turn_marks WHERE bot_id = $1 AND kind = $2 AND at >= $3 AND channel NOT LIKE '%-development'";
    LAST_TURN = "SELECT last_at FROM threads WHERE bot_id = $1 AND channel NOT LIKE '%-development'
        ORDER BY last_at DESC LIMIT 1";
    RECOUNT_TURNS = "SELECT count(*), count(t.fault) FROM turns t JOIN end_users u ON u.id = t.end_user_id AND u.draft = 0
        WHERE t.bot_id = $1 AND t.started_at >= $2 AND t.started_at < $3 AND t.mode <> 'development'";
    RECOUNT_MESSAGES = "SELECT CAST(COALESCE(sum(m.is_user), 0) AS BIGINT), CAST(COALESCE(sum(1 - m.is_user), 0) AS BIGINT),
        count(DISTINCT m.end_user_id), count(DISTINCT m.conversation_id) FROM messages m JOIN turns t ON t.id = m.turn_id
        JOIN end_users u ON u.id = m.end_user_id AND u.draft = 0
        WHERE t.bot_id = $1 AND m.created_at >= $2 AND m.created_at < $3 AND t.mode <> 'development'";
}

/// A range of slots of one bot: from (inclusive) to (exclusive).
#[derive(Debug, Clone, Copy)]
pub struct Slots<'a> {
    /// The bot.
    pub bot: BotId,
    /// The first slot.
    pub from: i64,
    /// The slot after the last.
    pub to: i64,
    /// The channel; empty for all but the development channel.
    pub channel: &'a str,
}

/// Sums over some turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SumRow {
    /// Turns.
    pub turns: i64,
    /// Messages of end users.
    pub user_messages: i64,
    /// Messages of the bot.
    pub bot_messages: i64,
    /// Turns that failed.
    pub faults: i64,
    /// Turns that the scenario had no answer to.
    pub unanswered: i64,
    /// Slow turns.
    pub slow: i64,
    /// Turns whose answer lost something in shaping.
    pub cuts: i64,
    /// How long they took in all, in microseconds.
    pub took_us: i64,
    /// How long the slowest took.
    pub slowest_us: i64,
}

/// Numbers of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PeopleRow {
    /// Those who were there.
    pub users: i64,
    /// … and for the first time.
    pub newcomers: i64,
}

/// A node and how long it made people wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeRow {
    /// The flow's id.
    pub flow: i64,
    /// The node's id.
    pub node: i64,
    /// The node's type.
    pub kind: String,
    /// How often it asked the world or failed.
    pub times: i64,
    /// How long the world took in all, in milliseconds.
    pub waited_ms: i64,
    /// … and at most.
    pub slowest_ms: i64,
    /// How often it failed.
    pub failed: i64,
}

/// Marked turns of one kind that have the same sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRow {
    /// The sentence.
    pub said: String,
    /// How many turns.
    pub times: i64,
    /// When the last was.
    pub last_at: i64,
}

/// A marked turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkRow {
    /// The turn.
    pub turn: TurnId,
    /// The end user.
    pub end_user: EndUserId,
    /// The channel.
    pub channel: String,
    /// When it was.
    pub at: i64,
    /// What it is grouped by.
    pub said: String,
    /// How long it took, in microseconds.
    pub took_us: i64,
}

/// Which marked turns.
#[derive(Debug, Clone, Copy)]
pub struct MarkFilter<'a> {
    /// `fault`, `unanswered`, `slow` or `cut`.
    pub kind: &'a str,
    /// From this moment …
    pub from_ms: i64,
    /// … until before this one.
    pub to_ms: i64,
    /// Only those with this sentence.
    pub said: Option<&'a str>,
    /// The channel; empty for all but the development channel.
    pub channel: &'a str,
}

/// The same figures from the turns and messages themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recount {
    /// Turns.
    pub turns: i64,
    /// Turns that failed.
    pub faults: i64,
    /// Messages of end users.
    pub user_messages: i64,
    /// Messages of the bot.
    pub bot_messages: i64,
    /// People who had messages.
    pub users: i64,
    /// Conversations that had messages.
    pub conversations: i64,
}

impl Store {
    /// Sums by day, oldest first: the day's number since 1970 in the zone with this offset. Days without turns are left
    /// out.
    pub async fn stat_days(&self, of: Slots<'_>, offset: i64) -> Result<Vec<(i64, SumRow)>, ReadError> {
        let params = vec![of.bot.into(), of.from.into(), of.to.into(), offset.into(), of.channel.into()];
        let rows = self.db.report(DAYS, params).await?;
        rows.into_iter().map(|mut row| Ok((row.int()?, sums(&mut row)?))).collect()
    }

    /// Sums by channel, the development channel's too.
    pub async fn stat_channels(&self, of: Slots<'_>) -> Result<Vec<(String, SumRow)>, ReadError> {
        let rows = self.db.report(CHANNELS, vec![of.bot.into(), of.from.into(), of.to.into()]).await?;
        rows.into_iter().map(|mut row| Ok((row.text()?, sums(&mut row)?))).collect()
    }

    /// The nodes that made people wait longest in all.
    pub async fn stat_nodes(&self, of: Slots<'_>, limit: u32) -> Result<Vec<NodeRow>, ReadError> {
        let params = vec![of.bot.into(), of.from.into(), of.to.into(), limit.into()];
        let rows = self.db.report(NODES, params).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(NodeRow {
                    flow: row.int()?,
                    node: row.int()?,
                    kind: row.text()?,
                    times: row.int()?,
                    waited_ms: row.int()?,
                    slowest_ms: row.int()?,
                    failed: row.int()?,
                })
            })
            .collect()
    }

    /// The sentences of marked turns, the most frequent first.
    pub async fn stat_groups(
        &self,
        bot: BotId,
        filter: MarkFilter<'_>,
        limit: u32,
    ) -> Result<Vec<GroupRow>, ReadError> {
        let params = vec![
            bot.into(),
            filter.kind.into(),
            filter.from_ms.into(),
            filter.to_ms.into(),
            filter.channel.into(),
            limit.into(),
        ];
        let rows = self.db.report(GROUPS, params).await?;
        rows.into_iter()
            .map(|mut row| Ok(GroupRow { said: row.text()?, times: row.int()?, last_at: row.int()? }))
            .collect()
    }

    /// Marked turns before this one, newest first.
    pub async fn marked_turns(
        &self,
        bot: BotId,
        filter: MarkFilter<'_>,
        before: Option<(i64, TurnId)>,
        limit: u32,
    ) -> Result<Vec<MarkRow>, ReadError> {
        let (before_at, before) = before.unwrap_or((i64::MAX, TurnId::from_bytes([255; 16])));
        let params = vec![
            bot.into(),
            filter.kind.into(),
            filter.from_ms.into(),
            filter.to_ms.into(),
            before_at.into(),
            before.into(),
            filter.said.is_some().into(),
            filter.said.unwrap_or_default().into(),
            filter.channel.into(),
            limit.into(),
        ];
        let rows = self.db.report(MARKED, params).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(MarkRow {
                    turn: row.id(TurnId::from_bytes)?,
                    end_user: row.id(EndUserId::from_bytes)?,
                    channel: row.text()?,
                    at: row.int()?,
                    said: row.text()?,
                    took_us: row.int()?,
                })
            })
            .collect()
    }

    /// How many turns were marked so since a moment.
    pub async fn marks_since(&self, bot: BotId, kind: &str, since_ms: i64) -> Result<i64, ReadError> {
        let rows = self.db.report(MARKS_SINCE, vec![bot.into(), kind.into(), since_ms.into()]).await?;
        rows.into_iter().next().map_or(Ok(0), |mut row| row.int())
    }

    /// When a customer last had a turn with this bot.
    pub async fn last_turn_at(&self, bot: BotId) -> Result<Option<i64>, ReadError> {
        let rows = self.db.report(LAST_TURN, vec![bot.into()]).await?;
        rows.into_iter().next().map_or(Ok(None), |mut row| row.opt_int())
    }

    /// Counts turns and messages themselves, of all channels but the development channel. Reads everything: for checks.
    pub async fn recount(&self, bot: BotId, from_ms: i64, to_ms: i64) -> Result<Recount, ReadError> {
        let params = || vec![bot.into(), from_ms.into(), to_ms.into()];
        let mut found = Recount::default();
        if let Some(mut row) = self.db.report(RECOUNT_TURNS, params()).await?.into_iter().next() {
            (found.turns, found.faults) = (row.int()?, row.int()?);
        }
        if let Some(mut row) = self.db.report(RECOUNT_MESSAGES, params()).await?.into_iter().next() {
            (found.user_messages, found.bot_messages) = (row.int()?, row.int()?);
            (found.users, found.conversations) = (row.int()?, row.int()?);
        }
        Ok(found)
    }
}

fn sums(row: &mut Row) -> Result<SumRow, ReadError> {
    Ok(SumRow {
        turns: row.int()?,
        user_messages: row.int()?,
        bot_messages: row.int()?,
        faults: row.int()?,
        unanswered: row.int()?,
        slow: row.int()?,
        cuts: row.int()?,
        took_us: row.int()?,
        slowest_us: row.int()?,
    })
}

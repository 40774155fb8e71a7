//! What the calls about a bot's afterlife share: the bot, cursors, periods.

use store::{BotId, BotRow, StoreError};

use crate::{
    Hub,
    http::{
        access::Caller,
        problem::{Problem, Thing},
    },
};

/// Items of one piece.
const PIECE: u32 = 50;
/// … and at most.
const MAX_PIECE: u32 = 100;

/// A bot of the caller's workspace that is not deleted. One of another workspace is as good as none.
pub(super) async fn bot_of(hub: &Hub, caller: &Caller, id: &str) -> Result<BotRow, Problem> {
    let missing = || Problem::Missing(Thing::Bot);
    let (workspace, _) = caller.member()?;
    let id: BotId = id.parse().map_err(|_| missing())?;
    let row = hub.store.bot(id).await?.ok_or_else(missing)?;
    if row.workspace == workspace && row.deleted_at.is_none() { Ok(row) } else { Err(missing()) }
}

/// Somebody else deleted the bot a moment before.
pub(super) fn gone_if_stale(done: Result<(), StoreError>) -> Result<(), Problem> {
    match done {
        Err(StoreError::Commit(store::CommitError::Stale { .. })) => Err(Problem::Missing(Thing::Bot)),
        done => Ok(done?),
    }
}

/// How many items a piece has.
pub(super) fn piece(limit: Option<u32>) -> u32 {
    limit.unwrap_or(PIECE).clamp(1, MAX_PIECE)
}

/// A cursor, if one was given.
pub(super) fn cursor<T: std::str::FromStr<Err: std::fmt::Display>>(
    text: Option<&str>,
) -> Result<Option<T>, Problem> {
    text.map(|text| text.parse().map_err(|error| Problem::Malformed(format!("cursor: {error}")))).transpose()
}

/// A cursor of a moment and an id: `1790000000000.01j…`.
pub(super) fn timed_cursor<T: std::str::FromStr>(text: Option<&str>) -> Result<Option<(i64, T)>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let read = text.split_once('.').and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    read.map(Some).ok_or_else(|| Problem::Malformed("cursor: this is no cursor of this list".to_owned()))
}

/// Microseconds in milliseconds, with one digit.
pub(super) fn ms(us: i64) -> f64 {
    (us as f64 / 100.0).round() / 10.0
}

//! What goes to customers through relays of ConsultationTalk: written in the commit of what said it, and from then on one
//! state after the other until it is in their hands or has failed visibly.
//!
//! A row is claimed before its call leaves. Whoever finds it claimed by a run that is gone knows that the call may have
//! arrived; whether it may be repeated is the relay's matter and decided by the caller.

use crate::{
    BotId, ChatRow, EndUserId, NewLive, OutId, OwnerId, PATIENCE, ReadError, Store, StoreError, WorkspaceId,
    db::{Batch, CommitError, Row},
    live,
};

statements! {
    ADD = "INSERT INTO consult_outbox (id, workspace_id, bot_id, end_user_id, work, seq, part, data, system, state, tries,
        next_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', 0, $10)";
    OPEN_OF = "SELECT id, workspace_id, bot_id, end_user_id, work, seq, part, data, system, state, owner_id, relay_key, tries,
        next_at, why, sent_at FROM consult_outbox
        WHERE end_user_id = $1 AND (state = 'waiting' OR state = 'sending') ORDER BY id LIMIT $2";
    DUE = "SELECT DISTINCT end_user_id FROM (SELECT end_user_id FROM consult_outbox
        WHERE (state = 'waiting' OR state = 'sending') AND next_at <= $1 ORDER BY next_at, id LIMIT $2) due";
    CLAIM = "UPDATE consult_outbox SET state = 'sending', owner_id = $4, next_at = $5, tries = tries + 1
        WHERE id = $1 AND state = $2 AND next_at = $3";
    MOVE = "UPDATE consult_outbox SET state = $2, relay_key = COALESCE($3, relay_key), next_at = $4, why = $5, sent_at = $6
        WHERE id = $1 AND (state = 'sending' OR state = 'pending' OR state = 'waiting')";
    BY_KEY = "SELECT id, workspace_id, bot_id, end_user_id, work, seq, part, data, system, state, owner_id, relay_key, tries,
        next_at, why, sent_at FROM consult_outbox WHERE bot_id = $1 AND relay_key = $2";
    BY_ID = "SELECT id, workspace_id, bot_id, end_user_id, work, seq, part, data, system, state, owner_id, relay_key, tries,
        next_at, why, sent_at FROM consult_outbox WHERE bot_id = $1 AND id = $2";
    FREE = "UPDATE consult_outbox SET next_at = $1 WHERE state = 'sending'";
    FREE_HOOKS = "UPDATE consult_hooks SET next_at = $1 WHERE tries = 0 AND next_at > $1";
    UNTOLD = "SELECT id, workspace_id, bot_id, end_user_id, work, seq, part, data, system, state, owner_id, relay_key, tries,
        next_at, why, sent_at FROM consult_outbox
        WHERE state = 'pending' AND next_at <= $1 ORDER BY next_at LIMIT $2";
    PLACES = "SELECT id, workspace_id, bot_id, end_user_id, work, seq, part, data, system, state, owner_id, relay_key, tries,
        next_at, why, sent_at FROM consult_outbox WHERE end_user_id = $1 AND seq >= $2 AND seq <= $3 ORDER BY seq, part";
    ROOM_DAYS = "SELECT day, count(*) FROM (SELECT DISTINCT end_user_id, (sent_at + $4) / 86400000 AS day FROM consult_outbox
        WHERE bot_id = $1 AND sent_at >= $2 AND sent_at < $3 AND system = 0 AND work = 'send') rooms
        GROUP BY day ORDER BY day";
    WHOSE = "SELECT user_key, room FROM chats WHERE end_user_id = $1";
}

/// Something that is to go to a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOut {
    /// Its id: what has the smaller one goes first.
    pub id: OutId,
    /// `send`, `end`, `end-with-bot`, `block` or `unblock`.
    pub work: &'static str,
    /// The message; -1 where it is none.
    pub seq: i64,
    /// Which part of it, from 0.
    pub part: i64,
    /// The bubble as JSON, or the other bot's event.
    pub data: String,
    /// Is it an answer of the system, which costs nothing?
    pub system: bool,
}

/// … and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutRow {
    /// Its id.
    pub id: OutId,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The bot.
    pub bot: BotId,
    /// The customer.
    pub end_user: EndUserId,
    /// What is done.
    pub work: String,
    /// The message.
    pub seq: i64,
    /// Which part of it.
    pub part: i64,
    /// The bubble as JSON, or the other bot's event.
    pub data: String,
    /// Is it an answer of the system?
    pub system: bool,
    /// `waiting`, `sending`, `pending`, `sent` or `failed`.
    pub state: String,
    /// Who sends it.
    pub owner: Option<OwnerId>,
    /// What the relay calls it.
    pub relay_key: Option<String>,
    /// How often it was tried.
    pub tries: i64,
    /// When it may be tried again.
    pub next_at: i64,
    /// Why it failed, as JSON.
    pub why: Option<String>,
    /// When the relay took it.
    pub sent_at: Option<i64>,
}

/// What a try made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutMove {
    /// The state after it.
    pub state: &'static str,
    /// What the relay calls it, where it said so.
    pub relay_key: Option<String>,
    /// When it may be tried again.
    pub next_at: i64,
    /// Why it failed, as JSON.
    pub why: Option<String>,
    /// When the relay took it.
    pub sent_at: Option<i64>,
}

/// Adds them to the batch of what says them.
pub(crate) fn add(mut batch: Batch, chat: &ChatRow, outs: Vec<NewOut>, now_ms: i64) -> Batch {
    for out in outs {
        batch = batch.then(
            ADD,
            vec![
                out.id.into(),
                chat.workspace.into(),
                chat.bot.into(),
                chat.end_user.into(),
                out.work.into(),
                out.seq.into(),
                out.part.into(),
                out.data.into(),
                out.system.into(),
                now_ms.into(),
            ],
        );
    }
    batch
}

impl Store {
    /// What is not yet on its way to a customer, in its order.
    pub async fn outbox_of(&self, end_user: EndUserId, limit: u32) -> Result<Vec<OutRow>, ReadError> {
        let rows = self.db.rows(OPEN_OF, vec![end_user.into(), limit.into()]).await?;
        rows.into_iter().map(out).collect()
    }

    /// Customers for whom something waits that nobody is sending.
    pub async fn outbox_due(&self, now_ms: i64, limit: u32) -> Result<Vec<EndUserId>, ReadError> {
        let rows = self.db.rows(DUE, vec![now_ms.into(), limit.into()]).await?;
        rows.into_iter().map(|mut row| row.id(EndUserId::from_bytes)).collect()
    }

    /// What the channel calls a customer, and what is known of their room, as JSON.
    pub async fn outbox_address(
        &self,
        end_user: EndUserId,
    ) -> Result<Option<(String, Option<String>)>, ReadError> {
        let row = self.db.row(WHOSE, vec![end_user.into()]).await?;
        row.map(|mut row| Ok((row.text()?, row.opt_text()?))).transpose()
    }

    /// Sends one from now on; `false` where somebody was first.
    pub async fn claim_out(&self, row: &OutRow, owner: OwnerId, until_ms: i64) -> Result<bool, StoreError> {
        let params =
            vec![row.id.into(), row.state.as_str().into(), row.next_at.into(), owner.into(), until_ms.into()];
        match self.db.commit(Batch::default().guarded("consult_outbox", CLAIM, params), PATIENCE).await {
            Ok(()) => Ok(true),
            Err(CommitError::Stale { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes down what a try made of it, and tells consoles. What is sent or failed stays so.
    pub async fn move_out(
        &self,
        row: &OutRow,
        to: OutMove,
        events: Vec<NewLive>,
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        let params = vec![
            row.id.into(),
            to.state.into(),
            to.relay_key.into(),
            to.next_at.into(),
            to.why.into(),
            to.sent_at.into(),
        ];
        let batch = Batch::default().guarded("consult_outbox", MOVE, params);
        match self.db.commit(live::add(batch, row.workspace, events, now_ms), PATIENCE).await {
            Ok(()) => Ok(true),
            Err(CommitError::Stale { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// The one that the relay calls so.
    pub async fn out_by_key(&self, bot: BotId, key: &str) -> Result<Option<OutRow>, ReadError> {
        self.db.row(BY_KEY, vec![bot.into(), key.into()]).await?.map(out).transpose()
    }

    /// The one of this id.
    pub async fn out_by_id(&self, bot: BotId, id: OutId) -> Result<Option<OutRow>, ReadError> {
        self.db.row(BY_ID, vec![bot.into(), id.into()]).await?.map(out).transpose()
    }

    /// Nobody works on anything any more: a server begins. Where several may share the database nobody can know that, and what
    /// the others work on stays theirs until its time is over.
    pub async fn free_consult_work(&self, now_ms: i64) -> Result<(), StoreError> {
        if !self.db.is_own() {
            return Ok(());
        }
        let batch = Batch::default().then(FREE, vec![now_ms.into()]).then(FREE_HOOKS, vec![now_ms.into()]);
        Ok(self.db.commit(batch, PATIENCE).await?)
    }

    /// What a relay wanted to tell of by now and did not.
    pub async fn outs_untold(&self, now_ms: i64, limit: u32) -> Result<Vec<OutRow>, ReadError> {
        let rows = self.db.rows(UNTOLD, vec![now_ms.into(), limit.into()]).await?;
        rows.into_iter().map(out).collect()
    }

    /// What became of the messages of a thread between these numbers.
    pub async fn outs_between(
        &self,
        end_user: EndUserId,
        first: i64,
        last: i64,
    ) -> Result<Vec<OutRow>, ReadError> {
        let rows = self.db.rows(PLACES, vec![end_user.into(), first.into(), last.into()]).await?;
        rows.into_iter().map(out).collect()
    }

    /// For each day between two moments: the day's number since 1970 after times are moved by `shift_ms`, and in how many
    /// rooms something that costs was said.
    pub async fn room_days(
        &self,
        bot: BotId,
        (from_ms, until_ms): (i64, i64),
        shift_ms: i64,
    ) -> Result<Vec<(i64, i64)>, ReadError> {
        let params = vec![bot.into(), from_ms.into(), until_ms.into(), shift_ms.into()];
        let rows = self.db.report(ROOM_DAYS, params).await?;
        rows.into_iter().map(|mut row| Ok((row.int()?, row.int()?))).collect()
    }
}

fn out(mut row: Row) -> Result<OutRow, ReadError> {
    Ok(OutRow {
        id: row.id(OutId::from_bytes)?,
        workspace: row.id(WorkspaceId::from_bytes)?,
        bot: row.id(BotId::from_bytes)?,
        end_user: row.id(EndUserId::from_bytes)?,
        work: row.text()?,
        seq: row.int()?,
        part: row.int()?,
        data: row.text()?,
        system: row.truth()?,
        state: row.text()?,
        owner: row.opt_id(OwnerId::from_bytes)?,
        relay_key: row.opt_text()?,
        tries: row.int()?,
        next_at: row.int()?,
        why: row.opt_text()?,
        sent_at: row.opt_int()?,
    })
}

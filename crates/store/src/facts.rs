//! What each turn leaves for statistics, and the follower that adds it up.
//!
//! A turn's facts are written in its own commit, so they are there exactly where the turn is. [`Store::add_up`] takes
//! some of them, adds them to the sums, and takes them away, all in one batch that moves the follower's version on: of
//! two followers that have read the same facts only one commits. So nothing is lost or counted twice, in whatever order
//! turns commit. What surprises: a slot is half an hour of UTC ([`SLOT_MS`]); days of a zone are put together from slots.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use crate::{
    BotId, ConversationId, EndUserId, NewLive, PATIENCE, ReadError, Store, StoreError, TurnCommit, TurnId,
    WorkspaceId,
    db::{Batch, CommitError, Row, Value},
    live,
};

/// Milliseconds of a slot.
pub const SLOT_MS: i64 = 30 * 60 * 1_000;
/// A turn that takes longer is slow, in microseconds: the person waits visibly, and Kakao gives up at five seconds.
pub const SLOW_US: i64 = 3_000_000;
/// What Kakao's development channel adds to a channel's name: its turns are counted apart.
pub const DEVELOPMENT: &str = "-development";
/// The platform whose conversations come into the agents' list from here; the others bring themselves.
const KAKAO: &str = "kakao";
/// Facts that one statement takes away.
const TAKEN_AT_ONCE: usize = 32;

/// See [`of`].
pub(crate) const ADD: &str = INSERT;

statements! {
    INSERT = "INSERT INTO turn_facts (turn_id, workspace_id, bot_id, end_user_id, conversation_id, platform, user_key, channel, at,
        took_us, is_new, user_messages, bot_messages, unanswered, said, fault, cuts, nodes)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    VERSION = "SELECT version FROM stat_follower WHERE id = 1";
    MOVE_ON = "UPDATE stat_follower SET version = version + 1 WHERE id = 1 AND version = $1";
    SOME = "SELECT turn_id, workspace_id, bot_id, end_user_id, conversation_id, platform, user_key, channel, at, took_us,
        is_new, user_messages, bot_messages, unanswered, said, fault, cuts, nodes FROM turn_facts ORDER BY turn_id LIMIT $1";
    SLOT = "INSERT INTO stat_slots (bot_id, slot, channel, workspace_id, turns, user_messages, bot_messages, faults, unanswered,
        slow, cuts, took_us, slowest_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        ON CONFLICT (bot_id, slot, channel) DO UPDATE SET turns = stat_slots.turns + excluded.turns,
        user_messages = stat_slots.user_messages + excluded.user_messages,
        bot_messages = stat_slots.bot_messages + excluded.bot_messages, faults = stat_slots.faults + excluded.faults,
        unanswered = stat_slots.unanswered + excluded.unanswered, slow = stat_slots.slow + excluded.slow,
        cuts = stat_slots.cuts + excluded.cuts, took_us = stat_slots.took_us + excluded.took_us,
        slowest_us = CASE WHEN stat_slots.slowest_us > excluded.slowest_us THEN stat_slots.slowest_us
            ELSE excluded.slowest_us END";
    PERSON = "INSERT INTO stat_people (bot_id, slot, channel, person, talk, is_new)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (bot_id, slot, channel, person, talk)
        DO UPDATE SET is_new = CASE WHEN stat_people.is_new = 1 THEN 1 ELSE excluded.is_new END";
    NODE = "INSERT INTO stat_nodes (bot_id, slot, flow, node, kind, times, waited_ms, slowest_ms, failed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (bot_id, slot, flow, node, kind)
        DO UPDATE SET times = stat_nodes.times + excluded.times, waited_ms = stat_nodes.waited_ms + excluded.waited_ms,
        slowest_ms = CASE WHEN stat_nodes.slowest_ms > excluded.slowest_ms THEN stat_nodes.slowest_ms
            ELSE excluded.slowest_ms END, failed = stat_nodes.failed + excluded.failed";
    MARK = "INSERT INTO turn_marks (bot_id, kind, at, turn_id, workspace_id, end_user_id, channel, said, took_us)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
    THREAD = "INSERT INTO threads (end_user_id, workspace_id, bot_id, platform, user_key, channel, first_at, last_at, said,
        turns, messages, faults) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (end_user_id) DO UPDATE SET
        said = CASE WHEN excluded.said = '' OR threads.last_at > excluded.last_at THEN threads.said ELSE excluded.said END,
        channel = CASE WHEN threads.last_at > excluded.last_at THEN threads.channel ELSE excluded.channel END,
        first_at = CASE WHEN threads.first_at < excluded.first_at THEN threads.first_at ELSE excluded.first_at END,
        last_at = CASE WHEN threads.last_at > excluded.last_at THEN threads.last_at ELSE excluded.last_at END,
        turns = threads.turns + excluded.turns, messages = threads.messages + excluded.messages,
        faults = threads.faults + excluded.faults";
    // Who talks on KakaoTalk stands in the agents' list; what agents write down about them stays.
    CHAT = "INSERT INTO chats (end_user_id, workspace_id, bot_id, conversation_id, platform, user_key, state, origin, present, flow,
        moved, category, in_hours, transfers, name, phone, email, gender, tags, last_seq, last_at, last_sender, last_text,
        unread, created_at)
        SELECT end_user_id, workspace_id, bot_id, conversation_id, $2, $3, 'bot', 'call', '[]', CAST(0 AS BIGINT), CAST(0 AS BIGINT),
        '[]', CAST(1 AS BIGINT), CAST(0 AS BIGINT), '', '', '', '', '[]', message_count - 1, $4, 'user', $5, CAST(0 AS BIGINT), $6
        FROM sessions WHERE end_user_id = $1
        ON CONFLICT (end_user_id) DO UPDATE SET conversation_id = excluded.conversation_id, last_seq = excluded.last_seq,
        last_at = excluded.last_at,
        last_text = CASE WHEN excluded.last_text = '' THEN chats.last_text ELSE excluded.last_text END";
    TAKE = "DELETE FROM turn_facts WHERE turn_id IN ($1)";
}

/// What a turn leaves for statistics besides what it is.
#[derive(Debug, Clone, Default)]
pub struct TurnFacts {
    /// The scenario had no answer of its own to what was said.
    pub unanswered: bool,
    /// What was said, cut to a line.
    pub said: Option<String>,
    /// What was lost in shaping the answer for the channel, by stable names.
    pub cuts: Option<String>,
    /// The nodes that asked the world or failed.
    pub nodes: Vec<NodeFact>,
}

/// A node that asked the world or failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeFact {
    /// The flow's id.
    pub flow: i64,
    /// The node's id.
    pub node: i64,
    /// The node's type.
    pub kind: String,
    /// How long the world took, in milliseconds.
    pub waited_ms: i64,
    /// Did it fail?
    pub failed: bool,
}

/// What a channel is called in statistics.
pub fn channel(platform: &str, mode: &str) -> String {
    if mode == "development" { format!("{platform}{DEVELOPMENT}") } else { platform.to_owned() }
}

/// The facts of a turn, as [`ADD`] takes them. What the draft is tried with leaves none.
pub(crate) fn of(commit: &TurnCommit) -> Option<Vec<Value>> {
    if commit.draft {
        return None;
    }
    let (turn, facts) = (&commit.turn, &commit.turn.facts);
    let by_user = commit.messages.iter().filter(|message| message.is_user).count() as i64;
    let by_bot = commit.messages.len() as i64 - by_user;
    let nodes = (!facts.nodes.is_empty()).then(|| written(&facts.nodes));
    Some(vec![
        turn.id.into(),
        commit.workspace.into(),
        commit.bot.into(),
        commit.end_user.into(),
        commit.conversation.into(),
        commit.platform.as_str().into(),
        commit.user_key.as_str().into(),
        channel(&commit.platform, turn.mode).into(),
        commit.now_ms.into(),
        turn.took_us.into(),
        commit.expected_version.is_none().into(),
        by_user.into(),
        by_bot.into(),
        facts.unanswered.into(),
        facts.said.clone().into(),
        turn.fault.clone().into(),
        facts.cuts.clone().into(),
        nodes.into(),
    ])
}

/// `1:2:fetch:350:0;…`
fn written(nodes: &[NodeFact]) -> String {
    let one = |it: &NodeFact| {
        let kind: String = it.kind.chars().filter(|letter| !matches!(letter, ':' | ';')).collect();
        format!("{}:{}:{kind}:{}:{}", it.flow, it.node, it.waited_ms, u8::from(it.failed))
    };
    nodes.iter().map(one).collect::<Vec<_>>().join(";")
}

fn read(text: &str) -> impl Iterator<Item = NodeFact> + '_ {
    text.split(';').filter_map(|one| {
        let mut parts = one.split(':');
        Some(NodeFact {
            flow: parts.next()?.parse().ok()?,
            node: parts.next()?.parse().ok()?,
            kind: parts.next()?.to_owned(),
            waited_ms: parts.next()?.parse().ok()?,
            failed: parts.next()? == "1",
        })
    })
}

/// The facts of one turn.
struct Fact {
    turn: TurnId,
    workspace: WorkspaceId,
    bot: BotId,
    end_user: EndUserId,
    conversation: ConversationId,
    platform: String,
    user_key: String,
    channel: String,
    at: i64,
    took_us: i64,
    is_new: bool,
    by_user: i64,
    by_bot: i64,
    unanswered: bool,
    said: Option<String>,
    fault: Option<String>,
    cuts: Option<String>,
    nodes: Option<String>,
}

/// Sums of a slot: turns, messages of users and bots, faults, unanswered, slow, cuts, time, slowest.
type Sums = [i64; 9];
/// Sums of a node: times, waited, slowest, failed.
type NodeSums = [i64; 4];

/// Sums of one end user.
struct ThreadSums<'a> {
    workspace: WorkspaceId,
    bot: BotId,
    platform: &'a str,
    user_key: &'a str,
    channel: String,
    first_at: i64,
    last_at: i64,
    said: String,
    turns: i64,
    messages: i64,
    faults: i64,
}

impl Store {
    /// Adds the facts of up to so many turns up; how many there were. 0 also where another follower was quicker.
    pub async fn add_up(&self, limit: u32) -> Result<usize, StoreError> {
        let version = self.db.report(VERSION, Vec::new()).await?.into_iter().next();
        let version = version.ok_or(StoreError::Missing("follower"))?.int()?;
        let rows = self.db.report(SOME, vec![limit.into()]).await?;
        let facts = rows.into_iter().map(fact).collect::<Result<Vec<_>, _>>()?;
        if facts.is_empty() {
            return Ok(0);
        }
        let batch = Batch::default().guarded("stat_follower", MOVE_ON, vec![version.into()]);
        match self.db.commit(sums(batch, &facts), PATIENCE).await {
            Ok(()) => Ok(facts.len()),
            Err(CommitError::Stale { .. }) => Ok(0),
            Err(error) => Err(error.into()),
        }
    }
}

fn fact(mut row: Row) -> Result<Fact, ReadError> {
    Ok(Fact {
        turn: row.id(TurnId::from_bytes)?,
        workspace: row.id(WorkspaceId::from_bytes)?,
        bot: row.id(BotId::from_bytes)?,
        end_user: row.id(EndUserId::from_bytes)?,
        conversation: row.id(ConversationId::from_bytes)?,
        platform: row.text()?,
        user_key: row.text()?,
        channel: row.text()?,
        at: row.int()?,
        took_us: row.int()?,
        is_new: row.truth()?,
        by_user: row.int()?,
        by_bot: row.int()?,
        unanswered: row.truth()?,
        said: row.opt_text()?,
        fault: row.opt_text()?,
        cuts: row.opt_text()?,
        nodes: row.opt_text()?,
    })
}

/// The statements that add these facts up and take them away.
fn sums(mut batch: Batch, facts: &[Fact]) -> Batch {
    let mut slots: BTreeMap<(BotId, i64, &str), (WorkspaceId, Sums)> = BTreeMap::new();
    let mut people: BTreeMap<(BotId, i64, &str, EndUserId, ConversationId), bool> = BTreeMap::new();
    let mut nodes: BTreeMap<(BotId, i64, i64, i64, String), NodeSums> = BTreeMap::new();
    let mut threads: BTreeMap<EndUserId, ThreadSums<'_>> = BTreeMap::new();
    for fact in facts {
        let slot = fact.at.div_euclid(SLOT_MS);
        let (fault, slow) = (fact.fault.is_some(), fact.took_us >= SLOW_US);
        let (_, sums) =
            slots.entry((fact.bot, slot, &fact.channel)).or_insert_with(|| (fact.workspace, Sums::default()));
        let added = [
            1,
            fact.by_user,
            fact.by_bot,
            fault.into(),
            fact.unanswered.into(),
            slow.into(),
            fact.cuts.is_some().into(),
            fact.took_us,
        ];
        for (sum, added) in sums.iter_mut().zip(added) {
            *sum += added;
        }
        sums[8] = sums[8].max(fact.took_us);
        *people.entry((fact.bot, slot, &fact.channel, fact.end_user, fact.conversation)).or_default() |=
            fact.is_new;
        for node in fact.nodes.as_deref().map(read).into_iter().flatten() {
            let sums = nodes.entry((fact.bot, slot, node.flow, node.node, node.kind)).or_default();
            sums[0] += 1;
            sums[1] += node.waited_ms;
            sums[2] = sums[2].max(node.waited_ms);
            sums[3] += i64::from(node.failed);
        }
        let thread = threads.entry(fact.end_user).or_insert_with(|| ThreadSums {
            workspace: fact.workspace,
            bot: fact.bot,
            platform: &fact.platform,
            user_key: &fact.user_key,
            channel: fact.channel.clone(),
            first_at: fact.at,
            last_at: fact.at,
            said: String::new(),
            turns: 0,
            messages: 0,
            faults: 0,
        });
        thread.turns += 1;
        thread.messages += fact.by_user + fact.by_bot;
        thread.faults += i64::from(fault);
        thread.first_at = thread.first_at.min(fact.at);
        if fact.at >= thread.last_at {
            thread.last_at = fact.at;
            thread.channel.clone_from(&fact.channel);
            if let Some(said) = &fact.said {
                thread.said.clone_from(said);
            }
        }
        batch = marks(batch, fact, slow);
    }
    for ((bot, slot, channel), (workspace, sums)) in slots {
        let mut params: Vec<Value> = vec![bot.into(), slot.into(), channel.into(), workspace.into()];
        params.extend(sums.map(Value::from));
        batch = batch.then(SLOT, params);
    }
    for ((bot, slot, channel, end_user, conversation), is_new) in people {
        let params = vec![
            bot.into(),
            slot.into(),
            channel.into(),
            number(end_user.as_bytes()).into(),
            number(conversation.as_bytes()).into(),
            is_new.into(),
        ];
        batch = batch.then(PERSON, params);
    }
    for ((bot, slot, flow, node, kind), sums) in nodes {
        let mut params: Vec<Value> = vec![bot.into(), slot.into(), flow.into(), node.into(), kind.into()];
        params.extend(sums.map(Value::from));
        batch = batch.then(NODE, params);
    }
    let mut events: BTreeMap<WorkspaceId, Vec<NewLive>> = BTreeMap::new();
    let mut now_ms = 0;
    for (end_user, sums) in threads {
        now_ms = now_ms.max(sums.last_at);
        if sums.platform == KAKAO && sums.channel == KAKAO {
            let params = vec![
                end_user.into(),
                sums.platform.into(),
                sums.user_key.into(),
                sums.last_at.into(),
                sums.said.as_str().into(),
                sums.first_at.into(),
            ];
            batch = batch.then(CHAT, params);
            let event =
                NewLive { kind: "chat", end_user: Some(end_user), message: None, data: String::new() };
            events.entry(sums.workspace).or_default().push(event);
        }
        let params = vec![
            end_user.into(),
            sums.workspace.into(),
            sums.bot.into(),
            sums.platform.into(),
            sums.user_key.into(),
            sums.channel.into(),
            sums.first_at.into(),
            sums.last_at.into(),
            sums.said.into(),
            sums.turns.into(),
            sums.messages.into(),
            sums.faults.into(),
        ];
        batch = batch.then(THREAD, params);
    }
    let ids: Vec<TurnId> = facts.iter().map(|fact| fact.turn).collect::<BTreeSet<_>>().into_iter().collect();
    for ids in ids.chunks(TAKEN_AT_ONCE) {
        // The statement always names as many: the last one again and again.
        let padded = ids.iter().chain(std::iter::repeat(&ids[ids.len() - 1])).take(TAKEN_AT_ONCE);
        batch = batch.then(take(), padded.map(|id| (*id).into()).collect());
    }
    for (workspace, events) in events {
        batch = live::add(batch, workspace, events, now_ms);
    }
    batch
}

/// 63 bits of an id's chance, as `stat_people` has them.
fn number(id: &[u8; 16]) -> i64 {
    (u128::from_be_bytes(*id) as u64 >> 1) as i64
}

fn marks(mut batch: Batch, fact: &Fact, slow: bool) -> Batch {
    let unanswered = fact.said.as_deref().filter(|_| fact.unanswered);
    let marks = [
        ("fault", fact.fault.as_deref()),
        ("unanswered", unanswered),
        ("slow", slow.then_some("")),
        ("cut", fact.cuts.as_deref()),
    ];
    for (kind, said) in marks {
        let Some(said) = said else { continue };
        let params = vec![
            fact.bot.into(),
            kind.into(),
            fact.at.into(),
            fact.turn.into(),
            fact.workspace.into(),
            fact.end_user.into(),
            fact.channel.clone().into(),
            said.into(),
            fact.took_us.into(),
        ];
        batch = batch.then(MARK, params);
    }
    batch
}

/// [`TAKE`] for several at once.
fn take() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let all: Vec<String> = (1..=TAKEN_AT_ONCE).map(|number| format!("${number}")).collect();
        TAKE.replace("$1", &all.join(", "))
    });
    &TEXT
}

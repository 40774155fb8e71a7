//! Statistics of a bot: figures by day and channel, slow nodes, errors, sentences without an answer, and files of them.
//!
//! A period is whole days of the workspace's zone. Without a channel all are counted but Kakao's development channel,
//! which stands among the channels by itself.

use std::{collections::HashMap, sync::Arc};

use axum::{extract::State, response::Response};
use engine::{
    bot::{Bot as Compiled, BotFile},
    lang::Lang,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{BotRow, MarkFilter, NodeRow, Slots, SumRow, TurnId};
use utoipa::{IntoParams, ToSchema};

use super::{List, insight, sheets};
use crate::{
    Hub,
    http::{
        access::{Caller, Speaks},
        input::{Check, Ids, Params},
        problem::Problem,
    },
    insight::{
        follow,
        period::{self, Period},
        sheet::{Cell, Table},
    },
};

/// Groups of sentences that are listed.
const MAX_GROUPS: u32 = 200;
/// Nodes that are listed.
const MAX_NODES: u32 = 100;

/// Which period, and which channel.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeriodOf {
    /// The first day, `2026-11-01`; 30 days before the last one where it is left out.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<String>,
    /// The last day; today where it is left out.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<String>,
    /// `kakao`, `kakao-development`, `web`, `kakaobiz`; all but the development channel where it is left out.
    channel: Option<String>,
}

/// Statistics of a bot.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Stats {
    /// The first day.
    from: String,
    /// The last day.
    to: String,
    /// The zone of the days, by its IANA name.
    zone: String,
    /// The whole period.
    total: StatTotal,
    /// Every day of it, also those without turns.
    days: Vec<StatDay>,
    /// The channels that were used in it, the development channel among them.
    channels: Vec<StatChannel>,
}

/// Figures of some time.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct StatFigures {
    /// Turns.
    turns: i64,
    /// Messages, of both sides.
    messages: i64,
    /// Messages of people.
    user_messages: i64,
    /// Messages of the bot.
    bot_messages: i64,
    /// Turns that ended with an error.
    errors: i64,
    /// Turns that the scenario had no answer to.
    unanswered: i64,
    /// Turns of 3 seconds or longer.
    slow: i64,
    /// Answers that lost something for KakaoTalk's limits.
    cuts: i64,
    /// How long a turn took on average, in milliseconds; null without turns.
    #[schema(required)]
    average_ms: Option<f64>,
    /// How long the slowest turn took.
    slowest_ms: f64,
}

/// A whole period.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct StatTotal {
    /// Its figures.
    #[serde(flatten)]
    figures: StatFigures,
    /// Active users, each counted once.
    users: i64,
    /// … of whom wrote for the first time.
    new_users: i64,
    /// … and of whom had been there before.
    returning_users: i64,
    /// Conversations.
    conversations: i64,
    /// Messages of a conversation on average; null without conversations.
    #[schema(required)]
    messages_per_conversation: Option<f64>,
}

/// One day.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct StatDay {
    /// `2026-11-01`.
    day: String,
    /// Its figures.
    #[serde(flatten)]
    figures: StatFigures,
    /// Active users, each counted once.
    users: i64,
    /// … of whom wrote for the first time.
    new_users: i64,
    /// … and of whom had been there before.
    returning_users: i64,
}

/// One channel.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct StatChannel {
    /// `kakao`, `kakao-development`, `web`, `kakaobiz`.
    channel: String,
    /// Its figures.
    #[serde(flatten)]
    figures: StatFigures,
    /// Active users, each counted once.
    users: i64,
}

/// A node that made people wait, or failed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatNode {
    /// The flow's id.
    flow: i64,
    /// The flow's title in the draft; null where it is gone.
    #[schema(required)]
    flow_title: Option<String>,
    /// The node's id.
    node: i64,
    /// The node's label in the draft; null where it is gone.
    #[schema(required)]
    node_label: Option<String>,
    /// The node's type.
    kind: String,
    /// How often it asked the world or failed.
    times: i64,
    /// How long it waited on average, in milliseconds.
    average_ms: f64,
    /// How long it waited at most.
    slowest_ms: i64,
    /// How often it failed.
    failed: i64,
}

/// Turns with the same sentence.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatGroup {
    /// The error, or what was said.
    said: String,
    /// How many turns.
    times: i64,
    /// When the last was.
    last_at: i64,
}

/// Which table, as which file.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FileOf {
    /// The first day, `2026-11-01`.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<String>,
    /// The last day.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<String>,
    /// The channel; all but the development channel where it is left out.
    channel: Option<String>,
    /// `csv` or `xlsx`.
    format: String,
    /// `days`, `channels`, `nodes`, `errors` or `unanswered`, for CSV; an XLSX has them all.
    table: Option<String>,
}

/// Turns worth a look.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MarkedPiece {
    /// `fault` (errors), `unanswered`, `slow` or `cut`.
    kind: String,
    /// Only those with this sentence.
    said: Option<String>,
    /// The first day.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<String>,
    /// The last day.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<String>,
    /// The channel; all but the development channel where it is left out.
    channel: Option<String>,
    /// `next` of the piece before.
    cursor: Option<String>,
    /// How many items, 100 at most.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// A turn worth a look.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarkedTurn {
    /// The turn.
    #[schema(value_type = String)]
    turn: TurnId,
    /// The conversation that it is of.
    #[schema(value_type = String)]
    conversation: store::EndUserId,
    /// The channel.
    channel: String,
    /// When it was.
    at: i64,
    /// The error, what was said, or what was cut.
    said: String,
    /// How long it took, in milliseconds.
    took_ms: f64,
}

/// A bot and the period that is asked for.
struct Asked {
    bot: BotRow,
    zone: String,
    period: Period,
    channel: String,
}

/// Figures of a bot: active users, messages, by day and by channel.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/stats", operation_id = "getStats", tag = "stats",
    params(PeriodOf), responses((status = 200, body = Stats)))]
pub async fn show(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Params(of): Params<PeriodOf>,
) -> Result<axum::Json<Stats>, Problem> {
    let asked = asked(&hub, &caller, &bot, of).await?;
    figures(&hub, &asked).await.map(axum::Json)
}

/// The nodes that made people wait longest.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/stats/nodes", operation_id = "listSlowNodes", tag = "stats",
    params(PeriodOf), responses((status = 200, body = List<StatNode>)))]
pub async fn nodes(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Params(of): Params<PeriodOf>,
) -> Result<axum::Json<List<StatNode>>, Problem> {
    let asked = asked(&hub, &caller, &bot, of).await?;
    Ok(axum::Json(List { items: slow_nodes(&hub, &asked).await?, next: None }))
}

/// Errors, grouped by what they say, the most frequent first.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/stats/errors", operation_id = "listErrors", tag = "stats",
    params(PeriodOf), responses((status = 200, body = List<StatGroup>)))]
pub async fn errors(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Params(of): Params<PeriodOf>,
) -> Result<axum::Json<List<StatGroup>>, Problem> {
    let asked = asked(&hub, &caller, &bot, of).await?;
    Ok(axum::Json(List { items: groups(&hub, &asked, "fault").await?, next: None }))
}

/// What people said that the scenario had no answer to, the most frequent first.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/stats/unanswered", operation_id = "listUnanswered",
    tag = "stats", params(PeriodOf), responses((status = 200, body = List<StatGroup>)))]
pub async fn unanswered(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Params(of): Params<PeriodOf>,
) -> Result<axum::Json<List<StatGroup>>, Problem> {
    let asked = asked(&hub, &caller, &bot, of).await?;
    Ok(axum::Json(List { items: groups(&hub, &asked, "unanswered").await?, next: None }))
}

/// The turns behind a figure, newest first.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/turns", operation_id = "listTurns", tag = "stats",
    params(MarkedPiece), responses((status = 200, body = List<MarkedTurn>)))]
pub async fn turns(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Params(which): Params<MarkedPiece>,
) -> Result<axum::Json<List<MarkedTurn>>, Problem> {
    let MarkedPiece { kind, said, from, to, channel, cursor, limit } = which;
    let mut check = Check::default();
    if !["fault", "unanswered", "slow", "cut"].contains(&kind.as_str()) {
        check.wrong(
            "/kind",
            "fault, unanswered, slow, cut 가운데 하나예요.",
            "One of fault, unanswered, slow and cut.",
        );
    }
    check.done()?;
    let asked = asked(&hub, &caller, &bot, PeriodOf { from, to, channel }).await?;
    let limit = insight::piece(limit);
    let before = insight::timed_cursor(cursor.as_deref())?;
    let filter = MarkFilter { said: said.as_deref(), ..asked.marks(&kind) };
    let mut rows = hub.store.marked_turns(asked.bot.id, filter, before, limit + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| format!("{}.{}", row.at, row.turn));
    let items = rows.into_iter().map(|row| MarkedTurn {
        turn: row.turn,
        conversation: row.end_user,
        channel: row.channel,
        at: row.at,
        said: row.said,
        took_ms: insight::ms(row.took_us),
    });
    Ok(axum::Json(List { items: items.collect(), next }))
}

/// The statistics as a file: CSV (UTF-8 with a byte order mark) or XLSX.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/stats/file", operation_id = "downloadStats", tag = "stats",
    params(FileOf), responses((status = 200, body = String, content_type = "application/octet-stream")))]
pub async fn file(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    Ids((_, bot)): Ids<(String, String)>,
    Params(of): Params<FileOf>,
) -> Result<Response, Problem> {
    let FileOf { from, to, channel, format, table } = of;
    let mut check = Check::default();
    let kinds = ["days", "channels", "nodes", "errors", "unanswered"];
    let wanted = table.as_deref().unwrap_or("days");
    if !["csv", "xlsx"].contains(&format.as_str()) {
        check.wrong("/format", "csv나 xlsx 가운데 하나예요.", "Either csv or xlsx.");
    }
    if !kinds.contains(&wanted) {
        check.wrong(
            "/table",
            "days, channels, nodes, errors, unanswered 가운데 하나예요.",
            "One of days, channels, nodes, errors and unanswered.",
        );
    }
    check.done()?;
    let asked = asked(&hub, &caller, &bot, PeriodOf { from, to, channel }).await?;
    let wanted = if format == "csv" { &[wanted][..] } else { &kinds[..] };
    let mut tables = Vec::new();
    for kind in wanted {
        tables.push(table_of(&hub, &asked, kind, lang).await?);
    }
    let name = if let [one] = wanted { format!("stats-{one}") } else { "stats".to_owned() };
    let (from, to) = (asked.period.from, asked.period.to);
    sheets::file(tables, &format, &format!("{name}-{from}-{to}")).await
}

impl Asked {
    fn slots(&self) -> Slots<'_> {
        let (from, to) = self.period.slots();
        Slots { bot: self.bot.id, from, to, channel: &self.channel }
    }

    fn marks<'a>(&'a self, kind: &'a str) -> MarkFilter<'a> {
        MarkFilter {
            kind,
            from_ms: self.period.from_ms,
            to_ms: self.period.to_ms,
            said: None,
            channel: &self.channel,
        }
    }
}

async fn asked(hub: &Hub, caller: &Caller, bot: &str, of: PeriodOf) -> Result<Asked, Problem> {
    let bot = insight::bot_of(hub, caller, bot).await?;
    let settings = hub.store.record_settings(bot.workspace).await?;
    let zone = period::zone(&settings.zone).ok_or_else(|| {
        tracing::error!(zone = settings.zone, "a workspace's zone is none");
        Problem::Internal
    })?;
    let mut check = Check::default();
    let mut day = |pointer: &str, text: Option<&str>| {
        let read: Option<Date> = text.and_then(|text| text.parse().ok());
        if text.is_some() && read.is_none() {
            check.wrong(pointer, "2026-11-01처럼 적어 주세요.", "Write it as 2026-11-01.");
        }
        read
    };
    let (from, to) = (day("/from", of.from.as_deref()), day("/to", of.to.as_deref()));
    let to = to.unwrap_or_else(|| period::day_of(&zone, hub.clock.now_ms()));
    let from = from.or_else(|| to.checked_sub(jiff::Span::new().days(29)).ok()).unwrap_or(to);
    let period = Period::new(&zone, from, to);
    if period.is_err() {
        check.wrong(
            "/to",
            "시작한 날과 끝난 날을 확인해 주세요. 10년까지 볼 수 있어요.",
            "Check first and last day; ten years are the most.",
        );
    }
    check.done()?;
    let period = period.map_err(|_| Problem::Internal)?;
    follow::catch_up(hub).await?;
    Ok(Asked { bot, zone: settings.zone, period, channel: of.channel.unwrap_or_default() })
}

async fn figures(hub: &Hub, asked: &Asked) -> Result<Stats, Problem> {
    let mut sums: HashMap<Date, SumRow> = HashMap::new();
    for run in &asked.period.runs {
        let slots = Slots { from: run.from, to: run.to, ..asked.slots() };
        if let Some(day) = run.day {
            // A day on which the offset changes: all of it is that day.
            let all = hub.store.stat_days(slots, 0).await?;
            sums.insert(day, all.into_iter().fold(SumRow::default(), |sum, (_, row)| plus(sum, row)));
            continue;
        }
        let rows = hub.store.stat_days(slots, run.offset).await?;
        sums.extend(rows.into_iter().map(|(number, row)| (period::numbered(number), row)));
    }
    let whole = sums.values().fold(SumRow::default(), |sum, row| plus(sum, *row));
    let people = hub.store.stat_people(asked.slots(), |slot| asked.period.day(slot)).await?;
    let (everybody, conversations) = (people.whole, people.conversations);
    let messages = whole.user_messages + whole.bot_messages;
    let days = asked.period.days().map(|day| {
        let there = people.days.get(&day).copied().unwrap_or_default();
        StatDay {
            day: day.to_string(),
            figures: sums.get(&day).copied().unwrap_or_default().into(),
            users: there.users,
            new_users: there.newcomers,
            returning_users: there.users - there.newcomers,
        }
    });
    Ok(Stats {
        from: asked.period.from.to_string(),
        to: asked.period.to.to_string(),
        zone: asked.zone.clone(),
        total: StatTotal {
            figures: whole.into(),
            users: everybody.users,
            new_users: everybody.newcomers,
            returning_users: everybody.users - everybody.newcomers,
            conversations,
            messages_per_conversation: (conversations > 0)
                .then(|| hundredths(messages as f64 / conversations as f64)),
        },
        days: days.collect(),
        channels: channels(hub, asked, &people.channels).await?,
    })
}

async fn channels(
    hub: &Hub,
    asked: &Asked,
    people: &HashMap<String, i64>,
) -> Result<Vec<StatChannel>, Problem> {
    let rows = hub.store.stat_channels(asked.slots()).await?;
    let of = |(channel, row): (String, SumRow)| StatChannel {
        users: people.get(&channel).copied().unwrap_or_default(),
        channel,
        figures: row.into(),
    };
    Ok(rows.into_iter().map(of).collect())
}

async fn slow_nodes(hub: &Hub, asked: &Asked) -> Result<Vec<StatNode>, Problem> {
    let rows = hub.store.stat_nodes(asked.slots(), MAX_NODES).await?;
    let file = hub.store.draft_file(asked.bot.id).await?;
    let compiled =
        file.and_then(|file| BotFile::read(&file).ok()).map(|reading| Compiled::compile(&reading.file));
    let named = |row: NodeRow| {
        let flow = compiled.as_ref().and_then(|bot| bot.flow(row.flow));
        let node = compiled.as_ref().and_then(|bot| bot.node(row.flow, row.node));
        StatNode {
            flow: row.flow,
            flow_title: flow.map(|flow| flow.title.clone()),
            node: row.node,
            node_label: node.map(|node| node.label.clone()),
            kind: row.kind,
            times: row.times,
            average_ms: hundredths(row.waited_ms as f64 / row.times.max(1) as f64),
            slowest_ms: row.slowest_ms,
            failed: row.failed,
        }
    };
    Ok(rows.into_iter().map(named).collect())
}

async fn groups(hub: &Hub, asked: &Asked, kind: &str) -> Result<Vec<StatGroup>, Problem> {
    let rows = hub.store.stat_groups(asked.bot.id, asked.marks(kind), MAX_GROUPS).await?;
    let group = |row: store::GroupRow| StatGroup { said: row.said, times: row.times, last_at: row.last_at };
    Ok(rows.into_iter().map(group).collect())
}

async fn table_of(hub: &Hub, asked: &Asked, kind: &str, lang: Lang) -> Result<Table, Problem> {
    let words = |ko: &[&str], en: &[&str]| -> Vec<String> {
        let words = if lang == Lang::Ko { ko } else { en };
        words.iter().map(|word| (*word).to_owned()).collect()
    };
    let of_figures = |it: &StatFigures| -> Vec<Cell> {
        vec![
            it.turns.into(),
            it.messages.into(),
            it.user_messages.into(),
            it.bot_messages.into(),
            it.errors.into(),
            it.unanswered.into(),
            it.slow.into(),
            it.average_ms.unwrap_or_default().into(),
        ]
    };
    let ko =
        ["턴", "메시지", "고객 메시지", "봇 메시지", "오류", "답하지 못한 말", "느린 답변", "평균 응답(ms)"];
    let en = [
        "Turns",
        "Messages",
        "User messages",
        "Bot messages",
        "Errors",
        "Unanswered",
        "Slow",
        "Average answer (ms)",
    ];
    Ok(match kind {
        "channels" => {
            let rows = figures(hub, asked).await?.channels;
            let row = |it: &StatChannel| {
                let first = vec![it.channel.clone().into(), it.users.into()];
                [first, of_figures(&it.figures)].concat()
            };
            Table {
                name: words(&["채널"], &["Channels"]).concat(),
                head: [words(&["채널", "사용자"], &["Channel", "Users"]), words(&ko, &en)].concat(),
                rows: rows.iter().map(row).collect(),
            }
        }
        "nodes" => {
            let rows = slow_nodes(hub, asked).await?;
            let row = |it: StatNode| {
                vec![
                    it.flow_title.unwrap_or_else(|| it.flow.to_string()).into(),
                    it.node_label.unwrap_or_default().into(),
                    it.node.into(),
                    it.kind.into(),
                    it.times.into(),
                    it.average_ms.into(),
                    it.slowest_ms.into(),
                    it.failed.into(),
                ]
            };
            Table {
                name: words(&["느린 노드"], &["Slow nodes"]).concat(),
                head: words(
                    &["플로우", "노드", "노드 번호", "종류", "횟수", "평균(ms)", "최대(ms)", "실패"],
                    &["Flow", "Node", "Node id", "Kind", "Times", "Average (ms)", "Slowest (ms)", "Failed"],
                ),
                rows: rows.into_iter().map(row).collect(),
            }
        }
        "errors" | "unanswered" => {
            let (mark, ko, en) = if kind == "errors" {
                ("fault", "오류", "Errors")
            } else {
                ("unanswered", "답하지 못한 말", "Unanswered")
            };
            let row = |it: StatGroup| vec![it.said.into(), it.times.into()];
            Table {
                name: words(&[ko], &[en]).concat(),
                head: words(&[ko, "횟수"], &[en, "Times"]),
                rows: groups(hub, asked, mark).await?.into_iter().map(row).collect(),
            }
        }
        _ => {
            let stats = figures(hub, asked).await?;
            let row = |it: &StatDay| {
                let first = vec![
                    it.day.clone().into(),
                    it.users.into(),
                    it.new_users.into(),
                    it.returning_users.into(),
                ];
                [first, of_figures(&it.figures)].concat()
            };
            let first = words(
                &["날짜", "사용자", "새 사용자", "다시 온 사용자"],
                &["Day", "Users", "New users", "Returning users"],
            );
            Table {
                name: words(&["날짜별"], &["Days"]).concat(),
                head: [first, words(&ko, &en)].concat(),
                rows: stats.days.iter().map(row).collect(),
            }
        }
    })
}

impl From<SumRow> for StatFigures {
    fn from(row: SumRow) -> Self {
        Self {
            turns: row.turns,
            messages: row.user_messages + row.bot_messages,
            user_messages: row.user_messages,
            bot_messages: row.bot_messages,
            errors: row.faults,
            unanswered: row.unanswered,
            slow: row.slow,
            cuts: row.cuts,
            average_ms: (row.turns > 0).then(|| insight::ms(row.took_us / row.turns)),
            slowest_ms: insight::ms(row.slowest_us),
        }
    }
}

fn plus(a: SumRow, b: SumRow) -> SumRow {
    SumRow {
        turns: a.turns + b.turns,
        user_messages: a.user_messages + b.user_messages,
        bot_messages: a.bot_messages + b.bot_messages,
        faults: a.faults + b.faults,
        unanswered: a.unanswered + b.unanswered,
        slow: a.slow + b.slow,
        cuts: a.cuts + b.cuts,
        took_us: a.took_us + b.took_us,
        slowest_us: a.slowest_us.max(b.slowest_us),
    }
}

fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

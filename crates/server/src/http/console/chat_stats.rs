//! Figures about consultations, and the consultations themselves as a file (spec live-chat.md, "Statistics").

use std::sync::Arc;

use axum::{extract::State, response::Response};
use engine::lang::{Lang, Said};
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use livechat::{
    Settings, State as Stands,
    consultation::Lost,
    stats::{self, Bucket, Case, Day, Figures, Scores},
};
use serde::{Deserialize, Serialize};
use store::{AccountId, BotId, BotRow, CaseRow, MemberRow};
use utoipa::{IntoParams, ToSchema};

use super::{chat_settings::own_bot, sheets};
use crate::{
    Hub,
    chat::{change, settings::team_of},
    http::{
        access::{Caller, Speaks},
        input::{Check, Params},
        problem::Problem,
    },
    insight::sheet::{Cell, Table},
};

/// The longest period at a time.
const LONGEST_MS: i64 = 90 * 86_400_000;
/// Consultations of a period that are counted: past that a shorter one is asked for.
const MAX_CASES: u32 = 200_000;

/// Which period, and of which bot.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Period {
    /// From this moment, in milliseconds UTC.
    from: i64,
    /// Until before this one; 90 days at most.
    until: i64,
    /// One bot; all where absent.
    bot: Option<String>,
}

/// Of which bot.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OfBot {
    /// One bot; all where absent.
    bot: Option<String>,
}

/// A file of a period.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeriodAs {
    /// From this moment, in milliseconds UTC.
    from: i64,
    /// Until before this one; 90 days at most.
    until: i64,
    /// One bot; all where absent.
    bot: Option<String>,
    /// `csv` or `xlsx`; an XLSX has all tables.
    format: String,
    /// The table of a CSV: `consultations` (where absent), `figures`, `agents`, `days`, `hours` or `weekdays`.
    table: Option<String>,
}

/// The figures of today so far, in the team's zone, and those of yesterday up to the same time.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatStatsToday {
    /// Since midnight.
    today: ChatStats,
    /// Since the midnight before until this time of day; where it waits or goes on is as it stands now.
    yesterday: ChatStats,
}

/// What customers gave: an answer of a flow that sets the param `chat:score` to 1, 2, 3, 4 or 5 after a consultation.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatScores {
    /// How many gave one.
    answers: u32,
    /// The average in hundredths: 450 is 4.5.
    #[schema(required)]
    average: Option<u32>,
    /// How often each was given, 1 first.
    counts: [u32; 5],
}

/// The figures of a period. Times are in milliseconds.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChatStats {
    /// Calls of bots in the period, without those that were taken back at once where the team ignores these.
    requested: u32,
    /// Of these, the ones that wait now.
    waiting: u32,
    /// … that go on now.
    connected: u32,
    /// … that an agent came to and that are over.
    completed: u32,
    /// … that nobody came to: taken back, left or expired.
    missed: u32,
    /// Of these, the ones that the customer took back.
    cancelled: u32,
    /// … whose customer left.
    left: u32,
    /// … that closed by themselves because nobody came for so long.
    expired: u32,
    /// Calls that were taken back within ten seconds where the team does not count these; they are in no other figure.
    ignored: u32,
    /// Consultations that agents began by themselves; they are in no other figure but the agents'.
    stepped_in: u32,
    /// From the call until the first agent came, on average over those that one came to.
    #[schema(required)]
    average_wait_ms: Option<i64>,
    /// The wait that half of them did not exceed.
    #[schema(required)]
    median_wait_ms: Option<i64>,
    /// The wait that nine of ten of them did not exceed.
    #[schema(required)]
    p90_wait_ms: Option<i64>,
    /// The wait that 95 of a hundred of them did not exceed.
    #[schema(required)]
    p95_wait_ms: Option<i64>,
    /// The longest wait of them.
    #[schema(required)]
    longest_wait_ms: Option<i64>,
    /// From the call until an agent first wrote, on average over those where one did.
    #[schema(required)]
    average_response_ms: Option<i64>,
    /// The time until then that half of them did not exceed.
    #[schema(required)]
    median_response_ms: Option<i64>,
    /// … that nine of ten did not exceed.
    #[schema(required)]
    p90_response_ms: Option<i64>,
    /// What customers gave, in consultations of all kinds.
    scores: ChatScores,
    /// Completed by a thousand requested.
    #[schema(required)]
    rate: Option<u32>,
    /// By hour of the day in the team's zone, 24 of them.
    hours: Vec<WaitBucket>,
    /// By weekday, Monday first.
    weekdays: Vec<WaitBucket>,
    /// By day in the team's zone, each day of the period until today.
    days: Vec<DayBucket>,
    /// By agent: the last owner of each consultation.
    agents: Vec<AgentStats>,
}

/// Requests of an hour or a weekday, by how long they waited for an agent.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitBucket {
    /// All of them.
    requested: u32,
    /// An agent came within 15 minutes.
    quick: u32,
    /// … within 30.
    slow: u32,
    /// … later.
    slowest: u32,
    /// Nobody came, or nobody has come yet.
    unanswered: u32,
}

/// Requests of a day.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DayBucket {
    /// The day: `2026-11-28`.
    date: String,
    /// By how long they waited.
    #[serde(flatten)]
    waits: WaitBucket,
    /// An agent came, and it is over.
    completed: u32,
    /// Nobody came.
    missed: u32,
    /// From the call until the first agent came, on average over those that one came to.
    #[schema(required)]
    average_wait_ms: Option<i64>,
}

/// What an agent did.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AgentStats {
    /// The account.
    #[schema(value_type = String)]
    id: AccountId,
    /// What the person is called; empty where they have left.
    name: String,
    /// Consultations that were theirs at last.
    taken: u32,
    /// … in which somebody answered.
    answered: u32,
    /// … that were completed.
    completed: u32,
    /// How often these were handed over before.
    transfers: u32,
    /// From the call until an agent first wrote, on average.
    #[schema(required)]
    average_response_ms: Option<i64>,
    /// What customers gave them.
    scores: ChatScores,
}

/// Figures about the consultations of a period.
#[utoipa::path(get, path = "/api/workspaces/{ws}/chat-stats", operation_id = "getChatStats", tag = "chat-stats",
    params(Period), responses((status = 200, body = ChatStats)))]
pub async fn show(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Params(period): Params<Period>,
) -> Result<axum::Json<ChatStats>, Problem> {
    let (workspace, _) = caller.member()?;
    let rows = cases(&hub, &caller, &period).await?;
    let zone = team(&hub, &caller).await?.hours.zone();
    let members = hub.store.members(workspace).await?;
    Ok(axum::Json(view(
        of(&rows, &zone),
        &members,
        &dates((period.from, period.until), hub.clock.now_ms(), &zone),
    )))
}

/// The figures of today beside those of yesterday.
#[utoipa::path(get, path = "/api/workspaces/{ws}/chat-stats/today", operation_id = "getChatStatsToday",
    tag = "chat-stats", params(OfBot), responses((status = 200, body = ChatStatsToday)))]
pub async fn today(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Params(OfBot { bot }): Params<OfBot>,
) -> Result<axum::Json<ChatStatsToday>, Problem> {
    let (workspace, _) = caller.member()?;
    let zone = team(&hub, &caller).await?.hours.zone();
    let now_ms = hub.clock.now_ms();
    let (today, yesterday, until) = days(now_ms, &zone).ok_or(Problem::Internal)?;
    let members = hub.store.members(workspace).await?;
    let mut figures = Vec::with_capacity(2);
    for (from, until) in [(today, now_ms + 1), (yesterday, until)] {
        let rows = cases(&hub, &caller, &Period { from, until, bot: bot.clone() }).await?;
        figures.push(view(of(&rows, &zone), &members, &dates((from, until), now_ms, &zone)));
    }
    match <[ChatStats; 2]>::try_from(figures) {
        Ok([today, yesterday]) => Ok(axum::Json(ChatStatsToday { today, yesterday })),
        Err(_) => Err(Problem::Internal),
    }
}

/// A period as a file: its consultations and figures, as CSV with a byte order mark, which spreadsheets in Korea need, or as
/// XLSX; times in the team's zone.
#[utoipa::path(get, path = "/api/workspaces/{ws}/chat-stats/file", operation_id = "downloadChatStats",
    tag = "chat-stats", params(PeriodAs), responses((status = 200, body = String, content_type = "application/octet-stream")))]
pub async fn file(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    Params(of_period): Params<PeriodAs>,
) -> Result<Response, Problem> {
    let (workspace, _) = caller.member()?;
    let PeriodAs { from, until, bot, format, table } = of_period;
    let wanted = table.as_deref().unwrap_or(TABLES[0]);
    let mut check = Check::default();
    if !TABLES.contains(&wanted) {
        let all = TABLES.join(", ");
        check.wrong("/table", format!("{all} 가운데 하나예요."), format!("One of {all}."));
    }
    check.done()?;
    let rows = cases(&hub, &caller, &Period { from, until, bot }).await?;
    let team = team(&hub, &caller).await?;
    let members = hub.store.members(workspace).await?;
    let bots = hub.store.bots(workspace).await?;
    let zone = team.hours.zone();
    let figures = view(of(&rows, &zone), &members, &dates((from, until), hub.clock.now_ms(), &zone));
    let wanted = if format == "csv" { &[wanted][..] } else { &TABLES[..] };
    let tables = wanted.iter().map(|table| match *table {
        "figures" => figures_table(&figures, lang),
        "agents" => agents_table(&figures, lang),
        "days" => days_table(&figures.days, lang),
        "hours" => buckets_table(&figures.hours, lang, true),
        "weekdays" => buckets_table(&figures.weekdays, lang, false),
        _ => consultations_table(&rows, (&team, &bots, &members), lang),
    });
    sheets::file(tables.collect(), &format, &format!("consultations-{}", wanted.join("-"))).await
}

/// What can be downloaded.
const TABLES: [&str; 6] = ["consultations", "figures", "agents", "days", "hours", "weekdays"];

async fn team(hub: &Hub, caller: &Caller) -> Result<Settings, Problem> {
    let (workspace, _) = caller.member()?;
    Ok(team_of(hub.store.chat_settings(workspace, None).await?.0.as_deref()))
}

/// Today's midnight, yesterday's, and this time of yesterday.
fn days(now_ms: i64, zone: &TimeZone) -> Option<(i64, i64, i64)> {
    let now = Timestamp::from_millisecond(now_ms).ok()?.to_zoned(zone.clone());
    let before = now.checked_sub(1.day()).ok()?;
    let midnight = |day: &jiff::Zoned| day.start_of_day().ok().map(|it| it.timestamp().as_millisecond());
    Some((midnight(&now)?, midnight(&before)?, before.timestamp().as_millisecond() + 1))
}

/// The days of a period until today, as they are written; 90 and the two at its edges at most.
fn dates((from, until): (i64, i64), now_ms: i64, zone: &TimeZone) -> Vec<String> {
    let day = |ms: i64| Timestamp::from_millisecond(ms).ok().map(|at| at.to_zoned(zone.clone()).date());
    let (Some(first), Some(last)) = (day(from), day((until - 1).min(now_ms))) else { return Vec::new() };
    first.series(1.day()).take_while(|date| *date <= last).map(|date| date.to_string()).collect()
}

fn text(ko: &str, en: &str, lang: Lang) -> String {
    Said::new(ko, en).get(lang).to_owned()
}

/// Names of columns: both languages, each with commas between.
fn head(ko: &str, en: &str, lang: Lang) -> Vec<String> {
    text(ko, en, lang).split(',').map(str::to_owned).collect()
}

fn consultations_table(
    rows: &[CaseRow],
    (team, bots, members): (&Settings, &[BotRow], &[MemberRow]),
    lang: Lang,
) -> Table {
    let row = |row: &CaseRow| -> Vec<Cell> {
        let at = |moment: Option<i64>| moment.map(|moment| team.hours.local(moment)).unwrap_or_default();
        let seconds = |moment: Option<i64>| {
            moment.map_or_else(|| Cell::from(String::new()), |it| ((it - row.requested_at) / 1_000).into())
        };
        let category: Vec<String> = serde_json::from_str(&row.category).unwrap_or_default();
        vec![
            at(Some(row.requested_at)).into(),
            bots.iter().find(|bot| bot.id == row.bot).map(|bot| bot.title.clone()).unwrap_or_default().into(),
            category.join(" > ").into(),
            row.origin.clone().into(),
            row.state.clone().into(),
            row.missed.clone().unwrap_or_default().into(),
            row.owner.map(|owner| name(members, owner)).unwrap_or_default().into(),
            if row.in_hours { "O" } else { "X" }.to_owned().into(),
            at(row.connected_at).into(),
            at(row.answered_at).into(),
            at(row.ended_at).into(),
            seconds(row.connected_at),
            seconds(row.answered_at),
            row.transfers.into(),
            row.score.map_or_else(|| Cell::from(String::new()), Cell::from),
        ]
    };
    Table {
        name: text("상담", "Consultations", lang),
        head: head(
            "요청 시각,챗봇,분류,시작,상태,놓친 이유,상담원,운영 시간,입장 시각,첫 응답 시각,끝난 시각,대기(초),첫 응답(초),위임,만족도",
            "Requested,Bot,Category,Begun by,State,Missed because,Agent,In hours,Agent came,First answer,Ended,Wait (s),First answer (s),Transfers,Score",
            lang,
        ),
        rows: rows.iter().map(row).collect(),
    }
}

/// Seconds, or nothing.
fn seconds(ms: Option<i64>) -> Cell {
    ms.map_or_else(|| Cell::from(String::new()), |ms| Cell::from(ms / 1_000))
}

fn average(scores: &ChatScores) -> Cell {
    scores.average.map_or_else(|| Cell::from(String::new()), |it| Cell::from(f64::from(it) / 100.0))
}

fn figures_table(figures: &ChatStats, lang: Lang) -> Table {
    let rate = figures.rate.map_or_else(|| Cell::from(String::new()), |it| Cell::from(f64::from(it) / 10.0));
    let rows: [(&str, &str, Cell); 22] = [
        ("요청", "Requested", i64::from(figures.requested).into()),
        ("대기", "Waiting", i64::from(figures.waiting).into()),
        ("진행", "In progress", i64::from(figures.connected).into()),
        ("완료", "Completed", i64::from(figures.completed).into()),
        ("놓침", "Missed", i64::from(figures.missed).into()),
        ("놓침: 고객이 취소", "Missed: taken back", i64::from(figures.cancelled).into()),
        ("놓침: 고객이 나감", "Missed: customer left", i64::from(figures.left).into()),
        ("놓침: 자동 종료", "Missed: closed by itself", i64::from(figures.expired).into()),
        ("바로 취소해서 세지 않음", "Taken back at once, not counted", i64::from(figures.ignored).into()),
        ("상담원이 시작", "Begun by agents", i64::from(figures.stepped_in).into()),
        ("응답률(%)", "Completed (%)", rate),
        ("평균 대기(초)", "Average wait (s)", seconds(figures.average_wait_ms)),
        ("중앙값 대기(초)", "Median wait (s)", seconds(figures.median_wait_ms)),
        ("90% 대기(초)", "90% wait (s)", seconds(figures.p90_wait_ms)),
        ("95% 대기(초)", "95% wait (s)", seconds(figures.p95_wait_ms)),
        ("최장 대기(초)", "Longest wait (s)", seconds(figures.longest_wait_ms)),
        ("평균 첫 응답(초)", "Average first answer (s)", seconds(figures.average_response_ms)),
        ("중앙값 첫 응답(초)", "Median first answer (s)", seconds(figures.median_response_ms)),
        ("90% 첫 응답(초)", "90% first answer (s)", seconds(figures.p90_response_ms)),
        ("만족도 응답", "Scores given", i64::from(figures.scores.answers).into()),
        ("만족도 평균(5점)", "Average score (of 5)", average(&figures.scores)),
        ("상담원", "Agents", (figures.agents.len() as i64).into()),
    ];
    Table {
        name: text("지표", "Figures", lang),
        head: head("지표,값", "Figure,Value", lang),
        rows: rows.into_iter().map(|(ko, en, cell)| vec![text(ko, en, lang).into(), cell]).collect(),
    }
}

fn agents_table(figures: &ChatStats, lang: Lang) -> Table {
    let row = |own: &AgentStats| -> Vec<Cell> {
        vec![
            own.name.clone().into(),
            i64::from(own.taken).into(),
            i64::from(own.answered).into(),
            i64::from(own.completed).into(),
            i64::from(own.transfers).into(),
            seconds(own.average_response_ms),
            i64::from(own.scores.answers).into(),
            average(&own.scores),
        ]
    };
    Table {
        name: text("상담원", "Agents", lang),
        head: head(
            "상담원,맡은 상담,응답,완료,위임,평균 첫 응답(초),만족도 응답,만족도 평균",
            "Agent,Consultations,Answered,Completed,Transfers,Average first answer (s),Scores given,Average score",
            lang,
        ),
        rows: figures.agents.iter().map(row).collect(),
    }
}

fn buckets_table(buckets: &[WaitBucket], lang: Lang, by_hour: bool) -> Table {
    let days = head("월,화,수,목,금,토,일", "Mon,Tue,Wed,Thu,Fri,Sat,Sun", lang);
    let first =
        |at: usize| if by_hour { format!("{at:02}:00") } else { days.get(at).cloned().unwrap_or_default() };
    let row = |(at, bucket): (usize, &WaitBucket)| -> Vec<Cell> {
        let WaitBucket { requested, quick, slow, slowest, unanswered } = bucket;
        let numbers =
            [requested, quick, slow, slowest, unanswered].map(|number| Cell::from(i64::from(*number)));
        std::iter::once(Cell::from(first(at))).chain(numbers).collect()
    };
    Table {
        name: if by_hour {
            text("시간별", "By hour", lang)
        } else {
            text("요일별", "By weekday", lang)
        },
        head: head(
            "때,요청,15분 미만,15~30분,30분 넘음,응답 없음",
            "When,Requested,Under 15 min,15–30 min,Over 30 min,Unanswered",
            lang,
        ),
        rows: buckets.iter().enumerate().map(row).collect(),
    }
}

fn days_table(days: &[DayBucket], lang: Lang) -> Table {
    let row = |day: &DayBucket| -> Vec<Cell> {
        let WaitBucket { requested, quick, slow, slowest, unanswered } = day.waits;
        let numbers = [requested, day.completed, day.missed, quick, slow, slowest, unanswered];
        let numbers = numbers.map(|number| Cell::from(i64::from(number)));
        std::iter::once(Cell::from(day.date.clone()))
            .chain(numbers)
            .chain([seconds(day.average_wait_ms)])
            .collect()
    };
    Table {
        name: text("일별", "By day", lang),
        head: head(
            "날짜,요청,완료,놓침,15분 미만,15~30분,30분 넘음,응답 없음,평균 대기(초)",
            "Day,Requested,Completed,Missed,Under 15 min,15–30 min,Over 30 min,Unanswered,Average wait (s)",
            lang,
        ),
        rows: days.iter().map(row).collect(),
    }
}

fn of(rows: &[CaseRow], zone: &TimeZone) -> Figures {
    let cases: Vec<Case> = rows.iter().map(case).collect();
    stats::of(&cases, zone)
}

fn name(members: &[MemberRow], id: AccountId) -> String {
    let member = members.iter().find(|member| member.account == id);
    member.map(|member| member.name.clone()).unwrap_or_default()
}

async fn cases(hub: &Hub, caller: &Caller, period: &Period) -> Result<Vec<CaseRow>, Problem> {
    let (workspace, _) = caller.member()?;
    let mut check = Check::default();
    if period.until <= period.from || period.until.saturating_sub(period.from) > LONGEST_MS {
        check.wrong("/until", "90일 이하의 기간을 골라 주세요.", "Choose a period of at most 90 days.");
    }
    check.done()?;
    let bot: Option<BotId> = match &period.bot {
        Some(bot) => Some(own_bot(hub, caller, bot).await?),
        None => None,
    };
    let rows = hub.store.consultations(workspace, (period.from, period.until), bot, MAX_CASES + 1).await?;
    if rows.len() > MAX_CASES as usize {
        let mut check = Check::default();
        check.wrong(
            "/until",
            "상담이 너무 많아요. 더 짧은 기간을 골라 주세요.",
            "There are too many consultations; choose a shorter period.",
        );
        check.done()?;
    }
    Ok(rows)
}

fn case(row: &CaseRow) -> Case {
    Case {
        called: row.origin == "call",
        state: Stands::read(&row.state).unwrap_or(Stands::Bot),
        ignored: row.missed.as_deref() == Some("ignored"),
        lost: row.missed.as_deref().and_then(Lost::read),
        score: row.score,
        requested_at: row.requested_at,
        connected_at: row.connected_at,
        answered_at: row.answered_at,
        owner: row.owner.map(change::agent),
        transfers: row.transfers,
    }
}

fn scores(scores: Scores) -> ChatScores {
    ChatScores { answers: scores.answers(), average: scores.average(), counts: scores.counts }
}

fn bucket(it: Bucket) -> WaitBucket {
    WaitBucket {
        requested: it.requested,
        quick: it.quick,
        slow: it.slow,
        slowest: it.slowest,
        unanswered: it.unanswered,
    }
}

fn view(figures: Figures, members: &[MemberRow], dates: &[String]) -> ChatStats {
    let buckets = |all: Vec<Bucket>| all.into_iter().map(bucket).collect();
    let day = |date: &String| {
        let day = figures.days.get(date).copied().unwrap_or_else(Day::default);
        DayBucket {
            date: date.clone(),
            waits: bucket(day.waits),
            completed: day.completed,
            missed: day.missed,
            average_wait_ms: day.average_wait_ms(),
        }
    };
    let days = dates.iter().map(day).collect();
    ChatStats {
        requested: figures.requested,
        waiting: figures.waiting,
        connected: figures.connected,
        completed: figures.completed,
        missed: figures.missed,
        cancelled: figures.cancelled,
        left: figures.left,
        expired: figures.expired,
        ignored: figures.ignored,
        stepped_in: figures.stepped_in,
        average_wait_ms: figures.average_wait_ms,
        median_wait_ms: figures.median_wait_ms,
        p90_wait_ms: figures.p90_wait_ms,
        p95_wait_ms: figures.p95_wait_ms,
        longest_wait_ms: figures.longest_wait_ms,
        average_response_ms: figures.average_response_ms,
        median_response_ms: figures.median_response_ms,
        p90_response_ms: figures.p90_response_ms,
        scores: scores(figures.scores),
        rate: figures.rate,
        hours: buckets(figures.hours),
        weekdays: buckets(figures.weekdays),
        days,
        agents: figures
            .agents
            .into_iter()
            .map(|own| {
                let id = change::account(own.agent);
                AgentStats {
                    id,
                    name: name(members, id),
                    taken: own.taken,
                    answered: own.answered,
                    completed: own.completed,
                    transfers: own.transfers,
                    average_response_ms: own.average_response_ms,
                    scores: scores(own.scores),
                }
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_begins_at_midnight_where_the_team_is() {
        // 2026-11-28 00:30 in Seoul is still the 27th in London.
        let now_ms = 1_795_793_400_000;
        let seoul = TimeZone::get("Asia/Seoul").expect("a zone");
        let (today, yesterday, until) = days(now_ms, &seoul).expect("days");
        assert_eq!(
            (now_ms - today, today - yesterday, now_ms + 1 - until),
            (1_800_000, 86_400_000, 86_400_000)
        );
    }
}

//! Figures about consultations, and the consultations themselves as a file (spec live-chat.md, "Statistics").

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use livechat::{
    State as Stands,
    stats::{self, Bucket, Case, Figures},
};
use serde::{Deserialize, Serialize};
use store::{AccountId, BotId, CaseRow};
use utoipa::{IntoParams, ToSchema};

use super::chat_settings::own_bot;
use crate::{
    Hub,
    chat::{change, settings::team_of},
    http::{
        access::{Caller, Speaks},
        input::{Check, Params},
        problem::Problem,
    },
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
    /// Consultations that agents began by themselves; they are in no other figure but the agents'.
    stepped_in: u32,
    /// From the call until the first agent came, on average over those that one came to.
    #[schema(required)]
    average_wait_ms: Option<i64>,
    /// The wait that half of them did not exceed.
    #[schema(required)]
    median_wait_ms: Option<i64>,
    /// From the call until an agent first wrote, on average over those where one did.
    #[schema(required)]
    average_response_ms: Option<i64>,
    /// Completed by a thousand requested.
    #[schema(required)]
    rate: Option<u32>,
    /// By hour of the day in the team's zone, 24 of them.
    hours: Vec<WaitBucket>,
    /// By weekday, Monday first.
    weekdays: Vec<WaitBucket>,
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
    let team = team_of(hub.store.chat_settings(workspace, None).await?.0.as_deref());
    let cases: Vec<Case> = rows.iter().map(case).collect();
    let figures = stats::of(&cases, &team.hours.zone());
    let members = hub.store.members(workspace).await?;
    let name = |id: AccountId| {
        members
            .iter()
            .find(|member| member.account == id)
            .map(|member| member.name.clone())
            .unwrap_or_default()
    };
    Ok(axum::Json(view(figures, name)))
}

/// The consultations of a period as CSV with a byte order mark, which spreadsheets in Korea need; times in the team's zone.
#[utoipa::path(get, path = "/api/workspaces/{ws}/chat-stats/csv", operation_id = "downloadChatStats",
    tag = "chat-stats", params(Period), responses((status = 200, body = String, content_type = "text/csv")))]
pub async fn download(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    Params(period): Params<Period>,
) -> Result<Response, Problem> {
    let (workspace, _) = caller.member()?;
    let rows = cases(&hub, &caller, &period).await?;
    let team = team_of(hub.store.chat_settings(workspace, None).await?.0.as_deref());
    let members = hub.store.members(workspace).await?;
    let bots = hub.store.bots(workspace).await?;
    let head = engine::lang::Said::new(
        "요청 시각,챗봇,분류,시작,상태,놓친 이유,상담원,운영 시간,입장 시각,첫 응답 시각,끝난 시각,대기(초),위임",
        "Requested,Bot,Category,Begun by,State,Missed because,Agent,In hours,Agent came,First answer,Ended,Wait (s),Transfers",
    );
    let mut text = format!("\u{feff}{}\r\n", head.get(lang));
    for row in &rows {
        let at = |moment: Option<i64>| moment.map(|moment| team.hours.local(moment)).unwrap_or_default();
        let category: Vec<String> = serde_json::from_str(&row.category).unwrap_or_default();
        let cells = [
            at(Some(row.requested_at)),
            bots.iter().find(|bot| bot.id == row.bot).map(|bot| bot.title.clone()).unwrap_or_default(),
            category.join(" > "),
            row.origin.clone(),
            row.state.clone(),
            row.missed.clone().unwrap_or_default(),
            row.owner
                .and_then(|owner| members.iter().find(|member| member.account == owner))
                .map(|member| member.name.clone())
                .unwrap_or_default(),
            if row.in_hours { "O" } else { "X" }.to_owned(),
            at(row.connected_at),
            at(row.answered_at),
            at(row.ended_at),
            row.connected_at.map(|came| ((came - row.requested_at) / 1_000).to_string()).unwrap_or_default(),
            row.transfers.to_string(),
        ];
        text.push_str(&cells.map(|cell| cell_of(&cell)).join(","));
        text.push_str("\r\n");
    }
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"consultations.csv\"")),
    ];
    Ok((headers, text).into_response())
}

/// A cell, quoted where it must be. What a spreadsheet would take for a formula is made a text.
fn cell_of(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

async fn cases(hub: &Hub, caller: &Caller, period: &Period) -> Result<Vec<CaseRow>, Problem> {
    let (workspace, _) = caller.member()?;
    let mut check = Check::default();
    if period.until <= period.from || period.until - period.from > LONGEST_MS {
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
        requested_at: row.requested_at,
        connected_at: row.connected_at,
        answered_at: row.answered_at,
        owner: row.owner.map(change::agent),
        transfers: row.transfers,
    }
}

fn view(figures: Figures, name: impl Fn(AccountId) -> String) -> ChatStats {
    let buckets = |all: Vec<Bucket>| {
        all.into_iter()
            .map(|it| WaitBucket {
                requested: it.requested,
                quick: it.quick,
                slow: it.slow,
                slowest: it.slowest,
                unanswered: it.unanswered,
            })
            .collect()
    };
    ChatStats {
        requested: figures.requested,
        waiting: figures.waiting,
        connected: figures.connected,
        completed: figures.completed,
        missed: figures.missed,
        stepped_in: figures.stepped_in,
        average_wait_ms: figures.average_wait_ms,
        median_wait_ms: figures.median_wait_ms,
        average_response_ms: figures.average_response_ms,
        rate: figures.rate,
        hours: buckets(figures.hours),
        weekdays: buckets(figures.weekdays),
        agents: figures
            .agents
            .into_iter()
            .map(|own| {
                let id = change::account(own.agent);
                AgentStats {
                    id,
                    name: name(id),
                    taken: own.taken,
                    answered: own.answered,
                    completed: own.completed,
                    transfers: own.transfers,
                    average_response_ms: own.average_response_ms,
                }
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_a_text_and_no_formula() {
        for (text, cell) in [
            ("주문 > 취소", "주문 > 취소"),
            ("a,b", "\"a,b\""),
            ("그는 \"네\"라고", "\"그는 \"\"네\"\"라고\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+82", "'+82"),
            ("", ""),
        ] {
            assert_eq!(cell_of(text), cell);
        }
    }
}

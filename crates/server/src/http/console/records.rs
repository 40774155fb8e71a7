//! How a workspace's records are counted and how long they are kept (보관 기간).

use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::RecordSettings;
use utoipa::ToSchema;

use super::noting;
use crate::{
    Hub,
    http::{
        access::Caller,
        input::{Check, Json},
        problem::Problem,
    },
    insight::{keep, period},
};

/// Days that can be set.
const MAX_DAYS: i64 = 3_650;

/// How a workspace's records are counted and kept.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Records {
    /// The zone of days in statistics, by its IANA name.
    zone: String,
    /// Days for which messages are kept; null for as long as the workspace exists.
    #[schema(required)]
    messages_days: Option<i64>,
    /// Days for which traces of turns and the answers as they were sent are kept.
    traces_days: i64,
    /// Days for which the log of requests is kept.
    requests_days: i64,
}

/// What is to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordsChange {
    /// The zone of days in statistics, by its IANA name.
    zone: Option<String>,
    /// Days for which messages are kept; 0 for as long as the workspace exists.
    messages_days: Option<i64>,
    /// Days for which traces of turns are kept.
    traces_days: Option<i64>,
    /// Days for which the log of requests is kept.
    requests_days: Option<i64>,
}

/// How a workspace's records are counted and kept.
#[utoipa::path(get, path = "/api/workspaces/{ws}/records", operation_id = "getRecords", tag = "workspaces",
    responses((status = 200, body = Records)))]
pub async fn show(State(hub): State<Arc<Hub>>, caller: Caller) -> Result<axum::Json<Records>, Problem> {
    let (workspace, _) = caller.member()?;
    Ok(axum::Json(hub.store.record_settings(workspace).await?.into()))
}

/// Changes how a workspace's records are counted and kept. What is older than is kept goes within minutes, and for good.
#[utoipa::path(patch, path = "/api/workspaces/{ws}/records", operation_id = "changeRecords", tag = "workspaces",
    request_body = RecordsChange, responses((status = 200, body = Records)))]
pub async fn change(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Json(change): Json<RecordsChange>,
) -> Result<axum::Json<Records>, Problem> {
    let (workspace, _) = caller.member()?;
    let before = hub.store.record_settings(workspace).await?;
    let settings = RecordSettings {
        zone: change.zone.unwrap_or_else(|| before.zone.clone()),
        messages_days: change.messages_days.map_or(before.messages_days, |days| (days != 0).then_some(days)),
        traces_days: change.traces_days.unwrap_or(before.traces_days),
        requests_days: change.requests_days.unwrap_or(before.requests_days),
    };
    let mut check = Check::default();
    if period::zone(&settings.zone).is_none() {
        check.wrong(
            "/zone",
            "Asia/Seoul처럼 적어 주세요. 15분 단위로 어긋나는 시간대는 쓸 수 없어요.",
            "Name a zone such as Asia/Seoul; zones that differ by quarters of an hour cannot be used.",
        );
    }
    let days = [
        ("/messagesDays", settings.messages_days.unwrap_or(1)),
        ("/tracesDays", settings.traces_days),
        ("/requestsDays", settings.requests_days),
    ];
    for (pointer, days) in days {
        let most = if pointer == "/requestsDays" { 30 } else { MAX_DAYS };
        if !(1..=most).contains(&days) {
            check.wrong(
                pointer,
                format!("1일부터 {most}일까지 정할 수 있어요."),
                format!("From 1 to {most} days."),
            );
        }
    }
    if settings.messages_days.is_some_and(|days| days < settings.traces_days) {
        check.wrong(
            "/tracesDays",
            "추적 기록은 메시지보다 오래 보관할 수 없어요.",
            "Traces cannot be kept longer than messages.",
        );
    }
    check.done()?;
    if settings != before {
        let detail = format!(
            "{} {} {} {}",
            settings.zone,
            settings.messages_days.map_or_else(|| "∞".to_owned(), |days| days.to_string()),
            settings.traces_days,
            settings.requests_days
        );
        let store = noting(&hub, &caller, workspace, ("records.change", "", &detail));
        store.set_record_settings(workspace, &settings, hub.clock.now_ms()).await?;
        keep::begin_anew(&hub, workspace).await;
    }
    Ok(axum::Json(settings.into()))
}

impl From<RecordSettings> for Records {
    fn from(settings: RecordSettings) -> Self {
        Self {
            zone: settings.zone,
            messages_days: settings.messages_days,
            traces_days: settings.traces_days,
            requests_days: settings.requests_days,
        }
    }
}

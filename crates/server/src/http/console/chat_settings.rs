//! How a team works in the chat, and what each of its bots does otherwise.

use std::sync::Arc;

use axum::extract::State;
use livechat::{
    Overrides, Settings,
    assign::Assignment,
    close::AutoClose,
    hours::Hours,
    settings::{Labels, Panel},
};
use serde_json::Value;
use store::BotId;

use super::noting;
use crate::{
    Hub,
    chat::settings::{overrides_of, team_of},
    http::{
        access::Caller,
        input::{Check, Ids, Json},
        problem::{Problem, Thing},
    },
};

/// Consultations of an agent at most.
const MAX_OPEN: u32 = 100;
/// Minutes of silence at most: a month.
const MAX_MINUTES: u32 = 31 * 24 * 60;
/// Days that are otherwise.
const MAX_DAYS: usize = 400;
/// Labels of a kind, and characters of one.
const MAX_LABELS: usize = 300;
const MAX_LABEL: usize = 60;
/// Panels, characters of an address, bytes of HTML.
const MAX_PANELS: usize = 10;
const MAX_ADDRESS: usize = 1_000;
const MAX_HTML: usize = 16 * 1024;
/// Characters of a notice.
const MAX_NOTICE: usize = 1_000;

/// How the team works: `{assignment, hours, autoClose, completion, cancel, labels, suggest, panels}` (docs/live.md).
#[utoipa::path(get, path = "/api/workspaces/{ws}/chat-settings", operation_id = "getChatSettings", tag = "chat-settings",
    responses((status = 200, body = Object)))]
pub async fn show(State(hub): State<Arc<Hub>>, caller: Caller) -> Result<axum::Json<Settings>, Problem> {
    let (workspace, _) = caller.member()?;
    let (team, _) = hub.store.chat_settings(workspace, None).await?;
    Ok(axum::Json(team_of(team.as_deref())))
}

/// Sets how the team works; what is absent is as at the beginning.
#[utoipa::path(put, path = "/api/workspaces/{ws}/chat-settings", operation_id = "setChatSettings", tag = "chat-settings",
    request_body = Object, responses((status = 200, body = Object)))]
pub async fn set(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Json(body): Json<Value>,
) -> Result<axum::Json<Settings>, Problem> {
    let (workspace, _) = caller.member()?;
    let settings: Settings = read(body)?;
    let mut check = Check::default();
    check_parts(&mut check, Some(&settings.assignment), Some(&settings.hours), Some(&settings.auto_close));
    if settings.completion.flow_id.is_some() {
        check.wrong(
            "/completion/flowId",
            "플로우는 봇마다 정해 주세요.",
            "A flow is set per bot: bots have flows of their own.",
        );
    }
    check_labels(&mut check, &settings.labels);
    check_panels(&mut check, &settings.panels);
    if !settings.suggest.url.is_empty() && !is_address(&settings.suggest.url) {
        check.wrong("/suggest/url", "https:// 주소를 적어 주세요.", "Enter an https:// address.");
    }
    check.done()?;
    let only_assigned = Some(settings.assignment.only_assigned);
    save(&hub, &caller, (None, only_assigned), &settings).await?;
    crate::chat::assign::later(&hub, workspace);
    Ok(axum::Json(settings))
}

/// What a bot does otherwise; parts that are absent are the team's.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/chat-settings", operation_id = "getBotChatSettings",
    tag = "chat-settings", responses((status = 200, body = Object)))]
pub async fn show_of_bot(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<Overrides>, Problem> {
    let (workspace, _) = caller.member()?;
    let bot = own_bot(&hub, &caller, &bot).await?;
    let (_, own) = hub.store.chat_settings(workspace, Some(bot)).await?;
    Ok(axum::Json(overrides_of(own.as_deref())))
}

/// Sets what a bot does otherwise.
#[utoipa::path(put, path = "/api/workspaces/{ws}/bots/{bot}/chat-settings", operation_id = "setBotChatSettings",
    tag = "chat-settings", request_body = Object, responses((status = 200, body = Object)))]
pub async fn set_of_bot(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Json(body): Json<Value>,
) -> Result<axum::Json<Overrides>, Problem> {
    let (workspace, _) = caller.member()?;
    let bot = own_bot(&hub, &caller, &bot).await?;
    let overrides: Overrides = read(body)?;
    let mut check = Check::default();
    check_parts(
        &mut check,
        overrides.assignment.as_ref(),
        overrides.hours.as_ref(),
        overrides.auto_close.as_ref(),
    );
    check_panels(&mut check, overrides.panels.as_deref().unwrap_or_default());
    check.done()?;
    let only_assigned = overrides.assignment.as_ref().map(|assignment| assignment.only_assigned);
    save(&hub, &caller, (Some(bot), only_assigned), &overrides).await?;
    crate::chat::assign::later(&hub, workspace);
    Ok(axum::Json(overrides))
}

fn read<T: serde::de::DeserializeOwned>(body: Value) -> Result<T, Problem> {
    serde_json::from_value(body).map_err(|error| Problem::Malformed(error.to_string()))
}

async fn save<T: serde::Serialize>(
    hub: &Hub,
    caller: &Caller,
    (bot, only_assigned): (Option<BotId>, Option<bool>),
    settings: &T,
) -> Result<(), Problem> {
    let (workspace, _) = caller.member()?;
    let text = serde_json::to_string(settings).unwrap_or_default();
    let target = bot.map(|bot| bot.to_string()).unwrap_or_default();
    noting(hub, caller, workspace, ("chat.settings", &target, ""))
        .set_chat_settings(workspace, bot, (text, only_assigned), hub.clock.now_ms())
        .await?;
    hub.chats.settings.forget();
    // What consoles may see and choose from has changed.
    hub.live.signal(workspace, serde_json::json!({"type": "settings"}).to_string());
    Ok(())
}

/// A bot of the caller's workspace.
pub async fn own_bot(hub: &Hub, caller: &Caller, bot: &str) -> Result<BotId, Problem> {
    let (workspace, _) = caller.member()?;
    let missing = || Problem::Missing(Thing::Bot);
    let id: BotId = bot.parse().map_err(|_| missing())?;
    let row = hub.store.bot(id).await?.ok_or_else(missing)?;
    if row.workspace == workspace && row.deleted_at.is_none() { Ok(id) } else { Err(missing()) }
}

/// Is it an address that a server or a browser can be sent to?
fn is_address(text: &str) -> bool {
    let web = text.starts_with("https://") || text.starts_with("http://");
    web && text.chars().count() <= MAX_ADDRESS && !text.contains(char::is_whitespace)
}

fn check_labels(check: &mut Check, labels: &Labels) {
    let is_long = |text: &String| text.trim().is_empty() || text.chars().count() > MAX_LABEL;
    if labels.tags.len() > MAX_LABELS || labels.tags.iter().any(is_long) {
        check.wrong(
            "/labels/tags",
            format!("태그는 {MAX_LABELS}개, 하나에 {MAX_LABEL}자까지예요."),
            format!("There may be {MAX_LABELS} tags of {MAX_LABEL} characters."),
        );
    }
    let is_wrong = |levels: &Vec<String>| levels.is_empty() || levels.len() > 3 || levels.iter().any(is_long);
    if labels.categories.len() > MAX_LABELS || labels.categories.iter().any(is_wrong) {
        check.wrong(
            "/labels/categories",
            format!("분류는 {MAX_LABELS}개, 세 단계, 단계마다 {MAX_LABEL}자까지예요."),
            format!("There may be {MAX_LABELS} categories of up to three levels of {MAX_LABEL} characters."),
        );
    }
}

fn check_panels(check: &mut Check, panels: &[Panel]) {
    if panels.len() > MAX_PANELS {
        check.wrong(
            "/panels",
            format!("패널은 {MAX_PANELS}개까지 둘 수 있어요."),
            format!("There may be {MAX_PANELS} panels."),
        );
    }
    for (at, panel) in panels.iter().enumerate() {
        if panel.title.trim().is_empty() || panel.title.chars().count() > MAX_LABEL {
            check.wrong(
                &format!("/panels/{at}/title"),
                format!("제목을 {MAX_LABEL}자까지 적어 주세요."),
                format!("Enter a title of at most {MAX_LABEL} characters."),
            );
        }
        // What stands in braces is filled in later.
        let address = panel.url.split("{{").next().unwrap_or_default();
        match (panel.url.is_empty(), panel.html.trim().is_empty()) {
            (false, true) if is_address(address) && panel.url.chars().count() <= MAX_ADDRESS => {}
            (true, false) if panel.html.len() <= MAX_HTML => {}
            (false, _) => check.wrong(
                &format!("/panels/{at}/url"),
                "http:// 또는 https://로 시작하는 주소만 적어 주세요.",
                "Enter only an address that begins with http:// or https://.",
            ),
            (true, _) => check.wrong(
                &format!("/panels/{at}/html"),
                "주소나 16 KB까지의 HTML을 적어 주세요.",
                "Enter an address, or HTML of at most 16 KB.",
            ),
        }
    }
}

fn check_parts(
    check: &mut Check,
    assignment: Option<&Assignment>,
    hours: Option<&Hours>,
    auto_close: Option<&AutoClose>,
) {
    if assignment.is_some_and(|it| it.max == 0 || it.max > MAX_OPEN) {
        check.wrong(
            "/assignment/max",
            format!("1~{MAX_OPEN} 사이로 정해 주세요."),
            format!("Choose 1 to {MAX_OPEN}."),
        );
    }
    for (place, ko, en) in hours.map(Hours::complaints).unwrap_or_default() {
        check.wrong(&format!("/hours{place}"), ko, en);
    }
    if hours.is_some_and(|hours| hours.notice.chars().count() > MAX_NOTICE) {
        check.wrong(
            "/hours/notice",
            format!("{MAX_NOTICE}자까지 적을 수 있어요."),
            format!("Enter at most {MAX_NOTICE} characters."),
        );
    }
    if hours.is_some_and(|hours| hours.days.len() > MAX_DAYS) {
        check.wrong(
            "/hours/days",
            format!("날은 {MAX_DAYS}개까지 정할 수 있어요."),
            format!("There may be {MAX_DAYS} days."),
        );
    }
    if let Some(close) = auto_close {
        for (place, minutes) in
            [("waitingMinutes", close.waiting_minutes), ("connectedMinutes", close.connected_minutes)]
        {
            if minutes.is_some_and(|minutes| minutes == 0 || minutes > MAX_MINUTES) {
                check.wrong(
                    &format!("/autoClose/{place}"),
                    "1분 이상 31일 이하로 정해 주세요.",
                    "Choose 1 minute to 31 days.",
                );
            }
        }
        if close.message.chars().count() > MAX_NOTICE {
            check.wrong(
                "/autoClose/message",
                format!("{MAX_NOTICE}자까지 적을 수 있어요."),
                format!("Enter at most {MAX_NOTICE} characters."),
            );
        }
    }
}

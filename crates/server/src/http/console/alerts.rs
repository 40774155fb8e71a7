//! Alerts: a bot's rules, and the list that everybody in the workspace sees, each with their own mark of what they have
//! read.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use store::{AlertId, BotId, BotRow, RulesRow};
use url::Url;
use utoipa::{IntoParams, ToSchema};

use super::{insight, noting};
use crate::{
    Hub,
    http::{
        access::{Caller, Speaks},
        input::{Check, Ids, Json, Params},
        problem::Problem,
    },
    insight::{
        rules::{AlertRule, AlertRules, KeptRules, MAX_EMAILS, MAX_MINUTES},
        watch::{self, Told},
    },
    signing::Signing,
};

/// Which alerts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AlertPiece {
    /// Of this bot only.
    bot: Option<String>,
    /// `next` of the piece before.
    cursor: Option<String>,
    /// How many items, 100 at most.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// Alerts, and how many the caller has not read.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Alerts {
    /// The alerts of this piece, newest first.
    items: Vec<Alert>,
    /// What to give as `cursor` for the next piece; null where this was the last.
    #[schema(required)]
    next: Option<String>,
    /// How many of the workspace the caller has not read.
    unread: i64,
}

/// An alert.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Alert {
    /// Its id.
    #[schema(value_type = String)]
    id: AlertId,
    /// The bot.
    #[schema(value_type = String)]
    bot: BotId,
    /// What the bot is called.
    bot_title: String,
    /// `errors`, `slow`, `cuts` or `silent`.
    kind: String,
    /// When it was found.
    at: i64,
    /// When things were well again; null while they are not.
    #[schema(required)]
    ended_at: Option<i64>,
    /// How much was found, at most: turns, or hours of silence.
    amount: i64,
    /// … and how much was too much.
    threshold: i64,
    /// In how many minutes.
    minutes: i64,
    /// What it says, in the caller's language.
    text: String,
    /// Has the caller read it?
    read: bool,
    /// Letters that were sent.
    mailed: u32,
    /// Why letters could not be sent.
    #[schema(required)]
    mail_error: Option<String>,
    /// The webhook took it.
    hooked: bool,
    /// Why the webhook did not take it.
    #[schema(required)]
    hook_error: Option<String>,
}

/// Up to which alert the caller has read them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlertsRead {
    /// The newest alert that was read.
    #[schema(value_type = String)]
    up_to: AlertId,
}

/// What came of telling an alert that never was.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlertTried {
    /// Letters that were sent.
    mailed: u32,
    /// Why letters could not be sent.
    #[schema(required)]
    mail_error: Option<String>,
    /// The webhook took it.
    hooked: bool,
    /// Why the webhook did not take it.
    #[schema(required)]
    hook_error: Option<String>,
}

/// What a webhook is signed with.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlertSecret {
    /// As the Standard Webhooks convention writes it, `whsec_` and base64; null while no webhook was ever set.
    #[schema(required)]
    secret: Option<String>,
}

impl AlertSecret {
    fn of(signing: Option<&Signing>) -> Self {
        Self { secret: signing.map(|signing| signing.secret().to_owned()) }
    }
}

/// The alerts of a workspace, newest first.
#[utoipa::path(get, path = "/api/workspaces/{ws}/alerts", operation_id = "listAlerts", tag = "alerts", params(AlertPiece),
    responses((status = 200, body = Alerts)))]
pub async fn list(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    Params(which): Params<AlertPiece>,
) -> Result<axum::Json<Alerts>, Problem> {
    let (workspace, _) = caller.member()?;
    let limit = insight::piece(which.limit);
    let before = insight::cursor(which.cursor.as_deref())?;
    let bot = match which.bot.as_deref() {
        Some(bot) => Some(insight::bot_of(&hub, &caller, bot).await?.id),
        None => None,
    };
    let mut rows = hub.store.alerts(workspace, bot, before, limit + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    let account = caller.account.id;
    let read_up_to = hub.store.alerts_read_up_to(workspace, account).await?;
    let mut bots = hub.store.bots(workspace).await?;
    bots.extend(hub.store.deleted_bots(workspace).await?);
    let items = rows.into_iter().map(|row| {
        let told: Told = serde_json::from_str(&row.told).unwrap_or_default();
        Alert {
            bot_title: bots
                .iter()
                .find(|bot| bot.id == row.bot)
                .map_or_else(String::new, |bot| bot.title.clone()),
            text: watch::sentence(&row).get(lang).to_owned(),
            read: read_up_to.is_some_and(|up_to| row.id <= up_to),
            at: row.id.made_at(),
            id: row.id,
            bot: row.bot,
            kind: row.kind,
            ended_at: row.ended_at,
            amount: row.amount,
            threshold: row.threshold,
            minutes: row.minutes,
            mailed: told.mailed,
            mail_error: told.mail_error,
            hooked: told.hooked,
            hook_error: told.hook_error,
        }
    });
    let items = items.collect();
    let unread = hub.store.unread_alerts(workspace, account).await?;
    Ok(axum::Json(Alerts { items, next, unread }))
}

/// The caller has read all alerts up to this one.
#[utoipa::path(put, path = "/api/workspaces/{ws}/alerts/read", operation_id = "readAlerts", tag = "alerts",
    request_body = AlertsRead, responses((status = 204)))]
pub async fn read(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Json(read): Json<AlertsRead>,
) -> Result<StatusCode, Problem> {
    let (workspace, _) = caller.member()?;
    // An id says when it was made: alerts of the future are not read yet.
    let newest = AlertId::new(hub.clock.now_ms() + 1, 0);
    hub.store.read_alerts(workspace, caller.account.id, read.up_to.min(newest)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// When somebody is told about a bot.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/alert-rules", operation_id = "getAlertRules", tag = "alerts",
    responses((status = 200, body = AlertRules)))]
pub async fn rules(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<AlertRules>, Problem> {
    let bot = insight::bot_of(&hub, &caller, &bot).await?;
    Ok(axum::Json(watch::rules_of(&hub, bot.id).await?.rules))
}

/// Sets when somebody is told about a bot.
#[utoipa::path(put, path = "/api/workspaces/{ws}/bots/{bot}/alert-rules", operation_id = "setAlertRules", tag = "alerts",
    request_body = AlertRules, responses((status = 200, body = AlertRules)))]
pub async fn set_rules(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Json(rules): Json<AlertRules>,
) -> Result<axum::Json<AlertRules>, Problem> {
    let bot = insight::bot_of(&hub, &caller, &bot).await?;
    let rules = checked(rules)?;
    let signing = match watch::rules_of(&hub, bot.id).await?.signing {
        None if rules.webhook_url.is_some() => Some(Signing::new()?),
        kept => kept,
    };
    let kept = KeptRules { rules, signing };
    keep(&hub, &caller, &bot, &kept, "alerts.rules").await?;
    Ok(axum::Json(kept.rules))
}

/// What the webhook of a bot's alerts is signed with.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/alert-rules/secret", operation_id = "getAlertSecret",
    tag = "alerts", responses((status = 200, body = AlertSecret)))]
pub async fn secret(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<AlertSecret>, Problem> {
    let bot = insight::bot_of(&hub, &caller, &bot).await?;
    Ok(axum::Json(AlertSecret::of(watch::rules_of(&hub, bot.id).await?.signing.as_ref())))
}

/// Exchanges what the webhook of a bot's alerts is signed with. The one before signs too for another day.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/alert-rules/secret", operation_id = "renewAlertSecret",
    tag = "alerts", responses((status = 200, body = AlertSecret)))]
pub async fn renew_secret(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<AlertSecret>, Problem> {
    let bot = insight::bot_of(&hub, &caller, &bot).await?;
    let KeptRules { rules, signing } = watch::rules_of(&hub, bot.id).await?;
    let signing = match signing {
        Some(signing) => signing.renewed(hub.clock.now_ms())?,
        None => Signing::new()?,
    };
    let kept = KeptRules { rules, signing: Some(signing) };
    keep(&hub, &caller, &bot, &kept, "alerts.secret").await?;
    Ok(axum::Json(AlertSecret::of(kept.signing.as_ref())))
}

async fn keep(
    hub: &Hub,
    caller: &Caller,
    bot: &BotRow,
    kept: &KeptRules,
    action: &'static str,
) -> Result<(), Problem> {
    let row = RulesRow {
        bot: bot.id,
        workspace: bot.workspace,
        rules: serde_json::to_string(kept).unwrap_or_default(),
    };
    let store = noting(hub, caller, bot.workspace, (action, &bot.title, ""));
    store.set_alert_rules(row, hub.clock.now_ms()).await?;
    Ok(())
}

/// Tells an alert that never was, to see that mail and webhook arrive.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/alert-rules/try", operation_id = "tryAlert", tag = "alerts",
    responses((status = 200, body = AlertTried)))]
pub async fn try_out(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<AlertTried>, Problem> {
    let bot = insight::bot_of(&hub, &caller, &bot).await?;
    let rules = watch::rules_of(&hub, bot.id).await?;
    let alert = watch::rehearsal(&hub, bot.id, bot.workspace);
    let told = watch::tell(&hub, &bot, &rules, &alert, Told::default()).await;
    Ok(axum::Json(AlertTried {
        mailed: told.mailed,
        mail_error: told.mail_error,
        hooked: told.hooked,
        hook_error: told.hook_error,
    }))
}

fn checked(rules: AlertRules) -> Result<AlertRules, Problem> {
    let mut check = Check::default();
    for (name, rule) in [("errors", rules.errors), ("slow", rules.slow), ("cuts", rules.cuts)] {
        bounds(&mut check, name, rule);
    }
    if !(1..=720).contains(&rules.silent.hours) {
        check.wrong("/silent/hours", "1시간부터 720시간까지 정할 수 있어요.", "From 1 to 720 hours.");
    }
    if !["ko", "en"].contains(&rules.language.as_str()) {
        check.wrong("/language", "ko나 en 가운데 하나예요.", "Either ko or en.");
    }
    if rules.emails.len() > MAX_EMAILS {
        check.wrong(
            "/emails",
            format!("{MAX_EMAILS}개까지 적을 수 있어요."),
            format!("There may be {MAX_EMAILS}."),
        );
    }
    let mut emails: Vec<String> = Vec::new();
    for (at, email) in rules.emails.iter().take(MAX_EMAILS).enumerate() {
        let email = check.email(&format!("/emails/{at}"), email);
        if !emails.contains(&email) {
            emails.push(email);
        }
    }
    let webhook_url = rules.webhook_url.map(|url| url.trim().to_owned()).filter(|url| !url.is_empty());
    if let Some(url) = &webhook_url {
        let sound = url.len() <= 2_000
            && Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        if !sound {
            check.wrong(
                "/webhookUrl",
                "https://로 시작하는 주소를 적어 주세요.",
                "Enter an address that begins with https://.",
            );
        }
    }
    check.done()?;
    Ok(AlertRules { emails, webhook_url, ..rules })
}

fn bounds(check: &mut Check, name: &str, rule: AlertRule) {
    if !(1..=100_000).contains(&rule.count) {
        check.wrong(&format!("/{name}/count"), "1부터 100,000까지 정할 수 있어요.", "From 1 to 100,000.");
    }
    if !(1..=MAX_MINUTES).contains(&rule.minutes) {
        check.wrong(
            &format!("/{name}/minutes"),
            "1분부터 1,440분까지 정할 수 있어요.",
            "From 1 to 1,440 minutes.",
        );
    }
}

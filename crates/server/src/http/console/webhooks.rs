//! Webhooks of a bot: where its business is told what becomes of consultations, and what came of each try.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use store::{BotId, DeliveryId, DeliveryRow, WebhookId, WebhookRow};
use url::Url;
use utoipa::ToSchema;

use super::{List, chat_settings::own_bot, noting};
use crate::{
    Hub,
    http::{
        access::Caller,
        input::{Check, Ids, Json},
        problem::{Problem, Thing},
    },
    signing::Signing,
    webhooks::EVENTS,
};

/// Webhooks of one bot.
const MAX_WEBHOOKS: usize = 10;
/// Characters of an address.
const MAX_ADDRESS: usize = 2_000;
/// Tries that are shown.
const SHOWN_TRIES: u32 = 50;

/// A webhook.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    /// Its id.
    #[schema(value_type = String)]
    id: WebhookId,
    /// What people call it.
    name: String,
    /// Where it is posted to.
    url: String,
    /// Is it on?
    enabled: bool,
    /// The events that it gets.
    events: Vec<String>,
    /// Why it switched itself off: three tries within half an hour failed. Null where it did not.
    #[schema(required)]
    why: Option<String>,
    /// When what could not be delivered is tried again; null where nothing waits.
    #[schema(required)]
    again_at: Option<i64>,
}

/// A webhook to be.
#[derive(Debug, Deserialize, ToSchema)]
pub struct WebhookBody {
    /// What people call it.
    name: String,
    /// Where it is posted to: a public address.
    url: String,
    /// Is it on? One that switched itself off goes on where it was.
    enabled: bool,
    /// The events that it gets: `bot.conversation.agent_call_requested`, `…_connected`, `…_cancelled`, `…_disconnected`,
    /// `bot.conversation.agent_assigned`, `…_joined`, `…_left`, `…_transferred`.
    events: Vec<String>,
}

/// What deliveries are signed with.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookSecret {
    /// The secret, as Standard Webhooks has it: `whsec_…`.
    secret: String,
}

/// A try to deliver.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebhookTry {
    /// The delivery's id: `webhook-id` of its headers.
    #[schema(value_type = String)]
    id: DeliveryId,
    /// When.
    at: i64,
    /// How many events it had.
    events: i64,
    /// Why it failed; null where it was taken.
    #[schema(required)]
    error: Option<String>,
    /// How long it took.
    took_ms: i64,
}

impl From<WebhookRow> for Webhook {
    fn from(row: WebhookRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            url: row.url,
            enabled: row.enabled,
            events: serde_json::from_str(&row.events).unwrap_or_default(),
            why: row.why,
            again_at: (row.tries > 0 && row.enabled).then_some(row.due_at),
        }
    }
}

impl From<DeliveryRow> for WebhookTry {
    fn from(row: DeliveryRow) -> Self {
        let DeliveryRow { id, events, error, took_ms, .. } = row;
        Self { id, at: id.made_at(), events, error, took_ms }
    }
}

/// The webhooks of a bot.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/webhooks", operation_id = "listWebhooks", tag = "webhooks",
    responses((status = 200, body = List<Webhook>)))]
pub async fn list(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<List<Webhook>>, Problem> {
    let bot = own_bot(&hub, &caller, &bot).await?;
    let rows = hub.store.webhooks(bot).await?;
    Ok(axum::Json(List { items: rows.into_iter().map(Webhook::from).collect(), next: None }))
}

/// Adds one. It is told what happens from now on.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/webhooks", operation_id = "addWebhook", tag = "webhooks",
    request_body = WebhookBody, responses((status = 201, body = Webhook)))]
pub async fn add(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Json(body): Json<WebhookBody>,
) -> Result<(StatusCode, axum::Json<Webhook>), Problem> {
    let (workspace, _) = caller.member()?;
    let bot = own_bot(&hub, &caller, &bot).await?;
    let body = checked(&body)?;
    if hub.store.webhooks(bot).await?.len() >= MAX_WEBHOOKS {
        return Err(Problem::TooMany(MAX_WEBHOOKS as u32));
    }
    let now_ms = hub.clock.now_ms();
    let row = WebhookRow {
        id: WebhookId::new(now_ms, hub.die.roll_wide()),
        workspace,
        bot,
        name: body.name,
        url: body.url,
        enabled: body.enabled,
        events: text(&body.events),
        signing: text(&Signing::new()?),
        after_seq: 0,
        tries: 0,
        due_at: 0,
        why: None,
        created_at: now_ms,
    };
    noting(&hub, &caller, workspace, ("webhook.add", &row.name, &row.url)).add_webhook(row.clone()).await?;
    Ok((StatusCode::CREATED, axum::Json(row.into())))
}

/// Changes one. What could not be delivered is tried again at once.
#[utoipa::path(put, path = "/api/workspaces/{ws}/bots/{bot}/webhooks/{id}", operation_id = "changeWebhook",
    tag = "webhooks", request_body = WebhookBody, responses((status = 200, body = Webhook)))]
pub async fn change(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot, id)): Ids<(String, String, String)>,
    Json(body): Json<WebhookBody>,
) -> Result<axum::Json<Webhook>, Problem> {
    let known = one(&hub, &caller, &bot, &id).await?;
    let WebhookBody { name, url, enabled, events } = checked(&body)?;
    let row =
        WebhookRow { name, url, enabled, events: text(&events), tries: 0, due_at: 0, why: None, ..known };
    save(&hub, &caller, ("webhook.change", &row)).await?;
    Ok(axum::Json(row.into()))
}

/// Removes one.
#[utoipa::path(delete, path = "/api/workspaces/{ws}/bots/{bot}/webhooks/{id}", operation_id = "removeWebhook",
    tag = "webhooks", responses((status = 204)))]
pub async fn remove(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot, id)): Ids<(String, String, String)>,
) -> Result<StatusCode, Problem> {
    let known = one(&hub, &caller, &bot, &id).await?;
    noting(&hub, &caller, known.workspace, ("webhook.remove", &known.name, &known.url))
        .remove_webhook(known.workspace, known.id)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What deliveries are signed with.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/webhooks/{id}/secret", operation_id = "getWebhookSecret",
    tag = "webhooks", responses((status = 200, body = WebhookSecret)))]
pub async fn secret(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot, id)): Ids<(String, String, String)>,
) -> Result<axum::Json<WebhookSecret>, Problem> {
    let known = one(&hub, &caller, &bot, &id).await?;
    let secret = signing(&known).map(|signing| signing.secret().to_owned()).unwrap_or_default();
    Ok(axum::Json(WebhookSecret { secret }))
}

/// Exchanges the secret. The one before signs for another day.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/webhooks/{id}/secret",
    operation_id = "renewWebhookSecret", tag = "webhooks", responses((status = 200, body = WebhookSecret)))]
pub async fn renew(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot, id)): Ids<(String, String, String)>,
) -> Result<axum::Json<WebhookSecret>, Problem> {
    let known = one(&hub, &caller, &bot, &id).await?;
    let next = match signing(&known) {
        Some(signing) => signing.renewed(hub.clock.now_ms())?,
        None => Signing::new()?,
    };
    let row = WebhookRow { signing: text(&next), ..known };
    save(&hub, &caller, ("webhook.secret", &row)).await?;
    Ok(axum::Json(WebhookSecret { secret: next.secret().to_owned() }))
}

/// The newest tries to deliver, with why those failed that did.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/webhooks/{id}/tries", operation_id = "listWebhookTries",
    tag = "webhooks", responses((status = 200, body = List<WebhookTry>)))]
pub async fn tries(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot, id)): Ids<(String, String, String)>,
) -> Result<axum::Json<List<WebhookTry>>, Problem> {
    let known = one(&hub, &caller, &bot, &id).await?;
    let rows = hub.store.deliveries(known.id, SHOWN_TRIES).await?;
    Ok(axum::Json(List { items: rows.into_iter().map(WebhookTry::from).collect(), next: None }))
}

async fn one(hub: &Hub, caller: &Caller, bot: &str, id: &str) -> Result<WebhookRow, Problem> {
    let bot: BotId = own_bot(hub, caller, bot).await?;
    let missing = || Problem::Missing(Thing::Webhook);
    let id: WebhookId = id.parse().map_err(|_| missing())?;
    hub.store.webhooks(bot).await?.into_iter().find(|row| row.id == id).ok_or_else(missing)
}

async fn save(hub: &Hub, caller: &Caller, (action, row): (&'static str, &WebhookRow)) -> Result<(), Problem> {
    Ok(noting(hub, caller, row.workspace, (action, &row.name, &row.url)).change_webhook(row.clone()).await?)
}

fn signing(row: &WebhookRow) -> Option<Signing> {
    serde_json::from_str(&row.signing).ok()
}

fn text<T: Serialize>(value: &T) -> String {
    // Only maps with keys that are no strings fail to serialise; there are none.
    serde_json::to_string(value).unwrap_or_default()
}

fn checked(body: &WebhookBody) -> Result<WebhookBody, Problem> {
    let mut check = Check::default();
    let name = check.name("/name", &body.name);
    let url = body.url.trim().to_owned();
    let sound = url.len() <= MAX_ADDRESS
        && Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if !sound {
        check.wrong(
            "/url",
            "https://로 시작하는 주소를 적어 주세요.",
            "Enter an address that begins with https://.",
        );
    }
    let events: Vec<String> =
        EVENTS.iter().map(|(name, _)| (*name).to_owned()).filter(|name| body.events.contains(name)).collect();
    if events.is_empty() || events.len() != body.events.len() {
        check.wrong("/events", "알릴 일을 하나 이상 골라 주세요.", "Choose at least one of the events.");
    }
    check.done()?;
    Ok(WebhookBody { name, url, enabled: body.enabled, events })
}

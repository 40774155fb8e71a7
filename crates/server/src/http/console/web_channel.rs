//! The web chat of a bot, as its owner sets it up.

use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::WebChannelRow;
use utoipa::ToSchema;

use super::{chat_settings::own_bot, noting};
use crate::{
    Hub,
    http::{
        access::Caller,
        input::{Check, Ids, Json},
        problem::{Problem, Thing},
    },
    secret::{self, hex},
    webchat::{SECRET_BYTES, WebSettings},
};

/// Sites that may show it.
const MAX_ORIGINS: usize = 50;
/// Characters of an address.
const MAX_ADDRESS: usize = 500;

/// A bot's web chat.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebChannel {
    /// Is it on?
    enabled: bool,
    /// How it looks and whom it lets in.
    settings: WebSettings,
    /// The address of the chat as a page.
    page_url: String,
    /// The address of the script that puts it on a site.
    script_url: String,
    /// The page's address as a QR code: an SVG drawing.
    qr: String,
    /// Where sessions are begun and sockets are opened, without what follows.
    api_url: String,
}

/// A bot's web chat to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebChannelBody {
    /// Is it on?
    enabled: bool,
    /// How it looks and whom it lets in; what is absent is as at the beginning.
    #[serde(default)]
    settings: WebSettings,
}

/// What a site signs its users' keys with.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebSecret {
    /// The secret in hexadecimal; HMAC-SHA256 takes its bytes.
    secret: String,
}

/// A bot's web chat.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/web", operation_id = "getWebChannel", tag = "channels",
    responses((status = 200, body = WebChannel)))]
pub async fn show(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<WebChannel>, Problem> {
    let bot = own_bot(&hub, &caller, &bot).await?;
    let row = hub.store.web_channel(bot).await?.ok_or(Problem::Missing(Thing::Bot))?;
    Ok(axum::Json(view(&hub, &bot.to_string(), &row)))
}

/// Switches a bot's web chat on or off and says how it looks.
#[utoipa::path(put, path = "/api/workspaces/{ws}/bots/{bot}/web", operation_id = "setWebChannel", tag = "channels",
    request_body = WebChannelBody, responses((status = 200, body = WebChannel)))]
pub async fn set(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Json(body): Json<WebChannelBody>,
) -> Result<axum::Json<WebChannel>, Problem> {
    let (workspace, _) = caller.member()?;
    let bot = own_bot(&hub, &caller, &bot).await?;
    let settings = checked(body.settings)?;
    let known = hub.store.web_channel(bot).await?.ok_or(Problem::Missing(Thing::Bot))?;
    let secret =
        if known.secret.is_empty() { secret::bytes::<SECRET_BYTES>()?.to_vec() } else { known.secret };
    let row = WebChannelRow {
        workspace,
        bot_title: known.bot_title,
        enabled: body.enabled,
        settings: serde_json::to_string(&settings).unwrap_or_default(),
        secret,
        updated_at: hub.clock.now_ms(),
    };
    let detail = if body.enabled { "on" } else { "off" };
    noting(&hub, &caller, workspace, ("channel.web", &row.bot_title, detail))
        .set_web_channel(bot, row.clone())
        .await?;
    Ok(axum::Json(view(&hub, &bot.to_string(), &row)))
}

/// What the bot's site signs its users' keys with.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/web/secret", operation_id = "getWebSecret",
    tag = "channels", responses((status = 200, body = WebSecret)))]
pub async fn secret(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<WebSecret>, Problem> {
    let bot = own_bot(&hub, &caller, &bot).await?;
    let row = hub.store.web_channel(bot).await?.ok_or(Problem::Missing(Thing::Bot))?;
    Ok(axum::Json(WebSecret { secret: hex(&row.secret) }))
}

/// Exchanges the secret. Browsers begin as new visitors, and signatures that were made with the old one are void.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/web/secret", operation_id = "renewWebSecret",
    tag = "channels", responses((status = 200, body = WebSecret)))]
pub async fn renew(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<WebSecret>, Problem> {
    let (workspace, _) = caller.member()?;
    let bot = own_bot(&hub, &caller, &bot).await?;
    let known = hub.store.web_channel(bot).await?.ok_or(Problem::Missing(Thing::Bot))?;
    if known.secret.is_empty() {
        return Err(Problem::Missing(Thing::WebChannel));
    }
    let secret = secret::bytes::<SECRET_BYTES>()?.to_vec();
    noting(&hub, &caller, workspace, ("channel.web-secret", &known.bot_title, ""))
        .renew_web_secret(workspace, bot, secret.clone(), hub.clock.now_ms())
        .await?;
    Ok(axum::Json(WebSecret { secret: hex(&secret) }))
}

fn view(hub: &Hub, bot: &str, row: &WebChannelRow) -> WebChannel {
    let base = hub.config.public_url();
    WebChannel {
        enabled: row.enabled,
        settings: WebSettings::read(&row.settings),
        page_url: format!("{base}/webchat/{bot}"),
        qr: crate::totp::qr(&format!("{base}/webchat/{bot}")).unwrap_or_default(),
        script_url: format!("{base}/webchat.js?botId={bot}"),
        api_url: format!("{base}/webchat/{bot}"),
    }
}

fn checked(mut settings: WebSettings) -> Result<WebSettings, Problem> {
    let mut check = Check::default();
    if settings.title.chars().count() > 60 {
        check.wrong("/settings/title", "60자까지 적을 수 있어요.", "Enter at most 60 characters.");
    }
    check.text("/settings/description", &settings.description);
    check.text("/settings/greeting", &settings.greeting);
    for (place, icon) in [("icon", &mut settings.icon), ("buttonIcon", &mut settings.button_icon)] {
        icon.truncate(icon.trim_end().len());
        let is_address = icon.is_empty() || icon.starts_with("https://") || icon.starts_with("/media/");
        if !is_address || icon.len() > MAX_ADDRESS || icon.chars().any(char::is_whitespace) {
            check.wrong(
                &format!("/settings/{place}"),
                "https:// 주소를 적어 주세요.",
                "Enter an address with https://.",
            );
        }
    }
    let sizes = [
        ("buttonSize", settings.button_size, 40..=96),
        ("marginX", settings.margin_x, 0..=200),
        ("marginY", settings.margin_y, 0..=200),
    ];
    for (place, size, may) in sizes {
        if !may.contains(&size) {
            let (least, most) = (may.start(), may.end());
            check.wrong(
                &format!("/settings/{place}"),
                format!("{least}~{most} 사이의 숫자를 적어 주세요."),
                format!("Enter a number from {least} to {most}."),
            );
        }
    }
    let choices = [
        ("appearance", &settings.appearance, ["auto", "light", "dark"]),
        ("language", &settings.language, ["auto", "ko", "en"]),
    ];
    for (place, chosen, may) in choices {
        if !may.contains(&chosen.as_str()) {
            check.wrong(
                &format!("/settings/{place}"),
                format!("{} 중에서 골라 주세요.", may.join(", ")),
                format!("Choose one of {}.", may.join(", ")),
            );
        }
    }
    for (place, colour) in [("primaryColor", &settings.primary_color), ("textColor", &settings.text_color)] {
        let digits = colour.strip_prefix('#').unwrap_or_default();
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            check.wrong(&format!("/settings/{place}"), "#4F5BD5처럼 적어 주세요.", "Write it as #4F5BD5.");
        }
    }
    if !["right", "left", "top-right", "top-left"].contains(&settings.position.as_str()) {
        check.wrong(
            "/settings/position",
            "right, left, top-right, top-left 중에서 골라 주세요.",
            "Choose right, left, top-right or top-left.",
        );
    }
    for origin in &mut settings.origins {
        *origin = origin.trim().trim_end_matches('/').to_owned();
    }
    settings.origins.retain(|origin| !origin.is_empty());
    let is_origin = |origin: &String| {
        url::Url::parse(origin).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.origin().ascii_serialization() == origin.to_lowercase()
        })
    };
    if settings.origins.len() > MAX_ORIGINS || !settings.origins.iter().all(is_origin) {
        check.wrong(
            "/settings/origins",
            "https://shop.example.com처럼 적어 주세요. 50개까지예요.",
            "Write each as https://shop.example.com; there may be 50.",
        );
    }
    check.done()?;
    Ok(settings)
}

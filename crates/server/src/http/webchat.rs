//! Web chat: what pages call (docs/webchat.md). No cookie is read or set: a page proves who it is by its token.

mod files;
mod socket;
pub mod upload;

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    extract::{ConnectInfo, Path, Request, State, ws::WebSocketUpgrade},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use channels::web::{frame::ServerFrame, inbound};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::{BotId, WebChannelRow};

use super::access::address;
use crate::{
    Hub,
    webchat::{self, KeyRefused, Visitor, WebSettings},
};

/// Bytes of a call.
const MAX_BODY: usize = 64 * 1024;
/// Bytes of a socket's buffers: there may be ten thousand of them.
const SOCKET_BUFFER: usize = 4 * 1024;

/// The routes of web chat.
pub fn router(hub: &Arc<Hub>) -> Router<Arc<Hub>> {
    Router::new()
        .route("/webchat/{bot}/session", post(begin).options(preflight))
        .route("/webchat/{bot}/look", get(shown_to_site))
        .route("/webchat/{bot}/media", post(upload::upload).options(preflight))
        .route("/webchat/{bot}/socket", get(connect))
        .layer(from_fn_with_state(Arc::clone(hub), shared))
        .merge(files::router())
}

/// Whom a page says that it speaks for.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Begin {
    /// What an earlier session gave: the same visitor again.
    token: Option<String>,
    /// What the site calls its user.
    user_key: Option<String>,
    /// Its signature.
    signature: Option<String>,
    /// Params to be set with the first message.
    params: Map<String, Value>,
}

/// A session that was begun.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Begun {
    /// To be kept in the browser and sent with each hello.
    token: String,
    /// What the end user is called.
    user_key: String,
    /// Did the site name its user?
    anonymous: bool,
    /// How the chat looks.
    channel: Look,
}

/// How the chat looks.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Look {
    title: String,
    description: String,
    icon: String,
    greeting: String,
    primary_color: String,
    text_color: String,
    position: String,
    button_icon: String,
    button_size: u16,
    margin_x: u16,
    margin_y: u16,
    appearance: String,
    language: String,
}

/// What a page knows before anybody presses the button.
#[derive(Debug, Serialize)]
struct Shown {
    /// Is there a chat?
    enabled: bool,
    /// Sites that may show it; any where there are none.
    origins: Vec<String>,
    /// How it looks.
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<Look>,
}

/// Why a page is not served: status, stable name, in Korean, in English, milliseconds to wait.
struct Refusal(StatusCode, &'static str, &'static str, &'static str, Option<i64>);

const NO_BOT: Refusal = Refusal(
    StatusCode::NOT_FOUND,
    "no-such-bot",
    "찾을 수 없는 챗봇이에요. 주소를 확인해 주세요.",
    "There is no such bot; check the address.",
    None,
);
const OFF: Refusal = Refusal(
    StatusCode::FORBIDDEN,
    "off",
    "이 챗봇의 웹 채팅이 꺼져 있어요. 채널 설정에서 켤 수 있어요.",
    "The web chat of this bot is off; it is switched on in the bot's channel settings.",
    None,
);
const BAD_ORIGIN: Refusal = Refusal(
    StatusCode::FORBIDDEN,
    "origin",
    "이 사이트에서는 쓸 수 없는 채팅이에요. 채널 설정의 허용 사이트를 확인해 주세요.",
    "This site may not show the chat; see the allowed sites in its channel settings.",
    None,
);
const BAD_KEY: Refusal = Refusal(
    StatusCode::UNPROCESSABLE_ENTITY,
    "user-key",
    "userKey는 1~90자여야 하고 anon:으로 시작할 수 없어요.",
    "A userKey has 1 to 90 characters and does not begin with anon:.",
    None,
);
const UNSIGNED: Refusal = Refusal(
    StatusCode::FORBIDDEN,
    "unsigned-key",
    "userKey에 서명이 필요해요. 서버에서 signature를 만들어 함께 보내 주세요.",
    "A userKey must come with its signature, made on the site's server.",
    None,
);
const BAD_SIGNATURE: Refusal = Refusal(
    StatusCode::FORBIDDEN,
    "bad-signature",
    "userKey의 서명이 맞지 않아요. 채널 설정의 비밀 키로 다시 만들어 주세요.",
    "The signature does not fit the userKey; make it with the secret of the channel.",
    None,
);
const UNREADABLE: Refusal = Refusal(
    StatusCode::BAD_REQUEST,
    "unreadable",
    "읽을 수 없는 요청이에요. docs/webchat.md의 형식을 확인해 주세요.",
    "The request cannot be read; docs/webchat.md says what it looks like.",
    None,
);
const BUSY: Refusal = Refusal(
    StatusCode::SERVICE_UNAVAILABLE,
    "busy",
    "잠시 뒤에 다시 시도해 주세요.",
    "The server is busy; try again in a moment.",
    Some(1_000),
);

fn too_many(wait_ms: i64) -> Refusal {
    Refusal(
        StatusCode::TOO_MANY_REQUESTS,
        "too-many",
        "너무 자주 연결했어요. 잠시 뒤에 다시 시도해 주세요.",
        "Too many connections from here; try again in a moment.",
        Some(wait_ms),
    )
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(status, code, ko, en, retry_after_ms) = self;
        let body = ServerFrame::Error { id: None, code, ko, en, retry_after_ms }.text();
        let mut response =
            (status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response();
        if let Some(wait) = retry_after_ms {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from((wait + 999) / 1_000));
        }
        response
    }
}

/// Around all of it: pages of other sites may read the answers, where the channel lets them (that is checked per route), and
/// nobody's browser keeps them.
async fn shared(State(hub): State<Arc<Hub>>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let mut response = next.run(request).await;
    super::headers::secure(response.headers_mut(), hub.config.is_https());
    let headers = response.headers_mut();
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::VARY, HeaderValue::from_static("origin"));
        headers.insert(
            header::HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        );
    }
    response
}

/// What a browser asks before it lets a page of another site call.
async fn preflight() -> impl IntoResponse {
    (
        StatusCode::NO_CONTENT,
        [
            (header::ACCESS_CONTROL_ALLOW_METHODS, "POST"),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type"),
            (header::ACCESS_CONTROL_MAX_AGE, "600"),
        ],
    )
}

/// Begins a session: who are you, and may you?
async fn begin(
    State(hub): State<Arc<Hub>>,
    Path(bot): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let from = peer(&hub, &parts.extensions, &parts.headers);
    let now_ms = hub.clock.now_ms();
    if let Some(from) = from {
        hub.web_addresses.begin(from, hub.config.web.sessions_per_minute, now_ms).map_err(too_many)?;
    }
    let (id, channel, settings) = channel(&hub, &bot, &parts.headers).await?;
    let body = axum::body::to_bytes(body, MAX_BODY).await.map_err(|_| UNREADABLE)?;
    let begin: Begin = if body.is_empty() {
        Begin::default()
    } else {
        serde_json::from_slice(&body).map_err(|_| UNREADABLE)?
    };
    inbound::check_params(&begin.params).map_err(|_| UNREADABLE)?;
    let known =
        begin.token.as_deref().and_then(|token| webchat::read_token(&channel.secret, &bot, token, now_ms));
    let user_key = match (begin.user_key, known) {
        (Some(key), _) => {
            webchat::check_key(&settings, &channel.secret, &key, begin.signature.as_deref()).map_err(
                |refused| match refused {
                    KeyRefused::Malformed => BAD_KEY,
                    KeyRefused::Unsigned => UNSIGNED,
                    KeyRefused::BadSignature => BAD_SIGNATURE,
                },
            )?;
            key
        }
        // A token of a named user is no anonymous visitor's: without the name a new one begins.
        (None, Some(visitor)) if webchat::is_anonymous(&visitor.user_key) => visitor.user_key,
        (None, _) => webchat::anonymous(now_ms, hub.die.roll_wide()),
    };
    let visitor = Visitor { user_key: user_key.clone(), issued_at: now_ms };
    let begun = Begun {
        token: webchat::token(&channel.secret, &id.to_string(), &visitor),
        anonymous: webchat::is_anonymous(&user_key),
        user_key,
        channel: look(&channel, settings),
    };
    Ok(axum::Json(begun).into_response())
}

/// The socket of a page.
async fn connect(
    State(hub): State<Arc<Hub>>,
    Path(bot): Path<String>,
    headers: HeaderMap,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Refusal> {
    let (id, channel, _) = channel(&hub, &bot, &headers).await?;
    let page = match address(&hub, Some(peer.ip()), &headers) {
        Some(from) => {
            Some(hub.web_addresses.open(from, hub.config.web.pages_per_address).ok_or(too_many(10_000))?)
        }
        None => None,
    };
    if hub.stopping() {
        return Err(BUSY);
    }
    let upgrade = upgrade
        .read_buffer_size(SOCKET_BUFFER)
        .write_buffer_size(0)
        .max_write_buffer_size(256 * 1024)
        .max_message_size(inbound::MAX_FRAME)
        .max_frame_size(inbound::MAX_FRAME);
    Ok(upgrade.on_upgrade(move |socket| async move {
        let _page = page;
        socket::serve(&hub, id, channel.secret, socket).await;
    }))
}

/// The bot's channel, if it is on and this page may show it.
async fn channel(
    hub: &Hub,
    bot: &str,
    headers: &HeaderMap,
) -> Result<(BotId, WebChannelRow, WebSettings), Refusal> {
    let id: BotId = bot.parse().map_err(|_| NO_BOT)?;
    let channel = hub.store.web_channel(id).await.map_err(|error| {
        tracing::error!(%error, "the store did not answer a page");
        BUSY
    })?;
    let channel = channel.ok_or(NO_BOT)?;
    if !channel.enabled {
        return Err(OFF);
    }
    let settings = WebSettings::read(&channel.settings);
    // A program that is no browser sends no origin; it proves who it is like all others.
    if let Some(origin) = headers.get(header::ORIGIN) {
        let origin = origin.to_str().unwrap_or_default();
        let own = match headers.get(header::HOST).and_then(|host| host.to_str().ok()) {
            Some(host)
                if origin.split_once("://").is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(host)) =>
            {
                origin.to_owned()
            }
            _ => hub.config.public_url(),
        };
        if !settings.admits(origin, &own) {
            return Err(BAD_ORIGIN);
        }
    }
    Ok((id, channel, settings))
}

/// Is there a chat, and how does it look? For the button, before anybody presses it.
async fn shown(hub: &Hub, bot: &str) -> Shown {
    let channel = match bot.parse() {
        Ok(id) => hub.store.web_channel(id).await.unwrap_or_else(|error| {
            tracing::error!(%error, "the store did not answer a page");
            None
        }),
        Err(_) => None,
    };
    match channel.filter(|channel| channel.enabled) {
        Some(channel) => {
            let settings = WebSettings::read(&channel.settings);
            let origins = settings.origins.clone();
            Shown { enabled: true, origins, channel: Some(look(&channel, settings)) }
        }
        None => Shown { enabled: false, origins: Vec::new(), channel: None },
    }
}

async fn shown_to_site(State(hub): State<Arc<Hub>>, Path(bot): Path<String>) -> impl IntoResponse {
    axum::Json(shown(&hub, &bot).await)
}

fn look(channel: &WebChannelRow, settings: WebSettings) -> Look {
    Look {
        title: if settings.title.trim().is_empty() { channel.bot_title.clone() } else { settings.title },
        description: settings.description,
        icon: settings.icon,
        greeting: settings.greeting,
        primary_color: settings.primary_color,
        text_color: settings.text_color,
        position: settings.position,
        button_icon: settings.button_icon,
        button_size: settings.button_size,
        margin_x: settings.margin_x,
        margin_y: settings.margin_y,
        appearance: settings.appearance,
        language: settings.language,
    }
}

fn peer(hub: &Hub, extensions: &axum::http::Extensions, headers: &HeaderMap) -> Option<std::net::IpAddr> {
    address(hub, extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip()), headers)
}

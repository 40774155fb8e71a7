//! Where relays of ConsultationTalk call (spec consulttalk.md, sections 2 and 5 to 7).
//!
//! What comes is written down and answered; all else happens afterwards (`consulttalk::hooks`). No relay signs its calls, so
//! the address is a secret, callers can be limited to the relay's own addresses, and what names another sender is refused.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    extract::{ConnectInfo, Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use channels::consulttalk::{self, Relay, facts};
use serde_json::{Map, Value, json};
use store::{ConsultChannelRow, HookId, HookRow};

use super::{access::address, input};
use crate::{
    Hub,
    consulttalk::{ConsultSettings, hooks},
};

/// Bytes of a hook. Texts of some thousand letters come in a file of their own.
const MAX_BODY: usize = 1024 * 1024;
/// Headers that a relay's hook is read by.
const MAX_HEADERS: usize = 16;
/// Letters of one.
const MAX_HEADER: usize = 256;
/// Letters of what a relay calls a customer.
const MAX_USER_KEY: usize = 200;

/// The routes of ConsultationTalk.
pub fn router() -> Router<Arc<Hub>> {
    Router::new().route("/consulttalk/{door}/{*hook}", post(told).get(about))
}

/// For people who open the address in a browser.
async fn about() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        "이 주소는 상담톡 딜러사가 메시지를 보내는 수신 주소예요. 딜러사의 수신 도메인으로 등록하세요.\n\
         This is where a ConsultationTalk dealer delivers messages. Register it as the receive domain.\n",
    )
}

/// A relay tells something.
async fn told(
    State(hub): State<Arc<Hub>>,
    Path((door, hook)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let channel = match hub.store.consult_channel_behind(&door).await {
        Ok(Some(channel)) => channel,
        Ok(None) => {
            return refused(
                StatusCode::NOT_FOUND,
                "no-such-channel",
                "수신 주소가 맞지 않아요. 상담톡 채널 설정의 주소를 확인해 주세요.",
                "There is no channel behind this address; see the channel's settings.",
            );
        }
        Err(error) => {
            tracing::error!(%error, "a relay could not be heard: the database does not answer");
            return refused(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "잠시 뒤에 다시 보내 주세요.",
                "Send it again in a moment.",
            );
        }
    };
    let settings = ConsultSettings::read(&channel.settings);
    if !settings.admits(address(&hub, peer, &parts.headers)) {
        tracing::warn!(bot.id = %channel.bot, peer = ?peer, "an address that is not among the relay's called");
        return refused(
            StatusCode::FORBIDDEN,
            "address",
            "허용되지 않은 주소에서 온 요청이에요. 상담톡 채널 설정의 허용 IP를 확인해 주세요.",
            "This address may not call; see the channel's settings.",
        );
    }
    let Some(relay) = Relay::read(&channel.relay).filter(|_| channel.enabled) else {
        // Whoever repeats it finds the channel switched on, perhaps.
        return refused(
            StatusCode::SERVICE_UNAVAILABLE,
            "off",
            "이 챗봇의 상담톡이 꺼져 있어요.",
            "The ConsultationTalk of this bot is off.",
        );
    };
    let Ok(body) = input::bytes(body, MAX_BODY).await else {
        return refused(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "너무 커요.", "This is too large.");
    };
    match keep(&hub, &channel, relay, &hook, &parts.headers, body.to_vec()).await {
        Ok(()) => ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], facts(relay).acknowledgement)
            .into_response(),
        Err(answer) => answer,
    }
}

async fn keep(
    hub: &Arc<Hub>,
    channel: &ConsultChannelRow,
    relay: Relay,
    hook: &str,
    headers: &HeaderMap,
    body: Vec<u8>,
) -> Result<(), Response> {
    let kept: Map<String, Value> = headers
        .iter()
        .filter(|(name, value)| name.as_str().starts_with("x-") && value.len() <= MAX_HEADER)
        .take(MAX_HEADERS)
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), json!(value.to_str().ok()?))))
        .collect();
    let header = |name: &str| headers.get(name)?.to_str().ok().map(str::to_owned);
    let read = consulttalk::read(relay, hook, &header, &body);
    if read.sender_key.as_ref().is_some_and(|key| *key != channel.sender_key) {
        tracing::warn!(bot.id = %channel.bot, hook, "a relay's call names another sender");
        return Err(refused(
            StatusCode::FORBIDDEN,
            "sender",
            "다른 발신프로필의 요청이에요. 상담톡 채널 설정의 발신프로필 키를 확인해 주세요.",
            "This is for another sender profile; see the channel's settings.",
        ));
    }
    let now_ms = hub.clock.now_ms();
    let user_key: String = read.user_key.unwrap_or_default().chars().take(MAX_USER_KEY).collect();
    let row = HookRow {
        id: HookId::new(now_ms, crate::consulttalk::in_turn(&hub.die)),
        bot: channel.bot,
        user_key: user_key.clone(),
        hook: hook.chars().take(MAX_HEADER).collect(),
        headers: Value::Object(kept).to_string(),
        body,
        owner: hub.owner,
        tries: 0,
        next_at: now_ms + hooks::OURS_MS,
    };
    if let Err(error) = hub.store.add_consult_hook(row).await {
        tracing::error!(%error, "what a relay told could not be written down; it was told so");
        return Err(refused(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            "잠시 뒤에 다시 보내 주세요.",
            "Send it again in a moment.",
        ));
    }
    hooks::wake(hub, channel.bot, &user_key);
    Ok(())
}

fn refused(status: StatusCode, code: &str, ko: &str, en: &str) -> Response {
    (status, axum::Json(json!({"code": code, "message": ko, "messageEn": en}))).into_response()
}

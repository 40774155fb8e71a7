//! Pictures that visitors and agents send: drawn anew before they are kept, so that what is sent on is a picture and nothing
//! else.

use std::sync::Arc;

use axum::{
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use store::{NewMedia, WorkspaceId};

use super::{BUSY, Refusal, channel, peer, too_many};
use crate::{
    Hub,
    http::{input, problem::Problem},
    picture,
    secret::hex,
    webchat,
};

/// Pictures that visitors have sent into one workspace's chats. Bots and agents have room beside them.
const MAX_SENT: i64 = 5_000;
/// … that one visitor has: nobody fills the workspace alone.
const MAX_OF_ONE: i64 = 100;
/// Pictures and documents of one workspace, whoever brought them.
const MAX_ALL: i64 = 20_000;

/// A picture that was taken.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Taken {
    /// Its address on this server, to be named in a message.
    pub url: String,
    /// Its media type.
    pub content_type: &'static str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

const NOT_A_PICTURE: Refusal = Refusal(
    StatusCode::UNPROCESSABLE_ENTITY,
    "not-a-picture",
    "사진을 읽을 수 없어요. 10 MB 이하의 JPG, PNG, GIF, BMP 파일을 보내 주세요.",
    "The picture cannot be read. Send a JPG, PNG, GIF or BMP of at most 10 MB.",
    None,
);
const FULL: Refusal = Refusal(
    StatusCode::CONFLICT,
    "full",
    "지금은 사진을 더 보낼 수 없어요.",
    "No more pictures can be sent now.",
    None,
);
const NO_TOKEN: Refusal =
    Refusal(StatusCode::UNAUTHORIZED, "token", "세션을 먼저 시작해 주세요.", "Begin a session first.", None);

/// Takes a picture of a visitor: its bytes, with `Authorization: Bearer <token>`.
pub(super) async fn upload(
    State(hub): State<Arc<Hub>>,
    Path(bot): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let now_ms = hub.clock.now_ms();
    if let Some(from) = peer(&hub, &parts.extensions, &parts.headers) {
        hub.web_addresses.begin(from, hub.config.web.sessions_per_minute, now_ms).map_err(too_many)?;
    }
    let (id, channel, _) = channel(&hub, &bot, &parts.headers).await?;
    let token = bearer(&parts.headers).ok_or(NO_TOKEN)?;
    let visitor = webchat::read_token(&channel.secret, &bot, token, now_ms).ok_or(NO_TOKEN)?;
    hub.web_visitors.take(id, &visitor.user_key, now_ms).map_err(too_many)?;
    let file = input::bytes(body, picture::MAX_MEDIA_BYTES).await.map_err(|_| NOT_A_PICTURE)?;
    let sender = format!("{id} {}", visitor.user_key);
    match keep(&hub, channel.workspace, file.into(), Some(sender)).await {
        Ok(taken) => Ok((StatusCode::CREATED, axum::Json(taken)).into_response()),
        Err(Problem::NotMedia) => Err(NOT_A_PICTURE),
        Err(Problem::TooMany(_)) => Err(FULL),
        Err(_) => Err(BUSY),
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}

/// Is there room for what agents send?
pub async fn room_for_agents(hub: &Hub, workspace: WorkspaceId) -> Result<(), Problem> {
    if hub.store.media_count(workspace).await? >= MAX_ALL {
        return Err(Problem::TooMany(MAX_ALL as u32));
    }
    Ok(())
}

/// Draws a picture anew and keeps it. `sender` is the visitor; nobody where an agent sends it.
pub async fn keep(
    hub: &Hub,
    workspace: WorkspaceId,
    file: Vec<u8>,
    sender: Option<String>,
) -> Result<Taken, Problem> {
    match &sender {
        // Before anything is drawn: who may not send costs nothing.
        Some(sender) => {
            let (sent, own) = hub.store.media_sent(workspace, sender).await?;
            if sent >= MAX_SENT || own >= MAX_OF_ONE {
                return Err(Problem::TooMany(MAX_OF_ONE as u32));
            }
        }
        None => room_for_agents(hub, workspace).await?,
    }
    let drawn = hub.people.pictures.media(file).await.map_err(|error| {
        tracing::debug!(%error, "a picture in a chat was refused");
        Problem::NotMedia
    })?;
    let ending = drawn.ending();
    let picture::Drawn { hash, kind, width, height, bytes } = drawn;
    let url = format!("/media/{}.{ending}", hex(&hash));
    let media = NewMedia { hash, workspace, kind, width, height, bytes, sender };
    hub.store.add_media(media, hub.clock.now_ms()).await?;
    Ok(Taken { url, content_type: kind, width, height })
}

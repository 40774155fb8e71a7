//! Pictures that bots show: uploaded in the editor, fetched by KakaoTalk and by browsers; and the documents of agents, fetched
//! in the same way.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use serde::Serialize;
use store::NewMedia;
use utoipa::ToSchema;

use super::{bots, pictures::PictureBytes};
use crate::{
    Hub, document,
    http::{
        access::{Caller, From},
        input::{self, Ids},
        problem::{Problem, Thing},
    },
    picture,
    secret::{self, Token},
};

/// Pictures of one workspace: some gigabytes.
const MAX_MEDIA: u32 = 10_000;

/// A picture that was uploaded.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Uploaded {
    /// Where it is, for everyone; never another picture.
    url: String,
    /// Its media type: `image/jpeg`, `image/png` where something is transparent, or `image/gif` where it moves.
    content_type: &'static str,
    /// In pixels.
    width: u32,
    /// In pixels.
    height: u32,
    /// In bytes.
    size: usize,
}

/// Uploads a picture for a bot to show: the bytes of a JPEG, PNG, GIF or BMP of at most 10 MB. It is drawn anew, 1,024 pixels
/// at its longer side, without what else stood in the file; a moving picture goes on moving unless it is very long.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/media", operation_id = "addMedia", tag = "editor",
    request_body(content = PictureBytes, content_type = "application/octet-stream"),
    responses((status = 201, body = Uploaded)))]
pub async fn add(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    from: From,
    Ids((_, bot)): Ids<(String, String)>,
    request: Request,
) -> Result<impl IntoResponse, Problem> {
    let workspace = bots::workspace_of(&hub, &caller, &bot).await?;
    let file = input::bytes(request.into_body(), picture::MAX_MEDIA_BYTES).await?;
    let drawn = hub.people.pictures.media(file.into()).await.map_err(|error| {
        tracing::debug!(%error, "a picture for a bot was refused");
        Problem::NotMedia
    })?;
    if hub.store.media_count(workspace).await? >= i64::from(MAX_MEDIA) {
        return Err(Problem::TooMany(MAX_MEDIA));
    }
    let ending = drawn.ending();
    let picture::Drawn { hash, kind, width, height, bytes } = drawn;
    let url = format!("{}/media/{}.{ending}", from.base, secret::hex(&hash));
    let uploaded = Uploaded { url, content_type: kind, width, height, size: bytes.len() };
    let media = NewMedia { hash, workspace, kind, width, height, bytes, sender: None };
    hub.store.add_media(media, hub.clock.now_ms()).await?;
    Ok((StatusCode::CREATED, axum::Json(uploaded)))
}

/// A picture that a bot shows, or a document that an agent has sent. Whoever knows its name may have it, on any page: KakaoTalk
/// fetches pictures from here.
#[utoipa::path(get, path = "/media/{name}", operation_id = "getMedia", tag = "editor",
    responses((status = 200, content((PictureBytes = "image/png"), (PictureBytes = "image/jpeg"), (PictureBytes = "image/gif")))))]
pub async fn show(State(hub): State<Arc<Hub>>, Ids(name): Ids<String>) -> Result<impl IntoResponse, Problem> {
    let missing = || Problem::Missing(Thing::Picture);
    let (hash, ending) = name.split_once('.').ok_or_else(missing)?;
    // A hash is as long as a token and written alike.
    let hash = Token::read(hash).ok_or_else(missing)?.into_bytes();
    let media = hub.store.media(hash).await?.ok_or_else(missing)?;
    let (kind, shown) = match (ending, media.kind.as_str()) {
        ("png", "image/png") => ("image/png", "inline"),
        ("gif", "image/gif") => ("image/gif", "inline"),
        ("jpg", "image/jpeg") => ("image/jpeg", "inline"),
        // A document is kept by whoever gets it and never opened beside our pages.
        _ => match document::kind_of(ending) {
            Some(kind) if kind == media.kind => (kind, "attachment"),
            _ => return Err(missing()),
        },
    };
    Ok((
        [
            (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
            (header::CONTENT_DISPOSITION, HeaderValue::from_static(shown)),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
            (
                header::HeaderName::from_static("cross-origin-resource-policy"),
                HeaderValue::from_static("cross-origin"),
            ),
        ],
        media.bytes,
    ))
}

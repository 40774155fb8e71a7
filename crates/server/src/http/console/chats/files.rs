//! Documents that agents send: checked, kept, and named in a message as a link.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::StatusCode,
};
use serde::{Deserialize, Serialize};
use store::NewMedia;
use utoipa::{IntoParams, ToSchema};

use super::{super::pictures::PictureBytes, row};
use crate::{
    Hub, document,
    http::{
        access::{Caller, From},
        input::{self, Check, Ids, Params},
        problem::Problem,
        webchat::upload,
    },
    secret::{hash, hex},
};

/// Characters of a document's name.
const MAX_NAME: usize = 120;

/// What it is called.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Named {
    /// The file's name, whose ending says what it is.
    name: String,
}

/// A document to be sent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChatFile {
    /// Its address, to be named in a message: `{type: media, media: {contentType: link, uri, altText: name}}`.
    url: String,
    /// Its name.
    name: String,
    /// Its media type.
    content_type: &'static str,
    /// In bytes.
    size: usize,
}

/// Takes a document to be sent: the bytes of a PDF, DOC, DOCX, XLS, XLSX, PPT or PPTX of at most 10 MB, without macros.
#[utoipa::path(post, path = "/api/workspaces/{ws}/chats/{chat}/files", operation_id = "addChatFile", tag = "chats",
    params(Named), request_body(content = PictureBytes, content_type = "application/octet-stream"),
    responses((status = 201, body = ChatFile)))]
pub async fn add(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    from: From,
    Ids((_, chat)): Ids<(String, String)>,
    Params(Named { name }): Params<Named>,
    request: Request,
) -> Result<(StatusCode, axum::Json<ChatFile>), Problem> {
    let (workspace, _) = caller.member()?;
    let mut check = Check::default();
    let name = name.trim().to_owned();
    if name.is_empty()
        || name.chars().count() > MAX_NAME
        || name.contains(['/', '\\'])
        || name.contains(char::is_control)
    {
        check.wrong(
            "/name",
            format!("파일 이름은 {MAX_NAME}자까지예요."),
            format!("A file's name has at most {MAX_NAME} characters."),
        );
    }
    check.done()?;
    row(&hub, &caller, &chat).await?;
    let file = input::bytes(request.into_body(), document::MAX_BYTES).await?;
    let (named, bytes) = (name.clone(), Vec::from(file));
    let checked = tokio::task::spawn_blocking(move || {
        let kind = document::check(&named, &bytes);
        kind.map(|kind| (kind, hash(&bytes), bytes))
    });
    let ((ending, kind), hash, bytes) =
        checked.await.map_err(|_| Problem::Internal)?.ok_or(Problem::NotDocument)?;
    upload::room_for_agents(&hub, workspace).await?;
    let url = format!("{}/media/{}.{ending}", from.base, hex(&hash));
    let made = ChatFile { url, name, content_type: kind, size: bytes.len() };
    let media = NewMedia { hash, workspace, kind, width: 0, height: 0, bytes, sender: None };
    hub.store.add_media(media, hub.clock.now_ms()).await?;
    Ok((StatusCode::CREATED, axum::Json(made)))
}

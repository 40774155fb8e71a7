//! Pictures of people and workspaces, under a name that changes with their bytes.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::IntoResponse,
};
use utoipa::ToSchema;

use crate::{
    Hub,
    http::{
        input::Ids,
        problem::{Problem, Thing},
    },
    secret::Token,
};

/// The bytes of a picture.
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct PictureBytes(#[expect(dead_code, reason = "it stands for bytes in the document")] Vec<u8>);

/// A picture. Whoever knows the name may see it: invitations show one to people without an account.
#[utoipa::path(get, path = "/api/pictures/{hash}", operation_id = "getPicture", tag = "workspaces",
    responses((status = 200, content((PictureBytes = "image/png"), (PictureBytes = "image/jpeg")))))]
pub async fn show(State(hub): State<Arc<Hub>>, Ids(hash): Ids<String>) -> Result<impl IntoResponse, Problem> {
    let missing = || Problem::Missing(Thing::Picture);
    // A hash is as long as a token and written alike.
    let hash = Token::read(&hash).ok_or_else(missing)?.into_bytes();
    let picture = hub.store.picture(hash).await?.ok_or_else(missing)?;
    let kind = HeaderValue::from_str(&picture.kind).map_err(|_| missing())?;
    Ok((
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        ],
        picture.bytes,
    ))
}

//! Browsers to which an agent wants news while their console is closed.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use base64::{
    Engine as _,
    engine::{GeneralPurpose, general_purpose::URL_SAFE_NO_PAD},
};
use serde::{Deserialize, Serialize};
use store::NewWebPushDevice;
use utoipa::ToSchema;

use crate::{
    Hub,
    http::{
        access::Caller,
        input::{Check, Json},
        problem::Problem,
    },
    webpush,
};

/// Characters of an address.
const MAX_ENDPOINT: usize = 2_000;
/// What browsers write their keys in.
const CODING: GeneralPurpose = URL_SAFE_NO_PAD;

/// What a browser needs to ask its maker for an address.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebPush {
    /// `applicationServerKey`: a point of P-256 in base64url.
    key: String,
}

/// What the browser got.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebPushDevice {
    /// Where news is posted to: an `https` address of the browser's maker.
    endpoint: String,
    /// The browser's key (`p256dh`): a point of P-256 in base64url.
    p256dh: String,
    /// The browser's secret (`auth`): 16 bytes in base64url.
    auth: String,
    /// What it is told in: `ko` or `en`.
    language: String,
}

/// The browser that wants no news any more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebPushGone {
    /// Its address.
    endpoint: String,
}

/// The key that news is signed with.
#[utoipa::path(get, path = "/api/workspaces/{ws}/agents/me/push", operation_id = "showWebPush", tag = "agents",
    responses((status = 200, body = WebPush)))]
pub async fn show(State(hub): State<Arc<Hub>>, caller: Caller) -> Result<axum::Json<WebPush>, Problem> {
    caller.member()?;
    Ok(axum::Json(WebPush { key: webpush::public_key(&hub).await? }))
}

/// This browser is told what the caller wants to know, for as long as they are signed in there and their console is closed.
#[utoipa::path(put, path = "/api/workspaces/{ws}/agents/me/push", operation_id = "addWebPushDevice", tag = "agents",
    request_body = WebPushDevice, responses((status = 204)))]
pub async fn add(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Json(body): Json<WebPushDevice>,
) -> Result<StatusCode, Problem> {
    let (workspace, _) = caller.member()?;
    let mut check = Check::default();
    if body.endpoint.len() > MAX_ENDPOINT || !webpush::is_endpoint(&body.endpoint) {
        check.wrong("/endpoint", "https 주소여야 해요.", "An https address.");
    }
    let public_key = CODING.decode(&body.p256dh).unwrap_or_default();
    if public_key.len() != webpush::POINT || public_key.first() != Some(&4) {
        check.wrong("/p256dh", "브라우저가 준 65바이트 키여야 해요.", "The browser's key of 65 bytes.");
    }
    let auth = CODING.decode(&body.auth).unwrap_or_default();
    if auth.len() != webpush::AUTH {
        check.wrong("/auth", "브라우저가 준 16바이트 값이어야 해요.", "The browser's secret of 16 bytes.");
    }
    if !matches!(body.language.as_str(), "ko" | "en") {
        check.wrong("/language", "ko나 en이어야 해요.", "ko or en.");
    }
    check.done()?;
    // Only agents are told; whoever looks at the chat is one.
    hub.store.ensure_agent(workspace, caller.account.id).await?;
    hub.store
        .add_web_push_device(NewWebPushDevice {
            workspace,
            device: webpush::device(&body.endpoint),
            account: caller.account.id,
            sign_in: caller.sign_in,
            endpoint: body.endpoint,
            public_key,
            auth,
            language: body.language,
            created_at: hub.clock.now_ms(),
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// This browser is told nothing any more.
#[utoipa::path(delete, path = "/api/workspaces/{ws}/agents/me/push", operation_id = "removeWebPushDevice", tag = "agents",
    request_body = WebPushGone, responses((status = 204)))]
pub async fn remove(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Json(body): Json<WebPushGone>,
) -> Result<StatusCode, Problem> {
    let (workspace, _) = caller.member()?;
    let device = webpush::device(&body.endpoint);
    hub.store.remove_web_push_device(workspace, device, Some(caller.account.id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

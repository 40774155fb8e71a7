//! The demo: coming in without an account, and taking it away.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};

use super::{Me, me_of};
use crate::{
    Hub, demo,
    http::{
        access::{Caller, From},
        cookie,
        problem::{Problem, Thing},
    },
    people,
};

/// What the account of the demo may do there: all that makes no other way in.
const ROLE: &str = "editor";

/// Comes in to look around, where the server shows a demo and the call comes from the same machine.
#[utoipa::path(post, path = "/api/demo", operation_id = "enterDemo", tag = "session",
    responses((status = 200, body = Me)))]
pub async fn enter(
    State(hub): State<Arc<Hub>>,
    from: From,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    let missing = Problem::Missing(Thing::Demo);
    if !is_here(&from, &headers) {
        return Err(missing);
    }
    let Some(demo) = demo::find(&hub).await? else { return Err(missing) };
    // Somebody may have left the demo's workspace by its own door.
    hub.store.add_member(demo.workspace, demo.account, ROLE, hub.clock.now_ms()).await?;
    let token = people::sign_in(&hub, demo.account, &from.user_agent, from.address).await?;
    let me = me_of(&hub, demo.account).await?;
    Ok(([(header::SET_COOKIE, cookie::set(&hub, &token))], axum::Json(me)))
}

/// Takes the demo away, with its bots and all that was said to them.
#[utoipa::path(delete, path = "/api/workspaces/{ws}/demo", operation_id = "removeDemo", tag = "workspaces",
    responses((status = 204)))]
pub async fn remove(State(hub): State<Arc<Hub>>, caller: Caller) -> Result<StatusCode, Problem> {
    let (workspace, _) = caller.member()?;
    let demo = hub.store.demo().await?.filter(|demo| demo.workspace == workspace);
    let demo = demo.ok_or(Problem::Missing(Thing::Demo))?;
    if hub.store.remove_demo(demo).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::Missing(Thing::Demo))
    }
}

/// Does the call come from this machine? A proxy beside us that forwards the world's calls also comes from here, so the
/// name by which the server was called must be this machine's own: that also bars pages whose name was bent to here.
fn is_here(from: &From, headers: &HeaderMap) -> bool {
    let near = from.address.is_some_and(|address| address.to_canonical().is_loopback());
    let named = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = match named.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => named,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    let own = name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    near && own && !headers.contains_key("x-forwarded-for") && !headers.contains_key(header::FORWARDED)
}

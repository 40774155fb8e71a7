//! The first start: is there an owner, and who becomes it.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Language, Me, me_of};
use crate::{
    Hub, demo,
    http::{
        access::{From, MaybeCaller, Role},
        cookie,
        input::{Check, Json},
        problem::Problem,
    },
    mailer, people,
};

/// What a page must know before anyone is signed in.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "four questions that have nothing to do with each other")]
pub struct StateOfServer {
    /// There is no account yet.
    setup: bool,
    /// The caller is signed in.
    signed_in: bool,
    /// There is a demo to look around in, without an account.
    demo: bool,
    /// The version of the server.
    version: &'static str,
    /// Can the server send mail?
    mail: bool,
}

/// Who becomes the owner.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewOwner {
    /// Where mail goes.
    email: String,
    /// Ten characters or more.
    password: String,
    /// What the person is called.
    name: String,
    /// What the workspace is called.
    workspace: String,
    /// The language of their console.
    language: Language,
}

/// What a page must know before anyone is signed in.
#[utoipa::path(get, path = "/api/state", operation_id = "getState", tag = "session",
    responses((status = 200, body = StateOfServer)))]
pub async fn state(
    State(hub): State<Arc<Hub>>,
    MaybeCaller(caller): MaybeCaller,
) -> Result<axum::Json<StateOfServer>, Problem> {
    Ok(axum::Json(StateOfServer {
        setup: !hub.store.any_account().await?,
        signed_in: caller.is_some(),
        demo: demo::find(&hub).await?.is_some(),
        version: env!("CARGO_PKG_VERSION"),
        mail: mailer::is_set_up(&hub).await,
    }))
}

/// Makes the first account, owner of the server's workspace, and signs it in.
#[utoipa::path(post, path = "/api/setup", operation_id = "setUp", tag = "session", request_body = NewOwner,
    responses((status = 201, body = Me)))]
pub async fn begin(
    State(hub): State<Arc<Hub>>,
    from: From,
    Json(owner): Json<NewOwner>,
) -> Result<impl IntoResponse, Problem> {
    let mut check = Check::default();
    let email = check.email("/email", &owner.email);
    check.password("/password", &owner.password, &email);
    let name = check.name("/name", &owner.name);
    let workspace = check.name("/workspace", &owner.workspace);
    check.done()?;
    let person = people::NewPerson {
        email: &email,
        password: &owner.password,
        name: &name,
        language: owner.language.lang(),
    };
    let (account, _) = people::set_up(&hub, person, &workspace).await?;
    if let Some(demo) = hub.store.demo().await? {
        // The owner finds the demo again beside their own workspace, and may take it away.
        hub.store.add_member(demo.workspace, account, Role::Owner.name(), hub.clock.now_ms()).await?;
    }
    let token = people::sign_in(&hub, account, &from.user_agent, from.address).await?;
    let me = me_of(&hub, account).await?;
    Ok((StatusCode::CREATED, [(header::SET_COOKIE, cookie::set(&hub, &token))], axum::Json(me)))
}

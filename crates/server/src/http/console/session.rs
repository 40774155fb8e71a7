//! Signing in and out, and setting a forgotten password anew.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use store::{AccountRow, SignInId};
use utoipa::ToSchema;

use super::{List, Me, me_of};
use crate::{
    Hub,
    attempts::Key,
    http::{
        access::{Caller, From},
        cookie,
        input::{Check, Ids, Json},
        problem::{Problem, Thing},
    },
    mailer::{self, Letter},
    people, secret,
    secret::Token,
    totp,
};

/// What one signs in with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Credentials {
    /// The account's address.
    email: String,
    /// Its password.
    password: String,
    /// A one-time code or a recovery code, where codes are on.
    code: Option<String>,
}

/// Where one is signed in.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    /// Its id.
    #[schema(value_type = String)]
    id: SignInId,
    /// When it was made.
    created_at: i64,
    /// When someone last came with it.
    last_seen_at: i64,
    /// What the browser calls itself.
    user_agent: String,
    /// Where it last came from.
    address: String,
    /// Is it the caller's own?
    current: bool,
}

/// Whose password was forgotten.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Forgotten {
    /// The account's address.
    email: String,
}

/// A new password by a link.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reset {
    /// The token of the link.
    token: String,
    /// The new password.
    password: String,
}

/// Signs in.
#[utoipa::path(post, path = "/api/session", operation_id = "signIn", tag = "session", request_body = Credentials,
    responses((status = 200, body = Me)))]
pub async fn sign_in(
    State(hub): State<Arc<Hub>>,
    from: From,
    Json(credentials): Json<Credentials>,
) -> Result<impl IntoResponse, Problem> {
    let (account, keys) =
        people::prove(&hub, &credentials.email, &credentials.password, from.address).await?;
    if let Some(secret) = &account.totp_secret {
        let Some(code) = credentials.code.as_deref().filter(|code| !code.trim().is_empty()) else {
            // The password is right; asking for the code is no failure.
            hub.people.attempts.take_back(&keys);
            return Err(Problem::CodeNeeded);
        };
        if !takes_code(&hub, &account, secret, code).await? {
            return Err(Problem::WrongCode);
        }
    }
    hub.people.attempts.succeed(&keys);
    let token = people::sign_in(&hub, account.id, &from.user_agent, from.address).await?;
    let me = me_of(&hub, account.id).await?;
    Ok(([(header::SET_COOKIE, cookie::set(&hub, &token))], axum::Json(me)))
}

/// Is this a code of now, or a recovery code? Each counts once.
async fn takes_code(hub: &Hub, account: &AccountRow, secret: &[u8], code: &str) -> Result<bool, Problem> {
    match totp::step_of(secret, code, hub.clock.now_ms()) {
        Some(step) => Ok(hub.store.use_totp_step(account.id, step).await?),
        None => Ok(hub.store.use_recovery_code(account.id, secret::recovery_hash(code)).await?),
    }
}

/// Signs out here.
#[utoipa::path(delete, path = "/api/session", operation_id = "signOut", tag = "session", responses((status = 204)))]
pub async fn sign_out(State(hub): State<Arc<Hub>>, caller: Caller) -> Result<impl IntoResponse, Problem> {
    hub.store.end_sign_in(caller.account.id, caller.sign_in).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie::clear(&hub))]))
}

/// Where one is signed in, last seen first.
#[utoipa::path(get, path = "/api/sessions", operation_id = "listSessions", tag = "session",
    responses((status = 200, body = List<SignIn>)))]
pub async fn list(State(hub): State<Arc<Hub>>, caller: Caller) -> Result<axum::Json<List<SignIn>>, Problem> {
    let rows = hub.store.sign_ins(caller.account.id, hub.clock.now_ms()).await?;
    let items = rows.into_iter().map(|row| SignIn {
        id: row.id,
        created_at: row.created_at,
        last_seen_at: row.last_seen_at,
        user_agent: row.user_agent,
        address: row.address,
        current: row.id == caller.sign_in,
    });
    Ok(axum::Json(List { items: items.collect(), next: None }))
}

/// Signs out everywhere but here.
#[utoipa::path(delete, path = "/api/sessions", operation_id = "endOtherSessions", tag = "session",
    responses((status = 204)))]
pub async fn end_others(State(hub): State<Arc<Hub>>, caller: Caller) -> Result<StatusCode, Problem> {
    hub.store.end_other_sign_ins(caller.account.id, caller.sign_in).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Signs out in one place.
#[utoipa::path(delete, path = "/api/sessions/{id}", operation_id = "endSession", tag = "session",
    responses((status = 204)))]
pub async fn end(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<StatusCode, Problem> {
    let missing = Problem::Missing(Thing::Session);
    let Ok(id) = id.parse() else { return Err(missing) };
    if hub.store.end_sign_in(caller.account.id, id).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(missing)
    }
}

/// Sends a link for a new password, if there is such an account. The answer does not say whether there is.
#[utoipa::path(post, path = "/api/password/forgot", operation_id = "forgotPassword", tag = "session",
    request_body = Forgotten, responses((status = 202)))]
pub async fn forgot(
    State(hub): State<Arc<Hub>>,
    from: From,
    Json(forgotten): Json<Forgotten>,
) -> Result<StatusCode, Problem> {
    let Some(email) = people::clean_email(&forgotten.email) else { return Ok(StatusCode::ACCEPTED) };
    // Counted apart from sign-ins: who asks for a link must not lock the account's password.
    let keys: Vec<Key> = [Key::Account(format!("reset {email}"))]
        .into_iter()
        .chain(from.address.map(Key::of_address))
        .collect();
    let now_ms = hub.clock.now_ms();
    hub.people.attempts.begin(&keys, now_ms).map_err(Problem::TooManyAttempts)?;
    // In a task of its own, so that the time says nothing about whether there is such an account.
    tokio::spawn(async move {
        let Ok(Some(account)) = hub.store.account_by_email(&email).await else { return };
        if !mailer::is_set_up(&hub).await {
            tracing::info!(
                "somebody has forgotten their password, and no mail server is connected: closer user reset makes a link"
            );
            return;
        }
        let Some(workspace) = mailer::own_workspace(&hub).await else { return };
        match people::reset_link(&hub, account.id).await {
            Ok(link) => {
                let lang = super::Language::read(&account.language).lang();
                mailer::send(&hub, workspace, &account.email, &Letter::Reset { link: &link }, lang).await;
            }
            Err(error) => tracing::error!(%error, "a link for a new password could not be made"),
        }
    });
    Ok(StatusCode::ACCEPTED)
}

/// Sets a new password by a link; all sign-ins of the account end.
#[utoipa::path(post, path = "/api/password/reset", operation_id = "resetPassword", tag = "session",
    request_body = Reset, responses((status = 204)))]
pub async fn reset(
    State(hub): State<Arc<Hub>>,
    from: From,
    Json(reset): Json<Reset>,
) -> Result<StatusCode, Problem> {
    let mut check = Check::default();
    check.password("/password", &reset.password, "");
    check.done()?;
    let token = Token::read(&reset.token).ok_or(Problem::LinkEnded)?;
    let keys: Vec<Key> = from.address.map(Key::of_address).into_iter().collect();
    let now_ms = hub.clock.now_ms();
    hub.people.attempts.begin(&keys, now_ms).map_err(Problem::TooManyAttempts)?;
    let hash = hub.people.passwords.hash(&reset.password).await.map_err(people::PeopleError::from)?;
    if !hub.store.use_reset(token.hash(), &hash, now_ms).await? {
        return Err(Problem::LinkEnded);
    }
    hub.people.attempts.succeed(&keys);
    Ok(StatusCode::NO_CONTENT)
}

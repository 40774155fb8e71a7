//! One's own account: name, picture, language, theme, password, one-time codes.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::StatusCode,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Language, Me, PictureAt, Theme, me_of, picture_url, pictures::PictureBytes};
use crate::{
    Hub,
    http::{
        access::{Caller, From},
        input::{self, Check, Json},
        problem::{FieldError, Problem},
    },
    people::{self, PeopleError},
    picture, secret, totp,
};

/// How many recovery codes one is given.
const RECOVERY_CODES: usize = 10;

/// What is to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeChange {
    /// What the person is called.
    name: Option<String>,
    /// The language of their console.
    language: Option<Language>,
    /// How it looks.
    theme: Option<Theme>,
}

/// The password that is and the one that is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasswordChange {
    /// The password that is.
    current: String,
    /// The one that is to be.
    next: String,
}

/// A proof that it is really the account's owner who sits there.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasswordProof {
    /// The account's password.
    password: String,
}

/// A code that an authenticator shows.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CodeProof {
    /// Six digits.
    code: String,
}

/// What an authenticator must know.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TotpProposal {
    /// To be typed.
    secret: String,
    /// To be opened on the phone.
    uri: String,
    /// To be read by the phone's camera: an SVG drawing.
    qr: String,
}

/// Codes for the day when the phone is lost.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecoveryCodes {
    /// Each works once; they are never shown again.
    recovery_codes: Vec<String>,
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/me", operation_id = "getMe", tag = "me", responses((status = 200, body = Me)))]
pub async fn show(State(hub): State<Arc<Hub>>, caller: Caller) -> Result<axum::Json<Me>, Problem> {
    me_of(&hub, caller.account.id).await.map(axum::Json)
}

/// Changes name, language or theme.
#[utoipa::path(patch, path = "/api/me", operation_id = "changeMe", tag = "me", request_body = MeChange,
    responses((status = 200, body = Me)))]
pub async fn change(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Json(change): Json<MeChange>,
) -> Result<axum::Json<Me>, Problem> {
    let account = &caller.account;
    let mut check = Check::default();
    let name = change.name.map_or_else(|| account.name.clone(), |name| check.name("/name", &name));
    check.done()?;
    let language = change.language.unwrap_or_else(|| Language::read(&account.language)).name();
    let theme = change.theme.unwrap_or_else(|| Theme::read(&account.theme)).name();
    hub.store.set_profile(account.id, (&name, language, theme), hub.clock.now_ms()).await?;
    me_of(&hub, account.id).await.map(axum::Json)
}

/// Sets one's picture: the bytes of a PNG, JPEG, WebP or GIF.
#[utoipa::path(put, path = "/api/me/picture", operation_id = "setMyPicture", tag = "me",
    request_body(content = PictureBytes, content_type = "application/octet-stream"),
    responses((status = 200, body = PictureAt)))]
pub async fn set_picture(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    request: Request,
) -> Result<axum::Json<PictureAt>, Problem> {
    let small = picture_of(&hub, request).await?;
    let picture = Some(picture_url(small.hash));
    hub.store.set_account_picture(caller.account.id, Some(small), hub.clock.now_ms()).await?;
    Ok(axum::Json(PictureAt { picture }))
}

/// A small picture of what was sent.
pub(super) async fn picture_of(hub: &Hub, request: Request) -> Result<store::NewPicture, Problem> {
    let file = input::bytes(request.into_body(), picture::MAX_BYTES).await?;
    hub.people.pictures.shrink(file.into()).await.map_err(|error| {
        tracing::debug!(%error, "a picture was refused");
        Problem::NotAPicture
    })
}

/// Removes one's picture.
#[utoipa::path(delete, path = "/api/me/picture", operation_id = "removeMyPicture", tag = "me",
    responses((status = 200, body = PictureAt)))]
pub async fn remove_picture(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
) -> Result<axum::Json<PictureAt>, Problem> {
    hub.store.set_account_picture(caller.account.id, None, hub.clock.now_ms()).await?;
    Ok(axum::Json(PictureAt { picture: None }))
}

/// Sets a new password; all other sign-ins end.
#[utoipa::path(post, path = "/api/me/password", operation_id = "changePassword", tag = "me",
    request_body = PasswordChange, responses((status = 204)))]
pub async fn set_password(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    from: From,
    Json(change): Json<PasswordChange>,
) -> Result<StatusCode, Problem> {
    let mut check = Check::default();
    check.password("/next", &change.next, &caller.account.email);
    check.done()?;
    prove(&hub, &caller, &from, "/current", &change.current).await?;
    let hash = hub.people.passwords.hash(&change.next).await.map_err(PeopleError::from)?;
    let now_ms = hub.clock.now_ms();
    hub.store.set_password(caller.account.id, &hash, Some(caller.sign_in), now_ms).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Begins with one-time codes: a secret for the authenticator. Codes are asked for once one has proved that it arrived.
#[utoipa::path(post, path = "/api/me/totp", operation_id = "beginTotp", tag = "me", request_body = PasswordProof,
    responses((status = 200, body = TotpProposal)))]
pub async fn begin_totp(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    from: From,
    Json(proof): Json<PasswordProof>,
) -> Result<axum::Json<TotpProposal>, Problem> {
    if caller.account.totp_secret.is_some() {
        return Err(Problem::CodesOn);
    }
    prove(&hub, &caller, &from, "/password", &proof.password).await?;
    let secret: [u8; totp::SECRET] = secret::bytes()?;
    hub.store.propose_totp(caller.account.id, &secret).await?;
    let uri = totp::uri(&secret, &caller.account.email);
    let qr = totp::qr(&uri).unwrap_or_default();
    Ok(axum::Json(TotpProposal { secret: totp::shown(&secret), uri, qr }))
}

/// Switches one-time codes on, with the first of them. Recovery codes are shown once.
#[utoipa::path(put, path = "/api/me/totp", operation_id = "confirmTotp", tag = "me", request_body = CodeProof,
    responses((status = 200, body = RecoveryCodes)))]
pub async fn confirm_totp(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Json(proof): Json<CodeProof>,
) -> Result<axum::Json<RecoveryCodes>, Problem> {
    let Some(pending) = &caller.account.totp_pending else { return Err(Problem::CodesNotBegun) };
    let now_ms = hub.clock.now_ms();
    let Some(step) = totp::step_of(pending, &proof.code, now_ms) else {
        return Err(Problem::Invalid(vec![FieldError {
            pointer: "/code".to_owned(),
            said: engine::lang::Said::new(
                "코드가 맞지 않아요. 휴대폰의 시간이 맞는지 보고 새 코드를 입력해 주세요.",
                "The code is wrong. Check the phone's clock and enter a new code.",
            ),
        }]));
    };
    let codes = (0..RECOVERY_CODES).map(|_| secret::recovery_code()).collect::<Result<Vec<_>, _>>()?;
    let hashes: Vec<[u8; 32]> = codes.iter().map(|code| secret::recovery_hash(code)).collect();
    hub.store.confirm_totp(caller.account.id, step, &hashes, now_ms).await?;
    Ok(axum::Json(RecoveryCodes { recovery_codes: codes }))
}

/// Switches one-time codes off.
#[utoipa::path(delete, path = "/api/me/totp", operation_id = "removeTotp", tag = "me", request_body = PasswordProof,
    responses((status = 204)))]
pub async fn remove_totp(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    from: From,
    Json(proof): Json<PasswordProof>,
) -> Result<StatusCode, Problem> {
    prove(&hub, &caller, &from, "/password", &proof.password).await?;
    hub.store.remove_totp(caller.account.id, hub.clock.now_ms()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Is this really the caller? A wrong password is a mistake in a field here: they stay signed in.
async fn prove(
    hub: &Hub,
    caller: &Caller,
    from: &From,
    pointer: &str,
    password: &str,
) -> Result<(), Problem> {
    match people::prove(hub, &caller.account.email, password, from.address).await {
        Ok((_, keys)) => {
            hub.people.attempts.succeed(&keys);
            Ok(())
        }
        Err(PeopleError::Wrong) => Err(Problem::Invalid(vec![FieldError {
            pointer: pointer.to_owned(),
            said: engine::lang::Said::new("비밀번호가 맞지 않아요.", "The password is wrong."),
        }])),
        Err(error) => Err(error.into()),
    }
}

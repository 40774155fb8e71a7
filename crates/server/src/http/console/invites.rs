//! Invitations: by whom, for whom, and what happens when their link is opened.

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use store::{AuditId, CommitError, InviteId, InviteRow, NewAudit, NewInvite, Opened, StoreError};
use utoipa::ToSchema;

use super::{Language, List, Me, me_of, noting, picture_url};
use crate::{
    Hub,
    http::{
        access::{Caller, From, MaybeCaller, Role},
        cookie,
        input::{Check, Ids, Json},
        problem::{Problem, Thing},
    },
    mailer::{self, Letter},
    people,
    secret::Token,
};

/// How long a link is good.
const GOOD_MS: i64 = 7 * 86_400_000;
/// Addresses at once.
const MAX_AT_ONCE: usize = 20;
/// Pending invitations of one workspace.
const MAX_PENDING: usize = 500;

/// An invitation that waits.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Invite {
    /// Its id.
    #[schema(value_type = String)]
    id: InviteId,
    /// Who is invited.
    email: String,
    /// As what.
    role: Role,
    /// When it was made.
    created_at: i64,
    /// Until when its link is good.
    expires_at: i64,
    /// What the inviter is called.
    invited_by: String,
}

/// An invitation that was made just now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InviteMade {
    /// The invitation.
    #[serde(flatten)]
    invite: Invite,
    /// Its link, which is shown this once.
    link: String,
    /// Was it sent by mail?
    sent: bool,
}

/// Who is to be invited.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewInvites {
    /// Their addresses, 20 at most.
    emails: Vec<String>,
    /// As what.
    role: Role,
}

/// What somebody sees who opens the link.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// Into which workspace.
    workspace: InvitingWorkspace,
    /// Who is invited.
    email: String,
    /// As what.
    role: Role,
    /// Does the address have an account? Then one signs in first.
    account_exists: bool,
    /// What the inviter is called.
    invited_by: String,
}

/// The workspace one is invited into.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitingWorkspace {
    /// What people call it.
    name: String,
    /// Where its picture is.
    #[schema(required)]
    picture: Option<String>,
}

/// How an invitation is accepted: as a new person, or with nothing by who has an account and is signed in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Acceptance {
    /// What the new person is called.
    name: Option<String>,
    /// Their password.
    password: Option<String>,
    /// The language of their console.
    language: Option<Language>,
}

fn invite(row: InviteRow) -> Invite {
    Invite {
        id: row.id,
        email: row.email,
        role: Role::read(&row.role).unwrap_or(Role::Readonly),
        created_at: row.created_at,
        expires_at: row.expires_at,
        invited_by: row.invited_by,
    }
}

/// The invitations that wait, oldest first.
#[utoipa::path(get, path = "/api/workspaces/{ws}/invites", operation_id = "listInvites", tag = "members",
    responses((status = 200, body = List<Invite>)))]
pub async fn list(State(hub): State<Arc<Hub>>, caller: Caller) -> Result<axum::Json<List<Invite>>, Problem> {
    let (workspace, _) = caller.member()?;
    let rows = hub.store.invites(workspace, hub.clock.now_ms()).await?;
    Ok(axum::Json(List { items: rows.into_iter().map(invite).collect(), next: None }))
}

/// Invites people. An earlier invitation of the same address ends.
#[utoipa::path(post, path = "/api/workspaces/{ws}/invites", operation_id = "addInvites", tag = "members",
    request_body = NewInvites, responses((status = 201, body = List<InviteMade>)))]
pub async fn add(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    from: From,
    Json(new): Json<NewInvites>,
) -> Result<impl IntoResponse, Problem> {
    let (workspace, role) = caller.member()?;
    // Nobody makes others what they are not themselves.
    if new.role > role {
        return Err(Problem::RoleTooLow(new.role));
    }
    let now_ms = hub.clock.now_ms();
    let emails = addresses(&hub, &caller, &new.emails).await?;
    if hub.store.invites(workspace, now_ms).await?.len() + emails.len() > MAX_PENDING {
        return Err(Problem::TooMany(MAX_PENDING as u32));
    }
    let mut tokens = Vec::with_capacity(emails.len());
    for _ in &emails {
        tokens.push(Token::new()?);
    }
    let invites: Vec<NewInvite> = emails
        .iter()
        .zip(&tokens)
        .map(|(email, token)| NewInvite {
            id: InviteId::new(now_ms, hub.die.roll_wide()),
            workspace,
            email: email.clone(),
            role: new.role.name(),
            token: token.hash(),
            invited_by: caller.account.id,
            now_ms,
            expires_at: now_ms + GOOD_MS,
        })
        .collect();
    let listed = emails.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    noting(&hub, &caller, workspace, ("invite.add", &listed, new.role.name()))
        .add_invites(invites.clone())
        .await?;
    let name = hub.store.workspace(workspace).await?.map(|row| row.name).unwrap_or_default();
    let lang = Language::read(&caller.account.language).lang();
    let sendings = invites.into_iter().zip(&tokens).map(async |(made, token)| {
        // A letter goes to somebody else's screen: only the configured address may stand in it, not what a caller says.
        let mailed = people::link(&hub.config.public_url(), "invite", token);
        let letter = Letter::Invite { link: &mailed, workspace: &name, by: &caller.account.name };
        let sent = mailer::send(&hub, workspace, &made.email, &letter, lang).await;
        InviteMade {
            invite: Invite {
                id: made.id,
                email: made.email,
                role: new.role,
                created_at: now_ms,
                expires_at: made.expires_at,
                invited_by: caller.account.name.clone(),
            },
            link: people::link(&from.base, "invite", token),
            sent,
        }
    });
    let items = futures_util::future::join_all(sendings).await;
    Ok((StatusCode::CREATED, axum::Json(List { items, next: None })))
}

/// The addresses that can be invited: each once, none of a member.
async fn addresses(hub: &Hub, caller: &Caller, typed: &[String]) -> Result<BTreeSet<String>, Problem> {
    let (workspace, _) = caller.member()?;
    let mut check = Check::default();
    if typed.is_empty() || typed.len() > MAX_AT_ONCE {
        check.wrong(
            "/emails",
            format!("이메일을 1개 이상 {MAX_AT_ONCE}개 이하로 적어 주세요."),
            format!("Enter 1 to {MAX_AT_ONCE} addresses."),
        );
    }
    let members: BTreeSet<String> =
        hub.store.members(workspace).await?.into_iter().map(|row| row.email).collect();
    let mut emails = BTreeSet::new();
    for (at, typed) in typed.iter().enumerate().take(MAX_AT_ONCE) {
        let pointer = format!("/emails/{at}");
        let email = check.email(&pointer, typed);
        if members.contains(&email) {
            check.wrong(&pointer, "이미 작업 공간의 구성원이에요.", "This person is a member already.");
        }
        emails.insert(email);
    }
    check.done()?;
    Ok(emails)
}

/// Takes an invitation back.
#[utoipa::path(delete, path = "/api/workspaces/{ws}/invites/{id}", operation_id = "revokeInvite", tag = "members",
    responses((status = 204)))]
pub async fn revoke(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, id)): Ids<(String, String)>,
) -> Result<StatusCode, Problem> {
    let (workspace, _) = caller.member()?;
    let missing = || Problem::Missing(Thing::Invite);
    let id: InviteId = id.parse().map_err(|_| missing())?;
    let known = hub.store.invites(workspace, hub.clock.now_ms()).await?;
    let row = known.into_iter().find(|row| row.id == id).ok_or_else(missing)?;
    let revoked = noting(&hub, &caller, workspace, ("invite.revoke", &row.email, &row.role))
        .revoke_invite(workspace, id)
        .await?;
    if revoked { Ok(StatusCode::NO_CONTENT) } else { Err(missing()) }
}

/// What an invitation is about.
#[utoipa::path(get, path = "/api/invites/{token}", operation_id = "getInvite", tag = "members",
    responses((status = 200, body = Invitation)))]
pub async fn look(
    State(hub): State<Arc<Hub>>,
    Ids(token): Ids<String>,
) -> Result<axum::Json<Invitation>, Problem> {
    let opened = open(&hub, &token).await?;
    let account_exists = hub.store.account_by_email(&opened.invite.email).await?.is_some();
    let row = invite(opened.invite);
    Ok(axum::Json(Invitation {
        workspace: InvitingWorkspace {
            name: opened.workspace_name,
            picture: opened.workspace_picture.map(picture_url),
        },
        email: row.email,
        role: row.role,
        account_exists,
        invited_by: row.invited_by,
    }))
}

/// Accepts an invitation. Who is new gets an account and is signed in; who has one is signed in with it already.
#[utoipa::path(post, path = "/api/invites/{token}", operation_id = "acceptInvite", tag = "members",
    request_body = Acceptance, responses((status = 200, body = Me)))]
pub async fn accept(
    State(hub): State<Arc<Hub>>,
    MaybeCaller(caller): MaybeCaller,
    from: From,
    Ids(token): Ids<String>,
    Json(acceptance): Json<Acceptance>,
) -> Result<impl IntoResponse, Problem> {
    let opened = open(&hub, &token).await?;
    let now_ms = hub.clock.now_ms();
    let existing = hub.store.account_by_email(&opened.invite.email).await?;
    let (account, new) = match (&existing, caller) {
        (Some(account), Some(caller)) if caller.account.id == account.id => (account.id, None),
        (Some(_), None) => return Err(Problem::NotSignedIn),
        (Some(_) | None, Some(_)) => return Err(Problem::OtherAccount(opened.invite.email.clone())),
        (None, None) => {
            let mut check = Check::default();
            let name = check.name("/name", acceptance.name.as_deref().unwrap_or_default());
            let password = acceptance.password.unwrap_or_default();
            check.password("/password", &password, &opened.invite.email);
            check.done()?;
            let person = people::NewPerson {
                email: &opened.invite.email,
                password: &password,
                name: &name,
                language: acceptance.language.unwrap_or(Language::Ko).lang(),
            };
            let new = people::new_account(&hub, person).await?;
            (new.id, Some(new))
        }
    };
    let is_new = new.is_some();
    let name = new.as_ref().map(|new| new.name.clone()).or(existing.map(|row| row.name)).unwrap_or_default();
    let joined = hub.store.noting(NewAudit {
        id: AuditId::new(now_ms, hub.die.roll_wide()),
        workspace: opened.workspace,
        account,
        name,
        action: "member.join",
        target: opened.invite.email.clone(),
        detail: opened.invite.role.clone(),
    });
    match joined.accept_invite(&opened, account, new, now_ms).await {
        Ok(true) => {}
        Ok(false) => return Err(Problem::Missing(Thing::Invite)),
        Err(StoreError::Commit(CommitError::Duplicate { .. })) => return Err(Problem::EmailTaken),
        Err(error) => return Err(error.into()),
    }
    let mut response = axum::Json(me_of(&hub, account).await?).into_response();
    if is_new {
        let token = people::sign_in(&hub, account, &from.user_agent, from.address).await?;
        response.headers_mut().insert(header::SET_COOKIE, cookie::set(&hub, &token));
    }
    Ok(response)
}

async fn open(hub: &Hub, token: &str) -> Result<Opened, Problem> {
    let missing = || Problem::Missing(Thing::Invite);
    let token = Token::read(token).ok_or_else(missing)?;
    hub.store.open_invite(token.hash(), hub.clock.now_ms()).await?.ok_or_else(missing)
}

//! Who may call what: one table of all routes of the console, each with its rule.
//!
//! The router is built from this table and from nothing else, so a route without a rule cannot exist. The rule is
//! enforced before the handler runs: CSRF, sign-in, membership, role. `tests/console/table.rs` walks every route with
//! every role.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    extract::{ConnectInfo, FromRequestParts, RawPathParams, Request, State},
    http::{HeaderMap, HeaderName, Method, header, request::Parts},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use store::{AccountRow, SignInId, WorkspaceId};
use utoipa::ToSchema;
use utoipa_axum::{router::UtoipaMethodRouter, routes};

use super::{
    console::{
        agents, alerts, answers, audit, bots, bridge, canned, channels, chat_settings, chat_stats, chats,
        consulttalk, conversations, demo, invites, kakao, live, me, media, members, pictures, records,
        requests, secrets, session, setup, stats, templates, web_channel, webhooks, webpush, workspaces,
    },
    cookie, openapi,
    problem::{Problem, Thing},
};
use crate::{Hub, people, secret::Token};

/// A token is exchanged for another after so long.
const ROTATE_AFTER_MS: i64 = 86_400_000;
/// The token before stays good for so long, for requests that were on their way.
const OVERLAP_MS: i64 = 5 * 60_000;
/// A visit is noted at most so often.
const TOUCH_AFTER_MS: i64 = 60_000;
/// What our own pages send and no form of another site can.
const CSRF_HEADER: HeaderName = HeaderName::from_static("x-closer");

/// What one may do in a workspace; each includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Look.
    Readonly,
    /// Edit and publish bots.
    Editor,
    /// Make and delete bots, invite people.
    Admin,
    /// Everything.
    Owner,
}

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Whoever comes.
    Anyone,
    /// Whoever comes while there is no account.
    SetupOnly,
    /// Who is signed in.
    Account,
    /// Who has at least this role in the workspace `{ws}` of the path.
    AtLeast(Role),
}

/// A route and its rule.
pub struct Route {
    /// Who may call it.
    pub who: Who,
    parts: UtoipaMethodRouter<Arc<Hub>>,
}

macro_rules! table {
    ($($who:expr => $($handler:path),+;)*) => {
        vec![$($(Route { who: $who, parts: routes!($handler) },)+)*]
    };
}

/// All routes of the console.
pub fn table() -> Vec<Route> {
    use Role::{Admin, Editor, Owner, Readonly};
    use Who::{Account, Anyone, AtLeast, SetupOnly};
    table! {
        Anyone => setup::state, session::sign_in, session::forgot, session::reset, invites::look, invites::accept,
            pictures::show, media::show, openapi::show, demo::enter;
        SetupOnly => setup::begin;
        Account => session::sign_out, session::list, session::end_others, session::end, me::show, me::change,
            me::set_picture, me::remove_picture, me::set_password, me::begin_totp, me::confirm_totp, me::remove_totp,
            workspaces::add, channels::list;
        AtLeast(Readonly) => workspaces::show, members::list, members::remove, bots::list, bots::show, templates::list,
            bots::draft::show, bots::draft::events, bots::draft::be_present,
            bots::check::check, bots::uses::list, bots::versions::list, bots::versions::file, bots::path_tests::list, bots::path_tests::file;
        AtLeast(Readonly) => live::live, chats::list, chats::counts, chats::running, chats::show,
            chats::messages, chats::deeds::take, chats::deeds::join, chats::deeds::leave, chats::deeds::transfer,
            chats::deeds::complete, chats::deeds::send, chats::deeds::media, chats::deeds::start_flow, chats::deeds::stop_flow,
            chats::room::end, chats::room::block, chats::room::consent,
            chats::deeds::typing, chats::deeds::see, chats::notes::note, chats::notes::change, chats::notes::export,
            chats::panels::list, chats::files::add, chats::mentions::list, chats::mentions::unseen, chats::mentions::see,
            answers::list, answers::count, answers::file, answers::suggest, agents::list, agents::set_mine, webpush::show, webpush::add, webpush::remove, canned::list, canned::add,
            canned::change, canned::remove, chat_settings::show, chat_settings::show_of_bot, web_channel::show,
            chat_stats::show, chat_stats::today, chat_stats::file;
        AtLeast(Editor) => answers::add, answers::change, answers::remove, answers::import;
        AtLeast(Editor) => bots::change::change, bots::versions::publish, bots::export, bots::draft::keep,
            bots::preview::preview, bots::workbench::run, bots::workbench::render, media::add, secrets::list,
            bots::versions::serve, bots::versions::to_draft, bots::versions::delete, bots::path_tests::add,
            bots::path_tests::change, bots::path_tests::delete, bots::path_tests::run, bots::path_tests::take_in;
        AtLeast(Readonly) => bridge::show, bridge::show_recorded;
        AtLeast(Editor) => bridge::look, bridge::change;
        AtLeast(Admin) => bridge::add, bridge::make_flows;
        // What owners see of their bots afterwards.
        AtLeast(Readonly) => kakao::show, requests::list, requests::problems, requests::show, stats::show, stats::nodes,
            stats::errors, stats::unanswered, stats::file, stats::turns, conversations::list, conversations::show,
            conversations::messages, conversations::turn, alerts::list, alerts::read, alerts::rules, records::show;
        AtLeast(Editor) => alerts::set_rules, alerts::try_out, alerts::secret, alerts::renew_secret;
        AtLeast(Admin) => kakao::change, kakao::remove, conversations::export, conversations::erase, records::change;
        AtLeast(Admin) => workspaces::change, workspaces::set_picture, workspaces::remove_picture, members::change,
            invites::list, invites::add, invites::revoke, audit::list, bots::add, bots::overwrite, bots::delete,
            bots::restore;
        AtLeast(Admin) => agents::change, chat_settings::set, chat_settings::set_of_bot, web_channel::set,
            web_channel::secret, web_channel::renew, webhooks::list, webhooks::add, webhooks::change, webhooks::remove,
            webhooks::secret, webhooks::renew, webhooks::tries;
        AtLeast(Readonly) => consulttalk::show, consulttalk::used, consulttalk::link;
        AtLeast(Admin) => consulttalk::set, consulttalk::remove, consulttalk::ask;
        AtLeast(Owner) => demo::remove;
    }
}

impl Route {
    /// Its methods and path, and the document of the API that says so.
    pub fn paths(&self) -> &utoipa::openapi::Paths {
        &self.parts.1
    }

    /// The shapes that it speaks of.
    pub fn schemas(&self) -> &[(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)] {
        &self.parts.0
    }
}

/// The routes of the table, each behind its rule.
pub fn router(hub: &Arc<Hub>) -> Router<Arc<Hub>> {
    table().into_iter().fold(Router::new(), |router, route| {
        let rule = (Arc::clone(hub), route.who);
        let (_, paths, methods) = route.parts;
        let guarded = methods.route_layer(from_fn_with_state(rule, enforce));
        paths.paths.keys().fold(router, |router, path| router.route(path, guarded.clone()))
    })
}

/// Who calls, as the rule found them.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The account.
    pub account: AccountRow,
    /// How they are signed in.
    pub sign_in: SignInId,
    /// What they are in the workspace of the path, if there is one in it.
    pub member: Option<(WorkspaceId, Role)>,
}

impl Caller {
    /// The workspace of the path, and what the caller is in it.
    pub fn member(&self) -> Result<(WorkspaceId, Role), Problem> {
        self.member.ok_or(Problem::Missing(Thing::Workspace))
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or(Problem::NotSignedIn)
    }
}

/// The caller, where there may be none.
#[derive(Debug)]
pub struct MaybeCaller(pub Option<Caller>);

impl<S: Sync> FromRequestParts<S> for MaybeCaller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(parts.extensions.get::<Caller>().cloned()))
    }
}

/// Where a call comes from: the address of the browser, and what it calls itself.
#[derive(Debug)]
pub struct From {
    /// The address; behind a proxy of ours, what the proxy says.
    pub address: Option<std::net::IpAddr>,
    /// What the browser calls itself.
    pub user_agent: String,
    /// The address of this server as the browser writes it: `https://chat.example.com`.
    pub base: String,
}

impl FromRequestParts<Arc<Hub>> for From {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, hub: &Arc<Hub>) -> Result<Self, Problem> {
        let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let base = match (hub.config.public_url.is_empty(), text(header::HOST)) {
            (true, Some(host)) => format!("http://{host}"),
            _ => hub.config.public_url(),
        };
        Ok(Self {
            address: address(hub, peer, &parts.headers),
            user_agent: text(header::USER_AGENT).unwrap_or_default().to_owned(),
            base,
        })
    }
}

/// The language in which the caller wants to be spoken to.
#[derive(Debug)]
pub struct Speaks(pub engine::lang::Lang);

impl<S: Sync> FromRequestParts<S> for Speaks {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(super::problem::language(&parts.headers)))
    }
}

/// The last address that a proxy of ours has added; everything before it is the caller's own word.
pub fn address(hub: &Hub, peer: Option<std::net::IpAddr>, headers: &HeaderMap) -> Option<std::net::IpAddr> {
    let peer = peer?;
    if !hub.config.proxies.contains(&peer.to_canonical()) {
        return Some(peer);
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().next_back().and_then(|it| it.to_str().ok());
    let last = forwarded.and_then(|list| list.rsplit(',').next()).and_then(|last| last.trim().parse().ok());
    Some(last.unwrap_or(peer))
}

/// The rule of one route.
async fn enforce(State((hub, who)): State<(Arc<Hub>, Who)>, request: Request, next: Next) -> Response {
    match allow(&hub, who, request).await {
        Ok((request, cookie)) => {
            let mut response = next.run(request).await;
            // A handler that sets the cookie itself has the last word.
            if let Some(cookie) = cookie
                && !response.headers().contains_key(header::SET_COOKIE)
            {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(problem) => problem.into_response(),
    }
}

async fn allow(
    hub: &Arc<Hub>,
    who: Who,
    request: Request,
) -> Result<(Request, Option<header::HeaderValue>), Problem> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        same_site(hub, request.headers())?;
    }
    if who == Who::SetupOnly && hub.store.any_account().await? {
        return Err(Problem::SetUpAlready);
    }
    let (mut parts, body) = request.into_parts();
    let mut exchanged = None;
    if let Some(token) = cookie::token(hub, &parts.headers) {
        let workspace = workspace(&mut parts, hub).await;
        if let Some((caller, cookie)) = caller(hub, &token, workspace, &mut parts).await? {
            parts.extensions.insert(caller);
            exchanged = cookie;
        }
    }
    let caller = parts.extensions.get::<Caller>();
    match (who, caller) {
        (Who::Account | Who::AtLeast(_), None) => return Err(Problem::NotSignedIn),
        (Who::AtLeast(needed), Some(caller)) => {
            // Who is no member is not told that there is such a workspace.
            let (_, role) = caller.member()?;
            if role < needed {
                return Err(Problem::RoleTooLow(needed));
            }
        }
        _ => {}
    }
    Ok((Request::from_parts(parts, body), exchanged))
}

/// Another site can make a browser send our cookie along, but neither set a header nor hide where it comes from.
fn same_site(hub: &Hub, headers: &HeaderMap) -> Result<(), Problem> {
    if headers.get(CSRF_HEADER).is_none_or(|value| value != "1") {
        return Err(Problem::Csrf);
    }
    own_origin(hub, headers)
}

/// Does a call come from our own pages, or from a program? A browser can open a socket to any site, with its cookies.
pub fn own_origin(hub: &Hub, headers: &HeaderMap) -> Result<(), Problem> {
    let Some(origin) = headers.get(header::ORIGIN) else { return Ok(()) };
    let origin = origin.to_str().unwrap_or_default();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let own = origin.split_once("://").is_some_and(|(scheme, rest)| {
        matches!(scheme, "http" | "https") && !host.is_empty() && rest.eq_ignore_ascii_case(host)
    });
    if own || origin == hub.config.public_url() { Ok(()) } else { Err(Problem::Csrf) }
}

async fn workspace(parts: &mut Parts, hub: &Arc<Hub>) -> Option<WorkspaceId> {
    let params = RawPathParams::from_request_parts(parts, hub).await.ok()?;
    params.iter().find(|(name, _)| *name == "ws")?.1.parse().ok()
}

async fn caller(
    hub: &Arc<Hub>,
    token: &Token,
    workspace: Option<WorkspaceId>,
    parts: &mut Parts,
) -> Result<Option<(Caller, Option<header::HeaderValue>)>, Problem> {
    let now_ms = hub.clock.now_ms();
    let Some(found) = hub.store.signed_in(token.hash(), workspace, now_ms).await? else { return Ok(None) };
    if found.account.demo && !hub.config.demo {
        // A cookie from when this server showed a demo.
        return Ok(None);
    }
    let mut exchanged = None;
    if now_ms - found.last_seen_at > TOUCH_AFTER_MS {
        let from = From::from_request_parts(parts, hub).await?;
        let address = from.address.map(|address| address.to_string()).unwrap_or_default();
        let who = (found.id, found.account.id);
        let touched = hub.store.touch_sign_in(who, &address, now_ms, now_ms + people::SIGNED_IN_MS).await;
        if let Err(error) = touched {
            tracing::warn!(%error, "a visit could not be noted");
        }
    }
    if found.newest && now_ms - found.rotated_at > ROTATE_AFTER_MS {
        let new = Token::new()?;
        let tokens = (token.hash(), new.hash());
        if hub.store.rotate_sign_in(found.id, tokens, now_ms, now_ms + OVERLAP_MS).await? {
            exchanged = Some(cookie::set(hub, &new));
        }
    }
    let role = found.role.as_deref().and_then(Role::read);
    let member = workspace.zip(role);
    Ok(Some((Caller { account: found.account, sign_in: found.id, member }, exchanged)))
}

impl Role {
    /// The role with this name.
    pub fn read(name: &str) -> Option<Self> {
        [Self::Readonly, Self::Editor, Self::Admin, Self::Owner].into_iter().find(|role| role.name() == name)
    }

    /// Its name, as it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Readonly => "readonly",
            Self::Editor => "editor",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }

    /// Its name in Korean.
    pub fn ko(self) -> &'static str {
        match self {
            Self::Readonly => "보기 전용",
            Self::Editor => "편집자",
            Self::Admin => "관리자",
            Self::Owner => "소유자",
        }
    }
}
